/** A state is how the levers of a listing, an account or its payouts stand, as Recourse writes it. */

export const kinds = ['listing', 'account', 'payouts'] as const
export type Kind = (typeof kinds)[number]

export interface ListingState {
  offered: boolean
  searchable: boolean
}
export interface AccountState {
  signIn: boolean
  sell: boolean
  addListings: boolean
}
export interface Hold {
  amount: number
  until: string
}
export interface PayoutsState {
  held: Hold | null
  onlyTo: string[] | null
}
export type State = ListingState | AccountState | PayoutsState

export interface Told {
  sequence: number
  state: State
  because: string[]
}

/** Thrown for a body that cannot be read; the message is the sentence for the sender. */
export class Unreadable extends Error {}

/** Reads the body of a `PUT`, or says what is wrong with it. */
export function readTold(kind: Kind, raw: string): Told {
  const body = object(parse(raw), 'The body')
  const { sequence, state, because } = body
  if (typeof sequence !== 'number' || !Number.isSafeInteger(sequence) || sequence < 1)
    throw new Unreadable('sequence is a whole number from 1 up.')
  return { sequence, state: readState(kind, state), because: texts(because, 'because', 1_000) }
}

function readState(kind: Kind, value: unknown): State {
  const state = object(value, 'state')
  switch (kind) {
    case 'listing':
      only(state, ['offered', 'searchable'])
      return { offered: lever(state, 'offered'), searchable: lever(state, 'searchable') }
    case 'account':
      only(state, ['signIn', 'sell', 'addListings'])
      return {
        signIn: lever(state, 'signIn'),
        sell: lever(state, 'sell'),
        addListings: lever(state, 'addListings'),
      }
    case 'payouts':
      only(state, ['held', 'onlyTo'])
      return {
        held: state.held === null ? null : readHold(state.held),
        onlyTo: state.onlyTo === null ? null : texts(state.onlyTo, 'onlyTo', 1_000),
      }
  }
}

function readHold(value: unknown): Hold {
  const hold = object(value, 'held')
  const { amount, until } = hold
  if (typeof amount !== 'number' || !Number.isFinite(amount) || amount < 0)
    throw new Unreadable('held.amount is a number from 0 up.')
  if (typeof until !== 'string' || !isInstant(until))
    throw new Unreadable('held.until is a time such as 2026-12-01T10:00:00Z.')
  return { amount, until }
}

function isInstant(text: string): boolean {
  const shape = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/
  return shape.test(text) && !Number.isNaN(Date.parse(text))
}

function parse(raw: string): unknown {
  try {
    return JSON.parse(raw)
  } catch {
    throw new Unreadable('The body is not JSON.')
  }
}

function object(value: unknown, name: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  throw new Unreadable(`${name} is an object.`)
}

/** A lever that the shop does not know is refused: taking it and not moving it would be a lie. */
function only(state: Record<string, unknown>, levers: string[]): void {
  for (const lever of Object.keys(state))
    if (!levers.includes(lever))
      throw new Unreadable(
        `state has a lever that this shop does not know; it has ${levers.join(', ')}.`,
      )
}

function lever(state: Record<string, unknown>, name: string): boolean {
  const value = state[name]
  if (typeof value !== 'boolean') throw new Unreadable(`state.${name} is true or false.`)
  return value
}

function texts(value: unknown, name: string, most: number): string[] {
  const isText = (one: unknown): one is string =>
    typeof one === 'string' && one.length <= 200 && !/[\0\p{Surrogate}]/u.test(one)
  if (!Array.isArray(value) || value.length > most || !value.every(isText))
    throw new Unreadable(`${name} is a list of up to ${most} ids.`)
  return value
}
