/** The share that is surely exceeded: the lower end of what is likely after few cases, with what is usual as prior. */

/** What is known before anything is counted: a usual share, and how many cases that is worth. */
export interface Prior {
  usual: number
  worth: number
}

/**
 * The share above which it lies with this certainty, after `count` of `of` cases. Bayes with a Beta prior, so that one
 * of one is far from everything, and few cases hardly move what is usual. `count` may be a sum of chances.
 */
export function lowerShare(
  { count, of }: { count: number; of: number },
  { usual, worth }: Prior,
  certainty: number,
): number {
  // Of what was counted without a case there was one at least.
  const cases = Math.max(of, count)
  return quantile(1 - certainty, usual * worth + count, (1 - usual) * worth + cases - count)
}

/** How many more cases without one it takes until the lower share is at most this; null where a million would not do. */
export function casesUntil(
  most: number,
  { count, of }: { count: number; of: number },
  prior: Prior,
  certainty: number,
): number | null {
  const isEnough = (more: number) => lowerShare({ count, of: of + more }, prior, certainty) <= most
  if (isEnough(0)) return 0
  let high = 1
  while (!isEnough(high)) {
    high *= 2
    if (high > 1_000_000) return null
  }
  let low = Math.floor(high / 2)
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (isEnough(middle)) high = middle
    else low = middle
  }
  return high
}

/** Where a Beta distribution has this much below it, by halving. */
function quantile(chance: number, a: number, b: number): number {
  let [low, high] = [0, 1]
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2
    if (below(middle, a, b) < chance) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** How much of a Beta distribution lies below x: the regularised incomplete beta function (https://dlmf.nist.gov/8.17). */
function below(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  const front = Math.exp(
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x),
  )
  // The fraction converges fast on one side only; the other is its mirror.
  return x < (a + 1) / (a + b + 2)
    ? (front * fraction(x, a, b)) / a
    : 1 - (front * fraction(1 - x, b, a)) / b
}

/** The continued fraction of it, after Lentz (https://dlmf.nist.gov/8.17.v). */
function fraction(x: number, a: number, b: number): number {
  const tiny = 1e-300
  const apart = (value: number) => (Math.abs(value) < tiny ? tiny : value)
  let c = 1
  let d = 1 / apart(1 - ((a + b) * x) / (a + 1))
  let whole = d
  for (let m = 1; m <= 500; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / apart(1 + even * d)
    c = apart(1 + even / c)
    whole *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / apart(1 + odd * d)
    c = apart(1 + odd / c)
    const step = d * c
    whole *= step
    if (Math.abs(step - 1) < 1e-13) break
  }
  return whole
}

/** The logarithm of the gamma function after Stirling, exact to twelve places (https://dlmf.nist.gov/5.11). */
function logGamma(z: number): number {
  // Small ones are shifted up, where the series is exact.
  if (z < 12) return logGamma(z + 1) - Math.log(z)
  const square = z * z
  return (
    (z - 0.5) * Math.log(z) -
    z +
    0.5 * Math.log(2 * Math.PI) +
    1 / (12 * z) -
    1 / (360 * z * square) +
    1 / (1260 * z * square * square)
  )
}
