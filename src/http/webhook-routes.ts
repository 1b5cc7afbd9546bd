/** Webhooks over HTTP, for administrators and, to look at, auditors. */
import type { Webhook, WebhookDelivery } from '../contract/webhook.ts'
import { webhookKindNames, webhookKinds } from '../core/webhook.ts'
import {
  addWebhook,
  changeWebhook,
  dropWebhook,
  mayChangeWebhooks,
  readWebhookDeliveries,
  readWebhooks,
  repeatWebhookDelivery,
  rotateSecret,
  testWebhook,
  type Webhook as Kept,
  type WebhookDelivery as KeptDelivery,
} from '../operations/webhook.ts'
import { secretOf } from '../operations/webhook-secret.ts'
import { on } from './context.ts'
import { valueOf } from './problem.ts'

export const webhookRoutes = {
  list: on.webhooks.list.handler(async ({ context: { door, who } }) => ({
    webhooks: valueOf(await readWebhooks(door.app, who)).map((kept) => ({
      ...webhookView(kept),
      counts: kept.counts,
    })),
    mayChange: mayChangeWebhooks(door.app, who),
    kinds: webhookKindNames.map((kind) => ({ kind, says: webhookKinds[kind].says })),
  })),
  add: on.webhooks.add.handler(async ({ input, context: { door, who, idempotency } }) => {
    const { app, config } = door
    const { reach, secret } = config
    const added = valueOf(await addWebhook(app, who, { draft: input, reach, idempotency }))
    return { webhook: webhookView(added), secret: secretOf(secret, added) }
  }),
  change: on.webhooks.change.handler(async ({ input, context: { door, who } }) => {
    const { webhookId: id, name, url, kinds, isOn } = input
    const change = {
      ...(name !== undefined && { name }),
      ...(url !== undefined && { url }),
      ...(kinds !== undefined && { kinds }),
      ...(isOn !== undefined && { isOn }),
    }
    const { reach } = door.config
    return webhookView(valueOf(await changeWebhook(door.app, who, { id, reach, ...change })))
  }),
  rotateSecret: on.webhooks.rotateSecret.handler(async ({ input, context: { door, who } }) => {
    const { webhook, oldUntil } = valueOf(await rotateSecret(door.app, who, input.webhookId))
    return {
      webhook: webhookView(webhook),
      secret: secretOf(door.config.secret, webhook),
      oldUntil: oldUntil.toISOString(),
    }
  }),
  remove: on.webhooks.remove.handler(async ({ input, context: { door, who } }) =>
    valueOf(await dropWebhook(door.app, who, input.webhookId)),
  ),
  test: on.webhooks.test.handler(async ({ input, context: { door, who } }) =>
    deliveryView(valueOf(await testWebhook(door.app, who, input.webhookId))),
  ),
  listDeliveries: on.webhooks.listDeliveries.handler(async ({ input, context: { door, who } }) => {
    const found = valueOf(await readWebhookDeliveries(door.app, who, input.webhookId))
    return { deliveries: found.map(deliveryView) }
  }),
  repeatDelivery: on.webhooks.repeatDelivery.handler(async ({ input, context: { door, who } }) => {
    const { webhookId: id, deliveryId } = input
    return deliveryView(valueOf(await repeatWebhookDelivery(door.app, who, { id, deliveryId })))
  }),
}

function webhookView({ id, name, url, kinds, isOn, madeAt, secretMadeAt }: Kept): Webhook {
  const [made, secretMade] = [madeAt.toISOString(), secretMadeAt.toISOString()]
  return { id, name, url, kinds, isOn, madeAt: made, secretMadeAt: secretMade }
}

function deliveryView(kept: KeptDelivery): WebhookDelivery {
  const { id, kind, state, attempts, lastStatus, lastError, body } = kept
  return {
    id,
    kind,
    state,
    attempts,
    madeAt: kept.madeAt.toISOString(),
    attemptedAt: kept.attemptedAt?.toISOString() ?? null,
    deliveredAt: kept.deliveredAt?.toISOString() ?? null,
    nextAt: kept.nextAt?.toISOString() ?? null,
    lastStatus,
    lastError,
    body,
  }
}
