/** What a decision still lacks, objection by objection. */
import { describe, expect, test } from 'vitest'
import type { ContestedDecision } from '../../contract/desk.ts'
import {
  alikeIn,
  answerAlike,
  answersToSend,
  changeAnswer,
  missingAnswers,
  missingConclusion,
  openContested,
  powersInWords,
  type Draft,
} from './answers.ts'

type Part = Pick<ContestedDecision, 'powers' | 'barred'> & {
  id: string
  outcome?: 'measure_narrowed'
}

const contested = (...parts: Part[]): ContestedDecision[] =>
  parts.map(
    ({ id, outcome, ...rest }) =>
      ({ ...rest, objection: { id, outcome: outcome ?? null } }) as unknown as ContestedDecision,
  )
const all: ContestedDecision['powers'] = ['grant', 'narrow', 'deny']
const two = contested(
  { id: 'a', powers: all, barred: null },
  { id: 'b', powers: ['grant', 'deny'], barred: null },
)

describe('what is missing', () => {
  test('at first every objection needs an outcome, and each is named by its number', () => {
    expect(missingAnswers(two, {}).map((each) => each.words)).toEqual([
      'Objection 1 still needs an outcome: lift, narrow or stands.',
      'Objection 2 still needs an outcome: lift or stands.',
    ])
  })

  test('an outcome without a sentence is not an answer, and spaces are not a sentence', () => {
    const draft = changeAnswer(changeAnswer({}, 'a', { power: 'grant', reasons: ' \n ' }), 'b', {
      power: 'deny',
      reasons: 'No approval.',
    })
    expect(missingAnswers(two, draft)).toEqual([
      { objectionId: 'a', words: 'Objection 1 still needs a sentence for the seller.' },
    ])
  })

  test('an outcome that the desk may not give here counts as none', () => {
    const draft: Draft = {
      a: { power: 'grant', reasons: 'Clay.' },
      b: { power: 'narrow', reasons: 'Clay.' },
    }
    expect(missingAnswers(two, draft).map((each) => each.objectionId)).toEqual(['b'])
  })

  test('a single objection needs no number', () => {
    expect(missingAnswers(two.slice(0, 1), {})[0]?.words).toMatch(/^It still needs an outcome/)
  })
})

describe('on a second look', () => {
  const looked = contested(
    { id: 'a', powers: [], barred: null, outcome: 'measure_narrowed' },
    { id: 'b', powers: all, barred: null },
  )

  test('what was answered before asks for nothing and is not sent again', () => {
    const draft: Draft = { b: { power: 'grant', reasons: ' It is clay. ' } }
    expect(missingAnswers(looked, draft)).toEqual([])
    expect(answersToSend(looked, draft)).toEqual([
      { objectionId: 'b', power: 'grant', reasons: 'It is clay.' },
    ])
  })

  test('the numbers stay those of the case', () => {
    expect(openContested(looked).map((each) => each.number)).toEqual([2])
  })
})

test('changing one answer leaves the other as it was', () => {
  const draft = changeAnswer({ a: { power: 'grant', reasons: 'Clay.' } }, 'b', { power: 'deny' })
  expect(draft).toEqual({
    a: { power: 'grant', reasons: 'Clay.' },
    b: { power: 'deny', reasons: '' },
  })
})

test('powers are said in words', () => {
  expect(powersInWords(['grant', 'narrow', 'deny'])).toBe('lift, narrow or stands')
  expect(powersInWords(['deny'])).toBe('stands')
  expect(powersInWords([])).toBe('none is offered here')
})

test('a check needs a conclusion and a sentence, and cannot be narrowed', () => {
  const say = (draft: Draft) => missingConclusion(draft).map((each) => each.words)
  expect(say({})).toEqual(['It still needs a conclusion: nothing wrong, or the rule is right.'])
  expect(say({ check: { power: 'narrow', reasons: 'Hm.' } })).toHaveLength(1)
  expect(say({ check: { power: 'grant', reasons: '' } })).toEqual([
    'It still needs a sentence that says why.',
  ])
  expect(say({ check: { power: 'deny', reasons: 'It kills germs on counters.' } })).toEqual([])
})

describe('a repair is answered in parts', () => {
  const statement = (policy: string, name: string) =>
    ({ ground: { policy }, measure: { name } }) as ContestedDecision['statement']
  const parts = contested(
    { id: 'a', powers: all, barred: null },
    { id: 'b', powers: all, barred: null },
    { id: 'c', powers: all, barred: 'You took it.' },
    { id: 'd', powers: all, barred: null },
  ).map((one, place) => ({
    ...one,
    statement: statement(place === 3 ? 'pesticides' : 'masks', 'listing.deactivate'),
  }))
  const draft = changeAnswer({}, 'a', { power: 'grant', reasons: 'A stranger listed it.' })

  test('one answer is enough, none is too few, and a half one is said', () => {
    const inParts = { inParts: true }
    expect(missingAnswers(parts, draft, inParts)).toEqual([])
    expect(missingAnswers(parts, {}, inParts)).toMatchObject([{ objectionId: 'a' }])
    const half = changeAnswer(draft, 'b', { power: 'deny' })
    expect(missingAnswers(parts, half, inParts)).toMatchObject([{ objectionId: 'b' }])
  })

  test('the same answer goes to what is alike, never over one that was begun or to one that is barred', () => {
    const ids = (list: ContestedDecision[]) => list.map(({ objection }) => objection.id)
    expect(ids(alikeIn(parts, draft, 'a'))).toEqual(['b'])
    const next = answerAlike(draft, 'a', alikeIn(parts, draft, 'a'))
    expect(answersToSend(parts, next).map(({ objectionId }) => objectionId)).toEqual(['a', 'b'])
    expect(ids(alikeIn(parts, changeAnswer(draft, 'b', { power: 'deny' }), 'a'))).toEqual([])
  })
})
