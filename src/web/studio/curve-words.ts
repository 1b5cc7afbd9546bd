/** What the plots of a policy say in their titles: how sure at how many, week by week, and whether scores come true. */
import type { PolicyWeek } from '../../contract/policy.ts'
import type { Reliability } from '../../core/policy.ts'
import type { PrecisionPoint } from '../../core/precision.ts'
import { amount, ofHundred } from './record-words.ts'

/** The point that a threshold stands at: the lowest that touches the same; null where it touches nothing. */
export function pointFor(
  curve: readonly PrecisionPoint[],
  threshold: number,
): PrecisionPoint | null {
  return curve.find((point) => point.threshold >= threshold - 1e-9) ?? null
}

/** "420 listings a week", "one listing a week", "3 listings in 10 weeks". */
export function perWeekWords(perWeek: number): string {
  if (perWeek >= 10) return `${amount(Math.round(perWeek))} listings a week`
  const rounded = Math.round(perWeek * 10) / 10
  if (rounded === 1) return 'one listing a week'
  if (rounded >= 1) return `${rounded} listings a week`
  return `${Math.max(1, Math.round(perWeek * 12))} in 12 weeks`
}

/** "Were the threshold at 90: 420 listings a week, right in 91 of 100." */
export function thresholdWords(point: PrecisionPoint | null): string {
  if (point === null) return 'touches nothing'
  const { share, low, high, of } = point.precision
  const sure =
    share === null
      ? 'nobody has decided how often rightly'
      : `right in ${ofHundred(share)} of ${of === 1 ? 'one decision' : `${amount(of)} decisions`} (likely ${Math.floor(low * 100)} to ${Math.ceil(high * 100)})`
  return `touches ${perWeekWords(point.perWeek)}, ${sure}`
}

/** The point of the plot of precision against volume. */
export function curveTitle(
  curve: readonly PrecisionPoint[],
  thresholds: { review: number; deactivate: number },
): string {
  const isAlone = thresholds.deactivate < 1
  const at = isAlone ? thresholds.deactivate : thresholds.review
  const point = pointFor(curve, at)
  const does = isAlone ? 'it acts' : 'it asks'
  if (point === null) return `Nothing reaches ${hundredths(at)}, from where ${does}`
  const { share } = point.precision
  if (share === null) return `From ${hundredths(at)} on ${does}: ${perWeekWords(point.perWeek)}`
  return `From ${hundredths(at)} on ${does}, and is right in ${ofHundred(share)}`
}

/** 0.8 as "80". */
export function hundredths(share: number): string {
  return String(Math.round(share * 100))
}

/** The point of the plot by week. */
export function weeksTitle(weeks: readonly PolicyWeek[]): string {
  const sum = (of: 'found' | 'acted' | 'looked' | 'overturned') =>
    weeks.reduce((added, week) => added + week[of], 0)
  const [found, acted, overturned] = [sum('found'), sum('acted'), sum('overturned')]
  if (acted === 0 && overturned === 0) {
    if (found === 0) return 'It has found nothing in these weeks'
    return `It found ${amount(found)} and acted on none by itself`
  }
  const times = acted === 1 ? 'once' : `${amount(acted)} times`
  if (overturned === 0) return `It acted ${times}; people took nothing back`
  return `It acted ${times}; people took back ${amount(overturned)}`
}

/** "24 Aug": the Monday a week begins with. */
export function weekWords(start: string): string {
  return new Date(start).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  })
}

/** The point of the plot of reliability: by how much what was said and what happened lie apart. */
export function reliabilityTitle(bars: readonly Reliability[]): string {
  const cases = bars.reduce((sum, bar) => sum + bar.cases, 0)
  if (cases === 0) return 'Whether its scores come true was not measured'
  const apart =
    bars.reduce((sum, { said, happened, cases: of }) => sum + Math.abs(said - happened) * of, 0) /
    cases
  const hundred = Math.round(apart * 100)
  return hundred === 0
    ? 'What it says comes true'
    : `What it says comes true, give or take ${hundred} in 100`
}
