/** A worker is one thread of the pool: it compiles the policies once and answers blocks in the order they come. */
import { parentPort, workerData } from 'node:worker_threads'
import { openEngine } from './engine.ts'
import type { Answer, Order, PoolSetup } from './pool.ts'

const engine = openEngine(workerData as PoolSetup) // only the pool starts this file

parentPort?.on('message', (order: Order) => {
  if ('task' in order) {
    const { explanation, ...block } = order.task
    const screened = engine.screenBlock(block, explanation)
    answer({ screened }, [screened.output.buffer])
  } else if ('makeTables' in order) answer({ tables: engine.makeTables(order.makeTables) })
  else engine.useTables(order.tables, order.room)
})

function answer(message: Answer, given: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, given)
}
