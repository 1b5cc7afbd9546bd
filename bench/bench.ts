/** `npm run bench`: measures how fast listings are screened, beside other engines and what cannot be undercut, in one run. */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { arch, cpus, loadavg, tmpdir, totalmem } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { gunzipSync } from 'node:zlib'
import type { Policy } from '../src/core/policy.ts'
import { readListingLine } from '../src/screening/listing-line.ts'
import { openCandidates } from './candidates.ts'
import { holdContest, writeOracle, WrongAnswer } from './contest.ts'
import type { Pace } from './contest.ts'
import { planContests } from './contests.ts'
import type { CorpusName } from './contests.ts'
import { heavyShares, makeCorpus, ordinaryShares, sharesOf } from './corpus.ts'
import type { Corpus } from './corpus.ts'
import type { EngineSetup } from './engine.ts'
import { measureHttp } from './http.ts'
import { measurePeaks } from './memory.ts'
import { policiesOf } from './ours.ts'
import { drawPlot } from './plot.ts'
import { judge } from './results.ts'
import type { CorpusNote, Results } from './results.ts'
import { makeRules, sizes as allSizes } from './rules.ts'
import type { RuleSet } from './rules.ts'
import { printClaims, printContest, printCorpora } from './table.ts'

const usage = `Usage: npm run bench -- [options]

Options:
  --quick   a short look: 60 and 600 rules, few rounds; its figures are no claim
  --save    keeps the plot as docs/pictures/bench.svg
  --help    this text

Progress is told on stderr, the table on stdout; all figures and the plot are written to bench/results.
With RECOURSE_SAMPLES, the real listings in that folder are screened too.
Exit codes: 0 measured, also where a claim is not met; 1 some answer of ours differs from the oracle's; 2 could not run.`

interface Scale {
  sizes: readonly number[]
  lines: number
  /** Of how many lines candidates are counted by words. */
  counted: number
  memoryLines: number
  pace: Pace
}

const scales: Record<'full' | 'quick', Scale> = {
  full: {
    sizes: allSizes,
    lines: 6000,
    counted: 1000,
    memoryLines: 40_000,
    pace: { rounds: 7, millis: 1000, warmMillis: 2000, openMillis: 60_000, agreeMillis: 1500 },
  },
  quick: {
    sizes: allSizes.slice(0, 2),
    lines: 800,
    counted: 400,
    memoryLines: 20_000,
    pace: { rounds: 3, millis: 200, warmMillis: 500, openMillis: 20_000, agreeMillis: 300 },
  },
}

const say = (line: string) => process.stderr.write(`${line}\n`)
const show = (table: string) => process.stdout.write(`${table}\n`)
const root = process.cwd()

