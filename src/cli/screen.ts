/** `recourse screen`: listings in, a verdict for each out, in the same order. */
import { existsSync, realpathSync } from 'node:fs'
import { Jurisdiction } from '../core/policy.ts'
import type { Policy } from '../core/policy.ts'
import { explanations } from '../screening/explain.ts'
import { blocksOf } from '../screening/lines.ts'
import { openPool } from '../screening/pool.ts'
import type { PoolSetup, ScreeningPool } from '../screening/pool.ts'
import { CannotRun, expectName, readArguments } from './command.ts'
import type { CommandIo } from './command.ts'
import { openInput, plainBytes } from './input.ts'
import { openOutput } from './output.ts'
import type { Output } from './output.ts'
import { defaultPolicyFolder, readPolicyFolder } from './policies.ts'

export const name = 'screen'
export const summary = 'reads listings and writes what the policies say of each'
export const usage = `Usage: recourse screen [FILE|-] [options]

Reads listings as NDJSON (plain or gzip; standard input for - or without FILE) and writes one verdict a line,
in the same order. A line that cannot be read is answered with its error in its place, and the run goes on.

A listing:  {"id","sellerId","title","description","bullets":[],"brand","category","attributes":{}}
            only id and title are required; unknown keys are ignored
A verdict:  {"id","outcome":"allow|review|deactivate","findings":[...]}
An error:   {"line":17,"error":{"type","detail"}}

Options:
  --policies DIR         the folder of policies (*.yaml; folders in it are not read); the project's own unless said
  --jurisdiction us|eu   whose policies hold; us unless said
  --workers N            threads to screen with, 1 to 64; 1 unless said
  --out FILE             where to write; standard output unless said
  --explain full|short|none
                         all terms of each sum, the 8 strongest and one for the rest, or none; full unless said
  --help                 this text

Every policy that is not off is applied, whatever its level.
Exit codes: 0 done (also when listings are flagged), 1 some lines could not be read, 2 could not run.`

interface Options extends Omit<PoolSetup, 'policies'> {
  file: string
  folder: string
  workers: number
  out: string | undefined
}

/** Runs the command and gives its exit code. */
export async function run(args: string[], io: CommandIo): Promise<number> {
  const options = readOptions(args)
  const policies = readPolicyFolder(options.folder)
  const source = await openInput(options.file, io.stdin)
  if (options.out !== undefined && isSameFile(options.file, options.out)) {
    throw new CannotRun(`${options.out} is the file that is read; write to another.`)
  }
  const output = await openOutput(options.out, io.stdout)
  noteWhatApplies(policies, options, io)
  if (options.file === '-' && io.stdin.isTTY)
    io.stderr.write('Reading listings from the terminal; Ctrl-D ends them.\n')

  const { jurisdiction, explanation } = options
  const pool = openPool({ policies, jurisdiction, explanation }, { workers: options.workers })
  const tally = openTally(io)
  try {
    await screenAll({ bytes: plainBytes(source), pool, output, tally, inputName: options.file })
    await output.finish()
  } finally {
    tally.close()
    source.destroy()
    await pool.close()
  }
  return tally.conclude()
}

interface Run {
  bytes: AsyncIterable<Uint8Array>
  pool: ScreeningPool
  output: Output
  tally: Tally
  inputName: string
}

/** Blocks are screened side by side and written in order; no more are open than keep the pool busy. */
async function screenAll({ bytes, pool, output, tally, inputName }: Run): Promise<void> {
  const unwritten: Promise<boolean>[] = []
  let previous = Promise.resolve(true)
  const add = (screened: ReturnType<ScreeningPool['screenBlock']>) => {
    screened.catch(() => undefined) // waited for below, in its turn
    const before = previous
    previous = (async () => {
      const isRead = await before
      const block = await screened
      tally.add(block)
      return isRead && (await output.write(block.output))
    })()
    previous.catch(() => undefined) // waited for below, in its turn
    unwritten.push(previous)
  }
  let broken: unknown = null
  try {
    for await (const block of blocksOf(readable(bytes, (cause) => (broken = cause)))) {
      add(pool.screenBlock(block))
      if (unwritten.length >= pool.width && (await unwritten.shift()) === false) return
    }
  } finally {
    // What was read before the input broke is answered first.
    await Promise.all(unwritten)
  }
  if (broken !== null) {
    const why = broken instanceof Error ? broken.message : 'it cannot be read'
    throw new CannotRun(
      `${inputName === '-' ? 'Standard input' : inputName} broke off: ${why}. What came before it is answered.`,
    )
  }
}

