/** What is said of members: sentences from what they are, their matters and their changes. */
import type { MemberChange, MemberPart, Members } from '../../contract/member.ts'
import type { SellerHome } from '../../contract/case.ts'
import { capital } from '../../core/capital.ts'
import { count, numberWords } from '../parts/time-words.ts'
import { standingWords } from './measure-words.ts'

/** One matter that a representative can be let in for. */
export interface NamedMatter {
  kind: 'case' | 'decision'
  id: string
  title: string
}

/** Every matter of the account by name: open cases first, then measures, then what is closed. */
export function mattersOf(home: Pick<SellerHome, 'cases' | 'measures'>, now: Date): NamedMatter[] {
  const cases = home.cases.map(({ id, number, title, state }) => ({
    kind: 'case' as const,
    id,
    title: `Case ${number}: ${title}`,
    isOpen: state !== 'closed',
  }))
  const measures = home.measures.map((measure) => ({
    kind: 'decision' as const,
    id: measure.decisionId,
    title: `Decision ${measure.number}: ${standingWords(measure, now)}`,
    isOpen: measure.status === 'in-force',
  }))
  return [...cases, ...measures]
    .toSorted((a, b) => Number(b.isOpen) - Number(a.isOpen))
    .map(({ kind, id, title }) => ({ kind, id, title }))
}

/** The title of the page. */
export function membersSentence({
  sellerName,
  members,
}: Pick<Members, 'sellerName' | 'members'>): string {
  const acting = members.filter(({ isOver }) => !isOver).length
  if (acting === 0) return `Nobody but its owner acts for ${sellerName}.`
  const many = capital(acting === 1 ? 'one person acts' : `${numberWords(acting)} people act`)
  return `${many} for ${sellerName}, beside its owner.`
}

/** "Representative, reads and writes, in 2 named matters". */
export function partWords(part: MemberPart): string {
  if (part.role === 'staff') return 'Staff: all but who else acts, and the whole file'
  const { matters, mayWrite } = part
  const named = matters && matters.decisions.length + matters.cases.length
  const where = named === null ? 'every matter' : count(named, 'named matter')
  return `Representative: ${mayWrite ? 'reads and writes' : 'reads'} in ${where}`
}

/** The names of what somebody was let in for; what is no longer among the matters of the account has its id. */
export function namesOf(part: MemberPart, matters: readonly NamedMatter[]): string[] {
  if (part.role === 'staff' || part.matters === null) return []
  const { decisions, cases } = part.matters
  return [...cases, ...decisions].map(
    (id) => matters.find((matter) => matter.id === id)?.title ?? id,
  )
}

/** What a change was: "ines@clay.example let Jo Lind in". */
export function changeTitle({ kind, by, before, after, email }: MemberChange): string {
  const name = (before ?? after)?.name ?? email
  switch (kind) {
    case 'member.invited':
      return `${by} let ${name} in`
    case 'member.changed':
      return `${by} changed ${name}`
    case 'member.removed':
      return `${by} removed ${name}`
  }
}

/** What stood there before and after, part by part; only what changed. */
export function changedParts(
  { before, after }: Pick<MemberChange, 'before' | 'after'>,
  matters: readonly NamedMatter[],
): { part: string; before: string | null; after: string | null }[] {
  type Facts = NonNullable<MemberChange['before']>
  const parts: [string, (facts: Facts) => string][] = [
    ['Name', ({ name }) => name],
    ['May', ({ part }) => partWords(part)],
    ['Matters', ({ part }) => namesOf(part, matters).join('; ') || 'every one'],
    ['Last day', ({ part }) => (part.role === 'staff' ? 'none' : part.lastDay)],
  ]
  return (
    parts
      .map(([part, words]) => ({
        part,
        before: before && words(before),
        after: after && words(after),
      }))
      .filter((each) => each.before !== each.after)
      // Who came or went: their name is in the title already.
      .filter(({ part }) => part !== 'Name' || (before !== null && after !== null))
  )
}
