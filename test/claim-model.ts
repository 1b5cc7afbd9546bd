/** What an owner and a thief may have, and who holds the account in the end by the claim's own rules: the model of recovery. */
import { later } from '../src/core/calendar.ts'
import type { ClaimProofKind } from '../src/core/claim-proof.ts'
import { changeProving, type ProvingCommand } from '../src/core/proving-change.ts'
import {
  coolingUntil,
  isProved,
  needsCare,
  newProving,
  provingDue,
  type Opinion,
  type Proving,
} from '../src/core/proving.ts'

const hour = 3_600_000
const day = 24 * hour
const start = new Date('2026-11-26T10:00:00Z')

/** Who reads a contact that was known long before; what nobody reads takes no mail any more. */
export const readers = ['nobody', 'owner', 'thief', 'both'] as const
export type Reader = (typeof readers)[number]

/** What else proves something. The owner's papers fit the owner; a thief has pictures of them, which fit nobody who looks. */
export const things = ['saved-code', 'passkey', 'payout', 'document'] as const
export type Thing = (typeof things)[number]

const insiders = ['none', 'specialist', 'head'] as const
/** When somebody who objects is heard. */
export const timings = [
  'before the second proof',
  'between the yes and the hand-over',
  'on probation',
] as const

export interface Holdings {
  contacts: [Reader, Reader]
  owner: readonly Thing[]
  thief: readonly Thing[]
  insider: (typeof insiders)[number]
}

export interface Side {
  who: 'owner' | 'thief'
  set: Holdings
  timing: (typeof timings)[number]
  /** Whether the other side, shut out as well, makes a claim of its own with a proof: then each contests the other. */
  otherClaims: boolean
}

export const subsets: Thing[][] = Array.from({ length: 2 ** things.length }, (_, bits) =>
  things.filter((_thing, place) => (bits >> place) & 1),
)

export function* everySet(): Generator<Holdings> {
  for (const first of readers)
    for (const second of readers)
      for (const owner of subsets)
        for (const thief of subsets)
          for (const insider of insiders) yield { contacts: [first, second], owner, thief, insider }
}

export const readsFor = (who: 'owner' | 'thief', { contacts }: Holdings) =>
  contacts.flatMap((reader, place) =>
    reader === who || reader === 'both' ? [`contact ${place}`] : [],
  )

export const otherOf = (who: Side['who']) => (who === 'owner' ? 'thief' : 'owner')

/** A proof that the other side can give for a claim of its own, papers aside: they freeze and contest nothing. */
const canContestByClaim = (who: Side['who'], set: Holdings) =>
  set[who].some((thing) => thing !== 'document') || readsFor(who, set).length > 0

/** Runs one claim from filing to the end of probation; answers whether the claimant holds the account then. */
export function runClaim({ who, set, timing, otherClaims }: Side): boolean {
  let now = start
  let held: Proving = newProving()
  const give = (command: ProvingCommand): boolean => {
    const result = changeProving(held, command, now)
    if (result.ok) held = result.proving
    return result.ok
  }
  const other = otherOf(who)
  const against = [
    ...readsFor(other, set),
    ...(otherClaims && canContestByClaim(other, set) ? ['a claim'] : []),
  ]
  const object = () => against.forEach((contact) => give({ do: 'object', contact }))
  const isDelivered = set.contacts.some((reader) => reader !== 'nobody')

  const prove = (kind: ClaimProofKind) => {
    give({ do: 'prove', proof: { kind, at: now, by: null }, freezesLately: 0 })
    // Whoever is known is told within the minute; where nobody takes mail, nobody is.
    if (isDelivered) give({ do: 'told', at: now })
    now = later(now, hour)
  }

  /** An honest specialist goes by the rules, and sees whether a person fits the papers; an insider says what helps the thief. */
  const papersFit = who === 'owner' && set.owner.includes('document')
  const opinionOf = (by: string, isInsider: boolean): Opinion => {
    const helps = who === 'thief' ? 'yes' : 'no'
    const looks = needsCare(held)
    const honest = isProved(held) && (!looks || papersFit) ? 'yes' : 'no'
    return {
      by,
      says: isInsider ? helps : honest,
      identity: isInsider || papersFit ? 'matches' : looks ? 'differs' : 'not-seen',
      reasons: 'Seen.',
      at: now,
    }
  }
  const think = () => {
    const people = [
      { by: 'nadia', isHead: false, isInsider: set.insider === 'specialist' },
      { by: 'ines', isHead: false, isInsider: false },
      { by: 'omar', isHead: true, isInsider: set.insider === 'head' },
    ]
    for (const { by, isHead, isInsider } of people) {
      if (isHead && held.state !== 'split') continue
      give({ do: 'think', opinion: opinionOf(by, isInsider), isHead, barred: null })
      // Whoever cannot say yes by the rules says so: no clock decides for them.
    }
  }

  if (readsFor(who, set).length > 0) prove('contact')
  for (const kind of ['saved-code', 'passkey', 'payout'] as const)
    if (set[who].includes(kind)) prove(kind)
  if (timing === 'before the second proof') object()
  // An honest specialist records papers that fit; an insider records any.
  const isForged = who === 'thief' && set.insider === 'specialist' && set.thief.includes('document')
  if (papersFit || isForged) prove('document')

  for (let round = 0; round < 8; round++) {
    if (held.state === 'proved' || held.state === 'split') {
      // Everybody waits as long as they are free to.
      now = later(coolingUntil(held) ?? now, -hour)
      think()
    }
    if (timing === 'between the yes and the hand-over' && held.state === 'agreed') object()
    if (held.state === 'agreed') {
      now = provingDue(held) ?? now
      give({ do: 'due' })
    }
    if (timing === 'on probation' && held.state === 'handed-over') {
      now = later(now, day)
      object()
    }
    if (held.state === 'handed-over') {
      now = provingDue(held) ?? now
      give({ do: 'due' })
    }
    if (held.state === 'proved') continue
    break
  }
  return held.state === 'settled'
}
