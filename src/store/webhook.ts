/** Webhooks in PostgreSQL: who hears of what, and each telling with what came of it. */
import { sql } from 'kysely'
import type { WebhookKind, WebhookState } from '../core/webhook.ts'
import { eventsBehind } from '../core/webhook.ts'
import { json, type Tx } from './db.ts'
import type { EventRecord } from './event.ts'

export interface Webhook {
  id: string
  name: string
  url: string
  kinds: WebhookKind[]
  isOn: boolean
  secretNumber: number
  secretMadeAt: Date
  madeAt: Date
}

/** One telling to one webhook. */
export interface WebhookDelivery {
  id: string
  webhookId: string
  kind: string
  body: string
  state: WebhookState
  attempts: number
  madeAt: Date
  attemptedAt: Date | null
  deliveredAt: Date | null
  /** When the next attempt is due; null where none is. */
  nextAt: Date | null
  lastStatus: number | null
  lastError: string | null
}

/** Keeps a new webhook. */
export async function insertWebhook(
  tx: Tx,
  {
    id,
    name,
    url,
    kinds,
    isOn,
    secretNumber,
    secretMadeAt,
    madeAt,
    madeBy,
  }: Webhook & { madeBy: string },
): Promise<void> {
  await tx
    .insertInto('webhooks')
    .values({
      id,
      name,
      url,
      kinds: json(kinds),
      events: eventsBehind(kinds),
      is_on: isOn,
      secret_number: secretNumber,
      secret_made_at: secretMadeAt,
      made_at: madeAt,
      made_by: madeBy,
      removed_at: null,
    })
    .execute()
}

/** Saves what may change of a webhook. */
export async function saveWebhook(
  tx: Tx,
  { id, name, url, kinds, isOn, secretNumber, secretMadeAt }: Webhook,
): Promise<void> {
  await tx
    .updateTable('webhooks')
    .set({
      name,
      url,
      kinds: json(kinds),
      events: eventsBehind(kinds),
      is_on: isOn,
      secret_number: secretNumber,
      secret_made_at: secretMadeAt,
    })
    .where('id', '=', id)
    .execute()
}

/** Takes a webhook out; what it was told stays on record. */
export async function removeWebhook(tx: Tx, id: string, now: Date): Promise<void> {
  await tx.updateTable('webhooks').set({ removed_at: now }).where('id', '=', id).execute()
}

/** All that were not removed, the oldest first. */
export async function listWebhooks(tx: Tx): Promise<Webhook[]> {
  const rows = await known(tx).orderBy('made_at').orderBy('id').execute()
  return rows.map(webhookOf)
}

/** One that was not removed, held against changes at the same time; null where there is none. */
export async function lockWebhook(tx: Tx, id: string): Promise<Webhook | null> {
  const row = await known(tx).where('id', '=', id).forUpdate().executeTakeFirst()
  return row ? webhookOf(row) : null
}

/** One that was not removed, or null. */
export async function readWebhook(tx: Tx, id: string): Promise<Webhook | null> {
  const row = await known(tx).where('id', '=', id).executeTakeFirst()
  return row ? webhookOf(row) : null
}

