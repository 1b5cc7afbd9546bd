/** How an account stands, on the wire. */
import type { HealthForReader } from '../contract/health.ts'
import { isMet, type AccountHealth, type ComplaintState } from '../core/account-health.ts'
import type { HealthRules, Standing } from '../core/health-rules.ts'
import { sayNeeds } from '../core/health-words.ts'
import { measures } from '../core/measure.ts'
import { at, atOrNull } from './measure-view.ts'

/** What the page needs of the rules beside it. A seller is not told which of their complaints are taken for a set-up. */
export function healthView(
  health: AccountHealth,
  rules: HealthRules,
  reader: 'seller' | 'desk',
): HealthForReader {
  const { share } = health
  return {
    points: health.points,
    standing: standingView(health.standing),
    standings: rules.standings.map(standingView),
    decisions: health.violations.map(({ violation, state, points, overAt, countsWith }) => ({
      decisionId: violation.decisionId,
      number: `D-${violation.number}`,
      title: violation.title,
      subject: violation.subject,
      policyTitle: violation.policyTitle,
      takenAt: at(violation.takenAt),
      state,
      points: tenths(points),
      overAt: at(overAt),
      isSeen: violation.isSeen,
      remediedAt: atOrNull(violation.remediedAt),
      countsWith: countsWith === null ? null : `D-${countsWith}`,
    })),
    complaints: {
      counting: share.counting,
      orders: share.orders,
      days: share.days,
      lower: share.lower,
      usual: share.usual,
      points: tenths(share.points),
      each: health.complaints.map(({ complaint, state }) => ({
        caseId: complaint.caseId,
        number: `K-${complaint.number}`,
        at: at(complaint.at),
        state: reader === 'seller' ? toldToSeller(state) : state,
      })),
    },
    raises: health.raises
      .map((raise) => ({
        kind: raise.kind,
        way: raise.kind === 'correct' ? raise.way : null,
        decisions:
          raise.kind === 'correct'
            ? raise.decisions.map(({ decisionId, number, title }) => ({
                decisionId,
                number: `D-${number}`,
                title,
              }))
            : [],
        orders: raise.kind === 'orders' ? raise.orders : null,
        at: raise.kind === 'time' ? at(raise.at) : null,
        points: raise.points,
        standing: standingView(raise.standing),
      }))
      .toSorted((a, b) => a.points - b.points),
    thresholds: rules.thresholds.map((threshold) => ({
      threshold: threshold.threshold,
      title: threshold.title.en,
      needs: sayNeeds(threshold),
      does: threshold.do,
      tag: threshold.measure === undefined ? null : measures[threshold.measure].tag,
      days: threshold.days ?? null,
      isMet: isMet(threshold, health),
    })),
  }
}

/** Who is behind a set-up may be the one who asks. */
function toldToSeller(state: ComplaintState): ComplaintState {
  return state === 'ring' ? 'unlikely' : state
}

function standingView({ standing, title, from }: Standing) {
  return { standing, title: title.en, from }
}

function tenths(points: number): number {
  return Math.round(points * 10) / 10
}
