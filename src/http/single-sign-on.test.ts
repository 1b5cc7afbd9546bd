import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cookiesOf, served, type Served } from '../../test/served.ts'

/** What the issuer knows of who signs in next. */
const account = { email: 'milan@marketplace.example', verified: true }
let issuer: { url: string; server: Server }
let s: Served

beforeAll(async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://localhost:${(server.address() as AddressInfo).port}`
  issuer = { url, server }
  s = await served(
    {
      issuer: {
        url,
        clientId: 'recourse',
        clientSecret: 'a secret of the client',
        name: 'localhost',
      },
    },
    { host: 'localhost' },
  )
  const provider = new Provider(url, {
    clients: [
      {
        client_id: 'recourse',
        client_secret: 'a secret of the client',
        redirect_uris: [`${s.url}/sign-in/sso/back`],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    pkce: { required: () => true },
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    // The address comes in the token itself.
    conformIdTokenClaims: false,
    cookies: { keys: ['a key for the cookies of the test'] },
    features: { devInteractions: { enabled: true } },
    findAccount: (_ctx, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email: account.email, email_verified: account.verified }),
    }),
  })
  // What it would say of its own keys and of plain HTTP is known here.
  const answer = provider.callback()
  server.on('request', (request, response) => void answer(request, response))
  await s.reviewer('Milan')
  await s.seller('clay')
})
afterAll(async () => {
  issuer.server.closeAllConnections()
  await new Promise((resolve) => issuer.server.close(resolve))
  await s[Symbol.asyncDispose]()
})

/** A browser of one person: it keeps cookies by host and follows what it is sent to. */
function browser() {
  const jars = new Map<string, Map<string, string>>()
  const self = {
    cookies: (origin: string) =>
      [...(jars.get(origin) ?? [])].map(([name, value]) => `${name}=${value}`).join('; '),
    async open(url: string | URL, form?: URLSearchParams): Promise<Response> {
      const { origin } = new URL(url)
      const answer = await fetch(url, {
        redirect: 'manual',
        headers: { cookie: self.cookies(origin) },
        ...(form ? { method: 'POST', body: form } : {}),
      })
      const jar = jars.get(origin) ?? new Map<string, string>()
      jars.set(origin, jar)
      for (const one of answer.headers.getSetCookie()) {
        const [pair = ''] = one.split(';')
        const at = pair.indexOf('=')
        if (pair.slice(at + 1) === '' || /expires=Thu, 01 Jan 1970/i.test(one))
          jar.delete(pair.slice(0, at))
        else jar.set(pair.slice(0, at), pair.slice(at + 1))
      }
      return answer
    },
  }
  return self
}

const next = (answer: Response, from: string) => new URL(answer.headers.get('location') ?? '', from)

/** From our door through the issuer's pages to the address that it sends back to. */
async function throughIssuer(person: ReturnType<typeof browser>, path = '/sign-in/sso') {
  let at = next(await person.open(`${s.url}${path}`), s.url)
  for (let steps = 0; steps < 12 && at.origin === issuer.url; steps++) {
    const answer = await person.open(at)
    if (answer.status >= 300 && answer.status < 400) {
      at = next(answer, at.href)
      continue
    }
    const page = await answer.text()
    const action = /<form[^>]*action="([^"]+)"/.exec(page)?.[1] ?? ''
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1] ?? ''
    const form = new URLSearchParams({ prompt, login: account.email, password: 'x' })
    at = next(await person.open(new URL(action, at), form), at.href)
  }
  return at
}

const meOf = async (person: ReturnType<typeof browser>) =>
  (await s.clientWith({ cookie: person.cookies(s.url) }).session.getMe()).me

