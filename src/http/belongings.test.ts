import { afterAll, beforeAll, expect, test } from 'vitest'
import { problemOf } from '../contract/client.ts'
import { undoWindow } from '../core/decision.ts'
import type { Measure } from '../core/measure.ts'
import { claimLinkAddress, makeLink } from '../operations/link.ts'
import { secret, served, type Served } from '../../test/served.ts'

let s: Served
beforeAll(async () => {
  s = await served()
})
afterAll(async () => s[Symbol.asyncDispose]())

async function refusalOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'nothing was refused',
    (error: unknown) => problemOf(error)?.refusal ?? String(error),
  )
}

async function impose(measure: Measure, id: string, kind: 'account' | 'listing' = 'account') {
  const milan = await s.reviewer(`Milan-${id}`)
  const imposed = await s.clientWith(await s.signIn(milan.email)).desk.imposeMeasure({
    subject: { kind, id },
    measure,
    policy: 'masks',
    reasons: 'Orders were placed from the address that they were shipped to.',
  })
  s.advance(undoWindow + 1_000)
  await s.fireDue()
  return imposed.decisionId
}

const byLink = (token: string) => s.clientWith({ 'x-recourse-link': token })
const exported = (headers: Record<string, string>) => fetch(`${s.url}/v1/export`, { headers })
const order = (id: string, sellerId: string, more: object = {}) => ({
  id,
  sellerId,
  listingId: `${sellerId}-l`,
  reporterId: `buyer-of-${sellerId}`,
  at: '2026-11-20T08:00:00Z',
  ...more,
})

test('a locked seller reads by the link of the notice what is to be sent, and the money', async () => {
  const { sellerId } = await s.seller('shut')
  await s.balance(sellerId, 100, 30)
  await s.listing(`${sellerId}-l`, sellerId, { title: 'Rose soap' })
  const tell = (told: Parameters<typeof s.marketplace.facts.tellOrder>[0]) =>
    s.marketplace.facts.tellOrder(told)
  await tell(order('o1', sellerId, { amount: 12.5, currency: 'EUR' }))
  await tell(order('o2', sellerId, { shipBy: '2026-11-19T08:00:00Z' }))
  await tell(order('o3', sellerId, { state: 'shipped' }))
  await tell(order('o4', sellerId, { delivered: true }))
  const decisionId = await impose('account.lock', sellerId)
  const link = byLink(s.linkTo({ sellerId, decisionId }))
  const belongings = await link.seller.getBelongings()
  expect(belongings).toMatchObject({
    account: { signIn: false },
    shutBy: { decisionId, measure: 'account.lock', is: 'is locked' },
    orders: {
      total: 2,
      toShip: [
        { id: 'o2', title: 'Rose soap', shipBy: '2026-11-19T08:00:00.000Z' },
        { id: 'o1', amount: 12.5, currency: 'EUR' },
      ],
    },
    money: { available: 100, disputed: 30, undisputed: 70, held: null, payable: 100 },
  })
  expect(belongings.money?.destinations.map(({ id, mayReceive }) => [id, mayReceive])).toEqual([
    ['old-bank', true],
    ['new-bank', false],
  ])
  // Who bought may have complained: the seller is not told.
  expect(JSON.stringify(belongings)).not.toContain('buyer-of')
})

