import { createOTP } from '@better-auth/utils/otp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { problemOf } from '../contract/client.ts'
import { authenticator } from '../../test/authenticator.ts'
import { cookiesOf, served, type Served } from '../../test/served.ts'

let s: Served
beforeAll(async () => {
  s = await served({}, { host: 'localhost' })
})
afterAll(async () => s[Symbol.asyncDispose]())

async function refusalOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'nothing was refused',
    (error: unknown) => problemOf(error)?.refusal ?? String(error),
  )
}

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${s.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: s.url, ...headers },
    body: JSON.stringify(body),
  })

/** A seller in a browser who just came in by a link. */
async function seller(id: string) {
  const { by } = await s.seller(id)
  const browser = await s.signIn(by)
  return { address: by, browser, client: s.clientWith(browser) }
}

/** The same with a passkey. */
async function withPasskey(id: string) {
  const person = await seller(id)
  const device = authenticator(s.url)
  const options = await person.client.security.startPasskey()
  const security = await person.client.security.addPasskey({
    name: 'Phone',
    passkey: device.create(options),
  })
  return { ...person, device, security }
}

/** The code that an app shows now, or `ahead` half minutes later. */
async function codeOf(key: string, ahead = 0): Promise<string> {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...key.replaceAll(' ', '')]
    .map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  const bytes = (bits.match(/.{8}/g) ?? []).map((eight) => parseInt(eight, 2))
  return createOTP(Uint8Array.from(bytes)).hotp(Math.floor(Date.now() / 30_000) + ahead)
}

async function withApp(id: string) {
  const person = await seller(id)
  const { key, setup } = await person.client.security.startTotp()
  const security = await person.client.security.setTotp({ setup, code: await codeOf(key) })
  return { ...person, key, security }
}

const passkeySignIn = async (
  device: ReturnType<typeof authenticator>,
  options?: Parameters<typeof device.get>[1],
) => {
  const asked = await s.nobody.session.startPasskeySignIn()
  const answer = device.get(asked, options)
  return { answer, response: await post('/v1/sign-in/passkey', { passkey: answer }) }
}

/** Makes the last proof of every session of an address this many minutes old. */
const agedBy = (address: string, minutes: number) =>
  s.owner(
    `update auth.session set "provedAt" = "provedAt" - interval '${minutes} minutes'
     where "userId" = (select id from auth."user" where email = $1)`,
    [address],
  )

const noticesOf = (sellerId: string) =>
  s.inside((tx) =>
    tx
      .selectFrom('notices')
      .select(['subject', 'body'])
      .where('seller_id', '=', sellerId)
      .where('kind', '=', 'factor')
      .orderBy('created_at')
      .execute(),
  )

