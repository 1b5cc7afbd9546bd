/** `recourse policies train`: weights learned from examples, labelled cases and people's decisions. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Learned, watchesAccounts } from '../core/policy.ts'
import type { Policy } from '../core/policy.ts'
import { casesFor, casesOfDecisions, casesOfExamples } from '../screening/labelled-case.ts'
import type { LabelledDecision, LabelledListing } from '../screening/labelled-case.ts'
import { learn } from '../screening/learn.ts'
import type { Lesson } from '../screening/learn.ts'
import { LEARNED_SUFFIX, writeLearned } from '../screening/learned.ts'
import { CannotRun, expectName, readArguments } from './command.ts'
import type { CommandIo } from './command.ts'
import { columns } from './eval-report.ts'
import { administer } from './installation.ts'
import { caseFilesBeside, readCaseFiles, readDecisionFile } from './labelled.ts'
import { writeOutput } from './output.ts'
import { defaultPolicyFolder, readWrittenPolicies } from './policies.ts'

export const name = 'policies train'
export const summary = 'learns weights from examples, labelled cases and decisions'
export const usage = `Usage: recourse policies train [DIR] [options]

Learns weights for the policies of a folder (the project's own unless said), with the written ones as prior, and
writes them beside each as POLICY.learned.json. They are in force from then on, as a new version of the policy with
the same text. Learned from are the policy's examples; labelled cases; and what people decided, where DATABASE_URL or
RECOURSE_DATA names an installation or --decisions a file. Prints how well cases of families that were held out are
scored, how often what was scored so came true, and the largest changes. \`recourse policies eval\` counts what that
would change before anything is written.

A decision:  {"policy","isViolation":true,"sellerId","listing":{…}}

Options:
  --policy NAME     only this one; may be given several times
  --cases FILE      labelled cases (NDJSON); may be given several times; DIR/cases/*.ndjson unless said
  --decisions FILE  decisions (NDJSON) instead of those of an installation
  --out DIR         where to write; DIR unless said
  --json            print the result as one JSON object
  --help            this text

Exit codes: 0 written, 2 something cannot be read or written.`

interface Training {
  policy: Policy
  lesson: Lesson
  counts: { examples: number; cases: number; decisions: number }
  seconds: number
  file: string
}

/** Learns, writes and tells. */
export async function run(args: string[], io: CommandIo): Promise<number> {
  const { values, positionals } = readArguments({
    args,
    allowPositionals: true,
    options: {
      policy: { type: 'string', multiple: true },
      cases: { type: 'string', multiple: true },
      decisions: { type: 'string' },
      out: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  })
  if (positionals.length > 1)
    throw new CannotRun(`One folder is read at a time, not ${positionals.length}.`)
  const folder = positionals[0] ?? defaultPolicyFolder()
  // What happens to accounts is in no listing, so there is nothing to learn it from.
  const written = readWrittenPolicies(folder).filter((policy) => !watchesAccounts(policy))
  const policies = choose(written, values.policy)
  const labelled = await readCaseFiles(values.cases ?? caseFilesBeside(folder), io.stdin)
  const decisions = await readDecisions(values.decisions, io)
  const trainings: Training[] = []
  for (const policy of policies) {
    const training = train(policy, { labelled, decisions, folder })
    const file = join(values.out ?? folder, `${policy.policy}${LEARNED_SUFFIX}`)
    await writeOutput(file, io.stdout, writeLearned(training.lesson.learned))
    trainings.push({ ...training, file })
    if (!values.json) io.stdout.write(`${sayTraining({ ...training, file })}\n\n`)
  }
  if (values.json) io.stdout.write(`${JSON.stringify(trainings.map(plainly), null, 2)}\n`)
  return 0
}

function choose(policies: readonly Policy[], names: readonly string[] | undefined): Policy[] {
  if (names === undefined) return [...policies]
  const known = policies.map(({ policy }) => policy)
  const wanted = names.map((given) => expectName('--policy', given, known))
  return policies.filter(({ policy }) => wanted.includes(policy))
}

/** Those of a file, of the installation that the surroundings name, or none. */
async function readDecisions(
  file: string | undefined,
  { env, stdin }: CommandIo,
): Promise<LabelledDecision[]> {
  if (file !== undefined) return readDecisionFile(file, stdin)
  const names = [env['DATABASE_URL'], env['RECOURSE_DATA']]
  if (names.every((given) => (given ?? '').trim() === '')) return []
  return administer(env, (administration) => administration.labelledDecisions())
}

function train(
  policy: Policy,
  by: { labelled: LabelledListing[]; decisions: LabelledDecision[]; folder: string },
): Omit<Training, 'file'> {
  const startedAt = performance.now()
  const examples = casesOfExamples(policy)
  const cases = casesFor(policy, by.labelled)
  const decisions = casesOfDecisions(policy, by.decisions)
  const lesson = learn(policy, [...examples, ...cases, ...decisions])
  const version = Math.max(lesson.learned.version, lastVersion(by.folder, policy) + 1)
  return {
    policy,
    lesson: { ...lesson, learned: { ...lesson.learned, version } },
    counts: {
      examples: policy.examples.length,
      cases: new Set(cases.map(({ text }) => text)).size,
      decisions: decisions.length,
    },
    seconds: (performance.now() - startedAt) / 1000,
  }
}

/** The version that was learned last, whatever document it was for; 0 where none can be read. */
function lastVersion(folder: string, { policy }: Policy): number {
  const file = join(folder, `${policy}${LEARNED_SUFFIX}`)
  if (!existsSync(file)) return 0
  try {
    return Learned.parse(JSON.parse(readFileSync(file, 'utf8'))).version
  } catch {
    // What cannot be read is about to be replaced, and was never in force.
    return 0
  }
}

const CHANGES_SHOWN = 12
const WORDS_SHOWN = 20

function sayTraining({ policy, lesson, counts, seconds, file }: Training): string {
  const { learned, words, surprise, spokenOf } = lesson
  const { examples, cases, decisions } = counts
  const { violations, innocents } = learned.cases
  const lines = [
    `${policy.policy} version ${policy.version}, now ${learned.version}: learned in ${seconds.toFixed(1)} s from ${examples} examples, ${cases} labelled cases and ${decisions} decisions`,
    `  A signal speaks for a finding in ${spokenOf} of them: ${violations} violations, ${innocents} innocents.`,
  ]
  if (surprise !== null)
    lines.push(
      `  Mean surprise of a case, in nats: ${surprise.written.toFixed(3)} by the written weights, ${surprise.learned.toFixed(3)} by weights learned without its family.`,
    )
  lines.push(sayReliability(learned), sayChanges(policy, learned))
  lines.push(
    words.length === 0
      ? '  Words: none. Those beside the signals told nothing that held for other families.'
      : `  Words: ${words.length}, most of all ${words
          .slice(0, WORDS_SHOWN)
          .map((one) => `${one.words} ${signed(one.weight)}`)
          .join(', ')}.`,
  )
  lines.push(`  Written to ${file}.`)
  return lines.join('\n')
}

/** One line a bar: what was said, what happened, and both along a line from 0 to 1. */
function sayReliability({ reliability }: Learned): string {
  const width = 40
  const rows = reliability.map(({ said, happened, cases }) => {
    const at = (share: number) => Math.min(width - 1, Math.round(share * (width - 1)))
    const line = [...'█'.repeat(at(happened) + 1).padEnd(width, '·')]
    line[at(said)] = '┃'
    return ['  ', said.toFixed(2), happened.toFixed(2), String(cases), line.join('')]
  })
  if (rows.length === 0) return '  Nothing to tell how often scores come true.'
  return columns([['  ', 'said', 'happened', 'cases', '┃ said, █ happened'], ...rows])
}

function sayChanges(policy: Policy, { base, signals }: Learned): string {
  const changes = [
    { signal: 'base', from: policy.base, to: base },
    ...policy.signals.map(({ name: signal, weight }) => ({
      ...{ signal, from: weight, to: signals[signal] ?? weight },
    })),
  ].sort((a, b) => Math.abs(b.to - b.from) - Math.abs(a.to - a.from))
  return columns([
    ['  ', 'largest changes', 'written', 'learned'],
    ...changes
      .slice(0, CHANGES_SHOWN)
      .map(({ signal, from, to }) => ['  ', signal, signed(from), signed(to)]),
  ])
}

function signed(weight: number): string {
  return `${weight < 0 ? '−' : '+'}${Math.abs(weight).toFixed(2)}`
}

function plainly({ policy, lesson, counts, seconds, file }: Training) {
  return { policy: policy.policy, of: policy.version, counts, seconds, file, ...lesson }
}
