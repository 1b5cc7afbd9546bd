/** A sending is one address that took a notice, and perhaps gave it back later. */
import { sql } from 'kysely'
import type { Tx } from './db.ts'

/** Writes down that an address took a notice; one that had given it back took it again. */
export async function recordSending(
  tx: Tx,
  { noticeId, address, at }: { noticeId: string; address: string; at: Date },
): Promise<void> {
  await tx
    .insertInto('sendings')
    .values({ notice_id: noticeId, address: address.toLowerCase(), accepted_at: at })
    .onConflict((conflict) =>
      conflict
        .columns(['notice_id', 'address'])
        .doUpdateSet({ accepted_at: at, bounced_at: null, diagnosis: null }),
    )
    .execute()
}

/** The addresses that took a notice and have not given it back. */
export async function sendingsThatHold(tx: Tx, noticeId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('sendings')
    .select('address')
    .where('notice_id', '=', noticeId)
    .where('bounced_at', 'is', null)
    .orderBy('address')
    .execute()
  return rows.map(({ address }) => address)
}

/** An address gave a notice back. */
export async function recordBounce(
  tx: Tx,
  {
    noticeId,
    address,
    at,
    diagnosis,
  }: { noticeId: string; address: string; at: Date; diagnosis: string },
): Promise<void> {
  await tx
    .updateTable('sendings')
    .set({ bounced_at: at, diagnosis })
    .where('notice_id', '=', noticeId)
    .where('address', '=', address)
    .where('bounced_at', 'is', null)
    .execute()
}

/** A statement that was told by mail alone, and whose mail came back, has told nobody: its window has not begun. */
export async function forgetInformed(tx: Tx, decisionId: string, sentAt: Date): Promise<void> {
  await sql`
    update statements set informed_at = null
    where decision_id = ${decisionId} and informed_at = ${sentAt}`.execute(tx)
}
