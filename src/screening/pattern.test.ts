/** A pattern is refused where another engine could hang on it, and takes linear time on any text. */
import { describe, expect, it } from 'vitest'
import { findPattern, readPattern } from './pattern.ts'

describe('a pattern', () => {
  it.each([
    ['^(a+)+$', 'repeats what repeats already'],
    ['(\\w*)*x', 'repeats what repeats already'],
    ['((ab)+c){2,}', 'repeats what repeats already'],
    ['(a|b+)*', 'repeats what repeats already'],
    ['a(b', 'missing closing )'],
    ['(?=x)a', 'invalid or unsupported'],
    ['(a)\\1', 'invalid escape'],
    ['(a{900}){900}', 'invalid repeat count'],
    ['x*', 'matches a text without any character'],
  ])('%s is refused', (source, why) => {
    const read = readPattern(source)
    expect(read.ok ? 'taken' : read.why).toContain(why)
  })

  it.each([
    'EPA\\s+Reg\\.?\\s*No\\.?\\s*\\d{1,6}-\\d{1,6}',
    '[+*]+\\)x',
    '(ab+)(cd*)',
    '(a+)?b',
    '\\(a+\\)+',
  ])('%s is taken', (source) => {
    expect(readPattern(source).ok).toBe(true)
  })

  it('tells each place, whatever the case, at most so many', () => {
    const read = readPattern('n9[59]')
    if (!read.ok) throw new Error(read.why)
    expect(findPattern(read.pattern, '😷 N95 n99 N95', 2)).toEqual([
      { start: 3, end: 6 },
      { start: 7, end: 10 },
    ])
  })

  it('is done with a long hostile text soon', () => {
    const read = readPattern('(?:a|aa)*b')
    if (!read.ok) throw new Error(read.why)
    const startedAt = performance.now()
    expect(findPattern(read.pattern, 'a'.repeat(200_000), 10)).toEqual([])
    expect(performance.now() - startedAt).toBeLessThan(5_000)
  })
})
