/** Tests of the sentences about cases and measures. */
import { describe, expect, it } from 'vitest'
import {
  CaseStateForSeller,
  ObjectionOutcome,
  type CaseForSeller,
  type MeasureForSeller,
  type ObjectionForSeller,
} from '../../contract/case.ts'
import { caseKinds } from '../../core/case.ts'
import { midSentence } from '../../core/saying.ts'
import { caseSentence } from './case-words.ts'
import { leverWords } from './lever-words.ts'
import { statementSentence } from './measure-words.ts'

const now = new Date('2026-11-12T09:20:00Z')
const zone = 'Europe/Paris'

const objection: ObjectionForSeller = {
  id: 'obj_1',
  decisionId: 'dec_1',
  decisionNumber: 'D-1001',
  measure: 'listing.deactivate',
  subject: { kind: 'listing', title: 'Kaolin face mask' },
  tag: 'Off sale',
  policyTitle: 'Protective masks',
  track: 'dispute',
  text: 'It is clay.',
  remedy: null,
  exhibits: [],
  outcome: null,
  answer: null,
  answeredBy: null,
  answeredAt: null,
}

function aCase(over: Partial<CaseForSeller>): CaseForSeller {
  return {
    id: 'cas_1',
    number: 'A-1001',
    kind: 'appeal',
    title: 'Appeal for Kaolin face mask',
    state: 'open',
    outcome: null,
    complaint: null,
    holding: {
      state: 'running',
      who: 'Seller Performance, a person',
      whoDetail: '',
      startedAt: '2026-11-12T08:00:00Z',
      dueAt: '2026-11-14T08:00:00Z',
      ifLate: 'The executive office gets it by itself.',
      ifLateDetail: '',
    },
    openedAt: '2026-11-12T08:00:00Z',
    closedAt: null,
    ask: null,
    promisedBy: '2026-11-20T08:00:00Z',
    isForwarded: false,
    objections: [objection],
    thread: [],
    files: [],
    way: [],
    restoration: null,
    contestBy: null,
    secondLookDesk: null,
    knownGaps: [],
    joinedTo: null,
    calls: [],
    notices: [],
    allowed: [],
    ...over,
  }
}

describe('the sentence of a case', () => {
  it('says who answers, by when, and what happens by itself if not', () => {
    expect(caseSentence(aCase({}), now, zone)).toBe(
      'Seller Performance answers you by Saturday 09:00 (in 47 hours). If not, the executive office gets it by itself.',
    )
  })

  it('never hides that a desk is late', () => {
    const later = new Date('2026-11-14T10:00:00Z')
    expect(caseSentence(aCase({}), later, zone)).toBe(
      'We are late with your answer. It was due today 09:00. Seller Performance still has to give it.',
    )
  })

  it('offers the second look where the measure stands', () => {
    const answered = aCase({
      state: 'answered',
      outcome: 'measure_stands',
      objections: [{ ...objection, outcome: 'measure_stands' }],
      contestBy: '2027-05-12T08:00:00Z',
      secondLookDesk: 'Executive office',
      allowed: ['contest'],
    })
    expect(caseSentence(answered, now, zone)).toBe(
      'The measure stands. Each of your points has its answer below. You can ask the executive office to look again until Wednesday 12 May 2027 (in 6 months).',
    )
  })

  it('says that a hand-over moved no date', () => {
    expect(caseSentence(aCase({ isForwarded: true }), now, zone)).toBe(
      'Seller Performance answers you by Saturday 09:00 (in 47 hours). The last date for your answer stays as it was: Friday 20 November 09:00.',
    )
  })

  it('names who asked, until when there is time, and that no clock of ours runs', () => {
    const asking = aCase({
      state: 'asking',
      ask: {
        question: 'What is in it?',
        by: 'Milan',
        at: '2026-11-12T08:58:00Z',
        until: '2026-11-26T08:58:00Z',
      },
    })
    expect(caseSentence(asking, now, zone)).toBe(
      'Milan has a question for you. You have until Thursday 26 November 09:58 (in 14 days), and our clock stands still meanwhile.',
    )
  })

  it('says of an answered question until when writing opens it again, and of a closed one that a new one is free', () => {
    const question = { kind: 'question', objections: [] } as const
    const answered = aCase({
      ...question,
      objections: [],
      state: 'answered',
      contestBy: '2026-11-26T08:58:00Z',
      allowed: ['write'],
    })
    expect(caseSentence(answered, now, zone)).toBe(
      'Your question is answered. Write again until Thursday 26 November 09:58 (in 14 days) and it opens again.',
    )
    expect(caseSentence(aCase({ ...question, objections: [], state: 'closed' }), now, zone)).toBe(
      'Your question is closed. You can send a new one at any time.',
    )
  })

  it('says of every kind in every state what is so, with nothing left out', () => {
    for (const kind of caseKinds) {
      for (const state of CaseStateForSeller.options) {
        for (const outcome of [null, ...ObjectionOutcome.options]) {
          const objections = kind === 'appeal' ? [{ ...objection, outcome }] : []
          const words = caseSentence(aCase({ kind, state, outcome, objections }), now, zone)
          expect(words).toMatch(/^[A-Z“].*[.]$/)
          expect(words).not.toMatch(/undefined|null|pending|\.\./)
        }
      }
    }
  })

  it('gives an account back in words of its own', () => {
    const account = { kind: 'account', title: 'Clay & Clover' } as const
    const lifted = aCase({
      state: 'closed',
      outcome: 'measure_lifted',
      objections: [
        { ...objection, measure: 'account.suspend', subject: account, outcome: 'measure_lifted' },
      ],
      restoration: {
        state: 'back',
        since: '2026-11-12T09:00:00Z',
        seenAt: '2026-11-12T09:00:16Z',
      },
    })
    expect(caseSentence(lifted, now, zone)).toBe(
      'Your account is free again. The shop was seen to show it, 16 s after the decision.',
    )
  })

  it('says back on sale only when the shop was seen to show it', () => {
    const lifted = {
      state: 'closed',
      outcome: 'measure_lifted',
      objections: [{ ...objection, outcome: 'measure_lifted' }],
    } as const
    const since = '2026-11-12T09:00:00Z'
    const seen = aCase({
      ...lifted,
      objections: [...lifted.objections],
      restoration: { state: 'back', since, seenAt: '2026-11-12T09:00:16Z' },
    })
    expect(caseSentence(seen, now, zone)).toBe(
      '“Kaolin face mask” is back on sale. Seen back in the shop, 16 s after the decision.',
    )
    const gone = aCase({
      ...lifted,
      objections: [...lifted.objections],
      restoration: { state: 'not-in-shop', since, seenAt: null },
    })
    expect(caseSentence(gone, now, zone)).not.toContain('back on sale')
    const waiting = aCase({ ...lifted, state: 'restoring', objections: [...lifted.objections] })
    expect(caseSentence(waiting, now, zone)).not.toContain('back on sale')
  })

  it('does not claim that all stands when a part was lifted', () => {
    const part = aCase({
      state: 'closed',
      outcome: 'measure_stands',
      objections: [
        { ...objection, outcome: 'measure_lifted' },
        { ...objection, id: 'obj_2', outcome: 'measure_stands' },
      ],
    })
    expect(caseSentence(part, now, zone)).toBe(
      'A part of the measures stands, and this case is closed.',
    )
  })

  it('keeps names large and articles small inside a sentence', () => {
    expect(midSentence('Seller Performance keeps it.')).toBe('Seller Performance keeps it')
    expect(midSentence('Every measure is lifted by itself')).toBe(
      'every measure is lifted by itself',
    )
    expect(midSentence('It goes back on sale by itself')).toBe('it goes back on sale by itself')
  })
})

