/** Lines are what a stream of bytes is cut into at its newlines, in blocks that a worker can take whole. */

/** A longer line is never held in memory: it is skipped to its newline and refused. */
export const MAX_LINE_BYTES = 4 * 1024 * 1024

export const NEWLINE = 10
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf]

/** Some whole lines; or one line that was too long to be kept, whose bytes are gone. */
export interface Block {
  /** They stand alone in their buffer, so that it can be given away. */
  bytes: Uint8Array<ArrayBuffer>
  /** From 1. */
  firstLine: number
  isTooLong: boolean
}

/** How lines are gathered into blocks that are worth handing over. */
export interface Gathering {
  /** A block of this many bytes is passed on; one may be larger by what came last. */
  bytes: number
  /** Resolves soon: no line waits longer than this for others to come. */
  soon: () => Promise<unknown>
}

export interface Line {
  /** From 1; blank lines are counted, though not given. */
  line: number
  /** Null when it is longer than `MAX_LINE_BYTES`. */
  bytes: Uint8Array | null
}

/**
 * Cuts bytes into blocks of whole lines, and holds the one line that is open. What came is passed on at once, at its last
 * newline, or gathered first where that is asked for.
 */
export async function* blocksOf(
  source: AsyncIterable<Uint8Array>,
  gathering?: Gathering,
): AsyncGenerator<Block> {
  const [whole, open] = [createHeap(), createHeap()]
  let firstLine = 1
  let isSkipping = false
  let lines = 0
  const takeWhole = (): Block => {
    const block = { bytes: whole.take(), firstLine, isTooLong: false }
    firstLine += lines
    lines = 0
    return block
  }

  for await (const chunk of chunksOf(source, gathering && { ...gathering, held: whole })) {
    if (chunk === null) {
      yield takeWhole()
      continue
    }
    let rest = chunk
    if (isSkipping) {
      const newline = rest.indexOf(NEWLINE)
      if (newline < 0) continue
      rest = rest.subarray(newline + 1)
      isSkipping = false
    }
    const end = rest.lastIndexOf(NEWLINE) + 1
    if (end > 0) {
      open.moveTo(whole)
      whole.add(rest.subarray(0, end))
      // Here and not of the whole: what comes as a Buffer of Node finds a byte ten times as fast as other bytes do.
      lines += countNewlines(rest.subarray(0, end))
    }
    open.add(rest.subarray(end))
    const isTooLong = open.size() > MAX_LINE_BYTES
    if (whole.size() > 0 && (isTooLong || whole.size() >= (gathering?.bytes ?? 0)))
      yield takeWhole()
    if (!isTooLong) continue
    open.clear()
    isSkipping = true
    yield { bytes: new Uint8Array(0), firstLine, isTooLong }
    firstLine++
  }
  open.moveTo(whole)
  if (whole.size() > 0) yield takeWhole()
}

/** The chunks of a source; and null where bytes are held and nothing more came soon. */
async function* chunksOf(
  source: AsyncIterable<Uint8Array>,
  waiting: (Pick<Gathering, 'soon'> & { held: Heap }) | undefined,
): AsyncGenerator<Uint8Array | null> {
  if (waiting === undefined) {
    yield* source
    return
  }
  const chunks = source[Symbol.asyncIterator]()
  let coming: Promise<IteratorResult<Uint8Array>> | null = null
  let pause: Promise<null> | null = null
  try {
    for (;;) {
      coming ??= chunks.next()
      pause = waiting.held.size() === 0 ? null : (pause ?? waiting.soon().then(() => null))
      const came: IteratorResult<Uint8Array> | null = await (pause === null
        ? coming
        : Promise.race([coming, pause]))
      if (came !== null) coming = null
      if (came?.done) return
      yield came === null ? null : came.value
    }
  } finally {
    // A read that is under way ends when its source is closed: it is not waited for, and nobody wants it any more.
    coming?.catch(() => undefined)
    const closing = chunks.return?.()
    if (coming === null) await closing
    else closing?.catch(() => undefined)
  }
}

/** The lines of a block that hold anything, without their line ends. */
export function* linesIn(block: Block): Generator<Line> {
  if (block.isTooLong) {
    yield { line: block.firstLine, bytes: null }
    return
  }
  const bytes = withoutMark(block)
  let line = block.firstLine
  let start = 0
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

/** The bytes of a block, without the mark that some programs put before the first line. */
export function withoutMark({ bytes, firstLine }: Block): Uint8Array<ArrayBuffer> {
  const isMarked = firstLine === 1 && BYTE_ORDER_MARK.every((byte, at) => bytes[at] === byte)
  return isMarked ? bytes.subarray(BYTE_ORDER_MARK.length) : bytes
}

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at]
    // Space, tab and carriage return: what JSON too takes for nothing.
    if (byte !== 32 && byte !== 9 && byte !== 13) return false
  }
  return true
}

type Heap = ReturnType<typeof createHeap>

/** Parts that lie one after another until they are wanted as one. */
function createHeap() {
  let parts: Uint8Array[] = []
  let size = 0
  const clear = () => {
    parts = []
    size = 0
  }
  const add = (part: Uint8Array) => {
    if (part.length === 0) return
    parts.push(part)
    size += part.length
  }
  return {
    size: () => size,
    add,
    clear,
    moveTo: (other: { add: (part: Uint8Array) => void }) => {
      parts.forEach(other.add)
      clear()
    },
    /** Everything as one copy; the heap is empty then. */
    take: (): Uint8Array<ArrayBuffer> => {
      const joined = joinBytes(parts)
      clear()
      return joined
    },
  }
}

/** Bytes one after another, as one copy. */
export function joinBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
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
