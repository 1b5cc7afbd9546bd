/** What bears a measure: its written threshold is computed again here, whenever something that it leans on fell. */
import type { Tx } from '../store/db.ts'
import type { MeasureRecord } from '../store/decision.ts'
import { bearingComplaints } from '../store/ring.ts'

/**
 * Whether something still bears it: another finding or decision, or a complaint that a person confirmed and no ring took.
 * `without` are complaints that are about to fall.
 */
export async function isBorne(
  tx: Tx,
  { decision: { restsOn } }: Pick<MeasureRecord, 'decision'>,
  { without = [] }: { without?: readonly string[] } = {},
): Promise<boolean> {
  const complaints: string[] = []
  for (const { kind, id } of restsOn) {
    if (kind !== 'complaint') return true
    if (!without.includes(id)) complaints.push(id)
  }
  return (await bearingComplaints(tx, complaints)).size > 0
}
