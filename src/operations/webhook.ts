/** Webhooks are kept by administrators: added, changed, tried and taken out, each time on record; auditors look. */
import { later } from '../core/calendar.ts'
import { refuse } from '../core/refusal.ts'
import { oldSecretFor, testKind, type WebhookKind, type WebhookState } from '../core/webhook.ts'
import { transact, type Tx } from '../store/db.ts'
import { queueDelivery } from '../store/delivery.ts'
import { recordEvents } from '../store/event.ts'
import type { Idempotency } from '../store/idempotency.ts'
import {
  countWebhookDeliveries,
  insertWebhook,
  insertWebhookDelivery,
  lastWebhookDeliveries,
  listWebhooks,
  lockWebhook,
  readWebhook,
  readWebhookDelivery,
  removeWebhook,
  saveWebhook,
  saveWebhookDelivery,
  type Webhook,
  type WebhookDelivery,
} from '../store/webhook.ts'
import type { App } from './app.ts'
import { once } from './once.ts'
import { isPermitted, permit } from './permit.ts'
import { readTarget, type Reach } from './reach.ts'
import { done, refusalOf, RefusedError, type Result } from './result.ts'
import type { StaffReader, Who } from './who.ts'

export type { Webhook, WebhookDelivery } from '../store/webhook.ts'

/** How many may be kept: every event is told to each of them. */
const mostWebhooks = 20

/** How many of the last tellings are shown. */
const mostShown = 100

export interface WebhookDraft {
  name: string
  url: string
  kinds: WebhookKind[]
}

export type WebhookWithCounts = Webhook & { counts: Record<WebhookState, number> }

/** Whether a reader may change webhooks, and not only look. */
export function mayChangeWebhooks(app: App, who: Who): boolean {
  return isPermitted(app, who, 'webhooks.change')
}

/** All webhooks, with how many tellings stand where. */
export async function readWebhooks(app: App, who: Who): Promise<Result<WebhookWithCounts[]>> {
  const may = permit(app, who, 'webhooks.list')
  if (!may.ok) return may
  return transact(app.db, may.wall, async (tx) => {
    const counts = await countWebhookDeliveries(tx)
    const counted = (id: string, state: WebhookState) =>
      counts.find((one) => one.webhookId === id && one.state === state)?.count ?? 0
    return done(
      (await listWebhooks(tx)).map((webhook) => ({
        ...webhook,
        counts: {
          waiting: counted(webhook.id, 'waiting'),
          delivered: counted(webhook.id, 'delivered'),
          dead: counted(webhook.id, 'dead'),
        },
      })),
    )
  })
}

/** Adds a webhook; told twice, it is added once. */
export async function addWebhook(
  app: App,
  who: Who,
  {
    draft,
    reach,
    idempotency,
  }: { draft: WebhookDraft; reach: Reach; idempotency: Idempotency | null },
): Promise<Result<Webhook>> {
  const may = permit(app, who, 'webhooks.add')
  if (!may.ok) return may
  const read = readDraft(draft, reach)
  if (!read.ok) return read
  const work = transact(app.db, may.wall, async (tx) => {
    const added = await once(app, tx, idempotency, async () => {
      if ((await listWebhooks(tx)).length >= mostWebhooks) return refuse('too_many_webhooks')
      const now = app.now()
      const id = app.newId('whk')
      await insertWebhook(tx, {
        ...read.value,
        id,
        isOn: true,
        secretNumber: 1,
        secretMadeAt: now,
        madeAt: now,
        madeBy: may.reader.id,
      })
      await record(app, tx, may.reader, { kind: 'webhook.added', webhookId: id })
      return done({ id })
    })
    return added.ok ? orNotFound(await readWebhook(tx, added.value.id)) : added
  })
  return refusalOf(work)
}

/** Changes a webhook. Where its address changes, what is still on its way goes to the new one. */
export function changeWebhook(
  app: App,
  who: Who,
  { id, reach, ...change }: Partial<WebhookDraft> & { id: string; isOn?: boolean; reach: Reach },
): Promise<Result<Webhook>> {
  return withWebhook(app, who, { id, command: 'webhooks.change' }, async (tx, held, by) => {
    const read = readDraft({ ...held, ...change }, reach)
    if (!read.ok) return read
    const changed: Webhook = { ...held, ...read.value, isOn: change.isOn ?? held.isOn }
    await saveWebhook(tx, changed)
    await record(app, tx, by, { kind: 'webhook.changed', webhookId: id })
    return done(changed)
  })
}

