import { expect, test } from 'vitest'
import { newCases } from '../../test/cases.ts'
import type { Case } from './case.ts'
import { measureNames } from './measure.ts'
import type { Procedure } from './procedure.ts'
import { threadOf } from './thread.ts'
import type { CaseHappening, Story } from './thread-step.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 9, minute))
const objection = {
  id: 'o',
  decisionId: 'd',
  measure: 'listing.deactivate',
  track: 'dispute',
  text: 'It is clay.',
  remedy: null,
  outcome: 'measure_lifted',
  answer: 'It is a cosmetic.',
  answeredBy: 'stf',
  answeredAt: at(9),
} as const
const held = {
  id: 'c',
  kind: 'appeal',
  desk: 'executive',
  objections: [objection],
  check: null,
  complaint: null,
  repair: null,
  secondLook: true,
} as unknown as Case
const procedure = {
  desks: { performance: { title: 'Seller Performance' }, executive: { title: 'Executive office' } },
} as unknown as Procedure

const story: Story = {
  case: held,
  procedure,
  about: [
    {
      decisionId: 'd',
      measure: 'listing.deactivate',
      takenBy: { kind: 'policy', policy: 'ppe', version: 1 },
      takenAt: at(0),
      policyTitle: 'Protective masks',
      policyVersion: 1,
      subject: { kind: 'listing', title: 'Clay mask' },
    },
  ],
  events: [
    {
      at: at(1),
      kind: 'case.opened',
      by: 's',
      detail: { channel: 'link', matter: 'listing.deactivate' },
    },
    {
      at: at(1),
      kind: 'case.arrived',
      by: null,
      detail: { desk: 'performance', from: null, dueAt: at(2).toISOString() },
    },
    { at: at(1), kind: 'case.taken', by: 'stf', detail: {} },
    {
      at: at(2),
      kind: 'case.arrived',
      by: null,
      detail: { desk: 'executive', from: 'performance', dueAt: at(8).toISOString() },
    },
    {
      at: at(9),
      kind: 'case.decided',
      by: 'stf',
      detail: {
        outcome: 'measure_lifted',
        answers: [{ decisionId: 'd', answer: 'It is a cosmetic.' }],
      },
    },
    { at: at(10), kind: 'case.restored', by: null, detail: {} },
    { at: at(10), kind: 'something.else', by: null, detail: {} },
    { at: at(10), kind: 'case.closed', by: null, detail: {} },
  ],
  timeZone: 'UTC',
  reader: 'seller',
  nameOf: (id) => (id === 'stf' ? 'Milan' : null),
}

test('a thread tells what happened, oldest first, to the seller', () => {
  expect(threadOf(story).map(({ who, words, quote }) => [who, words, quote])).toEqual([
    ['machine', 'Rule “Protective masks”, version 1, took “Clay mask” off sale.', null],
    ['you', 'You appealed: this is a mistake.', 'It is clay.'],
    ['clock', 'Came to Seller Performance. They have until Monday 23 November 09:02.', null],
    [
      'clock',
      'Seller Performance was late, so it went to the executive office by itself. They have until Monday 23 November 09:08.',
      null,
    ],
    ['person', 'Milan, Executive office, decided. The measure is lifted.', 'It is a cosmetic.'],
    ['shop', 'The shop shows what is owed: we looked there ourselves.', null],
    ['clock', 'The case is closed.', null],
  ])
})

test('the desk reads of the seller, and who took the case', () => {
  const words = threadOf({ ...story, reader: 'desk', nameOf: () => 'Milan Rost' }).map(
    (step) => step.words,
  )
  expect(words).toContain('The seller appealed from the link in the mail: this is a mistake.')
  expect(words).toContain('Milan Rost took the case.')
})

test('a clock that decided is not called a person', () => {
  const events = [
    { at: at(9), kind: 'case.decided', by: null, detail: { outcome: 'measure_lifted' } },
  ]
  expect(threadOf({ ...story, events }).at(-1)).toMatchObject({
    who: 'clock',
    words: 'Nobody answered in time, so it was decided by itself. The measure is lifted.',
  })
})

/** What one happening reads like, to each reader. */
function told(event: Omit<CaseHappening, 'at'>, held: Partial<Case> = {}) {
  const one = { ...story, case: { ...story.case, ...held }, events: [{ at: at(20), ...event }] }
  const last = (reader: Story['reader']) => {
    const { words, quote } = threadOf({ ...one, about: [], reader }).at(-1) ?? {}
    return words === undefined ? null : [words, quote]
  }
  return { seller: last('seller'), desk: last('desk') }
}

test('a question, its reply and its silence are told to both sides', () => {
  const detail = { question: 'Which pack?', until: at(30).toISOString() }
  expect(told({ kind: 'case.asked', by: 'stf', detail })).toEqual({
    seller: [
      'Milan, Executive office, asked you. There is time to answer until Monday 23 November 09:30.',
      'Which pack?',
    ],
    desk: [
      'Milan, Executive office, asked the seller. There is time to answer until Monday 23 November 09:30.',
      'Which pack?',
    ],
  })
  const reply = { text: 'The blue one.', answers: 'Which pack?' }
  expect(told({ kind: 'case.written', by: 's', detail: reply })).toEqual({
    seller: ['You answered.', 'The blue one.'],
    desk: ['The seller answered.', 'The blue one.'],
  })
  expect(
    told({ kind: 'case.written', by: 's', detail: { text: 'More.', answers: null } }).seller,
  ).toEqual(['You wrote.', 'More.'])
  expect(told({ kind: 'case.silent', by: null, detail: {} }).seller).toEqual([
    'Executive office goes on with what there is.',
    null,
  ])
})

