/** Claims on accounts in PostgreSQL; of the code that opens one only the hash is kept. */
import { sql, type Selectable } from 'kysely'
import type { Claim } from '../core/recovery.ts'
import type { Tx } from './db.ts'
import { insertProving } from './proving.ts'
import type { Tables } from './tables.ts'

/** Writes a claim with the case that it opened. */
export async function insertClaim(
  tx: Tx,
  claim: Claim,
  { caseId, codeHash }: { caseId: string; codeHash: string },
): Promise<void> {
  await tx
    .insertInto('claims')
    .values({
      id: claim.id,
      number: claim.number,
      account: claim.account,
      address: claim.address,
      code_hash: codeHash,
      seller_id: claim.sellerId,
      linked_by: claim.linkedBy,
      linked_at: claim.linkedAt,
      opened_at: claim.openedAt,
    })
    .execute()
  await addClaimCase(tx, claim.id, caseId)
  await insertProving(tx, claim.id)
}

/** The case in which a claim goes on. */
export async function addClaimCase(tx: Tx, claimId: string, caseId: string): Promise<void> {
  await tx.insertInto('claim_cases').values({ claim_id: claimId, case_id: caseId }).execute()
}

/** Says whose account a claim is about. */
export async function linkClaim(
  tx: Tx,
  claimId: string,
  { sellerId, by, at }: { sellerId: string; by: string; at: Date },
): Promise<void> {
  await tx
    .updateTable('claims')
    .set({ seller_id: sellerId, linked_by: by, linked_at: at })
    .where('id', '=', claimId)
    .execute()
}

/** The claim that this case answers, or null behind this wall. */
export async function claimOfCase(tx: Tx, caseId: string): Promise<Claim | null> {
  const row = await tx
    .selectFrom('claims as m')
    .innerJoin('claim_cases as k', 'k.claim_id', 'm.id')
    .selectAll('m')
    .where('k.case_id', '=', caseId)
    .executeTakeFirst()
  return row ? claimOf(row) : null
}

/** A claim by its number, or null behind this wall. */
export async function claimNumbered(tx: Tx, number: number): Promise<Claim | null> {
  const row = await tx
    .selectFrom('claims')
    .selectAll()
    .where('number', '=', number)
    .executeTakeFirst()
  return row ? claimOf(row) : null
}

/** A claim by its id, or null behind this wall. */
export async function claimById(tx: Tx, id: string): Promise<Claim | null> {
  const row = await tx.selectFrom('claims').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? claimOf(row) : null
}

/** The repair that a hand-over opened, or null. */
export async function repairOfClaim(
  tx: Tx,
  claimId: string,
): Promise<{ caseId: string; number: number } | null> {
  const { rows } = await sql<{ caseId: string; number: number }>`
    select c.id as "caseId", c.number
    from events e join cases c on c.id = e.case_id
    where e.kind = 'repair.opened' and e.detail ->> 'claim' = ${claimId}
    order by c.number desc
    limit 1`.execute(tx)
  return rows[0] ?? null
}

/** The hash of the code that opens a claim. */
export async function codeHashOf(tx: Tx, claimId: string): Promise<string | null> {
  const row = await tx
    .selectFrom('claims')
    .select('code_hash')
    .where('id', '=', claimId)
    .executeTakeFirst()
  return row?.code_hash ?? null
}

/** The cases in which a claim is answered, the first first. */
export async function casesOfClaim(tx: Tx, claimId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('claim_cases as k')
    .innerJoin('cases as c', 'c.id', 'k.case_id')
    .select('c.id')
    .where('k.claim_id', '=', claimId)
    .orderBy('c.number')
    .execute()
  return rows.map(({ id }) => id)
}

function claimOf(row: Selectable<Tables['claims']>): Claim {
  return {
    id: row.id,
    number: row.number,
    account: row.account,
    address: row.address,
    sellerId: row.seller_id,
    linkedBy: row.linked_by,
    linkedAt: row.linked_at,
    openedAt: row.opened_at,
  }
}
