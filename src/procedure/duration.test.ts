/** Durations are elapsed time, read from ISO 8601 and written back. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDuration, readDuration } from './duration.ts'

describe('a duration', () => {
  it.each([
    ['P3D', 259_200_000],
    ['PT5M', 300_000],
    ['P1W', 604_800_000],
    ['P1W2DT3H4M5S', 788_645_000],
    ['PT0.5S', 500],
    ['PT1,5H', 5_400_000],
  ])('%s is %i milliseconds', (text, milliseconds) => {
    expect(readDuration(text)).toEqual({ ok: true, milliseconds })
  })

  it.each([
    '',
    'P',
    'PT',
    'P1DT',
    '3D',
    'p3d',
    'P-1D',
    '-P1D',
    'P1.5DT1H',
    'PT0S',
    'P99999999999D',
    'P1D2H',
    ' P1D',
    'PD',
    'P٣D',
    '1 day',
  ])('%j is refused with what was expected', (text) => {
    expect(readDuration(text)).toMatchObject({
      ok: false,
      expected: expect.stringContaining('duration'),
    })
  })

  it.each(['P1M', 'P1Y', 'P1Y2M3D', 'P2MT5M'])(
    '%s is refused, because months and years vary',
    (text) => {
      expect(readDuration(text)).toMatchObject({
        ok: false,
        expected: expect.stringContaining('length varies'),
      })
    },
  )

  it('is written in days, hours, minutes and seconds', () => {
    expect(formatDuration(0)).toBe('PT0S')
    expect(formatDuration(604_800_000)).toBe('P7D')
    expect(formatDuration(129_600_000)).toBe('P1DT12H')
    expect(formatDuration(61_500)).toBe('PT1M1.5S')
  })

  it('that was written is read back as the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3_000_000_000_000 }), (milliseconds) => {
        expect(readDuration(formatDuration(milliseconds))).toEqual({ ok: true, milliseconds })
      }),
    )
  })

  it('is read from any text without throwing', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'PTWDHMSY0123456789.,-+ ') }),
        (text) => void readDuration(text),
      ),
    )
  })
})
