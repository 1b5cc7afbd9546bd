import { describe, expect, test } from 'vitest'
import { openBazaar } from '../../test/bazaar.ts'

const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '‮gnp.exe',
  '𝕿𝖊𝖆 🫖',
  "'; drop table listings; --",
  '${7*7} {{7*7}} &amp;',
]

describe('customers', () => {
  test('find goods by their words, whatever the ending, and are told when there are none', async () => {
    await using bazaar = await openBazaar()
    const customer = bazaar.browser()
    const masks = (await customer.open('/search?q=masks')).page
    for (const title of [
      'Silk sleep mask, navy',
      'Argan oil hair mask, 250 ml',
      'Plague doctor mask, leather',
    ])
      expect(masks).toContain(title)
    expect(masks).not.toContain('Rose soap bar')
    expect((await customer.open('/search?q=zeppelin')).page).toContain(
      'Nothing on our shelves speaks of',
    )
    expect((await customer.open('/search')).page).toContain('Type what you are looking for')
  })

  test('type what they like into the search, and it is only ever words', async () => {
    await using bazaar = await openBazaar()
    const customer = bazaar.browser()
    for (const words of [
      ...hostile,
      '%',
      "'",
      '\\',
      ':*',
      '&|!()',
      '"',
      'a\0b',
      'x'.repeat(5_000),
      '<->',
    ]) {
      const { status, page } = await customer.open(`/search?q=${encodeURIComponent(words)}`)
      expect([words, status]).toEqual([words, 200])
      expect(page).not.toContain('<script>alert')
      expect(page).not.toContain('<img src=x')
    }
    for (const query of ['q=a&q=b', 'q[]=a', 'q=%ff', 'q'])
      expect((await customer.open(`/search?${query}`)).status).toBe(200)
  })

  test('keep a basket, take things out of it, and cannot overfill it', async () => {
    await using bazaar = await openBazaar()
    const customer = bazaar.browser()
    await customer.open('/products/rose-soap-bar')
    await customer.post('/basket', { put: 'rose-soap-bar' })
    await customer.post('/basket', { put: 'rose-soap-bar' })
    const { page } = await customer.post('/basket', { put: 'oat-bath-milk' })
    expect(page).toContain('Basket (3)')
    expect(page).toContain('€ 27.00')
    for (let i = 0; i < 7; i++) await customer.post('/basket', { put: 'rose-soap-bar' })
    expect((await customer.post('/basket', { put: 'rose-soap-bar' })).page).toContain(
      'takes no more',
    )
    expect((await customer.post('/basket', { take: 'rose-soap-bar' })).page).toContain('Basket (1)')
    expect((await customer.post('/basket', { take: 'oat-bath-milk' })).page).toContain(
      'Your basket is empty',
    )
  })

  test('with a basket that somebody meddled with still get a page', async () => {
    await using bazaar = await openBazaar()
    const customer = bazaar.browser()
    for (const cookie of [
      '%',
      '9*%00|x|*|1*',
      '1*nothing-here',
      `1*${'x'.repeat(500)}`,
      '0*rose-soap-bar',
      '2*rose-soap-bar*',
    ]) {
      customer.cookies.set('basket', cookie)
      expect((await customer.open('/basket')).status).toBe(200)
    }
  })

  test('a form from elsewhere changes nothing', async () => {
    await using bazaar = await openBazaar()
    const customer = bazaar.browser()
    await customer.open('/products/rose-soap-bar')
    const refused = await customer.post('/basket', { put: 'rose-soap-bar', token: 'forged' })
    expect(refused.status).toBe(403)
    expect(refused.page).toContain('Nothing was changed')
    const elsewhere = bazaar.browser()
    expect((await elsewhere.post('/basket', { put: 'rose-soap-bar' })).status).toBe(403)
    expect((await elsewhere.open('/basket')).page).toContain('Your basket is empty')
    const json = await fetch(`${bazaar.url}/basket`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    })
    expect(json.status).toBe(415)
  })

  test('at an address where nothing is get a page that says so', async () => {
    await using bazaar = await openBazaar()
    const customer = bazaar.browser()
    for (const path of [
      '/nowhere',
      '/products/none',
      '/products/%00',
      '/shops/none',
      '/shelves/none',
      '/products/constructor',
    ]) {
      const { status, page } = await customer.open(path)
      expect([path, status]).toEqual([path, 404])
      expect(page).toContain('There is nothing at this address')
    }
    expect((await customer.open('/products/%ff')).status).toBe(400)
  })

  test('every page forbids what it does not need', async () => {
    await using bazaar = await openBazaar()
    for (const path of ['/', '/seller/sign-in', '/nowhere', '/style.css', '/connector']) {
      const { headers, page } = await bazaar.browser().open(path)
      expect(headers.get('content-security-policy')).toContain("default-src 'none'")
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      // The policy forbids these, so a page that had them would look broken.
      expect(page).not.toMatch(/<[^>]+ style=|<script|<style/)
    }
  })
})

