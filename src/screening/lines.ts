/** Lines are what a stream of bytes is cut into at its newlines, in blocks that a worker can take whole. */

/** A longer line is never held in memory: it is skipped to its newline and refused. */
export const MAX_LINE_BYTES = 4 * 1024 * 1024

const NEWLINE = 10
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf]

/** Some whole lines; or one line that was too long to be kept, whose bytes are gone. */
export interface Block {
  bytes: Uint8Array
  /** From 1. */
  firstLine: number
  isTooLong: boolean
}

export interface Line {
  /** From 1; blank lines are counted, though not given. */
  line: number
  /** Null when it is longer than `MAX_LINE_BYTES`. */
  bytes: Uint8Array | null
}

/** Cuts bytes into blocks of whole lines; what came is passed on at its last newline, and one open line is held. */
export async function* blocksOf(source: AsyncIterable<Uint8Array>): AsyncGenerator<Block> {
  let held: Uint8Array[] = []
  let heldBytes = 0
  let firstLine = 1
  let isSkipping = false

  for await (const chunk of source) {
    let rest = chunk
    if (isSkipping) {
      const newline = rest.indexOf(NEWLINE)
      if (newline < 0) continue
      rest = rest.subarray(newline + 1)
      isSkipping = false
    }
    const whole = rest.lastIndexOf(NEWLINE) + 1
    if (whole > 0) {
      const bytes = joinBytes([...held, rest.subarray(0, whole)])
      yield { bytes, firstLine, isTooLong: false }
      firstLine += countNewlines(bytes)
      ;[held, heldBytes] = [[], 0]
    }
    if (whole === rest.length) continue
    held.push(rest.subarray(whole))
    heldBytes += rest.length - whole
    if (heldBytes <= MAX_LINE_BYTES) continue
    yield { bytes: new Uint8Array(0), firstLine, isTooLong: true }
    firstLine++
    ;[held, heldBytes, isSkipping] = [[], 0, true]
  }
  if (heldBytes > 0) yield { bytes: joinBytes(held), firstLine, isTooLong: false }
}

/** The lines of a block that hold anything, without their line ends. */
export function* linesIn(block: Block): Generator<Line> {
  if (block.isTooLong) {
    yield { line: block.firstLine, bytes: null }
    return
  }
  const { bytes } = block
  let line = block.firstLine
  let start = line === 1 && BYTE_ORDER_MARK.every((byte, at) => bytes[at] === byte) ? 3 : 0
  while (start < bytes.length) {
    const newline = bytes.indexOf(NEWLINE, start)
    const end = newline < 0 ? bytes.length : newline
    if (!isBlank(bytes, start, end)) {
      yield { line, bytes: end - start > MAX_LINE_BYTES ? null : bytes.subarray(start, end) }
    }
    start = end + 1
    line++
  }
}

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at]
    // Space, tab and carriage return: what JSON too takes for nothing.
    if (byte !== 32 && byte !== 9 && byte !== 13) return false
  }
  return true
}

function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts
  if (parts.length === 1 && only) return only
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

function countNewlines(bytes: Uint8Array): number {
  let count = 0
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) count++
  return count
}
