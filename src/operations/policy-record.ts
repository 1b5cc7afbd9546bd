/** A policy with its record: its versions, what it did week by week, what people said of it, and its own examples. */
import { later } from '../core/calendar.ts'
import { shareOf, type Share } from '../core/likely-range.ts'
import type { Jurisdiction } from '../core/policy.ts'
import { precisionCurve, type PrecisionPoint, type Scored } from '../core/precision.ts'
import { refuse } from '../core/refusal.ts'
import { transact } from '../store/db.ts'
import { scoredSince } from '../store/people-say.ts'
import {
  currentPolicy,
  levelsOf,
  policyVersions,
  readPolicy,
  type AdoptedPolicy,
  type PolicyLevel,
} from '../store/policy.ts'
import { weeksOf, type PolicyWeek } from '../store/policy-week.ts'
import type { App } from './app.ts'
import { runExamples, type ExampleResult } from './policy-example.ts'
import { permit } from './permit.ts'
import { viewer, type PolicyView } from './policy.ts'
import { done, type Result } from './result.ts'
import type { Who } from './who.ts'

export interface PolicyRecordView extends PolicyView {
  /** Where it was adopted to hold. */
  jurisdiction: Jurisdiction | null
  /** Newest first. */
  versions: AdoptedPolicy[]
  levels: PolicyLevel[]
  weeks: PolicyWeek[]
  precision: Share
  precisionToAct: Share
  scores: Scored[]
  curve: PrecisionPoint[]
  examples: ExampleResult[]
}

const weeksShown = 12
const weekLong = 7 * 86_400_000

/** One policy in force with its record. */
export async function readPolicyRecord(
  app: App,
  who: Who,
  name: string,
): Promise<Result<PolicyRecordView>> {
  const may = permit(app, who, 'policies.get')
  if (!may.ok) return may
  return transact(app.db, may.wall, async (tx): Promise<Result<PolicyRecordView>> => {
    const adopted = await currentPolicy(tx, name)
    if (adopted === null) return refuse('not_found')
    const now = app.now()
    const weeks = await weeksOf(tx, name, { weeks: weeksShown, now })
    const since = weeks[0]?.start ?? later(now, -weeksShown * weekLong)
    const scores = await scoredSince(tx, name, since)
    const { deactivate } = adopted.policy.thresholds
    const view = await viewer(app, tx, who)
    return done({
      ...view(adopted),
      jurisdiction: adopted.jurisdiction,
      versions: await policyVersions(tx, name),
      levels: await levelsOf(tx, name),
      weeks,
      precision: precisionOf(scores),
      precisionToAct: precisionOf(
        deactivate < 1 ? scores.filter(({ score }) => score >= deactivate) : [],
      ),
      scores,
      // Volume is what came in the time that there was: a policy of yesterday is no twelfth of itself.
      curve: precisionCurve(scores, Math.min(weeksShown, weeksSinceFirst(weeks))),
      examples: runExamples(adopted.document),
    })
  })
}

/** One version of a policy, whole. */
export async function readPolicyVersion(
  app: App,
  who: Who,
  { name, version }: { name: string; version: number },
): Promise<Result<AdoptedPolicy & { isInForce: boolean }>> {
  const may = permit(app, who, 'policies.getVersion')
  if (!may.ok) return may
  return transact(app.db, may.wall, async (tx) => {
    const adopted = await readPolicy(tx, name, version)
    const inForce = await currentPolicy(tx, name)
    if (adopted === null || inForce === null) return refuse('not_found')
    return done({ ...adopted, isInForce: inForce.policy.version === version })
  })
}

function precisionOf(scores: readonly Scored[]): Share {
  const judged = scores.filter(({ people }) => people !== null)
  return shareOf(judged.filter(({ people }) => people === 'violation').length, judged.length)
}

/** How many weeks lie between the first in which anything was found and now, the running one included. */
function weeksSinceFirst(weeks: readonly PolicyWeek[]): number {
  const first = weeks.findIndex(({ found }) => found > 0)
  return first === -1 ? 1 : weeks.length - first
}
