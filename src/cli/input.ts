/** The input of a command is a file or standard input, plain or gzip: whichever its first bytes say. */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { wordsOf } from '../core/thrown.ts'
import { CannotRun } from './command.ts'

const CHUNK = 256 * 1024

export interface Input {
  source: Readable
  /** How much of it has been read, from 0 to 1; null where nobody knows how much there is, as in a pipe. */
  shareRead: () => number | null
}

/** Opens a file for reading, or gives standard input for `-`; says why when it cannot. */
export async function openInput(file: string, stdin: Readable): Promise<Input> {
  if (file === '-') return { source: stdin, shareRead: () => null }
  const found = await stat(file).catch((cause: unknown) => {
    throw cannotRead(file, cause)
  })
  if (found.isDirectory()) throw new CannotRun(`${file} is a folder; name a file of listings.`)
  const source = createReadStream(file, { highWaterMark: CHUNK })
  const { size } = found
  return {
    source,
    shareRead: () => (found.isFile() && size > 0 ? Math.min(1, source.bytesRead / size) : null),
  }
}

/** The sentence for a file or folder that cannot be read. */
export function cannotRead(path: string, cause: unknown): CannotRun {
  const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
  const why = wordsOf(cause)
  return new CannotRun(isMissing ? `${path} does not exist.` : `${path} cannot be read: ${why}.`, {
    cause,
  })
}

/** The bytes of a source, unpacked where they are gzip. */
export async function* plainBytes(source: Readable): AsyncGenerator<Uint8Array> {
  const chunks = source[Symbol.asyncIterator]() as AsyncIterator<Buffer> // a stream without an encoding gives buffers
  const opening: Buffer[] = []
  while (Buffer.concat(opening).length < 2) {
    const next = await chunks.next()
    if (next.done) break
    opening.push(next.value)
  }
  const rest = all(opening, chunks)
  const [first, second] = Buffer.concat(opening)
  if (first !== 0x1f || second !== 0x8b) {
    yield* rest
    return
  }
  const unpacked = createGunzip({ chunkSize: CHUNK })
  // An error on the way ends `unpacked` with it, and so reaches whoever reads.
  pipeline(Readable.from(rest, { objectMode: false }), unpacked, () => undefined)
  yield* unpacked as AsyncIterable<Buffer> // a stream without an encoding gives buffers
}

async function* all(
  opening: readonly Buffer[],
  chunks: AsyncIterator<Buffer>,
): AsyncGenerator<Buffer> {
  try {
    yield* opening
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value
  } finally {
    await chunks.return?.()
  }
}
