/** What an imposition by hand needs before anybody can preview it. */
import { expect, test } from 'vitest'
import { emptyImposition, endOf, missingFromImposition } from './imposition.ts'

const now = new Date('2026-11-13T10:00:00Z')
const whole = {
  measure: 'listing.demote',
  policy: 'ppe',
  reasons: 'It has no number.',
  lastDay: '',
}
const fields = (draft: typeof whole) => missingFromImposition(draft, now).map((each) => each.field)

test('an empty one misses its measure, its rule and its reasons, but no last day', () => {
  expect(fields(emptyImposition)).toEqual(['measure', 'policy', 'reasons'])
})

test('a whole one misses nothing', () => {
  expect(fields(whole)).toEqual([])
  expect(fields({ ...whole, lastDay: '2026-12-24' })).toEqual([])
})

test('reasons of spaces are no reasons', () => {
  expect(fields({ ...whole, reasons: '  \n' })).toEqual(['reasons'])
})

test.each(['2026-11-12', '2028-01-01', '2026-02-31x'])('%s cannot be its last day', (lastDay) => {
  expect(fields({ ...whole, lastDay })).toEqual(['lastDay'])
})

test('a last day counts to its end', () => {
  const end = endOf('2026-12-24')!
  expect([end.getDate(), end.getHours(), end.getMinutes()]).toEqual([24, 23, 59])
  expect(endOf('')).toBeNull()
})
