import { describe, expect, test } from 'vitest'
import { expectPlainWords } from '../../test/notices.ts'
import {
  askedNotice,
  caseReceived,
  handedOver,
  messageNotice,
  outcomeNotice,
  overdueNotice,
  overdueToSender,
  type AnsweredObjection,
  type HandOver,
  type HoldingWords,
} from './case-notice.ts'
import { caseKinds } from './case.ts'
import type { ObjectionOutcome } from './objection.ts'

const timeZone = 'Europe/Lisbon'
const at = new Date('2026-11-24T14:00:00Z')
const holding: HoldingWords = {
  kind: 'appeal',
  number: 'A-7001',
  caseId: 'cas_1',
  deskTitle: 'Seller Performance',
  dueAt: at,
  ifLate: 'If nobody has answered by then, the executive office gets it by itself.',
  timeZone,
  language: 'en',
  about: ['“Clay face mask”'],
}
const answered = (
  outcome: ObjectionOutcome,
  answeredBy: string | null = 'Milan',
  subject: AnsweredObjection['subject'] = { kind: 'listing', title: 'Clay face mask' },
): AnsweredObjection => ({ subject, outcome, answer: 'Clay is no mask.', answeredBy })
const outcome = (...objections: AnsweredObjection[]) =>
  outcomeNotice({
    kind: 'appeal',
    caseNumber: 'A-7001',
    caseId: 'cas_1',
    objections,
    secondLook: null,
    timeZone,
    language: 'en',
  })

describe('the receipt of a case', () => {
  test('says who answers by when, and what happens by itself otherwise', () => {
    const { subject, body } = caseReceived(holding)
    expect(subject).toBe(
      'Your appeal A-7001 is here. Seller Performance answers by Tuesday 24 November 14:00',
    )
    expect(body.opening).toBe(
      'Your appeal A-7001 about “Clay face mask” is here, and nothing of it can be lost.',
    )
    expect(body.sections[0]?.paragraphs).toEqual([
      'A person reads it and answers each of your points.',
      holding.ifLate,
    ])
  })

  test('of a question promises an answer, not points', () => {
    const { body } = caseReceived({ ...holding, kind: 'question', number: 'Q-7005', about: [] })
    expect(body.opening).toBe('Your question Q-7005 is here, and nothing of it can be lost.')
    expect(body.sections[0]?.paragraphs[0]).toBe('A person reads it and answers.')
  })

  test('names three subjects and counts the rest', () => {
    const about = ['“One”', '“Two”', 'your account', '“Four”', '“Five”']
    expect(caseReceived({ ...holding, about }).body.opening).toContain(
      'about “One”, “Two”, your account and two more is here',
    )
  })
})

describe('a case that moves', () => {
  const moved = (handOver: HandOver) =>
    handedOver({ ...holding, deskTitle: 'Executive office', handOver })

  test('says why it moved, and who has it now', () => {
    const fromDeskTitle = 'Seller Performance'
    expect(moved({ why: 'late', fromDeskTitle }).body.opening).toBe(
      'Seller Performance did not answer in time, so Executive office has your appeal A-7001 now.',
    )
    expect(moved({ why: 'second-look', fromDeskTitle }).body.opening).toContain(
      'Nobody who decided it before takes part.',
    )
    expect(moved({ why: 'again', fromDeskTitle }).body.opening).toBe(
      'Your appeal A-7001 is open again, and Executive office has it.',
    )
    expect(moved({ why: 'late', fromDeskTitle }).subject).toBe(
      'Executive office has your appeal A-7001 now and answers by Tuesday 24 November 14:00',
    )
  })

  test('by choice says who handed it on, why, and that the last date stays', () => {
    const promisedBy = new Date('2026-12-01T09:00:00Z')
    const forwarded = moved({
      why: 'forward',
      fromDeskTitle: 'Seller Support',
      by: 'Noor',
      reason: 'It needs somebody who may decide.',
      promisedBy,
    })
    expect(forwarded.body.opening).toBe(
      'Noor of Seller Support handed your appeal A-7001 to Executive office.',
    )
    expect(forwarded.body.sections.flatMap(({ paragraphs }) => paragraphs)).toEqual(
      expect.arrayContaining([
        'It needs somebody who may decide.',
        'The last date for your answer stays as it was: Tuesday 1 December 09:00.',
      ]),
    )
  })
})

test('a question to the seller says until when, that the clock stands still, and that silence harms nobody', () => {
  const { subject, body } = askedNotice({
    ...holding,
    by: 'Milan',
    question: 'Which of the two packs?',
    until: new Date('2026-12-08T14:00:00Z'),
  })
  expect(subject).toBe(
    'Seller Performance asks you something about your appeal A-7001. There is time until Tuesday 8 December 2026 14:00',
  )
  expect(body.sections[0]).toEqual({
    heading: 'The question',
    paragraphs: ['Which of the two packs?'],
    written: [0],
  })
  expect(body.sections[1]?.paragraphs[0]).toBe(
    'Our clock stands still until you have answered. If you do not, we go on with what there is, and silence is never held against you.',
  )
  expect(body.link?.label).toBe('Answer the question')
})

