/** `recourse complaints score`: complaints in, what each is worth out, in the same order. */
import { openCredibility } from '../credibility/score.ts'
import type { Credibility, Judgement } from '../credibility/score.ts'
import type { LineError } from '../core/json-line.ts'
import { blocksOf, linesIn, MAX_LINE_BYTES } from '../screening/lines.ts'
import { decodeUtf8 } from '../screening/utf8.ts'
import { CannotRun, readArguments } from './command.ts'
import type { CommandIo } from './command.ts'
import { readWeights } from './complaints-weights.ts'
import { openInput, plainBytes } from './input.ts'
import { isSameFile, openOutput } from './output.ts'
import type { Output } from './output.ts'
import { showProgress } from './progress.ts'

export const name = 'complaints score'
export const summary =
  'reads complaints and writes what each is worth, and which rings are behind them'
export const usage = `Usage: recourse complaints score [FILE|-] [options]

Reads complaints as NDJSON (plain or gzip; standard input for - or without FILE), all as one batch, and then writes
one score for each complaint, in the same order. Lines of context may stand anywhere. A line that cannot be read is
answered with its error in its place, and the run goes on.

A complaint:  {"id","at","sellerId","listingId","reporterId","orderId","kind","text","reporter":{"createdAt","orders",
              "devices":[],"ipPrefixes":[],"paymentHashes":[],"addressHashes":[]}}
              only id, at, sellerId and reporterId are required; unknown keys are ignored
Context:      {"seller":{"id","createdAt","categories":[],"devices":[],"ipPrefixes":[],"paymentHashes":[],
              "addressHashes":[]}}
              {"order":{"id","sellerId","listingId","reporterId","at","delivered":true}}
A score:      {"id","credibility":0.0,"counts":true,"ring":null,"reasons":[{"signal","weight","text"}]}
              credibility is 1/(1+e^-sum) over the weights of its reasons; counts says whether it may weigh against the
              seller; ring is null, or a name that the members of one ring share
An error:     {"line":17,"error":{"type","detail"}}

Options:
  --out FILE     where to write; standard output unless said. FILE is there when it is whole
  --rings FILE   where to write the rings, one JSON object a line: members, targets, what ties them, who stays out
  --weights FILE weights that \`recourse complaints train\` learned, instead of the written ones
  --help         this text

Exit codes: 0 done, 1 some lines could not be read, 2 could not run.`

interface Options {
  file: string
  out: string | undefined
  rings: string | undefined
  weights: string | undefined
}

/** Runs the command and gives its exit code. */
export async function run(args: string[], io: CommandIo): Promise<number> {
  const options = readOptions(args)
  await refuseSameFiles(options)
  const weights = options.weights === undefined ? undefined : readWeights(options.weights)
  const input = await openInput(options.file, io.stdin)
  await using output = await openOutput(options.out, io.stdout)
  await using rings =
    options.rings === undefined ? null : await openOutput(options.rings, io.stdout)
  if (options.file === '-' && io.stdin.isTTY === true)
    io.stderr.write('Reading complaints from the terminal; Ctrl-D ends them.\n')

  const credibility = openCredibility(weights === undefined ? {} : { weights })
  const reading = openReading(credibility)
  const startedAt = performance.now()
  const progress = showProgress(io, {
    isWatched: io.stderr.isTTY === true,
    say: () => `${reading.complaints()} complaints read${sayShare(input.shareRead())}`,
  })
  try {
    for await (const block of blocksOf(plainBytes(input.source)))
      for (const { line, bytes } of linesIn(block)) reading.take(line, bytes)
  } catch (cause) {
    if (cause instanceof CannotRun) throw cause
    const why = cause instanceof Error ? cause.message : 'it cannot be read'
    throw new CannotRun(
      `${options.file === '-' ? 'Standard input' : options.file} broke off: ${why}. Nothing is scored, since a score may use what comes later.`,
      { cause },
    )
  } finally {
    progress.close()
    input.source.destroy()
  }
  const judgement = credibility.judge()
  if (await writeScores(judgement, reading.errors, output)) {
    await output.finish()
    if (rings !== null) {
      for (const ring of judgement.rings) await rings.write(`${JSON.stringify(ring)}\n`)
      await rings.finish()
    }
    const seconds = (performance.now() - startedAt) / 1000
    if (io.stderr.isTTY === true)
      io.stderr.write(
        `${judgement.count} complaints scored in ${seconds.toFixed(1)} seconds, ${judgement.rings.length} rings found.\n`,
      )
  }
  const unread = reading.errors.length
  if (unread > 0)
    io.stderr.write(
      `${unread} of ${reading.lines()} lines could not be read; each is answered in its place.\n`,
    )
  return unread === 0 ? 0 : 1
}

/** A line that could not be read, and how many complaints came before it. */
interface Unread {
  after: number
  line: number
  error: LineError
}

function openReading(credibility: Credibility) {
  const errors: Unread[] = []
  let [complaints, lines] = [0, 0]
  const refuse = (line: number, type: LineError['type'], detail: string) =>
    errors.push({ after: complaints, line, error: { type, detail } })
  return {
    errors,
    complaints: () => complaints,
    lines: () => lines,
    take: (line: number, bytes: Uint8Array | null) => {
      lines++
      if (bytes === null) {
        refuse(line, 'too_large', `The line is longer than ${MAX_LINE_BYTES} bytes.`)
        return
      }
      const text = decodeUtf8(bytes)
      if (text === null) {
        refuse(line, 'invalid_utf8', 'The line is not UTF-8 text.')
        return
      }
      const read = credibility.readLine(text)
      if (read.is === 'error') refuse(line, read.error.type, read.error.detail)
      else if (read.is === 'complaint') complaints++
    },
  }
}

const CHUNK = 64 * 1024

/** Writes scores and errors as their lines came; false when nobody reads any more. */
async function writeScores(
  judgement: Judgement,
  errors: readonly Unread[],
  output: Output,
): Promise<boolean> {
  let [chunk, nextError] = ['', 0]
  for (let number = 0; number <= judgement.count; number++) {
    for (let unread = errors[nextError]; unread?.after === number; unread = errors[++nextError])
      chunk += `${JSON.stringify({ line: unread.line, error: unread.error })}\n`
    if (number < judgement.count) {
      chunk += `${judgement.lineOf(number)}\n`
    }
    if (chunk.length < CHUNK && number < judgement.count) continue
    if (!(await output.write(chunk))) return false
    chunk = ''
  }
  return true
}

function readOptions(args: string[]): Options {
  const { values, positionals } = readArguments({
    args,
    allowPositionals: true,
    options: { out: { type: 'string' }, rings: { type: 'string' }, weights: { type: 'string' } },
  })
  if (positionals.length > 1)
    throw new CannotRun(`One FILE is read at a time, not ${positionals.length}.`)
  return {
    file: positionals[0] ?? '-',
    out: values.out,
    rings: values.rings,
    weights: values.weights,
  }
}

async function refuseSameFiles({ file, out, rings }: Options): Promise<void> {
  for (const written of [out, rings]) {
    if (file === '-' || written === undefined || !(await isSameFile(file, written))) continue
    throw new CannotRun(`${written} is the file that is read; write to another.`)
  }
  if (out !== undefined && rings !== undefined && (await isSameFile(out, rings)))
    throw new CannotRun(`--out and --rings are the same file, ${out}; write to two.`)
}

function sayShare(share: number | null): string {
  return share === null ? '' : `, ${Math.floor(100 * share)} %`
}