/** Ends quietly where the source fails, and tells the failure aside: the last whole lines are still good. */
async function* readable(
  bytes: AsyncIterable<Uint8Array>,
  tell: (cause: unknown) => void,
): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes
  } catch (cause) {
    tell(cause)
  }
}

function readOptions(args: string[]): Options {
  const { values, positionals } = readArguments({
    args,
    allowPositionals: true,
    options: {
      policies: { type: 'string' },
      jurisdiction: { type: 'string', default: 'us' },
      workers: { type: 'string', default: '1' },
      out: { type: 'string' },
      explain: { type: 'string', default: 'full' },
    },
  })
  if (positionals.length > 1)
    throw new CannotRun(`One FILE is read at a time, not ${positionals.length}.`)
  const workers = /^\d{1,2}$/.test(values.workers) ? Number(values.workers) : 0
  if (workers < 1 || workers > 64)
    throw new CannotRun(`--workers takes a whole number from 1 to 64, not "${values.workers}".`)
  return {
    file: positionals[0] ?? '-',
    folder: values.policies ?? defaultPolicyFolder(),
    jurisdiction: expectName('--jurisdiction', values.jurisdiction, Jurisdiction.options),
    explanation: expectName('--explain', values.explain, explanations),
    workers,
    out: values.out,
  }
}

function isSameFile(input: string, output: string): boolean {
  return input !== '-' && existsSync(output) && realpathSync(output) === realpathSync(input)
}

function noteWhatApplies(policies: readonly Policy[], options: Options, io: CommandIo): void {
  const applied = policies.filter(
    ({ level, jurisdictions }) => level !== 'off' && jurisdictions.includes(options.jurisdiction),
  )
  const naive = applied.filter((policy) => policy.naive).map(({ policy }) => policy)
  if (applied.length === 0)
    io.stderr.write(
      `Note: no policy in ${options.folder} applies in ${options.jurisdiction}, so all is allowed.\n`,
    )
  if (naive.length > 0)
    io.stderr.write(`Note: marked as naive, so wrong on purpose: ${naive.join(', ')}.\n`)
}

type Tally = ReturnType<typeof openTally>

/** Counts what is answered, shows it while a person watches, and turns it into the exit code. */
function openTally(io: CommandIo) {
  const startedAt = performance.now()
  const counts = { allow: 0, review: 0, deactivate: 0, unread: 0 }
  const screened = () => counts.allow + counts.review + counts.deactivate
  const show = () => {
    const perSecond = Math.round((screened() * 1000) / Math.max(1, performance.now() - startedAt))
    return `${grouped(screened())} screened, ${grouped(perSecond)} a second: ${grouped(counts.allow)} allowed, ${grouped(counts.review)} for review, ${grouped(counts.deactivate)} deactivated`
  }
  const isWatched = io.stderr.isTTY === true
  const timer = isWatched
    ? setInterval(() => io.stderr.write(`\r\u001b[K${show()}`), 200)
    : undefined
  return {
    add: ({ outcomes, unread }: Awaited<ReturnType<ScreeningPool['screenBlock']>>) => {
      for (const outcome of ['allow', 'review', 'deactivate'] as const)
        counts[outcome] += outcomes[outcome]
      counts.unread += unread
    },
    close: () => {
      clearInterval(timer)
      if (isWatched) io.stderr.write(`\r\u001b[K${show()}\n`)
    },
    conclude: (): number => {
      if (counts.unread === 0) return 0
      const all = grouped(counts.unread + screened())
      io.stderr.write(
        `${grouped(counts.unread)} of ${all} lines could not be read; the error of each stands in its place.\n`,
      )
      return 1
    },
  }
}

function grouped(count: number): string {
  return count.toLocaleString('en-US')
}