/** Keeps a telling; answers false when this event was told to this webhook as this before. */
export async function insertWebhookDelivery(
  tx: Tx,
  delivery: Pick<WebhookDelivery, 'id' | 'webhookId' | 'kind' | 'body' | 'madeAt'> & {
    eventId: string | null
  },
): Promise<boolean> {
  const done = await tx
    .insertInto('webhook_deliveries')
    .values({
      id: delivery.id,
      webhook_id: delivery.webhookId,
      event_id: delivery.eventId,
      kind: delivery.kind,
      body: delivery.body,
      state: 'waiting',
      made_at: delivery.madeAt,
      next_at: delivery.madeAt,
      attempted_at: null,
      delivered_at: null,
      last_status: null,
      last_error: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** Writes down what came of an attempt, or that there is to be another. */
export async function saveWebhookDelivery(
  tx: Tx,
  id: string,
  change: Partial<Omit<WebhookDelivery, 'id' | 'webhookId' | 'kind' | 'body' | 'madeAt'>>,
): Promise<void> {
  const { state, attempts, attemptedAt, deliveredAt, nextAt, lastStatus, lastError } = change
  await tx
    .updateTable('webhook_deliveries')
    .set({
      ...(state !== undefined && { state }),
      ...(attempts !== undefined && { attempts }),
      ...(attemptedAt !== undefined && { attempted_at: attemptedAt }),
      ...(deliveredAt !== undefined && { delivered_at: deliveredAt }),
      ...(nextAt !== undefined && { next_at: nextAt }),
      ...(lastStatus !== undefined && { last_status: lastStatus }),
      ...(lastError !== undefined && { last_error: lastError }),
    })
    .where('id', '=', id)
    .execute()
}

/** One telling, or null. */
export async function readWebhookDelivery(tx: Tx, id: string): Promise<WebhookDelivery | null> {
  const row = await tx
    .selectFrom('webhook_deliveries')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  return row ? deliveryOf(row) : null
}

/** The last tellings of a webhook, the newest first. */
export async function lastWebhookDeliveries(
  tx: Tx,
  webhookId: string,
  most: number,
): Promise<WebhookDelivery[]> {
  const rows = await tx
    .selectFrom('webhook_deliveries')
    .selectAll()
    .where('webhook_id', '=', webhookId)
    .orderBy('made_at', 'desc')
    .orderBy('id', 'desc')
    .limit(most)
    .execute()
  return rows.map(deliveryOf)
}

/** How many tellings of each webhook stand where. */
export async function countWebhookDeliveries(
  tx: Tx,
): Promise<{ webhookId: string; state: WebhookState; count: number }[]> {
  const rows = await tx
    .selectFrom('webhook_deliveries')
    .select(['webhook_id', 'state', sql<number>`count(*)`.as('count')])
    .groupBy(['webhook_id', 'state'])
    .execute()
  return rows.map(({ webhook_id, state, count }) => ({ webhookId: webhook_id, state, count }))
}

/** One event by its number, or null. */
export async function readEvent(tx: Tx, id: string): Promise<EventRecord | null> {
  const row = await tx.selectFrom('events').selectAll().where('id', '=', id).executeTakeFirst()
  return row
    ? {
        at: row.at,
        kind: row.kind,
        sellerId: row.seller_id,
        caseId: row.case_id,
        decisionId: row.decision_id,
        by: row.by,
        detail: row.detail,
      }
    : null
}

const known = (tx: Tx) => tx.selectFrom('webhooks').selectAll().where('removed_at', 'is', null)

function webhookOf(
  row: Awaited<ReturnType<ReturnType<typeof known>['executeTakeFirstOrThrow']>>,
): Webhook {
  return {
    id: row.id,
    name: row.name,
    url: row.url,
    kinds: row.kinds,
    isOn: row.is_on,
    secretNumber: row.secret_number,
    secretMadeAt: row.secret_made_at,
    madeAt: row.made_at,
  }
}

function deliveryOf(row: {
  id: string
  webhook_id: string
  kind: string
  body: string
  state: WebhookState
  attempts: number
  made_at: Date
  attempted_at: Date | null
  delivered_at: Date | null
  next_at: Date | null
  last_status: number | null
  last_error: string | null
}): WebhookDelivery {
  return {
    id: row.id,
    webhookId: row.webhook_id,
    kind: row.kind,
    body: row.body,
    state: row.state,
    attempts: row.attempts,
    madeAt: row.made_at,
    attemptedAt: row.attempted_at,
    deliveredAt: row.delivered_at,
    nextAt: row.next_at,
    lastStatus: row.last_status,
    lastError: row.last_error,
  }
}
