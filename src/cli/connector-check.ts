/** The connector check holds a marketplace's connector against the contract, with requests as Recourse sends them. */
import type { Ability } from '../core/ability.ts'
import { wordsOf } from '../core/thrown.ts'
import { CannotRun } from './command.ts'
import { abilityChecks, readAbilities } from './connector-ability-check.ts'
import {
  expectAnswer,
  expectHeld,
  expectRefusal,
  NotSo,
  sameValue,
  type State,
} from './connector-answer.ts'
import { probeConnector, type Forgery, type Probe } from './connector-probe.ts'

export interface ConnectorCheck {
  /** What ought to be so. */
  name: string
  ok: boolean
  /** What was seen instead, or how it was seen. */
  detail: string
}

export interface ConnectorReport {
  checks: ConnectorCheck[]
  passed: boolean
}

export interface ConnectorToCheck {
  /** The base address, such as https://shop.example/recourse. */
  url: string
  /** The secret shared with the shop: `whsec_` and base64. */
  secret: string
  /** A listing that the shop has: it is taken off sale for a moment, read back, and put as it was. */
  listing?: string
  /** A seller that the shop has: each lever of its account and payouts moves for a moment, alone, and is put as it was. */
  seller?: string
  fetch?: typeof globalThis.fetch
  now?: () => Date
  timeoutMs?: number
}

type Kind = 'listing' | 'account' | 'payouts'

/** Two states of each kind that differ in every lever. */
const states: Record<Kind, { shut: State; open: State }> = {
  listing: {
    shut: { offered: false, searchable: false },
    open: { offered: true, searchable: true },
  },
  account: {
    shut: { signIn: false, sell: false, addListings: false },
    open: { signIn: true, sell: true, addListings: true },
  },
  payouts: {
    shut: { held: { amount: 12.5, until: '2030-01-01T00:00:00.000Z' }, onlyTo: ['recourse-check'] },
    open: { held: null, onlyTo: null },
  },
}
const kinds: readonly Kind[] = ['listing', 'account', 'payouts']

/**
 * Runs every check, also after one has failed, and says of each what was seen.
 * All but the given listing are ids that no shop has, so it may be run against one that is open.
 */
export async function checkConnector(given: ConnectorToCheck): Promise<ConnectorReport> {
  const probe = probeConnector(given)
  const checks: ConnectorCheck[] = []
  const check = async (name: string, look: () => Promise<string>): Promise<boolean> => {
    try {
      checks.push({ name, ok: true, detail: await look() })
      return true
    } catch (error) {
      checks.push({
        name,
        ok: false,
        detail: wordsOf(error),
      })
      return false
    }
  }

  // Where nobody answers there is nothing to hold against the contract.
  await probe.send({ method: 'GET', path: '/abilities' }).catch((cause: unknown) => {
    throw new CannotRun(wordsOf(cause), { cause })
  })
  let declared: Ability[] = []
  await check('its abilities can be read', async () => {
    declared = await readAbilities(probe)
    return declared.length === 0 ? 'none beyond the contract' : declared.join(', ')
  })
  for (const kind of kinds) {
    await check(`${named[kind]} never told of: sequence 0`, () => readUntold(probe, kind))
    await check(`what it is told of ${named[kind]} is kept and read back`, () =>
      keepState(probe, kind),
    )
    await check(`an older state of ${named[kind]} is ignored`, () => ignoreOlder(probe, kind))
    await check(`the same state of ${named[kind]} twice is harmless`, () =>
      repeatState(probe, kind),
    )
    await check(`a newer state of ${named[kind]} takes over`, () => takeNewer(probe, kind))
  }
  for (const [name, kind, told] of successions)
    await check(name, () => takeEachWhole(probe, kind, told))
  await check('two kinds with one id are kept apart', () => keepApart(probe))
  await check('an id with a slash, a space and an accent is one id', () => keepStrangeId(probe))
  for (const [name, forge] of forgeries)
    await check(`a ${name} is refused`, () => refuseForgery(probe, forge))
  await check('a second signature beside the right one does not matter', () =>
    acceptRotation(probe),
  )
  for (const [name, body] of badBodies)
    await check(`${name} is refused`, () => refuseBody(probe, 'listing', body))
  for (const [name, kind, state] of badStates)
    await check(`${name} is refused`, () =>
      refuseBody(probe, kind, JSON.stringify({ ...told, state })),
    )
  await check('an unknown kind of subject is refused', () => refuseKind(probe))
  const { listing } = given
  if (listing !== undefined)
    await check(`listing ${listing} goes off sale and comes back`, () =>
      moveListing(probe, listing),
    )
  const { seller } = given
  if (seller !== undefined)
    for (const [name, kind, state] of moves)
      await check(`seller ${seller}: ${name}`, () => moveAlone(probe, kind, seller, state))
  for (const { name, look } of abilityChecks(probe, declared, seller)) await check(name, look)
  return { checks, passed: checks.every(({ ok }) => ok) }
}

