/** Telling webhooks: each event becomes one telling per webhook that listens, and each is carried until it arrives or is given up. */
import { later } from '../core/calendar.ts'
import type { Decision } from '../core/decision.ts'
import { kindsOf, pauseAfter, webhookKindNames, type WebhookKind } from '../core/webhook.ts'
import { readCase } from '../store/case.ts'
import { transact, type Tx } from '../store/db.ts'
import { readMeasure, readDecision, type MeasureRecord } from '../store/decision.ts'
import {
  claimDelivery,
  finishDelivery,
  queueDelivery,
  retryDelivery,
  type DeliveryClaim,
} from '../store/delivery.ts'
import type { EventRecord } from '../store/event.ts'
import { subjectRef } from '../store/subject.ts'
import {
  insertWebhookDelivery,
  listWebhooks,
  readEvent,
  readWebhook,
  readWebhookDelivery,
  saveWebhookDelivery,
  type Webhook,
  type WebhookDelivery,
} from '../store/webhook.ts'
import type { App } from './app.ts'

/** One telling in a carrier's hands. */
export interface Telling {
  claim: DeliveryClaim
  webhook: Webhook
  delivery: WebhookDelivery
}

/** What came of an attempt. */
export type Told =
  | { arrived: true; status: number }
  | { arrived: false; status: number | null; error: string; isFinal: boolean }

export type ClaimedTelling =
  { found: 'telling'; telling: Telling } | { found: 'settled' } | { found: 'nothing' }

/** An event is claimed as `event:` and its number, and becomes one telling per webhook, claimed by its own id. */
const eventRef = /^event:(\d+)$/

/** Claims what is due. */
export function claimTelling(app: App): Promise<ClaimedTelling> {
  return transact(app.db, { inside: true }, async (tx) => {
    const claim = await claimDelivery(tx, 'webhook', app.now())
    if (claim === null) return { found: 'nothing' }
    const eventId = eventRef.exec(claim.ref)?.[1]
    if (eventId !== undefined) {
      await spread(app, tx, claim, eventId)
      return { found: 'settled' }
    }
    const delivery = await readWebhookDelivery(tx, claim.ref)
    const webhook = delivery && (await readWebhook(tx, delivery.webhookId))
    if (delivery === null || webhook === null || delivery.state !== 'waiting') {
      // Whoever was taken out hears nothing more, also of what was on its way.
      await finishDelivery(tx, claim)
      if (delivery?.state === 'waiting')
        await saveWebhookDelivery(tx, delivery.id, {
          state: 'dead',
          nextAt: null,
          lastError: 'the webhook was removed',
        })
      return { found: 'settled' }
    }
    return { found: 'telling', telling: { claim, webhook, delivery } }
  })
}

/** Writes down what came of an attempt: it arrived, it is tried again after a longer pause, or it is given up and stays to be seen. */
export function recordTold(app: App, { claim, delivery }: Telling, told: Told): Promise<void> {
  return transact(app.db, { inside: true }, async (tx) => {
    const now = app.now()
    const attempts = { attempts: claim.attempt, attemptedAt: now, lastStatus: told.status }
    if (told.arrived) {
      // Somebody may have asked to hear it once more meanwhile; then that is still to be done.
      if (await finishDelivery(tx, claim))
        await saveWebhookDelivery(tx, delivery.id, {
          ...attempts,
          state: 'delivered',
          deliveredAt: now,
          nextAt: null,
          lastError: null,
        })
      return
    }
    const lastError = told.error.slice(0, 300)
    const pause = told.isFinal ? null : pauseAfter(claim.attempt)
    if (pause === null) {
      if (await finishDelivery(tx, claim))
        await saveWebhookDelivery(tx, delivery.id, {
          ...attempts,
          state: 'dead',
          nextAt: null,
          lastError,
        })
      return
    }
    const dueAt = later(now, pause)
    if (await retryDelivery(tx, claim, { dueAt, error: lastError }))
      await saveWebhookDelivery(tx, delivery.id, { ...attempts, nextAt: dueAt, lastError })
  })
}

