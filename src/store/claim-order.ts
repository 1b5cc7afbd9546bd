/** What a hand-over orders of the marketplace, and what it told of changes, in PostgreSQL. */
import { sql } from 'kysely'
import type { Ability, AccountChange } from '../core/ability.ts'
import { json, type Tx } from './db.ts'
import { queueDelivery } from './delivery.ts'

/** What an order carries besides whose account it is. */
export interface OrderDetail {
  /** To whom a new way in is sent. */
  address?: string
  /** Since when changes are asked for. */
  since?: string
  /** Which changes are to be returned. */
  changes?: string[]
  /** The decisions that it follows from. */
  because?: string[]
}

export interface ClaimOrder {
  id: string
  claimId: string
  sellerId: string
  ability: Ability
  detail: OrderDetail
  madeAt: Date
  doneAt: Date | null
  isUnable: boolean
}

/** Writes an order down with the delivery that carries it. */
export async function insertOrder(
  tx: Tx,
  order: Pick<ClaimOrder, 'id' | 'claimId' | 'sellerId' | 'ability' | 'detail' | 'madeAt'>,
): Promise<void> {
  await tx
    .insertInto('claim_orders')
    .values({
      id: order.id,
      claim_id: order.claimId,
      seller_id: order.sellerId,
      ability: order.ability,
      detail: json(order.detail),
      made_at: order.madeAt,
      done_at: null,
      is_unable: false,
    })
    .execute()
  await queueDelivery(tx, { kind: 'order', ref: order.id, dueAt: order.madeAt })
}

/** One order, or null. */
export async function readOrder(tx: Tx, id: string): Promise<ClaimOrder | null> {
  const row = await tx
    .selectFrom('claim_orders')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  return row ? orderOf(row) : null
}

/** The orders of a claim, the first first. */
export async function ordersOf(tx: Tx, claimId: string): Promise<ClaimOrder[]> {
  const rows = await tx
    .selectFrom('claim_orders')
    .selectAll()
    .where('claim_id', '=', claimId)
    .orderBy('made_at')
    .orderBy('id')
    .execute()
  return rows.map(orderOf)
}

/** Notes that the marketplace did it, or cannot. */
export async function markOrder(
  tx: Tx,
  id: string,
  { at, isUnable }: { at: Date; isUnable: boolean },
): Promise<void> {
  await tx
    .updateTable('claim_orders')
    .set({ done_at: at, is_unable: isUnable })
    .where('id', '=', id)
    .execute()
}

export type ChangeState = 'there' | 'asked' | 'returned' | 'refused'

export interface ChangeRecord extends AccountChange {
  state: ChangeState
  detail: string | null
}

/** Keeps what changed; what was told before stays as it is. */
export async function keepChanges(
  tx: Tx,
  { claimId, sellerId }: { claimId: string; sellerId: string },
  changes: AccountChange[],
): Promise<void> {
  if (changes.length === 0) return
  await tx
    .insertInto('account_changes')
    .values(
      changes.map((change) => ({
        claim_id: claimId,
        id: change.id,
        seller_id: sellerId,
        at: change.at,
        kind: change.kind,
        subject_id: change.subjectId,
        before: change.before,
        after: change.after,
        revertible: change.revertible,
        state: 'there' as const,
        detail: null,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** What changed since the takeover, in the order of time. */
export async function changesOf(tx: Tx, claimId: string): Promise<ChangeRecord[]> {
  const rows = await tx
    .selectFrom('account_changes')
    .selectAll()
    .where('claim_id', '=', claimId)
    .orderBy('at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    kind: row.kind,
    subjectId: row.subject_id,
    before: row.before,
    after: row.after,
    revertible: row.revertible,
    state: row.state,
    detail: row.detail,
  }))
}

/** Notes what became of changes. */
export async function markChanges(
  tx: Tx,
  claimId: string,
  ids: string[],
  { state, detail = null }: { state: ChangeState; detail?: string | null },
): Promise<void> {
  if (ids.length === 0) return
  await tx
    .updateTable('account_changes')
    .set({ state, detail })
    .where('claim_id', '=', claimId)
    .where('id', 'in', ids)
    .execute()
}

function orderOf(row: {
  id: string
  claim_id: string
  seller_id: string
  ability: Ability
  detail: OrderDetail
  made_at: Date
  done_at: Date | null
  is_unable: boolean
}): ClaimOrder {
  return {
    id: row.id,
    claimId: row.claim_id,
    sellerId: row.seller_id,
    ability: row.ability,
    detail: row.detail,
    madeAt: row.made_at,
    doneAt: row.done_at,
    isUnable: row.is_unable,
  }
}

/** The last hand-over of a seller's account that was made the claimant's, and whether the shop has told what was changed. */
export async function lastHandOver(
  tx: Tx,
  sellerId: string,
): Promise<{ claimId: string; number: number; isComplete: boolean } | null> {
  const row = await tx
    .selectFrom('claim_orders')
    .select(['claim_id', 'done_at'])
    .where('seller_id', '=', sellerId)
    .where('ability', '=', 'changesSince')
    .orderBy('made_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row) return null
  const { rows } = await sql<{ number: number | null }>`
    select number_of_bound_claim(${row.claim_id}) as number`.execute(tx)
  const number = rows[0]?.number ?? null
  return number === null
    ? null
    : { claimId: row.claim_id, number, isComplete: row.done_at !== null }
}
