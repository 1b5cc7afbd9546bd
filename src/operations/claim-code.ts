/** The code that opens a claim: shown once, kept as a hash, and easy to write down by hand. */
import { createHash, timingSafeEqual } from 'node:crypto'

/** Without I, L, O and U, which are read as something else. */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** How many random bytes a code is made of: 80 bits, so there is nothing to guess. */
export const codeBytes = 10

/** A code such as 7KQX-M2D9-R4TB-0WZE, from that many random bytes. */
export function codeOf(bytes: Uint8Array): string {
  const bits = [...bytes.subarray(0, codeBytes)]
    .map((byte) => byte.toString(2).padStart(8, '0'))
    .join('')
  const code = (bits.match(/.{5}/g) ?? []).map((five) => letters[parseInt(five, 2)] ?? '').join('')
  return (code.match(/.{4}/g) ?? []).join('-')
}

/** What is kept of a code; however it was typed: small letters, other gaps, an O for a zero. */
export function hashOfCode(code: string): string {
  const plain = code
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
  return createHash('sha256').update(plain).digest('hex')
}

/** Whether a code is the one whose hash was kept. */
export function isCode(code: string, hash: string): boolean {
  return timingSafeEqual(Buffer.from(hashOfCode(code), 'hex'), Buffer.from(hash, 'hex'))
}
