/** `recourse complaints eval`: how often rings are stopped and honest people wronged, in made marketplaces that nobody saw before. */
import type { CalibrationBar } from '../core/calibration.ts'
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { shareOf } from '../core/likely-range.ts'
import type { Mean } from '../core/likely-range.ts'
import {
  addMarketplace,
  byCunning,
  goalsOf,
  judgeMarketplace,
  openTally,
} from '../credibility/generate/evaluation.ts'
import type { Tally } from '../credibility/generate/evaluation.ts'
import { makeMarketplace } from '../credibility/generate/marketplace.ts'
import {
  addJudged,
  barsOf,
  improvementsOf,
  openReliability,
} from '../credibility/generate/reliability.ts'
import { learnWeights } from '../credibility/lesson.ts'
import type { Investigated } from '../credibility/lesson.ts'
import type { Weights } from '../credibility/sum.ts'
import { fitLogistic } from '../screening/logistic.ts'
import { CannotRun, readArguments } from './command.ts'
import type { CommandIo } from './command.ts'
import { drawComplaints, sayShare } from './complaints-plot.ts'
import type { Reliabilities } from './complaints-plot.ts'
import { columns } from './eval-report.ts'
import { writeOutput } from './output.ts'
import { showProgress } from './progress.ts'

export const name = 'complaints eval'
export const summary = 'counts how right the weighing of complaints is in made marketplaces'
export const usage = `Usage: recourse complaints eval [options]

Makes marketplaces with honest customers, bad sellers, recalls, people who complain often and rivals in disguise, scores
them, and counts what is right, in all and by how cunning the rivals are; bare rings lack what would give them away
first. Shares come with Wilson's 95 % interval. The weighing reads only what is in the lines.

The first half of the marketplaces teaches weights, as if every fifth complaint there had been investigated; in the
other half it is counted how often what is said of complaints comes true, by written and by learned weights.

Options:
  --seed N           the first seed; drawn from the clock unless said, so that each run meets others
  --marketplaces N   how many are made, each from the next seed; 60 unless said
  --scale N          how large they may be, 1 to 50; 1 (up to some thousand complaints) unless said
  --plot FILE        where to draw the shares by cunning, as SVG
  --json             print all figures as one JSON object
  --help             this text

Exit codes: 0 every goal is met, 1 one is not, 2 could not run.`

/** Prints the evaluation. */
export async function run(args: string[], io: CommandIo): Promise<number> {
  const { values, positionals } = readArguments({
    args,
    allowPositionals: true,
    options: {
      seed: { type: 'string' },
      marketplaces: { type: 'string', default: '60' },
      scale: { type: 'string', default: '1' },
      plot: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  })
  if (positionals.length > 0)
    throw new CannotRun('Marketplaces are made, not read; no FILE is taken.')
  const seed = readNumber('--seed', values.seed ?? String(Date.now() % 1_000_000_000), 2 ** 31)
  const count = Math.max(1, readNumber('--marketplaces', values.marketplaces, 100_000))
  const scale = Math.max(1, readNumber('--scale', values.scale, 50))
  const tally = openTally()
  const reliability = { written: openReliability(), learned: openReliability() }
  const investigated: Investigated[] = []
  let learned: Weights | null = null
  const progress = showProgress(io, {
    isWatched: io.stderr.isTTY === true,
    say: () => `${tally.marketplaces} of ${count} marketplaces, ${tally.complaints} complaints`,
  })
  for (let made = 0; made < count; made++) {
    const marketplace = makeMarketplace(seed + made, { scale })
    const judged = addMarketplace(tally, marketplace)
    if (made < count / 2) {
      for (const [at, { score, isGenuine }] of judged.entries())
        if (at % INVESTIGATED === 0) investigated.push({ reasons: score.reasons, isGenuine })
    } else {
      learned ??= learnWeights(investigated, fitLogistic)
      addJudged(reliability.written, judged)
      addJudged(reliability.learned, judgeMarketplace(marketplace, learned))
    }
    // The line of progress is written between marketplaces.
    await new Promise((done) => setImmediate(done))
  }
  progress.close()
  const goals = goalsOf(tally)
  if (values.plot !== undefined) {
    mkdirSync(dirname(values.plot), { recursive: true })
    await writeOutput(values.plot, io.stdout, drawComplaints(tally, { seed, reliability }))
  }
  io.stdout.write(
    values.json
      ? `${JSON.stringify(plainly(tally, seed, reliability), null, 2)}\n`
      : sayAll(tally, seed, reliability),
  )
  return goals.every(({ isMet }) => isMet) ? 0 : 1
}

/** Of so many complaints of a marketplace that teaches, one was investigated. */
const INVESTIGATED = 5

function sayAll(tally: Tally, seed: number, { written, learned }: Reliabilities): string {
  const parts = [
    `${tally.marketplaces} marketplaces from seed ${seed}, ${tally.complaints} complaints.`,
    columns([
      ['', 'goal', 'counted'],
      ...goalsOf(tally).map(({ what, wanted, share, isMet }) => [
        what,
        wanted,
        `${isMet ? '✓' : '✗'} ${sayShare(share)}`,
      ]),
    ]),
    columns([
      ['rivals', '', 'false complaints that do not count', 'rings found'],
      ...byCunning(tally).map(({ cunning, isBare, stopped, found }) => [
        ...[cunning, isBare ? 'bare' : ''],
        ...[sayShare(shareOf(stopped.count, stopped.of)), sayShare(shareOf(found.count, found.of))],
      ]),
    ]),
    columns([
      ['genuine complaints of', 'that do not count'],
      ...[...tally.byGroup].map(([group, { count, of }]) => [
        group === 'ring' ? 'ring members about others' : `${group}s`,
        sayShare(shareOf(count, of)),
      ]),
    ]),
    columns([
      ['held out', 'said by written weights', 'genuine', 'said by learned weights', 'genuine'],
      ...barsOf(written).map((bar, at) => [
        `${at / 10} to ${(at + 1) / 10}`,
        ...sayBar(bar),
        ...sayBar(barsOf(learned)[at] ?? null),
      ]),
    ]),
    columns([
      ['mean error of a complaint, held out', 'written weights', 'learned weights', 'difference'],
      ...improvementsOf(written, learned).map(({ what, before, after, difference }) => [
        what,
        ...[before, after, difference].map(sayMean),
      ]),
    ]),
  ]
  return `${parts.join('\n\n')}\n`
}

function sayBar(bar: CalibrationBar | null): [string, string] {
  return bar === null ? ['', 'none to count'] : [bar.said.toFixed(3), sayShare(bar.found)]
}

function sayMean({ mean, low, high }: Mean): string {
  const say = (value: number) => value.toFixed(4).replace('-', '−')
  return Number.isFinite(high - low) ? `${say(mean)} (${say(low)} to ${say(high)})` : say(mean)
}

function plainly(tally: Tally, seed: number, { written, learned }: Reliabilities) {
  return {
    reliability: { written: barsOf(written), learned: barsOf(learned) },
    errors: improvementsOf(written, learned),
    ...{ seed, ...tally },
    byCunning: byCunning(tally),
    byGroup: Object.fromEntries(tally.byGroup),
    goals: goalsOf(tally),
  }
}

function readNumber(option: string, given: string, most: number): number {
  const number = /^\d{1,10}$/.test(given) ? Number(given) : NaN
  if (!(number <= most))
    throw new CannotRun(`${option} takes a whole number up to ${most}, not "${given}".`)
  return number
}
