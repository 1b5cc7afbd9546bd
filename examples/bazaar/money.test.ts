import { describe, expect, test } from 'vitest'
import { openBazaar } from '../../test/bazaar.ts'
import { readBalance } from './balance.ts'

type Bazaar = Awaited<ReturnType<typeof openBazaar>>

// What the seeds leave to Clay & Clover: 22 disputed, 18, 37 and 22.
const seeded = 9_900
const payouts = 'payouts/clay-and-clover'
const account = 'account/clay-and-clover'
const far = '2031-12-04T10:00:00.000Z'

const balanceOf = async ({ db }: Bazaar, id = 'clay-and-clover') =>
  (await readBalance(db, id)).cents

/** The balances told of a seller, oldest first. */
async function told({ db }: Bazaar, sellerId = 'clay-and-clover') {
  const { rows } = await db.query<{ body: string }>(
    `select body from facts where path = '/v1/balances' and seller_id = $1 order by place`,
    [sellerId],
  )
  return rows.map(
    ({ body }) =>
      JSON.parse(body) as {
        available: number
        disputed: number
        currency: string
        updatedAt: string
        destinations: { id: string; label: string; addedAt: string }[]
      },
  )
}

async function open(bazaar: Bazaar) {
  const seller = bazaar.browser()
  await seller.signIn()
  return seller
}

/** A customer who has ordered this. */
async function ordered(bazaar: Bazaar, id = 'rose-soap-bar') {
  const customer = bazaar.browser()
  await customer.open(`/products/${id}`)
  const { page } = await customer.post('/basket', { put: id })
  const form = fieldsOf(page)
  const placed = await customer.post('/orders', form)
  return { customer, form, placed }
}

const fieldsOf = (page: string) => ({
  press: /name="press"\s+value="([^"]+)"/.exec(page)?.[1] ?? '',
  seen: /name="seen"\s+value="([^"]+)"/.exec(page)?.[1] ?? '',
})

const orderOf = (page: string) => /action="\/orders\/([^"]+)"/.exec(page)?.[1] ?? ''

