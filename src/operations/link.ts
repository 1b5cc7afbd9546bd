/** A link is the way from a notice to its matter without signing in: who, what and until when, signed by us. */
import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { later } from '../core/calendar.ts'
import { refuse, type Refused } from '../core/refusal.ts'
import { transact } from '../store/db.ts'
import { linkFloor } from '../store/hand-over.ts'
import type { App } from './app.ts'
import { codeBytes, codeOf } from './claim-code.ts'
import { readToken, signToken } from './signed-token.ts'

/** How long a link opens its matter: well past the months in which a decision can be contested. */
export const linkValidFor = 400 * 24 * 60 * 60_000

const Content = z.strictObject({
  s: z.string().min(1),
  d: z.string().nullable(),
  c: z.string().nullable(),
  /** To which contact it went, where that matters. */
  k: z.string().min(1).optional(),
  /** Seconds since 1970. */
  e: z.int(),
})

export interface Link {
  sellerId: string
  decisionId: string | null
  caseId: string | null
  /** The contact that it went to; absent where it says nothing of that. */
  contactId?: string | null
}

/** What a link is for: the matter of a notice, or saying that a claim on the account was not one's own. */
export type LinkPurpose = 'matter' | 'claim'

export type LinkRead = ({ ok: true; madeAt: Date } & Link) | Refused

/** Signs a link's content into a token of two base64url parts. */
export function makeLink({
  secret,
  sellerId,
  decisionId,
  caseId,
  contactId = null,
  expiresAt,
  purpose = 'matter',
}: Link & { secret: string; expiresAt: Date; purpose?: LinkPurpose }): string {
  const content: z.infer<typeof Content> = {
    s: sellerId,
    d: decisionId,
    c: caseId,
    ...(contactId === null ? {} : { k: contactId }),
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
  const { s: sellerId, d: decisionId, c: caseId, k: contactId = null, e: seconds } = content.data
  if (now.getTime() >= seconds * 1000) return refuse('link_expired')
  // Every link is good for as long.
  const madeAt = later(new Date(seconds * 1000), -linkValidFor)
  return { ok: true, sellerId, decisionId, caseId, contactId, madeAt }
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

/** Where a letter of a claim is shown; its code is behind the #, so no server's log has it. */
export function letterAddress(
  { number, purpose, letterId }: { number: string; purpose: 'proof' | 'binding'; letterId: string },
  { publicUrl, secret }: { publicUrl: string; secret: string },
): string {
  return `${publicUrl.replace(/\/+$/, '')}/recovery/${number}/${purpose}#${letterCode(secret, letterId)}`
}

/** The code of a letter: worked out from its id by a secret of ours, so that nothing of it is kept. */
export function letterCode(secret: string, letterId: string): string {
  const bytes = createHmac('sha256', secret).update(`recourse claim letter 1\n${letterId}`).digest()
  return codeOf(bytes.subarray(0, codeBytes))
}

/** Whether a link was made before all that the account had was ended by a hand-over: then it opens nothing. */
export async function isLinkEnded(
  app: App,
  { sellerId, madeAt }: { sellerId: string; madeAt: Date },
): Promise<boolean> {
  const floor = await transact(app.db, { entrance: true }, (tx) => linkFloor(tx, sellerId))
  // A link carries whole seconds.
  return floor !== null && madeAt.getTime() < Math.floor(floor.getTime() / 1000) * 1000
}
