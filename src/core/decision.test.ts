import { describe, expect, test } from 'vitest'
import { at, day, minute, start } from '../../test/cases.ts'
import {
  confirmMeasure,
  imposeMeasure,
  liftMeasure,
  mayHasten,
  mayUndo,
  narrowMeasure,
  takesEffectAt,
  undoWindow,
  type Decision,
  type DecisionResult,
} from './decision.ts'
import type { Action } from './action.ts'
import { hasReachedSeller, isInForce } from './action.ts'
import { measureNames, measures, type Measure } from './measure.ts'
import type { Policy } from './policy.ts'
import { procedure } from '../../test/cases.ts'
import { writeStatement } from './reasons.ts'

const milan = { kind: 'person', id: 'milan', name: 'Milan Rost' } as const
const rule = { kind: 'policy', policy: 'conduct', version: 1 } as const
const told = at(undoWindow)

const policy: Policy = {
  policy: 'conduct',
  version: 1,
  title: 'Conduct of sellers',
  author: 'bo',
  naive: false,
  text: 'Sellers ship what they sell.',
  jurisdictions: ['eu'],
  measure: 'account.suspend',
  level: 'act',
  base: 0,
  signals: [{ name: 's', says: 'says', weight: 1, phrases: ['x'] }],
  thresholds: { review: 0.5, deactivate: 0.9 },
  wouldReverse: ['Show that the parcels arrived.'],
  examples: [],
}

function decision(measure: Measure, more: Partial<Decision> = {}): Decision {
  const noticeAt = more.noticeAt ?? told
  return {
    id: 'dec_1',
    number: 1001,
    kind: 'impose',
    measure,
    subject: { kind: measures[measure].subject, id: 'clay' },
    sellerId: 'clay',
    judged: null,
    ground: { policy: 'conduct', version: 1 },
    takenBy: milan,
    takenAt: start,
    noticeAt,
    effectiveAt: takesEffectAt(measure, noticeAt),
    terms: null,
    exception: null,
    restsOn: [],
    about: null,
    reasons: 'Forty parcels never arrived.',
    ...more,
  }
}

function drafted(made: Decision, endsAt: Date | null = null) {
  const seller = { id: 'clay', name: 'Clay & Co', timeZone: 'UTC', language: 'en' } as const
  const judged = {
    decision: made,
    seller,
    text: null,
    policy,
    finding: null,
    procedure,
    endsAt,
    knownGaps: [],
    withholding: null,
  }
  return { decision: made, statement: writeStatement(judged), endsAt }
}

function imposed(made: Decision, endsAt: Date | null = null): Action {
  const result = imposeMeasure(drafted(made, endsAt), [])
  if (!result.ok || result.action === null) throw new Error('it was refused')
  return result.action
}

const refusalOf = (result: DecisionResult | ReturnType<typeof mayUndo>) =>
  result.ok ? null : result.refusal

describe('a measure counts from its notice', () => {
  test('a minute after a person took it; until then nobody has heard of it', () => {
    const action = imposed(decision('account.suspend'))
    expect(isInForce(action, at(undoWindow - 1))).toBe(false)
    expect(hasReachedSeller(action, at(undoWindow - 1))).toBe(false)
    expect(isInForce(action, told)).toBe(true)
    expect(hasReachedSeller(action, told)).toBe(true)
  })

  test('and never reached the seller when it was undone within it', () => {
    const undone = { ...imposed(decision('account.suspend')), endedAt: at(1000), endedBy: 'dec_2' }
    expect(hasReachedSeller(undone, at(day))).toBe(false)
    expect(isInForce(undone, at(day))).toBe(false)
  })

  test('it ends by itself where it has an end', () => {
    const action = imposed(decision('account.suspend'), at(7 * day))
    expect(isInForce(action, at(7 * day - 1))).toBe(true)
    expect(isInForce(action, at(7 * day))).toBe(false)
  })
})

describe('closing an account', () => {
  const closing = decision('account.close', { exception: 'legal_obligation' })
  const action = imposed(closing)
  const both = { decision: closing, action }

  test('is told at once and takes effect 30 days later; every other measure with its notice', () => {
    for (const measure of measureNames)
      expect([measure, takesEffectAt(measure, told)]).toEqual([
        measure,
        measure === 'account.close' ? at(undoWindow + 30 * day) : told,
      ])
    expect(hasReachedSeller(action, told)).toBe(true)
    expect(isInForce(action, at(30 * day))).toBe(false)
    expect(isInForce(action, at(30 * day + undoWindow))).toBe(true)
  })

  test('its statement says from when, and that nothing changes until then', () => {
    const { duration } = drafted(decision('account.close')).statement
    expect(duration.words).toBe(
      'From Wednesday 23 December 2026 09:01; until then nothing changes.',
    )
    expect(drafted(closing).statement.duration.words).toContain('if a second person agrees')
  })

  test('takes effect at once only by an exception and a second person', () => {
    const plain = decision('account.close')
    expect(refusalOf(mayHasten({ decision: plain, action }, 'aiko', told))).toBe('no_exception')
    expect(refusalOf(mayHasten(both, 'milan', told))).toBe('second_person_needed')
    expect(refusalOf(mayHasten(both, 'aiko', told))).toBeNull()
  })

  test('by nobody within its minute, once it counts, or once it was taken back', () => {
    expect(refusalOf(mayHasten(both, 'aiko', at(undoWindow - 1)))).toBe('wrong_state')
    expect(refusalOf(mayHasten(both, 'aiko', at(31 * day)))).toBe('measure_in_force')
    const over = { ...action, endedAt: at(day), endedBy: 'dec_2' }
    expect(refusalOf(mayHasten({ ...both, action: over }, 'aiko', at(2 * day)))).toBe(
      'not_in_force',
    )
  })

  test('what a machine decided is agreed to by any person', () => {
    const byRule = { ...closing, takenBy: rule }
    expect(refusalOf(mayHasten({ decision: byRule, action }, 'milan', told))).toBeNull()
  })
})

