import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { Webhook } from 'standardwebhooks'
import { describe, expect, test } from 'vitest'
import { freshDatabase } from '../../test/postgres.ts'
import { checkConnector, type ConnectorReport } from './connector-check.ts'

const secret = `whsec_${Buffer.from('a secret that both of them know').toString('base64')}`

/** How a connector may be wrong, one thing at a time. */
interface Faults {
  takesOlder?: boolean
  answersTheOlder?: boolean
  countsRepeats?: boolean
  refusesRepeats?: boolean
  ignoresSignature?: boolean
  ignoresTime?: boolean
  ignoresFuture?: boolean
  letsReadUnsigned?: boolean
  readsFirstSignatureOnly?: boolean
  keepsBeforeItVerifies?: boolean
  forgetsWhatItHasNot?: boolean
  inventsWhatItHasNot?: boolean
  onlyEchoes?: boolean
  mixesKinds?: boolean
  cutsIds?: boolean
  takesAnyBody?: boolean
  breaksOnBadBodies?: boolean
  takesAnyKind?: boolean
  garblesAbilities?: boolean
  redirects?: boolean
  leversAreStuck?: boolean
  bringsNothingBack?: boolean
  shutsLeversTogether?: boolean
  shutsLeversOneAfterAnother?: boolean
  keepsTheLargerHold?: boolean
  keepsTheLaterEnd?: boolean
  dropsCents?: boolean
  keepsOnlyTheDayOfAnEnd?: boolean
  wantsAHoldWithItsDestinations?: boolean
  addsDestinationsUp?: boolean
  sortsDestinations?: boolean
  takesAnEmptyListForNone?: boolean
  readsHoldsLoosely?: boolean
  readsAccountsLoosely?: boolean
  signInIsStuck?: boolean
  sellIsStuck?: boolean
  addListingsIsStuck?: boolean
  holdsAreStuck?: boolean
  destinationsAreStuck?: boolean
  knowsNoSellers?: boolean
}

interface Held {
  sequence: number
  state: Record<string, unknown> | null
}

const shapes: Record<string, Record<string, (value: unknown) => boolean>> = {
  listing: { offered: isBoolean, searchable: isBoolean },
  account: { signIn: isBoolean, sell: isBoolean, addListings: isBoolean },
  payouts: { held: isHoldOrNull, onlyTo: isListOrNull },
}

function isBoolean(value: unknown) {
  return typeof value === 'boolean'
}

function isHoldOrNull(value: unknown) {
  if (value === null) return true
  const { amount, until } = value as { amount?: unknown; until?: unknown }
  return typeof amount === 'number' && !Number.isNaN(Date.parse(String(until)))
}

function isListOrNull(value: unknown) {
  return value === null || Array.isArray(value)
}

type State = Record<string, unknown>
interface Payouts {
  held: { amount: number; until: string } | null
  onlyTo: string[] | null
}

/** What a connector with these faults makes of a state that it is told, over the one that it has. */
function misread(kind: string, told: State, before: State | null, faults: Faults): State {
  if (kind === 'account') {
    if (faults.shutsLeversTogether && Object.values(told).includes(false))
      return { signIn: false, sell: false, addListings: false }
    if (faults.shutsLeversOneAfterAnother && before)
      return Object.fromEntries(
        Object.entries(told).map(([lever, isOpen]) => [lever, isOpen && before[lever]]),
      )
  }
  if (kind !== 'payouts') return told
  const { held, onlyTo } = told as unknown as Payouts // its shape was looked at before
  const old = before as Payouts | null
  if (held && old?.held && faults.keepsTheLargerHold)
    return { held: { ...held, amount: Math.max(held.amount, old.held.amount) }, onlyTo }
  if (held && old?.held && faults.keepsTheLaterEnd)
    return { held: { ...held, until: [held.until, old.held.until].sort()[1] }, onlyTo }
  if (held && faults.dropsCents)
    return { held: { ...held, amount: Math.floor(held.amount) }, onlyTo }
  if (held && faults.keepsOnlyTheDayOfAnEnd)
    return { held: { ...held, until: `${held.until.slice(0, 10)}T00:00:00.000Z` }, onlyTo }
  if (onlyTo && old?.onlyTo && faults.addsDestinationsUp)
    return { held, onlyTo: [...new Set([...old.onlyTo, ...onlyTo])] }
  if (onlyTo && faults.sortsDestinations) return { held, onlyTo: [...onlyTo].sort() }
  if (onlyTo?.length === 0 && faults.takesAnEmptyListForNone) return { held, onlyTo: null }
  return told
}

