/** A contest is engines that take turns on the same bytes, each in its own process, so that a busy minute meets them all. */
import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Agreement } from './check.ts'
import type { EngineSetup } from './engine.ts'
import type { Order, Reply, Told, Work } from './runner.ts'

export interface Contestant {
  /** Unlike any other of the run; claims name it. */
  key: string
  label: string
  setup: EngineSetup
  /** Held against the oracle: byte for byte, by what is flagged, or not at all as a floor. */
  held: 'exactly' | 'by flags' | 'not'
}

export interface Row {
  contestant: Contestant
  /** Why there is no figure; null where there is one. */
  failure: string | null
  openSeconds: number
  rounds: Work[]
  /** How many lines were found equal to the oracle's, byte for byte. */
  checkedLines: number
  agreement: Agreement | null
}

export interface Pace {
  rounds: number
  millis: number
  /**
   * Work before the first round, so that everything is compiled that will be: as much CPU time for each thread, however
   * busy the machine is.
   */
  warmMillis: number
  /** Longest time to open an engine, and to compare what it flags. */
  openMillis: number
  agreeMillis: number
}

/** Thrown where ours says something else than the oracle: then no figure is worth anything. */
export class WrongAnswer extends Error {}

export type Say = (line: string) => void

/** Opens all, checks their answers, lets them take turns and closes them. */
export async function holdContest(
  contestants: readonly Contestant[],
  { pace, oracleOf, say }: { pace: Pace; oracleOf: (setup: EngineSetup) => string; say: Say },
): Promise<Row[]> {
  const entrants: { row: Row; runner: Runner }[] = []
  try {
    for (const contestant of contestants) {
      const row = newRow(contestant)
      say(`open   ${contestant.label}`)
      const runner = startRunner()
      entrants.push({ row, runner })
      await attempt(row, async () => {
        const { opened } = await runner.order(
          { do: 'open', setup: contestant.setup },
          pace.openMillis,
        )
        row.openSeconds = opened?.seconds ?? 0
        await check(row, runner, { pace, oracle: () => oracleOf(contestant.setup) })
        await warm(runner, contestant.setup, pace)
      })
      if (row.failure !== null) say(`       ${row.failure}`)
    }
    for (let round = 1; round <= pace.rounds; round++) {
      say(`round  ${round} of ${pace.rounds}`)
      for (const { row, runner } of entrants) {
        if (row.failure !== null) continue
        await attempt(row, async () => {
          const order: Order = { do: 'work', millis: pace.millis }
          const { worked } = await runner.order(order, pace.openMillis)
          if (worked) row.rounds.push(worked)
        })
      }
    }
  } finally {
    for (const { runner } of entrants) runner.end()
  }
  return entrants.map(({ row }) => row)
}

async function warm(runner: Runner, { workers }: EngineSetup, pace: Pace): Promise<void> {
  const order: Order = { do: 'work', millis: pace.warmMillis }
  const until = performance.now() + pace.openMillis
  let left = (pace.warmMillis / 1000) * workers
  while (left > 0 && performance.now() < until)
    left -= (await runner.order(order, pace.openMillis)).worked?.cpuSeconds ?? 0
}

/** Lets the plain engine write down its answers, which all others are held against. */
export async function writeOracle(setup: EngineSetup, file: string): Promise<number> {
  const runner = startRunner()
  try {
    await runner.order({ do: 'open', setup })
    const { answered } = await runner.order({ do: 'answer', file })
    return answered?.lines ?? 0
  } finally {
    runner.end()
  }
}

function newRow(contestant: Contestant): Row {
  return {
    contestant,
    failure: null,
    openSeconds: 0,
    rounds: [],
    checkedLines: 0,
    agreement: null,
  }
}

/** A peer that cannot be opened or breaks says so in its row, and the rest goes on; ours may not. */
async function attempt(row: Row, act: () => Promise<void>): Promise<void> {
  try {
    await act()
  } catch (cause) {
    if (cause instanceof WrongAnswer || row.contestant.held !== 'by flags') throw cause
    const why = cause instanceof Error ? cause.message : String(cause)
    row.failure = (why.split('\n')[0] ?? why).slice(0, 160)
  }
}

async function check(
  row: Row,
  runner: Runner,
  { pace, oracle }: { pace: Pace; oracle: () => string },
): Promise<void> {
  const { held, label } = row.contestant
  switch (held) {
    case 'not':
      return
    case 'by flags': {
      const order: Order = { do: 'agree', file: oracle(), millis: pace.agreeMillis }
      row.agreement = (await runner.order(order, pace.openMillis)).agreed ?? null
      return
    }
    case 'exactly': {
      const { checked } = await runner.order({ do: 'check', file: oracle() })
      if (!checked) throw new Error(`${label} was not checked`)
      if (checked.difference !== null) {
        const { line, expected, found } = checked.difference
        throw new WrongAnswer(
          `${label} differs from the plain engine on line ${line}:\nexpected ${expected}\nfound    ${found}`,
        )
      }
      row.checkedLines = checked.lines
    }
  }
}

interface Runner {
  order(order: Order, limitMillis?: number): Promise<Partial<Reply>>
  end(): void
}

function startRunner(): Runner {
  const child = fork(fileURLToPath(new URL('./runner.js', import.meta.url)), {
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  })
  let last = ''
  child.stderr?.on('data', (text: Buffer) => (last = text.toString('utf8').slice(-2000)))
  return {
    order: (order, limitMillis) => ask(child, order, { limitMillis, lastWords: () => last }),
    end: () => {
      if (child.connected) child.disconnect()
      child.kill('SIGKILL')
    },
  }
}

function ask(
  child: ChildProcess,
  order: Order,
  { limitMillis, lastWords }: { limitMillis: number | undefined; lastWords: () => string },
): Promise<Partial<Reply>> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      clearTimeout(timer)
      child.off('message', hear)
      child.off('exit', leave)
      act()
    }
    const hear = (told: Told) =>
      settle(() => (told.ok ? resolve(told.reply) : reject(new Error(told.why))))
    const leave = () =>
      settle(() => {
        const isFull = /heap out of memory|invalid table size|Allocation failed/i.test(lastWords())
        reject(new Error(isFull ? 'ran out of memory' : `its process ended: ${lastWords()}`))
      })
    const timer =
      limitMillis === undefined
        ? undefined
        : setTimeout(() => {
            settle(() => {
              child.kill('SIGKILL')
              reject(new Error(`not done with "${order.do}" in ${limitMillis / 1000} s`))
            })
          }, limitMillis)
    child.once('exit', leave)
    child.once('message', hear)
    if (child.exitCode !== null || !child.connected) leave()
    else child.send(order)
  })
}
