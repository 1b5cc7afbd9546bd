import { describe, expect, test } from 'vitest'
import { openBazaar } from '../../test/bazaar.ts'
import { transact } from './database.ts'
import { addListing } from './listing.ts'

const shut = { offered: false, searchable: false }
const open = { offered: true, searchable: true }
const soap = 'listing/rose-soap-bar'
const buyButton = 'Put it in my basket'
const shutDoor = 'Signing in is shut for this account'

describe('a listing', () => {
  test('that is not offered cannot be bought, on its page, in a basket or by a posted form', async () => {
    await using bazaar = await openBazaar()
    const customer = bazaar.browser()
    expect((await customer.open('/products/rose-soap-bar')).page).toContain(buyButton)
    await customer.post('/basket', { put: 'rose-soap-bar' })
    await bazaar.tell(soap, 1, { offered: false, searchable: true })

    const { status, page } = await customer.open('/products/rose-soap-bar')
    expect(status).toBe(200)
    expect(page).toContain('You can’t buy this just now')
    expect(page).toContain('That says nothing about the seller')
    expect(page).not.toContain(buyButton)
    expect(page).not.toContain('€ 6.50')
    const basket = await customer.open('/basket')
    expect(basket.page).toContain('Not for sale just now')
    expect(basket.page).toContain('€ 0.00')
    const refused = await customer.post('/basket', { put: 'rose-soap-bar' })
    expect(refused.path).toBe('/products/rose-soap-bar')
  })

  test('that is not searchable is on no shelf and in no search, but its own page sells it', async () => {
    await using bazaar = await openBazaar()
    const customer = bazaar.browser()
    const places = ['/', '/shelves/bath-and-skin', '/search?q=soap', '/shops/clay-and-clover']
    // The front shows the newest four of a shelf, so the older ones make room for the soap.
    for (const id of ['oat-hand-cream-50-ml', 'kaolin-face-mask-10-sheets'])
      await bazaar.tell(`listing/${id}`, 1, shut)
    for (const place of places) expect((await customer.open(place)).page).toContain('Rose soap bar')
    await bazaar.tell(soap, 1, { offered: true, searchable: false })
    for (const place of places)
      expect((await customer.open(place)).page).not.toContain('Rose soap bar')
    expect((await customer.open('/products/rose-soap-bar')).page).toContain(buyButton)
  })

  test('that came back says so, says sorry, and forgets it after a month', async () => {
    await using bazaar = await openBazaar()
    const customer = bazaar.browser()
    const page = async () => (await customer.open('/products/rose-soap-bar')).page
    expect(await page()).not.toContain('It’s back')
    await bazaar.tell(soap, 1, shut)
    bazaar.advanceDays(3)
    await bazaar.tell(soap, 2, { offered: true, searchable: false })
    expect(await page()).not.toContain('It’s back')
    await bazaar.tell(soap, 3, open)
    const back = await page()
    expect(back).toContain('It’s back')
    expect(back).toMatch(/We took this off our shelves \S+ \S+ and put it back\s+today/)
    expect(back).toMatch(/Sorry,\s+<bdi>Clay &amp; Clover<\/bdi>/)
    expect(back).toContain('Back since today')
    expect(back).toContain(buyButton)
    bazaar.advanceDays(31)
    expect(await page()).not.toContain('It’s back')
  })

  test('read back answers what the shop shows, and not what it was told', async () => {
    await using bazaar = await openBazaar()
    expect((await bazaar.call('GET', `/subjects/${soap}`)).body).toEqual({
      sequence: 0,
      state: open,
    })
    await bazaar.tell(soap, 4, shut)
    await bazaar.db.query(`update listings set is_offered = true where id = 'rose-soap-bar'`)
    expect((await bazaar.call('GET', `/subjects/${soap}`)).body).toEqual({
      sequence: 4,
      state: { offered: true, searchable: false },
    })
  })

  test('told of before the shop has it appears as it was told', async () => {
    await using bazaar = await openBazaar()
    expect((await bazaar.tell('listing/early', 3, shut)).body).toEqual({ sequence: 3, state: shut })
    expect((await bazaar.call('GET', '/subjects/listing/early')).body).toEqual({
      sequence: 3,
      state: null,
    })
    const text = {
      title: 'Early bird whistle',
      description: '',
      bullets: [],
      brand: '',
      category: 'Toys',
      attributes: {},
      priceCents: 100,
    }
    await transact(bazaar.db, (tx) =>
      addListing(tx, { id: 'early', sellerId: 'aloe-and-oak', text }, bazaar.now()),
    )
    expect((await bazaar.call('GET', '/subjects/listing/early')).body).toEqual({
      sequence: 3,
      state: shut,
    })
    expect((await bazaar.browser().open('/products/early')).page).toContain(
      'You can’t buy this just now',
    )
  })
})

