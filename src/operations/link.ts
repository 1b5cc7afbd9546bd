/** A link is the way from a notice to its matter without signing in: who, what and until when, signed by us. */
import { z } from 'zod'
import { later } from '../core/calendar.ts'
import { refuse, type Refused } from '../core/refusal.ts'
import { readToken, signToken } from './signed-token.ts'

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
  return signToken(secret, purpose, content)
}

/** Reads a token: what it opens, or `link_invalid` when it is not ours or incomplete, or `link_expired`. */
export function readLink(
  secret: string,
  token: string,
  now: Date,
  purpose: LinkPurpose = 'matter',
): LinkRead {
  const opened = readToken(secret, purpose, token)
  if (!opened.ok) return opened
  const content = Content.safeParse(opened.value)
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
