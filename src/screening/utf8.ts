/** UTF-8 is what listings come in and verdicts go out as. */
import { isUtf8 } from 'node:buffer'
import type { Output, Utf8 } from './block.ts'
import type { TextIn } from './scan/told-line.ts'

/** UTF-8 to text; null where the bytes are not UTF-8, since a guessed character would move offsets. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  return isUtf8(bytes) ? textIn(bytes)(0, bytes.length) : null
}

function textIn({ buffer, byteOffset, byteLength }: Uint8Array): TextIn {
  const bytes = Buffer.from(buffer, byteOffset, byteLength)
  return (start, end) => bytes.toString('utf8', start, end)
}

/** Text to UTF-8, in a buffer of its own. */
export function encodeUtf8(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text)
}

const encoder = new TextEncoder()

/** The means of one thread to screen blocks. */
export function openUtf8(): Utf8 {
  return { decode: decodeUtf8, textIn, output: openOutput() }
}

/** UTF-8 has at most so many bytes for each code unit of a text. */
const BYTES_A_UNIT = 3

function openOutput(): Output {
  let room = Buffer.alloc(1 << 16)
  let length = 0
  const makeRoom = (bytes: number) => {
    if (length + bytes <= room.length) return
    const wider = Buffer.alloc(Math.max(length + bytes, room.length * 2))
    room.copy(wider, 0, 0, length)
    room = wider
  }
  return {
    addBytes(bytes) {
      makeRoom(bytes.length)
      room.set(bytes, length)
      length += bytes.length
    },
    addText(text) {
      makeRoom(text.length * BYTES_A_UNIT)
      length += room.write(text, length)
    },
    take() {
      const all = new Uint8Array(room.subarray(0, length))
      length = 0
      return all
    },
  }
}
