/** Learning weighs a policy's signals, and the words beside them, by what people decided, with the written weights as prior. */
import type { Jurisdiction, Learned, Policy, Reliability, Signal } from '../core/policy.ts'
import { canonicalText } from '../core/listing.ts'
import type { ListingText } from '../core/listing.ts'
import { scoreOf } from '../core/finding.ts'
import { compilePolicies } from './compile.ts'
import { tellingAll } from './examples.ts'
import { BUCKETS, featuresOf, freeWords, learnedTerms, readersIn } from './features.ts'
import type { Feature, FreeWord } from './features.ts'
import { fitLogistic } from './logistic.ts'
import type { Column, Prior } from './logistic.ts'
import { BASE } from './policy.ts'
import { placeOf, screen } from './screen.ts'

/** A listing with what is right about it, as far as one policy goes. */
export interface LabelledCase {
  text: ListingText
  isViolation: boolean
  /** How much it counts: 1 for a plain one. */
  weight: number
  /** Goods of one kind, or listings of one seller: never partly learned from and partly tried on. Null for one of its own. */
  family: string | null
  source: 'example' | 'case' | 'decision'
  /** Where it was judged; the policy's first jurisdiction when absent. */
  jurisdiction?: Jurisdiction
}

/** What was learned, and what a person wants to know of it before it comes into force. */
export interface Lesson {
  learned: Learned
  /** Of the cases given, those in which a written signal speaks for a finding: no other can be judged otherwise. */
  spokenOf: number
  /** The learned words, strongest first. */
  words: { words: string; weight: number }[]
  /** How well held-out families were scored: the mean surprise of a case in nats, by written and by learned weights. */
  surprise: { written: number; learned: number } | null
}

/** How far the cases may take a signal, or the base, from its written weight without strong evidence. */
const SIGNAL_SPREAD = 1
/** Learned words only ever correct: each weighs little, and most of them nothing. */
const WORD_SPREAD = 0.7
const MOST_WORD_WEIGHT = 2
const MOST_WORDS = 500
/** The forces that words are held at 0 with; the one that serves held-out families best is taken, or no words at all. */
const PULLS = [8, 4, 2, 1]
/** Words must serve by so much of the surprise, or the plainer sum is kept. */
const WORTH_WORDS = 0.03
const FOLDS = 5
/** A word of fewer cases, or of one family, tells that family. */
const FEWEST_CASES = 3
const BARS = 10

/** A case in which a written signal speaks for a finding, as numbers. */
interface Reading {
  text: ListingText
  /** By the place of each found signal in the policy. */
  signals: number[]
  free: FreeWord[]
  features: Feature[]
  happened: 0 | 1
  count: number
  family: string
}

/** A bucket that may get a weight, and between which bounds. */
interface Candidate {
  bucket: number
  low: number
  high: number
}

interface Model {
  base: number
  signals: number[]
  words: ReadonlyMap<number, number>
}

/**
 * Learns weights for a policy. Words that no signal reads may get a weight too where that serves families that were
 * held out. The whole is then calibrated on held-out scores, and the calibration folded into the weights.
 */
export function learn(policy: Policy, cases: readonly LabelledCase[]): Lesson {
  const readings = readCases(policy, cases)
  const folds = foldsOf(readings)
  const { words, heldOut } = chooseModel(policy, readings, folds)
  const calibration = calibrate(readings, heldOut)
  const model = scaleModel(fitModel(policy, readings, words), calibration, policy)
  const calibrated = heldOut.map((sum) => calibration.scale * sum + calibration.shift)
  return {
    learned: {
      policy: policy.policy,
      of: policy.learned?.of ?? policy.version,
      version: policy.version + 1,
      base: rounded(model.base),
      signals: Object.fromEntries(
        policy.signals.map(({ name }, at) => [name, rounded(model.signals[at] ?? 0)]),
      ),
      buckets: BUCKETS,
      words: Object.fromEntries(
        [...model.words].map(([bucket, weight]) => [bucket, rounded(weight)]),
      ),
      cases: {
        violations: readings.filter(({ happened }) => happened === 1).length,
        innocents: readings.filter(({ happened }) => happened === 0).length,
      },
      reliability: reliabilityOf(readings, calibrated),
    },
    spokenOf: readings.length,
    words: nameWords(readings, model),
    surprise:
      readings.length === 0
        ? null
        : {
            written: surpriseOf(
              readings,
              readings.map((reading) => sumOf(writtenModel(policy), reading)),
            ),
            learned: surpriseOf(readings, calibrated),
          },
  }
}

