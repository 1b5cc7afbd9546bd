/** A hand-over is the marketplace's word that a seller of its own stands at our door: signed, short, and good once. */
import { jwtVerify } from 'jose'
import { z } from 'zod'
import { refuse, type Refused } from '../core/refusal.ts'
import { transact } from '../store/db.ts'
import { contactNow } from '../store/seller.ts'
import type { App } from './app.ts'
import { done, type Result } from './result.ts'
import { useToken } from './used-token.ts'

/** The longest time between making a hand-over and its end, in seconds. */
export const handOverFor = 120

/** How far the shop's clock may be from ours, in seconds. */
const leeway = 5

const Claims = z.object({
  iss: z.string().min(1).max(300),
  sub: z.string().min(1).max(300),
  iat: z.number(),
  exp: z.number(),
  jti: z.string().min(8).max(300),
  /** One of the two names the contact who is handed over. */
  email: z.string().min(1).max(254).optional(),
  contact: z.string().min(1).max(300).optional(),
})

export interface HandedOver {
  sellerId: string
  /** The contact's address, as we know it. */
  address: string
}

/** Takes a hand-over, once; a refusal says in `detail` what is wrong with the token, for whoever builds the shop. */
export async function takeHandOver(
  app: App,
  { token, secret, audience }: { token: string; secret: string; audience: string },
): Promise<Result<HandedOver>> {
  const claims = await readToken(token, { secret, audience })
  if ('refusal' in claims) return claims
  const { iss, sub: sellerId, jti, exp, email, contact } = claims
  const expiresAt = new Date((exp + leeway) * 1000)
  if (!(await useToken(app, 'hand-over', { token: JSON.stringify([iss, jti]), expiresAt })))
    return wrong('It was used before: each has a jti of its own, and is good once.')
  const address = await transact(app.db, { inside: true }, (tx) =>
    contactNow(tx, { sellerId, id: contact ?? null, address: email ?? null }),
  )
  if (address === null)
    return wrong('Its contact is not one of this seller. Tell the contact first, at /v1/contacts.')
  return done({ sellerId, address: address.toLowerCase() })
}

async function readToken(
  token: string,
  { secret, audience }: { secret: string; audience: string },
): Promise<z.infer<typeof Claims> | Refused> {
  if (token.length > 4_000) return wrong('It is longer than 4,000 characters.')
  // Longer than it is signed for is longer than it is good for.
  const isOurs = (aud: unknown) => [aud].flat().some((one) => one === audience)
  const read = await jwtVerify(token, new TextEncoder().encode(secret), {
    // This one and no other, whatever the token says of itself.
    algorithms: ['HS256'],
    clockTolerance: leeway,
    maxTokenAge: handOverFor,
    requiredClaims: ['iss', 'aud', 'sub', 'iat', 'exp', 'jti'],
  }).catch((cause: unknown) => wrong(whyNot(cause)))
  if ('refusal' in read) return read
  if (!isOurs(read.payload.aud)) return wrong(`Its aud is not ${audience}.`)
  const claims = Claims.safeParse(read.payload)
  if (!claims.success)
    return wrong('Its iss, sub and jti are texts, and its iat and exp are seconds since 1970.')
  const { iat, exp, email, contact } = claims.data
  if (exp - iat > handOverFor)
    return wrong(`Its exp is more than ${handOverFor} seconds after its iat.`)
  if ((email === undefined) === (contact === undefined))
    return wrong('It names its contact by `email` or by `contact`, and by one of them only.')
  return claims.data
}

function wrong(detail: string): Refused {
  return refuse('hand_over_refused', detail)
}

/** What jose found, in a sentence. */
function whyNot(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  switch (code) {
    case 'ERR_JWT_EXPIRED':
      return 'It has run out, or was made more than 120 seconds ago.'
    case 'ERR_JOSE_ALG_NOT_ALLOWED':
      return 'It is not signed with HS256.'
    case 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED':
      return 'Its signature was not made with RECOURSE_HANDOVER_SECRET.'
    case 'ERR_JWT_CLAIM_VALIDATION_FAILED':
      return 'It lacks one of iss, aud, sub, iat, exp and jti, or one of them cannot be.'
    default:
      return 'It is not a token of three parts (JWS).'
  }
}
