/** The way from a topic to a person: a question or a call for who is signed in, and for everybody else the door that is open to them. */
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useMe } from '../session.ts'
import { writeSearch } from '../search.ts'

interface PersonLinkProps {
  topic: string | null
  to: 'person' | 'call'
  className: string | undefined
  children: ReactNode
}

/** Leads where a person reads or calls. A link of a notice opens one matter, and there one writes. */
export function PersonLink({ topic, to, className, children }: PersonLinkProps) {
  const me = useMe().data?.me
  const search = topic === null ? {} : { topic }
  const isSeller = me?.kind === 'seller'
  if (isSeller && to === 'call')
    return (
      <Link to="/call" search={search} className={className}>
        {children}
      </Link>
    )
  if (isSeller || me?.kind === 'link')
    return (
      <Link to="/contact" search={search} className={className}>
        {children}
      </Link>
    )
  const next = `${to === 'call' ? '/call' : '/contact'}${writeSearch(search)}`
  return (
    <Link to="/sign-in" search={{ next }} className={className}>
      {children}
    </Link>
  )
}
