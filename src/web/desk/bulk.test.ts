import { expect, test } from 'vitest'
import {
  actionOf,
  beginRun,
  keyOf,
  nextOf,
  previewSentence,
  Run,
  runSentence,
  settle,
} from './bulk.ts'

const seen = {
  cases: ['a', 'b', 'c'].map((caseId) => ({
    caseId,
    number: `A-${caseId}`,
    title: caseId,
    sellerName: 'Clay',
    isPossible: caseId !== 'b',
    words: 'x',
    text: `Dear ${caseId}`,
    action: { do: 'answer' as const, text: `Dear ${caseId}` },
  })),
}

test('a run has what is possible, each with the words that were seen for it', () => {
  const run = beginRun('r1', seen)
  expect(run.cases.map(({ caseId, action }) => [caseId, action])).toEqual([
    ['a', { do: 'answer', text: 'Dear a' }],
    ['c', { do: 'answer', text: 'Dear c' }],
  ])
  expect(previewSentence(seen)).toBe('It can be done to 2 of 3.')
})

test('it goes on with the first that waits, and each keeps its key', () => {
  const run = beginRun('r1', seen)
  const first = nextOf(run)
  expect(first && keyOf(run, first)).toBe('r1-a')
  const second = settle(run, 'a', { state: 'refused', words: 'A colleague holds it.' })
  expect(nextOf(second)?.caseId).toBe('c')
  const over = settle(second, 'c', { state: 'done', words: 'Answered.' })
  expect(nextOf(over)).toBeNull()
  expect(runSentence(over)).toBe('1 of 2 is done, one was refused.')
  // As it is kept in the tab, and read again after the page was loaded anew.
  expect(Run.parse(JSON.parse(JSON.stringify(over)))).toEqual(over)
})

test('an action with nothing written is none', () => {
  expect(actionOf({ do: 'release', to: null, words: '' })).toEqual({ do: 'release' })
  expect(actionOf({ do: 'answer', to: null, words: ' ' })).toBeNull()
  expect(actionOf({ do: 'forward', to: null, words: 'Why.' })).toBeNull()
  expect(actionOf({ do: 'forward', to: 'legal', words: ' Why. ' })).toEqual({
    do: 'forward',
    to: 'legal',
    reason: 'Why.',
  })
})
