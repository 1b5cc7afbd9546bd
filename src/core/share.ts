/** A share is how many of some had it, with the bounds that so few of them leave open. */

export interface Share {
  count: number
  of: number
  /** 0 where there are none to count. */
  share: number
  /** Wilson's interval: in 95 of 100 such counts the true share lies between. */
  low: number
  high: number
}

/** The 0.975 quantile of the normal distribution. */
const Z = 1.959964

/** The share with its 95 % Wilson score interval, which holds for few cases and for none or all of them. */
export function shareOf(count: number, of: number): Share {
  if (of === 0) return { count, of, share: 0, low: 0, high: 1 }
  const share = count / of
  const scale = 1 + (Z * Z) / of
  const middle = (share + (Z * Z) / (2 * of)) / scale
  const half = (Z / scale) * Math.sqrt((share * (1 - share)) / of + (Z * Z) / (4 * of * of))
  return {
    count,
    of,
    share,
    low: count === 0 ? 0 : Math.max(0, middle - half),
    high: count === of ? 1 : Math.min(1, middle + half),
  }
}
