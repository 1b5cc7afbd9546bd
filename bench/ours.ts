/** Ours: the plain engine line by line, which is the oracle too, and the pool of threads that every door uses. */
import { defaultPolicyFolder, readPolicyFolder } from '../src/cli/policies.ts'
import type { Policy } from '../src/core/policy.ts'
import { compilePolicies } from '../src/screening/compile.ts'
import { explainVerdict } from '../src/screening/explain.ts'
import { blocksOf } from '../src/screening/lines.ts'
import type { Block } from '../src/screening/lines.ts'
import { readListingLine } from '../src/screening/listing-line.ts'
import { openPool } from '../src/screening/pool.ts'
import type { ScreeningPool } from '../src/screening/pool.ts'
import { screen } from '../src/screening/screen.ts'
import { lineEngine } from './engine.ts'
import type { Engine, EngineSetup } from './engine.ts'
import { makeRules } from './rules.ts'

/** As many bytes as the command gives a worker at once. */
const CHUNK = 1024 * 1024
const jurisdiction = 'us'

/** The policies that a setup names. */
export function policiesOf(rules: EngineSetup['rules']): Policy[] {
  return rules === 'shipped' ? readPolicyFolder(defaultPolicyFolder()) : makeRules(rules).policies
}

/** `JSON.parse`, screen, `JSON.stringify`: nothing that could be wrong about speed. */
export async function openPlain(setup: EngineSetup, bytes: Buffer): Promise<Engine> {
  const compiled = compilePolicies(policiesOf(setup.rules), { jurisdiction })
  return lineEngine(bytes, (line) => {
    const read = readListingLine(line)
    if (!read.ok) return JSON.stringify({ line: 0, error: read.error })
    return JSON.stringify(explainVerdict(screen(compiled, read.listing), setup.explanation))
  })
}

export async function openOurs(setup: EngineSetup, bytes: Buffer): Promise<Engine> {
  const { explanation, workers } = setup
  const blocks: Block[] = []
  for await (const block of blocksOf(chunksOf(bytes))) blocks.push(block)
  const policies = policiesOf(setup.rules)
  const pool = openPool({ policies, jurisdiction, explanation, fastAfter: 1 }, { workers })
  await warm(pool, blocks)
  let next = 0
  return {
    async work(millis) {
      const until = performance.now() + millis
      const open = new Set<Promise<void>>()
      let count = 0
      const take = (block: Block) => {
        const task = pool.screenBlock(ownCopy(block)).then(({ outcomes, unread }) => {
          count += outcomes.allow + outcomes.review + outcomes.deactivate + unread
          open.delete(task)
        })
        open.add(task)
      }
      do {
        const block = blocks[next++ % blocks.length]
        if (block) take(block)
        if (open.size >= pool.width) await Promise.race(open)
      } while (performance.now() < until)
      await Promise.all(open)
      return count
    },
    async *answers() {
      for (const block of blocks) {
        const { output } = await pool.screenBlock(ownCopy(block))
        yield* Buffer.from(output).toString('utf8').split('\n').slice(0, -1)
      }
    },
    close: () => pool.close(),
  }
}

/** A pool's tables are made beside its first blocks, once in its life; what is measured is what comes after. */
async function warm(pool: ScreeningPool, blocks: readonly Block[]): Promise<void> {
  const until = performance.now() + MOST_WARMING
  for (const block of blocks) {
    do await pool.screenBlock(ownCopy(block))
    while (!pool.isFast() && performance.now() < until)
    if (pool.isFast()) return
  }
}

/** Longer than the tables of the largest rules take, in milliseconds. */
const MOST_WARMING = 50_000

/** A pool is given the bytes for good, and here they are needed again: the copy is what reading them would be. */
function ownCopy(block: Block): Block {
  return { ...block, bytes: new Uint8Array(block.bytes) }
}

async function* chunksOf(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += CHUNK) yield bytes.subarray(at, at + CHUNK)
}
