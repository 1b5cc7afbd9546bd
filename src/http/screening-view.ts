/** What would happen to a listing, as it crosses the wire. */
import type { RuleScreening, Screening } from '../contract/screening.ts'
import { caseNumber } from '../core/case.ts'
import { measures } from '../core/measure.ts'
import type { RuleAhead, ScreeningAhead } from '../operations/screening-ahead.ts'
import { at } from './measure-view.ts'

/** A screening for its reader; what colleagues wrote in a check is for staff alone. */
export function screeningView(
  { verdict, would, rules, jurisdiction, screenedAt }: ScreeningAhead,
  reader: { isStaff: boolean },
): Screening {
  return {
    verdict,
    would,
    rules: rules.map((rule) => ruleView(rule, reader)),
    jurisdiction,
    screenedAt: at(screenedAt),
  }
}

function ruleView(rule: RuleAhead, reader: { isStaff: boolean }): RuleScreening {
  const { policy, level, outcome, score, evidence, would, remedy } = rule
  const { tag, effect } = measures[policy.measure]
  return {
    policy: policy.policy,
    version: policy.version,
    title: policy.title,
    text: policy.text,
    naive: policy.naive,
    level,
    outcome,
    score,
    thresholds: policy.thresholds,
    evidence,
    wouldReverse: policy.wouldReverse,
    would,
    measure: { name: policy.measure, tag, effect },
    remedy,
    earlier: earlierOf(rule, reader),
  }
}

/** The latest that was said of this very text: of a lifted measure the seller was told why. */
function earlierOf(
  { said }: RuleAhead,
  { isStaff }: { isStaff: boolean },
): RuleScreening['earlier'] {
  const [lift] = said.earlier
  const [check] = said.cleared
  if (check && (!lift || check.at > lift.takenAt))
    return {
      number: caseNumber({ kind: 'check', number: check.number }),
      at: at(check.at),
      by: 'person',
      reasons: isStaff ? check.reasons : '',
    }
  if (!lift) return null
  const by = lift.liftedBy.kind === 'policy' ? 'machine' : lift.liftedBy.kind
  return { number: `D-${lift.number}`, at: at(lift.takenAt), by, reasons: lift.reasons }
}
