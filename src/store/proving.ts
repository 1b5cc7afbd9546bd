/** Provings in PostgreSQL: how far each claim is proved, with proofs, opinions and objections in rows of their own. */
import { sql, type Selectable } from 'kysely'
import type { ClaimProof, ClaimProofKind } from '../core/claim-proof.ts'
import type { Opinion, Proving, ProvingState } from '../core/proving.ts'
import { setClock } from './clock.ts'
import type { Tx } from './db.ts'
import type { Tables } from './tables.ts'

/** What is kept beside the proving itself. */
export interface ProvingRecord {
  proving: Proving
  /** Which look at it this is, 1 for the first. */
  look: number
  boundAt: Date | null
}

/** Writes the proving of a claim that is filed. */
export async function insertProving(tx: Tx, claimId: string): Promise<void> {
  await tx.insertInto('provings').values({ claim_id: claimId }).execute()
}

/** How far a claim is proved, with the opinions that this wall shows; null behind a wall that does not see it. */
export async function readProving(tx: Tx, claimId: string): Promise<ProvingRecord | null> {
  const row = await tx
    .selectFrom('provings')
    .selectAll()
    .where('claim_id', '=', claimId)
    .executeTakeFirst()
  return row ? provingOf(tx, row) : null
}

/** The same, kept from others until the transaction ends. */
export async function lockProving(tx: Tx, claimId: string): Promise<ProvingRecord | null> {
  const row = await tx
    .selectFrom('provings')
    .selectAll()
    .where('claim_id', '=', claimId)
    .forUpdate()
    .executeTakeFirst()
  return row ? provingOf(tx, row) : null
}

async function provingOf(tx: Tx, row: Selectable<Tables['provings']>): Promise<ProvingRecord> {
  const claimId = row.claim_id
  const proofs = (await proofsOf(tx, claimId)).filter(({ appliedAt }) => appliedAt !== null)
  const opinions = (await opinionsOf(tx, claimId)).filter(
    ({ appliedAt, fellAt }) => appliedAt !== null && fellAt === null,
  )
  const objections = (await objectionsOf(tx, claimId)).filter(({ appliedAt }) => appliedAt !== null)
  return {
    look: row.look,
    boundAt: row.bound_at,
    proving: {
      state: row.state,
      proofs: proofs.map(({ kind, at, by }) => ({ kind, at, by })),
      frozenUntil: row.frozen_until,
      provedAt: row.proved_at,
      toldAt: row.told_at,
      contestedAt: row.contested_at,
      objections: objections.map(({ contactId }) => contactId),
      heard: objections.filter(({ isHeard }) => isHeard).map(({ contactId }) => contactId),
      opinions: opinions.filter(({ look }) => look === row.look).map(({ opinion }) => opinion),
      thoughtBefore: opinions
        .filter(({ look }) => look < row.look)
        .map(({ opinion }) => opinion.by),
      handOverAt: row.hand_over_at,
      handedOverAt: row.handed_over_at,
      probationUntil: row.probation_until,
    },
  }
}

/** Saves the next state, what was heard, and when something happens by itself. */
export async function saveProving(
  tx: Tx,
  claimId: string,
  { proving, look }: Pick<ProvingRecord, 'proving' | 'look'>,
): Promise<void> {
  await tx
    .updateTable('provings')
    .set({
      state: proving.state,
      frozen_until: proving.frozenUntil,
      proved_at: proving.provedAt,
      told_at: proving.toldAt,
      contested_at: proving.contestedAt,
      hand_over_at: proving.handOverAt,
      handed_over_at: proving.handedOverAt,
      probation_until: proving.probationUntil,
      look,
    })
    .where('claim_id', '=', claimId)
    .execute()
  if (proving.heard.length > 0)
    await tx
      .updateTable('claim_objections')
      .set({ is_heard: true })
      .where('claim_id', '=', claimId)
      .where('contact_id', 'in', proving.heard)
      .execute()
}

/** Something was said of a claim, or is due: it is made to count then. */
export function clockClaim(tx: Tx, claimId: string, at: Date): Promise<void> {
  return setClock(tx, 'claim.follow', claimId, at)
}

export interface ProofRecord extends ClaimProof {
  said: string | null
  appliedAt: Date | null
}

