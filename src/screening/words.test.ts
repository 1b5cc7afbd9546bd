/** Words are found where they stand in the text as given, whatever alphabet or marks surround them. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldWord, hashWord, nextWord, openCursor } from './words.ts'

function wordsOf(text: string): string[] {
  const cursor = openCursor(text)
  const words: string[] = []
  while (nextWord(cursor)) words.push(text.slice(cursor.start, cursor.end))
  return words
}

describe('a word', () => {
  it.each([
    ['Face-mask, N95!', ['Face', 'mask', 'N95']],
    ['😷mask❤️mask👩‍🔬mask', ['mask', 'mask', 'mask']],
    ['İSTANBUL’da_maske', ['İSTANBUL', 'da', 'maske']],
    ['cre\u0301me brûlée', ['cre\u0301me', 'brûlée']],
    ['маска 面膜 क्षेत्र', ['маска', '面膜', 'क्षेत्र']],
    ['𝗺𝗮𝘀𝗸 mask', ['𝗺𝗮𝘀𝗸', 'mask']],
    ['', []],
    ['— … 🧴', []],
  ])('is found in %j', (text, words) => {
    expect(wordsOf(text)).toEqual(words)
  })

  it.each([
    ['STRASSE', 'straße'],
    ['İYİ', 'iyi'],
    ['CRÈME', 'cre\u0300me'],
    ['ΟΔΟΣ', 'οδος'],
    ['MASK\uFE0F', 'mask'],
  ])('%s is the same as %s', (one, other) => {
    expect(foldWord(one)).toBe(foldWord(other))
  })

  it('agrees with the plain definition on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(wordsOf(text)).toEqual(text.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu) ?? [])
      }),
    )
  })

  it('of plain letters has the hash of its folded spelling', () => {
    const cursor = openCursor('  FACE ')
    expect(nextWord(cursor)).toBe(true)
    expect(cursor).toMatchObject({ isPlain: true, hash: hashWord('face') })
  })
})
