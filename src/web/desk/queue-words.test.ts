/** The sentences above the queue. */
import { expect, test } from 'vitest'
import type { QueueItem } from '../../contract/queue.ts'
import { countsWords, itemWords, queueTitle, sellerWords } from './queue-words.ts'

const now = new Date('2026-11-13T10:00:00Z')
const due = (dueAt: string, state: QueueItem['state'] = 'open') => ({ dueAt, state }) as QueueItem
const desk = (open: number, overdue: number) => ({
  name: 'performance',
  title: 'Performance',
  open,
  overdue,
})

test('the title says how much is open and late, and what is due next', () => {
  expect(
    queueTitle(
      {
        desks: [desk(8, 1), desk(1, 0)],
        cases: [due('2026-11-13T09:00:00Z'), due('2026-11-13T12:05:00Z')],
      },
      now,
    ),
  ).toBe('9 cases are open, one is late. The next is due in 2 h 5 min.')
})

test('a case that is late already is not what is due next', () => {
  expect(queueTitle({ desks: [desk(1, 1)], cases: [due('2026-11-13T09:00:00Z')] }, now)).toBe(
    'One case is open, one is late.',
  )
})

test('what waits for a seller is not due next: our clock stands still', () => {
  expect(
    queueTitle(
      {
        desks: [desk(2, 0)],
        cases: [due('2026-11-13T11:00:00Z', 'asking'), due('2026-11-13T12:05:00Z')],
      },
      now,
    ),
  ).toBe('2 cases are open, none is late. The next is due in 2 h 5 min.')
})

test('a matter without a measure says what kind it is and whose, an appeal what it is about', () => {
  const matter = { sellerName: 'Clay & Clover', secondLook: false }
  expect(itemWords({ ...matter, kind: 'question', subtitle: 'Question' })).toBe(
    'Question, Clay & Clover',
  )
  expect(
    itemWords({ ...matter, kind: 'appeal', subtitle: 'Masks, mistake', secondLook: true }),
  ).toBe('Second look: Masks, mistake')
})

test('an empty desk says that nobody waits', () => {
  expect(queueTitle({ desks: [desk(0, 0)], cases: [] }, now)).toBe(
    'Nobody waits for an answer from your desks.',
  )
  expect(queueTitle({ desks: [], cases: [] }, now)).toBe(
    'You staff no desk, so nobody waits for your answer.',
  )
})

test('the counts of a desk are said in three words', () => {
  expect(countsWords({ open: 14, overdue: 0 })).toBe('14 open, none late')
  expect(countsWords({ open: 14, overdue: 3 })).toBe('14 open, 3 late')
})

test('a seller’s past is told without noughts', () => {
  expect(sellerWords({ listings: 84, measuresInForce: 1, measuresTakenBack: 2, appeals: 3 })).toBe(
    '84 listings, 1 measure in force, 2 taken back, 3 appeals',
  )
  expect(sellerWords({ listings: 1, measuresInForce: 0, measuresTakenBack: 0, appeals: 0 })).toBe(
    '1 listing, no measure in force, none taken back, no appeals',
  )
})