describe('a passkey', () => {
  test('is added, signs in without an address, and is told to every contact', async () => {
    const { address, device, security } = await withPasskey('pass')
    expect(security).toMatchObject({
      address,
      passkeys: [{ name: 'Phone', lastUsedAt: null }],
      prove: { passkey: true, code: false, link: false },
    })
    const { response } = await passkeySignIn(device)
    expect(response.status).toBe(200)
    const again = s.clientWith({ cookie: cookiesOf(response), origin: s.url })
    expect((await again.session.getMe()).me).toMatchObject({ kind: 'seller', sellerId: 'pass' })
    const [own] = (await again.security.get()).sessions.filter(({ isThis }) => isThis)
    expect(own?.openedBy).toBe('passkey')
    expect((await again.security.get()).passkeys[0]?.lastUsedAt).not.toBeNull()

    const [notice] = await noticesOf('pass')
    expect(notice?.subject).toBe(`A passkey was added: Phone (sign-in of ${address})`)
    expect(notice?.body.link).toMatchObject({ label: 'This was not me', page: '/recovery' })
    const events = await s.inside((tx) =>
      tx.selectFrom('events').selectAll().where('seller_id', '=', 'pass').execute(),
    )
    expect(events.map(({ kind, by }) => ({ kind, by }))).toContainEqual({
      kind: 'factor.passkey_added',
      by: address,
    })
  })

  test('opens nothing once its address is no contact any more, and says no more than for a stranger’s', async () => {
    const { device, address } = await withPasskey('gone')
    await s.marketplace.facts.tellContact({
      id: 'gone-mail',
      sellerId: 'gone',
      kind: 'email',
      address,
      removedAt: '2026-11-23T09:00:00Z',
    })
    const known = (await passkeySignIn(device)).response
    const me = s.clientWith({ cookie: cookiesOf(known), origin: s.url })
    expect((await me.session.getMe()).me.kind).toBe('nobody')
    const stranger = (await passkeySignIn(authenticator(s.url))).response
    expect(stranger.status).toBe(422)
    expect(await stranger.json()).toMatchObject({ refusal: 'passkey_refused' })
  })

  test.each([
    ['of another page', { from: 'https://evil.example' }],
    ['without a finger, a face or a number', { isVerified: false }],
  ])('shown %s is refused', async (what, options) => {
    const { device } = await withPasskey(`bad-${what.split(' ')[0]}`)
    const { response } = await passkeySignIn(device, options)
    expect([response.status, cookiesOf(response)]).toEqual([422, ''])
  })

  test('shown a second time is refused, also when both come at once', async () => {
    const { device } = await withPasskey('twice')
    const { answer, response } = await passkeySignIn(device)
    expect(response.status).toBe(200)
    expect((await post('/v1/sign-in/passkey', { passkey: answer })).status).toBe(422)
    const fresh = device.get(await s.nobody.session.startPasskeySignIn())
    const both = await Promise.all(
      Array.from({ length: 4 }, () => post('/v1/sign-in/passkey', { passkey: fresh })),
    )
    expect(both.filter(({ status }) => status === 200)).toHaveLength(1)
  })

  test('answers only the challenge that was made for this use, this session and by us', async () => {
    const { device, client } = await withPasskey('swap')
    const forProof = await client.security.startProof()
    expect((await post('/v1/sign-in/passkey', { passkey: device.get(forProof) })).status).toBe(422)
    const forSignIn = await s.nobody.session.startPasskeySignIn()
    expect(await refusalOf(client.security.prove({ passkey: device.get(forSignIn) }))).toBe(
      'passkey_refused',
    )
    const guessed = { ...forSignIn, challenge: Buffer.alloc(54, 7).toString('base64url') }
    expect((await post('/v1/sign-in/passkey', { passkey: device.get(guessed) })).status).toBe(422)
    const { client: other } = await withPasskey('swap-other')
    const forOther = await other.security.startProof()
    expect(await refusalOf(client.security.prove({ passkey: device.get(forOther) }))).toBe(
      'passkey_refused',
    )
    // Somebody else's passkey proves somebody else, whoever asked for it.
    expect(
      await refusalOf(
        other.security.prove({ passkey: device.get(await other.security.startProof()) }),
      ),
    ).toBe('passkey_refused')
  })

  test('of one person cannot be added to another', async () => {
    const { device } = await withPasskey('mine')
    const { client } = await seller('thief')
    const options = await client.security.startPasskey()
    expect(
      await refusalOf(client.security.addPasskey({ name: '', passkey: device.create(options) })),
    ).toBe('passkey_refused')
  })
})

