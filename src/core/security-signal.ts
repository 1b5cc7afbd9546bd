/** Security signals are what in an account's events speaks for a stranger at work: named, weighed by a policy, and added up. */
import { later } from './calendar.ts'
import { scoreOf, type Evidence, type Finding } from './finding.ts'
import { outcomeOf, type Policy } from './policy.ts'
import type { SecurityEvent, SecurityEventKind, SecuritySignal } from './security-event.ts'

const hour = 60 * 60_000
const day = 24 * hour

/** What happened within so long of the newest event is looked at together. */
export const lookedAtTogether = day
/** A device or country is known once the account was used by it so long ago. */
export const knownAfter = 7 * day
/** So many listings changed by a stranger are no ordinary day's work. */
export const massOfListings = 20
/** What was told later than this is history: it protects nobody any more, and may be an old record being told. */
export const toldInTime = day

/** By which devices and from where an account was used before. */
export interface KnownUses {
  devices: ReadonlySet<string>
  countries: ReadonlySet<string>
}

/** What is weighed at once. */
export interface LookedAt {
  /** What happened in the account within a day of the newest, the newest among it. */
  events: readonly SecurityEvent[]
  /** By what it was used up to a week before the newest; null where it was not used then. */
  known: KnownUses | null
  /** Up to then a person has judged what happened, and it no longer speaks against anybody; null for never. */
  judgedUntil: Date | null
}

/** What a policy found, and the events that it leans on. */
export interface SecurityFinding {
  finding: Finding
  eventIds: string[]
}

/**
 * What a policy finds in the events of one account, as of its newest; null where nothing strange was done, where it is
 * old, or where the sum stays below the policy's threshold.
 *
 * Only what is done by a device or from a country that the account has not known for a week counts: whoever goes on as
 * they always did may change everything at once. An account that has no week behind it knows nothing yet, so nothing
 * is strange there.
 */
export function weighEvents(
  policy: Policy,
  { events, known, judgedUntil }: LookedAt,
  now: Date,
): SecurityFinding | null {
  const newest = events.reduce<Date | null>((last, { at }) => (last && last > at ? last : at), null)
  if (newest === null || newest < later(now, -toldInTime) || known === null) return null
  const recent = events.filter(
    ({ at }) => at > later(newest, -lookedAtTogether) && (judgedUntil === null || at > judgedUntil),
  )
  const strange = strangeAmong(recent, known)
  const found = signalsIn(strange, known)
  const terms = policy.signals.flatMap(({ event, name, says, weight }): Evidence[] => {
    const words = event && found.get(event)
    return words === undefined
      ? []
      : [termOf(name, weight, words === '' ? says : `${says}: ${words}`)]
  })
  if (!terms.some(({ weight }) => weight > 0)) return null
  const evidence = [...terms, { ...noPlace, text: null, signal: 'base', weight: policy.base }]
  const score = scoreOf(evidence.reduce((sum, { weight }) => sum + weight, 0))
  const outcome = outcomeOf(policy, score)
  if (outcome === 'allow') return null
  return {
    finding: {
      policy: policy.policy,
      version: policy.version,
      outcome,
      score,
      evidence,
      wouldReverse: policy.wouldReverse,
    },
    eventIds: strange.map(({ id }) => id),
  }
}

const isNew = (value: string | null, known: ReadonlySet<string>) =>
  // Where nothing of the kind was ever told, nothing can be new.
  value !== null && known.size > 0 && !known.has(value)

/** What a stranger did; of a change of which nobody says who did it, the stranger is taken to have done it. */
function strangeAmong(
  recent: readonly SecurityEvent[],
  { devices, countries }: KnownUses,
): SecurityEvent[] {
  const isStrange = ({ device, country }: SecurityEvent) =>
    isNew(device, devices) || isNew(country, countries)
  const first = recent.filter(isStrange).map(({ at }) => at.getTime())
  if (first.length === 0) return []
  const cameAt = Math.min(...first)
  return recent.filter(
    (event) =>
      isStrange(event) ||
      (event.device === null && event.country === null && event.at.getTime() >= cameAt),
  )
}

/** Each signal that is there, with what is to be said of it beside its own words. */
function signalsIn(
  strange: readonly SecurityEvent[],
  { devices, countries }: KnownUses,
): Map<SecuritySignal, string> {
  const found = new Map<SecuritySignal, string>()
  const of = (kind: SecurityEventKind) => strange.filter((event) => event.kind === kind)
  if (strange.some(({ device }) => isNew(device, devices))) found.set('new-device', '')
  const from = new Set(
    strange.flatMap(({ country }) => (isNew(country, countries) && country) || []),
  )
  if (from.size > 0) found.set('new-country', [...from].map(countryName).join(', '))
  for (const kind of ['contact-changed', 'factor-changed', 'payout-target-changed'] as const)
    if (of(kind).length > 0) found.set(kind, '')
  const wayIn = found.has('contact-changed') || found.has('factor-changed')
  if (wayIn && found.has('payout-target-changed')) found.set('changed-together', '')
  const listings = of('listings-changed').reduce((sum, { count }) => sum + count, 0)
  if (listings >= massOfListings) found.set('mass-edits', String(listings))
  return found
}

const countries = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' })

function countryName(code: string): string {
  return countries.of(code) ?? code
}

const noPlace = { field: null, start: null, end: null } as const

/** A term that is quoted to the seller in its own words; there is no listing in which it stands. */
function termOf(signal: string, weight: number, text: string): Evidence {
  return { ...noPlace, text, signal, weight }
}
