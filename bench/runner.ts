/** A runner is a process of its own for one engine, so that nobody's memory or threads are counted as another's. */
import { createWriteStream, readFileSync } from 'node:fs'
import { once } from 'node:events'
import { pathToFileURL } from 'node:url'
import { countAgreement, findDifference, linesOf } from './check.ts'
import type { Agreement, Difference } from './check.ts'
import { answersOf } from './engine.ts'
import type { Engine, EngineSetup } from './engine.ts'
import { engines } from './engines.ts'

/** What a runner is asked. */
export type Order =
  | { do: 'open'; setup: EngineSetup }
  | { do: 'work'; millis: number }
  /** Write the answers to a file: the oracle for others. */
  | { do: 'answer'; file: string }
  /** Compare all answers with those in the file. */
  | { do: 'check'; file: string }
  /** Count on how many lines the same is flagged. */
  | { do: 'agree'; file: string; millis: number }

/** What one turn of work came to; CPU is of all threads of the process. */
export interface Work {
  lines: number
  wallSeconds: number
  cpuSeconds: number
}

export interface Reply {
  opened: { seconds: number; residentBytes: number }
  worked: Work
  answered: { lines: number }
  checked: { lines: number; difference: Difference | null }
  agreed: Agreement
}

export type Told = { ok: true; reply: Partial<Reply> } | { ok: false; why: string }

export async function run(): Promise<void> {
  let engine: Engine | null = null
  let setup: EngineSetup | null = null
  const opened = (): { engine: Engine; setup: EngineSetup } => {
    if (engine === null || setup === null) throw new Error('no engine is open yet')
    return { engine, setup }
  }

  const obey = async (order: Order): Promise<Partial<Reply>> => {
    switch (order.do) {
      case 'open': {
        const before = performance.now()
        const open = engines[order.setup.engine]
        if (!open) throw new Error(`there is no engine "${order.setup.engine}"`)
        setup = order.setup
        engine = await open(setup, readFileSync(setup.corpus))
        const seconds = (performance.now() - before) / 1000
        return { opened: { seconds, residentBytes: process.memoryUsage.rss() } }
      }
      case 'work':
        return { worked: await workFor(opened().engine, order.millis) }
      case 'answer':
        return { answered: { lines: await writeAnswers(answersOf(opened().engine), order.file) } }
      case 'check': {
        const { explanation } = opened().setup
        const answers = answersOf(opened().engine)
        return { checked: await findDifference(answers, linesOf(order.file), explanation) }
      }
      case 'agree': {
        const answers = answersOf(opened().engine)
        return { agreed: await countAgreement(answers, linesOf(order.file), order.millis) }
      }
    }
  }

  const tell = (told: Told) => process.send?.(told)
  process.on('message', (order: Order) => {
    obey(order).then(
      (reply) => tell({ ok: true, reply }),
      (cause: unknown) =>
        tell({ ok: false, why: cause instanceof Error ? cause.message : String(cause) }),
    )
  })
  // Whoever ordered is gone.
  process.on('disconnect', () => process.exit())
}

/**
 * Whoever waited for its turn takes up its work untimed: what it needs is no longer in the caches, and V8 has given
 * memory back and forgotten code. After 20 seconds of rest one thread of ours takes twice as long for the first tenth of a
 * second, and is as it was after half a second to one.
 */
const TAKING_UP = 1000

async function workFor(engine: Engine, millis: number): Promise<Work> {
  await engine.work(TAKING_UP)
  const cpu = process.cpuUsage()
  const before = performance.now()
  const lines = await engine.work(millis)
  const wallSeconds = (performance.now() - before) / 1000
  const { user, system } = process.cpuUsage(cpu)
  return { lines, wallSeconds, cpuSeconds: (user + system) / 1e6 }
}

async function writeAnswers(answers: AsyncIterable<string>, file: string): Promise<number> {
  const output = createWriteStream(file)
  let lines = 0
  for await (const answer of answers) {
    lines++
    if (!output.write(`${answer}\n`)) await once(output, 'drain')
  }
  output.end()
  await once(output, 'finish')
  return lines
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await run()