describe('an order', () => {
  test('brings its money to the seller, and Recourse is told', async () => {
    await using bazaar = await openBazaar()
    expect(await balanceOf(bazaar)).toBe(seeded)
    const { customer, placed } = await ordered(bazaar)
    expect(placed.path).toBe('/orders?placed')
    expect(placed.page).toContain('Rose soap bar')
    expect(placed.page).toContain('Being packed')
    expect(placed.page).toContain('Basket (0)')
    expect(await balanceOf(bazaar)).toBe(seeded + 650)
    const [first, second] = await told(bazaar)
    expect(first).toMatchObject({ currency: 'EUR', available: 99, disputed: 22 })
    expect(second).toMatchObject({ available: 105.5, disputed: 22 })
    expect(Date.parse(second!.updatedAt)).toBeGreaterThan(Date.parse(first!.updatedAt))
    // Other customers see nothing of it.
    expect((await bazaar.browser().open('/orders')).page).toContain('You have no orders yet')
    const seller = await open(bazaar)
    expect((await seller.open('/seller/money')).page).toContain('Rose soap bar')
    expect((await customer.open('/orders')).page).toContain('Rose soap bar')
  })

  test('counts once, however often the button is pressed', async () => {
    await using bazaar = await openBazaar()
    const customer = bazaar.browser()
    await customer.open('/products/rose-soap-bar')
    const form = fieldsOf((await customer.post('/basket', { put: 'rose-soap-bar' })).page)
    await Promise.all([1, 2, 3].map(() => customer.post('/orders', form)))
    expect(await balanceOf(bazaar)).toBe(seeded + 650)
    expect((await customer.open('/orders')).page).toContain('Rose soap bar')
  })

  test('is not placed at another price than was seen, nor for what has gone off the shelf', async () => {
    await using bazaar = await openBazaar()
    const customer = bazaar.browser()
    await customer.open('/products/rose-soap-bar')
    await customer.post('/basket', { put: 'rose-soap-bar' })
    const { page } = await customer.post('/basket', { put: 'oat-bath-milk' })
    await bazaar.db.query(`update listings set price_cents = 700 where id = 'rose-soap-bar'`)
    const refused = await customer.post('/orders', fieldsOf(page))
    expect(refused.path).toBe('/basket?changed')
    expect(refused.page).toContain('nothing was ordered')
    await bazaar.tell(account, 1, { signIn: true, sell: false, addListings: true })
    expect((await customer.post('/orders', fieldsOf(refused.page))).page).toContain(
      'nothing was ordered',
    )
    // Looked at again, what is still for sale is ordered, and the rest waits.
    const again = await customer.post('/orders', fieldsOf((await customer.open('/basket')).page))
    expect(again.page).toContain('Oat bath milk')
    expect(again.page).toContain('Basket (1)')
    expect(await balanceOf(bazaar)).toBe(seeded)
  })

  test('with fields that somebody meddled with orders nothing', async () => {
    await using bazaar = await openBazaar()
    const customer = bazaar.browser()
    await customer.open('/products/rose-soap-bar')
    const { press, seen } = fieldsOf(
      (await customer.post('/basket', { put: 'rose-soap-bar' })).page,
    )
    for (const [form, status] of [
      [{ press: '', seen }, 403],
      [{ press: "'; drop table orders; --", seen }, 403],
      [{ press, seen, token: 'forged' }, 403],
      [{ press, seen: '0' }, 200],
      [{ press, seen: '-650' }, 200],
      [{ press, seen: 'NaN' }, 200],
      [{ press, seen: '650.0001' }, 200],
    ] as const)
      expect([form, (await customer.post('/orders', form)).status]).toEqual([form, status])
    customer.cookies.set('basket', '9*nothing-here')
    expect((await customer.post('/orders', { press, seen: '0' })).path).toBe('/basket?changed')
    expect(await balanceOf(bazaar)).toBe(seeded)
  })

  test('placed before its seller may not sell goes on: sent by the seller, and seen by the customer', async () => {
    await using bazaar = await openBazaar()
    const { customer, placed } = await ordered(bazaar)
    const id = orderOf(placed.page)
    const seller = await open(bazaar)
    await bazaar.tell(account, 1, { signIn: true, sell: false, addListings: false })
    expect((await customer.open('/orders')).page).toContain('Rose soap bar')
    expect((await seller.open('/seller/money')).page).toContain(`/seller/orders/${id}`)
    expect((await seller.post(`/seller/orders/${id}`, {})).path).toBe('/seller/money')
    expect((await customer.open('/orders')).page).toContain('Sent today')
    const other = bazaar.browser()
    await other.signIn('erik@lindqvist.example')
    expect((await other.post(`/seller/orders/${id}`, {})).status).toBe(404)
    expect((await seller.post('/seller/orders/none', {})).status).toBe(404)
  })

  test('that did not come is disputed by its customer alone, and no longer when it came after all', async () => {
    await using bazaar = await openBazaar()
    const { customer, placed } = await ordered(bazaar)
    const path = `/orders/${orderOf(placed.page)}`
    const stranger = (await ordered(bazaar, 'oat-bath-milk')).customer
    expect((await stranger.post(path, { arrived: 'no' })).status).toBe(404)
    for (const arrived of ['', 'maybe', 'null'])
      expect((await customer.post(path, { arrived })).status).toBe(404)
    expect((await customer.post('/orders/%00', { arrived: 'no' })).status).toBe(404)
    expect((await told(bazaar)).at(-1)).toMatchObject({ disputed: 22 })

    const disputed = await customer.post(path, { arrived: 'no' })
    expect(disputed.page).toContain('that it did not arrive')
    expect((await told(bazaar)).at(-1)).toMatchObject({ available: 105.5, disputed: 28.5 })
    const seller = await open(bazaar)
    expect((await seller.open('/seller/money')).page).toContain('€ 28.50 is disputed')
    await customer.post(path, { arrived: 'yes' })
    expect((await told(bazaar)).at(-1)).toMatchObject({ available: 105.5, disputed: 22 })
  })
})

