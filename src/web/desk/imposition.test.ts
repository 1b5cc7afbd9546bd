/** What an imposition by hand needs before anybody can preview it. */
import { expect, test } from 'vitest'
import { isByHand, measures, type Measure } from '../../core/measure.ts'
import {
  amountOf,
  emptyImposition,
  endOf,
  familiesOf,
  impositionOf,
  missingFromImposition,
  offerOf,
  type ImpositionDraft,
  type Offer,
} from './imposition.ts'

const now = new Date('2026-11-13T10:00:00Z')
const offer = (measure: Measure): Offer => ({
  measure,
  subject: { kind: measures[measure].subject, id: 'clay' },
  tag: measures[measure].tag,
  effect: measures[measure].effect,
})
const account = familiesOf(
  (Object.keys(measures) as Measure[])
    .filter(isByHand)
    .filter((name) => measures[name].subject !== 'listing')
    .map(offer),
)
const listing = familiesOf([offer('listing.deactivate'), offer('listing.demote')])
const balance = { currency: 'EUR', available: 200, disputed: 40, updatedAt: now.toISOString() }
const whole: ImpositionDraft = {
  ...emptyImposition,
  family: 'listing.demote',
  policy: 'ppe',
  reasons: 'It has no number.',
}
const fields = (draft: ImpositionDraft, families = listing) =>
  missingFromImposition(draft, { families, balance, now }).map((each) => each.field)

test('an empty one misses its measure, its rule and its reasons, but no last day', () => {
  expect(fields(emptyImposition)).toEqual(['family', 'policy', 'reasons'])
})

test('a whole one misses nothing', () => {
  expect(fields(whole)).toEqual([])
  expect(fields({ ...whole, lastDay: '2026-12-24' })).toEqual([])
})

test('reasons of spaces are no reasons', () => {
  expect(fields({ ...whole, reasons: '  \n' })).toEqual(['reasons'])
})

test.each(['2026-11-12', '2028-01-01', '2026-02-31x'])('%s cannot be its last day', (lastDay) => {
  expect(fields({ ...whole, lastDay })).toEqual(['lastDay'])
})

test('a last day counts to its end', () => {
  const end = endOf('2026-12-24')!
  expect([end.getDate(), end.getHours(), end.getMinutes()]).toEqual([24, 23, 59])
  expect(endOf('')).toBeNull()
})

test('a narrowed form is offered beside what it narrows, and the mildest measure first', () => {
  expect(account.map(({ wide }) => wide.measure)).toEqual([
    'account.warn',
    'payout.hold',
    'account.suspend',
    'account.lock',
    'account.secure',
    'account.close',
  ])
  expect(account.map(({ narrower }) => narrower?.measure ?? null)).toEqual([
    null,
    'payout.hold.narrowed',
    'account.suspend.narrowed',
    'account.lock.narrowed',
    'account.secure.narrowed',
    'account.close.narrowed',
  ])
})

test('where there is a narrower form, one of the two has to be chosen', () => {
  const draft = { ...whole, family: 'account.suspend' }
  expect(fields(draft, account)).toEqual(['measure'])
  const narrow = { ...draft, measure: 'account.suspend.narrowed' }
  expect(fields(narrow, account)).toEqual([])
  expect(offerOf(narrow, account)?.measure).toBe('account.suspend.narrowed')
  // A form chosen for another family before is none of this one's.
  expect(offerOf({ ...draft, measure: 'account.lock.narrowed' }, account)).toBeNull()
})

test('a narrowed form whose wide one is in force already would take nothing more, and is left out', () => {
  expect(familiesOf([offer('account.suspend.narrowed'), offer('account.warn')])).toHaveLength(1)
})

test('money needs an amount that is there and a day on which it is free again', () => {
  const hold = { ...whole, family: 'payout.hold', measure: 'payout.hold' }
  expect(fields(hold, account)).toEqual(['lastDay', 'amount'])
  expect(fields({ ...hold, lastDay: '2026-12-24', amount: '200.01' }, account)).toEqual(['amount'])
  expect(fields({ ...hold, lastDay: '2026-12-24', amount: '120,50' }, account)).toEqual([])
  // What buyers dispute is known: nobody has to type it.
  const narrow = { ...hold, measure: 'payout.hold.narrowed', lastDay: '2026-12-24' }
  expect(fields(narrow, account)).toEqual([])
})

test.each(['', '0', '-1', '1.234', 'all of it', '1e3'])('“%s” is no amount', (typed) => {
  expect(amountOf(typed)).toBeNull()
})

test('what belongs to another measure is not sent with this one', () => {
  const draft = { ...whole, amount: '5', exception: 'legal_obligation', lastDay: '2026-12-24' }
  expect(impositionOf(draft, offer('account.warn'))).toMatchObject({
    subject: { kind: 'account', id: 'clay' },
    amount: null,
    exception: null,
  })
  expect(impositionOf(draft, offer('account.close'))).toMatchObject({
    endsAt: null,
    exception: 'legal_obligation',
  })
})
