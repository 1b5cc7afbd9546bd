/** Measures on accounts and payouts: what they shut, how they end by themselves, and that every one has a way back. */
import { expect, test } from 'vitest'
import { maskPolicy, world, type World } from '../../test/world.ts'
import type { Subject } from '../core/measure.ts'
import { fileAppeal } from './appeal.ts'
import { decideCase, takeCase } from './case.ts'
import { hastenClosing, imposeByHand } from './measure.ts'
import { claimState } from './restoration.ts'
import type { SellerReader } from './who.ts'

const day = 86_400_000
const account = (id = 'clay'): Subject => ({ kind: 'account', id })
const payouts = (id = 'clay'): Subject => ({ kind: 'payouts', id })
const open = { signIn: true, sell: true, addListings: true }

async function appealed(w: World, seller: SellerReader, decisionId: string): Promise<string> {
  const filed = await fileAppeal(
    w.app,
    seller,
    {
      objections: [{ decisionId, track: 'dispute', text: 'That was not us.', remedy: null }],
      fileIds: [],
    },
    null,
  )
  if (!filed.ok) throw new Error(filed.refusal)
  return filed.value.caseId
}

/** Nobody acts: every clock fires at its own time until the case moves on to nothing. */
async function untilNothingIsLate(w: World, caseId: string): Promise<void> {
  for (let step = 0; step < 10 && (await w.case(caseId)).state === 'open'; step++) {
    w.advance((await w.case(caseId)).dueAt.getTime() - w.app.now().getTime() + 1)
    await w.fireDue()
  }
}

test('a suspended account may sign in and not sell, and nobody acting gives it back within the promise', async () => {
  await using w = await world()
  const seller = await w.seller()
  const milan = await w.reviewer('Milan')
  const decisionId = await w.imposed(milan, { subject: account(), measure: 'account.suspend' })
  expect((await w.owed(account()))?.state).toEqual({ ...open, sell: false, addListings: false })
  const start = w.app.now()
  const caseId = await appealed(w, seller, decisionId)
  await untilNothingIsLate(w, caseId)
  expect((await w.owed(account()))?.state).toEqual(open)
  expect(await w.case(caseId)).toMatchObject({ state: 'restoring' })
  expect(w.app.now().getTime() - start.getTime()).toBeLessThan(8 * day)
  await w.shopShows(account())
  expect(await w.case(caseId)).toMatchObject({ state: 'closed' })
})

test('a locked account binds its payouts to what it named before; late, it sells again with sign-in still shut', async () => {
  await using w = await world()
  await w.seller()
  await w.balance('clay', 300)
  const milan = await w.reviewer('Milan')
  const decisionId = await w.imposed(milan, { subject: account(), measure: 'account.lock' })
  expect((await w.owed(account()))?.state).toEqual({
    signIn: false,
    sell: false,
    addListings: false,
  })
  expect((await w.owed(payouts()))?.state).toEqual({ held: null, onlyTo: ['old-bank'] })
  const link: SellerReader = {
    kind: 'seller',
    sellerId: 'clay',
    by: 'link',
    matter: { decisionId, caseId: null },
  }
  const caseId = await appealed(w, link, decisionId)
  expect((await w.case(caseId)).desk).toBe('identity')
  await untilNothingIsLate(w, caseId)
  expect((await w.owed(account()))?.state).toEqual({ ...open, signIn: false })
  expect((await w.owed(payouts()))?.state).toMatchObject({ onlyTo: ['old-bank'] })
  const [narrowed] = await w.measures(account())
  expect(narrowed).toMatchObject({ decision: { measure: 'account.lock.narrowed', kind: 'narrow' } })
  expect(narrowed?.action.endsAt).not.toBeNull()
  // What a clock leaves in force ends by itself.
  w.advance(9 * day)
  await w.fireDue()
  expect((await w.owed(account()))?.state).toEqual(open)
  expect((await w.owed(payouts()))?.state).toEqual({ held: null, onlyTo: null })
})