describe('the sentence of a statement', () => {
  const measure: MeasureForSeller = {
    decisionId: 'dec_1',
    number: 'D-1001',
    measure: 'listing.deactivate',
    tag: 'Off sale',
    subject: { kind: 'listing', id: 'l1', title: 'Kaolin face mask' },
    policyTitle: 'Protective masks',
    byMachine: true,
    terms: null,
    since: '2026-11-11T08:12:00Z',
    endsAt: null,
    status: 'in-force',
    endedAt: null,
    restoration: null,
    informedAt: null,
    exhibits: [],
    appealBy: null,
    lastWord: null,
    caseId: null,
    caseNumber: null,
    holding: null,
    allowed: ['appeal'],
  }

  it('says since when and why, and that a rule and no person read it so', () => {
    expect(statementSentence(measure, now, zone)).toBe(
      '“Kaolin face mask” is off sale since yesterday 09:12, because a rule read it as a matter of “Protective masks”.',
    )
    expect(statementSentence({ ...measure, byMachine: false }, now, zone)).toContain(
      'a person judged it',
    )
  })

  it('says not yet back as long as the shop does not show it', () => {
    const restoration = {
      state: 'not-yet-back',
      since: '2026-11-12T09:00:00Z',
      seenAt: null,
    } as const
    expect(statementSentence({ ...measure, status: 'lifted', restoration }, now, zone)).toContain(
      'does not show',
    )
  })

  it('says of a closing from when it counts, and that nothing changes until then', () => {
    const closing = {
      ...measure,
      byMachine: false,
      measure: 'account.close',
      subject: { kind: 'account', id: 'clay', title: 'Clay & Clover' },
      since: '2026-12-12T08:12:00Z',
    } as const
    expect(statementSentence(closing, now, zone)).toBe(
      'Your account will be closed from Saturday 12 December 09:12, because a person judged it under “Protective masks”. Until then nothing changes.',
    )
    expect(statementSentence(closing, new Date('2026-12-12T09:00:00Z'), zone)).toMatch(
      /^Your account is closed since today 09:12/,
    )
  })

  it('says how much money is held, and until when', () => {
    const held = {
      ...measure,
      byMachine: false,
      measure: 'payout.hold',
      subject: { kind: 'payouts', id: 'clay', title: 'Clay & Clover' },
      terms: { amount: 300, currency: 'EUR', onlyTo: null },
      endsAt: '2026-11-16T08:00:00Z',
    } as const
    expect(statementSentence(held, now, zone)).toBe(
      '300.00 EUR of your payouts are held until Monday 09:00, because a person judged it under “Protective masks”.',
    )
    expect(leverWords(held, now, zone)).toContainEqual({
      label: 'Held',
      words: '300.00 EUR until Monday 09:00',
      goes: 'stopped',
    })
  })
})
