import { expect, test } from 'vitest'
import type { ClaimForClaimant } from '../../contract/recovery.ts'
import { claimSentence } from './claim-words.ts'

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
    sentence: '',
    steps: [],
    proofs: [],
    isSafe: false,
    frozenUntil: null,
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
