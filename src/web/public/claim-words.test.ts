import { expect, test } from 'vitest'
import type { ClaimForClaimant } from '../../contract/recovery.ts'
import { changesSentence, changeWords, claimSentence } from './claim-words.ts'

const now = new Date('2026-11-23T09:00:00Z')
const claim: ClaimForClaimant = {
  number: 'R-7012',
  account: 'Clay & Clover',
  address: 'owner@elsewhere.example',
  state: 'open',
  outcome: null,
  desk: 'Identity desk',
  holding: {
    state: 'running',
    who: 'Identity desk, a person',
    whoDetail: '',
    startedAt: now.toISOString(),
    dueAt: '2026-11-25T09:00:00Z',
    ifLate: '',
    ifLateDetail: '',
  },
  openedAt: now.toISOString(),
  closedAt: null,
  promisedBy: null,
  ask: null,
  thread: [],
  progress: {
    state: 'open',
    sentence: '',
    steps: [],
    proofs: [],
    isSafe: false,
    frozenUntil: null,
    isContested: false,
    notBefore: null,
    handOverAt: null,
    handedOverAt: null,
    probationUntil: null,
    payoutsLockedUntil: null,
    isBound: false,
    changes: null,
    orders: [],
    allowed: [],
  },
  allowed: ['write'],
  writeUntil: null,
  secondLookDesk: null,
  now: now.toISOString(),
}
const say = (changes: Partial<ClaimForClaimant>) =>
  claimSentence({ ...claim, ...changes }, now, 'UTC')

test('an open claim says who has it and by when there is an answer', () => {
  expect(say({})).toBe(
    'The identity desk has your claim. You have an answer by Wednesday 09:00 (in 2 days).',
  )
})

test('a late one says whose fault it is', () => {
  expect(say({ holding: { ...claim.holding, state: 'overdue' } })).toMatch(/^We are late/)
  expect(say({ holding: { ...claim.holding, dueAt: '2026-11-23T08:59:00Z' } })).toMatch(/late/)
})

test('a question names who asks and until when', () => {
  const ask = { question: '?', by: 'Nadia', at: claim.openedAt, until: '2026-11-24T09:00:00Z' }
  expect(say({ state: 'asking', ask })).toBe(
    'Nadia asks you something. You have until Tuesday 09:00 (in 24 hours).',
  )
})

test('a no says only what we could not see, and who looks again', () => {
  const no = { state: 'answered', outcome: 'no', secondLookDesk: 'Head of identity' } as const
  expect(say(no)).toBe(
    'We could not see that you are the owner. Head of identity looks again if you ask.',
  )
  expect(say({ ...no, writeUntil: '2027-05-23T09:00:00Z' })).toContain(
    'if you ask until Sunday 23 May',
  )
  expect(say({ state: 'closed', outcome: 'no' })).toBe(
    'We could not see that you are the owner. This claim is closed.',
  )
})

test('a yes is told before and after the shop was seen', () => {
  expect(say({ state: 'restoring', outcome: 'yes' })).toBe(
    'Yes: what kept you out is lifted. The shop is asked to open it now.',
  )
  expect(say({ state: 'closed', outcome: 'yes' })).toBe('Yes: you can sign in again.')
})

const proving = (changes: Partial<ClaimForClaimant['progress']>) =>
  say({ promisedBy: '2026-11-25T09:00:00Z', progress: { ...claim.progress, ...changes } })

test('each step of its proving has its own sentence, with the time that matters', () => {
  expect(proving({ state: 'frozen', frozenUntil: '2026-11-26T09:00:00Z' })).toContain(
    'Give us a second kind by Thursday 09:00 (in 3 days).',
  )
  expect(proving({ state: 'proved' })).toContain('Two people decide, and you have an answer by Wed')
  expect(proving({ state: 'agreed', handOverAt: '2026-11-24T09:00:00Z' })).toContain(
    'the account is yours from Tuesday 09:00.',
  )
  expect(proving({ state: 'handed-over' })).toContain('open the link in our mail')
  expect(proving({ state: 'handed-over', isBound: true })).toContain(
    'Whoever else was in it is out.',
  )
})

test('our lateness is said before what is proved', () => {
  expect(
    say({
      holding: { ...claim.holding, state: 'overdue' },
      progress: { ...claim.progress, state: 'proved' },
    }),
  ).toMatch(/^We are late/)
})

test('a change says what was there before, and the list what became of all', () => {
  const change = {
    id: '1',
    at: claim.openedAt,
    kind: 'contact',
    subjectId: null,
    before: null,
    after: 'thief@new.example',
    revertible: true,
    state: 'returned',
    detail: null,
  } as const
  expect(changeWords(change)).toBe('thief@new.example was added')
  expect(changeWords({ ...change, before: 'me@old.example', after: null })).toBe(
    'me@old.example was removed',
  )
  expect(changeWords({ ...change, kind: 'sign-in', after: null })).toBe('The password was changed')
  expect(changesSentence([], false)).toMatch(/The shop is asked/)
  expect(changesSentence([change, { ...change, state: 'refused' }], true)).toBe(
    '2 things were changed. 1 returned, 1 not returned, with the reason.',
  )
})