const named = {
  listing: 'a listing',
  account: 'an account',
  payouts: 'the payouts of a seller',
} as const

async function readUntold(probe: Probe, kind: Kind): Promise<string> {
  const held = expectHeld(await get(probe, kind, probe.newId()))
  if (held.sequence !== 0 || held.state !== null)
    throw new NotSo(`expected {"sequence": 0, "state": null}, seen ${JSON.stringify(held)}`)
  return 'sequence 0, state null: not in the shop'
}

async function keepState(probe: Probe, kind: Kind): Promise<string> {
  const id = probe.newId()
  expectAnswer(
    await put(probe, kind, id, { sequence: 5, state: states[kind].shut }),
    5,
    states[kind].shut,
    'PUT',
  )
  return expectAnswer(await get(probe, kind, id), 5, states[kind].shut, 'GET')
}

async function ignoreOlder(probe: Probe, kind: Kind): Promise<string> {
  const id = probe.newId()
  const { shut, open } = states[kind]
  expectAnswer(await put(probe, kind, id, { sequence: 5, state: shut }), 5, shut, 'the first PUT')
  expectAnswer(await put(probe, kind, id, { sequence: 3, state: open }), 5, shut, 'the older PUT')
  return expectAnswer(await get(probe, kind, id), 5, shut, 'GET after it')
}

async function repeatState(probe: Probe, kind: Kind): Promise<string> {
  const id = probe.newId()
  const { shut } = states[kind]
  for (const which of ['the first PUT', 'the same PUT again'])
    expectAnswer(await put(probe, kind, id, { sequence: 5, state: shut }), 5, shut, which)
  return expectAnswer(await get(probe, kind, id), 5, shut, 'GET after it')
}

async function takeNewer(probe: Probe, kind: Kind): Promise<string> {
  const id = probe.newId()
  const { shut, open } = states[kind]
  expectAnswer(await put(probe, kind, id, { sequence: 5, state: shut }), 5, shut, 'the first PUT')
  expectAnswer(await put(probe, kind, id, { sequence: 6, state: open }), 6, open, 'the newer PUT')
  return expectAnswer(await get(probe, kind, id), 6, open, 'GET after it')
}

const account = states.account.open
const until = '2030-01-01T00:00:00.000Z'
const hold = (amount: number, at = until): State => ({ held: { amount, until: at }, onlyTo: null })
const only = (...onlyTo: string[]): State => ({ held: null, onlyTo })

/**
 * States that follow each other on one subject. Each is whole: what Recourse adds up it adds up itself,
 * so a shop that joined the new one to the old one, or took a part of it for all, would keep what was lifted.
 */
const successions: readonly (readonly [string, Kind, readonly State[]])[] = [
  [
    'each lever of an account is shut alone, and the one before it is open again',
    'account',
    Object.keys(account).map((lever) => ({ ...account, [lever]: false })),
  ],
  [
    'a smaller hold that ends earlier takes the place of a larger one',
    'payouts',
    [hold(500), hold(12.5, '2029-06-01T00:00:00.000Z')],
  ],
  [
    'a hold is kept to the cent and to the second',
    'payouts',
    [hold(0.29, '2030-01-02T03:04:05.000Z'), hold(19.99), hold(1_234_567.89)],
  ],
  [
    'a hold and a list of destinations come and go each without the other',
    'payouts',
    [states.payouts.shut, only('recourse-check'), hold(12.5), states.payouts.open],
  ],
  [
    'other destinations take the place of those before, in the order told',
    'payouts',
    [only('b', 'a', 'c'), only('c', 'b')],
  ],
  [
    'an empty list of destinations is none at all, and not the same as no list',
    'payouts',
    [only('a'), only(), states.payouts.open, only()],
  ],
]

async function takeEachWhole(probe: Probe, kind: Kind, told: readonly State[]): Promise<string> {
  const id = probe.newId()
  for (const [place, state] of told.entries()) {
    const sequence = place + 1
    const words = JSON.stringify(state)
    expectAnswer(await put(probe, kind, id, { sequence, state }), sequence, state, `PUT ${words}`)
    expectAnswer(await get(probe, kind, id), sequence, state, `GET after ${words}`)
  }
  return `${told.length} states, each kept as told`
}

