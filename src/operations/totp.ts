/** Codes of an authenticator app (RFC 6238): six digits that change every half minute. */
import { createOTP } from '@better-auth/utils/otp'
import { base32 } from '@better-auth/utils/base32'

const period = 30_000

/** A code may be this many half minutes early or late: telephones are not exact. */
const leeway = 1

/** The half minute whose code this is, or null when it is none of now. */
export async function stepOfCode(
  secret: Uint8Array,
  code: string,
  now: Date,
): Promise<number | null> {
  const plain = code.replaceAll(/\s/g, '')
  if (!/^\d{6}$/.test(plain)) return null
  const otp = createOTP(secret)
  const current = Math.floor(now.getTime() / period)
  let found: number | null = null
  // All of them are worked out, so that how long it takes does not tell which one it was.
  for (let step = current - leeway; step <= current + leeway; step++)
    if ((await otp.hotp(step)) === plain) found = step
  return found
}

/** What an app reads from the picture, and what a person types where there is no camera. */
export function totpAddress(
  secret: Uint8Array,
  { issuer, account }: { issuer: string; account: string },
): { uri: string; key: string } {
  const key = base32.encode(secret, { padding: false })
  return {
    uri: createOTP(secret).url(issuer, account),
    key: (key.match(/.{1,4}/g) ?? []).join(' '),
  }
}
