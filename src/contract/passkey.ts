/** Passkeys on the wire, as the browser's own JSON of WebAuthn has them: https://www.w3.org/TR/webauthn-3/. */
import { z } from 'zod'

const Base64Url = z
  .string()
  .max(20_000)
  .regex(/^[A-Za-z0-9_-]*$/, 'base64url')

/** What the browser is to be asked; it goes to the browser as it is. */
export const PasskeyOptions = z.record(z.string(), z.unknown())

/** A passkey that was made. */
export const PasskeyCreated = z.object({
  id: Base64Url.min(1).max(2_000),
  rawId: Base64Url.max(2_000),
  response: z.object({
    clientDataJSON: Base64Url,
    attestationObject: Base64Url,
    transports: z.array(z.string().max(30)).max(10).default([]),
  }),
})
export type PasskeyCreated = z.infer<typeof PasskeyCreated>

/** A passkey that was shown. */
export const PasskeyAnswer = z.object({
  id: Base64Url.min(1).max(2_000),
  rawId: Base64Url.max(2_000),
  response: z.object({
    clientDataJSON: Base64Url,
    authenticatorData: Base64Url,
    signature: Base64Url,
    userHandle: Base64Url.nullish(),
  }),
})
export type PasskeyAnswer = z.infer<typeof PasskeyAnswer>
