/** A member acts for a seller beside its owner: staff in all of it, a representative in what was named and until a day. */
import { addMonths } from './calendar.ts'
import { refuse, type Refusal, type Refused } from './refusal.ts'

/** Matters of a seller by name; each opens what belongs to it, as the link of its notice does. */
export interface Matters {
  decisions: string[]
  cases: string[]
}

/** What somebody is there. The owner stands in no list of ours: whoever has a contact that the marketplace told is one. */
export type MemberPart =
  | { role: 'staff' }
  | {
      role: 'representative'
      /** Null for every matter of the seller. */
      matters: Matters | null
      mayWrite: boolean
      /** From then on they are nobody there. */
      until: Date
    }

export interface MemberFacts {
  name: string
  part: MemberPart
}

export interface Member extends MemberFacts {
  id: string
  sellerId: string
  email: string
  removedAt: Date | null
}

/** Who lets others in: an owner, by the address they are known by. */
export type MemberCommand =
  | ({ do: 'invite'; by: string; id: string; sellerId: string; email: string } & MemberFacts)
  | ({ do: 'change'; by: string } & MemberFacts)
  | { do: 'remove'; by: string }

export interface MemberEvent {
  kind: 'member.invited' | 'member.changed' | 'member.removed'
  by: string
  detail: {
    member: string
    email: string
    before: MemberFacts | null
    after: MemberFacts | null
  }
}

/** What a command is judged by beside the member. */
export interface MemberGround {
  /** Whether the address is an owner's: one that the marketplace told for this seller. */
  isOwner: boolean
  /** Whether somebody who works for the marketplace has the address. */
  isOfMarketplace: boolean
  /** How many others were let in and not removed. */
  others: number
}

export type MemberResult = { ok: true; member: Member; event: MemberEvent } | Refused

/** How many people may be let in at once, beside the owner. */
export const mostMembers = 50

/** How long a representative may be let in for; longer is said again. */
export const mostMonths = 12

/** How somebody stands to a seller, as far as it has let them in. */
export type MemberState = 'absent' | 'acting' | 'ended' | 'removed'

/** Works it out; an end is no deed of anybody's, and so nothing is written down at it. */
export function memberState(
  held: Pick<Member, 'part' | 'removedAt'> | null,
  now: Date,
): MemberState {
  if (held === null) return 'absent'
  if (held.removedAt !== null) return 'removed'
  return held.part.role === 'representative' && now >= held.part.until ? 'ended' : 'acting'
}

/** Whether somebody acts for the seller at this instant. */
export function acts(held: Pick<Member, 'part' | 'removedAt'>, now: Date): boolean {
  return memberState(held, now) === 'acting'
}

/** What may be done in which state, and how it is refused where it may not. Who comes back is let in anew. */
export const memberMoves = {
  absent: { invite: 'may', change: 'not_found', remove: 'not_found' },
  acting: { invite: 'member_known', change: 'may', remove: 'may' },
  ended: { invite: 'member_known', change: 'may', remove: 'may' },
  removed: { invite: 'may', change: 'not_found', remove: 'not_found' },
} as const satisfies Record<MemberState, Record<MemberCommand['do'], 'may' | Refusal>>

/** The one door for changes of a member; null for somebody who was never let in. */
export function changeMember(
  held: Member | null,
  command: MemberCommand,
  ground: MemberGround,
  now: Date,
): MemberResult {
  // An owner is made and unmade by what the marketplace tells, so that the account is never left without one.
  if (ground.isOwner && command.do !== 'remove') return refuse('member_is_owner')
  const move = memberMoves[memberState(held, now)][command.do]
  if (move !== 'may') return refuse(move)
  switch (command.do) {
    case 'invite':
      return invite(command, ground, now)
    case 'change':
      return held === null ? refuse('not_found') : change(held, command, now)
    case 'remove':
      return held === null ? refuse('not_found') : remove(held, command, now)
  }
}

type Command<Do extends MemberCommand['do']> = Extract<MemberCommand, { do: Do }>

