/** Trials as they cross the wire. */
import type {
  Agreement,
  Trial,
  TrialReport,
  TrialSummary,
  TriedListing,
} from '../contract/trial.ts'
import { shareOf } from '../core/likely-range.ts'
import type { TrialReportView, TrialView } from '../operations/trial.ts'
import { at, atOrNull } from './measure-view.ts'

type Report = TrialReportView['report']
type Difference = Report['newlyFlagged']

/** A trial without its report. */
export function trialSummary(trial: TrialView): TrialSummary {
  return {
    id: trial.id,
    policy: trial.policy,
    version: trial.tried.version,
    title: trial.tried.title,
    isInForce: trial.document === null,
    against: trial.against,
    askedBy: trial.askedByName,
    askedAt: at(trial.askedAt),
    since: at(trial.since),
    until: at(trial.until),
    state: trial.state,
    endedAt: atOrNull(trial.endedAt),
    listings: trial.listings,
    screened: trial.screened,
    allowed: trial.state === 'running' && trial.mayStop ? ['stop'] : [],
  }
}

/** A trial with what it has come to so far. */
export function trialView(trial: TrialReportView): Trial {
  return { ...trialSummary(trial), document: trial.tried, report: reportView(trial) }
}

function reportView({ report, against }: TrialReportView): TrialReport {
  const isCompared = against !== null
  return {
    flagged: report.flagged,
    flaggedBefore: isCompared ? report.flaggedBefore : null,
    newlyFlagged: differenceView(report.newlyFlagged),
    noLongerFlagged: differenceView(report.noLongerFlagged),
    moreSevere: differenceView(report.moreSevere),
    lessSevere: differenceView(report.lessSevere),
    people: agreementView(report.people),
    peopleBefore: isCompared ? agreementView(report.peopleBefore) : null,
    days: report.days.map(({ day, listings, flagged, flaggedBefore }) => ({
      day,
      listings,
      flagged,
      flaggedBefore: isCompared ? flaggedBefore : null,
    })),
  }
}

function differenceView({ count, listings }: Difference) {
  return { count, listings: listings.map(triedListing) }
}

function triedListing(listing: Difference['listings'][number]): TriedListing {
  const { outcomeBefore, scoreBefore, receivedAt, ...rest } = listing
  return {
    ...rest,
    receivedAt: at(receivedAt),
    before: { outcome: outcomeBefore, score: scoreBefore },
  }
}

function agreementView(said: Report['people']): Agreement {
  const { violationsFlagged, violationsMissed, innocentsFlagged, innocentsPassed } = said
  const violations = violationsFlagged + violationsMissed
  const innocents = innocentsFlagged + innocentsPassed
  return {
    agrees: shareOf(violationsFlagged + innocentsPassed, violations + innocents),
    precision: shareOf(violationsFlagged, violationsFlagged + innocentsFlagged),
    found: shareOf(violationsFlagged, violations),
    ...said,
  }
}
