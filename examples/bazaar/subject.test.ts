import { describe, expect, test } from 'vitest'
import { openBazaar } from '../../test/bazaar.ts'
import { transact } from './database.ts'
import { addListing } from './listing.ts'

const shut = { offered: false, searchable: false }
const open = { offered: true, searchable: true }
const soap = 'listing/rose-soap-bar'
const buyButton = 'Put it in my basket'

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
    expect(back).toContain('Sorry, <bdi>Clay &amp; Clover</bdi>')
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

  test('whose sign-in is shut is told so at the door, and an open session stands still', async () => {
    await using bazaar = await openBazaar()
    const inside = bazaar.browser()
    await inside.signIn()
    await bazaar.tell('account/clay-and-clover', 1, { ...all, signIn: false })
    const sentence = 'Signing in to this shop is shut just now'
    const refused = await bazaar.browser().signIn()
    expect(refused.status).toBe(403)
    expect(refused.page).toContain(sentence)
    expect((await inside.open('/seller')).page).toContain(sentence)
    expect((await inside.post('/seller/listings/new', { title: 'x' })).status).toBe(403)
    // Customers notice nothing.
    expect((await inside.open('/products/rose-soap-bar')).page).toContain(buyButton)
    await bazaar.tell('account/clay-and-clover', 2, all)
    expect((await inside.open('/seller')).page).toContain('Your listings')
  })

  test('a wrong password learns nothing about a shut account', async () => {
    await using bazaar = await openBazaar()
    await bazaar.tell('account/clay-and-clover', 1, { ...all, signIn: false })
    const stranger = bazaar.browser()
    await stranger.open('/seller/sign-in')
    const form = { address: 'ines@clayandclover.example', password: 'guess' }
    const { status, page } = await stranger.post('/seller/sign-in', form)
    expect(status).toBe(422)
    expect(page).not.toContain('is shut just now')
  })

  test('that may not sell has nothing for sale, and others sell on', async () => {
    await using bazaar = await openBazaar()
    const customer = bazaar.browser()
    await bazaar.tell('account/clay-and-clover', 1, { ...all, sell: false })
    for (const id of ['rose-soap-bar', 'silk-sleep-mask-navy', 'plague-doctor-mask-leather'])
      expect((await customer.open(`/products/${id}`)).page).not.toContain(buyButton)
    expect((await customer.open('/products/oat-bath-milk')).page).toContain(buyButton)
    // The listing's own levers are as they were: its restoration does not wait for the account's.
    expect((await bazaar.call('GET', `/subjects/${soap}`)).body.state).toEqual(open)
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
    expect(refused.page).toContain('value="Clay bead"')
    expect((await seller.open('/seller')).page).not.toContain('Clay bead')
    const edit = { title: 'Rose soap bar, large', category: 'Bath & skin', price: '8' }
    await seller.post('/seller/listings/rose-soap-bar', edit)
    expect((await seller.open('/seller')).page).toContain('Rose soap bar, large')
  })
})

test('payouts that are held are shown to their seller, and read back letter by letter', async () => {
  await using bazaar = await openBazaar()
  const state = {
    held: { amount: 120.5, until: '2031-12-04T10:00:00.000Z' },
    onlyTo: ['pd_1', 'pd_2'],
  }
  await bazaar.tell('payouts/clay-and-clover', 1, state)
  const { body } = await bazaar.call('GET', '/subjects/payouts/clay-and-clover')
  // Also the order of the keys: somebody may compare the text.
  expect(JSON.stringify(body)).toBe(JSON.stringify({ sequence: 1, state }))
  const seller = bazaar.browser()
  const { page } = await seller.signIn()
  expect(page).toContain('€ 120.50 is held until 4 December 2031')
  expect(page).toContain('pd_2')
  await bazaar.tell('payouts/clay-and-clover', 2, { held: null, onlyTo: null })
  expect((await seller.open('/seller')).page).toContain('paid out every Friday')
})