/** Every proof that was given, the first first. */
export async function proofsOf(tx: Tx, claimId: string): Promise<ProofRecord[]> {
  const rows = await tx
    .selectFrom('claim_proofs')
    .selectAll()
    .where('claim_id', '=', claimId)
    .orderBy('at')
    .orderBy('kind')
    .execute()
  return rows.map(({ kind, at, by_id: by, said, applied_at: appliedAt }) => ({
    kind,
    at,
    by,
    said,
    appliedAt,
  }))
}

/** Writes a proof down; false when its kind was given. Of two at once one gets it. */
export async function insertProof(
  tx: Tx,
  claimId: string,
  { kind, at, by, said = null }: ClaimProof & { said?: string | null },
): Promise<boolean> {
  const done = await tx
    .insertInto('claim_proofs')
    .values({ claim_id: claimId, kind, at, by_id: by, said, applied_at: null })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n
}

export interface OpinionRecord {
  id: string
  opinion: Opinion
  look: number
  isHead: boolean
  appliedAt: Date | null
  fellAt: Date | null
}

/** The opinions that this wall shows, the first first. */
export async function opinionsOf(tx: Tx, claimId: string): Promise<OpinionRecord[]> {
  const rows = await tx
    .selectFrom('claim_opinions')
    .selectAll()
    .where('claim_id', '=', claimId)
    .orderBy('at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    opinion: {
      by: row.by_id,
      says: row.says,
      identity: row.identity,
      reasons: row.reasons,
      at: row.at,
    },
    look: row.look,
    isHead: row.is_head,
    appliedAt: row.applied_at,
    fellAt: row.fell_at,
  }))
}

