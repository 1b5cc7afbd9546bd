/** Passkeys in the browser: it makes and shows them, and what it says no with becomes a sentence. */
import {
  browserSupportsWebAuthn,
  startAuthentication,
  startRegistration,
  WebAuthnError,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'
import { api } from './api.ts'

type Shown = PublicKeyCredentialRequestOptionsJSON
type Made = PublicKeyCredentialCreationOptionsJSON

/** Whether this browser has passkeys at all. */
export const hasPasskeys = browserSupportsWebAuthn()

/** The browser, or whoever sits before it, said no; the message is for people. */
export class PasskeyNo extends Error {}

/** Signs in by whichever passkey the browser has for us. */
export async function signInByPasskey(): Promise<void> {
  const optionsJSON = optionsOf<Shown>(await api.session.startPasskeySignIn())
  const passkey = await asked(() => startAuthentication({ optionsJSON }))
  await api.session.signInByPasskey({ passkey })
}

/** Proves by one of one's passkeys that it is oneself. */
export async function proveByPasskey(): Promise<void> {
  const optionsJSON = optionsOf<Shown>(await api.security.startProof())
  const passkey = await asked(() => startAuthentication({ optionsJSON }))
  await api.security.prove({ passkey })
}

/** Shows a passkey for options that somebody else asked for, such as a claim; any that the browser has for us. */
export function showPasskey(options: Record<string, unknown>) {
  const optionsJSON = optionsOf<Shown>(options)
  return asked(() => startAuthentication({ optionsJSON }))
}

/** Makes a passkey on this device or another, and adds it. */
export async function addPasskey(name: string) {
  const optionsJSON = optionsOf<Made>(await api.security.startPasskey())
  const passkey = await asked(() => startRegistration({ optionsJSON }))
  return api.security.addPasskey({ name, passkey })
}

async function asked<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (cause) {
    throw new PasskeyNo(wordsFor(cause), { cause })
  }
}

function wordsFor(cause: unknown): string {
  const code = cause instanceof WebAuthnError ? cause.code : ''
  if (code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED')
    return 'This device has a passkey for you already. It is in the list.'
  if (code === 'ERROR_AUTHENTICATOR_MISSING_USER_VERIFICATION_SUPPORT')
    return 'This key cannot check that it is you. Use one with a finger, a face or a number.'
  if (cause instanceof Error && cause.name === 'NotAllowedError')
    return 'No passkey was chosen, or it took too long. Nothing has changed.'
  return 'The browser could not do it. Nothing has changed; try again, or use another browser.'
}

/** The options as the server's library made them for the browser's; the wire says only that they are an object. */
function optionsOf<T>(options: Record<string, unknown>): T {
  return options as T // both ends are the same library
}