describe('an authenticator app', () => {
  test('is a second step after the link: until its code nothing opens', async () => {
    const { address, key } = await withApp('two')
    const half = await s.signIn(address)
    const client = s.clientWith(half)
    expect((await client.session.getMe()).me).toEqual({ kind: 'nobody', awaitsCode: true })
    expect(await refusalOf(client.seller.getHome())).toBe('not_signed_in')
    expect(await refusalOf(client.security.get())).toBe('not_signed_in')
    expect(await refusalOf(client.security.startPasskey())).toBe('not_signed_in')
    const wrong = await post('/v1/sign-in/code', { code: '000000' }, half)
    expect([wrong.status, cookiesOf(wrong)]).toEqual([422, ''])
    const right = await post('/v1/sign-in/code', { code: await codeOf(key, 1) }, half)
    expect(right.status).toBe(200)
    const whole = s.clientWith({ cookie: cookiesOf(right), origin: s.url })
    expect((await whole.session.getMe()).me).toMatchObject({ kind: 'seller', sellerId: 'two' })
    // The half session is over.
    expect((await client.session.getMe()).me).toEqual({ kind: 'nobody' })
  })

  test('takes each code once, also when it comes twice at once, and no older one after it', async () => {
    const { address, key } = await withApp('once')
    const browsers = [await s.signIn(address), await s.signIn(address)]
    const code = await codeOf(key, 1)
    const both = await Promise.all(
      browsers.map((browser) => post('/v1/sign-in/code', { code }, browser)),
    )
    expect(both.map(({ status }) => status).sort()).toEqual([200, 422])
    const late = await s.signIn(address)
    expect((await post('/v1/sign-in/code', { code: await codeOf(key) }, late)).status).toBe(422)
  })

  test('is not set up with a code or a picture of somebody else', async () => {
    const one = await seller('one')
    const two = await seller('other-one')
    const { key, setup } = await one.client.security.startTotp()
    const code = await codeOf(key)
    expect(await refusalOf(two.client.security.setTotp({ setup, code }))).toBe('wrong_state')
    expect(await refusalOf(one.client.security.setTotp({ setup, code: '12345' }))).toBe(
      'code_wrong',
    )
    expect(await refusalOf(one.client.security.setTotp({ setup: `${setup}x`, code }))).toBe(
      'wrong_state',
    )
  })

  test('its secret is not readable in the database', async () => {
    const { key, address } = await withApp('sealed')
    const { secret } = await s.inside((tx) =>
      tx
        .selectFrom('authenticators')
        .select('secret')
        .where('address', '=', address)
        .executeTakeFirstOrThrow(),
    )
    expect(secret).toMatch(/^[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+$/)
    expect(secret).not.toContain(key.replaceAll(' ', ''))
  })

  test('wrong codes make the next one wait and close nothing; after five the seller hears of it', async () => {
    const { address, key } = await withApp('guess')
    const half = await s.signIn(address)
    const took: number[] = []
    for (let n = 0; n < 5; n++) {
      const before = performance.now()
      expect((await post('/v1/sign-in/code', { code: `00000${n}` }, half)).status).toBe(422)
      took.push(performance.now() - before)
    }
    expect(took[4]).toBeGreaterThan(900)
    expect((await noticesOf('guess')).at(-1)?.subject).toContain('5 wrong codes were tried')
    // A second try beside the first one is told to wait its turn.
    const [first, beside] = await Promise.all([
      post('/v1/sign-in/code', { code: '000009' }, half),
      post('/v1/sign-in/code', { code: '000009' }, half),
    ])
    expect([first.status, beside.status].sort()).toEqual([422, 429])
    expect((await post('/v1/sign-in/code', { code: await codeOf(key, 1) }, half)).status).toBe(200)
  })
})

describe('saved codes', () => {
  test('are ten, kept as hashes, each good once, and the last factor takes them with it', async () => {
    const { address, client, security } = await withApp('codes')
    expect(security.savedCodes).toBeNull()
    const { codes, security: made } = await client.security.makeSavedCodes()
    expect(new Set(codes).size).toBe(10)
    expect(made.savedCodes).toMatchObject({ left: 10 })
    const kept = await s.inside((tx) =>
      tx.selectFrom('saved_codes').selectAll().where('address', '=', address).execute(),
    )
    for (const { code_hash } of kept) expect(code_hash).toMatch(/^[0-9a-f]{64}$/)

    const half = await s.signIn(address)
    const code = codes[3]!.toLowerCase().replaceAll('-', ' ')
    expect((await post('/v1/sign-in/code', { code }, half)).status).toBe(200)
    const again = await s.signIn(address)
    expect((await post('/v1/sign-in/code', { code }, again)).status).toBe(422)
    expect((await noticesOf('codes')).at(-1)?.subject).toContain('A saved code was used, and 9 are')

    // Making new ones ends the old.
    await client.security.makeSavedCodes()
    expect((await post('/v1/sign-in/code', { code: codes[4] }, again)).status).toBe(422)
    const none = await client.security.removeTotp()
    expect(none).toMatchObject({ totp: null, savedCodes: null })
  })

  test('stand in for another factor, so without one there are none', async () => {
    const { client } = await seller('bare')
    expect(await refusalOf(client.security.makeSavedCodes())).toBe('wrong_state')
  })
})

describe('what changes who can come in', () => {
  test('wants a proof of the last ten minutes, by the strongest factor that there is', async () => {
    const { address, client, device, security } = await withPasskey('fresh')
    expect(security.freshUntil).not.toBeNull()
    await agedBy(address, 11)
    const stale = await client.security.get()
    expect(stale.freshUntil).toBeNull()
    const id = stale.passkeys[0]!.id
    const changes = {
      startPasskey: () => client.security.startPasskey(),
      removePasskey: () => client.security.removePasskey({ id }),
      startTotp: () => client.security.startTotp(),
      removeTotp: () => client.security.removeTotp(),
      makeSavedCodes: () => client.security.makeSavedCodes(),
      endOtherSessions: () => client.security.endOtherSessions(),
      endSession: () => client.security.endSession({ id: 'any' }),
    }
    for (const [name, call] of Object.entries(changes))
      expect([name, await refusalOf(call())]).toEqual([name, 'proof_needed'])

    // A link is not the strongest factor of somebody with a passkey, however new it is.
    const byLink = s.clientWith(await s.signIn(address))
    expect(await refusalOf(byLink.security.startTotp())).toBe('proof_needed')
    expect(await refusalOf(byLink.security.sendProofLink())).toBe('wrong_state')

    await client.security.prove({ passkey: device.get(await client.security.startProof()) })
    const removed = await client.security.removePasskey({ id })
    expect(removed.passkeys).toEqual([])
  })

  test('for who has no factor a link is enough, and is asked for from the page', async () => {
    const { address, client } = await seller('linker')
    await agedBy(address, 11)
    expect(await refusalOf(client.security.startTotp())).toBe('proof_needed')
    expect((await client.security.get()).prove).toMatchObject({ link: true, passkey: false })
    const before = s.mails.length
    expect(await client.security.sendProofLink()).toEqual({ address })
    const mail = s.mails.at(-1)!
    expect([s.mails.length, mail.address]).toEqual([before + 1, address])
    const again = s.clientWith(await s.openMail(mail))
    expect((await again.security.startTotp()).key).toMatch(/^[A-Z2-7 ]+$/)
  })

  test('is not for links of notices, keys, or strangers', async () => {
    await s.seller('locked-out')
    const link = s.clientWith({ 'x-recourse-link': s.linkTo({ sellerId: 'locked-out' }) })
    for (const client of [link, s.marketplace, s.nobody]) {
      expect(await refusalOf(client.security.get())).toMatch(/^not_/)
      expect(await refusalOf(client.security.startPasskey())).toMatch(/^not_/)
      expect(await refusalOf(client.security.endOtherSessions())).toMatch(/^not_/)
    }
  })
})

describe('sessions', () => {
  test('are listed with what opened them, and one that is ended can do nothing on its next request', async () => {
    const { address, client } = await seller('many')
    const other = s.clientWith({ ...(await s.signIn(address)), 'user-agent': 'Test' })
    expect((await other.seller.getHome()).seller.id).toBe('many')
    const { sessions } = await client.security.get()
    expect(sessions).toHaveLength(2)
    expect(sessions.filter(({ isThis }) => isThis)).toHaveLength(1)
    const ended = sessions.find(({ isThis }) => !isThis)!
    const left = await client.security.endSession({ id: ended.id })
    expect(left.sessions).toHaveLength(1)
    expect(await refusalOf(other.seller.getHome())).toBe('not_signed_in')

    const third = s.clientWith(await s.signIn(address))
    await client.security.endOtherSessions()
    expect((await third.session.getMe()).me.kind).toBe('nobody')
    expect((await client.session.getMe()).me.kind).toBe('seller')
    // Nobody ends what is somebody else's.
    const { client: stranger } = await seller('stranger')
    const mine = (await client.security.get()).sessions[0]!
    expect(await refusalOf(stranger.security.endSession({ id: mine.id }))).toBe('not_found')
  })

  test('one browser has one: signing in again ends the one before', async () => {
    const { address, browser } = await seller('again')
    await s.signIn(address)
    const mail = s.mails.at(-1)!
    expect(mail.address).toBe(address)
    await fetch(`${s.url}/api/auth/sign-in/magic-link`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: s.url },
      body: JSON.stringify({ email: address }),
    })
    await s.openMail(s.mails.at(-1)!, { cookie: browser.cookie })
    expect((await s.clientWith(browser).session.getMe()).me.kind).toBe('nobody')
  })

  test.each([
    ['a seller’s', 'idle-seller', 6 * 24 + 23, 7 * 24 + 1],
    ['one of staff', 'idle-staff', 11, 13],
  ])('%s ends when nobody used it for so long', async (_whose, id, stillHours, overHours) => {
    const address = id.endsWith('staff') ? (await s.reviewer(id)).email : (await s.seller(id)).by
    const unused = (hours: number) =>
      s.owner(
        `update auth.session set "updatedAt" = now() - interval '${hours} hours'
         where "userId" = (select id from auth."user" where email = $1)`,
        [address],
      )
    const client = s.clientWith(await s.signIn(address))
    await unused(stillHours)
    expect((await client.session.getMe()).me.kind).not.toBe('nobody')
    await unused(overHours)
    expect((await client.session.getMe()).me.kind).toBe('nobody')
  })
})

