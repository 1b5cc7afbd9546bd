/** A document in a file, as text: no more of it than can be read, and in UTF-8. */
import { open } from 'node:fs/promises'
import { decodeUtf8 } from '../screening/utf8.ts'
import { CannotRun } from './command.ts'
import { cannotRead } from './input.ts'

/** More than any document that can be read; what is longer is not loaded. */
const MAX_BYTES = 1_000_000

/** The text of a file, or a sentence that says why there is none. */
export async function readDocumentFile(file: string): Promise<string> {
  const text = decodeUtf8(await readStart(file))
  if (text === null) throw new CannotRun(`${file}:1:1: the file is not UTF-8 text.`)
  return text
}

/** At most a little more than can be read, also of what never ends. */
async function readStart(file: string): Promise<Buffer> {
  try {
    await using opened = await open(file)
    const chunks: Buffer[] = []
    let length = 0
    for await (const chunk of opened.createReadStream({ end: MAX_BYTES, autoClose: false })) {
      const bytes = chunk as Buffer // a stream without an encoding gives buffers
      chunks.push(bytes)
      length += bytes.length
      if (length > MAX_BYTES)
        throw new CannotRun(`${file}:1:1: the file is longer than ${MAX_BYTES / 1_000_000} MB.`)
    }
    return Buffer.concat(chunks)
  } catch (cause) {
    if (cause instanceof CannotRun) throw cause
    throw cannotRead(file, cause)
  }
}
