import { expect, test } from 'vitest'
import type { ComplaintAbout } from '../../contract/case.ts'
import { complaintsSentence, complaintSentence } from './complaint-words.ts'

const about: ComplaintAbout = {
  kind: 'not-as-described',
  listingId: 'lamp',
  title: 'A lamp',
  decisionId: null,
  finding: null,
  reasons: null,
}
const now = new Date('2026-11-23T09:00:00Z')
const holding = {
  state: 'running',
  who: 'Seller Performance, a person',
  whoDetail: '',
  startedAt: now.toISOString(),
  dueAt: '2026-11-25T09:00:00.000Z',
  ifLate: '',
  ifLateDetail: '',
} as const
const say = (part: Partial<ComplaintAbout>) =>
  complaintSentence(
    { state: 'open', holding, ask: null },
    { ...about, ...part },
    {
      now,
      zone: 'UTC',
      name: 'Seller Performance',
    },
  )

test('a complaint opens with what is said and that nothing happens before a person knows', () => {
  expect(say({})).toMatch(
    /^Somebody says of “A lamp” that it is not as described\. Seller Performance finds out what is so by .*, and nothing happens to you before\.$/,
  )
})

test('one that holds the listing says so, and one that was looked into what was found', () => {
  expect(say({ kind: 'unsafe', decisionId: 'd' })).toMatch(
    /so it is held until a person has looked/,
  )
  expect(say({ finding: 'refuted' })).toMatch(/it is not so\. Nothing is held against you\.$/)
  expect(say({ finding: 'undetermined' })).toMatch(/Nothing is held against you\.$/)
  expect(say({ finding: 'confirmed' })).toMatch(/a statement and an appeal of its own/)
})

test('all of them are one sentence', () => {
  const none = { open: 0, confirmed: 0, refuted: 0, undetermined: 0 }
  expect(complaintsSentence(none)).toBe('Nobody has complained about you.')
  expect(complaintsSentence({ ...none, open: 1 })).toBe(
    'One complaint about you, and nobody has found out yet whether it is so.',
  )
  expect(complaintsSentence({ ...none, open: 1, confirmed: 1, refuted: 2 })).toBe(
    'Four complaints about you, of which one was found to be so.',
  )
  expect(complaintsSentence({ ...none, refuted: 2 })).toBe(
    'Two complaints about you, of which none was found to be so.',
  )
})
