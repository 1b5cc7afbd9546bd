import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { problemOf } from '../contract/client.ts'
import type { Problem } from '../contract/problem.ts'
import { addStaff } from '../operations/staff.ts'
import { served, type Served } from '../../test/served.ts'

let s: Served
beforeAll(async () => {
  s = await served()
})
afterAll(async () => s[Symbol.asyncDispose]())

/** The problem that a call ends with. */
async function refusalOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'nothing was refused',
    (error: unknown) => problemOf(error)?.refusal ?? String(error),
  )
}

const mask = { title: 'Clay face mask', description: 'Rinse off after ten minutes.' }

describe('a listing, there and back over HTTP', () => {
  test('the client speaks every step of the way, from the fact to the lifted measure', async () => {
    const { marketplace, url } = s
    const seller = await s.seller('clay')
    expect(
      await marketplace.facts.tellListing({ id: 'there-and-back', sellerId: 'clay', ...mask }),
    ).toEqual({ id: 'there-and-back', result: 'stored', version: 1 })
    await s.listing('there-and-back', 'clay', mask)
    const told = await marketplace.facts.getListing({ id: 'there-and-back' })
    expect(told.verdict?.outcome).toBe('deactivate')
    expect(told.owed.state).toEqual({ offered: false, searchable: false })

    const browser = await s.signIn(seller.by)
    const asSeller = s.clientWith(browser)
    expect((await asSeller.session.getMe()).me).toMatchObject({
      kind: 'seller',
      sellerId: 'clay',
      email: seller.by,
    })
    const home = await asSeller.seller.getHome()
    const measure = home.measures.find(({ subject }) => subject.id === 'there-and-back')!
    expect(measure).toMatchObject({
      status: 'in-force',
      tag: 'Off sale',
      byMachine: true,
      allowed: ['read_statement', 'appeal'],
    })
    const statement = await asSeller.seller.getStatement({ decisionId: measure.decisionId })
    expect(statement.way).toMatchObject({
      desk: 'Seller Performance',
      within: '2 days',
      secondLook: 'Executive office',
    })

    const file = new File(
      [Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
      '../../pack back.png',
    )
    const kept = await asSeller.seller.uploadFile({ file })
    expect(kept).toMatchObject({ name: 'pack back.png', mediaType: 'image/png', size: 16 })
    const appeal = await asSeller.seller.fileAppeal({
      objections: [
        { decisionId: measure.decisionId, track: 'dispute', text: 'It is clay.', remedy: null },
      ],
      fileIds: [kept.id],
    })
    expect(appeal).toMatchObject({
      state: 'open',
      title: 'Appeal for “Clay face mask”',
      allowed: ['write', 'withdraw', 'call'],
    })
    expect(appeal.holding).toMatchObject({
      state: 'running',
      who: 'Seller Performance, a person',
      ifLate: 'The executive office gets it by itself',
    })
    expect(appeal.thread.map(({ words }) => words)).toEqual([
      'Rule “Protective masks”, version 1, took “Clay face mask” off sale.',
      'You appealed: this is a mistake.',
      expect.stringContaining('Came to Seller Performance.'),
    ])
    expect(
      await refusalOf(
        asSeller.seller.fileAppeal({
          objections: [{ decisionId: measure.decisionId, track: 'dispute', text: 'Again.' }],
        }),
      ),
    ).toBe('already_appealed')

    const milan = await s.reviewer('Milan')
    await addStaff(s.app, {
      email: milan.email,
      name: 'Milan Rost',
      roles: milan.roles,
      desks: milan.desks,
    })
    const asMilan = s.clientWith(await s.signIn(milan.email))
    const queue = await asMilan.desk.getQueue({})
    expect(queue.cases.map(({ id }) => id)).toContain(appeal.id)
    const taken = await asMilan.desk.takeCase({ caseId: appeal.id })
    expect(taken).toMatchObject({
      heldByMe: true,
      heldBy: 'Milan Rost',
      allowed: ['release', 'decide', 'answer', 'forward', 'ask', 'note'],
    })
    expect(taken.contested[0]?.effects.grant).toBe(
      'Puts it back on sale, takes the measure off the record and counts against version 1 of the rule.',
    )
    expect((await asSeller.seller.getCase({ caseId: appeal.id })).holding.who).toBe(
      'Milan, Seller Performance',
    )
    const objectionId = taken.contested[0]!.objection.id
    const decided = await asMilan.desk.decideCase({
      caseId: appeal.id,
      answers: [{ objectionId, power: 'grant', reasons: 'It is a cosmetic.' }],
    })
    expect(decided.state).toBe('restoring')
    await s.shopShows('there-and-back')
    const closed = await asSeller.seller.getCase({ caseId: appeal.id })
    expect(closed).toMatchObject({
      state: 'closed',
      outcome: 'measure_lifted',
      restoration: { state: 'back' },
    })
    expect(closed.thread.at(-3)).toMatchObject({
      who: 'person',
      words: 'Milan, Seller Performance, decided. The measure is lifted.',
      quote: 'It is a cosmetic.',
    })
    expect(closed.holding).toMatchObject({ state: 'done', who: 'Closed. The measure is lifted.' })

    const back = await asSeller.seller.readFile({ fileId: kept.id })
    expect(back).toMatchObject({ id: kept.id, size: 16, opens: 'picture' })
    expect(new URL(back.address).host).not.toBe(new URL(url).host)
    expect(s.logged).toEqual([])
  })

  test('a signed link opens its own matter and no other', async () => {
    const first = await s.removedListing('link-1', 'linked')
    const second = await s.removedListing('link-2', 'linked')
    const byLink = s.clientWith({
      'x-recourse-link': s.linkTo({ sellerId: 'linked', decisionId: first.decisionId }),
    })
    expect((await byLink.session.getMe()).me).toMatchObject({
      kind: 'link',
      decisionId: first.decisionId,
    })
    expect((await byLink.seller.getHome()).measures).toHaveLength(1)
    expect(await refusalOf(byLink.seller.getStatement({ decisionId: second.decisionId }))).toBe(
      'not_found',
    )
    const appeal = await byLink.seller.fileAppeal({
      objections: [{ decisionId: first.decisionId, track: 'dispute', text: 'It is clay.' }],
    })
    expect((await byLink.seller.getCase({ caseId: appeal.id })).id).toBe(appeal.id)
    const other = s.clientWith({
      'x-recourse-link': s.linkTo({ sellerId: 'linked', decisionId: second.decisionId }),
    })
    expect(await refusalOf(other.seller.getCase({ caseId: appeal.id }))).toBe('not_found')
    expect(await refusalOf(other.seller.withdrawCase({ caseId: appeal.id }))).toBe('not_found')
    const print = await fetch(`${s.url}/statements/${first.decisionId}/print`, {
      headers: {
        'x-recourse-link': s.linkTo({ sellerId: 'linked', decisionId: first.decisionId }),
      },
    })
    expect(await print.text()).toContain('<mark>mask</mark>')
  })

  test('an expired or broken link says which it is', async () => {
    const { decisionId } = await s.removedListing('expired', 'expired')
    const old = s.linkTo({ sellerId: 'expired', decisionId }, new Date('2020-01-01'))
    expect(
      await refusalOf(s.clientWith({ 'x-recourse-link': old }).seller.getStatement({ decisionId })),
    ).toBe('link_expired')
    const good = s.linkTo({ sellerId: 'expired', decisionId })
    for (const broken of [good.slice(0, -2), `x${good}`, 'e30.e30', 'nothing']) {
      expect(
        await refusalOf(
          s.clientWith({ 'x-recourse-link': broken }).seller.getStatement({ decisionId }),
        ),
      ).toBe('link_invalid')
    }
  })
})

describe('who may not', () => {
  test("another seller's measures, cases and files are not there", async () => {
    const mine = await s.removedListing('mine', 'owner')
    await s.seller('stranger')
    const owner = s.clientWith(await s.signIn('owner@sellers.example'))
    const strangerBrowser = await s.signIn('stranger@sellers.example')
    const stranger = s.clientWith(strangerBrowser)
    const kept = await owner.seller.uploadFile({
      file: new File([Buffer.from('%PDF-1.7\n1 0 obj\n')], 'a.pdf'),
    })
    const appeal = await owner.seller.fileAppeal({
      objections: [{ decisionId: mine.decisionId, track: 'dispute', text: 'No.' }],
      fileIds: [kept.id],
    })
    const calls = [
      () => stranger.seller.getStatement({ decisionId: mine.decisionId }),
      () => stranger.seller.getCase({ caseId: appeal.id }),
      () => stranger.seller.withdrawCase({ caseId: appeal.id }),
      () => stranger.seller.contestCase({ caseId: appeal.id, text: 'x' }),
      () =>
        stranger.seller.fileAppeal({
          objections: [{ decisionId: mine.decisionId, track: 'dispute', text: 'x' }],
        }),
    ]
    for (const call of calls) expect(await refusalOf(call())).toBe('not_found')
    expect((await fetch(`${s.url}/v1/files/${kept.id}`, { headers: strangerBrowser })).status).toBe(
      404,
    )
    expect(
      (await fetch(`${s.url}/statements/${mine.decisionId}/print`, { headers: strangerBrowser }))
        .status,
    ).toBe(404)
  })

  test('a change with a cookie must come from our own pages', async () => {
    await s.seller('csrf')
    const { cookie } = await s.signIn('csrf@sellers.example')
    const body = JSON.stringify({ objections: [] })
    const send = async (headers: Record<string, string>) => {
      const answer = await fetch(`${s.url}/v1/appeals`, {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/json', ...headers },
        body,
      })
      return ((await answer.json()) as Problem).refusal
    }
    expect(await send({ origin: 'https://evil.example' })).toBe('not_allowed')
    expect(await send({})).toBe('not_allowed')
    expect(await send({ origin: 'null' })).toBe('not_allowed')
    expect(await send({ origin: s.url })).toBe('objection_missing')
  })

  test('an unknown address gets the same answer and no mail', async () => {
    await s.seller('known')
    const ask = async (email: string) => {
      const answer = await fetch(`${s.url}/api/auth/sign-in/magic-link`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: s.url },
        body: JSON.stringify({ email }),
      })
      return { status: answer.status, body: await answer.text() }
    }
    expect(await ask('nobody@nowhere.example')).toEqual(await ask('known@sellers.example'))
    expect(s.mails.map(({ address }) => address)).not.toContain('nobody@nowhere.example')
  })

  test('too many sign-in mails to one address are refused, whoever it is', async () => {
    const statuses: number[] = []
    for (let time = 0; time < 12; time++) {
      const answer = await fetch(`${s.url}/api/auth/sign-in/magic-link`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: s.url },
        body: '{"email":"flood@nowhere.example"}',
      })
      statuses.push(answer.status)
    }
    expect(statuses.filter((status) => status === 200)).toHaveLength(10)
    expect(statuses.at(-1)).toBe(429)
  })

  test('a session ends for whoever is no longer a contact', async () => {
    await s.seller('leaver')
    const client = s.clientWith(await s.signIn('leaver@sellers.example'))
    expect((await client.session.getMe()).me.kind).toBe('seller')
    await s.marketplace.facts.tellContact({
      id: 'leaver-mail',
      sellerId: 'leaver',
      kind: 'email',
      address: 'leaver@sellers.example',
      removedAt: '2026-11-23T09:00:00Z',
    })
    expect((await client.session.getMe()).me.kind).toBe('nobody')
    expect(await refusalOf(client.seller.getHome())).toBe('not_signed_in')
  })

  test('a marketplace key opens facts and nothing of a seller', async () => {
    expect(await refusalOf(s.marketplace.seller.getHome())).toBe('not_allowed')
    expect(await refusalOf(s.marketplace.desk.getQueue({}))).toBe('not_found')
    expect(
      await refusalOf(
        s.clientWith({ authorization: 'Bearer rk_wrong' }).facts.getListing({ id: 'x' }),
      ),
    ).toBe('not_signed_in')
    expect(await refusalOf(s.nobody.facts.tellSeller({ id: 'x' }))).toBe('not_signed_in')
  })
})