describe('what is told', () => {
  test('two measures come off one by one, and a late retry of the first does nothing', async () => {
    await using bazaar = await openBazaar()
    const held = async (): Promise<unknown> => (await bazaar.call('GET', `/subjects/${soap}`)).body
    await bazaar.tell(soap, 1, shut)
    await bazaar.tell(soap, 2, shut)
    await bazaar.tell(soap, 3, { offered: true, searchable: false })
    expect(await held()).toEqual({ sequence: 3, state: { offered: true, searchable: false } })
    await bazaar.tell(soap, 4, open)
    expect((await bazaar.tell(soap, 1, shut)).body).toEqual({ sequence: 4, state: open })
    expect((await bazaar.tell(soap, 4, shut)).body).toEqual({ sequence: 4, state: open })
    expect(await held()).toEqual({ sequence: 4, state: open })
  })

  test('in any order and all at once ends at the highest', async () => {
    await using bazaar = await openBazaar()
    const sequences = [7, 2, 11, 5, 20, 1, 13, 19, 3, 8, 16, 4]
    const answers = await Promise.all(
      sequences.map((sequence) => bazaar.tell(soap, sequence, sequence === 20 ? open : shut)),
    )
    for (const [i, { status, body }] of answers.entries()) {
      expect(status).toBe(200)
      expect(body.sequence).toBeGreaterThanOrEqual(sequences[i]!)
    }
    expect((await bazaar.call('GET', `/subjects/${soap}`)).body).toEqual({
      sequence: 20,
      state: open,
    })
  })
})

