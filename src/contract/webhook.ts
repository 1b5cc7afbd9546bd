/** Webhooks: who hears of what happens here, kept by administrators. */
import { z } from 'zod'
import { webhookKindNames, webhookStates } from '../core/webhook.ts'
import { At } from './case.ts'
import { refuses, route } from './problem.ts'

export const WebhookKindName = z.enum(webhookKindNames)

export const Webhook = z.object({
  id: z.string(),
  name: z.string(),
  url: z.string(),
  kinds: z.array(WebhookKindName),
  isOn: z.boolean(),
  madeAt: At,
  secretMadeAt: At,
})
export type Webhook = z.infer<typeof Webhook>

export const WebhookForReader = Webhook.extend({
  counts: z.object({ waiting: z.int(), delivered: z.int(), dead: z.int() }),
})
export type WebhookForReader = z.infer<typeof WebhookForReader>

export const WebhookDelivery = z.object({
  /** The `webhook-id` that it carries at every attempt. */
  id: z.string(),
  kind: z.string(),
  state: z.enum(webhookStates),
  attempts: z.int(),
  madeAt: At,
  attemptedAt: At.nullable(),
  deliveredAt: At.nullable(),
  nextAt: At.nullable(),
  lastStatus: z.int().nullable(),
  lastError: z.string().nullable(),
  /** What was sent: ids and states. */
  body: z.string(),
})
export type WebhookDelivery = z.infer<typeof WebhookDelivery>

/** A secret is in an answer once, when it is made. */
const WithSecret = z.object({ webhook: Webhook, secret: z.string() })

const name = z.string().min(1).max(100)
const url = z.string().min(1).max(2_000)
const kinds = z.array(WebhookKindName).min(1).max(webhookKindNames.length)
const One = z.object({ webhookId: z.string().min(1) })
const saving = route.errors(refuses('webhook_address_refused', 'webhook_incomplete'))
const tags = ['Webhooks']

export const listWebhooks = route
  .route({ method: 'GET', path: '/v1/webhooks', tags, summary: 'List webhooks' })
  .input(z.object({}).optional())
  .output(
    z.object({
      webhooks: z.array(WebhookForReader),
      /** Whether the reader may change them, or only look. */
      mayChange: z.boolean(),
      /** What can be heard of. */
      kinds: z.array(z.object({ kind: WebhookKindName, says: z.string() })),
    }),
  )

export const addWebhook = saving
  .errors(refuses('too_many_webhooks', 'key_reused', 'key_in_use'))
  .route({
    method: 'POST',
    path: '/v1/webhooks',
    tags,
    summary: 'Add a webhook',
    description:
      'It is told as Standard Webhooks has it, at least once, for four days if need be. The secret is in this answer only.',
    successStatus: 201,
  })
  .input(z.object({ name, url, kinds }))
  .output(WithSecret)

export const changeWebhook = saving
  .route({
    method: 'PATCH',
    path: '/v1/webhooks/{webhookId}',
    tags,
    summary: 'Change a webhook, or switch it off and on',
  })
  .input(
    One.extend({
      name: name.optional(),
      url: url.optional(),
      kinds: kinds.optional(),
      isOn: z.boolean().optional(),
    }),
  )
  .output(Webhook)

export const rotateWebhookSecret = route
  .route({
    method: 'POST',
    path: '/v1/webhooks/{webhookId}/secret',
    tags,
    summary: 'Give a webhook a new secret',
    description: 'For a day both sign, so that nothing is lost while the receiver changes.',
  })
  .input(One)
  .output(WithSecret.extend({ oldUntil: At }))

export const removeWebhook = route
  .route({
    method: 'DELETE',
    path: '/v1/webhooks/{webhookId}',
    tags,
    summary: 'Remove a webhook',
  })
  .input(One)
  .output(z.object({ id: z.string() }))

export const testWebhook = route
  .route({
    method: 'POST',
    path: '/v1/webhooks/{webhookId}/test',
    tags,
    summary: 'Send a webhook a test',
    successStatus: 201,
  })
  .input(One)
  .output(WebhookDelivery)

export const listWebhookDeliveries = route
  .route({
    method: 'GET',
    path: '/v1/webhooks/{webhookId}/deliveries',
    tags,
    summary: 'See what a webhook was told last',
  })
  .input(One)
  .output(z.object({ deliveries: z.array(WebhookDelivery) }))

export const repeatWebhookDelivery = route
  .route({
    method: 'POST',
    path: '/v1/webhooks/{webhookId}/deliveries/{deliveryId}/repetition',
    tags,
    summary: 'Tell a webhook once more',
    description: 'Under the same id, so that whoever has it already knows it again.',
  })
  .input(One.extend({ deliveryId: z.string().min(1) }))
  .output(WebhookDelivery)