/**
 * Cases by family, so that the same cases in any order teach the same. Both kinds count as they come: what is learned
 * is how likely a violation is where a signal speaks, in a mix such as that of the cases.
 */
function readCases(policy: Policy, cases: readonly LabelledCase[]): Reading[] {
  const read = openReader(policy)
  const readings = cases.flatMap((one) => {
    const found = read(one.text, one.jurisdiction ?? policy.jurisdictions[0] ?? 'us')
    if (found === null) return []
    const own = canonicalText(one.text)
    const happened: 0 | 1 = one.isViolation ? 1 : 0
    return [
      {
        ...found,
        happened,
        count: one.weight,
        family: one.family ?? own,
        key: `${own} ${happened} ${one.weight} ${one.source}`,
      },
    ]
  })
  readings.sort((a, b) => compare(a.family, b.family) || compare(a.key, b.key))
  return readings
}

/** Reads a text as a policy does: which signals it finds, and which words it leaves; null where none speaks for a finding. */
export function openReader(policy: Policy) {
  const compiled = new Map<Jurisdiction, ReturnType<typeof compilePolicies>>()
  const open = tellingAll({ ...policy, learned: undefined })
  const numbers = new Map(policy.signals.map(({ name }, at) => [name, at]))
  const readerOf = readersIn(policy)
  return (
    text: ListingText,
    jurisdiction: Jurisdiction,
  ): Pick<Reading, 'text' | 'signals' | 'free' | 'features'> | null => {
    const rules = compiled.get(jurisdiction) ?? compilePolicies([open], { jurisdiction })
    compiled.set(jurisdiction, rules)
    const [finding] = screen(rules, { id: 'case', text }).findings
    if (finding === undefined) return null
    const covered = finding.evidence.flatMap(placeOf)
    const signals = new Set(
      finding.evidence.flatMap(({ signal }) =>
        signal === BASE ? [] : [numbers.get(signal) ?? failOn(signal)],
      ),
    )
    const free = freeWords(text, { covered, readerOf })
    return { text, signals: [...signals], free, features: featuresOf(text, free) }
  }
}

function failOn(signal: string): never {
  throw new Error(`read a case: the policy has no signal ${signal}`)
}

/** Which fold tries each case: whole families, dealt out so that every fold has some of each kind. */
function foldsOf(readings: readonly Reading[]): number[] {
  const families = new Map<string, { violations: number; size: number }>()
  for (const { family, happened } of readings) {
    const known = families.get(family) ?? { violations: 0, size: 0 }
    families.set(family, { violations: known.violations + happened, size: known.size + 1 })
  }
  const dealt = [...families].sort(
    ([nameA, a], [nameB, b]) =>
      b.violations / b.size - a.violations / a.size || b.size - a.size || compare(nameA, nameB),
  )
  const foldOf = new Map(dealt.map(([name], at) => [name, at % FOLDS]))
  return readings.map(({ family }) => foldOf.get(family) ?? 0)
}

/** With which force words are held, or null for none of them, and how each case is scored by what the others teach. */
function chooseModel(policy: Policy, readings: readonly Reading[], folds: readonly number[]) {
  const heldOutBy = (words: number | null) => {
    const sums = readings.map(() => 0)
    for (let fold = 0; fold < FOLDS; fold++) {
      const inFold = (_: unknown, at: number) => folds[at] === fold
      if (!readings.some(inFold)) continue
      const model = fitModel(
        policy,
        readings.filter((_, at) => folds[at] !== fold),
        words,
      )
      readings.forEach((reading, at) => {
        if (folds[at] === fold) sums[at] = sumOf(model, reading)
      })
    }
    return sums
  }
  const plain = heldOutBy(null)
  const plainSurprise = surpriseOf(readings, plain)
  let best: { words: number | null; heldOut: number[]; surprise: number } = {
    words: null,
    heldOut: plain,
    surprise: plainSurprise * (1 - WORTH_WORDS),
  }
  for (const words of readings.length === 0 ? [] : PULLS) {
    const heldOut = heldOutBy(words)
    const surprise = surpriseOf(readings, heldOut)
    if (surprise < best.surprise) best = { words, heldOut, surprise }
  }
  return best
}

