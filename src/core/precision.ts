/** Precision against volume: were the threshold here, how many would be touched, and how many of them rightly. */
import { z } from 'zod'
import { Share, shareOf } from './likely-range.ts'

/** What people decided about a listing under one policy: that it breaks the rule, or that it does not. */
export const PeopleSay = z.enum(['violation', 'innocent'])
export type PeopleSay = z.infer<typeof PeopleSay>

/** A finding's score, with what people decided of it; null where nobody has. */
export const Scored = z.object({ score: z.number(), people: PeopleSay.nullable() })
export type Scored = z.infer<typeof Scored>

export const PrecisionPoint = z.object({
  threshold: z.number(),
  /** Listings with this score or more. */
  touched: z.int(),
  perWeek: z.number(),
  /** Of those that people decided about, the share that does break the rule. */
  precision: Share,
})
export type PrecisionPoint = z.infer<typeof PrecisionPoint>

/** One point for each hundredth from the lowest score found upwards; where nothing changes there is none. */
export function precisionCurve(scored: readonly Scored[], weeks: number): PrecisionPoint[] {
  const lowest = scored.reduce((least, { score }) => Math.min(least, score), 1)
  const points: PrecisionPoint[] = []
  for (let hundredths = Math.floor(lowest * 100); hundredths <= 100; hundredths++) {
    const threshold = hundredths / 100
    const point = pointAt(scored, threshold, weeks)
    if (point.touched === 0) break
    const before = points.at(-1)
    if (before?.touched !== point.touched) points.push(point)
    // Of thresholds that touch the same, the highest stands for them: it is the one to choose.
    else points[points.length - 1] = point
  }
  return points
}

function pointAt(scored: readonly Scored[], threshold: number, weeks: number): PrecisionPoint {
  const touched = scored.filter(({ score }) => score >= threshold)
  const judged = touched.filter(({ people }) => people !== null)
  const right = judged.filter(({ people }) => people === 'violation')
  return {
    threshold,
    touched: touched.length,
    perWeek: weeks === 0 ? 0 : touched.length / weeks,
    precision: shareOf(right.length, judged.length),
  }
}