describe('a payout', () => {
  test('takes all that is there, once, however often it is asked for', async () => {
    await using bazaar = await openBazaar()
    const seller = await open(bazaar)
    const { page } = await seller.open('/seller/money')
    expect(page).toContain('Pay out € 99.00')
    const answers = await Promise.all(
      [1, 2, 3].map(() => seller.post('/seller/money/payouts', { to: 'bank-douro' })),
    )
    expect(answers.filter(({ status }) => status === 200).length).toBe(1)
    expect(await balanceOf(bazaar)).toBe(0)
    expect(answers.find(({ status }) => status === 409)?.page).toContain(
      'there is nothing in your balance',
    )
    expect(answers.find(({ status }) => status === 200)?.page).toContain('€ 99.00 is on its way')
    expect((await told(bazaar)).at(-1)).toMatchObject({ available: 0, disputed: 22 })
    const { rows } = await bazaar.db.query<{ sum: string }>(
      `select sum(cents) from ledger where seller_id = 'clay-and-clover'`,
    )
    expect(Number(rows[0]!.sum)).toBe(0)
  })

  test('leaves what is held, says until when, and what is held is free when that has passed', async () => {
    await using bazaar = await openBazaar()
    const seller = await open(bazaar)
    await bazaar.tell(payouts, 1, { held: { amount: 40.5, until: far }, onlyTo: null })
    const { page } = await seller.open('/seller/money')
    for (const words of [
      'Held until 4 December 2031',
      '€ 40.50',
      'Pay out € 58.50',
      'See why, and contest it',
    ])
      expect(page).toContain(words)
    expect((await seller.open('/seller')).page).toContain(
      '€ 40.50 of it is held until 4 December 2031',
    )
    await seller.post('/seller/money/payouts', { to: 'bank-douro' })
    expect(await balanceOf(bazaar)).toBe(4_050)
    const refused = await seller.post('/seller/money/payouts', { to: 'bank-douro' })
    expect(refused.status).toBe(409)
    expect(refused.page).toContain('all that is in your balance is held')
    expect(refused.page).not.toContain('Pay out €')
    // What is sold beyond the hold is free at once.
    await ordered(bazaar)
    expect((await seller.open('/seller/money')).page).toContain('Pay out € 6.50')
    bazaar.advanceDays(6 * 365)
    await seller.signIn()
    expect((await seller.open('/seller/money')).page).toContain('Pay out € 47.00')
    await seller.post('/seller/money/payouts', { to: 'bank-douro' })
    expect(await balanceOf(bazaar)).toBe(0)
  })

  test('whose hold is lifted is free at once, and the newest hold counts, not the sum of them', async () => {
    await using bazaar = await openBazaar()
    const seller = await open(bazaar)
    const offered = async () =>
      /Pay out (€ [\d.]+)/.exec((await seller.open('/seller/money')).page)?.[1] ?? null
    await bazaar.tell(payouts, 1, { held: { amount: 500, until: far }, onlyTo: null })
    expect(await offered()).toBeNull()
    await bazaar.tell(payouts, 2, { held: { amount: 22, until: far }, onlyTo: null })
    expect(await offered()).toBe('€ 77.00')
    await bazaar.tell(payouts, 1, { held: { amount: 500, until: far }, onlyTo: null })
    expect(await offered()).toBe('€ 77.00')
    await bazaar.tell(payouts, 3, { held: null, onlyTo: null })
    expect(await offered()).toBe('€ 99.00')
  })

  test('goes only where it may, and the page says which account waits', async () => {
    await using bazaar = await openBazaar()
    const seller = await open(bazaar)
    await bazaar.tell(payouts, 1, { held: null, onlyTo: ['bank-douro'] })
    const { page } = await seller.open('/seller/money')
    expect(page).toContain('Not just now')
    expect(page).toContain('Just now money goes only to one of your accounts')
    expect(page).not.toContain('value="bank-hanse">')
    const refused = await seller.post('/seller/money/payouts', { to: 'bank-hanse' })
    expect(refused.status).toBe(409)
    expect(refused.page).toContain('money may not go to that account just now')
    expect(await balanceOf(bazaar)).toBe(seeded)
    await bazaar.tell(payouts, 2, { held: null, onlyTo: [] })
    expect((await seller.open('/seller/money')).page).toContain(
      'Money may go to none of your accounts',
    )
    expect((await seller.post('/seller/money/payouts', { to: 'bank-douro' })).status).toBe(409)
    await bazaar.tell(payouts, 3, { held: null, onlyTo: ['bank-douro'] })
    await seller.post('/seller/money/payouts', { to: 'bank-douro' })
    expect(await balanceOf(bazaar)).toBe(0)
  })

  test('goes to no account of somebody else, and to none that was removed', async () => {
    await using bazaar = await openBazaar()
    const seller = await open(bazaar)
    await seller.open('/seller/money')
    await seller.post('/seller/money/destinations', { remove: 'bank-hanse' })
    for (const to of ['', 'bank-malar', 'bank-hanse', 'a\0b', "' or true --"]) {
      const { status, page } = await seller.post('/seller/money/payouts', { to })
      expect([to, status]).toEqual([to, 409])
      expect(page).toContain('that is none of your bank accounts')
    }
    expect(
      (await seller.post('/seller/money/payouts', { to: 'bank-douro', token: 'x' })).status,
    ).toBe(403)
    expect(await balanceOf(bazaar)).toBe(seeded)
  })
})

