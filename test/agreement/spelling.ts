/** A spelling is a word as somebody may write it who does not want it to be found. */
import { lookAlike } from '../../src/screening/disguise.ts'
import { foldWord } from '../../src/screening/words.ts'
import type { Chance } from '../histories/chance.ts'

/** Of each plain letter all that folds to it or looks like it, told by the exact engine's own rules. */
const variants = new Map<string, string[]>()
/** The same of two or three letters that one sign may stand for, such as ß. */
const ligatures = new Map<string, string[]>()

const leet: Record<string, string> = {
  a: '4@',
  b: '8',
  e: '3',
  i: '1!|',
  l: '1!|',
  o: '0',
  s: '5$',
  t: '7',
}

for (let point = 0x80; point < 0x20000; point++) {
  const sign = String.fromCodePoint(point)
  if (!/[\p{L}\p{N}]/u.test(sign)) continue
  const looks = [...foldWord(sign)].map((letter) =>
    letter < '\u0080' ? letter : (lookAlike(letter) ?? '\u0080'),
  )
  const plain = looks.join('')
  if (!/^[\x20-\x7e]{1,3}$/.test(plain)) continue
  const all = plain.length === 1 ? variants : ligatures
  all.set(plain, [...(all.get(plain) ?? []), sign])
}
for (const [letter, signs] of Object.entries(leet))
  variants.set(letter, [
    ...(variants.get(letter) ?? []),
    ...[...signs].flatMap((sign) => variants.get(sign) ?? []),
  ])

const marks = ['\u0301', '\u0308', '\u0336', '\u20dd', '\ufe0f', '\u0345', '\u3099', '\u094d']
const invisible = ['\u200b', '\u00ad', '\u2060', '\ufeff', '\u200d', '\u202e', '\u{e0020}']
/** What may stand between the parts of a word, and between words. */
export const gaps = [
  ...[' ', ' ', ' ', '-', '-', '_', '.', ',', '/', '*', "'", '\t', '\n', '\r\n', '\u00a0'],
  ...['\u2003', '\u2013', '\u2014', '\u3000', '\u2028', '\u0001', '\u007f', '\b', '\f', '\u00b7'],
  ...['\u00ad', '\u200b', '\u2060', '\ufeff', '|', '!', '$', '@', '\u{10ead}', '😀', '口', '、'],
  ...['  ', ' - ', '--', '   ', '    ', '- ', ' \u200b', '\u200b ', '\u0301-', ' _ ', '. ', '…'],
]

/** How a letter may be written without being another. */
function restyle(letter: string, chance: Chance): string {
  const others = variants.get(letter.toLowerCase()) ?? []
  return others.length > 0 ? chance.pick(others) : letter
}

type Spell = (word: string, chance: Chance, words: readonly string[]) => string

const someLetters =
  (change: (letter: string, chance: Chance) => string, once: number): Spell =>
  (word, chance) =>
    [...word].map((letter) => (chance.onceIn(once) ? change(letter, chance) : letter)).join('')

function leetOf(letter: string, chance: Chance): string {
  const signs = leet[letter.toLowerCase()]
  return signs === undefined ? letter : chance.pick([...signs])
}

/** One letter of it changed: the first, the last, or any. */
const oneLetter =
  (change: (letter: string, chance: Chance) => string): Spell =>
  (word, chance) => {
    const letters = [...word]
    const at = chance.pick([0, letters.length - 1, chance.below(letters.length)])
    return letters.map((letter, index) => (index === at ? change(letter, chance) : letter)).join('')
  }

function cutOnce(word: string, chance: Chance): [string, string] {
  const letters = [...word]
  const at = 1 + chance.below(Math.max(1, letters.length - 1))
  return [letters.slice(0, at).join(''), letters.slice(at).join('')]
}

const inTwo: Spell = (word, chance) => cutOnce(word, chance).join(chance.pick(gaps))
const inThree: Spell = (word, chance) => {
  const [first, rest] = cutOnce(word, chance)
  return first + chance.pick(gaps) + inTwo(rest, chance, [])
}
const glued: Spell = (word, chance, words) => {
  const all = [word]
  for (let more = 1 + chance.below(3); more > 0; more--)
    if (chance.onceIn(2)) all.push(chance.pick(words))
    else all.unshift(chance.pick(words))
  return all.join('')
}

const spells: readonly Spell[] = [
  (word) => word.toUpperCase(),
  (word) => word.charAt(0).toUpperCase() + word.slice(1),
  someLetters((letter, chance) => letter + chance.pick(marks), 3),
  someLetters((letter, chance) => letter + chance.pick(marks.slice(0, 5)), 3),
  someLetters((letter, chance) => letter + chance.pick(invisible), 3),
  someLetters(restyle, 1),
  someLetters(restyle, 3),
  oneLetter(restyle),
  oneLetter(restyle),
  someLetters(leetOf, 1),
  someLetters(leetOf, 2),
  oneLetter(leetOf),
  oneLetter(leetOf),
  // Two signs in a row, and signs where none stands for a letter.
  (word, chance) => {
    const letters = [...word]
    const at = chance.below(letters.length)
    return letters
      .map((letter, index) => (index === at || index === at + 1 ? leetOf(letter, chance) : letter))
      .join('')
  },
  oneLetter((letter, chance) => letter + chance.pick([...'@$!|013457'])),
  (word, chance) => chance.pick([...'@$!|']) + word,
  (word, chance) => word + chance.pick([...'@$!|*']),
  (word) =>
    [...ligatures].reduce(
      (written, [letters, signs]) => written.replaceAll(letters, signs[0] ?? letters),
      word,
    ),
  (word, chance) => {
    const [letters, signs] = chance.pick([...ligatures])
    return word.replace(letters, chance.pick(signs))
  },
  (word) => word.normalize('NFD'),
  inTwo,
  inTwo,
  inThree,
  inThree,
  (word, chance) => [...word].join(chance.pick(gaps)),
  (word, chance) => [...word].join(chance.pick(['.', ' ', '-', '*', '_', '\u00a0'])),
  (word, chance) => [...word].map((letter) => letter + chance.pick(gaps)).join(''),
  glued,
  glued,
  (word, chance, words) => inTwo(glued(word, chance, words), chance, words),
  (word, chance, words) => inTwo(word, chance, words) + chance.pick(words),
  (word, chance, words) => chance.pick(words) + inTwo(word, chance, words),
  (word, chance, words) => inThree(word, chance, words) + chance.pick(words),
  // As long as no word is, or nearly: 15 to 17, 31 to 33, 60 and 61 letters.
  (word, chance) => word.padEnd(chance.pick([15, 16, 17, 31, 32, 33, 60, 61]), 's'),
  (word, chance, words) => {
    let long = word
    while (long.length < 70) long += chance.pick(words)
    return long.slice(0, chance.pick([15, 16, 17, 31, 32, 33, 59, 60, 61]))
  },
]

/** A word in one disguise or, at times, in one over another. */
export function spell(word: string, chance: Chance, words: readonly string[]): string {
  if (word === '') return word
  const once = chance.pick(spells)(word, chance, words)
  return chance.onceIn(4) && once !== '' ? chance.pick(spells)(once, chance, words) : once
}
