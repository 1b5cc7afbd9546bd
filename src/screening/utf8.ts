/** UTF-8 is what listings come in and verdicts go out as. */
import { isUtf8 } from 'node:buffer'

/** UTF-8 to text; null where the bytes are not UTF-8, since a guessed character would move offsets. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  if (!isUtf8(bytes)) return null
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
}

/** Text to UTF-8, in a buffer of its own. */
export function encodeUtf8(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text)
}

const encoder = new TextEncoder()