test('the whole own file is one JSON object with everything of this seller and nothing of another', async () => {
  const { sellerId } = await s.seller('whole')
  await s.listing('whole-l', sellerId, { title: 'Kaolin mask' })
  await s.listing('whole-l', sellerId, { title: 'Kaolin face pack' })
  await s.marketplace.facts.tellOrder(order('whole-o', sellerId))
  const other = await s.seller('canary-other')
  await s.listing('canary-listing', other.sellerId, { title: 'canary mask' })
  await s.marketplace.facts.tellOrder(order('canary-order', other.sellerId))
  await s.balance(other.sellerId, 77)
  await impose('account.lock', other.sellerId)
  const decisionId = await impose('account.lock', sellerId)
  const token = s.linkTo({ sellerId, decisionId })
  const filed = await byLink(token).seller.fileAppeal({
    objections: [{ decisionId, track: 'dispute', text: 'They are gifts.' }],
  })
  const answer = await exported({ 'x-recourse-link': token })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-disposition')).toMatch(/attachment; filename="whole-\d{4}/)
  const text = await answer.text()
  expect(text).not.toMatch(/canary/)
  expect(text).not.toMatch(/buyer-of/)
  expect(text).toContain('They are gifts.')
  const file: Record<string, unknown[]> = JSON.parse(text)
  expect(file).toMatchObject({
    seller: { id: 'whole', name: 'whole & co' },
    contacts: [{ address: 'whole@sellers.example' }],
    listings: [
      { id: 'whole-l', version: 1, title: 'Kaolin mask' },
      { id: 'whole-l', version: 2, title: 'Kaolin face pack' },
    ],
    cases: [{ id: filed.id, kind: 'appeal' }],
    orders: [{ id: 'whole-o' }],
    complete: true,
  })
  expect(file['measures']).toHaveLength(2)
  expect(file['measures']?.[1]).toMatchObject({
    decisionId,
    statement: { ground: { policy: 'masks' } },
  })
  const entries = Object.values(file).reduce(
    (sum, part) => sum + (Array.isArray(part) ? part.length : 0),
    0,
  )
  expect(Number(answer.headers.get('recourse-entries'))).toBe(entries)
})

test('who is signed in has the same, and by the link of another matter or of no matter nobody has it', async () => {
  const { by, sellerId } = await s.seller('open')
  await s.listing('open-l', sellerId)
  const [taken] = await s.measures('open-l')
  const ofListing = s.linkTo({ sellerId, decisionId: taken?.decision.id ?? '' })
  // Sign-in is open: a link shows its own matter and no more.
  expect(await refusalOf(byLink(ofListing).seller.getBelongings())).toBe('sign_in_instead')
  expect((await exported({ 'x-recourse-link': ofListing })).status).toBe(403)
  const signedIn = await s.signIn(by)
  expect((await s.clientWith(signedIn).seller.getBelongings()).shutBy).toBeNull()
  expect((await exported(signedIn)).status).toBe(200)

  const decisionId = await impose('account.lock', sellerId)
  expect(await refusalOf(s.clientWith(signedIn).seller.getBelongings())).toBe('account_shut')
  expect(await refusalOf(byLink(ofListing).seller.getBelongings())).toBe('link_of_other_matter')
  expect((await exported({ 'x-recourse-link': ofListing })).status).toBe(403)
  expect((await exported({})).status).toBe(401)
  expect(await refusalOf(s.nobody.seller.getBelongings())).toBe('not_signed_in')
  expect(await refusalOf(s.marketplace.seller.getBelongings())).not.toBe('nothing was refused')

  // Another seller's decision in a link of one's own, an old link, and one that was made for something else.
  await s.seller('thief')
  const swapped = s.linkTo({ sellerId: 'thief', decisionId })
  expect(await refusalOf(byLink(swapped).seller.getBelongings())).toBe('sign_in_instead')
  const made = { secret, sellerId, decisionId, caseId: null }
  const expired = makeLink({ ...made, expiresAt: new Date(s.app.now().getTime() - 1) })
  expect(await refusalOf(byLink(expired).seller.getBelongings())).toBe('link_expired')
  expect((await exported({ 'x-recourse-link': expired })).status).toBe(410)
  const claim = claimLinkAddress(
    { sellerId, decisionId, caseId: null, number: 'R-7001' },
    { publicUrl: s.url, secret, now: s.app.now() },
  )
  const otherPurpose = claim.slice(claim.indexOf('#') + 1)
  expect(await refusalOf(byLink(otherPurpose).seller.getBelongings())).toBe('link_invalid')
  expect((await exported({ 'x-recourse-link': otherPurpose })).status).toBe(401)
})