describe('an account', () => {
  const all = { signIn: true, sell: true, addListings: true }

  test('whose sign-in is shut is told so at the door, with the two ways back and nothing for a thief', async () => {
    await using bazaar = await openBazaar()
    await bazaar.tell('account/clay-and-clover', 1, { ...all, signIn: false })
    const { status, page } = await bazaar.browser().signIn()
    expect(status).toBe(403)
    for (const words of [
      shutDoor,
      'The marketplace has shut it for now',
      'Our mail to you says why',
    ])
      expect(page).toContain(words)
    expect(page).toContain('href="https://recourse.example/recovery"')
    for (const secret of ['Clay', 'clay', 'ines@', 'Porto', 'Banco', 'name="password"'])
      expect(page).not.toContain(secret)
    // Customers notice nothing.
    expect((await bazaar.browser().open('/products/rose-soap-bar')).page).toContain(buyButton)
    expect((await bazaar.browser().signIn('erik@lindqvist.example')).page).toContain(
      'Your listings',
    )
  })

  test('whose sign-in is shut loses every open session, and opening it lets none of them in again', async () => {
    await using bazaar = await openBazaar()
    const [owner, thief] = [bazaar.browser(), bazaar.browser()]
    await owner.signIn()
    await thief.signIn()
    await bazaar.tell('account/clay-and-clover', 1, { ...all, signIn: false })
    for (const path of [
      '/seller',
      '/seller/money',
      '/seller/listings/new',
      '/seller/listings/rose-soap-bar',
    ]) {
      const { status, page } = await owner.open(path)
      expect([path, status]).toEqual([path, 403])
      expect(page).toContain(shutDoor)
    }
    for (const [path, form] of [
      ['/seller/listings/new', { title: 'x' }],
      ['/seller/listings/rose-soap-bar', { title: 'x' }],
      ['/seller/money/payouts', { to: 'bank-douro' }],
      ['/seller/money/destinations', { bank: 'Mine', iban: 'DE89370400440532013000' }],
      ['/seller/money/destinations', { remove: 'bank-douro' }],
    ] as const)
      expect([path, (await owner.post(path, form)).status]).toEqual([path, 403])
    await bazaar.tell('account/clay-and-clover', 2, all)
    // The thief asked for nothing meanwhile, and is out all the same.
    expect((await thief.open('/seller')).path).toBe('/seller/sign-in')
    expect((await owner.open('/seller')).path).toBe('/seller/sign-in')
    expect((await owner.signIn()).page).toContain('Your listings')
    expect((await thief.open('/seller')).path).toBe('/seller/sign-in')
  })

  test('whose sign-in is shut while somebody signs in has no session left over', async () => {
    await using bazaar = await openBazaar()
    const browsers = [1, 2, 3, 4].map(() => bazaar.browser())
    const signing = browsers.map((browser) => browser.signIn())
    await bazaar.tell('account/clay-and-clover', 1, { ...all, signIn: false })
    await Promise.all(signing)
    const { rows } = await bazaar.db.query('select from sessions where ended_at is null')
    expect(rows.length).toBe(0)
  })

  test('a wrong password learns nothing about a shut account', async () => {
    await using bazaar = await openBazaar()
    await bazaar.tell('account/clay-and-clover', 1, { ...all, signIn: false })
    const stranger = bazaar.browser()
    await stranger.open('/seller/sign-in')
    const form = { address: 'ines@clayandclover.example', password: 'guess' }
    const { status, page } = await stranger.post('/seller/sign-in', form)
    expect(status).toBe(422)
    expect(page).not.toContain(shutDoor)
  })

  test('that may not sell has nothing to buy and nothing to find, and others sell on', async () => {
    await using bazaar = await openBazaar()
    const customer = bazaar.browser()
    await customer.open('/products/rose-soap-bar')
    await customer.post('/basket', { put: 'rose-soap-bar' })
    const found = async (path: string) => (await customer.open(path)).page
    const shelf = '/shelves/bath-and-skin'
    for (const path of ['/search?q=soap', shelf, '/shops/clay-and-clover'])
      expect(await found(path)).toContain('href="/products/rose-soap-bar"')

    await bazaar.tell('account/clay-and-clover', 1, { ...all, sell: false })
    for (const id of ['rose-soap-bar', 'silk-sleep-mask-navy', 'plague-doctor-mask-leather']) {
      const { status, page } = await customer.open(`/products/${id}`)
      expect(status).toBe(200)
      expect(page).toContain('This seller isn’t selling at the moment')
      expect(page).toContain('your parcel is on its way')
      expect(page).not.toContain(buyButton)
    }
    for (const path of [
      '/',
      '/search?q=soap',
      '/search?q=mask',
      '/search?q=clay',
      shelf,
      '/shops/clay-and-clover',
    ])
      for (const id of ['rose-soap-bar', 'silk-sleep-mask-navy', 'kaolin-face-mask-10-sheets'])
        expect([path, id, (await found(path)).includes(`/products/${id}"`)]).toEqual([
          path,
          id,
          false,
        ])
    expect(await found('/shops/clay-and-clover')).toContain(
      'This seller isn’t selling at the moment',
    )
    expect(await found('/products/oat-bath-milk')).toContain(buyButton)
    expect(await found(shelf)).toContain('Oat bath milk')
    expect((await customer.post('/basket', { put: 'silk-sleep-mask-navy' })).path).toBe(
      '/products/silk-sleep-mask-navy',
    )
    expect(await found('/basket')).not.toContain('Order for')
    // The listing's own levers are as they were: its restoration does not wait for the account's.
    expect((await bazaar.call('GET', `/subjects/${soap}`)).body.state).toEqual(open)
    expect((await bazaar.browser().signIn()).page).toContain('Your shop is not selling just now')
  })

  test('that may sell again is found again, and the shop says sorry for a month', async () => {
    await using bazaar = await openBazaar()
    const customer = bazaar.browser()
    await bazaar.tell('account/clay-and-clover', 1, { ...all, sell: false })
    // Another lever moving meanwhile does not change since when it was away.
    await bazaar.tell('account/clay-and-clover', 2, { ...all, sell: false, addListings: false })
    bazaar.advanceDays(2)
    await bazaar.tell('account/clay-and-clover', 3, all)
    expect((await customer.open('/search?q=soap')).page).toContain('Rose soap bar')
    for (const path of ['/products/rose-soap-bar', '/shops/clay-and-clover']) {
      const { page } = await customer.open(path)
      expect(page).toContain('It’s back')
      expect(page).toMatch(/this shop’s goods off our shelves\s+\S+ \S+ and put them back\s+today/)
    }
    await bazaar.tell(soap, 1, shut)
    expect((await customer.open('/products/rose-soap-bar')).page).not.toContain('It’s back')
    bazaar.advanceDays(31)
    expect((await customer.open('/shops/clay-and-clover')).page).not.toContain('It’s back')
  })

  test('that may not add listings is refused with a sentence, and may edit what it has', async () => {
    await using bazaar = await openBazaar()
    const seller = bazaar.browser()
    await seller.signIn()
    await seller.open('/seller/listings/new')
    await bazaar.tell('account/clay-and-clover', 1, { ...all, addListings: false })
    const form = { title: 'Clay bead', category: 'Toys', price: '2' }
    const refused = await seller.post('/seller/listings/new', form)
    expect(refused.status).toBe(403)
    expect(refused.page).toContain('Adding listings is shut for your shop just now')
    const home = await seller.open('/seller/listings/new')
    expect(home.path).toBe('/seller')
    expect(home.page).toContain('Adding listings is shut for your shop just now')
    expect(home.page).not.toContain('>Add a listing<')
    // What there is lives on.
    expect((await bazaar.browser().open('/products/rose-soap-bar')).page).toContain(buyButton)
    await seller.open('/seller/listings/rose-soap-bar')
    expect(refused.page).toContain('value="Clay bead"')
    expect((await seller.open('/seller')).page).not.toContain('Clay bead')
    const edit = { title: 'Rose soap bar, large', category: 'Bath & skin', price: '8' }
    await seller.post('/seller/listings/rose-soap-bar', edit)
    expect((await seller.open('/seller')).page).toContain('Rose soap bar, large')
  })
})

test('payouts are read back letter by letter, also once their time has passed', async () => {
  await using bazaar = await openBazaar()
  for (const [sequence, state] of [
    { held: { amount: 120.5, until: '2031-12-04T10:00:00.000Z' }, onlyTo: ['pd_2', 'pd_1'] },
    { held: { amount: 0.29, until: '2020-01-01T00:00:00.000Z' }, onlyTo: null },
    { held: null, onlyTo: [] },
    { held: null, onlyTo: null },
  ].entries()) {
    await bazaar.tell('payouts/clay-and-clover', sequence + 1, state)
    const { body } = await bazaar.call('GET', '/subjects/payouts/clay-and-clover')
    // Also the order of the keys: somebody may compare the text.
    expect(JSON.stringify(body)).toBe(JSON.stringify({ sequence: sequence + 1, state }))
  }
})
