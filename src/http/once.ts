/** A request told twice: what its Idempotency-Key is held against. */
import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Who } from '../operations/who.ts'
import { refuseRequest } from './problem.ts'

export interface Idempotency {
  caller: string
  key: string
  requestKey: string
}

/** The key of this request, or null when it carries none. The same key with other bytes is another request. */
export function idempotencyOf(
  request: FastifyRequest,
  who: Who,
  body: Uint8Array | null,
): Idempotency | null {
  const key = request.headers['idempotency-key']
  if (key === undefined || request.method !== 'POST') return null
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key)) {
    refuseRequest('invalid_request', 'An Idempotency-Key has 1 to 200 printable characters.')
  }
  const requestKey = createHash('sha256')
    .update(`${request.method} ${request.url}\n`)
    .update(body ?? '')
    .digest('hex')
  return { caller: callerOf(who), key, requestKey }
}

function callerOf(who: Who): string {
  switch (who.kind) {
    case 'marketplace':
      return `marketplace:${who.keyId}`
    case 'staff':
      return `staff:${who.id}`
    case 'seller':
      return `seller:${who.sellerId}:${who.by}`
    case 'claim':
      return `claim:${who.claimId}`
    case 'reporter':
      return `complaint:${who.complaintId}`
    case 'nobody':
      return 'nobody'
  }
}