describe('a bank account', () => {
  test('is told with the day on which it was added, and removed and added again is a new one', async () => {
    await using bazaar = await openBazaar()
    const seller = await open(bazaar)
    await seller.open('/seller/money')
    const account = { bank: 'Hanse Bank', iban: 'DE89 3704 0044 0532 0130 00' }
    await seller.post('/seller/money/destinations', { remove: 'bank-hanse' })
    expect((await told(bazaar)).at(-1)!.destinations.map(({ id }) => id)).toEqual(['bank-douro'])
    const { page } = await seller.post('/seller/money/destinations', account)
    expect(page).toContain('ends in 3000, added')
    expect(page).not.toContain('DE8937')
    const { destinations } = (await told(bazaar)).at(-1)!
    expect(destinations[0]).toMatchObject({ id: 'bank-douro', label: 'Banco Douro, ends in 0154' })
    expect(destinations[1]!.id).not.toBe('bank-hanse')
    expect(Date.parse(destinations[1]!.addedAt)).toBeGreaterThan(Date.now() - 60_000)
  })

  test('that is none gets a sentence beside its field, and there are at most ten', async () => {
    await using bazaar = await openBazaar()
    const seller = await open(bazaar)
    await seller.open('/seller/money')
    const refused = await seller.post('/seller/money/destinations', {
      bank: '<script>alert(1)</script>',
      iban: 'DE00',
    })
    expect(refused.status).toBe(422)
    expect(refused.page).toContain('This is not an IBAN')
    expect(refused.page).toContain('aria-invalid')
    expect(refused.page).not.toContain('<script>alert')
    const good = { bank: 'Bank', iban: 'DE89370400440532013000' }
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => seller.post('/seller/money/destinations', good)),
    )
    expect(answers.filter(({ status }) => status === 409).length).toBe(4)
    expect((await readBalance(bazaar.db, 'clay-and-clover')).destinations.length).toBe(10)
    for (const remove of ['bank-malar', 'none', '\0'])
      expect((await seller.post('/seller/money/destinations', { remove })).status).toBe(404)
  })
})

test('every balance that is told is later than the one before it, and the last one says how it stands', async () => {
  await using bazaar = await openBazaar()
  const seller = await open(bazaar)
  await seller.open('/seller/money')
  await Promise.all([
    ordered(bazaar),
    ordered(bazaar, 'silk-sleep-mask-navy'),
    ordered(bazaar, 'oat-hand-cream-50-ml'),
    seller.post('/seller/money/payouts', { to: 'bank-douro' }),
    seller.post('/seller/money/destinations', { remove: 'bank-hanse' }),
  ])
  const all = await told(bazaar)
  expect(all.length).toBe(6)
  const times = all.map(({ updatedAt }) => Date.parse(updatedAt))
  expect(times).toEqual([...new Set(times)].sort((a, b) => a - b))
  expect(all.at(-1)).toMatchObject({ available: (await balanceOf(bazaar)) / 100 })
  expect(all.at(-1)!.destinations.map(({ id }) => id)).toEqual(['bank-douro'])
})

test('a shop made before there was money still opens, with an empty page that says what will be there', async () => {
  await using bazaar = await openBazaar()
  await bazaar.db.query('truncate ledger, orders, destinations')
  const seller = await open(bazaar)
  const { page } = await seller.open('/seller/money')
  expect(page).toContain('There is nothing in your balance')
  expect(page).toContain('You have no bank account here yet')
  expect(page).toContain('There is none yet')
  expect((await seller.post('/seller/money/payouts', { to: 'bank-douro' })).status).toBe(409)
})
