/** `recourse complaints train`: weights learned from complaints that people have looked into. */
import { z } from 'zod'
import { learnWeights } from '../credibility/lesson.ts'
import type { Investigated } from '../credibility/lesson.ts'
import { credibilityOf, writtenWeights } from '../credibility/sum.ts'
import type { Weights, WrittenSignal } from '../credibility/sum.ts'
import { fitLogistic } from '../screening/logistic.ts'
import { CannotRun, readArguments } from './command.ts'
import type { CommandIo } from './command.ts'
import { sayWeights } from './complaints-weights.ts'
import { columns } from './eval-report.ts'
import { textLines } from './labelled.ts'
import { isSameFile, writeOutput } from './output.ts'

export const name = 'complaints train'
export const summary = 'learns what purchase, age and orders say of complaints from investigations'
export const usage = `Usage: recourse complaints train INVESTIGATED.ndjson --out FILE

Learns weights for \`recourse complaints score --weights FILE\` from complaints that people have looked into, with the
written weights as prior: a few cases move a weight a little, many move it far, none turns it round. What ties a ring
weighs what its evidence weighs and is not learned. Prints the changes and, where there are enough, the mean surprise
of a case by weights learned without it.

A case:  a line that \`recourse complaints score\` wrote, with what was found:
         {"finding":"confirmed","reasons":[{"signal":"start","weight":1.5},…]}
         finding is confirmed, refuted or undetermined, which teaches nothing; unknown keys are ignored

Options:
  --out FILE  where to write the weights
  --json      print the result as one JSON object
  --help      this text

Exit codes: 0 written, 2 something cannot be read or written.`

const Case = z.object({
  finding: z.enum(['confirmed', 'refuted', 'undetermined']),
  reasons: z.array(z.object({ signal: z.string(), weight: z.number() })),
})

/** With fewer cases than this, leaving some out says nothing. */
const ENOUGH = 20
const PARTS = 5

/** Learns, writes and tells. */
export async function run(args: string[], io: CommandIo): Promise<number> {
  const { values, positionals } = readArguments({
    args,
    allowPositionals: true,
    options: { out: { type: 'string' }, json: { type: 'boolean', default: false } },
  })
  const [file] = positionals
  if (file === undefined || positionals.length > 1)
    throw new CannotRun('One file of investigated complaints is read.')
  const { out } = values
  if (out === undefined) throw new CannotRun('--out FILE says where the weights are written.')
  if (file !== '-' && (await isSameFile(file, out)))
    throw new CannotRun(`${out} is the file that is read; write to another.`)
  const { cases, undetermined } = await readCases(file, io)
  const confirmed = cases.filter(({ isGenuine }) => isGenuine).length
  const learnedFrom = { confirmed, refuted: cases.length - confirmed }
  const weights = learnWeights(cases, fitLogistic)
  const surprise = cases.length < ENOUGH ? null : heldOut(cases)
  await writeOutput(out, io.stdout, sayWeights({ weights: { ...weights }, learnedFrom }))
  const result = { file: out, learnedFrom, undetermined, surprise, weights }
  io.stdout.write(values.json ? `${JSON.stringify(result, null, 2)}\n` : say(result))
  return 0
}

async function readCases(
  file: string,
  io: CommandIo,
): Promise<{ cases: Investigated[]; undetermined: number }> {
  const cases: Investigated[] = []
  let undetermined = 0
  for await (const { line, text } of textLines(file, io.stdin)) {
    if (text.trim() === '') continue
    let read: z.infer<typeof Case>
    try {
      read = Case.parse(JSON.parse(text))
    } catch (cause) {
      const why = cause instanceof z.ZodError ? z.prettifyError(cause) : 'it is not JSON'
      throw new CannotRun(`${file}:${line}: the case cannot be read: ${why}.`, { cause })
    }
    if (read.finding === 'undetermined') undetermined++
    else
      cases.push({
        isGenuine: read.finding === 'confirmed',
        reasons: read.reasons.map((reason) => ({ ...reason, text: '' })),
      })
  }
  return { cases, undetermined }
}

/** The mean surprise of a case by written weights, and by weights learned from the other parts. */
function heldOut(cases: readonly Investigated[]): { written: number; learned: number } {
  const sums = { written: 0, learned: 0 }
  for (let part = 0; part < PARTS; part++) {
    const others = cases.filter((_, at) => at % PARTS !== part)
    const learned = learnWeights(others, fitLogistic)
    for (const one of cases.filter((_, at) => at % PARTS === part)) {
      sums.written += surpriseOf(one, writtenWeights)
      sums.learned += surpriseOf(one, learned)
    }
  }
  return { written: sums.written / cases.length, learned: sums.learned / cases.length }
}

function surpriseOf({ reasons, isGenuine }: Investigated, weights: Weights): number {
  const isWritten = (signal: string): signal is WrittenSignal => signal in weights
  const said = credibilityOf(
    reasons.map((reason) =>
      isWritten(reason.signal) ? { ...reason, weight: weights[reason.signal] } : reason,
    ),
  )
  return -Math.log(Math.max(1e-9, isGenuine ? said : 1 - said))
}

interface Result {
  file: string
  learnedFrom: { confirmed: number; refuted: number }
  undetermined: number
  surprise: { written: number; learned: number } | null
  weights: Weights
}

function say({ file, learnedFrom, undetermined, surprise, weights }: Result): string {
  const { confirmed, refuted } = learnedFrom
  // Object.keys forgets which keys an object has.
  const changes = (Object.keys(weights) as WrittenSignal[])
    .map((signal) => ({ signal, from: writtenWeights[signal], to: weights[signal] }))
    .sort((a, b) => Math.abs(b.to - b.from) - Math.abs(a.to - a.from))
  return [
    `Learned from ${confirmed} confirmed and ${refuted} refuted complaints; ${undetermined} undetermined teach nothing.`,
    surprise === null
      ? `With fewer than ${ENOUGH} cases nothing can be left out to see whether it helps.`
      : `Mean surprise of a case, in nats: ${surprise.written.toFixed(3)} by the written weights, ${surprise.learned.toFixed(3)} by weights learned without it.`,
    '',
    columns([
      ['signal', 'written', 'learned'],
      ...changes.map(({ signal, from, to }) => [signal, signed(from), signed(to)]),
    ]),
    '',
    `Written to ${file}.\n`,
  ].join('\n')
}

function signed(weight: number): string {
  return `${weight < 0 ? '−' : '+'}${Math.abs(weight).toFixed(2)}`
}
