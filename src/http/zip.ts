/** An archive that is written while its files are read: one of them in memory at a time, and the same files give the same bytes. */
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate'

export interface ZipEntry {
  name: string
  bytes: Uint8Array
  /** Pictures and papers are packed already. */
  isPacked: boolean
}

/** No archive can say an earlier time; taken as the clock on the wall, which is what archives keep. */
const noTime = new Date(1980, 0, 1)

/** Gives the pieces of the archive, in order. */
export async function* zipOf(entries: AsyncIterable<ZipEntry>): AsyncGenerator<Uint8Array> {
  const pieces: Uint8Array[] = []
  const broken: Error[] = []
  const zip = new Zip((error, piece) => {
    if (error) broken.push(error)
    else pieces.push(piece)
  })
  function* ready(): Generator<Uint8Array> {
    const [error] = broken
    if (error) throw new Error('write an archive', { cause: error })
    yield* pieces.splice(0)
  }
  for await (const { name, bytes, isPacked } of entries) {
    const file = isPacked ? new ZipPassThrough(name) : new ZipDeflate(name, { level: 6 })
    file.mtime = noTime
    zip.add(file)
    file.push(bytes, true)
    yield* ready()
  }
  zip.end()
  yield* ready()
}