test('a secured account is never opened by waiting: it sells again, and a new case calls the officer until a person decides', async () => {
  await using w = await world()
  await w.seller()
  await w.balance('clay', 300)
  const milan = await w.reviewer('Milan')
  const aiko = await w.reviewer('Aiko')
  const decisionId = await w.imposed(milan, { subject: account(), measure: 'account.secure' })
  const link: SellerReader = {
    kind: 'seller',
    sellerId: 'clay',
    by: 'link',
    matter: { decisionId, caseId: null },
  }
  const caseId = await appealed(w, link, decisionId)
  await untilNothingIsLate(w, caseId)
  expect((await w.owed(account()))?.state).toEqual({ ...open, signIn: false })
  const [left] = await w.measures(account())
  expect(left).toMatchObject({ decision: { measure: 'account.secure.narrowed' } })
  expect(left?.action.endsAt).toBeNull()
  const [next] = await w.inside((tx) =>
    tx.selectFrom('cases').select(['id', 'desk', 'channel']).where('id', '!=', caseId).execute(),
  )
  expect(next).toMatchObject({ desk: 'identity-chief', channel: 'system' })
  const nextId = next?.id ?? ''
  for (let week = 0; week < 4; week++) {
    w.advance(7 * day)
    await w.fireDue()
  }
  expect(await w.case(nextId)).toMatchObject({ state: 'open' })
  expect((await w.case(nextId)).overdueSince).not.toBeNull()
  expect((await w.owed(account()))?.state).toMatchObject({ signIn: false })
  const told = await w.notices({ caseId: nextId })
  expect(told.filter(({ seller_id }) => seller_id === null).length).toBeGreaterThan(4)
  expect(
    told.filter(({ kind, seller_id }) => kind === 'overdue' && seller_id === 'clay'),
  ).toHaveLength(1)
  await takeCase(w.app, aiko, nextId)
  const objections = (await w.case(nextId)).objections
  const lifted = await decideCase(w.app, aiko, {
    caseId: nextId,
    answers: objections.map(({ id }) => ({
      objectionId: id,
      power: 'grant',
      reasons: 'It is you.',
    })),
  })
  expect(lifted).toMatchObject({ ok: true })
  expect((await w.owed(account()))?.state).toEqual(open)
})

test('a hold names an amount that is there and an end; it is let go by itself on its day', async () => {
  await using w = await world()
  await w.seller()
  const milan = await w.reviewer('Milan')
  const hold = {
    subject: payouts(),
    measure: 'payout.hold' as const,
    policy: 'masks',
    reasons: 'Forty orders are disputed.',
    endsAt: new Date(w.app.now().getTime() + 14 * day),
    amount: 120.5,
    exception: null,
  }
  expect(await imposeByHand(w.app, milan, hold, null)).toMatchObject({ refusal: 'balance_unknown' })
  await w.balance('clay', 300, 80)
  for (const amount of [null, 0, 300.01, 12.345])
    expect(
      await imposeByHand(w.app, milan, { ...hold, amount }, null),
      String(amount),
    ).toMatchObject({ refusal: 'amount_missing' })
  expect(await imposeByHand(w.app, milan, { ...hold, endsAt: null }, null)).toMatchObject({
    refusal: 'end_missing',
  })
  await w.imposed(milan, hold)
  expect((await w.owed(payouts()))?.state).toEqual({
    held: { amount: 120.5, until: hold.endsAt.toISOString() },
    onlyTo: null,
  })
  w.advance(15 * day)
  await w.fireDue()
  expect((await w.owed(payouts()))?.state).toEqual({ held: null, onlyTo: null })
})

test('a hold narrowed by a person keeps only what buyers dispute, and never longer than before', async () => {
  await using w = await world()
  const seller = await w.seller()
  await w.balance('clay', 300, 80)
  const milan = await w.reviewer('Milan')
  const aiko = await w.reviewer('Aiko')
  const endsAt = new Date(w.app.now().getTime() + 14 * day)
  const decisionId = await w.imposed(milan, {
    subject: payouts(),
    measure: 'payout.hold',
    amount: 300,
    endsAt,
  })
  const caseId = await appealed(w, seller, decisionId)
  await takeCase(w.app, aiko, caseId)
  const { objections } = await w.case(caseId)
  const answers = objections.map(({ id }) => ({
    objectionId: id,
    power: 'narrow' as const,
    reasons: 'Only eight orders are disputed.',
  }))
  expect(await decideCase(w.app, aiko, { caseId, answers })).toMatchObject({ ok: true })
  expect((await w.owed(payouts()))?.state).toEqual({
    held: { amount: 80, until: endsAt.toISOString() },
    onlyTo: null,
  })
})

test('a closing is told now and counts after 30 days; only a second person may hasten it, under the exception it names', async () => {
  await using w = await world()
  await w.seller()
  const milan = await w.reviewer('Milan')
  const aiko = await w.reviewer('Aiko')
  const decisionId = await w.imposed(milan, {
    subject: account(),
    measure: 'account.close',
    exception: 'repeated_infringement',
  })
  expect(await w.owed(account())).toBeNull()
  expect(await w.notices({ decisionId })).toMatchObject([{ kind: 'statement' }])
  const due = await w.inside((tx) =>
    tx.selectFrom('deliveries').select('due_at').where('kind', '=', 'notice').execute(),
  )
  expect(
    due.every(({ due_at }) => due_at <= w.app.now()),
    'the statement goes out now',
  ).toBe(true)
  const hasten = (by: typeof milan) =>
    hastenClosing(w.app, by, { decisionId, reasons: 'The fourth time this year.' })
  expect(await hasten(milan)).toMatchObject({ refusal: 'second_person_needed' })
  expect(await hasten(aiko)).toMatchObject({ ok: true })
  expect((await w.owed(account()))?.state).toMatchObject({ signIn: false, sell: false })
  expect((await w.notices({ decisionId })).map(({ kind }) => kind)).toContain('hastened')
  expect(await hasten(aiko)).toMatchObject({ refusal: 'measure_in_force' })
})

