/** A weigher weighs in a thread with a connection of its own, so that nobody whom the server answers waits for it. */
import { Worker } from 'node:worker_threads'
import type { DueKind } from '../store/due.ts'
import type { App } from './app.ts'

export interface Weigher {
  /** Weighs once if something calls for it, as `weighSome` does. */
  weigh(): Promise<boolean>
  /** Ends what is under way, which is done again by whoever weighs next. */
  close(): Promise<void>
}

/** What the thread is given once. */
export interface WeigherSetup {
  databaseUrl: string
}

/** Calls for one weighing. */
export interface WeighOrder {
  /** How far the time of the server is ahead of the real one, in milliseconds. */
  ahead: number
}

/** What the thread says: what it made due, and when the weighing is over whether there was any. */
export type WeigherAnswer = { due: DueKind } | { weighed: boolean }

/** A thread that was at rest for so long ends, and what it had of memory with it. */
const restMs = 60_000

/** Opens one whose thread starts with the first weighing; `onDue` hears what weighings make due. */
export function openWeigher(
  app: Pick<App, 'now'>,
  { databaseUrl, onDue }: WeigherSetup & { onDue: (kind: DueKind) => void },
): Weigher {
  let thread: Thread | null = null
  let resting: NodeJS.Timeout | undefined
  const end = async () => {
    clearTimeout(resting)
    const ending = thread
    thread = null
    await ending?.end()
  }
  return {
    weigh: async () => {
      clearTimeout(resting)
      if (thread === null || thread.isOver()) thread = startThread({ databaseUrl }, onDue)
      const weighed = await thread.weigh({ ahead: app.now().getTime() - Date.now() })
      resting = setTimeout(() => void end(), restMs).unref()
      return weighed
    },
    close: end,
  }
}

interface Thread {
  /** One weighing at a time. */
  weigh(order: WeighOrder): Promise<boolean>
  end(): Promise<unknown>
  isOver(): boolean
}

interface Waiting {
  resolve(weighed: boolean): void
  reject(cause: Error): void
}

function startThread(setup: WeigherSetup, onDue: (kind: DueKind) => void): Thread {
  const worker = openWorker(setup)
  let waiting: Waiting | null = null
  let isOver = false
  const fail = (why: string, cause?: unknown) => {
    isOver = true
    waiting?.reject(new Error(`weigh complaints: ${why}`, { cause }))
    waiting = null
  }
  worker.on('message', (answer: WeigherAnswer) => {
    if ('due' in answer) {
      onDue(answer.due)
      return
    }
    waiting?.resolve(answer.weighed)
    waiting = null
  })
  worker.on('error', (cause) => fail(cause.message, cause))
  worker.on('exit', (code) => fail(`the thread ended with ${code}`))
  return {
    weigh: (order) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject }
        worker.postMessage(order)
      }),
    end: () => worker.terminate(),
    isOver: () => isOver,
  }
}

function openWorker(setup: WeigherSetup): Worker {
  if (import.meta.url.endsWith('.js'))
    return new Worker(new URL('./weighing-worker.js', import.meta.url), { workerData: setup })
  // From the source, a thread of Node 20 reads no TypeScript until it is taught to, whatever its parent can.
  const [loader, worker] = [
    import.meta.resolve('tsx/esm/api'),
    new URL('./weighing-worker.ts', import.meta.url).href,
  ]
  const teachFirst = `import(${JSON.stringify(loader)}).then(({ register }) => { register(); return import(${JSON.stringify(worker)}) })`
  return new Worker(teachFirst, { eval: true, workerData: setup })
}
