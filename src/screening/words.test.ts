/** Words are found where they stand in the text as given, whatever alphabet or marks surround them. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldWord, hashHead, nextWord, openCursor } from './words.ts'

function wordsOf(text: string): string[] {
  const cursor = openCursor(text)
  const words: string[] = []
  while (nextWord(cursor)) words.push(text.slice(cursor.start, cursor.end))
  return words
}

/** One sign of a script without spaces, or a run of others; marks and invisible signs go with the letter before them. */
const alone = String.raw`(?=[\p{L}\p{N}])[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]`
const plainDefinition = new RegExp(
  String.raw`${alone}[\p{M}\p{Cf}]*|[\p{L}\p{N}](?:(?!${alone})[\p{L}\p{N}\p{M}\p{Cf}])*`,
  'gu',
)

describe('a word', () => {
  it.each([
    ['Face-mask, N95!', ['Face', 'mask', 'N95']],
    ['😷mask❤️mask👩‍🔬mask', ['mask', 'mask', 'mask']],
    ['İSTANBUL’da_maske', ['İSTANBUL', 'da', 'maske']],
    ['cre\u0301me brûlée', ['cre\u0301me', 'brûlée']],
    ['маска 面膜 क्षेत्र', ['маска', '面', '膜', 'क्षेत्र']],
    ['N95口罩 마스크', ['N95', '口', '罩', '마', '스', '크']],
    ['ma\u200bsk ma\u00adsk', ['ma\u200bsk', 'ma\u00adsk']],
    ['𝗺𝗮𝘀𝗸 mask', ['𝗺𝗮𝘀𝗸', 'mask']],
    ['', []],
    ['— … 🧴', []],
  ])('is found in %j', (text, words) => {
    expect(wordsOf(text)).toEqual(words)
  })

  it.each([
    ['STRASSE', 'straße'],
    ['İYİ', 'iyi'],
    ['CRÈME', 'creme'],
    ['ｍａｓｋ', 'mask'],
    ['𝗺𝗮𝘀𝗸', 'mask'],
    ['ma\u200bs\u0336k', 'mask'],
    ['Ærø', 'aero'],
    ['ΟΔΟΣ', 'οδος'],
    ['MASK\uFE0F', 'mask'],
  ])('%s is the same as %s', (one, other) => {
    expect(foldWord(one)).toBe(foldWord(other))
  })

  it('agrees with the plain definition on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(wordsOf(text)).toEqual(text.match(plainDefinition) ?? [])
      }),
    )
  })

  it('of plain letters has the hash of the beginning of its folded spelling', () => {
    const cursor = openCursor('  FACEMASK ')
    expect(nextWord(cursor)).toBe(true)
    expect(cursor).toMatchObject({ isPlain: true, head: hashHead('facemask') })
  })
})