async function keepApart(probe: Probe): Promise<string> {
  const id = probe.newId()
  expectAnswer(
    await put(probe, 'listing', id, { sequence: 9, state: states.listing.shut }),
    9,
    states.listing.shut,
    'PUT',
  )
  for (const kind of ['account', 'payouts'] as const) {
    const { sequence } = expectHeld(await get(probe, kind, id))
    if (sequence !== 0)
      throw new NotSo(
        `a listing was told of; the ${kind} with its id then had sequence ${sequence}`,
      )
  }
  return 'a listing, an account and payouts with one id are three subjects'
}

async function keepStrangeId(probe: Probe): Promise<string> {
  const id = `${probe.newId()}/a b é`
  const { shut } = states.listing
  expectAnswer(await put(probe, 'listing', id, { sequence: 2, state: shut }), 2, shut, 'PUT')
  expectAnswer(await get(probe, 'listing', id), 2, shut, 'GET')
  const other = expectHeld(await get(probe, 'listing', `${id.slice(0, -1)}è`))
  if (other.sequence !== 0)
    throw new NotSo('another id with one letter changed was taken for the same')
  return 'percent-encoded in the address, as UTF-8'
}

const forgeries: readonly (readonly [string, Forgery])[] = [
  ['request without a signature', 'unsigned'],
  ['request signed with another secret', 'other-secret'],
  ['request whose body was changed after signing', 'other-body'],
  ['request signed under another webhook-id', 'other-id'],
  ['request signed ten minutes ago', 'stale'],
  ['request dated ten minutes ahead', 'ahead'],
]

async function refuseForgery(probe: Probe, forge: Forgery): Promise<string> {
  const id = probe.newId()
  const written = await put(
    probe,
    'listing',
    id,
    { sequence: 7, state: states.listing.shut },
    forge,
  )
  expectRefusal(written, 'PUT', [401, 403])
  if (forge !== 'other-body') {
    const read = await probe.send({ method: 'GET', path: pathOf('listing', id), forge })
    expectRefusal(read, 'GET', [401, 403])
  }
  const { sequence } = expectHeld(await get(probe, 'listing', id))
  if (sequence !== 0) throw new NotSo(`it was refused and kept all the same: sequence ${sequence}`)
  return `answered ${written.status}, and nothing was kept`
}

async function acceptRotation(probe: Probe): Promise<string> {
  const id = probe.newId()
  const { shut } = states.listing
  expectAnswer(
    await put(probe, 'listing', id, { sequence: 2, state: shut }, 'two-signatures'),
    2,
    shut,
    'PUT',
  )
  return 'so the secret can be changed while the shop is open'
}

const told = { sequence: 4, state: states.listing.shut, because: ['recourse-check'] }
const badBodies: readonly (readonly [string, string])[] = [
  ['a body that is not JSON', '{"sequence": 4,'],
  ['an empty body', ''],
  ['a body that is a list', '[]'],
  ['a body without a sequence', JSON.stringify({ ...told, sequence: undefined })],
  ['a sequence that is a text', JSON.stringify({ ...told, sequence: '4' })],
  ['a sequence below zero', JSON.stringify({ ...told, sequence: -4 })],
  ['a sequence that is not whole', JSON.stringify({ ...told, sequence: 4.5 })],
  ['a body without a state', JSON.stringify({ ...told, state: undefined })],
  ['a state that is null', JSON.stringify({ ...told, state: null })],
  [
    'a lever that is a text',
    JSON.stringify({ ...told, state: { offered: 'no', searchable: false } }),
  ],
  ['a state with a lever missing', JSON.stringify({ ...told, state: { offered: false } })],
  ['the state of another kind', JSON.stringify({ ...told, state: states.account.shut })],
]

const badStates: readonly (readonly [string, Kind, unknown])[] = [
  ['an account whose lever is a text', 'account', { ...account, sell: 'no' }],
  ['an account with a lever missing', 'account', { signIn: true, sell: true }],
  ['an account with the state of a listing', 'account', states.listing.shut],
  ['payouts with a lever missing', 'payouts', { held: null }],
  ['a hold that is a bare amount', 'payouts', { held: 12.5, onlyTo: null }],
  ['a hold without an end', 'payouts', { held: { amount: 12.5 }, onlyTo: null }],
  ['a hold whose amount is a text', 'payouts', { held: { amount: '12.50', until }, onlyTo: null }],
  [
    'a hold whose end is no time',
    'payouts',
    { held: { amount: 12.5, until: 'soon' }, onlyTo: null },
  ],
  ['destinations that are a text', 'payouts', { held: null, onlyTo: 'bank' }],
]