describe('holding money', () => {
  const terms = { amount: 120.5, currency: 'EUR', onlyTo: null }
  const hold = decision('payout.hold', { terms })

  test('needs a date on which it is free again', () => {
    expect(refusalOf(imposeMeasure(drafted(hold), []))).toBe('end_missing')
    expect(refusalOf(imposeMeasure(drafted(hold, at(14 * day)), []))).toBeNull()
  })

  test('so does what is left of it when it is narrowed', () => {
    const action = imposed(hold, at(14 * day))
    const less = decision('payout.hold.narrowed', { kind: 'narrow', about: 'dec_1', terms })
    expect(refusalOf(narrowMeasure(action, drafted(less)))).toBe('end_missing')
    expect(refusalOf(narrowMeasure(action, drafted(less, at(14 * day))))).toBeNull()
  })

  test('says the amount and until when', () => {
    const { measure, duration, terms: stated } = drafted(hold, at(14 * day)).statement
    expect(measure.effect).toMatch(/^120\.50 EUR\. This much of your money/)
    expect(duration.words).toBe('Until Monday 7 December 2026 09:00, when it ends by itself.')
    expect(stated).toEqual(terms)
  })
})

describe('a decision', () => {
  const action = imposed(decision('account.suspend'))
  const over = { ...action, endedAt: at(day), endedBy: 'dec_2' }
  const narrowing = decision('account.suspend.narrowed', { kind: 'narrow', about: 'dec_1' })

  test('on the same ground is taken once; on another ground it is another one', () => {
    const first = decision('account.suspend')
    const again = drafted(decision('account.suspend', { id: 'dec_2' }))
    expect(refusalOf(imposeMeasure(again, [first]))).toBe('measure_in_force')
    const other = { ...first, ground: { policy: 'fraud', version: 1 } }
    expect(refusalOf(imposeMeasure(again, [other]))).toBeNull()
  })

  test('is not taken when the seller could not be told everything', () => {
    const { decision: made, statement, endsAt } = drafted(decision('account.suspend'))
    const silent = { ...statement, wouldReverse: [] }
    expect(imposeMeasure({ decision: made, statement: silent, endsAt }, [])).toMatchObject({
      refusal: 'statement_incomplete',
    })
    const byRule = drafted(decision('account.suspend', { takenBy: rule }))
    expect(imposeMeasure(byRule, [])).toMatchObject({
      refusal: 'statement_incomplete',
      detail: 'facts.evidence: a machine shows the words it matched',
    })
  })

  test('narrows only to what is narrower, and every narrower form is a measure on the same subject', () => {
    expect(refusalOf(narrowMeasure(action, drafted(narrowing)))).toBeNull()
    expect(refusalOf(narrowMeasure(action, drafted(decision('account.lock'))))).toBe(
      'nothing_narrower',
    )
    for (const measure of Object.values(measures))
      if (measure.narrowsTo !== null)
        expect(measures[measure.narrowsTo].subject).toBe(measure.subject)
  })

  test('changes nothing that was ended by another', () => {
    expect(refusalOf(narrowMeasure(over, drafted(narrowing)))).toBe('not_in_force')
    expect(refusalOf(liftMeasure(over, decision('account.suspend', { kind: 'lift' })))).toBe(
      'not_in_force',
    )
    expect(refusalOf(confirmMeasure(over, decision('account.suspend', { kind: 'confirm' })))).toBe(
      'not_in_force',
    )
  })

  test('about what simply ran out can still be taken: its record stays contestable', () => {
    const expired = { ...action, endedAt: at(day) }
    expect(
      refusalOf(liftMeasure(expired, decision('account.suspend', { kind: 'lift' }))),
    ).toBeNull()
    expect(
      refusalOf(confirmMeasure(expired, decision('account.suspend', { kind: 'confirm' }))),
    ).toBeNull()
  })

  test('that something stands is a named person’s, with reasons', () => {
    const confirm = decision('account.suspend', { kind: 'confirm' })
    expect(refusalOf(confirmMeasure(action, { ...confirm, takenBy: rule }))).toBe(
      'machine_may_not_deny',
    )
    const clock = { kind: 'clock', desk: 'first' } as const
    expect(refusalOf(confirmMeasure(action, { ...confirm, takenBy: clock }))).toBe(
      'machine_may_not_deny',
    )
    expect(refusalOf(confirmMeasure(action, { ...confirm, reasons: ' ' }))).toBe('reasons_missing')
  })

  test('is taken back within a minute, by who took it, and only when it was imposed by hand', () => {
    const made = decision('account.suspend')
    expect(refusalOf(mayUndo(made, 'milan', at(minute - 1)))).toBeNull()
    expect(refusalOf(mayUndo(made, 'milan', at(minute)))).toBe('undo_too_late')
    expect(refusalOf(mayUndo(made, 'aiko', start))).toBe('not_yours_to_undo')
    expect(refusalOf(mayUndo({ ...made, takenBy: rule }, 'milan', start))).toBe('undo_too_late')
    expect(refusalOf(mayUndo({ ...made, kind: 'lift' }, 'milan', start))).toBe('undo_too_late')
  })
})
