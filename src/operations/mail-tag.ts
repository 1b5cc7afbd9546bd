/** A tag stands behind the plus of an address and says which matter a mail belongs to; only we can make one. */
import { createHmac, timingSafeEqual } from 'node:crypto'

/** What a tag names, with the first letter of the tag and the prefix of its ids. */
const kinds = { c: 'cas', d: 'dec' } as const

export type Tagged = { caseId: string; decisionId: null } | { caseId: null; decisionId: string }

const digits = 'abcdefghijklmnopqrstuvwxyz234567'

/** The tag of a case or a decision: its id and 80 bits of ours, in letters that no mail server changes. */
export function makeTag(secret: string, { caseId, decisionId }: Tagged): string {
  const [kind, id] = caseId === null ? (['d', decisionId] as const) : (['c', caseId] as const)
  const bytes = bytesOf(id, kinds[kind])
  return `${kind}${encode(bytes)}${encode(sign(secret, kind, bytes))}`
}

/** What a tag names, or null for one that is not ours. */
export function readTag(secret: string, tag: string): Tagged | null {
  const found = /^([cd])([a-z2-7]{26})([a-z2-7]{16})$/.exec(tag.toLowerCase())
  const [, kind, id = '', mark = ''] = found ?? []
  if (kind !== 'c' && kind !== 'd') return null
  const bytes = decode(id)
  if (encode(bytes) !== id) return null
  if (!timingSafeEqual(sign(secret, kind, bytes), decode(mark))) return null
  const named = `${kinds[kind]}_${bytes.toString('hex')}`
  return kind === 'c' ? { caseId: named, decisionId: null } : { caseId: null, decisionId: named }
}

/** The tag of the address that bounces of a notice come back to: its id, which nobody can guess. */
export function bounceTag(noticeId: string): string {
  return `n${encode(bytesOf(noticeId, 'ntc'))}`
}

/** The notice that a bounce is about, or null. */
export function readBounceTag(tag: string): string | null {
  const id = /^n([a-z2-7]{26})$/.exec(tag.toLowerCase())?.[1]
  return id === undefined ? null : `ntc_${decode(id).toString('hex')}`
}

function bytesOf(id: string, prefix: string): Buffer {
  const hex = new RegExp(`^${prefix}_([0-9a-f]{32})$`).exec(id)?.[1]
  if (hex === undefined) throw new Error(`make a tag: ${id} is not an id of ours`)
  return Buffer.from(hex, 'hex')
}

function sign(secret: string, kind: string, bytes: Buffer): Buffer {
  if (secret.length < 16) throw new Error('make a tag: the secret is shorter than 16 characters')
  return createHmac('sha256', secret)
    .update(`recourse mail tag 1\n${kind}`)
    .update(bytes)
    .digest()
    .subarray(0, 10)
}

/** RFC 4648's base32 in small letters and without padding. */
function encode(bytes: Buffer): string {
  let [held, bits, out] = [0, 0, '']
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xffff
    bits += 8
    for (; bits >= 5; bits -= 5) out += digits[(held >> (bits - 5)) & 31] ?? ''
  }
  return bits > 0 ? out + (digits[(held << (5 - bits)) & 31] ?? '') : out
}

function decode(text: string): Buffer {
  const bytes: number[] = []
  let [held, bits] = [0, 0]
  for (const digit of text) {
    held = ((held << 5) | digits.indexOf(digit)) & 0xffff
    bits += 5
    if (bits < 8) continue
    bits -= 8
    bytes.push((held >> bits) & 255)
  }
  return Buffer.from(bytes)
}
