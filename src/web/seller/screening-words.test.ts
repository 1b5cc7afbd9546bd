import { expect, test } from 'vitest'
import type { RuleScreening } from '../../contract/screening.ts'
import { Following } from '../../core/following.ts'
import { remedyWords, screeningWords, thresholdsNow, wordsToLeaveOut } from './screening-words.ts'

const rule: RuleScreening = {
  policy: 'masks',
  version: 1,
  title: 'Masks',
  text: '',
  naive: false,
  level: 'act',
  outcome: 'deactivate',
  score: 0.95,
  thresholds: { review: 0.5, deactivate: 0.9 },
  evidence: [],
  wouldReverse: [],
  would: 'measure',
  measure: { name: 'listing.deactivate', tag: 'Off sale', effect: 'The listing is off sale.' },
  remedy: null,
  earlier: null,
}

test('each thing that can follow has a title, and only what acts or asks is no pass', () => {
  const tones = Following.options.map((would) => {
    const said = screeningWords({ would, rules: [{ ...rule, would }] })
    expect(said.words).not.toBe('')
    return [would, said.tone, said.title]
  })
  expect(tones).toEqual([
    ['nothing', 'passes', 'This text passes'],
    ['note', 'passes', 'This text passes'],
    ['protected', 'passes', 'This text passes'],
    ['check', 'looks', 'A person would look at it'],
    ['measure-and-check', 'acts', 'It would be taken off sale'],
    ['measure', 'acts', 'It would be taken off sale'],
  ])
})

test('a rule that only asks has no place from which it acts', () => {
  expect(thresholdsNow(rule).deactivate).toBe(0.9)
  expect(thresholdsNow({ ...rule, level: 'suggest' }).deactivate).toBe(1)
})

test('a word that stands in several places is named once', () => {
  const place = { field: 'title', start: 0, end: 4 }
  const leaveOut = ['Mask', 'filter', 'mask'].map((text) => ({ ...place, text }))
  const remedy = { leaveOut, outcome: 'allow', score: 0.27 } as const
  expect(wordsToLeaveOut({ remedy })).toEqual([
    { text: 'Mask', times: 2 },
    { text: 'filter', times: 1 },
  ])
  expect(remedyWords({ ...rule, remedy })).toBe('Without them it comes to 27 in 100 and passes.')
  expect(remedyWords({ ...rule, remedy: { ...remedy, outcome: 'review', score: 0.6 } })).toContain(
    'words alone don’t decide it',
  )
})
