/** The top bar says whose pages these are, where one can go, and who one is. */
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Logo } from './icon.tsx'
import { initialsOf } from './initials.ts'
import classes from './top-bar.module.css'

interface TopBarProps {
  /** "The Bazaar" for sellers; "Recourse" for staff. */
  title: string
  /** "for sellers"; the marketplace for staff. */
  subtitle: string
  /** The places to go: `BarLink`s. */
  children?: ReactNode
  /** On phones the places stand in a bar below instead. */
  hasBarBelow?: boolean
  /** What stands before the person, such as "Go to anything". */
  aside?: ReactNode
  person: { name: string; detail?: string } | null
}

/** One bar for sellers and desk; the first thing in it skips to the page. */
export function TopBar({
  title,
  subtitle,
  children,
  hasBarBelow = false,
  aside,
  person,
}: TopBarProps) {
  return (
    <header className={classes['bar']}>
      <a className="skip-link" href="#page">
        Skip to the page
      </a>
      <Link to="/" className={classes['brand']}>
        <Logo size={22} />
        <span className={classes['name']}>
          <strong>{title}</strong> <span>{subtitle}</span>
        </span>
      </Link>
      {children !== undefined && (
        <nav className={classes['places']} data-below={hasBarBelow || undefined} aria-label="Main">
          {children}
        </nav>
      )}
      <div className={classes['aside']}>{aside}</div>
      {person && (
        <div className={classes['person']}>
          <span className={classes['initials']} aria-hidden="true">
            {initialsOf(person.name)}
          </span>
          <span className={classes['who']}>
            <strong>{person.name}</strong>
            {person.detail !== undefined && <span>{person.detail}</span>}
          </span>
        </div>
      )}
    </header>
  )
}

/** Gives a place of the bar its count and its line while one is there. */
export function PlaceWords({
  children,
  count,
}: {
  children: ReactNode
  count?: number | undefined
}) {
  return (
    <>
      {children}
      {count !== undefined && count > 0 && (
        <span className={classes['count']}>
          {count}
          <span className="heard-only"> open</span>
        </span>
      )}
    </>
  )
}

/** What a `<Link className={placeClass}>` in the bar wears; the router marks the current one. */
export const placeClass = classes['place'] ?? ''
