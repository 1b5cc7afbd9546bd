/** `recourse screen`: listings in, a verdict for each out, in the same order. */
import { setTimeout } from 'node:timers/promises'
import { Jurisdiction } from '../core/policy.ts'
import type { Policy } from '../core/policy.ts'
import { explanations } from '../screening/explain.ts'
import { screenInOrder } from '../screening/in-order.ts'
import type { Gathering } from '../screening/lines.ts'
import { openPool } from '../screening/pool.ts'
import type { PoolSetup, ScreeningPool } from '../screening/pool.ts'
import { CannotRun, expectName, readArguments } from './command.ts'
import type { CommandIo } from './command.ts'
import { openInput, plainBytes } from './input.ts'
import type { Input } from './input.ts'
import { isSameFile, openOutput } from './output.ts'
import type { Output } from './output.ts'
import { defaultPolicyFolder, readPolicyFolder } from './policies.ts'
import { showProgress } from './progress.ts'
import { openTally } from './tally.ts'
import type { Tally } from './tally.ts'

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
  --out FILE             where to write; standard output unless said. FILE is there when it is whole: until then, and
                         if the run fails or is ended, it stays as it was (a pipe or a device is written directly)
  --summary FILE         where to write what came of a whole run, as JSON: screened, allow, review, deactivate, unread,
                         byPolicy, seconds, perSecond
  --explain full|short|none
                         all terms of each sum, the 8 strongest and one for the rest, or none; full unless said
  --help                 this text

Every policy that is not off is applied, whatever its level. On a terminal the progress of the run is shown, and at its
end a summary by policy; with --summary it is shown always, on standard error.
Exit codes: 0 done (also when listings are flagged), 1 some lines could not be read, 2 could not run.`

/** What a worker takes at once, and how long lines of a slow pipe wait for others to come. */
const gathering: Gathering = { bytes: 1024 * 1024, soon: () => setTimeout(20) }

interface Options extends Omit<PoolSetup, 'policies'> {
  file: string
  folder: string
  workers: number
  out: string | undefined
  summary: string | undefined
}

/** Runs the command and gives its exit code. */
export async function run(args: string[], io: CommandIo): Promise<number> {
  const options = readOptions(args)
  const policies = readPolicyFolder(options.folder)
  await refuseSameFiles(options)
  const input = await openInput(options.file, io.stdin)
  await using output = await openOutput(options.out, io.stdout)
  // Opened now, so that a place that cannot be written is told of before the work.
  await using summary =
    options.summary === undefined ? null : await openOutput(options.summary, io.stdout)
  const applied = policies.filter(
    ({ level, jurisdictions }) => level !== 'off' && jurisdictions.includes(options.jurisdiction),
  )
  noteWhatApplies(applied, options, io)
  const tally = openTally(applied.map(({ policy }) => policy))
  const isWanted = await screenInput({ input, output, tally, policies, options, io })
  // A reader such as `head` that has what it wanted is told nothing more.
  if (isWanted) {
    await output.finish()
    await conclude(tally, summary, io)
  }
  return tally.summary().unread === 0 ? 0 : 1
}

async function screenInput({
  input,
  output,
  tally,
  policies,
  options,
  io,
}: {
  input: Input
  output: Output
  tally: Tally
  policies: readonly Policy[]
  options: Options
  io: CommandIo
}): Promise<boolean> {
  const { file, jurisdiction, explanation, workers } = options
  if (file === '-' && io.stdin.isTTY === true)
    io.stderr.write('Reading listings from the terminal; Ctrl-D ends them.\n')
  const pool = openPool({ policies, jurisdiction, explanation }, { workers })
  const progress = showProgress(io, {
    // Verdicts on the same terminal are progress enough.
    isWatched: isTerminal(io.stderr) && !(options.out === undefined && isTerminal(io.stdout)),
    say: () => tally.sayProgress(input.shareRead()),
  })
  try {
    return await screenAll({ bytes: plainBytes(input.source), pool, output, tally, options })
  } finally {
    progress.close()
    input.source.destroy()
    await pool.close()
  }
}

interface Run {
  bytes: AsyncIterable<Uint8Array>
  pool: ScreeningPool
  output: Output
  tally: Tally
  options: Options
}

/** No more blocks are open than keep the pool busy, so that a slow reader slows the writer down. False when nobody reads any more. */
async function screenAll({ bytes, pool, output, tally, options }: Run): Promise<boolean> {
  let broken: unknown = null
  const isRead = await screenInOrder(
    readable(bytes, (cause) => (broken = cause)),
    {
      screenBlock: (block) => {
        tally.begin(block.bytes.length)
        return pool.screenBlock(block)
      },
      width: pool.width,
      answer: async (screened, length) => {
        const isWritten = await output.write(screened.output)
        if (isWritten) tally.add(screened, length)
        return isWritten
      },
      gathering,
    },
  )
  if (isRead && broken !== null) throw brokenOff(broken, options)
  return isRead
}

function brokenOff(cause: unknown, { file, out }: Options): CannotRun {
  const why = cause instanceof Error ? cause.message : 'it cannot be read'
  const sofar = out === undefined ? 'What came before it is answered.' : `${out} is not written.`
  return new CannotRun(`${file === '-' ? 'Standard input' : file} broke off: ${why}. ${sofar}`, {
    cause,
  })
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
      summary: { type: 'string' },
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
    summary: values.summary,
  }
}

async function refuseSameFiles({ file, out, summary }: Options): Promise<void> {
  for (const written of [out, summary]) {
    if (file === '-' || written === undefined || !(await isSameFile(file, written))) continue
    throw new CannotRun(`${written} is the file that is read; write to another.`)
  }
  if (out !== undefined && summary !== undefined && (await isSameFile(out, summary)))
    throw new CannotRun(`--out and --summary are the same file, ${out}; write to two.`)
}

function noteWhatApplies(applied: readonly Policy[], options: Options, io: CommandIo): void {
  const naive = applied.filter((policy) => policy.naive).map(({ policy }) => policy)
  if (applied.length === 0)
    io.stderr.write(
      `Note: no policy in ${options.folder} applies in ${options.jurisdiction}, so all is allowed.\n`,
    )
  if (naive.length > 0)
    io.stderr.write(`Note: marked as naive, so wrong on purpose: ${naive.join(', ')}.\n`)
}

/** Says what came of a whole run. */
async function conclude(tally: Tally, summary: Output | null, io: CommandIo): Promise<void> {
  if (summary !== null) {
    await summary.write(`${JSON.stringify(tally.summary(), null, 2)}\n`)
    await summary.finish()
  }
  if (summary !== null || isTerminal(io.stderr)) io.stderr.write(`${tally.saySummary()}\n`)
  const unread = tally.sayUnread()
  if (unread !== null) io.stderr.write(`${unread}\n`)
}

function isTerminal(stream: { isTTY?: boolean }): boolean {
  return stream.isTTY === true
}
