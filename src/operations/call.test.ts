import { expect, test } from 'vitest'
import { world, type World, valueOf } from '../../test/world.ts'
import { bookCall, cancelCall, markCall, readCallSlots, readDeskCalls } from './call.ts'
import { takeCase } from './case.ts'
import { readSellerCase } from './case-view.ts'
import { turnIntoAppeal } from './joining.ts'
import { withdrawCase } from './own-case.ts'
import { askQuestion } from './question.ts'
import type { SellerReader } from './who.ts'

const minute = 60_000

const wish = {
  caseId: null,
  number: '+351 912 345 678',
  text: 'About my payout.',
  topic: 'payout-missing',
}

async function firstSlot(w: World, seller: SellerReader): Promise<Date> {
  const [slot] = valueOf(await readCallSlots(w.app, seller)).slots
  if (slot === undefined) throw new Error('nothing is free')
  return slot.startsAt
}

async function booked(w: World, seller: SellerReader, more: { caseId?: string } = {}) {
  const startsAt = await firstSlot(w, seller)
  const { caseId } = valueOf(await bookCall(w.app, seller, { ...wish, ...more, startsAt }, null))
  const call = valueOf(await readSellerCase(w.app, seller, caseId)).calls.at(-1)
  if (call === undefined) throw new Error('no call')
  return { caseId, call, startsAt }
}

test('a call opens a question with its number and time, and is told once', async () => {
  await using w = await world()
  const seller = await w.seller()
  const { caseId, call, startsAt } = await booked(w, seller)
  expect(call).toMatchObject({ state: 'booked', startsAt, number: '+351 912 345 678' })
  expect(await w.case(caseId)).toMatchObject({
    kind: 'question',
    channel: 'contact',
    desk: 'support',
  })
  expect((await w.notices({ caseId })).map(({ kind }) => kind)).toEqual(['call-booked'])
  const sofia = await w.support()
  expect(valueOf(await readDeskCalls(w.app, sofia))).toMatchObject([
    { call: { id: call.id }, matter: { text: 'About my payout.' }, missedBefore: 0 },
  ])
  expect(valueOf(await readDeskCalls(w.app, await w.support('Sofia', ['legal'])))).toEqual([])
})

test('booking a call in a case moves none of its dates', async () => {
  await using w = await world()
  const seller = await w.seller()
  const { caseId } = valueOf(await askQuestion(w.app, seller, { text: 'When?', fileIds: [] }, null))
  const before = await w.case(caseId)
  const { call } = await booked(w, seller, { caseId })
  expect(await w.case(caseId)).toEqual(before)
  valueOf(await cancelCall(w.app, seller, call.id))
  expect(await w.case(caseId)).toEqual(before)
  expect(await cancelCall(w.app, seller, call.id)).toMatchObject({ refusal: 'wrong_state' })
})

test('of more sellers at once than people call, as many get the time as there are people', async () => {
  await using w = await world()
  const sellers = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((id) => w.seller(id)))
  const startsAt = await firstSlot(w, sellers[0]!)
  const results = await Promise.all(
    sellers.map((seller) => bookCall(w.app, seller, { ...wish, startsAt }, null)),
  )
  expect(results.filter(({ ok }) => ok)).toHaveLength(2)
  for (const result of results) if (!result.ok) expect(result.refusal).toBe('slot_taken')
  // Whoever came too late is offered another time, and nothing was opened for nothing.
  expect(await firstSlot(w, sellers[0]!)).not.toEqual(startsAt)
  const cases = await w.inside((tx) => tx.selectFrom('cases').select('id').execute())
  expect(cases).toHaveLength(2)
})

test('a seller has one call at a time, also where two are asked for at once', async () => {
  await using w = await world()
  const seller = await w.seller()
  const { slots } = valueOf(await readCallSlots(w.app, seller))
  const results = await Promise.all(
    slots.slice(0, 3).map(({ startsAt }) => bookCall(w.app, seller, { ...wish, startsAt }, null)),
  )
  expect(results.filter(({ ok }) => ok)).toHaveLength(1)
  for (const result of results) if (!result.ok) expect(result.refusal).toBe('call_booked')
})