describe('staff', () => {
  test('a link is the way in until the first passkey; after that the mailbox hears how one signs in', async () => {
    const { email } = await s.reviewer('Nora')
    const client = s.clientWith(await s.signIn(email))
    const device = authenticator(s.url)
    await client.security.addPasskey({
      name: 'Key',
      passkey: device.create(await client.security.startPasskey()),
    })
    const asked = await post('/api/auth/sign-in/magic-link', { email, callbackURL: '/' })
    expect([asked.status, await asked.json()]).toEqual([200, { status: true }])
    const mail = s.mails.at(-1)!
    expect(mail).toMatchObject({ address: email, opens: false, url: `${s.url}/sign-in` })
    const { response } = await passkeySignIn(device)
    const again = s.clientWith({ cookie: cookiesOf(response), origin: s.url })
    expect((await again.session.getMe()).me).toMatchObject({ kind: 'staff', email })
    const told = await s.inside((tx) =>
      tx.selectFrom('notices').selectAll().where('address', '=', email).execute(),
    )
    expect(told.map(({ kind, seller_id }) => [kind, seller_id])).toEqual([['factor', null]])
  })

  test('a link that was sent before the first passkey opens nothing after it', async () => {
    const { email } = await s.reviewer('Olga')
    const client = s.clientWith(await s.signIn(email))
    await post('/api/auth/sign-in/magic-link', { email, callbackURL: '/' })
    const mail = s.mails.at(-1)!
    const device = authenticator(s.url)
    await client.security.addPasskey({
      name: 'Key',
      passkey: device.create(await client.security.startPasskey()),
    })
    const { cookie } = await s.openMail(mail)
    expect((await s.clientWith({ cookie }).session.getMe()).me.kind).toBe('nobody')
  })

  test('a role that was taken away, and a person who was removed, bite on the next request', async () => {
    const { email } = await s.reviewer('Rita')
    const client = s.clientWith(await s.signIn(email))
    expect((await client.session.getMe()).me).toMatchObject({
      kind: 'staff',
      roles: expect.arrayContaining(['reviewer']),
    })
    await s.owner(`update staff set roles = '["auditor"]' where email = $1`, [email])
    expect((await client.session.getMe()).me).toMatchObject({ roles: ['auditor'] })
    await s.owner(`update staff set removed_at = now() where email = $1`, [email])
    expect((await client.session.getMe()).me.kind).toBe('nobody')
    expect(await refusalOf(client.desk.getQueue({}))).toBe('not_signed_in')
  })
})

test('without a name for an address there are no passkeys, and the page is told so', async () => {
  await using numbered = await served()
  expect(await numbered.nobody.session.getSignInWays()).toEqual({ passkeys: false, issuer: null })
  expect(await refusalOf(numbered.nobody.session.startPasskeySignIn())).toBe('passkeys_off')
})

test('nothing that lets one in stands in the log', () => {
  const told = JSON.stringify(s.logged)
  expect(told).toContain('a sign-in was refused')
  expect(told).not.toMatch(/@sellers\.example|@marketplace\.example|clientDataJSON|00000\d/)
})
