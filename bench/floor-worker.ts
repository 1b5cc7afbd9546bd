/** One thread that only parses, or only looks at bytes. */
import { parentPort, workerData } from 'node:worker_threads'

export interface FloorSetup {
  /** Each line made a string and parsed; a block made one string, split and parsed; or a byte looked for that never comes. */
  kind: 'parse' | 'parse-split' | 'scan'
  shared: SharedArrayBuffer
  /** Which of how many threads this is; it begins in its own part of the bytes. */
  at: number
  of: number
}

export interface FloorAnswer {
  count: number
}

const { kind, shared, at, of } = workerData as FloorSetup // only floors.ts starts this file
const bytes = Buffer.from(shared)
const BLOCK = 256 * 1024
const NEWLINE = 10
const blocks: { start: number; end: number; lines: number }[] = []
for (let start = 0; start < bytes.length;) {
  const last = bytes.lastIndexOf(NEWLINE, Math.min(start + BLOCK, bytes.length) - 1)
  const end = last < start ? bytes.indexOf(NEWLINE, start) + 1 : last + 1
  let lines = 0
  for (let line = start; line < end; lines++) line = bytes.indexOf(NEWLINE, line) + 1
  blocks.push({ start, end, lines })
  start = end
}
let next = Math.floor((blocks.length * at) / of)
/** What was made last, kept so that no compiler leaves the making out. */
let last: unknown = null

parentPort?.on('message', (millis: number) => {
  const until = performance.now() + millis
  let count = 0
  do {
    const block = blocks[next++ % blocks.length]
    if (!block) break
    pass(block)
    count += block.lines
  } while (performance.now() < until)
  const answer: FloorAnswer = { count: last === undefined ? 0 : count }
  parentPort?.postMessage(answer)
})

function pass({ start, end }: { start: number; end: number }): void {
  switch (kind) {
    case 'parse':
      for (let line = start; line < end;) {
        const newline = bytes.indexOf(NEWLINE, line)
        last = JSON.parse(bytes.toString('utf8', line, newline))
        line = newline + 1
      }
      return
    case 'parse-split':
      for (const line of bytes.toString('utf8', start, end - 1).split('\n')) last = JSON.parse(line)
      return
    case 'scan':
      last = bytes.subarray(start, end).indexOf(0)
  }
}
