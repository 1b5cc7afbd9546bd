/** The connector probe sends one request as Recourse would, or as somebody who only pretends to be Recourse. */
import { randomBytes, randomUUID } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { reasonOf } from '../core/thrown.ts'
import { CannotRun } from './command.ts'

/** What is wrong with a forged request; `two-signatures` is right, with a wrong signature beside it. */
export type Forgery =
  'unsigned' | 'other-secret' | 'other-body' | 'other-id' | 'stale' | 'ahead' | 'two-signatures'

export interface Answer {
  asked: string
  status: number
  text: string
}

export interface Probe {
  /** Throws with a sentence when there is no answer. */
  send(request: {
    method: 'GET' | 'PUT' | 'POST'
    path: string
    /** The same for the retries of one request; one of its own when absent. */
    id?: string
    body?: string
    forge?: Forgery | undefined
  }): Promise<Answer>
  /** An id that no shop has. */
  newId(): string
}

const tenMinutes = 600_000
const longestAnswer = 64 * 1024

/** Opens the way to a connector; refuses with a sentence when its address or secret cannot be used. */
export function probeConnector(given: {
  url: string
  secret: string
  fetch?: typeof globalThis.fetch
  now?: () => Date
  timeoutMs?: number
}): Probe {
  const { fetch = globalThis.fetch, now = () => new Date(), timeoutMs = 10_000 } = given
  const base = readAddress(given.url)
  const webhook = readSecret(given.secret)
  const stranger = new Webhook(randomBytes(24).toString('base64'))

  const sign = (
    method: string,
    { id, body, forge }: { id: string; body: string; forge: Forgery | undefined },
  ): Record<string, string> => {
    const shift = forge === 'stale' ? -tenMinutes : forge === 'ahead' ? tenMinutes : 0
    const at = new Date(now().getTime() + shift)
    const headers: Record<string, string> = { accept: 'application/json' }
    if (method !== 'GET') headers['content-type'] = 'application/json'
    if (forge === 'unsigned') return headers
    const right = webhook.sign(
      forge === 'other-id' ? `${id}x` : id,
      at,
      forge === 'other-body' ? `${body} ` : body,
    )
    const wrong = stranger.sign(id, at, body)
    headers['webhook-id'] = id
    headers['webhook-timestamp'] = String(Math.floor(at.getTime() / 1000))
    headers['webhook-signature'] =
      forge === 'other-secret' ? wrong : forge === 'two-signatures' ? `${wrong} ${right}` : right
    return headers
  }

  return {
    newId: () => `recourse-check-${randomUUID()}`,
    async send({ method, path, id = `msg_${randomUUID()}`, body = '', forge }) {
      const asked = `${method} ${path || '/'}`
      try {
        const response = await fetch(`${base}${path}`, {
          method,
          headers: sign(method, { id, body, forge }),
          redirect: 'manual',
          signal: AbortSignal.timeout(timeoutMs),
          ...(method === 'GET' ? {} : { body }),
        })
        const text = await response.text()
        if (text.length > longestAnswer) throw new Error('the answer is longer than 64 KB')
        return { asked, status: response.status, text }
      } catch (cause) {
        throw new Error(`${asked} had no answer: ${reasonOf(cause)}`, { cause })
      }
    },
  }
}

function readAddress(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : null
  if (parsed === null || (parsed.protocol !== 'http:' && parsed.protocol !== 'https:'))
    throw new CannotRun(`"${url}" is not an http or https address.`)
  return `${parsed.origin}${parsed.pathname.replace(/\/+$/, '')}`
}

function readSecret(secret: string): Webhook {
  try {
    return new Webhook(secret)
  } catch (cause) {
    throw new CannotRun('The secret is not one of Standard Webhooks: whsec_ followed by base64.', {
      cause,
    })
  }
}
