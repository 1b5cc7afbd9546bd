/** The output of a command: written as fast as the reader takes it; a file is there whole, or stays as it was. */
import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { open, realpath, rename, rm, stat } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Writable } from 'node:stream'
import { wordsOf } from '../core/thrown.ts'
import { CannotRun } from './command.ts'

/** Left before it is finished, a file stays as it was; what a pipe or a device was given is gone. */
export interface Output extends AsyncDisposable {
  /** False when nobody reads any more. */
  write(content: string | Uint8Array): Promise<boolean>
  /** Resolves when everything has left; a file takes its name only now. */
  finish(): Promise<void>
}

/** Opens a file to write to, or writes to the given stream where no file is named. */
export async function openOutput(file: string | undefined, stdout: Writable): Promise<Output> {
  if (file === undefined) return outputTo(stdout)
  const found = await stat(file).catch(() => null) // what is wrong with the place is said when it is opened
  try {
    if (found?.isDirectory()) throw new Error('it is a folder')
    if (found !== null && (!found.isFile() || isOpenAlready(file))) return await openDirectly(file)
    return await openBeside(file, found?.mode)
  } catch (cause) {
    throw cannotWrite(file, cause)
  }
}

/** Opens, writes and finishes in one go. */
export async function writeOutput(
  file: string | undefined,
  stdout: Writable,
  content: string,
): Promise<void> {
  await using output = await openOutput(file, stdout)
  await output.write(content)
  await output.finish()
}

function outputTo(stream: Writable): Output {
  let failure: NodeJS.ErrnoException | null = null
  stream.on('error', (cause: NodeJS.ErrnoException) => (failure ??= cause))
  const isOpen = () => {
    if (failure === null) return !stream.destroyed
    // The reader, such as `head`, has what it wanted.
    if (failure.code === 'EPIPE') return false
    throw cannotWrite('standard output', failure)
  }
  return {
    write: async (content) => {
      if (!isOpen()) return false
      if (content.length > 0 && !stream.write(content)) await drained(stream)
      return isOpen()
    },
    finish: async () => {
      await new Promise<void>((done) => {
        stream.write('', () => done())
      })
      isOpen()
    },
    [Symbol.asyncDispose]: async () => undefined,
  }
}

/** Resolves when the stream takes more, or never will. */
function drained(stream: Writable): Promise<void> {
  const events = ['drain', 'error', 'close']
  return new Promise((done) => {
    const settle = () => {
      for (const event of events) stream.off(event, settle)
      done()
    }
    for (const event of events) stream.on(event, settle)
  })
}

/** The shell has opened these for us, and may write to them before and after us. */
function isOpenAlready(file: string): boolean {
  return /^\/(dev\/(stdout|stderr|fd\/)|proc\/)/.test(file)
}

/** A pipe or a device cannot take its name afterwards. */
async function openDirectly(file: string): Promise<Output> {
  return outputOf(await open(file, 'a'), file, {
    keep: async () => undefined,
    forget: async () => undefined,
  })
}

/**
 * What is not whole has a name that says so, in the same folder, and goes when this process is ended; only SIGKILL and
 * a power cut can leave it behind.
 */
async function openBeside(file: string, mode: number | undefined): Promise<Output> {
  // Where the name is a link, what it points to is replaced.
  const target = await realpath(file).catch(() => file)
  const unfinished = `${target}.unfinished-${randomBytes(4).toString('hex')}`
  const handle = await open(unfinished, 'wx')
  const stopWatching = whenEnded(() => rmSync(unfinished, { force: true }))
  if (mode !== undefined) await handle.chmod(mode & 0o777)
  return outputOf(handle, file, {
    keep: async () => {
      await rename(unfinished, target)
      stopWatching()
    },
    forget: async () => {
      await rm(unfinished, { force: true })
      stopWatching()
    },
  })
}

function outputOf(
  handle: FileHandle,
  file: string,
  { keep, forget }: { keep: () => Promise<void>; forget: () => Promise<void> },
): Output {
  let isDone = false
  return {
    write: async (content) => {
      try {
        await handle.appendFile(content)
        return true
      } catch (cause) {
        throw cannotWrite(file, cause)
      }
    },
    finish: async () => {
      try {
        // On the disk before it has its name, or a power cut could leave the name with half of it.
        await handle.sync().catch(unlessPipe)
        await handle.close()
        await keep()
        isDone = true
      } catch (cause) {
        throw cannotWrite(file, cause)
      }
    },
    [Symbol.asyncDispose]: async () => {
      if (isDone) return
      isDone = true
      await handle.close().catch(() => undefined) // what failed before is told, and this came of it
      await forget()
    },
  }
}

/** Pipes and some devices have nothing that could be written to a disk. */
function unlessPipe(cause: unknown): void {
  if (codeOf(cause) !== 'EINVAL' && codeOf(cause) !== 'ENOTSUP') throw cause
}

/** Calls back when this process ends by itself or by a signal that can be caught; gives what takes that back. */
function whenEnded(clean: () => void): () => void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  const onSignal = (signal: NodeJS.Signals) => {
    clean()
    stop()
    // Ended by the signal, as whoever sent it expects to see.
    process.kill(process.pid, signal)
  }
  const stop = () => {
    process.off('exit', clean)
    for (const signal of signals) process.off(signal, onSignal)
  }
  process.on('exit', clean)
  for (const signal of signals) process.on(signal, onSignal)
  return stop
}

const reasons: Record<string, string> = {
  EACCES: 'it is not allowed',
  EDQUOT: 'no more disk space is allowed',
  EFBIG: 'it would be larger than is allowed',
  ENOENT: 'its folder does not exist',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'its folder is a file',
  EPERM: 'it is not allowed',
  EPIPE: 'nobody reads it any more',
  EROFS: 'the disk can only be read',
}

function cannotWrite(name: string, cause: unknown): CannotRun {
  const why = wordsOf(cause)
  return new CannotRun(`${name} cannot be written: ${reasons[codeOf(cause)] ?? why}.`, { cause })
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : ''
}

/** Whether both names lead to one file; one that is not there yet is known by its place. */
export async function isSameFile(one: string, other: string): Promise<boolean> {
  const placeOf = (file: string) => realpath(file).catch(() => resolve(file))
  return (await placeOf(one)) === (await placeOf(other))
}
