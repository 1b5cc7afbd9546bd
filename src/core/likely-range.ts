/** A share that was counted in a few cases lies, in the long run, within a likely range around it. */
import { z } from 'zod'

export const Share = z.object({
  /** How many of them had it. */
  count: z.int().min(0),
  of: z.int().min(0),
  /** The share counted; null where nothing was counted. */
  share: z.number().nullable(),
  /** Between these it lies with 95 in 100; from 0 to 1 where nothing was counted. */
  low: z.number(),
  high: z.number(),
})
export type Share = z.infer<typeof Share>

/** The normal quantile that 95 in 100 lie within. */
const z95 = 1.959963984540054

/**
 * The share with its range after Wilson (1927), which stays honest with few cases and near 0 and 1:
 * https://doi.org/10.1080/01621459.1927.10502953
 */
export function shareOf(count: number, of: number): Share {
  if (of === 0) return { count: 0, of: 0, share: null, low: 0, high: 1 }
  const share = count / of
  const square = z95 * z95
  const middle = (share + square / (2 * of)) / (1 + square / of)
  const half =
    (z95 / (1 + square / of)) * Math.sqrt((share * (1 - share)) / of + square / (4 * of * of))
  // The ends are exact where all or none had it, which rounding would blur.
  return {
    count,
    of,
    share,
    low: count === 0 ? 0 : Math.max(0, middle - half),
    high: count === of ? 1 : Math.min(1, middle + half),
  }
}

export const Mean = z.object({
  mean: z.number(),
  /** Between these it lies with 95 in 100; endless for fewer than two. */
  low: z.number(),
  high: z.number(),
})
export type Mean = z.infer<typeof Mean>

/** The mean of values that have nothing to do with each other, with its range by their spread. */
export function meanOf(values: readonly number[]): Mean {
  const count = Math.max(1, values.length)
  const mean = values.reduce((sum, value) => sum + value, 0) / count
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const half = count < 2 ? Infinity : 1.96 * Math.sqrt(squares / (count - 1) / count)
  return { mean, low: mean - half, high: mean + half }
}
