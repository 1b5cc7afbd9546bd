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

/** What a worker is given for each answer. */
export interface Task extends Block {
  explanation: Explanation
}

export interface ScreeningPool {
  /** How many open blocks keep every thread busy; more only wait. */
  readonly width: number
  /**
   * Explained as the setup says, unless this block is to be explained otherwise. The bytes of the block are given away
   * with it: they are gone afterwards.
   */
  screenBlock(block: Block, explanation?: Explanation): Promise<ScreenedBlock>
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
    screenBlock: async (block, explained = explanation) =>
      screenBlock(compiled, block, {
        explanation: explained,
        decode: decodeUtf8,
        encode: encodeUtf8,
      }),
    close: async () => undefined,
  }
}

/** One block that a thread works on, and one beside it, so that it never waits for the next. */
const BLOCKS_A_THREAD = 2

interface Job {
  task: Task
  resolve: (screened: ScreenedBlock) => void
  reject: (cause: Error) => void
}

/** Opens a pool whose every worker is a thread, also where it is one: whoever calls is never held up. */
export function openThreads(setup: PoolSetup, workers: number): ScreeningPool {
  const queue: Job[] = []
  let failure: Error | null = null
  // A block of a thread that ended has no answer, and so what is built on the answers of all is lost: everything fails.
  const fail = (cause: Error) => {
    failure ??= new Error(`a screening thread ended: ${cause.message}`, { cause })
    for (const { reject } of [...queue.splice(0), ...threads.flatMap((thread) => thread.giveUp())])
      reject(failure)
  }
  const handOut = () => {
    for (let [job] = queue; job !== undefined; [job] = queue) {
      const freest = threads.reduce((a, b) => (b.open() < a.open() ? b : a))
      if (freest.open() >= BLOCKS_A_THREAD) return
      queue.shift()
      freest.take(job)
    }
  }
  const threads = Array.from({ length: workers }, () => startThread(setup, { handOut, fail }))
  return {
    width: workers * BLOCKS_A_THREAD,
    screenBlock: (block, explanation = setup.explanation) =>
      new Promise((resolve, reject) => {
        if (failure !== null) {
          reject(failure)
          return
        }
        queue.push({ task: { ...block, explanation }, resolve, reject })
        handOut()
      }),
    close: async () => {
      await Promise.all(threads.map((thread) => thread.close()))
    },
  }
}

function startThread(
  setup: PoolSetup,
  { handOut, fail }: { handOut: () => void; fail: (cause: Error) => void },
) {
  const worker = openWorker(setup)
  const open: Job[] = []
  worker.on('message', (screened: ScreenedBlock) => {
    open.shift()?.resolve(screened)
    handOut()
  })
  worker.on('error', fail)
  worker.on('exit', (code) => fail(new Error(`exit code ${code}`)))
  return {
    open: () => open.length,
    take: (job: Job) => {
      const { bytes } = job.task
      // Other lines may stand in the same buffer, where somebody cut a block by hand.
      const own = bytes.length === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes)
      try {
        worker.postMessage({ ...job.task, bytes: own }, [own.buffer])
        open.push(job)
      } catch (cause) {
        job.reject(new Error('hand a block to a screening thread', { cause }))
      }
    },
    giveUp: () => open.splice(0),
    close: () => worker.terminate(),
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
