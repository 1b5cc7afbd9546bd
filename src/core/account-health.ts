/** Account health is what counts against a seller at an instant: points of decisions that stand and of complaints that count. */
import { later } from './calendar.ts'
import type { ComplaintFinding } from './complaint.ts'
import type { RestsOn } from './decision.ts'
import { healthPolicy, type HealthRules, type Standing, type Threshold } from './health-rules.ts'
import { casesUntil, lowerShare } from './lower-share.ts'
import type { Measure, SubjectKind } from './measure.ts'

const day = 24 * 60 * 60_000

/** A measure that was once imposed, and what became of it; what narrowed it is the same measure. */
export interface Violation {
  decisionId: string
  number: number
  measure: Measure
  subject: SubjectKind
  /** The listing's title then, or the seller's name. */
  title: string
  policy: string
  policyTitle: string
  takenAt: Date
  isInForce: boolean
  /** Whether a decision took it back, whoever took that one and why. */
  isLifted: boolean
  byMachine: boolean
  /** Whether a person took it, or stands behind it since: not because its seller contested it. */
  isSeen: boolean
  /** Whether it leans on complaints and on nothing else. */
  isOnComplaint: boolean
  /** Whether an objection to it waits for its answer. */
  isContested: boolean
  /** Whether it was taken while a stranger had the account. */
  isInTakeover: boolean
  /** Since when the listing reads otherwise and the rule finds nothing in it, or a plan was accepted; null while neither. */
  remediedAt: Date | null
}

/** What is known of one complaint that may count. */
export interface ComplaintFact {
  complaintId: string
  caseId: string
  number: number
  at: Date
  /** Who says it: two of one reporter have the same. It names nobody. */
  source: string
  finding: ComplaintFinding | null
  /** The ring that it is of, as it was weighed or as a person found; null also where a person found that it is of none. */
  ringId: string | null
  /** What it was found to be worth; null while nobody has weighed it, and while it is set aside. */
  score: { counts: boolean; credibility: number } | null
}

/** Everything that points come from. Orders are those of the time in which complaints are counted. */
export interface HealthFacts {
  violations: readonly Violation[]
  complaints: readonly ComplaintFact[]
  orders: number
}

/** Why a decision that stands makes no points at this moment; or that it does. */
export type ViolationState =
  | 'counts'
  /** Another decision for the same mistake counts. */
  | 'same-mistake'
  | 'contested'
  | 'takeover'
  /** It rests on a complaint that no person has confirmed. */
  | 'unconfirmed'

export interface WeighedViolation {
  violation: Violation
  state: ViolationState
  points: number
  /** The number of the decision that counts in its place. */
  countsWith: number | null
  /** When it makes no points any more, whatever happens. */
  overAt: Date
}

/** Why a complaint counts nothing; or that it counts. */
export type ComplaintState =
  | 'counts'
  /** Its reporter has another that counts. */
  | 'same-reporter'
  /** Nobody confirmed it, and too few say the like. */
  | 'too-few'
  | 'ring'
  | 'refuted'
  | 'undetermined'
  | 'unlikely'
  | 'unweighed'

export interface WeighedComplaint {
  complaint: ComplaintFact
  state: ComplaintState
  /** How likely it is true, for one that counts. */
  weight: number
}

/** Something that would make fewer points, and what they would then be. */
export type Raise =
  /** These decisions are one mistake; the first way is open where the rule looks again by itself. */
  | { kind: 'correct'; way: 'edit' | 'appeal'; decisions: Violation[]; points: number }
  | { kind: 'orders'; orders: number; points: number }
  /** If nothing else happens. */
  | { kind: 'time'; at: Date; points: number }

export interface AccountHealth {
  at: Date
  points: number
  standing: Standing
  violations: WeighedViolation[]
  complaints: WeighedComplaint[]
  /** What complaints make of the orders. */
  share: {
    counting: number
    orders: number
    /** The share of which we are certain, and what is usual. */
    lower: number
    usual: number
    points: number
    days: number
  }
  /** Sources that have nothing to do with each other: reporters, and mistakes behind which a person stands. */
  sources: number
  decisions: number
  raises: (Raise & { standing: Standing })[]
}

