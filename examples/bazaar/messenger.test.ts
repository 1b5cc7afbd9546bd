import { describe, expect, test } from 'vitest'
import { openBazaar, openRecourse, until } from '../../test/bazaar.ts'
import { startMessenger } from './messenger.ts'

type Bazaar = Awaited<ReturnType<typeof openBazaar>>

function carry({ db, now }: Bazaar, recourseUrl: string) {
  const messenger = startMessenger({
    db,
    now,
    recourseUrl,
    key: 'rk_test',
    restMs: 20,
    longestRestMs: 40,
    timeoutMs: 1_000,
  })
  return { ...messenger, [Symbol.asyncDispose]: () => messenger.stop() }
}

const waiting = async ({ db }: Bazaar) => {
  const { rows } = await db.query<{ count: number }>(
    'select count(*)::int as count from facts where sent_at is null and refused_at is null',
  )
  return rows[0]!.count
}

async function signedIn(bazaar: Bazaar) {
  const seller = bazaar.browser()
  await seller.signIn()
  return seller
}

async function addWhistle(
  bazaar: Bazaar,
  changes: Record<string, string> = {},
  by?: Awaited<ReturnType<typeof signedIn>>,
) {
  const seller = by ?? (await signedIn(bazaar))
  await seller.open('/seller/listings/new')
  const form = {
    title: 'Tin whistle',
    description: 'In D.',
    bullets: 'Six holes\n\nTuned by ear',
    brand: 'Clay & Clover',
    category: 'Toys',
    price: '9,50',
    attributes: 'material: tin\nkey: D',
    ...changes,
  }
  await seller.post('/seller/listings/new', form)
  return seller
}

