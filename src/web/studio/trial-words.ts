/** A trial in words: what a rule would have done with the listings of the last month. */
import type { Trial, TrialReport, TrialSummary } from '../../contract/trial.ts'
import { amount, listingsWords } from './record-words.ts'

/** The sentence that the page of a trial opens with. */
export function trialTitle({
  state,
  listings,
  screened,
  against,
  isInForce,
  report,
}: Pick<Trial, 'state' | 'listings' | 'screened' | 'against' | 'isInForce' | 'report'>): string {
  if (listings === 0) return 'No listing came in that time, so there is nothing to try it on.'
  const flagged = flaggedOf(report)
  if (state === 'running')
    return `Trying it: ${amount(screened)} of ${listingsWords(listings)} so far, ${flagged === 0 ? 'none' : amount(flagged)} flagged.`
  const begin =
    state === 'stopped'
      ? `Stopped after ${amount(screened)} of ${listingsWords(listings)}: it flagged ${flagged === 0 ? 'none' : amount(flagged)}`
      : `It would flag ${flagged === 0 ? 'none' : amount(flagged)} of ${listingsWords(listings)}`
  if (isInForce || against === null) return `${begin}.`
  return `${begin}, ${comparedWords(report, against)}.`
}

function comparedWords(report: TrialReport, against: number): string {
  const more = report.newlyFlagged.count
  const fewer = report.noLongerFlagged.count
  if (more === 0 && fewer === 0) return `the same as version ${against}`
  if (fewer === 0) return `${amount(more)} more than version ${against}`
  if (more === 0) return `${amount(fewer)} fewer than version ${against}`
  return `${amount(more)} that version ${against} lets pass, and not ${amount(fewer)} that it flags`
}

function flaggedOf({ flagged }: Pick<TrialReport, 'flagged'>): number {
  return flagged.deactivate + flagged.review
}

/** One line in a list of trials. */
export function trialWords({
  state,
  screened,
  listings,
  isInForce,
  version,
}: Pick<TrialSummary, 'state' | 'screened' | 'listings' | 'isInForce' | 'version'>): string {
  const what = isInForce ? `Version ${version} as it is` : `A changed document, version ${version}`
  switch (state) {
    case 'running':
      return `${what}: ${amount(screened)} of ${listingsWords(listings)} so far`
    case 'done':
      return `${what}, on ${listingsWords(listings)}`
    case 'stopped':
      return `${what}, stopped after ${amount(screened)} of ${listingsWords(listings)}`
  }
}

/** The point of the plot by day. */
export function daysTitle(days: TrialReport['days']): string {
  const busiest = [...days].sort((a, b) => flaggedOf(b) - flaggedOf(a))[0]
  if (busiest === undefined || flaggedOf(busiest) === 0) return 'On no day would it flag anything'
  return `At most ${amount(flaggedOf(busiest))} a day would be flagged, on ${dayWords(busiest.day)}`
}

/** "24 Aug" */
export function dayWords(day: string): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  })
}

/** How it agrees with people, in one sentence. */
export function agreementWords({ people, peopleBefore }: TrialReport): string {
  const { count: right, of } = people.agrees
  if (of === 0)
    return 'People have decided about none of these listings, so nobody knows how often it would be right.'
  const before =
    peopleBefore === null || peopleBefore.agrees.of === 0
      ? ''
      : peopleBefore.agrees.count === right
        ? ', as often as the version in force'
        : `; the version in force in ${peopleBefore.agrees.count}`
  return `Of ${listingsWords(of)} that people decided about, it says the same as they did in ${right}${before}.`
}
