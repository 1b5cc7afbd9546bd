/** Random policies are made of words that are hard to tell apart, in every form that a signal can have. */
import type { Policy, Signal } from '../../src/core/policy.ts'
import { readPolicy } from '../../src/screening/policy.ts'
import type { Chance } from '../histories/chance.ts'

/** Words of many scripts, words within words, and words that are alike for their first 32 letters. */
const roots = [
  ...['mask', 'masks', 'face', 'facemask', 'septic', 'antiseptic', 'virus', 'antivirus', 'kills'],
  ...['skill', 'germ', 'germs', 'lead', 'cure', 'cures', 'stick', 'pastick', 'tor', 'respirator'],
  ...['n95', 'kn95', '3ply', 'covid19', '99', '1000mg', 'h2o', 'b12', 'l0l', '4', 'a', 'x', 'i'],
  ...['straße', 'señor', 'piñata', 'ßig', 'naïve', 'œuvre', 'þorn', 'ıspanak', 'İstanbul', 'ﬁlter'],
  ...['маска', 'вирус', 'убивает', 'жаба', 'щит', 'μάσκα', 'ιός', 'μάσκας', 'ΣΟΦΟΣ', 'φως'],
  ...['口罩', '杀菌', 'マスク', 'ガス', '마스크', 'หน้ากาก', 'मास्क', 'गैस', 'قناع', 'מסכה', 'ǃkung'],
  ...['antibacterialantimicrobialdisinfectant', 'antibacterialantimicrobialdisinfectants'],
  ...['antibacterialantimicrobialdisinfector', 'sixteenlettersab', 'sixteenlettersabc'],
  ...['donaudampfschifffahrtsgesellschaftskapitaenswitwenrente', 'fifteenletteral'],
]

const patterns: readonly (readonly [pattern: string, matched: string])[] = [
  ['\\bepa reg\\b', 'EPA Reg'],
  ['\\sfogger', 'a fogger'],
  ['kill[s5]?\\s+all', 'kills  all'],
  ['(?:foo|barn)\\d+', 'barn12'],
  ['no\\.? ?\\d{3}', 'no. 123'],
  ['mask.{0,9}virus', 'mask for virus'],
  ['\\d{5}', '12345'],
  ['zz', 'buzz'],
  ['covid-?19', 'COVID-19'],
  ['[aä]ß', 'äß'],
  ['skincare|kelvin', '\u212aelvin'],
  ['q, x', 'q, x'],
  ['w\\S+ x', 'w, x'],
  ['a {2}b\\tc', 'a  b\tc'],
  ['\\$[0-9]+!', '$55!'],
]

const conditions = [
  'title.contains("mask")',
  'size(bullets) > 1',
  'brand == "acme"',
  'category == "" || description != ""',
  '"odd" in attributes',
]

const kinds = ['title', 'description', 'bullets', 'brand', 'category', 'attributes'] as const

/** Random policies, with the texts in which something of theirs stands. */
export function randomPolicies(chance: Chance): { policies: Policy[]; telling: string[][] } {
  const own = [...roots, ...Array.from({ length: 12 }, () => randomWord(chance))]
  for (let more = 0; more < 8; more++) own.push(chance.pick(own) + chance.pick(own))
  for (let more = 0; more < 8; more++) own.push(randomWord(chance).slice(0, 3) + chance.pick(own))
  const policies: Policy[] = []
  const telling: string[][] = []
  for (let number = 0; policies.length < 6 && number < 60; number++) {
    const { policy, texts } = randomPolicy(`random-${number}`, own, chance)
    const { learned, ...written } = policy
    const read = readPolicy(JSON.stringify(written), `${policy.policy}.yaml`)
    if (!read.ok) continue
    policies.push(learned === undefined ? read.policy : { ...read.policy, learned })
    telling.push(...texts)
  }
  return { policies, telling }
}

function randomWord(chance: Chance): string {
  let word = ''
  for (let length = 3 + chance.below(9); length > 0; length--)
    word += chance.onceIn(12) ? chance.pick([...'0134578ñéжш']) : chance.pick([...'aeilostmnkb'])
  return word
}

