/** A rate limit counts what one key did lately, in memory, and says when it is too much. */

export interface RateLimit {
  /** Counts one more; false when the key has had all it may have for now. */
  take(key: string, now: Date): boolean
}

/** Strangers' keys fill memory otherwise; the oldest are forgotten first. */
const mostKeys = 20_000

/** Lets each key do `most` things within so many milliseconds, evenly refilled. */
export function createRateLimit({ most, within }: { most: number; within: number }): RateLimit {
  const buckets = new Map<string, { left: number; at: number }>()
  return {
    take(key, now) {
      const at = now.getTime()
      const held = buckets.get(key) ?? { left: most, at }
      const left = Math.min(most, held.left + (Math.max(0, at - held.at) * most) / within)
      buckets.delete(key)
      buckets.set(key, { left: left >= 1 ? left - 1 : left, at })
      const [oldest] = buckets.keys()
      if (buckets.size > mostKeys && oldest !== undefined) buckets.delete(oldest)
      return left >= 1
    },
  }
}
