import { describe, expect, test } from 'vitest'
import { expectPlainWords } from '../../test/notices.ts'
import type { SubjectKind } from './measure.ts'
import { notBackOfficer, notYetBackNotice, restoredNotice } from './restoration-notice.ts'
import { openStates, type State } from './state-owed.ts'

const titles = { listing: 'Clay face mask', account: 'Clay & Co', payouts: 'Clay & Co' } as const
const seen = (kind: SubjectKind, shows: State | null, seconds = 16) =>
  restoredNotice({
    subject: { kind, title: titles[kind] },
    shows,
    seconds,
    decisionId: 'd',
    caseId: 'c',
    language: 'en',
  })
const shut = {
  listing: { offered: false, searchable: false },
  account: { signIn: false, sell: false, addListings: false },
  payouts: { held: { amount: 40, until: '2026-12-01T00:00:00Z' }, onlyTo: ['a'] },
} as const satisfies Record<SubjectKind, State>
const kinds = ['listing', 'account', 'payouts'] as const

describe('the proof of restoration', () => {
  test('says how soon it was seen back', () => {
    expect(seen('listing', openStates.listing).body.opening).toBe(
      '“Clay face mask” is back on sale: seen back in the shop 16 seconds after the decision.',
    )
    expect(seen('account', openStates.account).subject).toBe('Your account is free again')
    expect(seen('payouts', openStates.payouts, 7_200).body.opening).toBe(
      'Your payouts are free again: the shop was seen to hold nothing 2 hours after the decision.',
    )
  })

  test('calls nothing back that is not', () => {
    for (const kind of kinds)
      for (const shows of [null, shut[kind]])
        expect(JSON.stringify(seen(kind, shows))).not.toMatch(/is back|seen back|free again/)
  })

  test('says what a narrower measure still shuts', () => {
    expect(seen('listing', { offered: true, searchable: false }).subject).toBe(
      '“Clay face mask” is for sale again, outside search',
    )
    const selling = seen('account', { signIn: false, sell: true, addListings: true })
    expect(selling.subject).toBe('Your listings are for sale again')
    expect(selling.body.opening).toContain('Still shut by a measure in force: sign-in.')
    expect(seen('payouts', { held: null, onlyTo: ['a'] }).body.opening).toContain(
      'Payouts still go only to the accounts you named before',
    )
    expect(seen('payouts', { ...shut.payouts, onlyTo: null }).body.opening).toContain(
      'to hold no more than 40.00',
    )
  })
})

test('no notice about a restoration blames, begs or promises what is not so', () => {
  const since = new Date('2026-11-24T14:00:00Z')
  for (const kind of kinds) {
    const one = { subject: { kind, title: titles[kind] }, since, timeZone: 'Europe/Lisbon' }
    const officer = { ...one, subject: { ...one.subject, id: 'id_1' }, sequence: 2 }
    expectPlainWords([
      seen(kind, null),
      seen(kind, openStates[kind]),
      seen(kind, shut[kind]),
      notYetBackNotice({ ...one, decisionId: 'd', caseId: null, language: 'en' }),
      notBackOfficer({ ...officer, error: null }),
    ])
    expect(notBackOfficer({ ...officer, error: 'connection refused' }).body.sections[0]).toEqual({
      heading: 'What is so',
      paragraphs: [
        'State number 2 has been owed since Tuesday 24 November 14:00.',
        'The last attempt ended with: connection refused',
      ],
    })
  }
})
