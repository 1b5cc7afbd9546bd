/** A weigher judges facts here while they are few, and in a thread of its own from then on, so that nobody waits for it. */
import { Worker } from 'node:worker_threads'
import { judgeFacts, type Facts, type Judged } from './judge-facts.ts'

export interface Weigher {
  judge(facts: Facts): Promise<Judged>
  /** Ends what is under way, which is done again by whoever weighs next. */
  close(): Promise<void>
}

/** So many characters of lines are judged within a few hundredths of a second. */
const FEW = 100_000

export function openWeigher({ few = FEW }: { few?: number } = {}): Weigher {
  const threads = new Set<Worker>()
  return {
    judge: (facts) => {
      if (facts.lines.length * (1 + facts.without.length) <= few)
        return Promise.resolve(judgeFacts(facts))
      return new Promise((resolve, reject) => {
        const thread = openThread(facts)
        threads.add(thread)
        thread.on('message', (judged: Judged) => {
          threads.delete(thread)
          void thread.terminate()
          resolve(judged)
        })
        thread.on('error', (cause) => reject(new Error('weigh complaints', { cause })))
        thread.on('exit', (code) => {
          threads.delete(thread)
          reject(new Error(`weigh complaints: the thread ended with ${code}`))
        })
      })
    },
    close: async () => {
      await Promise.all([...threads].map((thread) => thread.terminate()))
    },
  }
}

function openThread(facts: Facts): Worker {
  if (import.meta.url.endsWith('.js'))
    return new Worker(new URL('./weighing-worker.js', import.meta.url), { workerData: facts })
  // From the source, a thread of Node 20 reads no TypeScript until it is taught to, whatever its parent can.
  const [loader, worker] = [
    import.meta.resolve('tsx/esm/api'),
    new URL('./weighing-worker.ts', import.meta.url).href,
  ]
  const teachFirst = `import(${JSON.stringify(loader)}).then(({ register }) => { register(); return import(${JSON.stringify(worker)}) })`
  return new Worker(teachFirst, { eval: true, workerData: facts })
}
