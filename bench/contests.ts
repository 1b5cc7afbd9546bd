/** Which engines meet in which contest, and what is claimed of them. */
import type { Contestant } from './contest.ts'
import type { EngineSetup } from './engine.ts'

/** Where the files of a corpus are: those of the listings, by name. */
export type CorpusFile = (name: CorpusName) => string
export type CorpusName = `ordinary-${number}` | 'heavy-60' | 'real'

export interface Contest {
  name: string
  contestants: Contestant[]
}

/** A ratio of two rows, at least so large, on the clock and per CPU-second. */
export interface Claim {
  says: string
  over: string
  /** Of several the fastest. */
  under: readonly string[]
  atLeast: number
}

/** What the story's marketplace says it scans in a day, by the second. */
export const STORY_RATE = 92_593
/** What the way over HTTP leaves of the rate in process, client and server on the same machine. */
export const HTTP = 0.7
/** Peak memory for a file eight times as long, at most so many times as high. */
export const FLAT = 1.15

const matchers = ['ahocorasick', 'fastscan', 'monyone', 'modern-ahocorasick']
const packages: Record<string, string> = {
  'json-rules-engine': 'json-rules-engine, a condition for each term',
  'json-rules-engine-union': 'json-rules-engine, an expression for each rule',
  'zen-engine': '@gorules/zen-engine, an expression for each rule',
  regexp: 'RegExp, one union of all terms',
  re2js: 're2js, a set of one union for each rule',
  ahocorasick: 'ahocorasick',
  fastscan: 'fastscan',
  monyone: '@monyone/aho-corasick',
  'modern-ahocorasick': 'modern-ahocorasick',
}

interface Plan {
  sizes: readonly number[]
  hasReal: boolean
  isQuick: boolean
  file: CorpusFile
}

export function planContests({ sizes, hasReal, isQuick, file }: Plan): Contest[] {
  const contests: Contest[] = [
    { name: 'ours and the floors', contestants: oursAndFloors({ sizes, isQuick, file }) },
    ...sizes
      .filter((size) => !isQuick || size === 60)
      .map((size) => ({
        name: `peers at ${size} rules`,
        contestants: peersAt(size, { isQuick, file }),
      })),
  ]
  if (hasReal) contests.push({ name: 'real listings', contestants: onRealListings(file) })
  return contests
}

/** Rows whose ratio is claimed stand beside each other, so that they meet the same moment. */
function oursAndFloors({ sizes, isQuick, file }: Omit<Plan, 'hasReal'>): Contestant[] {
  const ordinary = (rules: number) => ({ rules, corpus: file(`ordinary-${rules}`) })
  const heavy = { rules: 60, corpus: file('heavy-60') }
  const [smallest = 60, ...larger] = sizes
  return [
    floor('scan', 1, ordinary(smallest)),
    floor('parse-split', 1, ordinary(smallest)),
    floor('parse', 1, ordinary(smallest)),
    pool(1, ordinary(smallest)),
    ...(isQuick ? [] : [pool(1, { ...ordinary(smallest), explanation: 'none' }), pool(1, heavy)]),
    floor('parse-split', 2, ordinary(smallest)),
    floor('parse', 2, ordinary(smallest)),
    pool(2, ordinary(smallest)),
    pool(2, { ...ordinary(smallest), explanation: 'none' }),
    pool(2, heavy),
    ...larger.toReversed().flatMap((size) => [pool(2, ordinary(size)), pool(1, ordinary(size))]),
    ...sizes.map((size) => plain(ordinary(size))),
  ]
}

function peersAt(size: number, { isQuick, file }: Pick<Plan, 'isQuick' | 'file'>): Contestant[] {
  const given = { rules: size, corpus: file(`ordinary-${size}`) }
  const names = Object.keys(packages)
    // At more rules the slower matchers would only take longer to lose.
    .filter((name) => name === 'ahocorasick' || !matchers.includes(name) || size === 60)
    .filter((name) => !isQuick || (name !== 'json-rules-engine-union' && name !== 'monyone'))
  return [
    { ...pool(1, given), key: `peers ${size}: ours` },
    ...names.map((name) => ({
      key: `peers ${size}: ${name}`,
      label: packages[name] ?? name,
      setup: { ...given, engine: name, workers: 1, explanation: 'none' } as const,
      held: 'by flags' as const,
    })),
  ]
}

function onRealListings(file: CorpusFile): Contestant[] {
  const real = { rules: 'shipped', corpus: file('real') } as const
  return [
    floor('parse', 1, real, 'real: '),
    pool(1, real, 'real: '),
    floor('parse', 2, real, 'real: '),
    pool(2, real, 'real: '),
    plain(real, 'real: '),
  ]
}

type Given = Pick<EngineSetup, 'rules' | 'corpus'> & Partial<EngineSetup>

function pool(workers: number, given: Given, prefix = ''): Contestant {
  const setup: EngineSetup = { engine: 'pool', explanation: 'full', workers, ...given }
  const details = [
    setup.explanation === 'none' ? 'verdicts only' : '',
    given.corpus.includes('heavy') ? 'half of all lines candidates' : '',
  ].filter(Boolean)
  const label = ['Recourse', ...details].join(', ')
  return { key: `${prefix}${keyOf(setup)}`, label, setup, held: 'exactly' }
}

function plain(given: Given, prefix = ''): Contestant {
  const setup: EngineSetup = { engine: 'plain', explanation: 'full', workers: 1, ...given }
  return {
    key: `${prefix}${keyOf(setup)}`,
    label: 'Recourse, the plain engine alone',
    setup,
    // It is the oracle.
    held: 'not',
  }
}

const floors = {
  scan: 'floor: each byte looked at once',
  parse: 'floor: bytes → JSON.parse, line by line',
  'parse-split': 'floor: bytes → one string, split → JSON.parse',
} as const

function floor(
  engine: keyof typeof floors,
  workers: number,
  given: Given,
  prefix = '',
): Contestant {
  const setup: EngineSetup = { explanation: 'none', ...given, engine, workers }
  return { key: `${prefix}${engine} ×${workers}`, label: floors[engine], setup, held: 'not' }
}

function keyOf({ engine, rules, workers, explanation, corpus }: EngineSetup): string {
  const heavy = corpus.includes('heavy') ? ' heavy' : ''
  return `${engine} ${rules} ×${workers}${explanation === 'none' ? ' none' : ''}${heavy}`
}

export const claims: readonly Claim[] = [
  {
    says: 'two workers ÷ two that only do bytes → JSON.parse',
    over: 'pool 60 ×2',
    under: ['parse ×2'],
    atLeast: 1,
  },
  {
    says: '6,000 rules ÷ 60 rules, two workers',
    over: 'pool 6000 ×2',
    under: ['pool 60 ×2'],
    atLeast: 0.9,
  },
  {
    says: '÷ json-rules-engine, a condition for each term, 60 rules',
    over: 'peers 60: ours',
    under: ['peers 60: json-rules-engine'],
    atLeast: 500,
  },
  {
    says: '÷ the best Aho-Corasick from npm, 60 rules',
    over: 'peers 60: ours',
    under: matchers.map((name) => `peers 60: ${name}`),
    atLeast: 8,
  },
  {
    says: 'full explanations ÷ verdicts only, two workers',
    over: 'pool 60 ×2',
    under: ['pool 60 ×2 none'],
    atLeast: 0.95,
  },
  {
    says: 'half of all listings candidates ÷ ordinary, two workers',
    over: 'pool 60 ×2 heavy',
    under: ['pool 60 ×2'],
    atLeast: 0.5,
  },
]