/** How an account stands, with every point explained and what would raise it. The order of facts does not matter. */
export function accountHealth(facts: HealthFacts, rules: HealthRules, at: Date): AccountHealth {
  const sums = sumsOf(facts, rules, at)
  const { points } = sums
  return {
    at,
    ...sums,
    standing: standingOf(points, rules),
    raises: raisesOf(facts, rules, sums, at)
      .filter((raise) => raise.points < points)
      .map((raise) => ({ ...raise, standing: standingOf(raise.points, rules) })),
  }
}

/** Whether a written threshold is met. */
export function isMet(
  threshold: Threshold,
  {
    points,
    share,
    sources,
    decisions,
  }: Pick<AccountHealth, 'points' | 'share' | 'sources' | 'decisions'>,
): boolean {
  return (
    points >= (threshold.points ?? 0) &&
    share.lower >= (threshold['complaint-share'] ?? 0) &&
    sources >= threshold.sources &&
    decisions >= threshold.decisions
  )
}

/**
 * Whether a threshold is still met by what there was at that instant and has not fallen since. That its seller contests
 * a decision does not make it fall; that somebody takes it back does.
 */
export function stillMet(
  threshold: Threshold,
  { violations, ...facts }: HealthFacts,
  rules: HealthRules,
  at: Date,
): boolean {
  const standing = violations.map((one) => ({ ...one, isContested: false }))
  return isMet(threshold, sumsOf({ ...facts, violations: standing }, rules, at))
}

/** What a measure leans on that is imposed for how an account stands. */
export function restingOn({
  violations,
  complaints,
}: Pick<AccountHealth, 'violations' | 'complaints'>): RestsOn[] {
  return [
    ...violations
      .filter(({ state }) => state === 'counts')
      .map(({ violation }) => ({ kind: 'decision' as const, id: violation.decisionId })),
    ...complaints
      .filter(({ state }) => state === 'counts')
      .map(({ complaint }) => ({ kind: 'complaint' as const, id: complaint.complaintId })),
  ]
}

type Sums = Omit<AccountHealth, 'at' | 'standing' | 'raises'>

function sumsOf(facts: HealthFacts, rules: HealthRules, at: Date): Sums {
  const violations = weighViolations(facts.violations, rules, at)
  const complaints = weighComplaints(facts.complaints, rules, at)
  const counting = complaints.filter(({ state }) => state === 'counts')
  const share = shareOf(counting, facts.orders, rules)
  const decisions = mistakesSeen(violations)
  const sum = violations.reduce((all, one) => all + one.points, share.points)
  return {
    points: toTenths(sum),
    violations,
    complaints,
    share,
    sources: decisions + counting.length,
    decisions,
  }
}

/** Points are told in tenths, and judged as they are told. */
function toTenths(points: number): number {
  return Math.round(points * 10) / 10
}

function standingOf(points: number, { standings }: HealthRules): Standing {
  const standing = standings.findLast(({ from }) => points >= from)
  if (standing === undefined) throw new Error(`name ${points} points: the rules begin above`)
  return standing
}

function weighViolations(
  violations: readonly Violation[],
  rules: HealthRules,
  at: Date,
): WeighedViolation[] {
  const weighed = violations
    .filter((one) => mayCount(one, rules, at))
    .toSorted((a, b) => b.number - a.number)
    .map((violation): WeighedViolation => {
      const state = stateOf(violation)
      const points = state === 'counts' ? pointsOf(violation, rules, at) : 0
      return { violation, state, points, countsWith: null, overAt: overAt(violation, rules) }
    })
  // Of one mistake the gravest decision counts; of equally grave ones the first.
  const heads = new Map<string, WeighedViolation>()
  for (const one of weighed.filter(({ state }) => state === 'counts')) {
    const head = heads.get(mistakeOf(one.violation))
    if (head === undefined || one.points >= head.points) heads.set(mistakeOf(one.violation), one)
  }
  return weighed.map((one) => {
    const head = heads.get(mistakeOf(one.violation))
    if (one.state !== 'counts' || head === undefined || head === one) return one
    return { ...one, state: 'same-mistake', points: 0, countsWith: head.violation.number }
  })
}

