import { describe, expect, test } from 'vitest'
import { openBazaar } from '../../test/bazaar.ts'

type Bazaar = Awaited<ReturnType<typeof openBazaar>>
const clay = '/subjects/account/clay-and-clover'
const bank = { bank: 'Thief Bank', iban: 'GB33BUKB20201555555555' }
const soap = {
  title: 'Rose soap bar',
  description: 'Pay by gift card.',
  bullets: '',
  brand: 'Clay & Clover',
  category: 'Bath & skin',
  price: '1.00',
  attributes: '',
}

interface Told {
  id: string
  kind: string
  before: string | null
  after: string | null
  revertible: boolean
}

const changes = async (bazaar: Bazaar): Promise<Told[]> => {
  const since = encodeURIComponent(new Date(bazaar.now().getTime() - 3_600_000).toISOString())
  const { status, body } = await bazaar.call('GET', `${clay}/changes?since=${since}`)
  expect([status, body.truncated]).toEqual([200, false])
  return (body as { changes: Told[] }).changes // as the connector answers
}

let requests = 0
const post = (bazaar: Bazaar, verb: string, body: unknown, id = `msg_ability_${++requests}`) =>
  bazaar.call('POST', `${clay}/${verb}`, body, id)

/** A thief with the password changes contact, payout target, a listing twice, and adds one. */
async function hijacked(bazaar: Bazaar) {
  const thief = bazaar.browser()
  await thief.signIn()
  const { page } = await thief.open('/seller/account')
  await thief.post('/seller/account/contacts', { address: 'ines@thief.example' })
  const [, old = ''] =
    /name="remove" value="([^"]+)"/.exec((await thief.open('/seller/account')).page) ?? []
  await thief.post('/seller/account/contacts', { remove: old })
  await thief.post('/seller/money/destinations', bank)
  await thief.post('/seller/money/destinations', { remove: 'bank-douro' })
  await thief.post('/seller/listings/rose-soap-bar', soap)
  await thief.post('/seller/listings/rose-soap-bar', { ...soap, price: '0.50' })
  await thief.post('/seller/listings/new', { ...soap, title: 'Gold bar, cheap' })
  expect(page).toContain('ines@clayandclover.example')
  return thief
}

const contactsOf = async ({ db }: Bazaar) => {
  const { rows } = await db.query<{ address: string; removed: boolean }>(
    `select address, removed_at is not null as removed from contacts
     where seller_id = 'clay-and-clover' order by address`,
  )
  return rows
}

describe('a change of an account', () => {
  test('is kept with what was there before, told in order, and put back newest first', async () => {
    await using bazaar = await openBazaar()
    await hijacked(bazaar)
    const told = await changes(bazaar)
    expect(told.map(({ kind, before, after }) => [kind, before, after])).toEqual([
      ['contact', null, 'ines@thief.example'],
      ['contact', 'ines@clayandclover.example', null],
      ['payout-target', null, 'Thief Bank, ends in 5555'],
      ['payout-target', 'Banco Douro, ends in 0154', null],
      [
        'listing-changed',
        expect.stringContaining('price € 6.50'),
        expect.stringContaining('price € 1.00'),
      ],
      ['listing-changed', 'price € 1.00', 'price € 0.50'],
      ['listing-added', null, 'Gold bar, cheap, € 1.00'],
    ])
    expect(told.every(({ revertible }) => revertible)).toBe(true)
    const ids = told.map(({ id }) => id)
    const { status, body } = await post(bazaar, 'revert', { changes: ids })
    expect([status, body]).toEqual([200, { reverted: ids.toReversed(), refused: [] }])
    expect(await contactsOf(bazaar)).toEqual([
      { address: 'ines@clayandclover.example', removed: false },
      { address: 'ines@thief.example', removed: true },
    ])
    const { rows } = await bazaar.db.query(
      `select title, price_cents, description from listings where id = 'rose-soap-bar'`,
    )
    expect(rows[0]).toMatchObject({ price_cents: 650 })
    const customer = bazaar.browser()
    expect((await customer.open('/search?q=gold')).page).not.toContain('Gold bar')
    const { rows: banks } = await bazaar.db.query(
      `select id from destinations where seller_id = 'clay-and-clover' and removed_at is null order by id`,
    )
    expect(banks).toEqual([{ id: 'bank-douro' }, { id: 'bank-hanse' }])
    expect(await changes(bazaar)).toEqual([])
  })

  test('is not put back over a later one, and of two edits the later comes off first', async () => {
    await using bazaar = await openBazaar()
    await hijacked(bazaar)
    const [first, second] = (await changes(bazaar)).filter(({ kind }) => kind === 'listing-changed')
    const early = await post(bazaar, 'revert', { changes: [first!.id, 'unknown'] })
    expect(early.body).toEqual({
      reverted: [],
      refused: [
        { id: first!.id, detail: 'It was changed again after this. Put that back first.' },
        { id: 'unknown', detail: 'The bazaar knows no such change.' },
      ],
    })
    const both = await post(bazaar, 'revert', { changes: [first!.id, second!.id] })
    expect(both.body).toEqual({ reverted: [second!.id, first!.id], refused: [] })
    // Asked anew it is answered as done, and nothing moves again.
    expect((await post(bazaar, 'revert', { changes: [first!.id] })).body).toEqual({
      reverted: [first!.id],
      refused: [],
    })
  })

  test('of a password is told without it, and is nothing that is put back', async () => {
    await using bazaar = await openBazaar()
    const thief = bazaar.browser()
    await thief.signIn()
    await thief.open('/seller/account')
    const way = {
      address: 'ines@clayandclover.example',
      password: 'bazaar',
      newPassword: 'mine-now-9',
    }
    expect((await thief.post('/seller/account/way-in', { ...way, password: 'wrong' })).status).toBe(
      422,
    )
    expect((await thief.post('/seller/account/way-in', way)).page).toContain('It is changed.')
    const [change] = await changes(bazaar)
    expect(change).toMatchObject({ kind: 'sign-in', revertible: false })
    expect(JSON.stringify(change)).not.toContain('mine-now-9')
    const { body } = await post(bazaar, 'revert', { changes: [change!.id] })
    expect(body).toMatchObject({ reverted: [], refused: [{ id: change!.id }] })
  })

  test('is told to Recourse by whom and from where, and so is signing in', async () => {
    await using bazaar = await openBazaar()
    await hijacked(bazaar)
    const { rows } = await bazaar.db.query<{ body: string }>(
      `select body from facts where path = '/v1/security-events' and seller_id = 'clay-and-clover'
       order by place offset 3`,
    )
    const told = rows.map(({ body }) => JSON.parse(body) as Record<string, unknown>)
    expect(told.map(({ kind }) => kind)).toEqual([
      'sign-in',
      'contact-changed',
      'contact-changed',
      'payout-target-changed',
      'payout-target-changed',
      'listings-changed',
      'listings-changed',
      'listings-changed',
    ])
    expect(new Set(told.map(({ device }) => device)).size).toBe(1)
    expect(JSON.stringify(told)).not.toContain('GB33BUKB20201555555555')
  })
})

