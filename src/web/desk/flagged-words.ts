/** What the page of flagged listings says of its counts: the sentence on top and the point of the picture. */

interface PolicyCount {
  policy: string
  title: string
  review: number
  deactivate: number
}

/** "7 in 1,000" or "6 in 100": how often screening speaks up, in the smallest round hundred that shows it. */
export function shareWords(part: number, whole: number): string {
  if (whole === 0) return 'none'
  for (const base of [100, 1_000, 10_000]) {
    const share = Math.round((part / whole) * base)
    if (share >= 1 || base === 10_000)
      return `${share.toLocaleString('en')} in ${base.toLocaleString('en')}`
  }
  return 'none'
}

/** The sentence the page opens with. */
export function flaggedTitle({ screened, flagged }: { screened: number; flagged: number }): string {
  if (screened === 0) return 'No listing has been screened yet.'
  const listings = screened === 1 ? 'one listing' : `${screened.toLocaleString('en')} listings`
  if (flagged === 0) return `No rule spoke up. Screened so far: ${listings}.`
  return `Rules spoke up at ${flagged.toLocaleString('en')} of ${listings}, ${shareWords(flagged, screened)}.`
}

/** The point of the plot: who flags most, and how much of it would come off sale. */
export function plotTitle(counts: readonly PolicyCount[]): string {
  const total = (count: PolicyCount) => count.review + count.deactivate
  const [first, second] = [...counts].sort((a, b) => total(b) - total(a))
  if (first === undefined || total(first) === 0) return 'No rule has flagged anything'
  if (second === undefined || total(second) === 0) return `Only “${first.title}” flags anything`
  if (total(first) === total(second))
    return `“${first.title}” and “${second.title}” flag equally often`
  return `“${first.title}” flags most: ${total(first).toLocaleString('en')} of ${counts.reduce((sum, count) => sum + total(count), 0).toLocaleString('en')}`
}
