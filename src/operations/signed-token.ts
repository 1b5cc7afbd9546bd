/** A signed token holds something small that we give away and are shown again: for one purpose, and only we can make it. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { refuse, type Refused } from '../core/refusal.ts'

/** What each token is for. It is part of what is signed, so that one made for one thing opens no other. */
const purposes = {
  matter: 'recourse link 1',
  claim: 'recourse claim link 1',
  file: 'recourse file 1',
} as const

export type Purpose = keyof typeof purposes

const longest = 4_000

/** Signs a value into a token of two base64url parts. */
export function signToken(secret: string, purpose: Purpose, value: unknown): string {
  const payload = Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${payload}.${sign(secret, payload, purpose).toString('base64url')}`
}

/** What a token of ours holds, or `link_invalid` when it is not one, was changed, or a part of it is missing. */
export function readToken(
  secret: string,
  purpose: Purpose,
  token: string,
): { ok: true; value: unknown } | Refused {
  const [payload, signature, ...rest] = token.split('.')
  if (!payload || !signature || rest.length > 0 || token.length > longest)
    return refuse('link_invalid')
  const given = Buffer.from(signature, 'base64url')
  const expected = sign(secret, payload, purpose)
  // Re-encoding refuses the spare bits and stray characters that decoding would overlook.
  const isExact = given.toString('base64url') === signature
  if (!isExact || given.length !== expected.length || !timingSafeEqual(given, expected))
    return refuse('link_invalid')
  return { ok: true, value: JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) }
}

function sign(secret: string, payload: string, purpose: Purpose): Buffer {
  if (secret.length < 16) throw new Error('sign a link: the secret is shorter than 16 characters')
  return createHmac('sha256', secret).update(`${purposes[purpose]}\n${payload}`).digest()
}
