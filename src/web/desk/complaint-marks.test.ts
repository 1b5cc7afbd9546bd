import { expect, test } from 'vitest'
import type { ComplaintForDesk } from '../../contract/complaint.ts'
import { marksOf } from './complaint-marks.ts'

const other = (number: string, at: string) => ({
  ...{ caseId: number, number, at, receivedAt: at, kind: 'other' as const },
  ...{ sellerName: 'Oak', finding: null, text: 'It broke.' },
})
const found = { open: 0, confirmed: 0, refuted: 0, undetermined: 0 }

/** What marks are made of; the rest of a complaint does not matter to them. */
const complaint = {
  ...{ number: 'K-7003', at: '2026-11-20T10:00:00Z', order: null, measures: [] },
  reporter: { createdAt: '2026-11-18T10:00:00Z' },
  byReporter: { complaints: [other('K-7001', '2026-11-19T10:00:00Z')], found },
  aboutSeller: { complaints: [other('K-7002', '2026-11-21T10:00:00Z')], found },
} as unknown as ComplaintForDesk

const words = (of: ComplaintForDesk) => marksOf(of).map((mark) => mark.words)

test('what stands around a complaint is told in the order of time', () => {
  expect(words(complaint)).toEqual([
    'account made',
    'K-7001, about Oak',
    'K-7003, this one',
    'K-7002',
  ])
})

test('an account of long ago is not drawn, and an order only where it is the reporter’s', () => {
  const order = { at: '2026-11-10T10:00:00Z', byReporter: false }
  const reporter = { createdAt: '2024-01-01T10:00:00Z' }
  const old = { ...complaint, reporter, order } as unknown as ComplaintForDesk
  expect(words(old)).toEqual(['K-7001, about Oak', 'K-7003, this one', 'K-7002'])
  const own = { ...old, order: { ...order, byReporter: true } } as unknown as ComplaintForDesk
  expect(words(own)[0]).toBe('ordered')
})