async function run(): Promise<number> {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      save: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    process.stdout.write(`${usage}\n`)
    return 0
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'recourse-bench-'))
  try {
    const results = await measure(folder, { isQuick: values.quick })
    show(printClaims(results))
    keep(results, { isSaved: values.save })
    return 0
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measure(folder: string, { isQuick }: { isQuick: boolean }): Promise<Results> {
  const { sizes, lines, counted, memoryLines, pace } = scales[isQuick ? 'quick' : 'full']
  const startedAt = new Date().toISOString()
  const file = (name: CorpusName) => path.join(folder, `${name}.ndjson`)
  const corpora: CorpusNote[] = []
  const write = (name: CorpusName, bytes: Buffer, policies: readonly Policy[]) => {
    writeFileSync(file(name), bytes)
    corpora.push(noteCorpus({ name, bytes, policies, counted }))
    return corpora.at(-1)
  }
  const writeMade = (name: CorpusName, corpus: Corpus, rules: RuleSet) => {
    const note = write(name, corpus.bytes, rules.policies)
    if (note) note.plantedCandidates = corpus.shares.candidates
  }

  say('make the rules and listings')
  for (const size of sizes) {
    const rules = makeRules(size)
    const make = (shares: typeof ordinaryShares) => makeCorpus({ rules, shares, lines })
    writeMade(`ordinary-${size}`, make(ordinaryShares), rules)
    if (size === 60) writeMade('heavy-60', make(heavyShares), rules)
  }
  const real = readRealListings()
  if (real !== null) write('real', real, policiesOf('shipped'))

  show(printCorpora(corpora))

  const oracles = new Map<string, string>()
  const oracleOf = ({ corpus }: EngineSetup) => oracles.get(corpus) ?? ''
  const plan = planContests({ sizes, hasReal: real !== null && !isQuick, isQuick, file })
  const contests: Results['contests'] = []
  for (const { name, contestants } of plan) {
    for (const { setup, held } of contestants) {
      if (held === 'not' || oracles.has(setup.corpus)) continue
      const oracle = `${setup.corpus}.oracle`
      say(`oracle ${path.basename(setup.corpus)}`)
      await writeOracle({ ...setup, engine: 'plain', workers: 1, explanation: 'full' }, oracle)
      oracles.set(setup.corpus, oracle)
    }
    say(`\n${name}`)
    const rows = await holdContest(contestants, { pace, oracleOf, say })
    show(printContest(name, rows))
    contests.push({ name, rows })
  }

  say('\nNDJSON over HTTP')
  const rules = makeRules(60)
  const http = await measureHttp({
    corpus: file('ordinary-60'),
    policies: rules.policies,
    workers: 2,
    folder,
    rounds: pace.rounds,
    millis: pace.millis,
  })

  say('\nmemory of the command')
  const policyFolder = writePolicies(folder, rules)
  const peaks = await measurePeaks({ lines: memoryLines, rules, policyFolder, folder })
  return { startedAt, machine: describeMachine(), isQuick, corpora, contests, http, peaks }
}

function noteCorpus({
  name,
  bytes,
  policies,
  counted,
}: {
  name: string
  bytes: Buffer
  policies: readonly Policy[]
  counted: number
}): CorpusNote {
  const lines = bytes.toString('utf8').split('\n').filter(Boolean)
  const isCandidate = openCandidates(policies)
  const seen = lines.slice(0, counted)
  const found = seen.filter((line) => {
    const read = readListingLine(line)
    return read.ok && isCandidate(read.listing.text)
  })
  return {
    name,
    lines: lines.length,
    bytesPerLine: bytes.length / lines.length,
    shares: sharesOf(bytes),
    plantedCandidates: null,
    candidates: { share: found.length / seen.length, lines: seen.length },
  }
}

/** Null where there are none: they are not part of the project. */
function readRealListings(): Buffer | null {
  const samples = process.env.RECOURSE_SAMPLES
  if (samples === undefined || samples === '') return null
  const file = path.join(samples, 'listings/amazon-industrial-office.jsonl.gz')
  return existsSync(file) ? gunzipSync(readFileSync(file)) : null
}

/** As documents: every JSON is YAML too. */
function writePolicies(folder: string, { policies }: RuleSet): string {
  const policyFolder = path.join(folder, 'policies')
  mkdirSync(policyFolder)
  for (const policy of policies)
    writeFileSync(path.join(policyFolder, `${policy.policy}.yaml`), JSON.stringify(policy))
  return policyFolder
}

function describeMachine(): string {
  const [first] = cpus()
  const memory = Math.round(totalmem() / 2 ** 30)
  const load = (loadavg()[0] ?? 0).toFixed(1)
  return `${cpus().length} × ${first?.model.trim() ?? arch()}, ${memory} GiB, Node ${process.versions.node}, load at the end ${load}`
}

function keep(results: Results, { isSaved }: { isSaved: boolean }): void {
  const folder = path.join(root, 'bench/results')
  mkdirSync(folder, { recursive: true })
  const all = { ...results, claims: judge(results) }
  writeFileSync(path.join(folder, 'bench.json'), `${JSON.stringify(all, null, 2)}\n`)
  writeFileSync(path.join(folder, 'bench.svg'), drawPlot(results))
  say('\nAll figures are in bench/results/bench.json, the plot in bench/results/bench.svg.')
  if (!isSaved) return
  copyFileSync(path.join(folder, 'bench.svg'), path.join(root, 'docs/pictures/bench.svg'))
  say('The plot is kept as docs/pictures/bench.svg.')
}

try {
  process.exitCode = await run()
} catch (cause) {
  const isPlain = cause instanceof WrongAnswer || !(cause instanceof Error)
  say(isPlain ? String(cause) : (cause.stack ?? cause.message))
  process.exitCode = cause instanceof WrongAnswer ? 1 : 2
}
