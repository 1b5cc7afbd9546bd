/** The secret of a webhook signs what it is told; it is worked out from the server's own, so that none is kept. */
import { createHmac } from 'node:crypto'
import { later } from '../core/calendar.ts'
import { oldSecretFor } from '../core/webhook.ts'
import type { Webhook } from '../store/webhook.ts'

type Numbered = Pick<Webhook, 'id' | 'secretNumber'>

/** The secret as Standard Webhooks writes it. Another number is another secret. */
export function secretOf(serverSecret: string, { id, secretNumber }: Numbered): string {
  if (serverSecret.length < 16)
    throw new Error('make the secret of a webhook: the server’s is shorter than 16 characters')
  const key = createHmac('sha256', serverSecret)
    .update(`recourse webhook 1\n${id}\n${secretNumber}`)
    .digest('base64')
  return `whsec_${key}`
}

/** The secrets that sign now: for a day after it was replaced, also the old one. */
export function secretsOf(serverSecret: string, webhook: Webhook, now: Date): string[] {
  const { id, secretNumber, secretMadeAt } = webhook
  const current = secretOf(serverSecret, webhook)
  const isOldGood = secretNumber > 1 && now < later(secretMadeAt, oldSecretFor)
  return isOldGood
    ? [current, secretOf(serverSecret, { id, secretNumber: secretNumber - 1 })]
    : [current]
}
