/** The connector tells a marketplace the state owed to a subject, and asks it what is so. */
import { createHash } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { z } from 'zod'
import type { Subject } from '../core/measure.ts'
import { AccountState, ListingState, PayoutsState, type State } from '../core/state-owed.ts'

/** What a marketplace holds for a subject; `state` is null for one that it does not have. */
export interface Held {
  sequence: number
  state: State | null
}

export interface Telling {
  sequence: number
  state: State
  because: string[]
}

export interface Connector {
  /** Tells the state owed. Throws with a sentence where the marketplace did not take it. */
  tell(subject: Subject, telling: Telling): Promise<void>
  /** Asks what is so. Throws with a sentence where that cannot be learnt. */
  ask(subject: Subject): Promise<Held>
}

export interface ConnectorOptions {
  /** Where the marketplace answers, such as https://shop.example/recourse. */
  url: string
  /** Shared with the marketplace, as Standard Webhooks writes it: `whsec_` and base64. */
  secret: string
  now(): Date
  newId(prefix: string): string
  /** How long one request may take. */
  timeoutMs?: number
}

/** An answer that does not let us go on, with its HTTP status where there was one. */
export class ConnectorError extends Error {
  readonly status: number | null
  constructor(
    message: string,
    { status = null, cause }: { status?: number | null; cause?: unknown } = {},
  ) {
    super(message, { cause })
    this.status = status
  }
}

// A number we can still go above, exactly.
const sequence = z
  .int()
  .min(0)
  .max(Number.MAX_SAFE_INTEGER - 1)
const heldOf = {
  listing: z.object({ sequence, state: ListingState.nullable() }),
  account: z.object({ sequence, state: AccountState.nullable() }),
  payouts: z.object({ sequence, state: PayoutsState.nullable() }),
} as const

const longestAnswer = 64 * 1024

/** Opens the way to a marketplace's connector. Requests are signed as Standard Webhooks and follow no redirect. */
export function openConnector(options: ConnectorOptions): Connector {
  const { timeoutMs = 5_000 } = options
  const webhook = readSecret(options.secret)
  const base = readAddress(options.url)

  const send = async (
    subject: Subject,
    request: { method: 'PUT' | 'GET'; id: string; body: string },
  ): Promise<string> => {
    const { method, id, body } = request
    const at = options.now()
    const headers: Record<string, string> = {
      accept: 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': webhook.sign(id, at, body),
    }
    if (method === 'PUT') headers['content-type'] = 'application/json'
    const signal = AbortSignal.timeout(timeoutMs)
    try {
      const response = await fetch(addressOf(base, subject), {
        method,
        headers,
        signal,
        redirect: 'manual',
        ...(method === 'PUT' ? { body } : {}),
      })
      const text = await readShort(response)
      if (response.ok) return text
      const where =
        response.status >= 300 && response.status < 400 ? ', a redirect, which is not followed' : ''
      throw new ConnectorError(`${method} answered ${response.status}${where}`, {
        status: response.status,
      })
    } catch (cause) {
      if (cause instanceof ConnectorError) throw cause
      if (signal.aborted)
        throw new ConnectorError(`${method} had no answer within ${timeoutMs / 1000} s`, { cause })
      throw new ConnectorError(`${method} failed: ${reasonOf(cause)}`, { cause })
    }
  }

  return {
    async tell(subject, telling) {
      const id = messageId(subject, telling.sequence)
      await send(subject, { method: 'PUT', id, body: JSON.stringify(telling) })
    },
    async ask(subject) {
      const text = await send(subject, { method: 'GET', id: options.newId('ask'), body: '' })
      return readHeld(subject, text)
    },
  }
}

/** The same for every retry of the same state, so that a receiver can recognise it; any id makes a sound header. */
function messageId(subject: Subject, number: number): string {
  const name = JSON.stringify([subject.kind, subject.id, number])
  return `state_${createHash('sha256').update(name).digest('base64url').slice(0, 32)}`
}

function readHeld(subject: Subject, text: string): Held {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new ConnectorError('GET answered something that is not JSON')
  }
  const held = heldOf[subject.kind].safeParse(value)
  if (held.success) return held.data
  const issue = held.error.issues[0]
  throw new ConnectorError(
    `GET answered a state that cannot be read: ${issue ? `${issue.path.join('.') || 'answer'}: ${issue.message}` : 'unknown'}`,
  )
}

function addressOf(base: string, { kind, id }: Subject): string {
  // A URL takes these for "here" and "above", however they are written.
  if (id === '.' || id === '..') throw new ConnectorError(`a ${kind} called "${id}" has no address`)
  return `${base}/subjects/${kind}/${encodeURIComponent(id)}`
}

async function readShort(response: Response): Promise<string> {
  if (response.body === null) return ''
  const chunks: Uint8Array[] = []
  let size = 0
  const reader: ReadableStreamDefaultReader<Uint8Array> = response.body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.byteLength
    if (size > longestAnswer) {
      await reader.cancel()
      throw new ConnectorError('the answer is longer than 64 KB', { status: response.status })
    }
    chunks.push(value)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function readSecret(secret: string): Webhook {
  try {
    return new Webhook(secret)
  } catch (cause) {
    throw new Error(
      'open the connector: its secret is not one of Standard Webhooks, `whsec_` followed by base64',
      { cause },
    )
  }
}

function readAddress(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : null
  if (parsed === null || (parsed.protocol !== 'http:' && parsed.protocol !== 'https:')) {
    throw new Error(`open the connector: "${url}" is not an http or https address`)
  }
  return `${parsed.origin}${parsed.pathname.replace(/\/+$/, '')}`
}

/** What broke, such as ECONNREFUSED; fetch itself only says "fetch failed". */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  const inner = cause.cause
  if (inner instanceof Error)
    return 'code' in inner && typeof inner.code === 'string' ? inner.code : inner.message
  return cause.message
}