describe('the same request twice', () => {
  test('a key with the same body has one effect and one answer; with another body it is refused', async () => {
    const { decisionId } = await s.removedListing('twice', 'twice')
    const headers = { ...(await s.signIn('twice@sellers.example')), 'idempotency-key': 'once-1' }
    const client = s.clientWith(headers)
    const filed = { objections: [{ decisionId, track: 'dispute' as const, text: 'It is clay.' }] }
    const [one, two] = await Promise.all([
      client.seller.fileAppeal(filed),
      client.seller.fileAppeal(filed),
    ])
    expect(two.id).toBe(one.id)
    expect(await refusalOf(client.seller.fileAppeal({ objections: [] }))).toBe('key_reused')
  })
})

describe('what is open to all', () => {
  test('health, metrics, the OpenAPI document and its page', async () => {
    const get = async (path: string) => {
      const answer = await fetch(s.url + path)
      return {
        status: answer.status,
        type: answer.headers.get('content-type'),
        text: await answer.text(),
      }
    }
    const health = await get('/health')
    expect(health.status).toBe(200)
    expect(JSON.parse(health.text)).toMatchObject({ status: 'up', database: 'up' })
    const metrics = (await get('/metrics')).text
    expect(metrics).toContain('recourse_cases_open ')
    expect(metrics).toContain('recourse_clocks_overdue 0')
    const document = JSON.parse((await get('/openapi.json')).text)
    expect(document.openapi).toMatch(/^3\.1/)
    expect(document.paths['/v1/listings'].post.requestBody.content).toHaveProperty(
      'application/x-ndjson',
    )
    expect(Object.keys(document.paths['/v1/appeals'].post.responses['422'].content)).toEqual([
      'application/problem+json',
    ])
    expect((await get('/docs')).text).toContain('<code>POST /v1/appeals</code>')
    expect((await get('/problems/already_appealed')).text).toContain(
      'This decision is already being contested.',
    )
  })

  test('pages carry a policy that runs no foreign script', async () => {
    const answer = await fetch(`${s.url}/docs`)
    expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'")
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
  })

  test('the mailbox and one-click sign-ins do not exist outside the demo', async () => {
    for (const path of ['/dev/mail', '/dev/mail/1', '/dev/sign-in/seller?key=']) {
      const answer = await fetch(s.url + path, { redirect: 'manual' })
      expect([answer.status, ((await answer.json()) as Problem).refusal]).toEqual([
        404,
        'development_only',
      ])
    }
  })
})
