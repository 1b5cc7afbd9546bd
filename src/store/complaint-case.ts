/** Cases of complaints in PostgreSQL, as the seller complained about reads them. */
import { sql } from 'kysely'
import type { Case } from '../core/case.ts'
import type { ComplaintFinding } from '../core/complaint.ts'
import { mattersOf } from './case.ts'
import { withObjections } from './case-row.ts'
import type { Tx } from './db.ts'

/** Complaints about a seller before one of them, by number, the newest first, each with its substance. */
export async function complaintCasesAfter(
  tx: Tx,
  sellerId: string,
  { before, most }: { before: number | null; most: number },
): Promise<{ held: Case; substance: string }[]> {
  const rows = await tx
    .selectFrom('cases')
    .selectAll()
    .where('seller_id', '=', sellerId)
    .where('kind', '=', 'complaint')
    .$if(before !== null, (query) => query.where('number', '<', before ?? 0))
    .orderBy('number', 'desc')
    .limit(most)
    .execute()
  const cases = await withObjections(tx, rows)
  const matters = await mattersOf(
    tx,
    cases.map(({ id }) => id),
  )
  return cases.map((held) => ({ held, substance: matters.get(held.id)?.text ?? '' }))
}

/** How many complaints there are about a seller, by what was found. */
export async function countComplaintCases(
  tx: Tx,
  sellerId: string,
): Promise<Record<'open' | ComplaintFinding, number>> {
  const { rows } = await sql<{ finding: ComplaintFinding | null; count: number }>`
    select complaint ->> 'finding' as finding, count(*) as count
    from cases where seller_id = ${sellerId} and kind = 'complaint' group by 1`.execute(tx)
  const count = (finding: ComplaintFinding | null) =>
    rows.find((row) => row.finding === finding)?.count ?? 0
  return {
    open: count(null),
    confirmed: count('confirmed'),
    refuted: count('refuted'),
    undetermined: count('undetermined'),
  }
}
