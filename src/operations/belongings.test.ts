import { expect, test } from 'vitest'
import { letterOf } from '../../test/letters.ts'
import { marketplace, world, type World } from '../../test/world.ts'
import type { Measure } from '../core/measure.ts'
import { transact, type Wall } from '../store/db.ts'
import { fileAppeal } from './appeal.ts'
import { askSeller, takeCase } from './case.ts'
import { readBelongings } from './belongings.ts'
import { tellOrders } from './fact.ts'
import { writeInCase } from './own-case.ts'
import { recordLetter } from './letter.ts'
import { readSellerCase } from './case-view.ts'
import type { SellerReader } from './who.ts'

const day = 86_400_000

async function imposed(w: World, measure: Measure, id = 'clay') {
  const milan = await w.reviewer(`Milan ${measure} ${id}`)
  return w.imposed(milan, { subject: { kind: 'account', id }, measure })
}

async function withOrder(w: World, id: string): Promise<SellerReader> {
  const seller = await w.seller(id)
  const told = {
    id: `order-of-${id}`,
    sellerId: id,
    listingId: 'l',
    reporterId: 'b',
    at: w.app.now(),
  }
  await tellOrders(w.app, marketplace, [
    {
      ...told,
      state: 'open',
      amount: null,
      currency: null,
      shipBy: null,
      soldBy: 'seller',
      factAt: null,
    },
  ])
  return seller
}

const byLink = (seller: SellerReader, decisionId: string): SellerReader => ({
  ...seller,
  by: 'link',
  matter: { decisionId, caseId: null },
})

test('the database opens them by itself for the link of a lock, and for no other link', async () => {
  await using w = await world()
  const clay = await withOrder(w, 'clay')
  await withOrder(w, 'other')
  const suspended = await imposed(w, 'account.suspend')
  const seen = (decisionId: string, sellerId = 'clay') => {
    const wall: Wall = { belongings: { sellerId, decisionId, caseId: null }, at: w.app.now() }
    return transact(w.db, wall, async (tx) =>
      (await tx.selectFrom('orders').select('id').execute()).map(({ id }) => id),
    )
  }
  expect(await seen(suspended)).toEqual([])
  const locked = await imposed(w, 'account.lock')
  expect(await seen(locked)).toEqual(['order-of-clay'])
  expect(await seen(suspended)).toEqual([])
  expect(await seen(locked, 'other')).toEqual([])
  // Secured as well: a thief may read the mailbox.
  await imposed(w, 'account.secure')
  expect(await seen(locked)).toEqual([])
  expect(await readBelongings(w.app, byLink(clay, locked))).toMatchObject({
    refusal: 'account_secured',
  })
})

test('a closing takes them from nobody once it counts, and until then one signs in', async () => {
  await using w = await world()
  const clay = await withOrder(w, 'clay')
  const closing = await imposed(w, 'account.close')
  expect(await readBelongings(w.app, byLink(clay, closing))).toMatchObject({
    refusal: 'sign_in_instead',
  })
  expect(await readBelongings(w.app, clay)).toMatchObject({
    ok: true,
    value: { orders: { total: 1 } },
  })
  w.advance(31 * day)
  await w.fireDue()
  expect(await readBelongings(w.app, byLink(clay, closing))).toMatchObject({
    ok: true,
    value: { orders: { total: 1 }, shutBy: { decision: { id: closing } } },
  })
})

test('nobody acts on the appeal of a locked seller: listings come back, then sign-in, and each link still opens what it did', async () => {
  await using w = await world()
  const clay = await withOrder(w, 'clay')
  const locked = await imposed(w, 'account.lock')
  const reader = byLink(clay, locked)
  const objections = [
    { decisionId: locked, track: 'dispute' as const, text: 'Gifts.', remedy: null },
  ]
  const filed = await fileAppeal(w.app, reader, { objections, fileIds: [] }, null)
  expect(filed.ok).toBe(true)
  const account = { kind: 'account', id: 'clay' } as const
  w.advance(2 * day + 60_000)
  await w.fireDue()
  w.advance(3 * day + 60_000)
  await w.fireDue()
  expect((await w.owed(account))?.state).toEqual({ signIn: false, sell: true, addListings: true })
  expect(await readBelongings(w.app, reader)).toMatchObject({
    ok: true,
    value: { shutBy: { decision: { measure: 'account.lock.narrowed' } } },
  })
  w.advance(8 * day + 60_000)
  await w.fireDue()
  expect((await w.owed(account))?.state).toEqual({ signIn: true, sell: true, addListings: true })
  expect(await readBelongings(w.app, reader)).toMatchObject({ refusal: 'sign_in_instead' })
})

test('a dated question to a locked seller is answered by the link, and the clock goes on', async () => {
  await using w = await world()
  const clay = await w.seller()
  const locked = await imposed(w, 'account.lock')
  const reader = byLink(clay, locked)
  const objections = [
    { decisionId: locked, track: 'dispute' as const, text: 'Gifts.', remedy: null },
  ]
  const filed = await fileAppeal(w.app, reader, { objections, fileIds: [] }, null)
  const caseId = filed.ok ? filed.value.caseId : ''
  const noor = await w.reviewer('Noor')
  await takeCase(w.app, noor, caseId)
  const asked = await askSeller(w.app, noor, { caseId, question: 'Whose address is it?' })
  expect(asked).toMatchObject({ ok: true })
  expect((await w.case(caseId)).state).toBe('asking')
  const written = { caseId, text: 'My sister’s.', fileIds: [] }
  expect(await writeInCase(w.app, reader, written, null)).toMatchObject({ ok: true })
  expect((await w.case(caseId)).state).toBe('open')
})

test('a letter of a locked seller is recorded, has a desk and a day, and its notice opens it without signing in', async () => {
  await using w = await world()
  const clay = await w.seller()
  await imposed(w, 'account.lock')
  const milan = await w.reviewer('Milan')
  const letter = letterOf({
    sellerId: 'clay',
    text: 'You locked us out. The parcels were gifts.',
  })
  const recorded = await recordLetter(w.app, milan, letter, null)
  const caseId = recorded.ok ? recorded.value.caseId : ''
  expect(await w.case(caseId)).toMatchObject({ kind: 'letter', state: 'open' })
  expect((await w.notices({ caseId })).map(({ kind }) => kind)).toEqual(['case-received'])
  const reader: SellerReader = { ...clay, by: 'link', matter: { decisionId: null, caseId } }
  expect(await readSellerCase(w.app, reader, caseId)).toMatchObject({ ok: true })
})