function fitModel(policy: Policy, readings: readonly Reading[], words: number | null): Model {
  const written = writtenModel(policy)
  if (readings.length === 0) return written
  const signals = columnsOf(
    readings.map((reading) => reading.signals.map((signal) => ({ key: signal, value: 1 }))),
    policy.signals.map((_, at) => at),
  )
  const base: Column = { rows: [...readings.keys()], values: readings.map(() => 1) }
  const priors = [priorOfBase(policy), ...policy.signals.map(priorOfSignal)]
  const happened = readings.map((reading) => reading.happened)
  const counts = readings.map((reading) => reading.count)

  /** Fits all weights, with words that stand in the rows as given. */
  const fitWith = (inRows: { key: number; value: number }[][], candidates: Candidate[]): Model => {
    const buckets = candidates.map(({ bucket }) => bucket)
    const columns = [base, ...signals, ...columnsOf(inRows, buckets)]
    const wordPriors = candidates.map(({ low, high }) => ({
      ...{ mean: 0, spread: WORD_SPREAD, pull: words ?? 0 },
      ...{ low, high },
    }))
    const weights = fitLogistic({ happened, counts, columns }, [...priors, ...wordPriors])
    const first = 1 + policy.signals.length
    const speaking = buckets.flatMap((bucket, at): [number, number][] => {
      const weight = weights[first + at] ?? 0
      return Math.abs(weight) < 0.01 ? [] : [[bucket, weight]]
    })
    return {
      base: weights[0] ?? written.base,
      signals: weights.slice(1, first),
      words: new Map(speaking),
    }
  }
  if (words === null) return fitWith([], [])

  // First every word and pair stands for itself; then only those that got a weight are left, each word in one term.
  const candidates = candidatesIn(readings)
  const all = readings.map(({ features }) =>
    features.map(({ bucket, sign }) => ({ key: bucket, value: sign })),
  )
  let model = fitWith(all, candidates)
  for (let round = 0; round < 3 && model.words.size > 0; round++) {
    const kept = strongest(model.words)
    const inTerms = readings.map(({ text, free }) =>
      learnedTerms(text, free, (bucket) => kept.get(bucket)).map(({ bucket, sign }) => ({
        key: bucket,
        value: sign,
      })),
    )
    model = fitWith(
      inTerms,
      candidates.filter(({ bucket }) => kept.has(bucket)),
    )
    if (model.words.size === kept.size) break
  }
  return model
}

/** The buckets of words and pairs that are neither rare nor of one family. */
function candidatesIn(readings: readonly Reading[]): Candidate[] {
  const seen = new Map<string, { feature: Feature; cases: number; families: Set<string> }>()
  for (const { features, family } of readings) {
    for (const feature of features) {
      const known = seen.get(feature.words) ?? { feature, cases: 0, families: new Set() }
      known.cases++
      known.families.add(family)
      seen.set(feature.words, known)
    }
  }
  const candidates = new Map<number, Candidate>()
  for (const { feature, cases, families } of seen.values()) {
    if (cases < FEWEST_CASES || families.size < 2) continue
    const { bucket, sign, isContext } = feature
    const known = candidates.get(bucket)
    candidates.set(bucket, {
      bucket,
      low: Math.max(known?.low ?? -20, isContext && sign < 0 ? 0 : -MOST_WORD_WEIGHT),
      high: Math.min(known?.high ?? 20, isContext && sign > 0 ? 0 : MOST_WORD_WEIGHT),
    })
  }
  return [...candidates.values()].sort((a, b) => a.bucket - b.bucket)
}

function strongest(words: ReadonlyMap<number, number>): ReadonlyMap<number, number> {
  return new Map(
    [...words]
      .sort(([a, weightA], [b, weightB]) => Math.abs(weightB) - Math.abs(weightA) || a - b)
      .slice(0, MOST_WORDS),
  )
}

function columnsOf(
  inRows: readonly (readonly { key: number; value: number }[])[],
  keys: readonly number[],
): Column[] {
  const columns = new Map(
    keys.map((key): [number, { rows: number[]; values: number[] }] => [
      key,
      { rows: [], values: [] },
    ]),
  )
  inRows.forEach((entries, row) => {
    for (const { key, value } of entries) {
      const column = columns.get(key)
      column?.rows.push(row)
      column?.values.push(value)
    }
  })
  return [...columns.values()]
}

function priorOfBase({ base }: Policy): Prior {
  return { mean: base, spread: SIGNAL_SPREAD, pull: 0, low: -20, high: 20 }
}

