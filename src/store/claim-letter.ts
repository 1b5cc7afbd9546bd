/** One-use letters of claims in PostgreSQL, and what claimants asked for: letters to old addresses, and old bank accounts. */
import { sql } from 'kysely'
import type { Tx } from './db.ts'

export type LetterPurpose = 'proof' | 'binding'

/** Keeps a letter that is made; its code is worked out from its id. */
export async function insertLetter(
  tx: Tx,
  letter: { id: string; claimId: string; purpose: LetterPurpose; madeAt: Date; until: Date },
): Promise<void> {
  await tx
    .insertInto('claim_letters')
    .values({
      id: letter.id,
      claim_id: letter.claimId,
      purpose: letter.purpose,
      made_at: letter.madeAt,
      until: letter.until,
      used_at: null,
    })
    .execute()
}

/** The letters of a claim for a purpose, the newest first. */
export async function lettersOf(
  tx: Tx,
  claimId: string,
  purpose: LetterPurpose,
): Promise<{ id: string; until: Date; usedAt: Date | null }[]> {
  const rows = await tx
    .selectFrom('claim_letters')
    .select(['id', 'until', 'used_at as usedAt'])
    .where('claim_id', '=', claimId)
    .where('purpose', '=', purpose)
    .orderBy('made_at', 'desc')
    .orderBy('id')
    .limit(100)
    .execute()
  return rows
}

/** Uses a letter up; false when it was used. Of two at once one gets it. */
export async function useLetter(tx: Tx, id: string, at: Date): Promise<boolean> {
  const done = await tx
    .updateTable('claim_letters')
    .set({ used_at: at })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** Writes down that letters are asked for; false when they were asked for within the last `pause` milliseconds. */
export async function askLetters(
  tx: Tx,
  claimId: string,
  { at, pause }: { at: Date; pause: number },
): Promise<boolean> {
  const { rows } = await sql`
    insert into letter_requests (claim_id, asked_at) values (${claimId}, ${at})
    on conflict (claim_id) do update set asked_at = excluded.asked_at, sent_at = null
    where letter_requests.asked_at <= ${new Date(at.getTime() - pause)}
    returning claim_id`.execute(tx)
  return rows.length > 0
}

/** When letters were asked for last, and whether they were written. */
export async function letterRequest(
  tx: Tx,
  claimId: string,
): Promise<{ askedAt: Date; sentAt: Date | null } | null> {
  const row = await tx
    .selectFrom('letter_requests')
    .select(['asked_at as askedAt', 'sent_at as sentAt'])
    .where('claim_id', '=', claimId)
    .executeTakeFirst()
  return row ?? null
}

/** Notes that the letters were written. */
export async function markLettersSent(tx: Tx, claimId: string, at: Date): Promise<void> {
  await tx
    .updateTable('letter_requests')
    .set({ sent_at: at })
    .where('claim_id', '=', claimId)
    .execute()
}

/** Writes down that an old bank account is to be asked; once. */
export async function askPayout(tx: Tx, claimId: string, at: Date): Promise<void> {
  await tx
    .insertInto('payout_requests')
    .values({ claim_id: claimId, asked_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** When it was asked for; null where it was not. */
export async function payoutAskedAt(tx: Tx, claimId: string): Promise<Date | null> {
  const row = await tx
    .selectFrom('payout_requests')
    .select('asked_at')
    .where('claim_id', '=', claimId)
    .executeTakeFirst()
  return row?.asked_at ?? null
}

/** Claims whose bank account waits to be asked, of sellers that are known, the longest waiting first; at most 200. */
export async function openPayoutRequests(
  tx: Tx,
): Promise<{ claimId: string; number: number; sellerId: string; askedAt: Date }[]> {
  const rows = await tx
    .selectFrom('payout_requests as r')
    .innerJoin('claims as m', 'm.id', 'r.claim_id')
    .innerJoin('provings as p', 'p.claim_id', 'm.id')
    .select(['m.id as claimId', 'm.number', 'm.seller_id as sellerId', 'r.asked_at as askedAt'])
    .where('p.state', 'in', ['open', 'frozen', 'proved', 'split'])
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('claim_proofs as g')
            .select('g.kind')
            .whereRef('g.claim_id', '=', 'm.id')
            .where('g.kind', '=', 'payout'),
        ),
      ),
    )
    .orderBy('r.asked_at')
    .limit(200)
    .execute()
  return rows.flatMap(({ sellerId, ...row }) => (sellerId === null ? [] : [{ ...row, sellerId }]))
}
