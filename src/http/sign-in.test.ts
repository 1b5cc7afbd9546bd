import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cookiesOf, served, type Served } from '../../test/served.ts'

let s: Served
beforeAll(async () => {
  s = await served()
  await s.seller('clay')
  await s.seller('oak')
  await s.reviewer('Milan')
})
afterAll(async () => s[Symbol.asyncDispose]())

const address = 'clay@sellers.example'

async function newLink(email = address): Promise<string> {
  const asked = await fetch(`${s.url}/api/auth/sign-in/magic-link`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: s.url },
    body: JSON.stringify({ email, callbackURL: '/' }),
  })
  expect(asked.status).toBe(200)
  const { url } = s.mails.at(-1)!
  return new URL(url).searchParams.get('token') ?? ''
}

const open = (token: string, headers: Record<string, string> = {}) =>
  fetch(
    `${s.url}/api/auth/magic-link/verify?token=${encodeURIComponent(token)}&callbackURL=/&errorCallbackURL=/sign-in`,
    {
      redirect: 'manual',
      headers,
    },
  )

const whoIs = async (headers: Record<string, string>) =>
  (await s.clientWith(headers).session.getMe()).me

test('a link opens one session, however many open it at once', async () => {
  const token = await newLink()
  const all = await Promise.all(Array.from({ length: 8 }, () => open(token)))
  const opened = all.map(cookiesOf).filter((cookie) => cookie !== '')
  expect(opened).toHaveLength(1)
  expect(await whoIs({ cookie: opened[0]! })).toMatchObject({ kind: 'seller', sellerId: 'clay' })
  const again = await open(token)
  expect([cookiesOf(again), again.headers.get('location')]).toEqual([
    '',
    expect.stringContaining('/sign-in?error='),
  ])
})

test('a guessed, cut, changed or empty token opens nothing', async () => {
  const token = await newLink()
  for (const wrong of [
    '',
    'x',
    token.slice(0, -1),
    `${token}x`,
    token.toLowerCase(),
    token.split('').reverse().join(''),
    'a'.repeat(32),
    "' or 1=1 --",
    '../../',
    'a'.repeat(6_000),
  ])
    expect([wrong, cookiesOf(await open(wrong))]).toEqual([wrong, ''])
  expect(cookiesOf(await open(token))).not.toBe('')
})

test('a token that ran out opens nothing', async () => {
  const token = await newLink()
  await s.owner(`update auth.verification set "expiresAt" = now() - interval '1 minute'`)
  expect(cookiesOf(await open(token))).toBe('')
})

test('signing in many times at once makes as many sessions, each for its own person', async () => {
  const tokens: [string, string][] = []
  for (const id of ['clay', 'oak', 'clay', 'oak', 'clay', 'oak'])
    tokens.push([id, await newLink(`${id}@sellers.example`)])
  const seen = await Promise.all(
    tokens.map(async ([id, token]) => [id, await whoIs({ cookie: cookiesOf(await open(token)) })]),
  )
  for (const [id, me] of seen) expect(me).toMatchObject({ kind: 'seller', sellerId: id })
})

test('a session’s cookie that was changed, cut, or signed by nobody is nobody’s', async () => {
  const cookie = cookiesOf(await open(await newLink()))
  const [name = '', value = ''] = cookie.split('=')
  const decoded = decodeURIComponent(value)
  const [token = '', signature = ''] = decoded.split('.')
  const other = cookiesOf(await open(await newLink('oak@sellers.example')))
  const otherToken = decodeURIComponent(other.split('=')[1] ?? '').split('.')[0]
  for (const forged of [
    token,
    `${token}.`,
    `${token}.${signature.slice(0, -2)}`,
    // Somebody else's session under one's own signature.
    `${otherToken}.${signature}`,
    `.${signature}`,
    '%00',
    'a'.repeat(3_000),
  ])
    expect(await whoIs({ cookie: `${name}=${encodeURIComponent(forged)}` })).toEqual({
      kind: 'nobody',
    })
  expect(await whoIs({ cookie })).toMatchObject({ kind: 'seller' })
})

