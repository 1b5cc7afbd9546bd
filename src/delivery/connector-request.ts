/** One signed request to a marketplace's connector: a short answer in time, or a sentence on why there is none. */
import { createHash } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { reasonOf } from '../core/thrown.ts'

export interface ConnectorOptions {
  /** Where the marketplace answers, such as https://shop.example/recourse. */
  url: string
  /** Shared with the marketplace, as Standard Webhooks writes it: `whsec_` and base64. */
  secret: string
  now: () => Date
  newId: (prefix: string) => string
  /** How long one request may take; an ability, which changes many things at once, may take four times as long. */
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

export interface ConnectorRequest {
  method: 'PUT' | 'GET' | 'POST'
  /** Below the base address, encoded. */
  path: string
  /** The same for each retry of one request. */
  id: string
  /** Empty for GET. */
  body: string
  timeoutMs: number
  longestAnswer: number
}

/** Answers the text of a 2xx answer; throws a `ConnectorError` for everything else. */
export type Send = (request: ConnectorRequest) => Promise<string>

/** Opens the way. Requests are signed as Standard Webhooks and follow no redirect. */
export function openRequests({
  url,
  secret,
  now,
}: Pick<ConnectorOptions, 'url' | 'secret' | 'now'>): Send {
  const webhook = readSecret(secret)
  const base = readAddress(url)
  return async ({ method, path, id, body, timeoutMs, longestAnswer }) => {
    const at = now()
    const headers: Record<string, string> = {
      accept: 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': webhook.sign(id, at, body),
    }
    if (method !== 'GET') headers['content-type'] = 'application/json'
    const signal = AbortSignal.timeout(timeoutMs)
    try {
      const response = await fetch(`${base}${path}`, {
        method,
        headers,
        signal,
        redirect: 'manual',
        ...(method === 'GET' ? {} : { body }),
      })
      const text = await readShort(response, longestAnswer)
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
}

/** An id of a request that is the same for the same parts, whatever they are made of; any id makes a sound header. */
export function requestId(prefix: string, parts: readonly (string | number)[]): string {
  const name = JSON.stringify(parts)
  return `${prefix}_${createHash('sha256').update(name).digest('base64url').slice(0, 32)}`
}

/** The address of a subject below the base. */
export function subjectPath({ kind, id }: { kind: string; id: string }): string {
  // A URL takes these for "here" and "above", however they are written.
  if (id === '.' || id === '..') throw new ConnectorError(`a ${kind} called "${id}" has no address`)
  return `/subjects/${kind}/${encodeURIComponent(id)}`
}

/** JSON that was answered. */
export function readJson(method: ConnectorRequest['method'], text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new ConnectorError(`${method} answered something that is not JSON`)
  }
}

async function readShort(response: Response, longest: number): Promise<string> {
  if (response.body === null) return ''
  const chunks: Uint8Array[] = []
  let size = 0
  const reader: ReadableStreamDefaultReader<Uint8Array> = response.body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.byteLength
    if (size > longest) {
      await reader.cancel()
      throw new ConnectorError(`the answer is longer than ${longest / 1024} KB`, {
        status: response.status,
      })
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
