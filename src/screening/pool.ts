/** A pool screens blocks on several threads; the answers are the same, byte for byte, as on one. */
import { isUtf8 } from 'node:buffer'
import { Worker } from 'node:worker_threads'
import type { Jurisdiction, Policy } from '../core/policy.ts'
import { screenBlock } from './block.ts'
import type { ScreenedBlock } from './block.ts'
import { compilePolicies } from './compile.ts'
import type { Explanation } from './explain.ts'
import type { Block } from './lines.ts'

/** What a worker is given once. */
export interface PoolSetup {
  policies: readonly Policy[]
  jurisdiction: Jurisdiction
  explanation: Explanation
}

export interface ScreeningPool {
  /** How many blocks keep every thread busy. */
  readonly width: number
  screenBlock(block: Block): Promise<ScreenedBlock>
  close(): Promise<void>
}

/** Opens a pool; with one worker the blocks are screened here, without a thread. */
export function openPool(setup: PoolSetup, { workers }: { workers: number }): ScreeningPool {
  return workers > 1 ? openThreads(setup, workers) : openHere(setup)
}

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

function openHere({ policies, jurisdiction, explanation }: PoolSetup): ScreeningPool {
  const compiled = compilePolicies(policies, { jurisdiction })
  return {
    width: 1,
    screenBlock: async (block) =>
      screenBlock(compiled, block, { explanation, decode: decodeUtf8, encode: encodeUtf8 }),
    close: async () => undefined,
  }
}

interface Waiting {
  resolve: (screened: ScreenedBlock) => void
  reject: (cause: Error) => void
}

function openThreads(setup: PoolSetup, workers: number): ScreeningPool {
  const threads = Array.from({ length: workers }, () => startThread(setup))
  let next = 0
  return {
    width: workers * 2,
    // Blocks are alike in size, so taking turns keeps the threads equally busy.
    screenBlock: (block) =>
      threads[next++ % threads.length]?.screenBlock(block) ??
      Promise.reject(new Error('no thread')),
    close: async () => {
      await Promise.all(threads.map((thread) => thread.close()))
    },
  }
}

function startThread(setup: PoolSetup): Omit<ScreeningPool, 'width'> {
  const worker = openWorker(setup)
  const waiting: Waiting[] = []
  let failure: Error | null = null
  const fail = (cause: Error) => {
    failure ??= new Error('a screening thread ended', { cause })
    for (const { reject } of waiting.splice(0)) reject(failure)
  }
  worker.on('message', (screened: ScreenedBlock) => waiting.shift()?.resolve(screened))
  worker.on('error', fail)
  worker.on('exit', (code) => fail(new Error(`exit code ${code}`)))
  return {
    screenBlock: (block) =>
      new Promise((resolve, reject) => {
        if (failure) {
          reject(failure)
          return
        }
        waiting.push({ resolve, reject })
        // A copy of just these bytes is handed over; the buffer that they stand in may hold other lines.
        const bytes = new Uint8Array(block.bytes)
        worker.postMessage({ ...block, bytes }, [bytes.buffer])
      }),
    close: async () => {
      await worker.terminate()
    },
  }
}

function openWorker(setup: PoolSetup): Worker {
  if (import.meta.url.endsWith('.js'))
    return new Worker(new URL('./worker.js', import.meta.url), { workerData: setup })
  // From the source, a thread of Node 20 reads no TypeScript until it is taught to, whatever its parent can.
  const [loader, worker] = [
    import.meta.resolve('tsx/esm/api'),
    new URL('./worker.ts', import.meta.url).href,
  ]
  const teachFirst = `import(${JSON.stringify(loader)}).then(({ register }) => { register(); return import(${JSON.stringify(worker)}) })`
  return new Worker(teachFirst, { eval: true, workerData: setup })
}
