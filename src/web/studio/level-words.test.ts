/** The words of the five levels. */
import { expect, test } from 'vitest'
import { Level } from '../../core/policy.ts'
import { changeWords, levels, levelWords, policiesTitle, recordWords } from './level-words.ts'

test('every level is told, in the order in which a policy climbs', () => {
  expect(levels).toEqual(Level.options)
  for (const level of levels) expect(levelWords[level].does).not.toBe('')
})

test('a change says whether the policy climbs or falls, and that the past stays', () => {
  expect(changeWords('act', 'suggest')).toMatch(
    /^It falls from Act to Suggest: .*asks a person.* stays as it is\.$/,
  )
  expect(changeWords('shadow', 'act')).toMatch(/^It climbs/)
  expect(changeWords('act', 'act')).toBe('It stays at Act.')
})

test('the title counts who reads and who acts', () => {
  expect(policiesTitle([])).toBe('No rule is known here yet.')
  expect(policiesTitle(['off', 'off'])).toBe('Every rule is off: no listing is read.')
  expect(policiesTitle(['act', 'suggest'])).toBe('2 rules read every listing; one acts by itself.')
  expect(policiesTitle(['shadow', 'suggest'])).toBe(
    '2 rules read every listing; none acts by itself.',
  )
  expect(policiesTitle(['act'])).toBe('One rule reads every listing; it acts by itself.')
  expect(policiesTitle(['act', 'act-with-review'])).toBe(
    '2 rules read every listing; all act by themselves.',
  )
  expect(policiesTitle(['act', 'act-with-review', 'shadow'])).toBe(
    '3 rules read every listing; 2 act by themselves.',
  )
})

test('the record never hides what was lifted', () => {
  expect(recordWords({ actedAlone: 0, lifted: 0 })).toBe('It has not acted by itself yet.')
  expect(recordWords({ actedAlone: 238, lifted: 37 })).toBe(
    'It acted 238 times by itself; 37 of its measures were lifted.',
  )
  expect(recordWords({ actedAlone: 1, lifted: 1 })).toBe(
    'It acted once by itself; 1 of its measures was lifted.',
  )
})