/** Cases may take all weight from what a person wrote, but never turn it round. */
function priorOfSignal({ weight }: Signal): Prior {
  const [low, high] = [weight < 0 ? -20 : 0, weight > 0 ? 20 : 0]
  return { mean: weight, spread: SIGNAL_SPREAD, pull: 0, low, high }
}

function writtenModel({ base, signals }: Policy): Model {
  return { base, signals: signals.map(({ weight }) => weight), words: new Map() }
}

function sumOf(model: Model, { signals, text, free }: Reading): number {
  const written = signals.reduce((sum, at) => sum + (model.signals[at] ?? 0), model.base)
  if (model.words.size === 0) return written
  return learnedTerms(text, free, (bucket) => model.words.get(bucket)).reduce(
    (sum, { weight }) => sum + weight,
    written,
  )
}

interface Calibration {
  scale: number
  shift: number
}

/** Platt's two numbers that make held-out scores say how often it happened; 1 and 0 as long as few cases say otherwise. */
function calibrate(readings: readonly Reading[], heldOut: readonly number[]): Calibration {
  const rows = [...readings.keys()]
  const [scale = 1, shift = 0] = fitLogistic(
    {
      happened: readings.map(({ happened }) => happened),
      counts: readings.map(({ count }) => count),
      columns: [
        { rows, values: heldOut },
        { rows, values: rows.map(() => 1) },
      ],
    },
    [
      { mean: 1, spread: 0.2, pull: 0, low: 0.3, high: 2 },
      { mean: 0, spread: 1, pull: 0, low: -5, high: 5 },
    ],
  )
  return { scale, shift }
}

/** The same sum with the calibration within it, so that what is listed adds up to what is scored. */
function scaleModel(model: Model, { scale, shift }: Calibration, policy: Policy): Model {
  if (scale === 1 && shift === 0) return model
  return {
    base: model.base * scale + shift,
    // What was written as 0 says nothing, whatever it is taken times.
    signals: policy.signals.map((_, at) => (model.signals[at] ?? 0) * scale),
    words: new Map([...model.words].map(([bucket, weight]) => [bucket, weight * scale])),
  }
}

/** Bars of equal width: what held-out cases were scored, and how many of them were violations. */
function reliabilityOf(readings: readonly Reading[], sums: readonly number[]): Reliability[] {
  const bars = Array.from({ length: BARS }, () => ({ said: 0, happened: 0, count: 0, cases: 0 }))
  readings.forEach(({ happened, count }, at) => {
    const score = scoreOf(sums[at] ?? 0)
    const bar = bars[Math.min(BARS - 1, Math.floor(score * BARS))]
    if (bar === undefined) return
    bar.said += count * score
    bar.happened += count * happened
    bar.count += count
    bar.cases++
  })
  return bars
    .filter(({ count }) => count > 0)
    .map(({ said, happened, count, cases }) => ({
      said: rounded(said / count),
      happened: rounded(happened / count),
      cases,
    }))
}

/** The mean of −log of what was said of what happened. */
function surpriseOf(readings: readonly Reading[], sums: readonly number[]): number {
  let surprise = 0
  let counted = 0
  readings.forEach(({ happened, count }, at) => {
    const sum = happened === 1 ? (sums[at] ?? 0) : -(sums[at] ?? 0)
    surprise += count * (sum > 0 ? Math.log1p(Math.exp(-sum)) : Math.log1p(Math.exp(sum)) - sum)
    counted += count
  })
  return counted === 0 ? 0 : surprise / counted
}

/** A bucket is called by the word in it that the cases have most. */
function nameWords(readings: readonly Reading[], { words }: Model): Lesson['words'] {
  const met = new Map<number, Map<string, { cases: number; sign: number }>>()
  for (const { features } of readings) {
    for (const feature of features) {
      if (!words.has(feature.bucket)) continue
      const inBucket = met.get(feature.bucket) ?? new Map<string, { cases: number; sign: number }>()
      const cases = (inBucket.get(feature.words)?.cases ?? 0) + 1
      met.set(feature.bucket, inBucket.set(feature.words, { cases, sign: feature.sign }))
    }
  }
  return [...words]
    .flatMap(([bucket, weight]) => {
      const [first] = [...(met.get(bucket) ?? [])].sort(
        ([a, one], [b, other]) => other.cases - one.cases || compare(a, b),
      )
      return first ? [{ words: first[0], weight: rounded(first[1].sign * weight) }] : []
    })
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight) || compare(a.words, b.words))
}

/** Four places: what is written in a file, read back and added up is the same everywhere. */
function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000 + 0
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
