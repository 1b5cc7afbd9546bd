import { afterAll, beforeAll, expect, test } from 'vitest'
import { served, type Served } from '../../test/served.ts'
import { readBalance } from '../store/balance.ts'

let s: Served
beforeAll(async () => {
  s = await served()
})
afterAll(async () => s[Symbol.asyncDispose]())

const fact = {
  sellerId: 'clay',
  currency: 'EUR',
  available: 120.5,
  disputed: 22,
  destinations: [
    { id: 'd1', label: 'Banco Douro', addedAt: '2026-01-02T03:04:05Z' },
    { id: 'd2', addedAt: '2026-11-24T01:00:00+01:00' },
  ],
  updatedAt: '2026-11-20T10:00:00Z',
}

async function tell(body: unknown, type = 'application/json') {
  const answer = await fetch(`${s.url}/v1/balances`, {
    method: 'POST',
    headers: { authorization: `Bearer ${s.key}`, 'content-type': type },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  return { status: answer.status, text: await answer.text() }
}

const held = (sellerId = 'clay') => s.inside((tx) => readBalance(tx, sellerId))

test('a balance is told by the client, and the seller need not be known before', async () => {
  expect(await s.marketplace.facts.tellBalance(fact)).toEqual({ id: 'clay', result: 'stored' })
  expect(await held()).toEqual({
    sellerId: 'clay',
    currency: 'EUR',
    available: 120.5,
    disputed: 22,
    destinations: [
      { id: 'd1', label: 'Banco Douro', addedAt: new Date('2026-01-02T03:04:05Z') },
      { id: 'd2', label: null, addedAt: new Date('2026-11-24T00:00:00Z') },
    ],
    updatedAt: new Date('2026-11-20T10:00:00Z'),
  })
  const older = { ...fact, available: 1, updatedAt: '2026-11-20T09:00:00Z' }
  expect(await s.marketplace.facts.tellBalance(older)).toEqual({ id: 'clay', result: 'older' })
  const { updatedAt, ...undated } = fact
  expect(updatedAt).toBeDefined()
  expect(await s.marketplace.facts.tellBalance(undated)).toMatchObject({ result: 'unchanged' })
  // Without a date it is of now, so what is dated before has been overtaken.
  expect(await s.marketplace.facts.tellBalance(fact)).toMatchObject({ result: 'older' })
})

test('balances stream, with an answer for each line', async () => {
  const { status, text } = await tell(
    [
      JSON.stringify({ ...fact, sellerId: 'oak' }),
      JSON.stringify({ ...fact, sellerId: 'oak', available: 0.001 }),
      '{"sellerId": "oak"',
      JSON.stringify({ ...fact, sellerId: 'elm' }),
    ].join('\n'),
    'application/x-ndjson',
  )
  expect(status).toBe(200)
  const lines = text.trim().split('\n')
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
    { id: 'oak', result: 'stored' },
    { line: 2, error: expect.objectContaining({ type: '/problems/invalid_request' }) },
    { line: 3, error: expect.objectContaining({ type: '/problems/invalid_request' }) },
    { id: 'elm', result: 'stored' },
  ])
  expect(await held('oak')).toMatchObject({ available: 120.5 })
})

test('what is no balance is refused where it is wrong, and nothing is stored', async () => {
  const [d1] = fact.destinations
  const bad: [string, object][] = [
    ['sellerId', { sellerId: '' }],
    ['sellerId', { sellerId: 'a\nb' }],
    ['currency', { currency: 'eur' }],
    ['currency', { currency: 'EURO' }],
    ['currency', { currency: undefined }],
    ['available', { available: '120.50' }],
    ['available', { available: 120.505 }],
    ['available', { available: 1e15 }],
    ['available', { available: null }],
    ['disputed', { disputed: -1 }],
    ['disputed', { disputed: 0.0001 }],
    ['destinations', { destinations: null }],
    ['destinations', { destinations: [d1, d1] }],
    [
      'destinations',
      { destinations: Array.from({ length: 101 }, (_, i) => ({ ...d1, id: `${i}` })) },
    ],
    ['destinations', { destinations: [{ ...d1, addedAt: 'yesterday' }] }],
    ['destinations', { destinations: [{ ...d1, id: 7 }] }],
    ['destinations', { destinations: [{ ...d1, label: 'x'.repeat(201) }] }],
    ['destinations', { destinations: ['d1'] }],
    ['updatedAt', { updatedAt: 'soon' }],
  ]
  for (const [field, change] of bad) {
    const { status, text } = await tell({ ...fact, sellerId: 'ash', ...change })
    expect([change, status]).toEqual([change, 400])
    expect(text).toContain(field)
  }
  expect((await tell('[]')).status).toBe(400)
  expect((await tell('{')).status).toBe(400)
  expect(await held('ash')).toBeNull()
  expect(s.logged).toEqual([])
})

test('only the marketplace tells balances', async () => {
  const seller = await s.seller('own')
  for (const headers of [{}, await s.signIn(seller.by)])
    await expect(
      s
        .clientWith(headers as Record<string, string>)
        .facts.tellBalance({ ...fact, sellerId: 'own' }),
    ).rejects.toThrow()
  expect(await held('own')).toBeNull()
})
