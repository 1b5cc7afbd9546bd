/** An evaluation is what policies say of labelled listings that they never learned from, counted against what is right. */
import { worstOutcome } from '../core/finding.ts'
import type { Evidence, Outcome } from '../core/finding.ts'
import { outcomeOf } from '../core/policy.ts'
import type { Jurisdiction, Policy } from '../core/policy.ts'
import { shareOf } from '../core/likely-range.ts'
import type { Share } from '../core/likely-range.ts'
import { compilePolicies } from './compile.ts'
import { tellingAll } from './examples.ts'
import { caseKinds, casesFor, casesOfExamples } from './labelled-case.ts'
import type { CaseKind, LabelledListing } from './labelled-case.ts'
import { learn } from './learn.ts'
import { BASE, LEARNED } from './policy.ts'
import { screen } from './screen.ts'

/** What one policy makes of a case: its sum is kept also where it comes to nothing. */
export interface Judgement {
  policy: string
  outcome: Outcome
  score: number
  evidence: Evidence[]
}

export interface JudgedCase {
  labelled: LabelledListing
  /** The most severe of all policies'. */
  outcome: Outcome
  judgements: Judgement[]
}

/** How many of each outcome, as shares of the kind. */
export type Outcomes = Record<Outcome, Share>

export interface Evaluation {
  cases: number
  kinds: Record<CaseKind, Outcomes>
  /** Violations of policies that may act by themselves; only of these one can ask how many are deactivated. */
  deactivable: Outcomes
  policies: PolicyEvaluation[]
  signals: SignalEvaluation[]
  families: FamilyEvaluation[]
  mistakes: Mistake[]
}

export interface PolicyEvaluation {
  policy: string
  /** Its own violations and borderline cases, and all innocents, by what it says alone. */
  kinds: Record<CaseKind, Outcomes>
}

/** In how many cases of each kind a signal was found, and in how many mistakes it spoke the wrong way. */
export interface SignalEvaluation {
  policy: string
  signal: string
  found: Record<CaseKind, number>
  inMistakes: number
}

export interface FamilyEvaluation {
  family: string
  kind: CaseKind
  policy: string | null
  cases: number
  right: number
}

export interface Mistake {
  labelled: LabelledListing
  outcome: Outcome
  /** Those that flagged it, or those that should have. */
  judgements: Judgement[]
}

/** What a case of this kind should come to. */
const rightOutcomes = {
  violation: ['review', 'deactivate'],
  borderline: ['review'],
  hard: ['allow'],
  ordinary: ['allow'],
} as const satisfies Record<CaseKind, readonly Outcome[]>

/** Judges every case by all policies together. */
export function judgeCases(
  policies: readonly Policy[],
  labelled: readonly LabelledListing[],
  { jurisdiction, withCategory }: { jurisdiction: Jurisdiction; withCategory: boolean },
): JudgedCase[] {
  const compiled = compilePolicies(policies.map(tellingAll), { jurisdiction })
  const byName = new Map(policies.map((policy) => [policy.policy, policy]))
  return labelled.map((one) => {
    const { id, text } = one.listing
    const shown = withCategory ? text : { ...text, category: '' }
    const judgements = screen(compiled, { id, text: shown }).findings.map(
      ({ policy, score, evidence }): Judgement => {
        const judge = byName.get(policy)
        return { policy, score, evidence, outcome: judge ? outcomeOf(judge, score) : 'allow' }
      },
    )
    return {
      labelled: one,
      judgements,
      outcome: worstOutcome(judgements.map(({ outcome }) => outcome)),
    }
  })
}

/**
 * Judges every case by weights that were learned without its family: the families are dealt into folds, and for each
 * fold every policy learns from its examples and from the cases of the other folds.
 */
export function judgeHeldOut(
  policies: readonly Policy[],
  labelled: readonly LabelledListing[],
  by: { jurisdiction: Jurisdiction; folds: number; tell?: (fold: number) => void },
): { withCategory: JudgedCase[]; withoutCategory: JudgedCase[] } {
  const foldOf = dealFamilies(labelled, by.folds)
  const judged = {
    withCategory: new Map<LabelledListing, JudgedCase>(),
    withoutCategory: new Map<LabelledListing, JudgedCase>(),
  }
  for (let fold = 0; fold < by.folds; fold++) {
    by.tell?.(fold)
    const tried = labelled.filter(({ family }) => foldOf.get(family) === fold)
    const others = labelled.filter(({ family }) => foldOf.get(family) !== fold)
    const taught = policies.map((policy): Policy => {
      const cases = [...casesOfExamples(policy), ...casesFor(policy, others)]
      const { learned } = learn({ ...policy, learned: undefined }, cases)
      return { ...policy, learned }
    })
    for (const [category, withCategory] of [
      ['withCategory', true],
      ['withoutCategory', false],
    ] as const)
      for (const one of judgeCases(taught, tried, { ...by, withCategory }))
        judged[category].set(one.labelled, one)
  }
  const inOrder = (found: ReadonlyMap<LabelledListing, JudgedCase>) =>
    labelled.flatMap((one) => found.get(one) ?? [])
  return {
    withCategory: inOrder(judged.withCategory),
    withoutCategory: inOrder(judged.withoutCategory),
  }
}

/** Families dealt out in turn, kind by kind and policy by policy, so that every fold has some of each. */
function dealFamilies(labelled: readonly LabelledListing[], folds: number): Map<string, number> {
  const families = new Map<string, string>()
  for (const { family, kind, policy } of labelled)
    if (!families.has(family)) families.set(family, `${policy} ${kind} ${family}`)
  const dealt = [...families].sort(([, a], [, b]) => (a < b ? -1 : 1))
  return new Map(dealt.map(([family], at) => [family, at % folds]))
}