test('a time that is not offered, a number that is none, and another’s case are refused', async () => {
  await using w = await world()
  const seller = await w.seller()
  const other = await booked(w, await w.seller('rival'))
  const startsAt = await firstSlot(w, seller)
  const odd = new Date(startsAt.getTime() + minute)
  expect(await bookCall(w.app, seller, { ...wish, startsAt: odd }, null)).toMatchObject({
    refusal: 'slot_taken',
  })
  expect(await bookCall(w.app, seller, { ...wish, startsAt, number: '12' }, null)).toMatchObject({
    refusal: 'number_missing',
  })
  expect(
    await bookCall(w.app, seller, { ...wish, startsAt, caseId: other.caseId }, null),
  ).toMatchObject({ refusal: 'not_found' })
  expect(await cancelCall(w.app, seller, other.call.id)).toMatchObject({ refusal: 'not_found' })
})

test('what was said goes into the thread, and the case goes on', async () => {
  await using w = await world()
  const seller = await w.seller()
  const sofia = await w.support()
  const { caseId, call, startsAt } = await booked(w, seller)
  w.advance(startsAt.getTime() - w.app.now().getTime() + minute)
  const said = { callId: call.id, reached: true, said: 'The payout of Friday went out.' }
  expect(await markCall(w.app, { ...sofia, desks: ['legal'] }, said)).toMatchObject({
    refusal: 'not_your_desk',
  })
  valueOf(await markCall(w.app, sofia, said))
  const view = valueOf(await readSellerCase(w.app, seller, caseId))
  expect(view.events.at(-1)).toMatchObject({
    kind: 'case.call_made',
    by: sofia.id,
    detail: { said: said.said },
  })
  expect(await w.case(caseId)).toMatchObject({ state: 'open' })
  expect(await markCall(w.app, sofia, said)).toMatchObject({ refusal: 'wrong_state' })
})

test('a missed call is counted, closes nothing, and another time is offered', async () => {
  await using w = await world()
  const seller = await w.seller()
  const sofia = await w.support()
  const { caseId, call, startsAt } = await booked(w, seller)
  const missed = { callId: call.id, reached: false, said: '' }
  expect(await markCall(w.app, sofia, missed)).toMatchObject({ refusal: 'call_ahead' })
  w.advance(startsAt.getTime() - w.app.now().getTime() + minute)
  valueOf(await markCall(w.app, sofia, missed))
  expect((await w.notices({ caseId })).map(({ kind }) => kind)).toEqual([
    'call-booked',
    'call-missed',
  ])
  const view = valueOf(await readSellerCase(w.app, seller, caseId))
  expect(view.case.state).toBe('open')
  expect(view.allowed).toContain('call')
  const again = await booked(w, seller, { caseId })
  expect(again.caseId).toBe(caseId)
  expect(valueOf(await readDeskCalls(w.app, sofia))).toMatchObject([{ missedBefore: 1 }])
})

test('a call that nobody made is told as our fault, and can still be noted', async () => {
  await using w = await world()
  const seller = await w.seller()
  const sofia = await w.support()
  const { caseId, call, startsAt } = await booked(w, seller)
  w.advance(startsAt.getTime() - w.app.now().getTime() + 46 * minute)
  await w.fireDue()
  const { calls, events } = valueOf(await readSellerCase(w.app, seller, caseId))
  expect(calls).toMatchObject([{ state: 'lapsed' }])
  expect(events.some(({ kind }) => kind === 'case.call_lapsed')).toBe(true)
  expect((await w.notices({ caseId })).map(({ kind }) => kind)).toContain('call-lapsed')
  valueOf(await markCall(w.app, sofia, { callId: call.id, reached: true, said: 'We spoke later.' }))
})

test('who takes the case back takes the call back, and a call goes on with the appeal', async () => {
  await using w = await world()
  const { seller, decisionId } = await w.removedListing()
  const sofia = await w.support()
  const first = await booked(w, seller)
  valueOf(await withdrawCase(w.app, seller, first.caseId))
  expect(valueOf(await readSellerCase(w.app, seller, first.caseId)).calls).toMatchObject([
    { state: 'cancelled' },
  ])
  const second = await booked(w, seller)
  valueOf(await takeCase(w.app, sofia, second.caseId))
  const { caseId } = second
  const { appealId } = valueOf(await turnIntoAppeal(w.app, sofia, { caseId, decisionId }))
  expect(valueOf(await readSellerCase(w.app, seller, appealId)).calls).toMatchObject([
    { id: second.call.id, state: 'booked' },
  ])
})
