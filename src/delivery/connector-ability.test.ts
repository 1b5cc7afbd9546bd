import { describe, expect, test } from 'vitest'
import { shopSecret, startShop, type Fault } from '../../test/shop.ts'
import { openConnector } from './connector.ts'

const answering =
  (body: unknown, status = 200): Fault =>
  (_request, response) =>
    response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(typeof body === 'string' ? body : JSON.stringify(body))

const change = (id: string, at = '2026-11-20T08:00:00Z') => ({
  id,
  at,
  kind: 'listing-changed',
  subjectId: 'l1',
  before: 'price 12.00',
  after: 'price 1.00',
  revertible: true,
})

async function open() {
  const shop = await startShop()
  let asked = 0
  const connector = openConnector({
    url: shop.url,
    secret: shopSecret,
    now: () => new Date(),
    newId: (prefix) => `${prefix}_${++asked}`,
    timeoutMs: 100,
  })
  return {
    shop,
    connector,
    [Symbol.asyncDispose]: () => shop[Symbol.asyncDispose](),
  }
}

describe('the abilities of a marketplace', () => {
  test('are those that it declares and we know, in the order in which they are used', async () => {
    await using s = await open()
    s.shop.failNext(answering({ abilities: ['revert', 'teleport', 'endSessions'] }))
    expect(await s.connector.abilities()).toEqual(['endSessions', 'revert'])
    expect(s.shop.asked[0]).toMatchObject({ method: 'GET', path: '/abilities' })
  })

  test('are none where it does not know the address, and not known where it is broken', async () => {
    await using s = await open()
    s.shop.failNext(answering({}, 404), answering({}, 500), answering('perhaps'), answering([]))
    expect(await s.connector.abilities()).toEqual([])
    await expect(s.connector.abilities()).rejects.toThrow('GET answered 500')
    await expect(s.connector.abilities()).rejects.toThrow('is not JSON')
    await expect(s.connector.abilities()).rejects.toThrow('cannot be read')
  })
})

describe('ending sessions', () => {
  test('says why, and has one id for all retries of one request and another for the next', async () => {
    await using s = await open()
    const telling = { because: ['dec_1'], id: 'dec_1' }
    s.shop.failNext(...[0, 1, 2].map(() => answering({ ended: 3 })))
    expect(await s.connector.endSessions('s/1', telling)).toEqual({ ended: 3 })
    await s.connector.endSessions('s/1', telling)
    await s.connector.endSessions('s/1', { ...telling, id: 'dec_2' })
    const [first, retry, next] = s.shop.asked
    expect(first).toMatchObject({
      method: 'POST',
      path: '/subjects/account/s%2F1/end-sessions',
      body: { because: ['dec_1'] },
    })
    expect(retry?.id).toBe(first?.id)
    expect(next?.id).not.toBe(first?.id)
  })

  test('is refused, late or unreadable with a sentence', async () => {
    await using s = await open()
    const telling = { because: [], id: 'dec_1' }
    s.shop.failNext(answering({}, 503), answering({ ended: -1 }), () => undefined)
    await expect(s.connector.endSessions('s1', telling)).rejects.toThrow('POST answered 503')
    await expect(s.connector.endSessions('s1', telling)).rejects.toThrow('ended')
    await expect(s.connector.endSessions('s1', telling)).rejects.toThrow('no answer within 0.4 s')
  })
})

test('access is reset with an address and never a secret; nothing need be answered', async () => {
  await using s = await open()
  s.shop.failNext((_request, response) => response.writeHead(204).end())
  await s.connector.resetAccess('s1', { address: 'owner@new.example', id: 'clm_1' })
  expect(s.shop.asked[0]).toMatchObject({
    path: '/subjects/account/s1/reset-access',
    body: { address: 'owner@new.example' },
  })
})

describe('the changes in an account', () => {
  test('are asked for since a time, and come in the order of time', async () => {
    await using s = await open()
    const [late, early] = [change('c2', '2026-11-20T09:00:00Z'), change('c1')]
    s.shop.failNext(answering({ changes: [late, early], truncated: true }))
    const found = await s.connector.changesSince('s1', new Date('2026-11-20T00:00:00Z'))
    expect(found.changes.map(({ id }) => id)).toEqual(['c1', 'c2'])
    expect(found.truncated).toBe(true)
    expect(found.changes[0]?.at).toEqual(new Date('2026-11-20T08:00:00Z'))
    expect(s.shop.asked[0]?.path).toBe(
      '/subjects/account/s1/changes?since=2026-11-20T00%3A00%3A00.000Z',
    )
  })

  test('are not believed when they are too many, too long, doubled or of an unknown kind', async () => {
    await using s = await open()
    const since = new Date('2026-11-20T00:00:00Z')
    const many = Array.from({ length: 1_001 }, (_, place) => change(`c${place}`))
    const long = { ...change('c1'), after: 'x'.repeat(2_001) }
    for (const changes of [
      many,
      [long],
      [change('c1'), change('c1')],
      [{ ...change('c1'), kind: 'soul' }],
    ]) {
      s.shop.failNext(answering({ changes }))
      await expect(s.connector.changesSince('s1', since)).rejects.toThrow(/^GET answered/)
    }
    s.shop.failNext(answering('x'.repeat(1024 * 1024 + 1)))
    await expect(s.connector.changesSince('s1', since)).rejects.toThrow('longer than 1024 KB')
  })
})

test('every change that was to be returned is accounted for, also one of which nothing is said', async () => {
  await using s = await open()
  const refused = { id: 'c2', detail: 'The listing was sold out.' }
  s.shop.failNext(answering({ reverted: ['c1', 'other'], refused: [refused] }))
  expect(await s.connector.revert('s1', { changes: ['c3', 'c2', 'c1'], id: 'clm_1' })).toEqual({
    reverted: ['c1'],
    refused: [{ id: 'c3', detail: 'The marketplace says nothing of it.' }, refused],
  })
  expect(s.shop.asked[0]).toMatchObject({
    path: '/subjects/account/s1/revert',
    body: { changes: ['c3', 'c2', 'c1'] },
  })
})
