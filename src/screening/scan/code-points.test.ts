/** What the fast pass is told of a letter holds wherever it stands: in every word, beside every mark. */
import { describe, expect, test } from 'vitest'
import { undisguise } from '../disguise.ts'
import { isSlight } from '../gap.ts'
import { classifyPoint, foldWord } from '../words.ts'
import { codePoints, plainLetters, POINTS } from './code-points.ts'
import { BREAK, HARD, LETTERS, NOTHING, SPACE } from './layout.ts'

/** The code points of the table, in its order. */
const points = [
  ...Array.from({ length: 0x10000 }, (_, at) => at),
  ...Array.from({ length: 0x400 }, (_, at) => 0x1d400 + at),
  ...Array.from({ length: 0xb00 }, (_, at) => 0x1f000 + at),
]

/** Letters and marks that others might grow together with, or change beside. */
const surroundings: readonly (readonly [string, string])[] = [
  ['', ''],
  ['a', ''],
  ['', 'a'],
  ['A', 'B'],
  ['ss', '\u0301s'],
  ['\u00e9', '\u0308'],
  ['i\u0307', 'I'],
  ['\u00df', '\u017f'],
  ['f', 'i'],
  ['\u0131', '\u0130'],
  ['\u0430', '\u0430'],
  ['\u03b1', '\u03b1'],
  ['7', '0'],
  ['e\u200b', '\u00ade'],
  ['\u0915', '\u0915'],
  ['\u0627', '\u0627'],
]

const lettersOf = (codes: Uint32Array, index: number) => {
  let letters = ''
  for (let rest = (codes[index] ?? 0) & 0xffffff; rest !== 0; rest >>>= 8)
    letters += String.fromCharCode(rest & 0xff)
  return letters
}

/** The points of which something untrue is told. */
function wrong(isTrue: (sign: string, index: number) => boolean): string[] {
  return points.flatMap((point, index) =>
    isTrue(String.fromCodePoint(point), index)
      ? []
      : [`U+${point.toString(16)} ${String.fromCodePoint(point)}`],
  )
}

test('the table is in the order of its points', () => {
  expect(points).toHaveLength(POINTS)
})

describe.each([false, true])('of words with strange letters: %s', (hasStrangeWords) => {
  const codes = codePoints({ hasStrangeWords })
  const whatOf = (index: number) => (codes[index] ?? 0) >>> 24

  test('letters are the same letters beside all others', () => {
    // Where no policy has a strange letter, all of these are one.
    const plain = (text: string) => {
      const letters = plainLetters(foldWord(text)) ?? 'none'
      return hasStrangeWords ? letters : letters.replace(/\u007f../g, '\u007f')
    }
    const told = wrong((sign, index) => {
      if (whatOf(index) !== LETTERS) return true
      const letters = lettersOf(codes, index)
      return surroundings.every(
        ([before, after]) =>
          plain(before + sign + after) === plain(before) + letters + plain(after),
      )
    })
    expect(told).toEqual([])
  })

  test('letters are all that the exact engine takes a disguise for', () => {
    const told = wrong((sign, index) => {
      if (whatOf(index) !== LETTERS) return true
      const letters = lettersOf(codes, index)
      const folded = foldWord(sign)
      if (/^[a-z0-9]+$/.test(folded)) return letters === folded
      const [looks] = undisguise(`${folded}q`)
      return looks === undefined || !/^[a-z0-9@$!|]+$/.test(looks) || looks === `${letters}q`
    })
    expect(told).toEqual([])
  })

  test('what is nothing leaves every word as it is', () => {
    const told = wrong(
      (sign, index) =>
        whatOf(index) !== NOTHING ||
        (classifyPoint(sign.codePointAt(0) ?? 0) === 'continues' &&
          surroundings.every(
            ([before, after]) => foldWord(before + sign + after) === foldWord(before + after),
          )),
    )
    expect(told).toEqual([])
  })

  test('what parts words parts them for all, and what may stand within one is a space', () => {
    const told = wrong((sign, index) => {
      // Signs of ASCII are read as they stand.
      if (sign < '\u0080') return true
      const what = whatOf(index)
      const kind = classifyPoint(sign.codePointAt(0) ?? 0)
      const mayJoin = isSlight(`a${sign}a`, 1, 1 + sign.length)
      if (what === SPACE) return kind === 'none'
      if (what === BREAK) return (kind === 'none' || kind === 'alone') && !mayJoin
      return what === HARD || kind !== 'none'
    })
    expect(told).toEqual([])
  })

  test('a sign that is a word alone is none of a policy', () => {
    const told = wrong((sign, index) => {
      if (whatOf(index) !== BREAK || classifyPoint(sign.codePointAt(0) ?? 0) !== 'alone')
        return true
      return !hasStrangeWords && undisguise(foldWord(sign)).length === 0
    })
    expect(told).toEqual([])
  })
})
