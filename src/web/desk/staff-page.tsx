/** A staff page stands under the bar of the desk and the studio; it asks for a sign-in where there is none. */
import { Link, useLocation } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import type { Me } from '../../contract/session.ts'
import { permissions } from '../../core/permission.ts'
import { ButtonLink } from '../parts/button-link.tsx'
import { Empty } from '../parts/empty.tsx'
import { PageTitle } from '../parts/page-title.tsx'
import { Pending } from '../parts/pending.tsx'
import { placeClass, TopBar } from '../parts/top-bar.tsx'
import { signOut, useMe } from '../session.ts'
import { AlarmLine } from './alarm-line.tsx'
import styles from './desk.module.css'
import pageStyles from './page.module.css'
import { SchemeSwitch } from './scheme-switch.tsx'

/** As the table of permissions has it. */
const readsMail: readonly string[] = permissions['mail.list'].by
const looksIntoRings: readonly string[] = permissions['rings.list'].by
const readsTemplates: readonly string[] = permissions['templates.list'].by

type Staff = Extract<Me, { kind: 'staff' }>

/** The places of staff, each at the same place of every page. */
export function StaffPage({ children }: { children: (me: Staff) => ReactNode }) {
  const me = useMe()
  // A case is at the desk, but what was flagged and the listings are places of their own.
  const isCase = useLocation({ select: ({ pathname }) => pathname.startsWith('/desk/cases/') })
  const staff = me.data?.me.kind === 'staff' ? me.data.me : null
  const [wasStaff, setWasStaff] = useState(false)
  if (staff !== null && !wasStaff) setWasStaff(true)
  return (
    <>
      <TopBar
        title="Recourse"
        subtitle={me.data?.marketplace ?? ''}
        person={staff && { name: staff.name, detail: staff.roles.join(', ') }}
        aside={
          <>
            <SchemeSwitch />
            {staff && (
              <Link to="/security" className={`link ${styles.small}`}>
                <span className="heard-only">Sign-in and </span>Security
              </Link>
            )}
            {staff && (
              <button
                type="button"
                className={`link ${styles.small}`}
                onClick={() => void signOut()}
              >
                Sign out
              </button>
            )}
          </>
        }
      >
        <Link
          to="/desk"
          className={placeClass}
          activeOptions={{ exact: true }}
          {...(isCase && { 'data-status': 'active', 'aria-current': 'page' })}
        >
          Desk
        </Link>
        {staff?.roles.some((role) => readsMail.includes(role)) && (
          <Link to="/desk/mail" className={placeClass}>
            Mail
          </Link>
        )}
        {staff?.roles.some((role) => looksIntoRings.includes(role)) && (
          <Link to="/desk/rings" className={placeClass}>
            Rings
          </Link>
        )}
        <Link to="/desk/letters" className={placeClass}>
          Letters
        </Link>
        <Link to="/desk/calls" className={placeClass}>
          Calls
        </Link>
        <Link to="/desk/macros" className={placeClass}>
          Words
        </Link>
        <Link to="/desk/flagged" className={placeClass}>
          Flagged
        </Link>
        <Link to="/desk/listings" className={placeClass}>
          Listings
        </Link>
        <Link to="/desk/sellers" className={placeClass}>
          Sellers
        </Link>
        <Link to="/studio/policies" className={placeClass}>
          Policies
        </Link>
        <Link to="/studio/procedures" className={placeClass}>
          Procedures
        </Link>
        {staff?.roles.some((role) => readsTemplates.includes(role)) && (
          <Link to="/desk/templates" className={placeClass}>
            Notices
          </Link>
        )}
        {staff?.roles.some((role) => role === 'administrator' || role === 'auditor') && (
          <>
            <Link to="/desk/people" className={placeClass}>
              People
            </Link>
            <Link to="/desk/webhooks" className={placeClass}>
              Webhooks
            </Link>
          </>
        )}
      </TopBar>
      {staff && <AlarmLine />}
      <main id="page" tabIndex={-1}>
        <Pending of={me} what="who you are" isPage>
          {() => (staff === null ? <NotStaff wasStaff={wasStaff} /> : children(staff))}
        </Pending>
      </main>
    </>
  )
}

/** Whoever was at work here until now is told so, and why that may be. */
function NotStaff({ wasStaff }: { wasStaff: boolean }) {
  const href = useLocation({ select: (location) => location.href })
  return (
    <div className={pageStyles.page}>
      <PageTitle>
        {wasStaff
          ? 'You are signed out, and nothing can be done here any more.'
          : 'These pages are for the people of the marketplace.'}
      </PageTitle>
      <Empty>
        {wasStaff
          ? 'Your session has ended: you left it for twelve hours, you ended it elsewhere, or an administrator changed or removed what you do here. If your address no longer signs you in, ask an administrator.'
          : 'Sign in with the address that your marketplace knows you by, and you come back here.'}
      </Empty>
      <ButtonLink to="/sign-in" search={{ next: href }} variant="filled">
        Sign in
      </ButtonLink>
    </div>
  )
}