test('while the account is secured a link opens statement and appeal, and neither data nor money', async () => {
  const { sellerId } = await s.seller('hacked')
  const decisionId = await impose('account.secure', sellerId)
  const token = s.linkTo({ sellerId, decisionId })
  expect((await byLink(token).seller.getStatement({ decisionId })).measure.decisionId).toBe(
    decisionId,
  )
  expect(await refusalOf(byLink(token).seller.getBelongings())).toBe('account_secured')
  expect((await exported({ 'x-recourse-link': token })).status).toBe(403)
})

test('who proved the mailbox is told which measure keeps the account shut, and gets the link of its notice', async () => {
  const { by, sellerId } = await s.seller('proved')
  const decisionId = await impose('account.lock', sellerId)
  const browser = await s.signIn(by)
  expect(await refusalOf(s.clientWith(browser).seller.getHome())).toBe('account_shut')
  const told = await s.clientWith(browser).session.getShutAccounts()
  expect(told).toMatchObject({
    isProved: true,
    accounts: [
      { sellerName: 'proved & co', measure: { decisionId, tag: 'Locked' }, opensBelongings: true },
    ],
  })
  const link = byLink(told.accounts[0]?.link ?? '')
  expect((await link.seller.getStatement({ decisionId })).measure.decisionId).toBe(decisionId)
  expect((await link.seller.getBelongings()).shutBy?.decisionId).toBe(decisionId)
  expect(await s.nobody.session.getShutAccounts()).toMatchObject({ isProved: false, accounts: [] })
})

test('a huge account is exported while it is read', { timeout: 60_000 }, async () => {
  const { by, sellerId } = await s.seller('huge')
  await s.inside(async (tx) => {
    const { sql } = await import('kysely')
    await sql`insert into orders (id, seller_id, listing_id, reporter_id, at, state, fact_at, received_at)
      select 'huge-' || n, ${sellerId}, 'l', 'b', now(), 'open', now(), now() from generate_series(1, 60000) n`.execute(
      tx,
    )
  })
  const answer = await exported(await s.signIn(by))
  const before = process.memoryUsage().heapUsed
  let bytes = 0
  let lines = 0
  let most = 0
  for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.length
    for (const byte of chunk) if (byte === 10) lines++
    most = Math.max(most, process.memoryUsage().heapUsed - before)
  }
  expect(lines).toBeGreaterThan(60_000)
  expect(bytes).toBeGreaterThan(6_000_000)
  // The server runs in this very process: it never holds the file.
  expect(most).toBeLessThan(150 * 1024 * 1024)
})

test('an order keeps its seller, an older word never replaces a newer one, and a stream answers line by line', async () => {
  await s.seller('first')
  await s.seller('second')
  const tell = s.marketplace.facts.tellOrder
  const told = (more: object) => tell(order('kept', 'first', more))
  expect(await told({ updatedAt: '2026-11-20T10:00:00Z' })).toEqual({
    id: 'kept',
    result: 'stored',
  })
  expect(await told({ state: 'shipped', updatedAt: '2026-11-21T10:00:00Z' })).toMatchObject({
    result: 'stored',
  })
  expect(await told({ state: 'open', updatedAt: '2026-11-20T12:00:00Z' })).toMatchObject({
    result: 'older',
  })
  expect(await told({ state: 'shipped', updatedAt: '2026-11-22T10:00:00Z' })).toMatchObject({
    result: 'unchanged',
  })
  expect(await refusalOf(tell(order('kept', 'second')))).toBe('seller_mismatch')
  expect(await refusalOf(told({ amount: 3 }))).toBe('invalid_request')
  expect(await refusalOf(told({ state: 'open', delivered: true }))).toBe('invalid_request')
  const answer = await fetch(`${s.url}/v1/orders`, {
    method: 'POST',
    headers: { authorization: `Bearer ${s.key}`, 'content-type': 'application/x-ndjson' },
    body: [order('n1', 'first'), { id: 'n2' }, order('n3', 'first')]
      .map((one) => JSON.stringify(one))
      .join('\n'),
  })
  const lines = (await answer.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { id?: string; error?: object }) // as answered
  expect(lines.map(({ id, error }) => id ?? (error && 'error'))).toEqual(['n1', 'error', 'n3'])
})
