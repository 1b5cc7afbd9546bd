import { expect, test } from 'vitest'
import type { ActForDesk } from '../../contract/desk-repair.ts'
import { actsAround, actWords, placeInWindow } from './repair-words.ts'

const act: ActForDesk = {
  at: '2026-11-23T09:00:00Z',
  until: '2026-11-23T09:05:00Z',
  kind: 'listings-changed',
  device: 'a new browser',
  country: 'BR',
  before: null,
  after: null,
  count: 40,
}

test('what a stranger did is said with how often and from where', () => {
  expect(actWords(act)).toEqual({ what: '40 listings changed', where: 'a new browser, BR' })
  const contact = {
    ...act,
    kind: 'contact-changed',
    count: 1,
    before: 'ines@',
    after: 'thief@',
  } as const
  expect(actWords(contact).what).toBe('A contact changed: ines@ → thief@')
})

test('around a decision stands what was done within six hours, the nearest of many, in order', () => {
  const far = { ...act, at: '2026-11-22T09:00:00Z', until: '2026-11-22T09:00:00Z' }
  const many = [0, 1, 2, 3, 4, 5, 6].map((minute) => ({
    ...act,
    at: `2026-11-23T10:0${minute}:00Z`,
    until: `2026-11-23T10:0${minute}:00Z`,
  }))
  expect(actsAround([far], '2026-11-23T10:06:00Z')).toEqual([])
  expect(actsAround([far, ...many], '2026-11-23T10:06:00Z')).toEqual(many.slice(2))
})

test('a decision is placed between the first sign and the hand-over', () => {
  const window = { from: '2026-11-23T08:00:00Z', to: '2026-11-26T10:00:00Z' }
  expect(placeInWindow('2026-11-23T10:00:00Z', window)).toBe(
    '2 hours after the first sign, 3 days before the hand-over',
  )
})
