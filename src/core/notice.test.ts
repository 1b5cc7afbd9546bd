import { describe, expect, test } from 'vitest'
import { expectPlainWords } from '../../test/notices.ts'
import { ClosingException, measureNames, measures, type Measure } from './measure.ts'
import { hastenedNotice, liftedNotice, statementNotice } from './notice.ts'
import type { Statement } from './statement.ts'

const statementOf = (measure: Measure, title = 'Clay face mask'): Statement => ({
  decisionId: 'dec_1',
  language: 'en',
  number: 'D-1001',
  kind: 'impose',
  seller: { id: 'clay', name: 'Clay & Co' },
  subject: { kind: measures[measure].subject, id: 'l1', title },
  measure: { name: measure, tag: measures[measure].tag, effect: measures[measure].effect },
  terms: null,
  scope: 'Every country',
  duration: { until: null, words: 'Until a person lifts it.' },
  takenAt: '2026-11-23T09:00:00.000Z',
  effectiveAt: '2026-11-23T09:01:00.000Z',
  facts: {
    narrative: 'Forty parcels never arrived.',
    listingVersion: null,
    text: null,
    evidence: [],
    score: null,
    threshold: null,
  },
  ground: { policy: 'conduct', version: 1, title: 'Conduct', text: 'Sellers ship what they sell.' },
  automation: {
    detection: false,
    decision: false,
    words: 'Milan, a person, decided.',
    withheld: null,
  },
  exhibits: [],
  wouldReverse: ['Show that the parcels arrived.'],
  redress: {
    channels: ['The appeal button'],
    desk: 'Seller Performance',
    windowMonths: 6,
    words: 'You can appeal within 6 months.',
    outside: ['You can go to court.'],
  },
})

describe('the notice of a measure', () => {
  test('says of every measure what is so of its subject, and the way back', () => {
    for (const measure of measureNames) {
      const { subject, body } = statementNotice(statementOf(measure))
      expect(subject).toContain(measures[measure].is)
      expect(body.sections.map(({ heading }) => heading)).toContain('How to contest it')
      expect(body.statement?.measure.name).toBe(measure)
      expect(body.link).toMatchObject({ decisionId: 'dec_1' })
    }
  })

  test('has a subject line that a long title does not burst', () => {
    const { subject } = statementNotice(statementOf('listing.demote', 'Mask '.repeat(100)))
    expect(subject.length).toBeLessThan(200)
  })
})

test('a closing that does not wait says who agreed, why, and that nothing changes about the appeal', () => {
  const { subject, body } = hastenedNotice({
    statement: statementOf('account.close'),
    exception: 'legal_obligation',
    agreedBy: 'Aiko',
    at: new Date('2026-11-24T14:00:00Z'),
    timeZone: 'Europe/Lisbon',
    language: 'en',
  })
  expect(subject).toBe('Your account is closed from now on (decision D-1001)')
  expect(body.opening).toBe(
    'Aiko, a second person, agreed that decision D-1001 counts from Tuesday 24 November 14:00 and not after 30 days.',
  )
  expect(body.sections[1]?.paragraphs[0]).toBe(
    'Nothing about your right to appeal changes. The link below needs no sign-in.',
  )
})

test('no notice about a measure blames, begs or promises what is not so', () => {
  const agreed = {
    agreedBy: 'Aiko',
    at: new Date('2026-11-24T14:00:00Z'),
    timeZone: 'UTC',
    language: 'en',
  } as const
  const closing = statementOf('account.close')
  expectPlainWords([
    ...measureNames.map((measure) => statementNotice(statementOf(measure))),
    ...measureNames.map((measure) =>
      liftedNotice({
        statement: statementOf(measure),
        reasons: 'The rule was wrong here.',
        language: 'en',
      }),
    ),
    ...ClosingException.options.map((exception) =>
      hastenedNotice({ statement: closing, exception, ...agreed }),
    ),
  ])
})