/** Makes the tellings of one event. What may still be undone, or is not yet in force, waits and may never be told. */
async function spread(app: App, tx: Tx, claim: DeliveryClaim, eventId: string): Promise<void> {
  const event = await readEvent(tx, eventId)
  const now = app.now()
  const webhooks = event === null ? [] : (await listWebhooks(tx)).filter(({ isOn }) => isOn)
  let waitsUntil: Date | null = null
  for (const kind of event === null ? [] : kindsOf(event.kind, webhookKindNames)) {
    const matter = await matterOf(tx, event, kind)
    if (matter === null) continue
    if (matter.from > now) {
      if (waitsUntil === null || matter.from < waitsUntil) waitsUntil = matter.from
      continue
    }
    const body = JSON.stringify({
      type: kind,
      timestamp: (event?.at ?? now).toISOString(),
      data: matter.data,
    })
    for (const { id: webhookId, kinds } of webhooks) {
      if (!kinds.includes(kind)) continue
      const id = app.newId('msg')
      if (await insertWebhookDelivery(tx, { id, webhookId, eventId, kind, body, madeAt: now }))
        await queueDelivery(tx, { kind: 'webhook', ref: id, dueAt: now })
    }
  }
  if (waitsUntil === null) await finishDelivery(tx, claim)
  else await retryDelivery(tx, claim, { dueAt: waitsUntil, error: 'it does not count yet' })
}

/** What is told of an event and from when on: ids and states, no word that anybody wrote. Null where there is nothing to tell. */
async function matterOf(
  tx: Tx,
  event: EventRecord | null,
  kind: WebhookKind,
): Promise<{ from: Date; data: Record<string, unknown> } | null> {
  if (event === null) return null
  switch (kind) {
    case 'case.opened':
    case 'case.answered':
    case 'case.decided':
    case 'case.overdue':
    case 'case.closed':
      return caseMatter(tx, event)
    case 'decision.taken':
    case 'measure.in_force':
    case 'measure.lifted':
      return decisionMatter(tx, event, kind)
    case 'measure.restored': {
      const { subject, readBack, told } = event.detail
      if (readBack !== 'agrees') return null
      const { sellerId, decisionId, caseId } = event
      return { from: event.at, data: { sellerId, decisionId, caseId, subject, sequence: told } }
    }
  }
}

async function caseMatter(tx: Tx, event: EventRecord) {
  const held = event.caseId === null ? null : await readCase(tx, event.caseId)
  if (held === null) return null
  const { id: caseId, number, kind, state, desk, sellerId, objections } = held
  return {
    from: event.at,
    data: {
      caseId,
      number,
      kind,
      state,
      desk,
      sellerId,
      objections: objections.map(({ decisionId, outcome }) => ({ decisionId, outcome })),
    },
  }
}

async function decisionMatter(
  tx: Tx,
  event: EventRecord,
  kind: 'decision.taken' | 'measure.in_force' | 'measure.lifted',
) {
  const decision = event.decisionId === null ? null : await readDecision(tx, event.decisionId)
  if (decision === null) return null
  // A measure that ran out is told by the decision that imposed it; one that was lifted, by the one that lifted it.
  const about = decision.about === null ? null : await readMeasure(tx, decision.about)
  if (about !== null && decision.kind === 'lift' && wasUndone(about)) return null
  const own = await readMeasure(tx, decision.id)
  if (own !== null && event.kind !== 'measure.expired' && wasUndone(own)) return null
  const from = kind === 'measure.in_force' ? decision.effectiveAt : decision.noticeAt
  const isOver = own?.action.endedAt != null && own.action.endedAt <= from
  if (kind === 'measure.in_force' && (own === null || isOver)) return null
  return { from: from > event.at ? from : event.at, data: told(decision) }
}

/** Taken back within its minute: nobody was ever told, so nobody is. */
function wasUndone({ decision, action }: MeasureRecord): boolean {
  return action.endedAt !== null && action.endedAt < decision.noticeAt
}

function told(decision: Decision): Record<string, unknown> {
  const { id, number, kind, measure, subject, sellerId, takenBy, about, effectiveAt } = decision
  return {
    decisionId: id,
    number,
    kind,
    measure,
    subject: subjectRef(subject),
    sellerId,
    takenBy: takenBy.kind,
    about,
    effectiveAt: effectiveAt.toISOString(),
  }
}
