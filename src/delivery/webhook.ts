/** Carries one telling to a webhook, signed as Standard Webhooks has it. */
import { Webhook as Signer } from 'standardwebhooks'
import type { App } from '../operations/app.ts'
import { secretsOf } from '../operations/webhook-secret.ts'
import { recordTold, type Telling, type Told } from '../operations/webhook-telling.ts'
import { OutsideError, type Outside } from './outside.ts'

/** Takes it there and writes down what came of it. */
export async function carryTelling(
  app: App,
  telling: Telling,
  { outside, secret, now }: { outside: Outside; secret: string; now: () => Date },
): Promise<void> {
  const { webhook, delivery, claim } = telling
  const at = now()
  const signatures = secretsOf(secret, webhook, app.now()).map((one) =>
    new Signer(one).sign(delivery.id, at, delivery.body),
  )
  const told = await attempt(() =>
    outside.post(webhook.url, {
      body: delivery.body,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Recourse',
        'webhook-id': delivery.id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': signatures.join(' '),
      },
    }),
  )
  if (!told.arrived && (claim.attempt === 1 || told.isFinal))
    app.log('a webhook could not be told', {
      webhook: webhook.id,
      delivery: delivery.id,
      attempt: claim.attempt,
      error: told.error,
    })
  await recordTold(app, telling, told)
}

async function attempt(post: () => Promise<number>): Promise<Told> {
  try {
    const status = await post()
    if (status >= 200 && status < 300) return { arrived: true, status }
    // 410 is how a receiver says that it wants to hear nothing more.
    const isFinal = status === 410
    const isRedirect = status >= 300 && status < 400
    const error = isRedirect
      ? `It answered ${status}, a redirect, which is not followed.`
      : `It answered ${status}.`
    return { arrived: false, status, error, isFinal }
  } catch (error) {
    if (!(error instanceof OutsideError)) throw error
    return { arrived: false, status: null, error: error.message, isFinal: false }
  }
}
