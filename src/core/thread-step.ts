/** A step of a thread: one thing that happened, in the words of whoever reads it. */
import type { Case } from './case.ts'
import type { Decider } from './decision.ts'
import type { Reader } from './holding.ts'
import type { Measure, SubjectKind } from './measure.ts'
import { deskTitle, type Procedure } from './procedure.ts'
import type { MemberRole } from './role.ts'

export interface ThreadStep {
  at: Date
  /** `reporter`: whoever complains, who is named to nobody. */
  who: 'you' | 'reporter' | 'person' | 'machine' | 'clock' | 'shop'
  words: string
  /** What somebody wrote, word for word. */
  quote: string | null
  /** The decision whose statement can be opened here. */
  decisionId: string | null
  /** The case that it goes on in, or that it comes from. */
  caseId: string | null
}

/** A decision that the case is about. */
export interface AboutDecision {
  decisionId: string
  measure: Measure
  takenBy: Decider
  takenAt: Date
  policyTitle: string
  policyVersion: number
  subject: { kind: SubjectKind; title: string }
}

/** An event of the case as it was recorded. */
export interface CaseHappening {
  at: Date
  kind: string
  by: string | null
  detail: Record<string, unknown>
}

export interface Story {
  case: Case
  procedure: Procedure
  about: AboutDecision[]
  events: CaseHappening[]
  timeZone: string
  reader: Reader
  /** What this reader may call a person of staff; null for an id that is nobody's. */
  nameOf: (id: string) => string | null
  /** Who acts for the seller beside its owner, by id. */
  members?: ReadonlyMap<string, { name: string; role: MemberRole }>
  /** The member who reads, where one does. */
  self?: string | null
}

/** The story at one of its events: with the desk that has the case then. */
export type Telling = Story & { desk: string }

/** Whoever wrote, to this reader: a member by name and as what. */
export function sender(event: CaseHappening, told: Telling): string {
  const { reader, self = null } = told
  const member = event.by === null ? undefined : told.members?.get(event.by)
  if (member === undefined) return reader === 'seller' && self !== null ? 'The owner' : party(told)
  if (event.by === self) return 'You'
  const as = member.role === 'representative' ? 'representative' : 'staff'
  return `${member.name}, ${as}${reader === 'seller' ? '' : ' of the seller'},`
}

/** The party of the case, to this reader. */
export function party({ case: held, reader }: Pick<Telling, 'case' | 'reader'>): string {
  if (reader === 'seller') return 'You'
  return held.kind === 'recovery' ? 'The claimant' : 'The seller'
}

/** A step without a statement or another case beside it. */
export function step(
  event: CaseHappening,
  who: ThreadStep['who'],
  words: string,
  quote: string | null = null,
): ThreadStep {
  return { at: event.at, who, words, quote, decisionId: null, caseId: null }
}

/** The person of staff who did it, as this reader may call them. */
export function name(event: CaseHappening, { nameOf }: Telling): string {
  return (event.by === null ? null : nameOf(event.by)) ?? 'Somebody'
}

/** The desk that has the case then. */
export function title({ procedure, desk }: Telling): string {
  return deskTitle(procedure, desk)
}

/** What an event says under one name; null where that is no text. */
export function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
