import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { world } from '../../test/world.ts'
import type { Balance } from '../core/balance.ts'
import { readBalance, saveBalance } from './balance.ts'
import { transact } from './db.ts'

const now = new Date('2026-11-25T12:00:00Z')
const balance: Balance = {
  sellerId: 'clay',
  currency: 'EUR',
  available: 999_999_999_999.99,
  disputed: 0.29,
  destinations: [
    { id: 'd2', label: 'Banco Douro, ends in 4471', addedAt: new Date('2026-01-02T03:04:05.678Z') },
    { id: 'd1', label: null, addedAt: new Date('2026-11-24T00:00:00Z') },
  ],
  updatedAt: now,
}
const told = ({ updatedAt, ...sums }: Balance) => ({ ...sums, factAt: updatedAt })
const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000)

test('a balance is read as it was told, to the cent and the millisecond, and before that there is none', async () => {
  await using w = await world()
  expect(await w.inside((tx) => readBalance(tx, 'clay'))).toBeNull()
  expect(await w.inside((tx) => saveBalance(tx, told(balance), now))).toBe('stored')
  expect(await w.inside((tx) => readBalance(tx, 'clay'))).toEqual(balance)
  const owes = { ...balance, available: -3.07, destinations: [], updatedAt: at(1) }
  expect(await w.inside((tx) => saveBalance(tx, told(owes), at(1)))).toBe('stored')
  expect(await w.inside((tx) => readBalance(tx, 'clay'))).toEqual(owes)
})

test('an older balance never replaces a newer one, and the same said again changes nothing but its time', async () => {
  await using w = await world()
  const save = (changes: Partial<Balance>) =>
    w.inside((tx) => saveBalance(tx, told({ ...balance, ...changes }), now))
  await save({ updatedAt: at(5) })
  expect(await save({ available: 1, updatedAt: at(4) })).toBe('older')
  expect(await save({ updatedAt: at(6) })).toBe('unchanged')
  expect(await save({ available: 1, updatedAt: at(5) })).toBe('older')
  for (const change of [
    { available: 1 },
    { disputed: 2 },
    { currency: 'SEK' },
    { destinations: [] },
  ])
    expect([change, await save({ ...change, updatedAt: at(7) })]).toEqual([change, 'stored'])
})

test('many told at once leave the newest, whatever their order', async () => {
  await using w = await world()
  await Promise.all(
    [7, 2, 11, 5, 20, 1, 13].map((minute) =>
      w.inside((tx) =>
        saveBalance(tx, told({ ...balance, available: minute, updatedAt: at(minute) }), now),
      ),
    ),
  )
  expect(await w.inside((tx) => readBalance(tx, 'clay'))).toMatchObject({ available: 20 })
})

test('a balance told as of now takes the place of one that was dated later', async () => {
  await using w = await world()
  const save = (sums: Parameters<typeof saveBalance>[1]) =>
    w.inside((tx) => saveBalance(tx, sums, now))
  await save({ ...told(balance), factAt: at(5) })
  expect(await save({ ...told(balance), available: 1, factAt: null })).toBe('stored')
  expect(await w.inside((tx) => readBalance(tx, 'clay'))).toMatchObject({
    available: 1,
    updatedAt: at(5),
  })
})

test('a seller reads its own balance and nobody else’s, and writes none', async () => {
  await using w = await world()
  await w.seller('clay')
  await w.inside((tx) => saveBalance(tx, told(balance), now))
  const asSeller = (sellerId: string) =>
    transact(w.db, { sellerId }, (tx) => readBalance(tx, 'clay'))
  expect(await asSeller('clay')).toEqual(balance)
  expect(await asSeller('oak')).toBeNull()
  const forged = transact(w.db, { sellerId: 'clay' }, async (tx) => {
    const { numAffectedRows } = await sql`update balances set available = 1`.execute(tx)
    return numAffectedRows
  })
  expect(await forged).toBe(0n)
  await expect(
    transact(w.db, { sellerId: 'clay' }, (tx) =>
      sql`insert into balances (seller_id, currency, available, disputed, destinations, fact_at, received_at)
          select 'clay', 'EUR', 1, 0, '[]', now(), now()`.execute(tx),
    ),
  ).rejects.toThrow('row-level security')
  // Without a wall nothing is there at all.
  expect((await sql`select from balances`.execute(w.db)).rows).toEqual([])
})