/** The levers that the pages of a shop with these faults never move. */
const stuck: Record<string, keyof Faults> = {
  signIn: 'signInIsStuck',
  sell: 'sellIsStuck',
  addListings: 'addListingsIsStuck',
  held: 'holdsAreStuck',
  onlyTo: 'destinationsAreStuck',
}

/** A connector in a page of code: right, but for the faults it is given. It has one listing, `l1`, and one seller, `s1`. */
async function startConnector({
  sellIsShut = false,
  ...faults
}: Faults & { sellIsShut?: boolean } = {}) {
  const kept = new Map<string, Held>()
  const shown = new Map<string, Record<string, unknown>>([
    ['/subjects/listing/l1', { offered: true, searchable: true }],
  ])
  if (!faults.knowsNoSellers) {
    shown.set('/subjects/account/s1', { signIn: true, sell: !sellIsShut, addListings: true })
    shown.set('/subjects/payouts/s1', { held: null, onlyTo: null })
  }
  const webhook = new Webhook(secret)

  const isSigned = (request: IncomingMessage, body: string) => {
    const headers = { ...request.headers } as Record<string, string>
    const at = Number(headers['webhook-timestamp'])
    const age = Date.now() / 1000 - at
    if (faults.ignoresSignature) return true
    if (faults.letsReadUnsigned && request.method === 'GET') return true
    if (faults.readsFirstSignatureOnly)
      headers['webhook-signature'] = headers['webhook-signature']?.split(' ')[0] ?? ''
    if ((faults.ignoresTime && age > 300) || (faults.ignoresFuture && age < -300)) {
      const signed = webhook.sign(headers['webhook-id'] ?? '', new Date(at * 1000), body)
      return signed === headers['webhook-signature']
    }
    try {
      webhook.verify(body, headers, { jsonParse: false })
      return true
    } catch {
      return false
    }
  }

  const put = (path: string, kind: string, text: string): [number, unknown] => {
    let body: { sequence: number; state: Record<string, unknown> }
    try {
      body = JSON.parse(text)
      const shape = Object.entries(shapes[kind] ?? {})
      const isRight =
        Number.isSafeInteger(body.sequence) &&
        body.sequence > 0 &&
        Object.keys(body.state).length === shape.length &&
        shape.every(([lever, is]) => lever in body.state && is(body.state[lever]))
      const isLoose =
        (kind === 'payouts' && faults.readsHoldsLoosely) ||
        (kind === 'account' && faults.readsAccountsLoosely)
      if (!isRight && !isLoose && !faults.takesAnyBody) throw new Error('not its shape')
      const { held: hold, onlyTo } = body.state
      if (faults.wantsAHoldWithItsDestinations && hold && !onlyTo) throw new Error('not both')
    } catch {
      if (faults.takesAnyBody) return [200, { sequence: 4, state: null }]
      return [faults.breaksOnBadBodies ? 500 : 400, {}]
    }
    const held = kept.get(path)
    if (held?.sequence === body.sequence && faults.refusesRepeats) return [409, {}]
    if (held === undefined || held.sequence < body.sequence || faults.takesOlder) {
      const before = kept.get(path)?.state ?? null
      const state = misread(kind, body.state ?? {}, before, faults)
      kept.set(path, { sequence: body.sequence, state })
      const isOpening = Object.values(body.state ?? {}).includes(true)
      if (shown.has(path) && !faults.leversAreStuck && !(faults.bringsNothingBack && isOpening))
        shown.set(
          path,
          Object.fromEntries(
            Object.entries(state).map(([lever, value]) => [
              lever,
              faults[stuck[lever] ?? 'leversAreStuck'] ? shown.get(path)?.[lever] : value,
            ]),
          ),
        )
    } else if (held.sequence === body.sequence && faults.countsRepeats)
      kept.set(path, { ...held, sequence: held.sequence + 1 })
    if (faults.answersTheOlder) return [200, { sequence: body.sequence, state: body.state }]
    const now = kept.get(path)
    return [200, { sequence: now?.sequence, state: shown.get(path) ?? now?.state ?? null }]
  }

  const get = (path: string): [number, unknown] => {
    const held = kept.get(path)
    if (held && faults.forgetsWhatItHasNot && !shown.has(path)) return [404, {}]
    if (held && faults.onlyEchoes) return [200, { ...held, sequence: held.sequence - 1 }]
    const state =
      shown.get(path) ?? (faults.inventsWhatItHasNot ? { offered: true, searchable: true } : null)
    return [200, { sequence: held?.sequence ?? 0, state }]
  }

  const answer = (request: IncomingMessage, text: string): [number, unknown] => {
    const [, , kind = '', ...rest] = (request.url ?? '').split('/')
    let path = `/subjects/${faults.mixesKinds ? 'any' : kind}/${rest.join('/')}`
    if (faults.mixesKinds && path === '/subjects/any/l1') path = '/subjects/listing/l1'
    if (faults.cutsIds)
      path = path.slice(0, path.indexOf('%') === -1 ? undefined : path.indexOf('%'))
    if (faults.redirects) return [301, {}]
    if (faults.keepsBeforeItVerifies && request.method === 'PUT') put(path, kind, text)
    if (!isSigned(request, text)) return [401, {}]
    if (request.url === '/abilities')
      return faults.garblesAbilities ? [200, { abilities: 'all' }] : [404, {}]
    if (!(kind in shapes) && !faults.takesAnyKind) return [404, {}]
    return request.method === 'PUT' ? put(path, kind in shapes ? kind : 'listing', text) : get(path)
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const [status, body] = answer(request, Buffer.concat(chunks).toString('utf8'))
      response.writeHead(status, { 'content-type': 'application/json', location: '/elsewhere' })
      response.end(JSON.stringify(body))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the connector has no port')
  return {
    url: `http://127.0.0.1:${address.port}/`,
    shown: (path: string) => shown.get(path),
    told: (path: string) => kept.get(path),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const failed = ({ checks }: ConnectorReport) =>
  checks.filter(({ ok }) => !ok).map(({ name }) => name)

describe('checking a connector', () => {
  test('one that keeps the contract passes every check', async () => {
    await using connector = await startConnector()
    const report = await checkConnector({ url: connector.url, secret, listing: 'l1', seller: 's1' })
    expect(failed(report)).toEqual([])
    expect(report.passed).toBe(true)
    expect(report.checks.length).toBe(64)
  })

  const found: Record<keyof Faults, string[]> = {
    takesOlder: [
      'an older state of a listing is ignored',
      'an older state of the payouts of a seller is ignored',
    ],
    answersTheOlder: [
      'an older state of a listing is ignored',
      'an older state of an account is ignored',
    ],
    countsRepeats: ['the same state of a listing twice is harmless'],
    refusesRepeats: ['the same state of an account twice is harmless'],
    ignoresSignature: [
      'a request without a signature is refused',
      'a request signed with another secret is refused',
      'a request whose body was changed after signing is refused',
    ],
    ignoresTime: ['a request signed ten minutes ago is refused'],
    ignoresFuture: ['a request dated ten minutes ahead is refused'],
    letsReadUnsigned: ['a request without a signature is refused'],
    readsFirstSignatureOnly: ['a second signature beside the right one does not matter'],
    keepsBeforeItVerifies: ['a request signed with another secret is refused'],
    forgetsWhatItHasNot: ['what it is told of a listing is kept and read back'],
    inventsWhatItHasNot: ['a listing never told of: sequence 0'],
    onlyEchoes: ['what it is told of an account is kept and read back'],
    mixesKinds: ['two kinds with one id are kept apart'],
    cutsIds: ['an id with a slash, a space and an accent is one id'],
    takesAnyBody: [
      'a body that is not JSON is refused',
      'a body without a sequence is refused',
      'the state of another kind is refused',
    ],
    breaksOnBadBodies: ['a body that is not JSON is refused', 'a state that is null is refused'],
    takesAnyKind: ['an unknown kind of subject is refused'],
    garblesAbilities: ['its abilities can be read'],
    redirects: ['its abilities can be read', 'what it is told of a listing is kept and read back'],
    shutsLeversTogether: [
      'each lever of an account is shut alone, and the one before it is open again',
      'seller s1: sign-in shuts alone and opens again',
      'seller s1: adding listings shuts alone and opens again',
    ],
    shutsLeversOneAfterAnother: [
      'each lever of an account is shut alone, and the one before it is open again',
      'a newer state of an account takes over',
    ],
    keepsTheLargerHold: ['a smaller hold that ends earlier takes the place of a larger one'],
    keepsTheLaterEnd: ['a smaller hold that ends earlier takes the place of a larger one'],
    dropsCents: ['a hold is kept to the cent and to the second'],
    keepsOnlyTheDayOfAnEnd: ['a hold is kept to the cent and to the second'],
    wantsAHoldWithItsDestinations: [
      'a hold and a list of destinations come and go each without the other',
      'seller s1: a hold on payouts comes alone and goes again',
    ],
    addsDestinationsUp: ['other destinations take the place of those before, in the order told'],
    sortsDestinations: ['other destinations take the place of those before, in the order told'],
    takesAnEmptyListForNone: [
      'an empty list of destinations is none at all, and not the same as no list',
      'seller s1: no destination at all comes and goes again',
    ],
    readsHoldsLoosely: [
      'payouts with a lever missing is refused',
      'a hold that is a bare amount is refused',
      'a hold without an end is refused',
      'a hold whose amount is a text is refused',
      'a hold whose end is no time is refused',
      'destinations that are a text is refused',
    ],
    readsAccountsLoosely: [
      'an account whose lever is a text is refused',
      'an account with a lever missing is refused',
      'an account with the state of a listing is refused',
    ],
    signInIsStuck: ['seller s1: sign-in shuts alone and opens again'],
    sellIsStuck: ['seller s1: selling shuts alone and opens again'],
    addListingsIsStuck: ['seller s1: adding listings shuts alone and opens again'],
    holdsAreStuck: ['seller s1: a hold on payouts comes alone and goes again'],
    destinationsAreStuck: [
      'seller s1: a list of destinations comes alone and goes again',
      'seller s1: no destination at all comes and goes again',
    ],
    knowsNoSellers: ['seller s1: selling shuts alone and opens again'],
    leversAreStuck: ['listing l1 goes off sale and comes back'],
    bringsNothingBack: ['listing l1 goes off sale and comes back'],
  }

  // The names of the faults are the keys above, and of nothing else.
  for (const fault of Object.keys(found) as (keyof Faults)[])
    test(`one that ${fault.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)} is found out`, async () => {
      await using connector = await startConnector({ [fault]: true })
      const report = await checkConnector({
        url: connector.url,
        secret,
        listing: 'l1',
        seller: 's1',
      })
      expect(report.passed).toBe(false)
      expect(failed(report)).toEqual(expect.arrayContaining(found[fault]))
    })

  test('a faulty connector fails only where it is wrong', async () => {
    await using connector = await startConnector({ takesAnyKind: true })
    expect(
      failed(await checkConnector({ url: connector.url, secret, listing: 'l1', seller: 's1' })),
    ).toEqual(found.takesAnyKind)
  })

  test('a listing that was off sale before is off sale afterwards', async () => {
    await using connector = await startConnector()
    const check = () => checkConnector({ url: connector.url, secret, listing: 'l1', seller: 's1' })
    expect((await check()).passed).toBe(true)
    const after = await check()
    const moved = after.checks.find(({ name }) => name.startsWith('listing l1'))
    expect(moved?.detail).toContain('now at sequence 4')
  })

  test('a seller under a measure is left as it is, and the report says so', async () => {
    await using connector = await startConnector({ sellIsShut: true })
    const report = await checkConnector({ url: connector.url, secret, seller: 's1' })
    expect(failed(report)).toEqual([
      'seller s1: sign-in shuts alone and opens again',
      'seller s1: selling shuts alone and opens again',
      'seller s1: adding listings shuts alone and opens again',
    ])
    expect(report.checks.find(({ ok }) => !ok)?.detail).toContain('nothing was moved')
    expect(connector.shown('/subjects/account/s1')).toMatchObject({ signIn: true, sell: false })
    expect(connector.told('/subjects/account/s1')).toBeUndefined()
  })

  test('where nobody answers, it cannot run and says why', async () => {
    await expect(checkConnector({ url: 'http://127.0.0.1:9/', secret })).rejects.toThrow(
      'GET /abilities had no answer',
    )
    await expect(checkConnector({ url: 'shop.example', secret })).rejects.toThrow(
      'is not an http or https address',
    )
    await expect(checkConnector({ url: 'http://shop.example', secret: '' })).rejects.toThrow(
      'Standard Webhooks',
    )
  })
})

test('the bazaar keeps the contract, in a process of its own', async () => {
  const database = await freshDatabase()
  const bazaar = spawn(
    process.execPath,
    ['--import', 'tsx', fileURLToPath(new URL('../../examples/bazaar/main.ts', import.meta.url))],
    {
      env: {
        ...process.env,
        BAZAAR_PORT: '0',
        BAZAAR_DATABASE_URL: database.url,
        RECOURSE_CONNECTOR_SECRET: secret,
      },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  )
  const ended = once(bazaar, 'exit')
  try {
    const lines = createInterface({ input: bazaar.stdout })
    const [line] = (await once(lines, 'line')) as [string]
    const url = `${line.replace('bazaar: ', '')}/connector`
    const report = await checkConnector({
      url,
      secret,
      listing: 'rose-soap-bar',
      seller: 'clay-and-clover',
    })
    expect(failed(report)).toEqual([])
    expect(report.passed).toBe(true)
    const wrong = await checkConnector({
      url,
      secret: `whsec_${Buffer.from('another').toString('base64')}`,
    })
    expect(wrong.passed).toBe(false)
  } finally {
    bazaar.kill('SIGTERM')
    await ended
    await database.drop()
  }
})
