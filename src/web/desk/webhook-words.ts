/** What is said of webhooks: sentences from counts and states. */
import type { WebhookDelivery, WebhookForReader } from '../../contract/webhook.ts'
import type { TagTone } from '../parts/measure-tag.tsx'

/** The title of the page. */
export function webhooksSentence(webhooks: readonly WebhookForReader[]): string {
  const listening = webhooks.filter(({ isOn }) => isOn).length
  const dead = webhooks.reduce((sum, { counts }) => sum + counts.dead, 0)
  if (webhooks.length === 0) return 'Nobody outside is told of what happens here.'
  const told =
    listening === 0
      ? 'All webhooks are switched off'
      : `${listening === 1 ? 'One webhook is' : `${listening} webhooks are`} told of what happens here`
  if (dead === 0) return `${told}.`
  return `${told}; ${dead === 1 ? 'one delivery was' : `${dead} deliveries were`} given up.`
}

/** "12 arrived, 1 on its way, 2 given up". */
export function countWords({ waiting, delivered, dead }: WebhookForReader['counts']): string {
  const parts = [
    `${delivered} arrived`,
    waiting > 0 ? `${waiting} on the way` : null,
    dead > 0 ? `${dead} given up` : null,
  ]
  return parts.filter((part) => part !== null).join(', ')
}

/** A state as a tag. */
export const stateTags = {
  delivered: { tone: 'green', words: 'Arrived' },
  waiting: { tone: 'amber', words: 'On its way' },
  dead: { tone: 'red', words: 'Given up' },
} as const satisfies Record<WebhookDelivery['state'], { tone: TagTone; words: string }>

/** What came of the last attempt. */
export function attemptWords({ attempts, lastStatus, lastError }: WebhookDelivery): string {
  if (attempts === 0) return 'Not tried yet.'
  const tried = attempts === 1 ? 'Tried once' : `Tried ${attempts} times`
  if (lastError !== null) return `${tried}. ${lastError}`
  return lastStatus === null ? `${tried}.` : `${tried}, answered ${lastStatus}.`
}
