/** A link is the way from a notice to its matter without signing in: who, what and until when, signed by us. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { later } from '../core/calendar.ts'
import { refuse, type Refused } from '../core/refusal.ts'

/** How long a link opens its matter: well past the months in which a decision can be contested. */
export const linkValidFor = 400 * 24 * 60 * 60_000

const Content = z.strictObject({
  s: z.string().min(1),
  d: z.string().nullable(),
  c: z.string().nullable(),
  /** Seconds since 1970. */
  e: z.int(),
})

export interface Link {
  sellerId: string
  decisionId: string | null
  caseId: string | null
}

/** What a link is for: the matter of a notice, or saying that a claim on the account was not one's own. */
export type LinkPurpose = 'matter' | 'claim'

export type LinkRead = ({ ok: true } & Link) | Refused

/** Signs a link's content into a token of two base64url parts. */
export function makeLink({
  secret,
  sellerId,
  decisionId,
  caseId,
  expiresAt,
  purpose = 'matter',
}: Link & { secret: string; expiresAt: Date; purpose?: LinkPurpose }): string {
  const content: z.infer<typeof Content> = {
    s: sellerId,
    d: decisionId,
    c: caseId,
    e: Math.floor(expiresAt.getTime() / 1000),
  }
  const payload = Buffer.from(JSON.stringify(content)).toString('base64url')
  return `${payload}.${sign(secret, payload, purpose).toString('base64url')}`
}

/** Reads a token: what it opens, or `link_invalid` when it is not ours or incomplete, or `link_expired`. */
export function readLink(
  secret: string,
  token: string,
  now: Date,
  purpose: LinkPurpose = 'matter',
): LinkRead {
  const [payload, signature, ...rest] = token.split('.')
  if (!payload || !signature || rest.length > 0 || token.length > 4_000)
    return refuse('link_invalid')
  const given = Buffer.from(signature, 'base64url')
  const expected = sign(secret, payload, purpose)
  // Re-encoding refuses the spare bits and stray characters that decoding would overlook.
  const isExact = given.toString('base64url') === signature
  if (!isExact || given.length !== expected.length || !timingSafeEqual(given, expected))
    return refuse('link_invalid')
  const content = Content.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')))
  if (!content.success) return refuse('link_invalid')
  const { s: sellerId, d: decisionId, c: caseId, e: seconds } = content.data
  if (now.getTime() >= seconds * 1000) return refuse('link_expired')
  return { ok: true, sellerId, decisionId, caseId }
}

/** The address that a notice carries. */
export function linkAddress(
  link: Link,
  { publicUrl, secret, now }: { publicUrl: string; secret: string; now: Date },
): string {
  const token = makeLink({ ...link, secret, expiresAt: later(now, linkValidFor) })
  return `${publicUrl.replace(/\/+$/, '')}/link/${token}`
}

/** Where who knows the account says that a claim was not theirs; the token is behind the #, so no server's log has it. */
export function claimLinkAddress(
  link: Link & { number: string },
  { publicUrl, secret, now }: { publicUrl: string; secret: string; now: Date },
): string {
  const { number, ...opens } = link
  const token = makeLink({
    ...opens,
    secret,
    expiresAt: later(now, linkValidFor),
    purpose: 'claim',
  })
  return `${publicUrl.replace(/\/+$/, '')}/recovery/${number}/not-us#${token}`
}

function sign(secret: string, payload: string, purpose: LinkPurpose): Buffer {
  if (secret.length < 16) throw new Error('sign a link: the secret is shorter than 16 characters')
  // The purpose is part of what is signed, so that the same secret used elsewhere signs nothing that opens here.
  const named = { matter: 'recourse link 1', claim: 'recourse claim link 1' }[purpose]
  return createHmac('sha256', secret).update(`${named}\n${payload}`).digest()
}