/** Counts what was judged. */
export function evaluate(policies: readonly Policy[], judged: readonly JudgedCase[]): Evaluation {
  const mayDeactivate = new Set(
    policies.filter(({ thresholds }) => thresholds.deactivate < 1).map(({ policy }) => policy),
  )
  return {
    cases: judged.length,
    kinds: byKind(judged, ({ outcome }) => outcome),
    deactivable: outcomesOf(
      judged.filter(
        ({ labelled }) =>
          labelled.kind === 'violation' &&
          labelled.policy !== null &&
          mayDeactivate.has(labelled.policy),
      ),
      ({ outcome }) => outcome,
    ),
    policies: policies.map(({ policy }) => ({
      policy,
      kinds: byKind(
        judged.filter(({ labelled }) => labelled.policy === policy || labelled.policy === null),
        (one) => judgementBy(policy, one)?.outcome ?? 'allow',
      ),
    })),
    signals: policies.flatMap((policy) => countSignals(policy, judged)),
    families: countFamilies(judged),
    mistakes: judged
      .filter((one) => !isRight(one))
      .map((one) => ({ ...one, judgements: toBlame(one) })),
  }
}

function byKind(
  judged: readonly JudgedCase[],
  outcomeFor: (one: JudgedCase) => Outcome,
): Record<CaseKind, Outcomes> {
  const of = (kind: CaseKind) =>
    outcomesOf(
      judged.filter(({ labelled }) => labelled.kind === kind),
      outcomeFor,
    )
  return {
    violation: of('violation'),
    borderline: of('borderline'),
    hard: of('hard'),
    ordinary: of('ordinary'),
  }
}

function outcomesOf(
  judged: readonly JudgedCase[],
  outcomeFor: (one: JudgedCase) => Outcome,
): Outcomes {
  const share = (wanted: Outcome) =>
    shareOf(judged.filter((one) => outcomeFor(one) === wanted).length, judged.length)
  return { allow: share('allow'), review: share('review'), deactivate: share('deactivate') }
}

function judgementBy(policy: string, { judgements }: JudgedCase): Judgement | undefined {
  return judgements.find((one) => one.policy === policy)
}

function isRight({ labelled, outcome }: JudgedCase): boolean {
  const right: readonly Outcome[] = rightOutcomes[labelled.kind]
  return right.includes(outcome)
}

/** Of a case that was let through, its policy's sum; of one that was flagged too hard, the sums that flagged it. */
function toBlame(one: JudgedCase): Judgement[] {
  const { labelled, outcome, judgements } = one
  if (outcome === 'allow') return judgements.filter(({ policy }) => policy === labelled.policy)
  return judgements.filter((judgement) => judgement.outcome === outcome)
}

function countSignals(policy: Policy, judged: readonly JudgedCase[]): SignalEvaluation[] {
  const counts = new Map<string, SignalEvaluation>()
  for (const { name } of policy.signals) {
    const found = { violation: 0, borderline: 0, hard: 0, ordinary: 0 }
    counts.set(name, { policy: policy.policy, signal: name, found, inMistakes: 0 })
  }
  for (const one of judged) {
    const { kind, policy: owner } = one.labelled
    const judgement = judgementBy(policy.policy, one)
    // Of another policy's cases nobody said what this one should find in them.
    if (judgement === undefined || (owner !== null && owner !== policy.policy)) continue
    const weighed = new Map<string, number>()
    for (const { signal, weight } of judgement.evidence)
      if (signal !== BASE && signal !== LEARNED)
        weighed.set(signal, (weighed.get(signal) ?? 0) + weight)
    const wrongWay = isRight(one) ? 0 : one.outcome === 'allow' ? -1 : 1
    for (const [signal, weight] of weighed) {
      const count = counts.get(signal)
      if (count === undefined) continue
      count.found[kind]++
      if (wrongWay !== 0 && Math.sign(weight) === wrongWay) count.inMistakes++
    }
  }
  return [...counts.values()]
}

function countFamilies(judged: readonly JudgedCase[]): FamilyEvaluation[] {
  const families = new Map<string, FamilyEvaluation>()
  for (const one of judged) {
    const { family, kind, policy } = one.labelled
    const key = `${family} ${kind} ${policy}`
    const known = families.get(key) ?? { family, kind, policy, cases: 0, right: 0 }
    known.cases++
    if (isRight(one)) known.right++
    families.set(key, known)
  }
  return [...families.values()].sort(
    (a, b) =>
      caseKinds.indexOf(a.kind) - caseKinds.indexOf(b.kind) || (a.family < b.family ? -1 : 1),
  )
}

/** What the marketplace holds its policies to, on listings that they never saw. */
export function targetsOf({ kinds, deactivable }: Evaluation): {
  what: string
  share: Share
  wanted: string
  isMet: boolean
}[] {
  const { violation, hard, ordinary } = kinds
  const found = shareOf(violation.review.count + violation.deactivate.count, violation.allow.of)
  const atLeast = (what: string, share: Share, least: number) => ({
    ...{ what, share, wanted: `at least ${100 * least} %` },
    isMet: share.share === null || share.share >= least,
  })
  const atMost = (what: string, share: Share, most: number) => ({
    ...{ what, share, wanted: most === 0 ? 'none' : `at most ${100 * most} %` },
    isMet: share.share === null || share.share <= most,
  })
  return [
    atLeast('clear violations found', found, 0.97),
    atLeast('clear violations deactivated', deactivable.deactivate, 0.8),
    atMost('hard innocents deactivated', hard.deactivate, 0.01),
    atMost('hard innocents reviewed', hard.review, 0.1),
    atMost('ordinary goods deactivated', ordinary.deactivate, 0),
    atMost('ordinary goods reviewed', ordinary.review, 0.005),
  ]
}