function invite(
  { by, id, sellerId, email, name, part }: Command<'invite'>,
  ground: MemberGround,
  now: Date,
): MemberResult {
  if (ground.isOfMarketplace) return refuse('address_of_marketplace')
  if (ground.others >= mostMembers) return refuse('too_many_members')
  const facts = tidied({ name, part })
  const why = whyNot(facts, null, now)
  if (why) return why
  const member: Member = { id, sellerId, email, ...facts, removedAt: null }
  return told(member, { kind: 'member.invited', by, before: null, after: facts })
}

function change(held: Member, { by, name, part }: Command<'change'>, now: Date): MemberResult {
  const facts = tidied({ name, part })
  const why = whyNot(facts, held, now)
  if (why) return why
  const isOwn = by.toLowerCase() === held.email.toLowerCase()
  if (isOwn && isMore(facts.part, held.part)) return refuse('own_part')
  const member: Member = { ...held, ...facts }
  return told(member, { kind: 'member.changed', by, before: factsOf(held), after: facts })
}

function remove(held: Member, { by }: Command<'remove'>, now: Date): MemberResult {
  const member: Member = { ...held, removedAt: now }
  return told(member, { kind: 'member.removed', by, before: factsOf(held), after: null })
}

/** Why somebody may not be this, or null. A day that was given before stays good. */
function whyNot({ name, part }: MemberFacts, held: Member | null, now: Date): Refused | null {
  if (name === '') return refuse('member_incomplete')
  if (part.role === 'staff') return null
  const { matters, until } = part
  if (matters !== null && matters.decisions.length + matters.cases.length === 0)
    return refuse('matters_missing')
  const isKept =
    held !== null &&
    held.part.role === 'representative' &&
    held.part.until.getTime() === until.getTime() &&
    acts(held, now)
  const isGood = until > now && until <= addMonths(now, mostMonths, 'UTC')
  return isKept || isGood ? null : refuse('member_end_invalid')
}

/** Whether a part opens any of these matters: staff and representatives of every matter are let into all. */
export function isLetInto(part: MemberPart, { decisions, cases }: Matters): boolean {
  if (part.role === 'staff' || part.matters === null) return true
  const named = part.matters
  return (
    decisions.some((id) => named.decisions.includes(id)) ||
    cases.some((id) => named.cases.includes(id))
  )
}

/** Whether one part opens anything that the other does not. */
export function isMore(part: MemberPart, than: MemberPart): boolean {
  if (than.role === 'staff') return false
  if (part.role === 'staff') return true
  return (
    (part.mayWrite && !than.mayWrite) ||
    part.until > than.until ||
    !isWithin(part.matters, than.matters)
  )
}

function isWithin(matters: Matters | null, others: Matters | null): boolean {
  if (others === null) return true
  if (matters === null) return false
  return (
    matters.decisions.every((id) => others.decisions.includes(id)) &&
    matters.cases.every((id) => others.cases.includes(id))
  )
}

function tidied({ name, part }: MemberFacts): MemberFacts {
  const called = name.trim().replaceAll(/\s+/g, ' ')
  if (part.role === 'staff') return { name: called, part: { role: 'staff' } }
  const { matters, mayWrite, until } = part
  const once = (ids: readonly string[]) => [...new Set(ids)].sort()
  return {
    name: called,
    part: {
      role: 'representative',
      matters: matters && { decisions: once(matters.decisions), cases: once(matters.cases) },
      mayWrite,
      until,
    },
  }
}

function factsOf({ name, part }: MemberFacts): MemberFacts {
  return { name, part }
}

function told(
  member: Member,
  {
    kind,
    by,
    before,
    after,
  }: Pick<MemberEvent, 'kind' | 'by'> & Pick<MemberEvent['detail'], 'before' | 'after'>,
): MemberResult {
  const detail = { member: member.id, email: member.email, before, after }
  return { ok: true, member, event: { kind, by, detail } }
}
