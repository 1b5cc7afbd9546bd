import { describe, expect, test } from 'vitest'
import { at, procedure, start } from '../../test/cases.ts'
import { imposeMeasure, undoWindow, type Decision } from './decision.ts'
import { measureNames, measures, type Measure } from './measure.ts'
import type { Policy } from './policy.ts'
import { writeStatement } from './reasons.ts'
import { statementSections, type Statement } from './statement.ts'
import { mayWithhold, Withholding } from './withholding.ts'

const withholding: Withholding = {
  byMachine: true,
  method: 'The devices of nine buyers were the device of the seller.',
  reason: 'It would show thieves how they are seen.',
}

const policy: Policy = {
  policy: 'fraud',
  version: 1,
  title: 'Honest trade',
  author: 'bo',
  naive: false,
  text: 'Sellers sell to others than themselves.',
  jurisdictions: ['eu'],
  measure: 'account.lock',
  level: 'off',
  base: 0,
  signals: [],
  thresholds: { review: 1, deactivate: 1 },
  wouldReverse: ['Show that the parcels arrived.'],
  examples: [],
}

function drafted(measure: Measure, kept: Withholding | null = withholding) {
  const decision: Decision = {
    id: 'dec_1',
    number: 1001,
    kind: 'impose',
    measure,
    subject: { kind: measures[measure].subject, id: 'clay' },
    sellerId: 'clay',
    judged: null,
    ground: { policy: 'fraud', version: 1 },
    takenBy: { kind: 'person', id: 'milan', name: 'Milan Rost' },
    takenAt: start,
    noticeAt: at(undoWindow),
    effectiveAt: at(undoWindow),
    terms: null,
    exception: null,
    restsOn: [],
    about: null,
    reasons: 'Nine orders of last week went to the address from which they were sent.',
  }
  const statement = writeStatement({
    decision,
    seller: { id: 'clay', name: 'Clay & Co', timeZone: 'UTC', language: 'en' },
    text: null,
    policy,
    finding: null,
    procedure,
    endsAt: start,
    knownGaps: [],
    withholding: kept,
  })
  return { decision, statement, endsAt: at(undoWindow * 1000), withholding: kept }
}

test.each(measureNames)('under %s the method is kept back only where it is a lock', (measure) => {
  const result = imposeMeasure(drafted(measure), [])
  const isLock = measure === 'account.lock' || measure === 'account.lock.narrowed'
  expect(mayWithhold(measure)).toBe(isLock)
  expect(result).toMatchObject(isLock ? { ok: true, withholding } : { ok: false })
  if (!result.ok) expect(result.refusal).toBe('not_to_withhold')
})

test('the statement says that the method is withheld, why that is allowed and who sees it, and not the method', () => {
  const { statement } = drafted('account.lock')
  const whole = JSON.stringify(statement)
  expect(whole).not.toContain(withholding.method)
  expect(whole).not.toContain(withholding.reason)
  const told = statementSections(statement).find(({ heading }) => heading.includes('not told'))
  expect(told?.paragraphs.join()).toMatch(/How we noticed it is withheld.*Art\. 17\(3\) and \(4\)/)
  expect(told?.paragraphs.join()).toMatch(/decides your appeal sees the method whole/)
})

test('whether software took part is told also where it is withheld how', () => {
  const of = (kept: Withholding) => drafted('account.lock', kept).statement.automation
  expect(of(withholding)).toMatchObject({ detection: true, decision: false })
  expect(of(withholding).words).toMatch(/Software of ours pointed to it/)
  expect(of({ ...withholding, byMachine: false })).toMatchObject({ detection: false })
  expect(drafted('account.lock', null).statement.automation.withheld).toBeNull()
})

describe('nothing but the method can be withheld', () => {
  test.each(['ground', 'facts', 'wouldReverse', 'redress', 'duration'])(
    'there is no room for %s',
    (part) => {
      expect(Withholding.safeParse({ ...withholding, [part]: true }).success).toBe(false)
    },
  )

  const cut: [string, (statement: Statement) => unknown][] = [
    ['the rule', (told) => ({ ...told, ground: { ...told.ground, text: ' ' } })],
    ['its title', (told) => ({ ...told, ground: { ...told.ground, title: '' } })],
    ['the facts', (told) => ({ ...told, facts: { ...told.facts, narrative: '' } })],
    ['what would reverse it', (told) => ({ ...told, wouldReverse: [] })],
    ['the ways to contest', (told) => ({ ...told, redress: { ...told.redress, channels: [] } })],
    ['how long', (told) => ({ ...told, duration: { until: null, words: '' } })],
  ]
  test.each(cut)('a lock without %s is refused, whatever is withheld', (_, without) => {
    const whole = drafted('account.lock')
    const statement = without(whole.statement) as Statement // what could only come from broken code
    expect(imposeMeasure({ ...whole, statement }, [])).toMatchObject({
      ok: false,
      refusal: 'statement_incomplete',
    })
  })
})

test('a method or a reason of spaces is none', () => {
  for (const kept of [{ method: ' ' }, { reason: '\n' }])
    expect(
      imposeMeasure({ ...drafted('account.lock'), withholding: { ...withholding, ...kept } }, []),
    ).toMatchObject({ ok: false, refusal: 'withholding_incomplete' })
})

test('what the reasons tell is not withheld', () => {
  const kept = { ...withholding, method: 'nine orders  OF LAST WEEK' }
  expect(imposeMeasure(drafted('account.lock', kept), [])).toMatchObject({
    ok: false,
    refusal: 'withheld_is_told',
  })
})