async function refuseBody(probe: Probe, kind: Kind, body: string): Promise<string> {
  const id = probe.newId()
  const answer = await probe.send({ method: 'PUT', path: pathOf(kind, id), body })
  expectRefusal(answer, 'PUT', null)
  const { sequence } = expectHeld(await get(probe, kind, id))
  if (sequence !== 0) throw new NotSo(`it was refused and kept all the same: sequence ${sequence}`)
  return `answered ${answer.status}, and nothing was kept`
}

async function refuseKind(probe: Probe): Promise<string> {
  const path = `/subjects/parcel/${encodeURIComponent(probe.newId())}`
  const answer = await probe.send({ method: 'PUT', path, body: JSON.stringify(told) })
  expectRefusal(answer, 'PUT', null)
  return `answered ${answer.status}`
}

/** Off, read back, late old state, on again as it was, read back. Whatever happens, it is put as it was. */
async function moveListing(probe: Probe, id: string): Promise<string> {
  const before = expectHeld(await get(probe, 'listing', id))
  if (before.state === null) throw new NotSo('the shop says that it does not have this listing')
  const { shut } = states.listing
  const [off, on] = [before.sequence + 1, before.sequence + 2]
  const isShut = sameValue(before.state, shut)
  const moved = isShut ? states.listing.open : shut
  try {
    expectAnswer(
      await put(probe, 'listing', id, { sequence: off, state: moved }),
      off,
      moved,
      'PUT',
      { isThere: true },
    )
    expectAnswer(await get(probe, 'listing', id), off, moved, 'GET', { isThere: true })
  } finally {
    await put(probe, 'listing', id, { sequence: on, state: before.state })
  }
  expectAnswer(await get(probe, 'listing', id), on, before.state, 'GET after putting it back', {
    isThere: true,
  })
  expectAnswer(
    await put(probe, 'listing', id, { sequence: off, state: moved }),
    on,
    before.state,
    'the older PUT',
    { isThere: true },
  )
  expectAnswer(await get(probe, 'listing', id), on, before.state, 'GET after the older PUT', {
    isThere: true,
  })
  return `${isShut ? 'it was off sale: put on, and off again' : 'taken off, and put as it was'}; now at sequence ${on}`
}

/** What is asked of a seller that the shop has: one lever at a time, from a state in which the others are open. */
const moves: readonly (readonly [string, Kind, State])[] = [
  ['sign-in shuts alone and opens again', 'account', { ...account, signIn: false }],
  ['selling shuts alone and opens again', 'account', { ...account, sell: false }],
  ['adding listings shuts alone and opens again', 'account', { ...account, addListings: false }],
  ['a hold on payouts comes alone and goes again', 'payouts', hold(12.34)],
  ['a list of destinations comes alone and goes again', 'payouts', only('recourse-check')],
  ['no destination at all comes and goes again', 'payouts', only()],
]

/** The state told, read back from what the shop shows, and then the state from before, read back as well. */
async function moveAlone(probe: Probe, kind: Kind, id: string, state: State): Promise<string> {
  const before = expectHeld(await get(probe, kind, id))
  if (before.state === null) throw new NotSo('the shop says that it does not have this seller')
  // Where a measure is in force, moving one lever alone would open the others for a moment.
  if (!sameValue(before.state, states[kind].open))
    throw new NotSo('a lever of it is shut, so nothing was moved; name a seller without a measure')
  const [moved, back] = [before.sequence + 1, before.sequence + 2]
  const there = { isThere: true }
  try {
    const answer = await put(probe, kind, id, { sequence: moved, state })
    expectAnswer(answer, moved, state, 'PUT', there)
    expectAnswer(await get(probe, kind, id), moved, state, 'GET', there)
  } finally {
    await put(probe, kind, id, { sequence: back, state: before.state })
  }
  expectAnswer(await get(probe, kind, id), back, before.state, 'GET after putting it back', there)
  return `moved, and put as it was; now at sequence ${back}`
}

const pathOf = (kind: Kind, id: string) => `/subjects/${kind}/${encodeURIComponent(id)}`
const get = (probe: Probe, kind: Kind, id: string) =>
  probe.send({ method: 'GET', path: pathOf(kind, id) })
const put = (
  probe: Probe,
  kind: Kind,
  id: string,
  body: { sequence: number; state: State },
  forge?: Forgery,
) =>
  probe.send({
    method: 'PUT',
    path: pathOf(kind, id),
    body: JSON.stringify({ ...body, because: ['recourse-check'] }),
    forge,
  })
