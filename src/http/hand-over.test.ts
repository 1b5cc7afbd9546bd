import { generateKeyPairSync } from 'node:crypto'
import { SignJWT, UnsecuredJWT, type JWTPayload } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { problemOf } from '../contract/client.ts'
import { cookiesOf, served, type Served } from '../../test/served.ts'

const shared = 'a secret that only the shop and Recourse know'
const key = new TextEncoder().encode(shared)

let s: Served
beforeAll(async () => {
  s = await served({ handOverSecret: shared })
  await s.seller('clay')
  await s.seller('oak')
})
afterAll(async () => s[Symbol.asyncDispose]())

const now = () => Math.floor(Date.now() / 1000)
let made = 0

const claims = (changes: JWTPayload = {}): JWTPayload => ({
  iss: 'the-shop',
  aud: s.url,
  sub: 'clay',
  email: 'clay@sellers.example',
  iat: now(),
  exp: now() + 60,
  jti: `token-number-${++made}`,
  ...changes,
})

const signed = (payload: JWTPayload, { by = key, alg = 'HS256' } = {}) =>
  new SignJWT(payload).setProtectedHeader({ alg }).sign(by)

const handOver = (token: string, fields: Record<string, string> = {}, accept = '*/*') =>
  fetch(`${s.url}/sign-in/hand-over`, {
    method: 'POST',
    redirect: 'manual',
    headers: { accept, origin: 'https://shop.example' },
    body: new URLSearchParams({ token, ...fields }),
  })

async function refused(
  token: string,
): Promise<{ status: number; detail: string; cookies: string }> {
  const answer = await handOver(token)
  const { detail = '', refusal } = (await answer.json()) as { detail?: string; refusal: string }
  expect(refusal).toBe('hand_over_refused')
  return { status: answer.status, detail, cookies: cookiesOf(answer) }
}

test('a seller whom the shop hands over is signed in as that seller, and as no other', async () => {
  // The same address is a contact of both.
  await s.marketplace.facts.tellContact({
    id: 'oak-clay',
    sellerId: 'oak',
    kind: 'email',
    address: 'clay@sellers.example',
  })
  const answer = await handOver(await signed(claims({ sub: 'oak' })), { to: '/measures' })
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/measures'])
  const browser = { cookie: cookiesOf(answer), origin: s.url }
  const client = s.clientWith(browser)
  expect((await client.session.getMe()).me).toMatchObject({ kind: 'seller', sellerId: 'oak' })
  const asClay = s.clientWith({ ...browser, 'x-recourse-seller': 'clay' })
  expect((await asClay.session.getMe()).me).toMatchObject({ sellerId: 'oak' })
  // By the contact's id as well.
  const byId = claims({ contact: 'clay-mail', email: undefined })
  expect((await handOver(await signed(byId))).status).toBe(303)
})

test('the shop’s word is not fresh: it changes nothing of what lets one in', async () => {
  const answer = await handOver(await signed(claims()))
  const client = s.clientWith({ cookie: cookiesOf(answer), origin: s.url })
  const security = await client.security.get()
  expect(security).toMatchObject({ freshUntil: null, prove: { link: true } })
  expect(security.sessions.find(({ isThis }) => isThis)?.openedBy).toBe('hand-over')
  const refusal = await client.security.startTotp().then(
    () => null,
    (error: unknown) => problemOf(error)?.refusal,
  )
  expect(refusal).toBe('proof_needed')
})

test('leads only to pages of ours', async () => {
  const answer = await handOver(await signed(claims()), { to: 'https://evil.example/' })
  expect(answer.headers.get('location')).toBe('/')
})

test('a token is good once, also when it comes many times at once', async () => {
  const token = await signed(claims())
  const all = await Promise.all(Array.from({ length: 8 }, () => handOver(token)))
  expect(all.filter(({ status }) => status === 303)).toHaveLength(1)
  expect((await refused(token)).detail).toContain('used before')
})

