/** A worker is one thread of the pool: it compiles the policies once and answers blocks in the order they come. */
import { parentPort, workerData } from 'node:worker_threads'
import { screenBlock } from './block.ts'
import { compilePolicies } from './compile.ts'
import { decodeUtf8, encodeUtf8 } from './pool.ts'
import type { PoolSetup, Task } from './pool.ts'

const { policies, jurisdiction } = workerData as PoolSetup // only the pool starts this file
const compiled = compilePolicies(policies, { jurisdiction })

parentPort?.on('message', ({ explanation, ...block }: Task) => {
  const screened = screenBlock(compiled, block, {
    explanation,
    decode: decodeUtf8,
    encode: encodeUtf8,
  })
  parentPort?.postMessage(screened, [screened.output.buffer])
})