/** What was taken back, is no misconduct, or is over leaves no mark. */
function mayCount(violation: Violation, rules: HealthRules, at: Date): boolean {
  return (
    !violation.isLifted &&
    violation.takenAt <= at &&
    overAt(violation, rules) > at &&
    isMisconduct(violation) &&
    severityOf(violation, rules) !== 'none'
  )
}

/** What only protects, holds money or asks who somebody is accuses nobody; and what follows from points makes none. */
function isMisconduct({ measure, policy, subject }: Violation): boolean {
  if (subject === 'payouts' || policy === healthPolicy) return false
  return !measure.startsWith('account.secure') && !measure.startsWith('account.lock')
}

function severityOf({ policy }: Violation, { rules, others }: HealthRules) {
  return Object.hasOwn(rules, policy) ? (rules[policy] ?? others) : others
}

function stateOf(violation: Violation): ViolationState {
  if (violation.isInTakeover) return 'takeover'
  if (violation.isContested) return 'contested'
  if (violation.isOnComplaint && violation.byMachine && !violation.isSeen) return 'unconfirmed'
  return 'counts'
}

function pointsOf(violation: Violation, rules: HealthRules, at: Date): number {
  const severity = severityOf(violation, rules)
  if (severity === 'none') return 0
  const age = (at.getTime() - violation.takenAt.getTime()) / day
  const aged = 0.5 ** (age / rules.ageing['half-life-days'])
  const isRemedied = violation.remediedAt !== null && violation.remediedAt <= at
  return (
    rules.severities[severity] *
    aged *
    (violation.isSeen ? 1 : rules.unseen) *
    (isRemedied ? rules.remedied : 1)
  )
}

function overAt({ takenAt }: Violation, { ageing }: HealthRules): Date {
  return later(takenAt, ageing['over-after-days'] * day)
}

/** One rule on one day is one mistake, however many listings it is in. */
function mistakeOf({ policy, takenAt }: Violation): string {
  return `${policy} ${takenAt.toISOString().slice(0, 10)}`
}

function mistakesSeen(violations: readonly WeighedViolation[]): number {
  const seen = violations.filter(
    ({ state, violation }) => violation.isSeen && (state === 'counts' || state === 'same-mistake'),
  )
  return new Set(seen.map(({ violation }) => mistakeOf(violation))).size
}

function weighComplaints(
  complaints: readonly ComplaintFact[],
  rules: HealthRules,
  at: Date,
): WeighedComplaint[] {
  const from = later(at, -rules.complaints.days * day)
  const weighed = complaints
    .filter((one) => one.at > from && one.at <= at)
    .toSorted((a, b) => b.number - a.number)
    .map((complaint) => ({ complaint, ...worthOf(complaint) }))
  const heaviest = new Map<string, WeighedComplaint>()
  for (const one of weighed.filter(({ state }) => state === 'counts')) {
    const other = heaviest.get(one.complaint.source)
    if (other === undefined || one.weight >= other.weight) heaviest.set(one.complaint.source, one)
  }
  const unverified = [...heaviest.values()].filter(({ complaint }) => complaint.finding === null)
  const isFew = unverified.length < rules.complaints.together
  return weighed.map((one): WeighedComplaint => {
    if (one.state !== 'counts') return one
    if (heaviest.get(one.complaint.source) !== one)
      return { ...one, state: 'same-reporter', weight: 0 }
    return isFew && one.complaint.finding === null ? { ...one, state: 'too-few', weight: 0 } : one
  })
}

/**
 * Whether a complaint weighs against its seller, and how much: the one rule of it, at its desk and on the account. A
 * ring counts nothing, whatever else is known; then what a person found goes before what was weighed.
 */
export function worthOf({
  finding,
  ringId,
  score,
}: Pick<ComplaintFact, 'finding' | 'ringId' | 'score'>): {
  state: ComplaintState
  weight: number
} {
  const nothing = (state: ComplaintState) => ({ state, weight: 0 })
  if (ringId !== null) return nothing('ring')
  if (finding === 'confirmed') return { state: 'counts', weight: 1 }
  if (finding !== null) return nothing(finding)
  if (score === null) return nothing('unweighed')
  return score.counts ? { state: 'counts', weight: score.credibility } : nothing('unlikely')
}

