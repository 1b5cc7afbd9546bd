/** The frame of every seller page: the bar above, the bar below on phones, and the clock in the seller's zone. */
import { useQuery } from '@tanstack/react-query'
import { Link, Navigate, Outlet, useLocation } from '@tanstack/react-router'
import { useEffect, useRef, type ReactNode } from 'react'
import { query } from '../api.ts'
import { AccountIcon, CasesIcon, HomeIcon, MeasuresIcon } from '../parts/icon.tsx'
import { ButtonLink } from '../parts/button-link.tsx'
import { TimeProvider } from '../parts/time.tsx'
import { placeClass, PlaceWords, TopBar } from '../parts/top-bar.tsx'
import { isShutOut, useMe } from '../session.ts'
import { isOpen } from './cases-words.ts'
import classes from './seller-shell.module.css'

const places = [
  { to: '/seller', words: 'Home', icon: <HomeIcon /> },
  { to: '/measures', words: 'Measures', icon: <MeasuresIcon /> },
  { to: '/cases', words: 'Cases', icon: <CasesIcon /> },
  { to: '/account', words: 'Account', icon: <AccountIcon /> },
] as const

/** How the account stands, asked again now and then: counts, zone and clock of every seller page come from it. */
export const homeQuery = query.seller.getHome.queryOptions({ refetchInterval: 30_000 })

/** Bars, clock and the page between them. */
export function SellerShell({ children }: { children?: ReactNode }): ReactNode {
  const me = useMe()
  const home = useQuery(homeQuery)
  const reader = me.data?.me
  const counts = {
    '/seller': 0,
    '/measures': home.data?.measures.filter(({ status }) => status === 'in-force').length ?? 0,
    '/cases': home.data?.cases.filter(isOpen).length ?? 0,
    '/account': 0,
  } as const satisfies Record<(typeof places)[number]['to'], number>
  const person =
    reader?.kind === 'seller'
      ? {
          name: reader.name,
          detail: reader.name === reader.sellerName ? reader.email : reader.sellerName,
        }
      : reader?.kind === 'link'
        ? { name: reader.sellerName, detail: 'by the link in our mail' }
        : null
  const main = useRef<HTMLElement>(null)
  const path = useLocation({ select: ({ pathname }) => pathname })
  const pathBefore = useRef(path)
  useEffect(() => {
    if (pathBefore.current === path) return
    pathBefore.current = path
    // A new page is read from its beginning, and the keyboard goes on from there.
    main.current?.focus({ preventScroll: true })
  }, [path])
  // The account was shut meanwhile, or its reader no longer acts for it: the sign-in page tells the ways that stay.
  if (isShutOut(home.error)) return <Navigate to="/sign-in" replace />
  const isHelp = path.startsWith('/help') || path === '/contact' || path === '/call'
  return (
    <TimeProvider
      {...(home.data && {
        zone: home.data.seller.timeZone,
        serverNow: home.data.now,
        receivedAt: home.dataUpdatedAt,
      })}
    >
      <TopBar
        hasBarBelow
        title={me.data?.marketplace ?? 'Recourse'}
        subtitle="for sellers"
        aside={
          !isHelp && (
            <span className={classes['talk']}>
              <ButtonLink to="/help">Help</ButtonLink>
            </span>
          )
        }
        person={person}
      >
        {places.map(({ to, words }) => (
          <Link key={to} to={to} className={placeClass}>
            <PlaceWords count={counts[to]}>{words}</PlaceWords>
          </Link>
        ))}
      </TopBar>
      <main id="page" ref={main} className={classes['page']} tabIndex={-1}>
        {children ?? <Outlet />}
        {!isHelp && (
          <p className={classes['talk-below']}>
            <ButtonLink to="/help" fullWidth>
              Help: talk to a person
            </ButtonLink>
          </p>
        )}
      </main>
      <nav className={classes['bottom']} aria-label="Main, on phones">
        {places.map(({ to, words, icon }) => (
          <Link key={to} to={to} className={classes['place']}>
            {icon}
            {words}
          </Link>
        ))}
      </nav>
    </TimeProvider>
  )
}