/** Gives a webhook a new secret; the old one signs beside it for a day, until then. */
export function rotateSecret(
  app: App,
  who: Who,
  id: string,
): Promise<Result<{ webhook: Webhook; oldUntil: Date }>> {
  return withWebhook(app, who, { id, command: 'webhooks.rotateSecret' }, async (tx, held, by) => {
    const now = app.now()
    const webhook = { ...held, secretNumber: held.secretNumber + 1, secretMadeAt: now }
    await saveWebhook(tx, webhook)
    await record(app, tx, by, { kind: 'webhook.secret_rotated', webhookId: id })
    return done({ webhook, oldUntil: later(now, oldSecretFor) })
  })
}

/** Takes a webhook out: from now on it hears nothing. */
export function dropWebhook(app: App, who: Who, id: string): Promise<Result<{ id: string }>> {
  return withWebhook(app, who, { id, command: 'webhooks.remove' }, async (tx, _held, by) => {
    await removeWebhook(tx, id, app.now())
    await record(app, tx, by, { kind: 'webhook.removed', webhookId: id })
    return done({ id })
  })
}

/** Sends something that says only that it is a test. */
export function testWebhook(app: App, who: Who, id: string): Promise<Result<WebhookDelivery>> {
  return withWebhook(app, who, { id, command: 'webhooks.test' }, async (tx) => {
    const now = app.now()
    const delivery = {
      id: app.newId('msg'),
      webhookId: id,
      eventId: null,
      kind: testKind,
      body: JSON.stringify({ type: testKind, timestamp: now.toISOString(), data: {} }),
      madeAt: now,
    }
    await insertWebhookDelivery(tx, delivery)
    await queueDelivery(tx, { kind: 'webhook', ref: delivery.id, dueAt: now })
    return orNotFound(await readWebhookDelivery(tx, delivery.id))
  })
}

/** The last tellings of a webhook, the newest first. */
export async function readWebhookDeliveries(
  app: App,
  who: Who,
  id: string,
): Promise<Result<WebhookDelivery[]>> {
  const may = permit(app, who, 'webhooks.listDeliveries')
  if (!may.ok) return may
  return transact(app.db, may.wall, async (tx) => {
    if ((await readWebhook(tx, id)) === null) return refuse('not_found')
    return done(await lastWebhookDeliveries(tx, id, mostShown))
  })
}

/** Tells once more what was told or given up, under the same id: whoever has it already knows it again. */
export function repeatWebhookDelivery(
  app: App,
  who: Who,
  { id, deliveryId }: { id: string; deliveryId: string },
): Promise<Result<WebhookDelivery>> {
  return withWebhook(
    app,
    who,
    { id, command: 'webhooks.repeatDelivery' },
    async (tx, _held, by) => {
      const delivery = await readWebhookDelivery(tx, deliveryId)
      if (delivery?.webhookId !== id) return refuse('not_found')
      const now = app.now()
      await saveWebhookDelivery(tx, deliveryId, {
        state: 'waiting',
        attempts: 0,
        deliveredAt: null,
        nextAt: now,
      })
      await queueDelivery(tx, { kind: 'webhook', ref: deliveryId, dueAt: now })
      await record(app, tx, by, { kind: 'webhook.repeated', webhookId: id })
      return orNotFound(await readWebhookDelivery(tx, deliveryId))
    },
  )
}

async function withWebhook<T>(
  app: App,
  who: Who,
  {
    id,
    command,
  }: {
    id: string
    command: `webhooks.${'change' | 'rotateSecret' | 'remove' | 'test' | 'repeatDelivery'}`
  },
  work: (tx: Tx, held: Webhook, by: StaffReader) => Promise<Result<T>>,
): Promise<Result<T>> {
  const may = permit(app, who, command)
  if (!may.ok) return may
  return refusalOf(
    transact(app.db, may.wall, async (tx) => {
      const held = await lockWebhook(tx, id)
      if (held === null) return refuse('not_found')
      const result = await work(tx, held, may.reader)
      if (!result.ok) throw new RefusedError(result)
      return result
    }),
  )
}

function readDraft({ name, url, kinds }: WebhookDraft, reach: Reach): Result<WebhookDraft> {
  const target = readTarget(url.trim(), reach)
  if (!target.ok) return target
  if (name.trim() === '' || kinds.length === 0) return refuse('webhook_incomplete')
  return done({ name: name.trim(), url: target.value.href, kinds: [...new Set(kinds)] })
}

function record(
  app: App,
  tx: Tx,
  by: StaffReader,
  { kind, webhookId }: { kind: string; webhookId: string },
): Promise<void> {
  const nothing = { sellerId: null, caseId: null, decisionId: null }
  return recordEvents(tx, [
    { at: app.now(), kind, ...nothing, by: by.id, detail: { webhook: webhookId } },
  ])
}

function orNotFound<T>(found: T | null): Result<T> {
  return found === null ? refuse('not_found') : done(found)
}
