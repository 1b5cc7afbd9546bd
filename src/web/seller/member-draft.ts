/** A member being written down: what is typed, what is still missing, and what is sent. */
import type { MemberForReader } from '../../contract/member.ts'
import type { NamedMatter } from './member-words.ts'

export interface MemberDraft {
  name: string
  email: string
  role: 'staff' | 'representative'
  isNamed: boolean
  /** Ids of cases and decisions. */
  matters: string[]
  mayWrite: boolean
  /** A day as the date field gives it, such as 2026-12-24. */
  lastDay: string
}

export type MemberField = 'name' | 'email' | 'matters' | 'lastDay'

interface Days {
  first: string
  last: string
}

/** What the form begins with for somebody new: the narrower part, for a month. */
export function newMember(matters: readonly NamedMatter[], { first }: Days): MemberDraft {
  return {
    name: '',
    email: '',
    role: 'representative',
    isNamed: matters.length > 0,
    matters: [],
    mayWrite: true,
    lastDay: dayAfter(first, 30),
  }
}

/** What it begins with for somebody who is there. */
export function draftOf(
  { name, email, part }: Pick<MemberForReader, 'name' | 'email' | 'part'>,
  days: Days,
): MemberDraft {
  if (part.role === 'staff') return { ...newMember([], days), name, email, role: 'staff' }
  const { matters, mayWrite, lastDay } = part
  return {
    name,
    email,
    role: 'representative',
    isNamed: matters !== null,
    matters: matters === null ? [] : [...matters.cases, ...matters.decisions],
    mayWrite,
    lastDay,
  }
}

/** What is missing, by field; empty when nothing is. */
export function missingFromMember(
  { name, email, role, isNamed, matters, lastDay }: MemberDraft,
  { asksAddress, days }: { asksAddress: boolean; days: Days },
): Partial<Record<MemberField, string>> {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(lastDay) && lastDay >= days.first && lastDay <= days.last
  return {
    ...(name.trim() === '' && { name: 'Say what they are called.' }),
    ...(asksAddress &&
      !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim()) && {
        email: 'An address such as jo@example.com',
      }),
    ...(role === 'representative' &&
      isNamed &&
      matters.length === 0 && { matters: 'Choose at least one.' }),
    ...(role === 'representative' &&
      !isDay && { lastDay: 'A day from today on, at most a year ahead.' }),
  }
}

/** What they are, as it is sent. */
export function partOf(draft: MemberDraft, matters: readonly NamedMatter[]) {
  const { role, isNamed, mayWrite, lastDay } = draft
  if (role === 'staff') return { role }
  const ofKind = (kind: NamedMatter['kind']) =>
    draft.matters.filter((id) => matters.find((one) => one.id === id)?.kind === kind)
  return {
    role,
    matters: isNamed ? { decisions: ofKind('decision'), cases: ofKind('case') } : null,
    mayWrite,
    lastDay,
  }
}

/** The first and the last day that there may be, where the seller is. */
export function daysFrom(now: Date, zone: string): Days {
  // Swedish writes days as date fields do.
  const first = new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(now)
  return { first, last: dayAfter(first, 363) }
}

function dayAfter(day: string, days: number): string {
  const after = new Date(`${day}T12:00:00Z`)
  after.setUTCDate(after.getUTCDate() + days)
  return after.toISOString().slice(0, 10)
}
