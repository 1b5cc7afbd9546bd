/** Sign-in and security: what lets a person in and where they are signed in; for sellers and staff, each in their frame. */
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Security } from '../../contract/security.ts'
import { StaffPage } from '../desk/staff-page.tsx'
import deskClasses from '../desk/page.module.css'
import { ButtonLink } from '../parts/button-link.tsx'
import { PageTitle } from '../parts/page-title.tsx'
import { Pending } from '../parts/pending.tsx'
import { TimeProvider } from '../parts/time.tsx'
import { SellerShell } from '../seller/seller-shell.tsx'
import { useMe } from '../session.ts'
import { AuthenticatorApp } from './authenticator-app.tsx'
import { PasskeyList } from './passkey-list.tsx'
import { ProofProvider } from './proof.tsx'
import { SavedCodes } from './saved-codes.tsx'
import { securityQuery } from './security-query.ts'
import { waysSentence } from './security-words.ts'
import { SessionList } from './session-list.tsx'
import classes from './security.module.css'

/** `/security` */
export function SecurityPage(): ReactNode {
  const me = useMe().data?.me
  if (me?.kind === 'staff')
    return (
      <StaffPage>
        {() => (
          <div className={deskClasses['page']}>
            <OwnSecurity />
          </div>
        )}
      </StaffPage>
    )
  return <SellerShell>{me?.kind === 'link' ? <ByLink /> : <OwnSecurity />}</SellerShell>
}

function OwnSecurity() {
  const security = useQuery(securityQuery)
  return (
    <div className={`narrow-text ${classes['page']}`}>
      <Pending of={security} what="what lets you in" isPage>
        {(data) => (
          <TimeProvider serverNow={data.now} receivedAt={security.dataUpdatedAt}>
            <Parts security={data} />
          </TimeProvider>
        )}
      </Pending>
    </div>
  )
}

function Parts({ security }: { security: Security }) {
  const marketplace = useMe().data?.marketplace ?? 'Recourse'
  return (
    <ProofProvider>
      <PageTitle above="Sign-in and security" tab="Sign-in and security">
        {waysSentence(security)}
      </PageTitle>
      <PasskeyList security={security} />
      <AuthenticatorApp security={security} />
      <SavedCodes security={security} marketplace={marketplace} />
      <SessionList security={security} />
      <p className="small third">
        Every change here is told by mail, at once, to each address that it is known by.
      </p>
    </ProofProvider>
  )
}

function ByLink() {
  return (
    <div className="narrow-text">
      <PageTitle above="Sign-in and security" tab="Sign-in and security">
        This is for who is signed in, and you came by a link in our mail.
      </PageTitle>
      <p className="second">The link shows one matter and nothing of the account.</p>
      <div className="buttons" style={{ marginTop: 24 }}>
        <ButtonLink to="/sign-in" search={{ next: '/security' }} variant="filled">
          Sign in
        </ButtonLink>
      </div>
    </div>
  )
}