test('a forward names who handed it on, why, and that the last date stays', () => {
  const detail = {
    desk: 'executive',
    from: 'performance',
    why: 'forward',
    reason: 'It needs a lawyer.',
    dueAt: at(30).toISOString(),
  }
  expect(told({ kind: 'case.arrived', by: 'stf', detail }).seller).toEqual([
    'Milan, Seller Performance, handed it to the executive office. The last date for your answer stays as it was.',
    'It needs a lawyer.',
  ])
})

test('a second look, and being open again, have words of their own', () => {
  const detail = { desk: 'executive', from: 'performance', dueAt: at(30).toISOString() }
  const arrived = (why: string) =>
    told({ kind: 'case.arrived', by: null, detail: { ...detail, why } }).seller?.[0]
  expect(arrived('second-look')).toBe(
    'Came to the executive office for the second look. They have until Monday 23 November 09:30.',
  )
  expect(arrived('again')).toBe(
    'Is with the executive office again. They have until Monday 23 November 09:30.',
  )
})

test('a decision that may still be taken back is nobody’s but the desk’s', () => {
  expect(told({ kind: 'case.given', by: 'stf', detail: {} })).toEqual({
    seller: null,
    desk: ['Milan decided, and may take it back for a minute.', null],
  })
  expect(told({ kind: 'case.undone', by: 'stf', detail: {} })).toEqual({
    seller: null,
    desk: ['Milan took the decision back.', null],
  })
})

test('an answer to a matter, and a message that ends nothing', () => {
  const detail = { text: 'All is well.' }
  expect(told({ kind: 'case.answered', by: 'stf', detail }).seller).toEqual([
    'Milan, Executive office, answered.',
    'All is well.',
  ])
  expect(told({ kind: 'case.informed', by: 'stf', detail }).seller).toEqual([
    'Milan, Executive office, wrote.',
    'All is well.',
  ])
})

test('what the system opens says why; what somebody opens says what they sent', () => {
  const opened = (held: Partial<Case>, detail: CaseHappening['detail']) =>
    told({ kind: 'case.opened', by: 's', detail }, held)
  const { letter, recovery, check, repair, question } = newCases
  const by = { channel: 'letter', text: 'Dear all,' }
  const none = { objections: [], check: null }
  expect(opened({ ...none, kind: letter.kind }, by).desk).toEqual([
    'The seller wrote a letter.',
    'Dear all,',
  ])
  expect(opened({ ...none, kind: recovery.kind }, by).desk?.[0]).toBe(
    'Somebody who cannot get in claims the account.',
  )
  expect(opened({ ...none, kind: question.kind }, by).seller?.[0]).toBe('You sent a question.')
  const system = { channel: 'system', text: null }
  expect(opened({ ...none, kind: repair.kind }, system).desk?.[0]).toBe(
    'The system opened this repair.',
  )
  expect(opened({}, system).seller?.[0]).toBe(
    'What was left in force may not end by itself, so a person looks at it.',
  )
  const looked = { ...check.check, conclusion: null, reasons: null }
  expect(opened({ kind: check.kind, check: looked, objections: [] }, system).desk?.[0]).toBe(
    'A rule asked for a person to look.',
  )
})

test('every measure has words for what it did, on its own kind of subject', () => {
  for (const measure of measureNames)
    for (const reader of ['seller', 'desk'] as const) {
      const about = [{ ...story.about[0]!, measure }]
      const [step] = threadOf({ ...story, reader, about, events: [] })
      expect(step?.words).toMatch(/^Rule “Protective masks”, version 1, .+ “Clay mask”.*\.$/)
    }
})

test('a complaint is told to its seller without who complains, and what was found with who found it', () => {
  const about = { ...newCases.complaint.complaint, kind: 'unsafe', finding: null, reasons: null }
  const complaint = { ...held, kind: 'complaint', objections: [], complaint: about } as Case
  const happened = (kind: string, by: string | null, detail: object) => ({
    at: at(1),
    kind,
    by,
    detail: { ...detail },
  })
  const steps = threadOf({
    ...story,
    about: [],
    case: complaint,
    events: [
      happened('case.opened', null, { text: 'It sparks.', channel: 'report' }),
      happened('case.found', 'stf', { finding: 'refuted', reasons: 'It is of another maker.' }),
      happened('case.contested', 'reporter', { text: 'Look again.' }),
    ],
  })
  expect(steps.map(({ who, words, quote }) => [who, words, quote])).toEqual([
    ['reporter', 'Somebody complains that it is unsafe.', 'It sparks.'],
    ['person', expect.stringMatching(/looked into it: it is not so\.$/), 'It is of another maker.'],
    ['reporter', 'Whoever complained asked another desk to look again.', 'Look again.'],
  ])
})
