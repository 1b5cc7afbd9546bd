/** A challenge is what a passkey signs: made by us for one purpose and one reader, good for minutes and once. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** How long a person may take, in milliseconds. */
const goodFor = 5 * 60_000

const randomLength = 16
const timeLength = 6

export interface ChallengeFor {
  purpose: 'sign-in' | 'proof' | 'adding' | 'claim'
  /** The session that asked, the claim that it is for, or nothing where nobody is signed in. */
  reader: string
}

/** Makes one. Nothing of it is kept: strangers who ask for many fill no table. */
export function makeChallenge(
  secret: string,
  about: ChallengeFor,
  now: Date,
): Uint8Array<ArrayBuffer> {
  const head = Buffer.alloc(randomLength + timeLength)
  randomBytes(randomLength).copy(head)
  head.writeUIntBE(now.getTime() + goodFor, randomLength, timeLength)
  return new Uint8Array(Buffer.concat([head, sign(secret, head, about)]))
}

/** Reads one as it came back, in base64url; until when it is good, or null when it is not ours, for something else, or too old. */
export function readChallenge(
  secret: string,
  given: string,
  about: ChallengeFor,
  now: Date,
): Date | null {
  const bytes = Buffer.from(given, 'base64url')
  const head = bytes.subarray(0, randomLength + timeLength)
  const signature = bytes.subarray(randomLength + timeLength)
  const expected = sign(secret, head, about)
  if (bytes.toString('base64url') !== given || signature.length !== expected.length) return null
  if (!timingSafeEqual(signature, expected)) return null
  const until = new Date(head.readUIntBE(randomLength, timeLength))
  return now < until ? until : null
}

function sign(secret: string, head: Uint8Array, { purpose, reader }: ChallengeFor): Buffer {
  return createHmac('sha256', secret)
    .update(`recourse passkey challenge 1\n${purpose}\n${reader}\n`)
    .update(head)
    .digest()
}
