/** The account: who one is here, how the pages look, and the way out. */
import { Button, SegmentedControl, useMantineColorScheme } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Me } from '../../contract/session.ts'
import { ButtonLink, TextLink } from '../parts/button-link.tsx'
import { PageTitle } from '../parts/page-title.tsx'
import { ProblemNote } from '../parts/problem-note.tsx'
import { Due, useClock } from '../parts/time.tsx'
import { knownZone } from '../parts/time-words.ts'
import { signOut, useMe } from '../session.ts'
import classes from './account-page.module.css'
import { SettingRows } from './setting-rows.tsx'

const schemes = [
  { value: 'auto', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const

function isScheme(value: string): value is (typeof schemes)[number]['value'] {
  return schemes.some((scheme) => scheme.value === value)
}

function accountSentence(me: Exclude<Me, { kind: 'nobody' | 'staff' }>): string {
  if (me.kind === 'link') return `You came by a link in our mail, for ${me.sellerName}.`
  if (me.role === 'staff') return `You are ${me.name}, on the staff of ${me.sellerName}.`
  if (me.role === 'representative') return `You are ${me.name}, and you represent ${me.sellerName}.`
  return me.name === me.sellerName
    ? `You act for ${me.sellerName}.`
    : `You are ${me.name}, and you act for ${me.sellerName}.`
}

/** What a member was let in for, in a sentence. */
function mayWords({ role, isNamed, allowed }: Extract<Me, { kind: 'seller' }>): string {
  if (role === 'staff') return 'All but decide who else acts for the shop, and take its whole file.'
  const does = allowed.includes('write') ? 'Read and write' : 'Read'
  return isNamed ? `${does} in the matters that the owner named.` : `${does} in every matter.`
}

/** `/account` */
export function AccountPage(): ReactNode {
  const me = useMe().data?.me
  const { zone } = useClock()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const leave = useMutation({ mutationFn: signOut })
  if (me === undefined || me.kind === 'nobody' || me.kind === 'staff') return null
  return (
    <div className="narrow-text">
      <PageTitle above="Account" tab="Account">
        {accountSentence(me)}
      </PageTitle>
      <dl className={classes['rows']}>
        <div>
          <dt>Shop</dt>
          <dd>
            {me.sellerName}
            {me.kind === 'seller' && me.others.length > 0 && (
              <p className="small">
                <TextLink to="/choose">Act for another one</TextLink>
              </p>
            )}
          </dd>
        </div>
        {me.kind === 'seller' && me.role !== 'owner' && (
          <div>
            <dt>What you may do</dt>
            <dd>
              {mayWords(me)}
              {me.until !== null && (
                <p className="small second">
                  Until <Due at={me.until} />. The owner can make it longer.
                </p>
              )}
            </dd>
          </div>
        )}
        {me.kind === 'seller' && (
          <div>
            <dt>E-mail</dt>
            <dd>
              {me.email}
              <p className="small second">
                {me.role === 'owner'
                  ? 'Our notices go here, and the link to sign in. Change it in your shop’s account.'
                  : 'The link to sign in goes here. Our notices go to the owner.'}
              </p>
            </dd>
          </div>
        )}
        {me.kind === 'seller' && (
          <div>
            <dt>Sign-in</dt>
            <dd>
              <TextLink to="/security">Sign-in and security</TextLink>
              <p className="small second">
                Passkeys, an authenticator app, saved codes, and where you are signed in now.
              </p>
            </dd>
          </div>
        )}
        {me.kind === 'seller' && me.allowed.includes('see_members') && (
          <div>
            <dt>People</dt>
            <dd>
              <TextLink to="/members">People who act for you</TextLink>
              <p className="small second">
                Staff, or a lawyer, an accountant, an association: in which matters, and until when.
              </p>
            </dd>
          </div>
        )}
        {(me.kind === 'link' || me.allowed.includes('see_belongings')) && (
          <div>
            <dt>Yours</dt>
            <dd>
              <TextLink to="/belongings">
                {me.kind === 'link' || me.allowed.includes('export')
                  ? 'Open orders, money and your whole file'
                  : 'Open orders and money'}
              </TextLink>
              <p className="small second">
                What no measure takes from you
                {me.kind === 'link' || me.allowed.includes('export')
                  ? ', with everything that we keep of you to download.'
                  : '. The whole file is the owner’s to download.'}
              </p>
            </dd>
          </div>
        )}
        {me.kind === 'seller' && <SettingRows />}
        <div>
          <dt>Times</dt>
          <dd>
            {knownZone(zone)}
            <p className="small second">
              Every time on these pages and in our mail is in this zone.
            </p>
          </dd>
        </div>
        <div>
          <dt id="look">Look</dt>
          <dd>
            <SegmentedControl
              aria-labelledby="look"
              value={colorScheme}
              onChange={(value) => {
                if (isScheme(value)) setColorScheme(value)
              }}
              data={[...schemes]}
            />
          </dd>
        </div>
      </dl>
      {leave.isError && (
        <ProblemNote
          error={leave.error}
          safe="You are still signed in."
          onRetry={() => leave.mutate()}
        />
      )}
      <div className="buttons" style={{ marginTop: 24 }}>
        {me.kind === 'link' && (
          <ButtonLink to="/sign-in" variant="filled">
            Sign in to see everything
          </ButtonLink>
        )}
        <Button onClick={() => leave.mutate()} loading={leave.isPending}>
          {me.kind === 'link' ? 'Close this link' : 'Sign out'}
        </Button>
      </div>
      {me.kind === 'link' && (
        <p className="small second" style={{ marginTop: 12 }}>
          The link shows one matter only. It stays valid: open it again from the mail at any time.
        </p>
      )}
    </div>
  )
}