/** Writes down what a specialist thinks, in their own name; false where they said it already. */
export async function insertOpinion(
  tx: Tx,
  claimId: string,
  { id, opinion, look, isHead }: Pick<OpinionRecord, 'id' | 'opinion' | 'look' | 'isHead'>,
): Promise<boolean> {
  const { by, says, identity, reasons, at } = opinion
  const done = await tx
    .insertInto('claim_opinions')
    .values({
      id,
      claim_id: claimId,
      look,
      by_id: by,
      is_head: isHead,
      says,
      identity,
      reasons,
      at,
      applied_at: null,
      fell_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** What was thought so far rests on what there was, and counts no longer. */
export async function letOpinionsFall(
  tx: Tx,
  claimId: string,
  look: number,
  at: Date,
): Promise<void> {
  await tx
    .updateTable('claim_opinions')
    .set({ fell_at: at })
    .where('claim_id', '=', claimId)
    .where('look', '=', look)
    .where('fell_at', 'is', null)
    .where('applied_at', 'is not', null)
    .execute()
}

/** An opinion that came too late to count. */
export async function dropOpinion(tx: Tx, id: string, at: Date): Promise<void> {
  await tx
    .updateTable('claim_opinions')
    .set({ fell_at: at, applied_at: at })
    .where('id', '=', id)
    .execute()
}

export interface ObjectionRecord {
  contactId: string
  at: Date
  isHeard: boolean
  appliedAt: Date | null
}

/** Who of the known objected, the first first. */
export async function objectionsOf(tx: Tx, claimId: string): Promise<ObjectionRecord[]> {
  const rows = await tx
    .selectFrom('claim_objections')
    .selectAll()
    .where('claim_id', '=', claimId)
    .orderBy('at')
    .orderBy('contact_id')
    .execute()
  return rows.map((row) => ({
    contactId: row.contact_id,
    at: row.at,
    isHeard: row.is_heard,
    appliedAt: row.applied_at,
  }))
}

/** Lets what one contact says against a claim be said one after the other, until the transaction ends. */
export async function lockObjections(tx: Tx, claimId: string, contactId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${claimId} ${contactId}`}, 28))`.execute(
    tx,
  )
}

/** Writes an objection down; once for each contact. */
export async function insertClaimObjection(
  tx: Tx,
  claimId: string,
  { contactId, at }: { contactId: string; at: Date },
): Promise<boolean> {
  const done = await tx
    .insertInto('claim_objections')
    .values({ claim_id: claimId, contact_id: contactId, at, is_heard: false, applied_at: null })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** Notes that these were made to count. */
export async function markApplied(
  tx: Tx,
  claimId: string,
  what: { proof: ClaimProofKind } | { opinion: string } | { contact: string },
  at: Date,
): Promise<void> {
  if ('proof' in what)
    await tx
      .updateTable('claim_proofs')
      .set({ applied_at: at })
      .where('claim_id', '=', claimId)
      .where('kind', '=', what.proof)
      .execute()
  else if ('opinion' in what)
    await tx
      .updateTable('claim_opinions')
      .set({ applied_at: at })
      .where('id', '=', what.opinion)
      .execute()
  else
    await tx
      .updateTable('claim_objections')
      .set({ applied_at: at })
      .where('claim_id', '=', claimId)
      .where('contact_id', '=', what.contact)
      .execute()
}

/** When a notice that somebody claims the account last reached one of these addresses since then; null where none did. */
export async function lastTold(
  tx: Tx,
  caseIds: string[],
  { addresses, since }: { addresses: string[]; since: Date },
): Promise<Date | null> {
  if (addresses.length === 0 || caseIds.length === 0) return null
  const row = await tx
    .selectFrom('sendings as s')
    .innerJoin('notices as n', 'n.id', 's.notice_id')
    .select(({ fn }) => fn.max('s.accepted_at').as('at'))
    .where('n.kind', '=', 'account-claimed')
    .where('n.case_id', 'in', caseIds)
    .where('n.created_at', '>=', since)
    .where('s.bounced_at', 'is', null)
    .where(sql`lower(s.address)`, 'in', addresses)
    .executeTakeFirst()
  return row?.at ?? null
}

/** Other claims on an account, the newest first, with how far each is proved. */
export async function claimsOnAccount(
  tx: Tx,
  sellerId: string,
  { except }: { except: string | null },
): Promise<{ claimId: string; number: number; state: ProvingState; proofs: number }[]> {
  const rows = await tx
    .selectFrom('claims as m')
    .innerJoin('provings as p', 'p.claim_id', 'm.id')
    .select(['m.id as claimId', 'm.number', 'p.state'])
    .select((select) =>
      select
        .selectFrom('claim_proofs as g')
        .select(({ fn }) => fn.countAll<number>().as('proofs'))
        .whereRef('g.claim_id', '=', 'm.id')
        .where('g.kind', '<>', 'document')
        .where('g.applied_at', 'is not', null)
        .as('proofs'),
    )
    .where('m.seller_id', '=', sellerId)
    .$if(except !== null, (query) => query.where('m.id', '<>', except ?? ''))
    .orderBy('m.number', 'desc')
    .execute()
  return rows.map((row) => ({ ...row, proofs: row.proofs ?? 0 }))
}

/** Who thought about, or decided, any of these claims. */
export async function whoThought(tx: Tx, claimIds: string[]): Promise<string[]> {
  if (claimIds.length === 0) return []
  const { rows } = await sql<{ by: string }>`
    select distinct who_thought(id) as by from unnest(${claimIds}::text[]) as claims (id)`.execute(
    tx,
  )
  return rows.map(({ by }) => by)
}

/** Makes the claimant's address the account's, once. */
export async function markBound(tx: Tx, claimId: string, at: Date): Promise<void> {
  await tx.updateTable('provings').set({ bound_at: at }).where('claim_id', '=', claimId).execute()
}

/** When the first sign of the takeover was, as a specialist last said; null where none did. */
export async function firstSignSaid(
  tx: Tx,
  claimId: string,
): Promise<{ at: Date; by: string } | null> {
  const row = await tx
    .selectFrom('first_signs')
    .select(['at', 'by_id'])
    .where('claim_id', '=', claimId)
    .orderBy('said_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? { at: row.at, by: row.by_id } : null
}

/** Keeps what a specialist found. */
export async function insertFirstSign(
  tx: Tx,
  sign: { id: string; claimId: string; at: Date; by: string; reasons: string; saidAt: Date },
): Promise<void> {
  await tx
    .insertInto('first_signs')
    .values({
      id: sign.id,
      claim_id: sign.claimId,
      at: sign.at,
      by_id: sign.by,
      reasons: sign.reasons,
      said_at: sign.saidAt,
    })
    .execute()
}