test('no header says who one is', async () => {
  const milan = await s.inside((tx) => tx.selectFrom('staff').selectAll().executeTakeFirstOrThrow())
  const smuggled = {
    'x-recourse-seller': 'clay',
    'x-recourse-staff': milan.id,
    'x-recourse-user': milan.email,
    'x-recourse-roles': 'administrator',
    'x-recourse-address': milan.email,
    'x-forwarded-user': milan.email,
    'x-forwarded-email': milan.email,
    'x-remote-user': milan.email,
    'x-real-ip': '127.0.0.1',
    'x-original-url': '/v1/desk/queue',
    'x-http-method-override': 'DELETE',
    cookie: 'recourse_seller=clay; recourse.session_data=x; __Host-recourse.session_token=x',
  }
  expect(await whoIs(smuggled)).toEqual({ kind: 'nobody' })
  // Signed in as one seller, the header that chooses among one's own chooses nobody else's.
  const cookie = cookiesOf(await open(await newLink('oak@sellers.example')))
  const me = await whoIs({ ...smuggled, cookie: `${cookie}; recourse_seller=clay` })
  expect(me).toMatchObject({ kind: 'seller', sellerId: 'oak' })
})

test('oversized cookies and headers are refused, and the next request is served', async () => {
  const raw = (head: string) =>
    new Promise<string>((resolve, reject) => {
      const socket = connect(Number(new URL(s.url).port), '127.0.0.1')
      let text = ''
      socket.on('data', (data) => (text += data.toString('latin1')))
      socket.on('close', () => resolve(text.split('\r\n')[0] ?? ''))
      socket.on('error', reject)
      socket.write(`GET /v1/me HTTP/1.1\r\nhost: x\r\nconnection: close\r\n${head}\r\n\r\n`)
    })
  expect(await raw(`cookie: recourse.session_token=${'a'.repeat(64 * 1024)}`)).toContain('431')
  expect(await raw(`x-recourse-link: ${'a'.repeat(64 * 1024)}`)).toContain('431')
  const many = Array.from({ length: 3_000 }, (_, n) => `c${n}=1`)
    .join('; ')
    .slice(0, 12_000)
  expect(await raw(`cookie: ${many}; recourse.session_token=x`)).toContain('200')
  expect(await raw('cookie: recourse.session_token=%ff%fe%00.%')).toContain('200')
  expect((await fetch(`${s.url}/v1/me`)).status).toBe(200)
})

test('behind https the cookie is of this host alone, and goes over https alone', async () => {
  await using secure = await served({ publicUrl: 'https://recourse.example' })
  await secure.seller('clay')
  await fetch(`${secure.url}/api/auth/sign-in/magic-link`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'https://recourse.example' },
    body: JSON.stringify({ email: address }),
  })
  const token = new URL(secure.mails.at(-1)!.url).searchParams.get('token')
  const answer = await fetch(
    `${secure.url}/api/auth/magic-link/verify?token=${token}&callbackURL=/`,
    { redirect: 'manual' },
  )
  const [cookie = ''] = answer.headers.getSetCookie()
  expect(cookie).toMatch(/^__Host-recourse\.session_token=/)
  for (const attribute of ['Secure', 'HttpOnly', 'Path=/', 'SameSite=Lax'])
    expect(cookie).toContain(attribute)
  expect(cookie).not.toMatch(/domain/i)
  const client = secure.clientWith({ cookie: cookie.split(';')[0]! })
  expect((await client.session.getMe()).me).toMatchObject({ kind: 'seller' })
})

test('nothing that was shown stands in the log', () => {
  expect(JSON.stringify(s.logged)).not.toMatch(/session_token|@sellers\.example|token=/)
})
