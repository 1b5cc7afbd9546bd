/** Policies as the studio sees them on the wire. */
import type { PolicyForStudio, PolicyHead, PolicyRecord, Rescreening } from '../contract/policy.ts'
import { isForPeople, watchesAccounts, type Policy } from '../core/policy.ts'
import type { PolicyView } from '../operations/policy.ts'
import type { PolicyRecordView } from '../operations/policy-record.ts'
import { at, atOrNull } from './measure-view.ts'

/** A policy in force with its level. */
export function policyView({
  policy,
  level,
  counts,
  screened,
  rescreening,
  mayManage,
}: PolicyView): PolicyForStudio {
  return {
    policy: policyHead(policy),
    isForPeople: isForPeople(policy),
    level: level.level,
    levelSetBy: level.setBy,
    levelSetAt: at(level.setAt),
    levelReason: level.reason,
    counts,
    screened,
    rescreening: rescreening && rescreeningView(rescreening),
    allowed:
      !mayManage || isForPeople(policy)
        ? []
        : // There is no listing to try it on.
          watchesAccounts(policy)
          ? ['set_level']
          : ['set_level', 'try'],
  }
}

function policyHead(whole: Policy): PolicyHead {
  const { policy, version, title, author, naive, measure, thresholds } = whole
  return { policy, version, title, author, naive, measure, thresholds }
}

/** A policy with its record. */
export function policyRecord(record: PolicyRecordView): PolicyRecord {
  const { versions, levels, weeks, precision, precisionToAct, scores, curve, examples } = record
  return {
    ...policyView(record),
    policy: record.policy,
    jurisdiction: record.jurisdiction,
    versions: versions.map(({ document, policy, adoptedAt, textKey }, place) => ({
      version: policy.version,
      title: policy.title,
      author: policy.author,
      adoptedAt: at(adoptedAt),
      hasNewText: versions[place + 1]?.textKey !== textKey,
      isLearned: document.learned !== undefined,
      isInForce: place === 0,
    })),
    levels: levels.map(({ level, setBy, reason, setAt }) => ({
      level,
      setBy,
      reason,
      setAt: at(setAt),
    })),
    weeks: weeks.map(({ start, ...counts }) => ({ start: at(start), ...counts })),
    precision,
    precisionToAct,
    scores,
    curve,
    examples,
  }
}

function rescreeningView(held: NonNullable<PolicyView['rescreening']>): Rescreening {
  const { version, because, isCutShort, listings, screened, found, acted, asked, lifted } = held
  return {
    version,
    because,
    startedAt: at(held.startedAt),
    endedAt: atOrNull(held.endedAt),
    isCutShort,
    listings,
    screened,
    found,
    acted,
    asked,
    lifted,
  }
}
