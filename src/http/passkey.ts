/** The ceremonies of passkeys (WebAuthn): what the browser is asked, and whether what it answers is good. */
import { createHmac } from 'node:crypto'
import { isIP } from 'node:net'
import type { AuthenticatorTransport } from '@simplewebauthn/server'
import { refuse } from '../core/refusal.ts'
import type { PasskeyAnswer, PasskeyCreated } from '../contract/passkey.ts'
import { factorsOf, findPasskey, usedPasskey, type Passkey } from '../operations/factor.ts'
import { useToken } from '../operations/used-token.ts'
import { done, type Result } from '../operations/result.ts'
import { makeChallenge, readChallenge, type ChallengeFor } from './challenge.ts'
import type { HttpConfig } from './config.ts'
import type { Door } from './door.ts'

/** Read when somebody first uses a passkey: no start need wait for it. */
const ceremonies = () => import('@simplewebauthn/server')

/** Whether passkeys can work here: a browser binds them to a name, never to a number. */
export function hasPasskeys({ publicUrl }: Pick<HttpConfig, 'publicUrl'>): boolean {
  return isIP(new URL(publicUrl).hostname.replace(/^\[|\]$/g, '')) === 0
}

/** Asks the browser for a new passkey of this address; those that it has are left out. */
export async function askForPasskey(
  { app, config }: Door,
  { address, reader }: { address: string; reader: string },
) {
  const { passkeys } = await factorsOf(app, address)
  const { generateRegistrationOptions } = await ceremonies()
  return generateRegistrationOptions({
    rpName: app.marketplace,
    rpID: new URL(config.publicUrl).hostname,
    userName: address,
    userDisplayName: address,
    // The same for every passkey of an address, so that a device keeps one; and says nothing of the address.
    userID: new Uint8Array(
      createHmac('sha256', config.secret).update(`recourse passkey user 1\n${address}`).digest(),
    ),
    challenge: makeChallenge(config.secret, { purpose: 'adding', reader }, new Date()),
    attestationType: 'none',
    excludeCredentials: passkeys.map(descriptorOf),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
}

/** Checks what came of it; what is to be kept. */
export async function checkNewPasskey(
  door: Door,
  { answer, reader }: { answer: PasskeyCreated; reader: string },
): Promise<Result<Pick<Passkey, 'credentialId' | 'publicKey' | 'signCount' | 'transports'>>> {
  const seen = lookFor(door, { purpose: 'adding', reader })
  const { verifyRegistrationResponse } = await ceremonies()
  const verified = await verifyRegistrationResponse({
    response: {
      id: answer.id,
      rawId: answer.rawId,
      type: 'public-key',
      clientExtensionResults: {},
      response: {
        clientDataJSON: answer.response.clientDataJSON,
        attestationObject: answer.response.attestationObject,
        transports: transportsOf(answer.response.transports),
      },
    },
    expectedChallenge: seen.expected,
    ...expectedOf(door),
    requireUserVerification: true,
  }).catch(notAccepted(door))
  if (!verified?.verified || !(await seen.useUp())) return refuse('passkey_refused')
  const { credential } = verified.registrationInfo
  return done({
    credentialId: credential.id,
    publicKey: credential.publicKey,
    signCount: credential.counter,
    transports: [...new Set(answer.response.transports)].slice(0, 10),
  })
}

/** Asks the browser to show a passkey: any that it has for us, or one of those of an address. */
export async function askToShowPasskey(
  { app, config }: Door,
  { address, ...about }: ChallengeFor & { address: string | null },
) {
  const passkeys = address === null ? [] : (await factorsOf(app, address)).passkeys
  const { generateAuthenticationOptions } = await ceremonies()
  return generateAuthenticationOptions({
    rpID: new URL(config.publicUrl).hostname,
    challenge: makeChallenge(config.secret, about, new Date()),
    userVerification: 'required',
    allowCredentials: passkeys.map(descriptorOf),
  })
}

/** Checks a passkey that was shown; answers whose it is. */
export async function checkPasskey(
  door: Door,
  { answer, ...about }: ChallengeFor & { answer: PasskeyAnswer },
): Promise<Result<Passkey>> {
  const passkey = await findPasskey(door.app, answer.id)
  if (passkey === null) return refuse('passkey_refused')
  const seen = lookFor(door, about)
  const { verifyAuthenticationResponse } = await ceremonies()
  const verified = await verifyAuthenticationResponse({
    response: {
      id: answer.id,
      rawId: answer.rawId,
      type: 'public-key',
      clientExtensionResults: {},
      response: {
        clientDataJSON: answer.response.clientDataJSON,
        authenticatorData: answer.response.authenticatorData,
        signature: answer.response.signature,
        ...(answer.response.userHandle ? { userHandle: answer.response.userHandle } : {}),
      },
    },
    expectedChallenge: seen.expected,
    ...expectedOf(door),
    credential: {
      id: passkey.credentialId,
      publicKey: passkey.publicKey,
      counter: passkey.signCount,
      transports: transportsOf(passkey.transports),
    },
    requireUserVerification: true,
  }).catch(notAccepted(door))
  if (!verified?.verified || !(await seen.useUp())) return refuse('passkey_refused')
  await usedPasskey(door.app, passkey, { signCount: verified.authenticationInfo.newCounter })
  return done(passkey)
}

/** Reads the challenge while the library checks the rest, and uses it up once everything else is right. */
function lookFor({ app, config }: Door, about: ChallengeFor) {
  let seen: { token: string; expiresAt: Date } | null = null
  return {
    expected: (given: string): boolean => {
      const until = readChallenge(config.secret, given, about, new Date())
      if (until !== null) seen = { token: given, expiresAt: until }
      return until !== null
    },
    useUp: async () => seen !== null && (await useToken(app, 'passkey', seen)),
  }
}

/** The library throws what is wrong with an answer; the people who run the server may read it, the reader learns one sentence. */
function notAccepted({ app }: Door) {
  return (cause: unknown): null => {
    // Its words may quote the challenge or the credential; its kind does not.
    app.log('a passkey was not accepted', {
      error: cause instanceof Error ? cause.constructor.name : 'unknown',
    })
    return null
  }
}

function expectedOf({ config }: Door) {
  const { origin, hostname } = new URL(config.publicUrl)
  return { expectedOrigin: origin, expectedRPID: hostname }
}

function descriptorOf({ credentialId, transports }: Passkey) {
  return { id: credentialId, transports: transportsOf(transports) }
}

/** How a device says that it can be reached; a word that the library does not know only helps no browser. */
function transportsOf(words: string[]): AuthenticatorTransport[] {
  return words.slice(0, 10) as AuthenticatorTransport[] // handed back to the browser that said them
}
