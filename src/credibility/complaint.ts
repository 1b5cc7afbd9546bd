/** A complaint as a line tells it, and what lines beside it tell of sellers and orders: read whole, or refused with a stable reason. */
import { fieldOf, isObject, kindOf, parseLine, readWhole, Unreadable } from '../core/json-line.ts'
import type { LineError, LineErrorType } from '../core/json-line.ts'

/** What a reporter, or a seller, was seen to use. What was not told is an empty list. */
export interface Belongings {
  devices: readonly string[]
  ipPrefixes: readonly string[]
  paymentHashes: readonly string[]
  addressHashes: readonly string[]
}

/** Times are milliseconds since 1970; null is what was not told. */
export interface Complaint {
  id: string
  at: number
  sellerId: string
  reporterId: string
  listingId: string | null
  orderId: string | null
  kind: string | null
  text: string | null
  reporter: Belongings & { createdAt: number | null; orders: number | null }
}

export interface SellerContext extends Belongings {
  id: string
  createdAt: number | null
  categories: readonly string[]
}

export interface OrderContext {
  id: string
  sellerId: string | null
  listingId: string | null
  reporterId: string | null
  at: number | null
  isDelivered: boolean | null
}

export type Fact =
  | { is: 'complaint'; complaint: Complaint }
  | { is: 'seller'; seller: SellerContext }
  | { is: 'order'; order: OrderContext }

export type FactRead = { ok: true; fact: Fact } | { ok: false; error: LineError }

export const complaintLimits = { id: 500, text: 100_000, list: 1_000, lineBytes: 1024 * 1024 }

/** Reads one line of JSON; never throws, whatever the line holds. */
export function readFactLine(line: string): FactRead {
  const parsed = parseLine(line)
  if (!parsed.ok) return parsed
  const read = readWhole(() => factFrom(parsed.value))
  return read.ok ? { ok: true, fact: read.value } : read
}

type Fields = (name: string) => unknown

function factFrom(value: unknown): Fact {
  const field = fieldsOf('A line', value)
  // A complaint has an id of its own, so that what else it may carry is not taken for context.
  if (field('id') === undefined) {
    if (field('seller') !== undefined) return { is: 'seller', seller: sellerFrom(field('seller')) }
    if (field('order') !== undefined) return { is: 'order', order: orderFrom(field('order')) }
  }
  return { is: 'complaint', complaint: complaintFrom(field) }
}

function complaintFrom(field: Fields): Complaint {
  const reporter: Fields =
    field('reporter') == null ? () => undefined : fieldsOf('reporter', field('reporter'))
  return {
    id: readId('id', field('id')),
    at: readTime('at', field('at')) ?? refuse('missing_field', 'at is missing.'),
    sellerId: readId('sellerId', field('sellerId')),
    reporterId: readId('reporterId', field('reporterId')),
    listingId: readOptionalId('listingId', field('listingId')),
    orderId: readOptionalId('orderId', field('orderId')),
    kind: readText('kind', field('kind'), complaintLimits.id),
    text: readText('text', field('text'), complaintLimits.text),
    reporter: {
      createdAt: readTime('reporter.createdAt', reporter('createdAt')),
      orders: readCount('reporter.orders', reporter('orders')),
      ...belongingsFrom('reporter', reporter),
    },
  }
}

function sellerFrom(value: unknown): SellerContext {
  const field = fieldsOf('seller', value)
  return {
    id: readId('seller.id', field('id')),
    createdAt: readTime('seller.createdAt', field('createdAt')),
    categories: readList('seller.categories', field('categories')),
    ...belongingsFrom('seller', field),
  }
}

function orderFrom(value: unknown): OrderContext {
  const field = fieldsOf('order', value)
  const delivered = field('delivered')
  if (delivered != null && typeof delivered !== 'boolean')
    throw new Unreadable(
      'wrong_type',
      `order.delivered must be true or false, not ${kindOf(delivered)}.`,
    )
  return {
    id: readId('order.id', field('id')),
    sellerId: readOptionalId('order.sellerId', field('sellerId')),
    listingId: readOptionalId('order.listingId', field('listingId')),
    reporterId: readOptionalId('order.reporterId', field('reporterId')),
    at: readTime('order.at', field('at')),
    isDelivered: delivered ?? null,
  }
}

function belongingsFrom(of: string, field: Fields): Belongings {
  return {
    devices: readList(`${of}.devices`, field('devices')),
    ipPrefixes: readList(`${of}.ipPrefixes`, field('ipPrefixes')),
    paymentHashes: readList(`${of}.paymentHashes`, field('paymentHashes')),
    addressHashes: readList(`${of}.addressHashes`, field('addressHashes')),
  }
}

function fieldsOf(what: string, value: unknown): Fields {
  if (!isObject(value))
    throw new Unreadable('wrong_type', `${what} must be a JSON object, not ${kindOf(value)}.`)
  return (name) => fieldOf(value, name)
}

function readId(name: string, value: unknown): string {
  return readOptionalId(name, value) ?? refuse('missing_field', `${name} is missing.`)
}

function readOptionalId(name: string, value: unknown): string | null {
  if (value == null) return null
  const id = readText(name, value, complaintLimits.id)
  return id === null || id.trim() === '' ? null : id
}

function readText(name: string, value: unknown, limit: number): string | null {
  if (value == null) return null
  if (typeof value !== 'string')
    throw new Unreadable('wrong_type', `${name} must be a text, not ${kindOf(value)}.`)
  if (value.length > limit)
    throw new Unreadable(
      'too_large',
      `${name} has ${value.length} characters; at most ${limit} are taken.`,
    )
  return value
}

/** A day at least, as in 2026-11-26 or 2026-11-26T10:00:00Z. */
const day = /^\d{4}-\d\d-\d\d/

function readTime(name: string, value: unknown): number | null {
  if (value == null || value === '') return null
  const text = readText(name, value, complaintLimits.id) ?? ''
  const time = day.test(text) ? Date.parse(text) : NaN
  if (Number.isNaN(time))
    throw new Unreadable('invalid_time', `${name} must be a time such as 2026-11-26T10:00:00Z.`)
  return time
}

function readCount(name: string, value: unknown): number | null {
  if (value == null) return null
  if (typeof value !== 'number' || !Number.isFinite(value))
    throw new Unreadable('wrong_type', `${name} must be a number, not ${kindOf(value)}.`)
  return Math.max(0, Math.floor(value))
}

const nothing: readonly string[] = []

function readList(name: string, value: unknown): readonly string[] {
  if (value == null) return nothing
  if (!Array.isArray(value))
    throw new Unreadable('wrong_type', `${name} must be a list of texts, not ${kindOf(value)}.`)
  if (value.length > complaintLimits.list)
    throw new Unreadable(
      'too_large',
      `${name} has ${value.length} entries; at most ${complaintLimits.list} are taken.`,
    )
  const entries: string[] = []
  for (const entry of value) {
    const read = readOptionalId(name, entry)
    if (read !== null) entries.push(read)
  }
  return entries
}

function refuse(type: LineErrorType, detail: string): never {
  throw new Unreadable(type, detail)
}
