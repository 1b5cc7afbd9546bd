/** What bears a measure: its written threshold is computed again here, whenever something that it leans on fell. */
import { healthPolicy } from '../core/health-rules.ts'
import type { Tx } from '../store/db.ts'
import type { MeasureRecord } from '../store/decision.ts'
import { bearingComplaints } from '../store/ring.ts'
import { thresholdBears, type Falling } from './account-health.ts'

/**
 * Whether something still bears it: its threshold, where it rests on one; else another finding or decision, or a
 * complaint that a person confirmed and no ring took.
 */
export async function isBorne(
  tx: Tx,
  { decision }: Pick<MeasureRecord, 'decision'>,
  without: Falling = { complaints: [], decisions: [] },
): Promise<boolean> {
  if (decision.ground.policy === healthPolicy) return thresholdBears(tx, decision, without)
  const complaints: string[] = []
  for (const { kind, id } of decision.restsOn) {
    if (kind !== 'complaint') return true
    if (!without.complaints.includes(id)) complaints.push(id)
  }
  return (await bearingComplaints(tx, complaints)).size > 0
}