describe('a message from the desk', () => {
  const message = { ...holding, kind: 'question', number: 'Q-7005', by: 'Noor' } as const

  test('that answers says until when to write again', () => {
    const { kind, subject, body } = messageNotice({
      ...message,
      text: 'All is well.',
      writeAgainUntil: new Date('2026-12-08T14:00:00Z'),
    })
    expect([kind, subject]).toEqual(['answered', 'The answer to your question Q-7005'])
    expect(JSON.stringify(body)).toContain('write again until Tuesday 8 December 2026 14:00')
  })

  test('that only informs ends nothing, and says so', () => {
    const { kind, subject, body } = messageNotice({
      ...message,
      text: 'We are reading it.',
      writeAgainUntil: null,
    })
    expect([kind, subject]).toEqual(['message', 'Noor wrote to you about your question Q-7005'])
    expect(JSON.stringify(body)).toContain(
      'This ends nothing: Seller Performance has it until Tuesday 24 November 14:00, as before.',
    )
  })
})

describe('the outcome of a case', () => {
  test('says what is so first, then who answers how many points', () => {
    expect(outcome(answered('measure_stands'), answered('measure_stands')).body.opening).toBe(
      'The measures stand. Milan answers each of your two points below.',
    )
    expect(outcome(answered('measure_stands')).body.opening).toBe(
      'The measure stands. Milan answers your point below.',
    )
    expect(outcome(answered('measure_lifted')).subject).toBe(
      'The measure is lifted. The answer to your appeal A-7001',
    )
  })

  test('of several fates counts each of them', () => {
    const mixed = outcome(
      answered('measure_lifted'),
      answered('measure_stands', 'Ana', { kind: 'account', title: 'Clay & Co' }),
      answered('measure_lifted'),
      answered('measure_narrowed', 'Ana', { kind: 'payouts', title: 'Clay & Co' }),
      answered('withdrawn', null),
    )
    expect(mixed.body.opening).toBe(
      'Two measures are lifted, one measure is narrowed and one measure stands. Milan and Ana answer each of your four points below.',
    )
    expect(mixed.body.sections.map(({ heading }) => heading)).toEqual([
      '“Clay face mask”: the measure is lifted',
      'Your account: the measure stands',
      '“Clay face mask”: the measure is lifted',
      'Your payouts: the measure is narrowed',
      '“Clay face mask”: taken back',
      'What happens next',
    ])
  })

  test('by a clock names no person', () => {
    expect(outcome(answered('measure_lifted', null)).body.opening).toBe(
      'The measure is lifted. The reasons are below.',
    )
  })

  test('that gives nothing back promises no look at the shop', () => {
    expect(JSON.stringify(outcome(answered('measure_stands')))).not.toContain('shop')
    expect(JSON.stringify(outcome(answered('measure_narrowed')))).toContain(
      'We look there ourselves',
    )
  })

  test('names the desk that can look again, and until when', () => {
    const words = (contestBy: Date | null) =>
      outcomeNotice({
        kind: 'appeal',
        caseNumber: 'A-7001',
        caseId: 'c',
        objections: [answered('measure_stands')],
        timeZone,
        language: 'en',
        secondLook: { deskTitle: 'Executive office', contestBy },
      })
    expect(words(new Date('2027-05-23T10:00:00Z')).body.opening).toContain(
      'You can ask another desk, Executive office, to look again until Sunday 23 May 2027 11:00.',
    )
    expect(words(null).body.opening).toContain('for six months from the day this reaches you')
    expect(words(null).body.link?.label).toContain('second look')
  })
})

test('what is overdue is told to its sender as our fault, and to the officer as a task', () => {
  const overdueSince = new Date('2026-11-23T09:00:00Z')
  const sender = overdueToSender({ ...holding, kind: 'letter', number: 'L-7006', overdueSince })
  expect(sender.body.opening).toBe(
    'Your letter L-7006 about “Clay face mask” was due Monday 23 November 09:00, and nobody has answered. That is our fault and not yours.',
  )
  const officer = overdueNotice({ ...holding, caseNumber: 'A-7001', overdueSince })
  expect(officer.subject).toBe(
    'Appeal A-7001 was due Monday 23 November 09:00 and nobody has answered',
  )
  expect(officer.body.link).toBeNull()
})

test('no notice of any kind of case blames, begs or promises what is not so', () => {
  const fromDeskTitle = 'Seller Performance'
  for (const kind of caseKinds) {
    const one = { ...holding, kind }
    const forward = { why: 'forward', fromDeskTitle, by: 'Noor', reason: 'Theirs.' } as const
    const asked = { by: 'Noor', question: 'Which one.', until: at }
    expectPlainWords([
      caseReceived(one),
      handedOver({ ...one, handOver: { why: 'late', fromDeskTitle } }),
      handedOver({ ...one, handOver: { why: 'second-look', fromDeskTitle } }),
      handedOver({ ...one, handOver: { why: 'again', fromDeskTitle } }),
      handedOver({ ...one, handOver: { ...forward, promisedBy: at } }),
      askedNotice({ ...one, ...asked }),
      messageNotice({ ...one, by: 'Noor', text: 'All is well.', writeAgainUntil: at }),
      messageNotice({ ...one, by: 'Noor', text: 'All is well.', writeAgainUntil: null }),
      overdueToSender({ ...one, overdueSince: at }),
      overdueNotice({ ...one, caseNumber: one.number, overdueSince: at }),
      outcome(answered('measure_stands'), answered('withdrawn', null)),
    ])
  }
})
