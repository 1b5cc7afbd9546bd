/** A labelled case is a listing of which somebody said what is right: a line of `policies/cases/*.ndjson`, or a policy's own example. */
import { z } from 'zod'
import type { Outcome } from '../core/finding.ts'
import type { ListingText } from '../core/listing.ts'
import type { Policy } from '../core/policy.ts'
import { wordsOf } from '../core/thrown.ts'
import { textOf } from './examples.ts'
import type { LabelledCase } from './learn.ts'
import { readListing } from './listing-line.ts'
import type { ListingLine } from './listing-line.ts'

/**
 * `violation`: a clear one, which the policy must find. `borderline`: a person must look. `hard`: innocent, in words
 * that mislead. `ordinary`: innocent, and nothing in it misleads.
 */
export const caseKinds = ['violation', 'borderline', 'hard', 'ordinary'] as const
export type CaseKind = (typeof caseKinds)[number]

const Line = z.object({
  /** Goods of one kind, in plain words. */
  family: z.string().min(1),
  kind: z.enum(caseKinds),
  /** The policy that a violation or borderline case belongs to. */
  policy: z.string().nullable(),
  language: z.string().default('en'),
  why: z.string().default(''),
  listing: z.unknown(),
})

export interface LabelledListing extends Omit<z.infer<typeof Line>, 'listing'> {
  listing: ListingLine
}

export type LabelledRead = { ok: true; labelled: LabelledListing } | { ok: false; why: string }

/** Reads one line, or says in a sentence what is wrong with it. */
export function readLabelled(line: string): LabelledRead {
  const parsed = parseLine(line)
  if (!parsed.ok) return parsed
  const read = Line.safeParse(parsed.value)
  if (!read.success) return { ok: false, why: z.prettifyError(read.error).replaceAll('\n', ' ') }
  const { kind, policy } = read.data
  const isInnocent = kind === 'hard' || kind === 'ordinary'
  if (isInnocent !== (policy === null)) {
    return {
      ok: false,
      why: isInnocent
        ? `a case that is ${kind} belongs to no policy`
        : `a ${kind} names its policy`,
    }
  }
  const listing = readListing(read.data.listing)
  if (!listing.ok) return { ok: false, why: listing.error.detail }
  return { ok: true, labelled: { ...read.data, listing: listing.listing } }
}

/** What a policy learns from its own examples; where it is known to be wrong, from what would be right. */
export function casesOfExamples(policy: Policy): LabelledCase[] {
  return policy.examples.flatMap((example) => {
    const { jurisdiction } = example
    const one = { text: textOf(example), family: null, source: 'example' as const }
    return taught(policy, example.shouldBe ?? example.outcome, {
      ...one,
      ...(jurisdiction === undefined ? {} : { jurisdiction }),
    })
  })
}

/**
 * What a policy learns from labelled listings. From violations of other policies it learns nothing: they may well be
 * violations of this one too, and nobody said.
 */
export function casesFor(policy: Policy, labelled: readonly LabelledListing[]): LabelledCase[] {
  return labelled.flatMap(({ kind, family, listing, ...one }) => {
    if (one.policy !== null && one.policy !== policy.policy) return []
    const outcomes = {
      violation: 'deactivate',
      borderline: 'review',
      hard: 'allow',
      ordinary: 'allow',
    } as const satisfies Record<CaseKind, Outcome>
    return taught(policy, outcomes[kind], { text: listing.text, family, source: 'case' })
  })
}

/**
 * An outcome as what happened. What should go to a person is something of both: as much of a violation as the middle
 * of the scores that go to a person, unless the policy sends all violations there.
 */
function taught(
  { thresholds }: Policy,
  outcome: Outcome,
  one: Omit<LabelledCase, 'isViolation' | 'weight'>,
): LabelledCase[] {
  if (outcome === 'allow') return [{ ...one, isViolation: false, weight: 1 }]
  const share =
    outcome === 'deactivate' || thresholds.deactivate === 1
      ? 1
      : (thresholds.review + thresholds.deactivate) / 2
  const parts = [
    { ...one, isViolation: true, weight: share },
    { ...one, isViolation: false, weight: 1 - share },
  ]
  return parts.filter(({ weight }) => weight > 0)
}

const DecisionLine = z.object({
  policy: z.string(),
  isViolation: z.boolean(),
  sellerId: z.string(),
  listing: z.unknown(),
})

/** What a person decided of a listing under a policy. */
export interface LabelledDecision extends Omit<z.infer<typeof DecisionLine>, 'listing'> {
  text: ListingText
}

/** Reads one decision, or says in a sentence what is wrong with it. */
export function readLabelledDecision(
  line: string,
): { ok: true; decision: LabelledDecision } | { ok: false; why: string } {
  const parsed = parseLine(line)
  if (!parsed.ok) return parsed
  const read = DecisionLine.safeParse(parsed.value)
  if (!read.success) return { ok: false, why: z.prettifyError(read.error).replaceAll('\n', ' ') }
  const listing = readListing(read.data.listing)
  if (!listing.ok) return { ok: false, why: listing.error.detail }
  return { ok: true, decision: { ...read.data, text: listing.listing.text } }
}

/** What a policy learns from people's decisions under it. One seller's listings are alike, and so a family. */
export function casesOfDecisions(
  { policy }: Policy,
  decisions: readonly LabelledDecision[],
): LabelledCase[] {
  return decisions
    .filter((decision) => decision.policy === policy)
    .map(({ text, isViolation, sellerId }) => ({
      ...{ text, isViolation, weight: 1 },
      ...{ family: `seller ${sellerId}`, source: 'decision' },
    }))
}

function parseLine(line: string): { ok: true; value: unknown } | { ok: false; why: string } {
  try {
    return { ok: true, value: JSON.parse(line) }
  } catch (cause) {
    return { ok: false, why: `not JSON: ${wordsOf(cause)}` }
  }
}
