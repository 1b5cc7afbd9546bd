/** A pool screens blocks on several threads; the answers are the same, byte for byte, as on one. */
import { Worker } from 'node:worker_threads'
import type { Jurisdiction, Policy } from '../core/policy.ts'
import type { ScreenedBlock } from './block.ts'
import { openEngine } from './engine.ts'
import type { Explanation } from './explain.ts'
import type { Block } from './lines.ts'
import type { ScanTables } from './scan/scanner.ts'

/** What a worker is given once. */
export interface PoolSetup {
  policies: readonly Policy[]
  jurisdiction: Jurisdiction
  explanation: Explanation
  /**
   * After so many bytes the fast pass is made ready, which costs about as much as compiling the policies; 256 KiB unless
   * said, and never when infinite. The answers are the same.
   */
  fastAfter?: number
}

const FAST_AFTER = 256 * 1024

/** What a worker is given for each answer. */
export interface Task extends Block {
  explanation: Explanation
}

/** What a worker may be given before any other block: to make the tables of the fast pass for so many, or to use them. */
export type Order = { task: Task } | { makeTables: number } | { tables: ScanTables; room: number }

/** What a worker answers. */
export type Answer = { screened: ScreenedBlock } | { tables: ScanTables | null }

export interface ScreeningPool {
  /** How many open blocks keep every thread busy; more only wait. */
  readonly width: number
  /**
   * Explained as the setup says, unless this block is to be explained otherwise. The bytes of the block are given away
   * with it: they are gone afterwards.
   */
  screenBlock(block: Block, explanation?: Explanation): Promise<ScreenedBlock>
  /** Whether the fast pass is made ready and used; it never is where it was not built. */
  isFast(): boolean
  close(): Promise<void>
}

/** Opens a pool; with one worker the blocks are screened here, without a thread. */
export function openPool(setup: PoolSetup, { workers }: { workers: number }): ScreeningPool {
  return workers > 1 ? openThreads(setup, workers) : openHere(setup)
}

function openHere({ fastAfter = FAST_AFTER, ...setup }: PoolSetup): ScreeningPool {
  const engine = openEngine(setup)
  let left = fastAfter
  let isFast = false
  return {
    width: 1,
    isFast: () => isFast,
    screenBlock: async (block, explanation = setup.explanation) => {
      const { length } = block.bytes
      const screened = engine.screenBlock(block, explanation)
      if (left > 0 && (left -= length) <= 0) {
        const tables = engine.makeTables(1)
        if (tables !== null) engine.useTables(tables, 0)
        isFast = tables !== null
      }
      return screened
    },
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
  let left = setup.fastAfter ?? FAST_AFTER
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
      const { length } = job.task.bytes
      freest.take(job)
      // The thread that has seen what is coming makes the tables for all, while the others go on.
      if (left > 0 && (left -= length) <= 0) freest.send({ makeTables: workers })
    }
  }
  let isFast = false
  const share = (tables: ScanTables) => {
    threads.forEach((thread, room) => thread.send({ tables, room }))
    isFast = true
  }
  const threads = Array.from({ length: workers }, () =>
    startThread(setup, { handOut, share, fail }),
  )
  return {
    width: workers * BLOCKS_A_THREAD,
    isFast: () => isFast,
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
  {
    handOut,
    share,
    fail,
  }: {
    handOut: () => void
    share: (tables: ScanTables) => void
    fail: (cause: Error) => void
  },
) {
  const worker = openWorker(setup)
  const open: Job[] = []
  const send = (order: Order, given: ArrayBuffer[] = []) => worker.postMessage(order, given)
  worker.on('message', (answer: Answer) => {
    if ('tables' in answer) {
      if (answer.tables !== null) share(answer.tables)
      return
    }
    open.shift()?.resolve(answer.screened)
    handOut()
  })
  worker.on('error', fail)
  worker.on('exit', (code) => fail(new Error(`exit code ${code}`)))
  return {
    open: () => open.length,
    send,
    take: (job: Job) => {
      const { bytes } = job.task
      // Other lines may stand in the same buffer, where somebody cut a block by hand.
      const own = bytes.length === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes)
      try {
        send({ task: { ...job.task, bytes: own } }, [own.buffer])
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