test('a closing without an exception waits its 30 days, and is in force on the day', async () => {
  await using w = await world()
  await w.seller()
  const milan = await w.reviewer('Milan')
  const aiko = await w.reviewer('Aiko')
  const decisionId = await w.imposed(milan, { subject: account(), measure: 'account.close' })
  expect(await hastenClosing(w.app, aiko, { decisionId, reasons: 'Now.' })).toMatchObject({
    refusal: 'no_exception',
  })
  w.advance(29 * day)
  await w.fireDue()
  expect(await w.owed(account())).toBeNull()
  w.advance(2 * day)
  await w.fireDue()
  expect((await w.owed(account()))?.state).toMatchObject({ signIn: false, sell: false })
})

test('a warning takes nothing, so lifting it waits for no shop', async () => {
  await using w = await world()
  const seller = await w.seller()
  const milan = await w.reviewer('Milan')
  const decisionId = await w.imposed(milan, { subject: account(), measure: 'account.warn' })
  const caseId = await appealed(w, seller, decisionId)
  await untilNothingIsLate(w, caseId)
  expect(await w.case(caseId)).toMatchObject({ state: 'restoring' })
  expect(await claimState(w.app)).toEqual({ found: 'settled' })
  expect(await w.case(caseId)).toMatchObject({ state: 'closed' })
})

test('a policy may name a measure on the account, which rests on the listing that it judged', async () => {
  await using w = await world({ policies: [{ ...maskPolicy, measure: 'account.suspend' }] })
  await w.seller()
  await w.listing('l1', 'clay')
  const [measure] = await w.measures(account())
  expect(measure).toMatchObject({
    decision: { measure: 'account.suspend', judged: { listingId: 'l1', version: 1 } },
    statement: { subject: { kind: 'account', title: 'clay & co' } },
  })
  expect(measure?.statement.facts.evidence.length).toBeGreaterThan(0)
  expect((await w.owed(account()))?.state).toMatchObject({ sell: false })
})

test('a policy that holds money asks a person where there is none to hold, and otherwise holds it for its days', async () => {
  const policies = [{ ...maskPolicy, measure: 'payout.hold' as const, endsAfterDays: 7 }]
  await using w = await world({ policies })
  await w.seller()
  await w.listing('l1', 'clay')
  expect(await w.measures(payouts())).toEqual([])
  const checks = await w.inside((tx) => tx.selectFrom('cases').select('kind').execute())
  expect(checks).toEqual([{ kind: 'check' }])
  await w.balance('clay', 45.5)
  await w.listing('l2', 'clay')
  expect((await w.owed(payouts()))?.state).toMatchObject({ held: { amount: 45.5 } })
  w.advance(8 * day)
  await w.fireDue()
  expect((await w.owed(payouts()))?.state).toEqual({ held: null, onlyTo: null })
})

test('narrowing the record of a measure that has run out puts nothing in force again', async () => {
  await using w = await world()
  const seller = await w.seller()
  const milan = await w.reviewer('Milan')
  const aiko = await w.reviewer('Aiko')
  const decisionId = await w.imposed(milan, {
    subject: account(),
    measure: 'account.suspend',
    endsAt: new Date(w.app.now().getTime() + 2 * day),
  })
  w.advance(3 * day)
  await w.fireDue()
  expect((await w.owed(account()))?.state).toEqual(open)
  const caseId = await appealed(w, seller, decisionId)
  await takeCase(w.app, aiko, caseId)
  const { objections } = await w.case(caseId)
  const answers = objections.map(({ id }) => ({
    objectionId: id,
    power: 'narrow' as const,
    reasons: 'A bar on new listings would have been enough.',
  }))
  expect(await decideCase(w.app, aiko, { caseId, answers })).toMatchObject({ ok: true })
  expect((await w.owed(account()))?.state).toEqual(open)
  expect(await w.fireDue(), 'nothing is left to end').toBe(0)
  const [narrowed] = await w.measures(account())
  expect(narrowed).toMatchObject({ decision: { measure: 'account.suspend.narrowed' } })
  expect(narrowed?.action.endedAt).not.toBeNull()
})
