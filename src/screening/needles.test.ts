/** A pattern's needles stand in every text that it matches, so that a text without them need not be tried. */
import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { RE2JS } from 're2js'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { openScan } from './needle-scan.ts'
import { needleSetsOf, needlesOf } from './needles.ts'
import { openCursor } from './words.ts'

const folder = new URL('../../policies/', import.meta.url)
const shipped = new Set(
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .flatMap((name) => patternsIn(parse(readFileSync(new URL(name, folder), 'utf8')))),
)

/** Every list called "patterns", however deep it lies. */
function patternsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'patterns' && Array.isArray(inner) ? inner.map(String) : patternsIn(inner),
  )
}

/** Texts like those that a pattern matches; whether a word ends where it must is left to chance. */
function likeIt(pattern: string): fc.Arbitrary<string> {
  const source = [...pattern.matchAll(/\\.|\[(?:\\.|[^\]])*\]|[^]/gu)]
    .map(
      ([part]) =>
        like[part] ??
        part.replaceAll('\\pL', 'a-zß-öА-я').replaceAll('\\s', ' ').replace(/^\[-/, '[\\-'),
    )
    .join('')
  return fc.stringMatching(new RegExp(`^(?:${source})$`))
}

/** What stands in place of what stringMatching does not make, or makes of signs that RE2 does not count in. */
const like: Record<string, string> = { '\\b': ' ?', '\\s': ' ', '\\W': '[ ;]', '^': '', $: '' }

const cases: ((letter: string) => string)[] = [
  (letter) => letter,
  (letter) => letter.toUpperCase(),
  (letter) => ({ s: 'ſ', k: '\u212a', S: 'ſ', K: '\u212a' })[letter] ?? letter,
]
/** The same text with some letters in another case. */
function inAnyCase(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(text, fc.infiniteStream(fc.nat(2)))
    .map(([letters, which]) =>
      [...letters].map((letter) => cases[which.next().value ?? 0]?.(letter) ?? letter).join(''),
    )
}

/** The text as needles are promised to stand in it. */
function foldForNeedles(text: string): string {
  return text.replace(/\u017f/g, 's').replace(/[A-Z\u212a]/g, (letter) => letter.toLowerCase())
}

describe('needles', () => {
  it.each([
    ['TC-84A-\\d{4}', ['tc-84a-']],
    ['(foo|bar)baz', ['foobaz', 'barbaz']],
    ['x?(ab|cd)+', ['ab', 'cd']],
    ['d[eé]sinfect', ['sinfect']],
    ['[E3]PA', ['epa', '3pa']],
    ['.+', null],
    ['a*', null],
    ['(?i)abc', null],
    ['(abc|.)', null],
    ['[^a]', null],
    ['\\x41bc', null],
    ['a{2,3}b', ['ab']],
    ['ab{3}c', ['abbbc']],
    ['^long beginning$', ['long beginning']],
  ])('of %s are %j', (pattern, needles) => {
    expect(needlesOf(pattern)?.toSorted() ?? null).toEqual(needles?.toSorted() ?? null)
  })

  it('are told of nearly every pattern that ships', () => {
    const without = [...shipped].filter((pattern) => needlesOf(pattern) === null)
    expect(shipped.size).toBeGreaterThan(50)
    expect(without.length).toBeLessThan(shipped.size / 20)
  })

  it.each([...shipped])('stand in every text that matches %s', (pattern) => {
    const engine = RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE)
    const sets = needleSetsOf(pattern)
    const scan = openScan([{ number: 0, needles: sets }])
    let matched = 0
    fc.assert(
      fc.property(inAnyCase(likeIt(pattern)), fc.constantFrom('', ' ', 'x'), (like, around) => {
        const text = `${around}${like}${around}`
        if (!engine.test(text)) return
        matched++
        const folded = foldForNeedles(text)
        for (const needles of sets)
          expect(needles.some((needle) => folded.includes(needle))).toBe(true)
        expect(scan.patternsIn(openCursor(text))).toEqual([0])
      }),
      { numRuns: 150 },
    )
    expect(matched).toBeGreaterThan(0)
  })

  it('are found where they stand, and only there', () => {
    const needles = fc.array(
      fc.string({ unit: fc.constantFrom('a', 'b', 'k', '-'), minLength: 1 }),
      {
        minLength: 1,
        maxLength: 4,
      },
    )
    const text = fc.string({ unit: fc.constantFrom('a', 'B', 'b', '\u212a', 'K', '-', 'é', '😷') })
    fc.assert(
      fc.property(fc.array(needles, { maxLength: 3 }), text, (sets, given) => {
        const folded = foldForNeedles(given)
        const stand = sets.every((own) => own.some((needle) => folded.includes(needle)))
        expect(openScan([{ number: 7, needles: sets }]).patternsIn(openCursor(given))).toEqual(
          stand ? [7] : [],
        )
      }),
    )
  })
})