describe('facts', () => {
  test('the first day is told in order: each seller before its contact and its listings', async () => {
    await using bazaar = await openBazaar()
    await using recourse = await openRecourse()
    await using messenger = carry(bazaar, recourse.url)
    messenger.wake()
    await until(async () => (await waiting(bazaar)) === 0, 'all facts are sent')
    const known = new Set<string>()
    for (const { path, body, authorization } of recourse.told) {
      expect(authorization).toBe('Bearer rk_test')
      if (path === '/v1/sellers') known.add(body.id)
      else expect(known).toContain(body.sellerId)
    }
    const count = (path: string) => recourse.told.filter((one) => one.path === path).length
    const paths = [
      '/v1/sellers',
      '/v1/contacts',
      '/v1/listings',
      '/v1/balances',
      '/v1/orders',
      '/v1/security-events',
    ]
    // Of 26 orders 23 were sent, which is told as well.
    expect(paths.map(count)).toEqual([4, 4, 19, 4, 49, 12])
    for (const { body } of recourse.told.filter(({ path }) => path === '/v1/orders'))
      expect(body.soldBy).toBe(body.sellerId === 'own-shelf' ? 'marketplace' : 'seller')
    expect(new Set(recourse.told.map(({ key }) => key)).size).toBe(92)
    expect(recourse.told[0]!.body).toEqual({
      id: 'clay-and-clover',
      name: 'Clay & Clover',
      locale: 'en',
      timeZone: 'Europe/Lisbon',
      createdAt: expect.stringMatching(/Z$/),
      updatedAt: expect.stringMatching(/Z$/),
    })
    expect(recourse.told.find(({ path }) => path === '/v1/contacts')!.body).toMatchObject({
      sellerId: 'clay-and-clover',
      kind: 'email',
      address: 'ines@clayandclover.example',
      verifiedAt: expect.any(String),
    })
  })

  test('a new listing and its edits are told as they are written, the later one later', async () => {
    await using bazaar = await openBazaar()
    await using recourse = await openRecourse()
    await using messenger = carry(bazaar, recourse.url)
    messenger.wake()
    const seller = await addWhistle(bazaar)
    const { rows } = await bazaar.db.query<{ id: string }>(
      `select id from listings where title = 'Tin whistle'`,
    )
    const { id } = rows[0]!
    const edit = { title: 'Tin whistle in D', category: 'Toys', price: '10' }
    await seller.post(`/seller/listings/${id}`, edit)
    await until(
      () => recourse.told.filter(({ body }) => body.id === id).length === 2,
      'both are told',
    )
    const [first, second] = recourse.told
      .filter(({ body }) => body.id === id)
      .map(({ body }) => body)
    expect(first).toEqual({
      id,
      sellerId: 'clay-and-clover',
      title: 'Tin whistle',
      description: 'In D.',
      bullets: ['Six holes', 'Tuned by ear'],
      brand: 'Clay & Clover',
      category: 'Toys',
      attributes: { material: 'tin', key: 'D' },
      updatedAt: expect.any(String),
    })
    expect(second!.title).toBe('Tin whistle in D')
    expect(Date.parse(second!.updatedAt!)).toBeGreaterThan(Date.parse(first!.updatedAt!))
  })

  test('while Recourse is down the shop sells on, and every fact arrives once it is up, under one key', async () => {
    await using bazaar = await openBazaar()
    await using recourse = await openRecourse()
    recourse.answerNext(
      null,
      { status: 503 },
      { status: 500 },
      { status: 401 },
      { status: 429 },
      { status: 408 },
      {
        status: 409,
        body: { type: '/problems/key_in_use', title: 'still running' },
      },
    )
    await using messenger = carry(bazaar, recourse.url)
    messenger.wake()
    await addWhistle(bazaar)
    expect((await bazaar.browser().open('/search?q=whistle')).page).toContain('Tin whistle')
    await until(async () => (await waiting(bazaar)) === 0, 'all facts are sent')
    const tries = recourse.told.filter(({ key }) => key === recourse.told[0]!.key)
    expect(tries.length).toBe(8)
    // The very same bytes: under one key another body would be refused.
    expect(new Set(tries.map(({ raw }) => raw)).size).toBe(1)
    // The sign-in and the listing are told as what happened, too.
    expect(recourse.told.length).toBe(95 + 7)
    const { rows } = await bazaar.db.query('select from facts where refused_at is not null')
    expect(rows.length).toBe(0)
  })

  test('one that is refused for good is kept with its reason, shown to its seller, and holds nobody up', async () => {
    await using bazaar = await openBazaar()
    await using recourse = await openRecourse()
    await using messenger = carry(bazaar, recourse.url)
    messenger.wake()
    const seller = await signedIn(bazaar)
    await until(async () => (await waiting(bazaar)) === 0, 'the first day is told')
    recourse.answerNext({
      status: 400,
      body: {
        title: 'A part of this request cannot be read.',
        issues: [{ path: 'title', message: 'too <b>loud</b>' }],
      },
    })
    await addWhistle(bazaar, { title: 'LOUD whistle' }, seller)
    await until(async () => (await waiting(bazaar)) === 0, 'it is answered')
    const { page } = await seller.open('/seller')
    expect(page).toContain('Not taken by Recourse')
    expect(page).toContain(
      'A part of this request cannot be read. title: too &lt;b&gt;loud&lt;/b&gt;',
    )
    // The other sellers are not troubled with it, and the mended listing says nothing of it any more.
    const other = bazaar.browser()
    expect((await other.signIn('erik@lindqvist.example')).page).not.toContain(
      'Not taken by Recourse',
    )
    const { rows } = await bazaar.db.query<{ id: string }>(
      `select id from listings where title = 'LOUD whistle'`,
    )
    await seller.post(`/seller/listings/${rows[0]!.id}`, {
      title: 'Whistle',
      category: 'Toys',
      price: '9',
    })
    await until(async () => (await waiting(bazaar)) === 0, 'the mended one is told')
    expect((await seller.open('/seller')).page).not.toContain('Not taken by Recourse')
  })

  test('two messengers on one database still tell everything once and in order', async () => {
    await using bazaar = await openBazaar()
    await using recourse = await openRecourse()
    await using one = carry(bazaar, recourse.url)
    one.wake()
    await using two = carry(bazaar, recourse.url)
    two.wake()
    await until(async () => (await waiting(bazaar)) === 0, 'all facts are sent')
    expect(recourse.told.length).toBe(92)
    const { rows } = await bazaar.db.query<{ id: string }>('select id from facts order by place')
    expect(recourse.told.map(({ key }) => key)).toEqual(rows.map(({ id }) => id))
  })

  test('a seller reads that changes wait while Recourse cannot be reached', async () => {
    await using bazaar = await openBazaar()
    await bazaar.db.query('update facts set recorded_at = $1', [bazaar.now()])
    const seller = bazaar.browser()
    expect((await seller.signIn()).page).not.toContain('to be passed on')
    bazaar.advanceDays(1)
    expect((await seller.open('/seller')).page).toContain(
      '23 changes of yours wait to be passed on',
    )
  })
})