describe('access', () => {
  test('is reset: every session ends, the password is no longer good, and a link that is good once makes a new one', async () => {
    await using bazaar = await openBazaar({ isDemo: true })
    const thief = await hijacked(bazaar)
    const id = 'msg_reset'
    const body = { address: 'Ines@home.example' }
    expect((await post(bazaar, 'reset-access', body, id)).status).toBe(204)
    expect((await post(bazaar, 'reset-access', body, id)).status).toBe(204)
    expect((await thief.open('/seller')).path).toBe('/seller/sign-in')
    expect((await thief.signIn()).status).toBe(422)
    const owner = bazaar.browser()
    const { page } = await owner.open('/mailbox')
    const links = [...page.matchAll(/href="https:\/\/bazaar\.example(\/seller\/way-in\/[^"]+)"/g)]
    expect(links).toHaveLength(1)
    const [, link = ''] = links[0] ?? []
    expect((await owner.open(link)).page).toContain('ines@home.example')
    expect((await owner.post(link, { password: 'short' })).status).toBe(422)
    expect((await owner.post(link, { password: 'a-long-one-1' })).path).toBe('/seller/sign-in')
    expect((await owner.open(link)).status).toBe(404)
    expect((await owner.signIn('ines@home.example', 'a-long-one-1')).path).toBe('/seller')
  })

  test('is not given to the address of another seller, and not without one', async () => {
    await using bazaar = await openBazaar()
    const of = (address: unknown) => post(bazaar, 'reset-access', { address })
    expect((await of('erik@lindqvist.example')).status).toBe(409)
    for (const address of ['', 'no', 7, null, 'a b@c.example'])
      expect([address, (await of(address)).status]).toEqual([address, 400])
    expect((await bazaar.browser().signIn()).path).toBe('/seller')
  })
})

test('sessions end once for one request, and the next request counts those since', async () => {
  await using bazaar = await openBazaar()
  const [one, other] = [bazaar.browser(), bazaar.browser()]
  await one.signIn()
  await other.signIn()
  const because = ['dec_1']
  expect((await post(bazaar, 'end-sessions', { because }, 'msg_a')).body).toEqual({ ended: 2 })
  expect((await post(bazaar, 'end-sessions', { because }, 'msg_a')).body).toEqual({ ended: 2 })
  expect((await post(bazaar, 'end-sessions', { because }, 'msg_b')).body).toEqual({ ended: 0 })
  expect((await one.open('/seller')).path).toBe('/seller/sign-in')
  const nobody = await bazaar.call('POST', '/subjects/account/nobody/end-sessions', {}, 'msg_c')
  expect(nobody.status).toBe(404)
})

test('a seller sees where they are signed in, and ends the others', async () => {
  await using bazaar = await openBazaar()
  const [one, other] = [bazaar.browser(), bazaar.browser()]
  await one.signIn()
  await other.signIn()
  const { page } = await one.open('/seller/account')
  expect(page.match(/since today/g)).toHaveLength(2)
  await one.post('/seller/account/sessions', {})
  expect((await one.open('/seller/account')).status).toBe(200)
  expect((await other.open('/seller')).path).toBe('/seller/sign-in')
})

test('the last address stays, and none is taken that is no address', async () => {
  await using bazaar = await openBazaar()
  const seller = bazaar.browser()
  await seller.signIn()
  await seller.open('/seller/account')
  const remove = 'contact-clay-and-clover'
  expect((await seller.post('/seller/account/contacts', { remove })).status).toBe(404)
  for (const address of ['no', 'a@b', '<script>@x.example y', 'ines@clayandclover.example'])
    expect((await seller.post('/seller/account/contacts', { address })).status).toBe(422)
  expect(await contactsOf(bazaar)).toEqual([
    { address: 'ines@clayandclover.example', removed: false },
  ])
})
