/** The output of a command: written as fast as the reader takes it, and quiet when the reader has gone. */
import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import type { Writable } from 'node:stream'
import { CannotRun } from './command.ts'

export interface Output {
  /** False when nobody reads any more. */
  write(content: string | Uint8Array): Promise<boolean>
  /** Resolves when everything has left. */
  finish(): Promise<void>
}

/** Opens a file to write to, or writes to the given stream where no file is named. */
export async function openOutput(file: string | undefined, stdout: Writable): Promise<Output> {
  if (file === undefined) return outputTo(stdout, 'standard output')
  const stream = createWriteStream(file)
  const output = outputTo(stream, file)
  await once(stream, 'open').catch((cause: unknown) => {
    throw cannotWrite(file, cause)
  })
  return { ...output, finish: () => endFile(stream, file) }
}

function outputTo(stream: Writable, name: string): Output {
  let failure: NodeJS.ErrnoException | null = null
  stream.on('error', (cause: NodeJS.ErrnoException) => (failure ??= cause))
  const isOpen = () => {
    if (failure === null) return true
    // The reader, such as `head`, has what it wanted.
    if (failure.code === 'EPIPE') return false
    throw cannotWrite(name, failure)
  }
  return {
    write: async (content) => {
      if (!isOpen()) return false
      if (content.length > 0 && !stream.write(content))
        await once(stream, 'drain').catch(() => undefined) // kept in `failure`
      return isOpen()
    },
    finish: async () => {
      await new Promise<void>((resolve) => {
        stream.write('', () => resolve())
      })
      isOpen()
    },
  }
}

async function endFile(stream: Writable, name: string): Promise<void> {
  try {
    stream.end()
    if (!stream.writableFinished) await once(stream, 'finish')
  } catch (cause) {
    throw cannotWrite(name, cause)
  }
}

function cannotWrite(name: string, cause: unknown): CannotRun {
  return new CannotRun(
    `${name} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}.`,
    { cause },
  )
}