function randomPhrase(words: readonly string[], chance: Chance): string {
  const phrase = Array.from({ length: 1 + chance.below(chance.pick([1, 2, 4])) }, () => {
    const word = chance.pick(words)
    return chance.onceIn(6) && word.length > 3 ? `${word.slice(0, 4 + chance.below(4))}*` : word
  })
  return phrase.join(chance.onceIn(8) ? '-' : ' ')
}

function randomPolicy(
  name: string,
  words: readonly string[],
  chance: Chance,
): { policy: Policy; texts: string[][] } {
  const phrases = () =>
    Array.from({ length: 1 + chance.below(4) }, () => randomPhrase(words, chance))
  const maybe = <Value>(once: number, value: () => Value) =>
    chance.onceIn(once) ? value() : undefined
  const texts: string[][] = []
  const signals = Array.from({ length: 1 + chance.below(4) }, (_, number): Signal => {
    const form = chance.onceIn(30) ? 8 : chance.below(8)
    const signal: Signal = { name: `s${number}`, says: 's', weight: chance.pick([1, 2, 3, 5]) }
    if (form < 5 || chance.onceIn(4)) {
      signal.phrases = phrases()
      texts.push(...signal.phrases.map((phrase) => [phrase]))
    }
    if (form === 5) {
      signal.together = Array.from({ length: 2 + chance.below(3) }, phrases)
      texts.push(signal.together.map((group) => chance.pick(group)))
    }
    if (form === 6 || form === 7) {
      const some = Array.from({ length: 1 + chance.below(2) }, () => chance.pick(patterns))
      signal.patterns = some.map(([pattern]) => pattern)
      texts.push(...some.map(([, matched]) => [matched]))
    }
    if (form === 8 || chance.onceIn(12)) signal.when = chance.pick(conditions)
    const fields = maybe(5, () => kinds.filter(() => chance.onceIn(2)))
    if (fields && fields.length > 0) signal.fields = fields
    if (chance.onceIn(8) && signal.together === undefined) signal.weight = -1
    const after = maybe(10, phrases)
    if (after) signal.notAfter = after
    const spared = maybe(10, phrases)
    if (spared) signal.unless = spared
    return signal
  })
  const only = maybe(5, phrases)
  const except = maybe(6, phrases)
  const innocent = maybe(4, phrases)
  const base = chance.pick([-6, -4, -3, -2, -1])
  const policy: Policy = {
    policy: name,
    version: 1,
    title: name,
    author: 'a@example.com',
    naive: false,
    text: 'Random.',
    jurisdictions: ['us'],
    measure: 'listing.deactivate',
    level: 'act',
    base,
    signals,
    thresholds: {
      review: chance.pick([chance.onceIn(8) ? 0 : 0.5, 0.3, 0.5, 0.5, 0.7, 0.9]),
      deactivate: chance.pick([0.9, 0.95, 1]),
    },
    wouldReverse: ['Nothing.'],
    examples: [],
    ...(only || except ? { categories: { ...(only && { only }), ...(except && { except }) } } : {}),
    ...(innocent ? { innocent } : {}),
  }
  if (chance.onceIn(7)) policy.learned = randomWeights(policy, chance)
  return { policy, texts }
}

/** Weights that somebody could have learned: some signals are worth nothing any more, and some words are worth much. */
function randomWeights(policy: Policy, chance: Chance): NonNullable<Policy['learned']> {
  return {
    policy: policy.policy,
    of: 1,
    version: 2,
    base: chance.pick([-4, -3, -1, 0.5]),
    signals: Object.fromEntries(
      policy.signals.map(({ name, weight }) => [name, weight * chance.pick([0, 0.5, 1, 2])]),
    ),
    buckets: 0x10000,
    words: Object.fromEntries(
      Array.from({ length: chance.below(4) }, () => [
        String(chance.below(0x10000)),
        chance.pick([-1, 1]),
      ]),
    ),
    cases: { violations: 1, innocents: 1 },
    reliability: [],
  }
}