function shareOf(
  counting: readonly WeighedComplaint[],
  orders: number,
  { complaints: rules }: HealthRules,
): AccountHealth['share'] {
  const counted = { count: sumOf(counting), of: orders }
  const lower = lowerShare(counted, priorOf(rules), rules.certainty)
  const above = Math.max(0, lower - rules.usual) * 100
  return {
    counting: counting.length,
    orders,
    lower,
    usual: rules.usual,
    // Where nothing counts there is nothing to be certain of.
    points: counting.length === 0 ? 0 : Math.min(rules.most, above * rules['points-per-percent']),
    days: rules.days,
  }
}

/** In one order, so that the sum is the same to the last bit. */
function sumOf(counting: readonly WeighedComplaint[]): number {
  return counting
    .map(({ weight }) => weight)
    .toSorted((a, b) => a - b)
    .reduce((sum, weight) => sum + weight, 0)
}

function priorOf(rules: HealthRules['complaints']) {
  return { usual: rules.usual, worth: rules['worth-orders'] }
}

function raisesOf(facts: HealthFacts, rules: HealthRules, sums: Sums, at: Date): Raise[] {
  return [
    ...corrections(facts, rules, sums, at),
    ...moreOrders(facts, rules, sums, at),
    ...patience(facts, rules, sums, at),
  ]
}

/** What each mistake would leave if all of it were put right: worked out as if it were. */
function corrections(facts: HealthFacts, rules: HealthRules, sums: Sums, at: Date): Raise[] {
  const mistakes = new Map<string, Violation[]>()
  for (const { violation, state } of sums.violations)
    if (violation.remediedAt === null && (state === 'counts' || state === 'same-mistake'))
      mistakes.set(mistakeOf(violation), [...(mistakes.get(mistakeOf(violation)) ?? []), violation])
  return [...mistakes.values()].flatMap((decisions): Raise[] => {
    if (decisions.some(({ subject, isInForce }) => subject !== 'listing' && !isInForce)) return []
    const way = decisions.every(isLookedAtAgain) ? 'edit' : 'appeal'
    const ids = new Set(decisions.map(({ decisionId }) => decisionId))
    const righted = facts.violations.map((one) => {
      if (!ids.has(one.decisionId)) return one
      // What is in force is lifted with it; what is over is kept on record as put right.
      return one.isInForce ? { ...one, isLifted: true } : { ...one, remediedAt: at }
    })
    const { points } = sumsOf({ ...facts, violations: righted }, rules, at)
    return [{ kind: 'correct', way, decisions, points }]
  })
}

/** Whether a new text is enough: a machine that acted looks at it and takes back what it did. */
function isLookedAtAgain({ subject, byMachine, isInForce, measure, isOnComplaint }: Violation) {
  if (subject !== 'listing') return false
  return !isInForce || (byMachine && !isOnComplaint && measure !== 'listing.deactivate.safety')
}

function moreOrders(facts: HealthFacts, rules: HealthRules, sums: Sums, at: Date): Raise[] {
  const { share, complaints } = sums
  if (share.points === 0) return []
  const counting = complaints.filter(({ state }) => state === 'counts')
  const more = casesUntil(
    share.usual,
    { count: sumOf(counting), of: facts.orders },
    priorOf(rules.complaints),
    rules.complaints.certainty,
  )
  if (more === null || more === 0) return []
  const { points } = sumsOf({ ...facts, orders: facts.orders + more }, rules, at)
  return [{ kind: 'orders', orders: more, points }]
}

/** When the account stands better by ageing alone. Where complaints count, nobody knows how many orders there will be. */
function patience(facts: HealthFacts, rules: HealthRules, sums: Sums, at: Date): Raise[] {
  if (sums.share.counting > 0) return []
  const { from } = standingOf(sums.points, rules)
  const onlyDecisions = { ...facts, complaints: [] }
  const pointsAt = (days: number) => sumsOf(onlyDecisions, rules, later(at, days * day)).points
  const isBetter = (days: number) => (from === 0 ? pointsAt(days) === 0 : pointsAt(days) < from)
  // Ageing only takes away, so it can be found by halving.
  let [low, high] = [0, Math.ceil(rules.ageing['over-after-days'])]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (isBetter(middle)) high = middle
    else low = middle
  }
  return [{ kind: 'time', at: later(at, high * day), points: pointsAt(high) }]
}
