/** A mail reader takes messages apart in a thread of its own, with a limit of time and of memory for each. */
import { Worker } from 'node:worker_threads'
import type { ParsedMail } from './mail-parser.ts'

export interface ParserTask {
  id: number
  raw: Uint8Array
  envelopeFrom: string
  host: string
}

export type ParserAnswer =
  { id: number; parsed: ParsedMail; error?: never } | { id: number; parsed?: never; error: string }

export interface MailReader {
  /** Takes one message apart; throws where it cannot be, or takes too long. One after the other. */
  read(raw: Buffer, how: { envelopeFrom: string; host: string }): Promise<ParsedMail>
  close(): Promise<void>
}

/** Opens a reader; its thread starts with the first message, and anew after one that it did not survive. */
export function openMailReader({ withinMs = 20_000 }: { withinMs?: number } = {}): MailReader {
  let worker: Worker | null = null
  let turn: Promise<unknown> = Promise.resolve()
  let tasks = 0

  async function readOne(raw: Buffer, how: { envelopeFrom: string; host: string }) {
    const thread = (worker ??= openWorker())
    const id = ++tasks
    try {
      return await new Promise<ParsedMail>((resolve, reject) => {
        const settle = (done: () => void) => {
          clearTimeout(late)
          thread.off('message', onMessage).off('error', onError).off('exit', onExit)
          done()
        }
        const late = setTimeout(
          () => settle(() => reject(new Error('it takes too long to take apart'))),
          withinMs,
        )
        const onMessage = ({ parsed, error, ...answer }: ParserAnswer) => {
          if (answer.id !== id) return
          settle(() => (parsed ? resolve(withBuffers(parsed)) : reject(new Unreadable(error))))
        }
        const onError = (error: Error) => settle(() => reject(error))
        const onExit = () => settle(() => reject(new Error('its thread ended')))
        thread.on('message', onMessage).on('error', onError).on('exit', onExit)
        const task: ParserTask = { id, raw: new Uint8Array(raw), ...how }
        thread.postMessage(task, [task.raw.buffer as ArrayBuffer]) // made right here, of an ArrayBuffer
      })
    } catch (error) {
      // A message that was read and is none leaves the thread as it was.
      if (!(error instanceof Unreadable)) {
        worker = null
        thread.on('error', () => undefined)
        await thread.terminate()
      }
      throw error
    }
  }

  return {
    read(raw, how) {
      const reading = turn.then(() => readOne(raw, how))
      turn = reading.catch(() => undefined)
      return reading
    },
    async close() {
      await turn
      await worker?.terminate()
    },
  }
}

class Unreadable extends Error {}

/** Bytes come back from a thread as plain arrays. */
function withBuffers(parsed: ParsedMail): ParsedMail {
  const files = parsed.files.map((file) => ({ ...file, bytes: Buffer.from(file.bytes) }))
  return { ...parsed, files }
}

const resourceLimits = { maxOldGenerationSizeMb: 384 }

function openWorker(): Worker {
  if (import.meta.url.endsWith('.js'))
    return new Worker(new URL('./mail-worker.js', import.meta.url), { resourceLimits })
  // From the source, a thread of Node 20 reads no TypeScript until it is taught to, whatever its parent can.
  const [loader, worker] = [
    import.meta.resolve('tsx/esm/api'),
    new URL('./mail-worker.ts', import.meta.url).href,
  ]
  const teachFirst = `import(${JSON.stringify(loader)}).then(({ register }) => { register(); return import(${JSON.stringify(worker)}) })`
  return new Worker(teachFirst, { eval: true, resourceLimits })
}