test('a person of staff comes in by their organisation’s sign-in, with the roles that we gave', async () => {
  const person = browser()
  const back = await throughIssuer(person, '/sign-in/sso?to=/desk/sellers')
  expect(back.href).toContain(`${s.url}/sign-in/sso/back?code=`)
  const answer = await person.open(back)
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/desk/sellers'])
  expect(await meOf(person)).toMatchObject({
    kind: 'staff',
    roles: expect.arrayContaining(['reviewer']),
  })
  const client = s.clientWith({ cookie: person.cookies(s.url), origin: s.url })
  const security = await client.security.get()
  // They proved themselves there just now, and have nothing stronger here.
  expect(security.freshUntil).not.toBeNull()
  expect(security.prove).toMatchObject({ issuer: 'localhost', link: false })
})

test('the way there asks for a code bound to this browser: state, nonce and PKCE by S256', async () => {
  const asked = next(await browser().open(`${s.url}/sign-in/sso`), s.url)
  expect(Object.fromEntries(asked.searchParams)).toMatchObject({
    response_type: 'code',
    scope: 'openid email',
    code_challenge_method: 'S256',
    state: expect.stringMatching(/^.{20,}$/),
    nonce: expect.stringMatching(/^.{20,}$/),
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
  })
})

test.each([
  ['a seller’s address', { email: 'clay@sellers.example', verified: true }],
  ['an address of nobody', { email: 'who@nowhere.example', verified: true }],
  [
    'an address that the issuer did not check',
    { email: 'milan@marketplace.example', verified: false },
  ],
])('%s opens nothing', async (_what, told) => {
  const before = { ...account }
  Object.assign(account, told)
  const person = browser()
  const answer = await person.open(await throughIssuer(person))
  Object.assign(account, before)
  expect(answer.headers.get('location')).toBe('/sign-in?error=sso')
  expect(cookiesOf(answer)).toBe('')
  expect((await meOf(person)).kind).toBe('nobody')
})

test('an answer for another browser, with another state, or shown again opens nothing', async () => {
  const person = browser()
  const back = await throughIssuer(person)
  const stranger = await browser().open(back)
  expect(stranger.headers.get('location')).toBe('/sign-in?error=sso')

  const other = browser()
  await other.open(`${s.url}/sign-in/sso`)
  expect((await other.open(back)).headers.get('location')).toBe('/sign-in?error=sso')

  const cookie = person.cookies(s.url)
  expect((await person.open(back)).status).toBe(303)
  const replayed = await fetch(back, { redirect: 'manual', headers: { cookie } })
  expect(replayed.headers.get('location')).toBe('/sign-in?error=sso')

  const third = browser()
  const forged = await throughIssuer(third)
  forged.searchParams.set('code', 'guessed')
  expect((await third.open(forged)).headers.get('location')).toBe('/sign-in?error=sso')
  const reasons = s.logged.map(({ detail }) => String(detail?.['why']))
  expect(reasons).toContain('the answer was shown before')
  expect(JSON.stringify(s.logged)).not.toMatch(/guessed|code=|a secret of the client/)
})

test('whoever is removed from staff is out on the next request, whatever the issuer says', async () => {
  const { email } = await s.reviewer('Zoe')
  const before = { ...account }
  Object.assign(account, { email })
  const person = browser()
  await person.open(await throughIssuer(person))
  expect((await meOf(person)).kind).toBe('staff')
  await s.owner('update staff set removed_at = now() where email = $1', [email])
  expect((await meOf(person)).kind).toBe('nobody')
  const again = browser()
  expect((await again.open(await throughIssuer(again))).headers.get('location')).toBe(
    '/sign-in?error=sso',
  )
  Object.assign(account, before)
})

test('with an issuer there are no links for staff, also before a first passkey', async () => {
  await fetch(`${s.url}/api/auth/sign-in/magic-link`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: s.url },
    body: JSON.stringify({ email: 'milan@marketplace.example' }),
  })
  expect(s.mails.at(-1)).toMatchObject({ address: 'milan@marketplace.example', opens: false })
})

test('without an issuer there is no such door', async () => {
  await using other = await served()
  for (const path of ['/sign-in/sso', '/sign-in/sso/back?code=x&state=y'])
    expect((await fetch(`${other.url}${path}`, { redirect: 'manual' })).status).toBe(404)
})