test('a forged, expired, far-reaching or foreign token opens nothing and is told why', async () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const rs256 = await new SignJWT(claims()).setProtectedHeader({ alg: 'RS256' }).sign(privateKey)
  const good = await signed(claims())
  const [head = '', body = '', signature = ''] = good.split('.')
  const swapped = Buffer.from(JSON.stringify(claims({ sub: 'oak' }))).toString('base64url')
  const cases: [string, string, RegExp][] = [
    ['nothing', '', /not a token/],
    ['no token', 'hello', /not a token/],
    ['another key', await signed(claims(), { by: new Uint8Array(32).fill(7) }), /signature/],
    ['alg none', new UnsecuredJWT(claims()).encode(), /HS256|not a token|signature/],
    [
      'alg none by hand',
      `${Buffer.from('{"alg":"none"}').toString('base64url')}.${body}.`,
      /HS256|not a token/,
    ],
    ['RS256', rs256, /HS256/],
    ['HS512', await signed(claims(), { alg: 'HS512' }), /HS256/],
    ['another body', `${head}.${swapped}.${signature}`, /signature/],
    ['a cut signature', good.slice(0, -4), /signature/],
    ['run out', await signed(claims({ iat: now() - 100, exp: now() - 30 })), /run out/],
    ['made long ago', await signed(claims({ iat: now() - 300, exp: now() + 30 })), /run out/],
    ['of the future', await signed(claims({ iat: now() + 300, exp: now() + 360 })), /cannot be/],
    ['good for too long', await signed(claims({ exp: now() + 3_600 })), /120 seconds/],
    ['for another', await signed(claims({ aud: 'https://other.example' })), /aud/],
    ['without an end', await signed({ ...claims(), exp: undefined }), /lacks/],
    ['without a jti', await signed({ ...claims(), jti: undefined }), /lacks/],
    ['without an issuer', await signed({ ...claims(), iss: undefined }), /lacks/],
    ['a jti that is no text', await signed({ ...claims(), jti: 7 as never }), /texts/],
    ['naming nobody', await signed({ ...claims(), email: undefined }), /one of them only/],
    ['naming two', await signed(claims({ contact: 'clay-mail' })), /one of them only/],
    ['a stranger', await signed(claims({ email: 'who@nowhere.example' })), /contact is not one/],
    [
      'another seller’s',
      await signed(claims({ email: 'oak@sellers.example' })),
      /contact is not one/,
    ],
    ['no such seller', await signed(claims({ sub: 'nobody' })), /contact is not one/],
    ['endless', 'a.'.repeat(4_000), /longer/],
  ]
  for (const [name, token, why] of cases)
    expect([name, await refused(token)]).toEqual([
      name,
      { status: 401, detail: expect.stringMatching(why), cookies: '' },
    ])
  const told = JSON.stringify(s.logged)
  expect(told).toContain('hand-over')
  // What was shown stands in no log, and neither does whom it named.
  for (const secret of [signature, shared, 'nowhere.example', 'sellers.example'])
    expect(told).not.toContain(secret)
})

test('a contact that was removed is handed over no more, and its open session ends at once', async () => {
  await s.seller('leaver')
  const own = { sub: 'leaver', email: 'leaver@sellers.example' }
  const answer = await handOver(await signed(claims(own)))
  const client = s.clientWith({ cookie: cookiesOf(answer), origin: s.url })
  expect((await client.session.getMe()).me.kind).toBe('seller')
  await s.marketplace.facts.tellContact({
    id: 'leaver-mail',
    sellerId: 'leaver',
    kind: 'email',
    address: own.email,
    removedAt: '2026-11-23T09:00:00Z',
  })
  expect((await client.session.getMe()).me.kind).toBe('nobody')
  expect((await refused(await signed(claims(own)))).detail).toContain('contact is not one')
})

test('in an address a token opens nothing, and people read a page', async () => {
  const token = await signed(claims())
  const inAddress = await fetch(`${s.url}/sign-in/hand-over?token=${token}`, { redirect: 'manual' })
  expect([inAddress.status === 303, cookiesOf(inAddress)]).toEqual([false, ''])
  const page = await handOver('hello', {}, 'text/html')
  expect([page.status, page.headers.get('content-type')]).toEqual([401, 'text/html; charset=utf-8'])
  expect(await page.text()).toContain('Go back to the shop')
})

test('without a secret nobody is handed over', async () => {
  await using other = await served()
  const answer = await fetch(`${other.url}/sign-in/hand-over`, {
    method: 'POST',
    body: new URLSearchParams({ token: await signed(claims()) }),
  })
  expect([answer.status, await answer.json()]).toMatchObject([
    401,
    { detail: expect.stringContaining('RECOURSE_HANDOVER_SECRET') },
  ])
})

test('used tokens are forgotten once they could not be shown again', async () => {
  await s.owner(`update used_tokens set expires_at = now() - interval '1 minute'`)
  await handOver(await signed(claims()))
  const left = await s.inside((tx) => tx.selectFrom('used_tokens').selectAll().execute())
  expect(left).toHaveLength(1)
})
