/** Floors are what cannot be left out: turning the bytes into objects, and looking at each byte once. */
import { Worker } from 'node:worker_threads'
import type { Engine, EngineSetup } from './engine.ts'
import type { FloorAnswer, FloorSetup } from './floor-worker.ts'

/** How the bytes become objects. */
export type FloorKind = FloorSetup['kind']

/** Threads that only parse. Nothing is handed over: all bytes are in shared memory from the start. */
export function openFloor(kind: FloorKind): (setup: EngineSetup, bytes: Buffer) => Promise<Engine> {
  return async ({ workers }, bytes) => {
    const shared = new SharedArrayBuffer(bytes.length)
    Buffer.from(shared).set(bytes)
    const threads = Array.from({ length: workers }, (_, at) =>
      startThread(kind, shared, at, workers),
    )
    return {
      async work(millis) {
        const counts = await Promise.all(threads.map((thread) => thread.work(millis)))
        return counts.reduce((sum, count) => sum + count, 0)
      },
      answers: null,
      async close() {
        await Promise.all(threads.map((thread) => thread.close()))
      },
    }
  }
}

function startThread(kind: FloorKind, shared: SharedArrayBuffer, at: number, of: number) {
  const workerData: FloorSetup = { kind, shared, at, of }
  const worker = new Worker(new URL('./floor-worker.js', import.meta.url), { workerData })
  return {
    work: (millis: number) =>
      new Promise<number>((resolve, reject) => {
        worker.once('error', reject)
        worker.once('message', ({ count }: FloorAnswer) => {
          worker.off('error', reject)
          resolve(count)
        })
        worker.postMessage(millis)
      }),
    close: () => worker.terminate(),
  }
}
