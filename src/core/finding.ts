/** A finding is one policy's result on one listing version; a verdict is all of them with one outcome. */
import { z } from 'zod'

/** From mildest to most severe; a verdict takes its most severe finding's. */
export const Outcome = z.enum(['allow', 'review', 'deactivate'])
export type Outcome = z.infer<typeof Outcome>

/** One term of the sum. A term without a place in the text has null for all four place fields. */
export const Evidence = z.object({
  field: z.string().nullable(),
  /** UTF-16 code units of the field as given. */
  start: z.int().nullable(),
  end: z.int().nullable(),
  text: z.string().nullable(),
  signal: z.string(),
  weight: z.number(),
})
export type Evidence = z.infer<typeof Evidence>

export const Finding = z.object({
  policy: z.string(),
  version: z.int(),
  outcome: z.enum(['review', 'deactivate']),
  score: z.number(),
  evidence: z.array(Evidence),
  wouldReverse: z.array(z.string()),
})
export type Finding = z.infer<typeof Finding>

export const Verdict = z.object({ id: z.string(), outcome: Outcome, findings: z.array(Finding) })
export type Verdict = z.infer<typeof Verdict>

const severity = { allow: 0, review: 1, deactivate: 2 } as const satisfies Record<Outcome, number>

/** The one outcome of several findings: the most severe, `allow` when there is none. */
export function worstOutcome(outcomes: readonly Outcome[]): Outcome {
  return outcomes.reduce<Outcome>(
    (worst, next) => (severity[next] > severity[worst] ? next : worst),
    'allow',
  )
}

/** 1 / (1 + e^−sum): the chance that a sum of log-odds stands for. */
export function scoreOf(sum: number): number {
  return 1 / (1 + Math.exp(-sum))
}

/** A probability as people say it: "92 in 100"; never rounded to certainty. */
export function inHundred(chance: number): string {
  if (chance > 0.995 && chance < 1) return 'over 99 in 100'
  if (chance < 0.005 && chance > 0) return 'under 1 in 100'
  return `${Math.round(chance * 100)} in 100`
}

/** "+1.6", "−2.2", "0.0": always with a sign, one decimal, a real minus. */
export function signed(weight: number): string {
  const amount = Math.abs(weight).toFixed(1)
  if (Number(amount) === 0 && weight !== 0) return weight < 0 ? '−0.0' : '+0.0'
  return weight < 0 ? `−${amount}` : `+${amount}`
}
