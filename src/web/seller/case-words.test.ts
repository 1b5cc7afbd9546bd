/** Tests of the sentences about cases and measures. */
import { describe, expect, it } from 'vitest'
import type { CaseForSeller, MeasureForSeller, ObjectionForSeller } from '../../contract/case.ts'
import { caseSentence, midSentence } from './case-words.ts'
import { statementSentence } from './measure-words.ts'

const now = new Date('2026-11-12T09:20:00Z')
const zone = 'Europe/Paris'

const objection: ObjectionForSeller = {
  id: 'obj_1',
  decisionId: 'dec_1',
  decisionNumber: 'D-1001',
  subjectTitle: 'Kaolin face mask',
  tag: 'Off sale',
  policyTitle: 'Protective masks',
  track: 'dispute',
  text: 'It is clay.',
  remedy: null,
  outcome: null,
  answer: null,
  answeredBy: null,
  answeredAt: null,
}

function aCase(over: Partial<CaseForSeller>): CaseForSeller {
  return {
    id: 'cas_1',
    number: 'A-1001',
    title: 'Appeal for Kaolin face mask',
    state: 'open',
    outcome: null,
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
    objections: [objection],
    thread: [],
    files: [],
    way: [],
    restoration: null,
    contestBy: null,
    secondLookDesk: null,
    knownGaps: [],
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
    since: '2026-11-11T08:12:00Z',
    endsAt: null,
    status: 'in-force',
    endedAt: null,
    restoration: null,
    informedAt: null,
    appealBy: null,
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
})
