import { describe, expect, test } from 'vitest'
import { at, day, start } from '../../test/cases.ts'
import { moneyOf, opensBelongings } from './belongings.ts'
import { measureNames, measures, type Measure } from './measure.ts'

const now = at(day)
const on = (measure: Measure, decisionId = 'd1', about: string | null = null) => ({
  action: {
    decisionId,
    subject: { kind: measures[measure].subject, id: 'clay' },
    sellerId: 'clay',
    measure,
    noticeAt: start,
    inForceFrom: start,
    endsAt: null,
    endedAt: null,
    endedBy: null,
  },
  decision: { about },
})
const ofAccount = measureNames.filter((name) => measures[name].subject === 'account')
const opened = (...held: Parameters<typeof opensBelongings>[0]) =>
  opensBelongings(held, new Set(['d1']), now)

test.each(ofAccount)(
  'the link of %s opens them only where it keeps sign-in shut and no thief is feared',
  (measure) => {
    const result = opened(on(measure))
    if (['account.lock', 'account.lock.narrowed', 'account.close'].includes(measure))
      expect(result).toEqual({ ok: true })
    else if (measure.startsWith('account.secure'))
      expect(result).toMatchObject({ refusal: 'account_secured' })
    else expect(result).toMatchObject({ refusal: 'sign_in_instead' })
  },
)

test('a lock on an account that is secured as well opens nothing by link', () => {
  expect(opened(on('account.lock'), on('account.secure', 'd2'))).toMatchObject({
    refusal: 'account_secured',
  })
})

test('the link of another matter opens nothing while the lock is in force', () => {
  expect(opened(on('account.suspend'), on('account.lock', 'd2'))).toMatchObject({
    refusal: 'link_of_other_matter',
  })
})

test('the link of a lock still opens them when the lock was narrowed since', () => {
  expect(opened(on('account.lock.narrowed', 'd2', 'd1'))).toEqual({ ok: true })
})

test('once the lock is off, one signs in instead', () => {
  const { action, decision } = on('account.lock')
  const over = { action: { ...action, endedAt: at(day / 2) }, decision }
  expect(opened(over)).toMatchObject({ refusal: 'sign_in_instead' })
})

describe('money', () => {
  const balance = {
    sellerId: 'clay',
    currency: 'EUR',
    available: 120.1,
    disputed: 20.05,
    destinations: [
      { id: 'old', label: 'Bank, ends in 1', addedAt: at(-400 * day) },
      { id: 'new', label: null, addedAt: start },
    ],
    updatedAt: start,
  }
  const free = { held: null, onlyTo: null }

  test('what nobody disputes is the balance without what is disputed, to the cent', () => {
    expect(moneyOf(balance, free, now)).toMatchObject({ undisputed: 100.05, payable: 120.1 })
    expect(moneyOf({ ...balance, disputed: 500 }, free, now).undisputed).toBe(0)
    expect(moneyOf({ ...balance, available: -3 }, free, now)).toMatchObject({
      undisputed: 0,
      payable: 0,
    })
  })

  test('what is held is not paid out until its day, and never more than there is', () => {
    const held = { amount: 50, until: at(9 * day).toISOString() }
    expect(moneyOf(balance, { ...free, held }, now)).toMatchObject({
      held: { amount: 50 },
      payable: 70.1,
    })
    expect(moneyOf(balance, { ...free, held: { ...held, amount: 999 } }, now)).toMatchObject({
      held: { amount: 120.1 },
      payable: 0,
    })
    expect(moneyOf(balance, { ...free, held }, at(10 * day))).toMatchObject({
      held: null,
      payable: 120.1,
    })
  })

  test('where it may go is said of every destination', () => {
    const { destinations } = moneyOf(balance, { held: null, onlyTo: ['old'] }, now)
    expect(destinations.map(({ id, mayReceive }) => [id, mayReceive])).toEqual([
      ['old', true],
      ['new', false],
    ])
  })
})