describe('sellers', () => {
  test('sign in with their own password only, and the demo shows it only when it is one', async () => {
    await using bazaar = await openBazaar({ isDemo: true })
    const seller = bazaar.browser()
    expect((await seller.open('/seller')).path).toBe('/seller/sign-in')
    expect((await seller.open('/seller/sign-in')).page).toContain('<strong>bazaar</strong>')
    for (const [address, password] of [
      ['ines@clayandclover.example', 'Bazaar'],
      ['nobody@example.com', 'bazaar'],
      ['\0', '\0'],
      ['', ''],
    ] as const) {
      const { status, page } = await seller.post('/seller/sign-in', { address, password })
      expect(status).toBe(422)
      expect(page).toContain('do not belong together')
    }
    expect((await seller.signIn(' INES@clayandclover.example ')).page).toContain(
      'Clay &amp; Clover</bdi></h1>',
    )
    expect((await seller.post('/seller/sign-out', {})).path).toBe('/')
    expect((await seller.open('/seller')).path).toBe('/seller/sign-in')

    await using quiet = await openBazaar()
    expect((await quiet.browser().open('/seller/sign-in')).page).not.toContain(
      '<strong>bazaar</strong>',
    )
    const { rows } = await quiet.db.query<{ hash: string }>(
      'select password_hash as hash from sign_ins',
    )
    for (const { hash } of rows) expect(hash).not.toContain('bazaar')
    expect(new Set(rows.map(({ hash }) => hash)).size).toBe(4)
  })

  test('get a sentence beside each field that cannot be taken, and keep what they typed', async () => {
    await using bazaar = await openBazaar()
    const seller = bazaar.browser()
    await seller.signIn()
    await seller.open('/seller/listings/new')
    const form = {
      title: ' ',
      description: 'Kept as typed',
      category: 'Weapons',
      price: 'much',
      attributes: 'shiny',
    }
    const { status, page } = await seller.post('/seller/listings/new', form)
    expect(status).toBe(422)
    for (const words of [
      '4 fields need another look',
      'Kept as typed',
      'Choose the shelf',
      'Write the price',
      '“shiny”',
      'aria-invalid',
    ])
      expect(page).toContain(words)
    for (const [field, value] of [
      ['title', 'x'.repeat(201)],
      ['title', 'a\0b'],
      ['description', 'x'.repeat(5_001)],
      ['bullets', 'a\n'.repeat(11)],
      ['price', '0'],
      ['price', '100000'],
      ['price', '-1'],
      ['price', '1.999'],
      ['attributes', 'a: 1\na: 2'],
      ['attributes', ': x'],
      ['attributes', Array.from({ length: 31 }, (_, i) => `k${i}: v`).join('\n')],
    ] as const) {
      const good = { title: 'Thing', category: 'Toys', price: '1' }
      const refused = await seller.post('/seller/listings/new', { ...good, [field]: value })
      expect([field, value.slice(0, 20), refused.status]).toEqual([field, value.slice(0, 20), 422])
    }
    const huge = await seller.post('/seller/listings/new', { title: 'x'.repeat(1_000_000) })
    expect(huge.status).toBe(413)
    const { rows } = await bazaar.db.query('select from listings')
    expect(rows.length).toBe(19)
  })

  test('write what they like, and every page shows it as it was written', async () => {
    await using bazaar = await openBazaar()
    const seller = bazaar.browser()
    await seller.signIn()
    for (const text of hostile) {
      await seller.open('/seller/listings/new')
      const form = {
        title: text,
        description: text,
        bullets: text,
        brand: text,
        category: 'Toys',
        price: '1',
        attributes: `${text.replaceAll(':', '')}: ${text}`,
      }
      const home = await seller.post('/seller/listings/new', form)
      expect([text, home.path]).toEqual([text, '/seller'])
      const { rows } = await bazaar.db.query<{ id: string; title: string }>(
        'select id, title from listings order by created_at desc limit 1',
      )
      expect(rows[0]!.title).toBe(text)
      for (const path of [
        `/products/${rows[0]!.id}`,
        '/seller',
        '/shelves/toys',
        `/seller/listings/${rows[0]!.id}`,
      ]) {
        const { status, page } = await seller.open(path)
        expect(status).toBe(200)
        expect(page).not.toContain('<script>alert')
        expect(page).not.toContain('<img src=x')
      }
    }
  })

  test('change their own listings, and nobody else’s', async () => {
    await using bazaar = await openBazaar()
    const seller = bazaar.browser()
    await seller.signIn()
    expect((await seller.open('/seller/listings/rose-soap-bar')).page).toContain('Rose soap bar')
    const form = { title: 'Mine now', category: 'Tools', price: '1' }
    expect((await seller.open('/seller/listings/hand-plane-no-4')).status).toBe(404)
    expect((await seller.post('/seller/listings/hand-plane-no-4', form)).status).toBe(404)
    expect((await seller.open('/products/hand-plane-no-4')).page).toContain('Hand plane No. 4')
    const stranger = bazaar.browser()
    await stranger.open('/seller/sign-in')
    expect((await stranger.post('/seller/listings/rose-soap-bar', form)).path).toBe(
      '/seller/sign-in',
    )
  })

  test('see how each listing stands in the shop, with the way to contest it beside it', async () => {
    await using bazaar = await openBazaar()
    await bazaar.tell('listing/rose-soap-bar', 1, { offered: false, searchable: false })
    await bazaar.tell('listing/silk-sleep-mask-navy', 1, { offered: true, searchable: false })
    const { page } = await bazaar.browser().signIn()
    expect(page).toContain('6 of your 7 listings are for sale')
    expect(page).toContain('Off sale')
    expect(page).toContain('Not in search')
    expect(page).toContain('href="https://recourse.example"')
  })
})
