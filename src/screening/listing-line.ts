/** A listing line is one listing as a marketplace sends it: JSON on one line, read whole or refused with a stable reason. */
import { fieldOf, isObject, kindOf, parseLine, readWhole, Unreadable } from '../core/json-line.ts'
import type { LineError } from '../core/json-line.ts'
import type { ListingText } from '../core/listing.ts'
import { listingLimits } from '../core/listing.ts'

export interface ListingLine {
  id: string
  /** Screening does not need it; the door that stores listings does. */
  sellerId: string | null
  text: ListingText
}

export type ListingRead = { ok: true; listing: ListingLine } | { ok: false; error: LineError }

/** Reads one line of JSON into a listing; never throws, whatever the line holds. */
export function readListingLine(line: string): ListingRead {
  const parsed = parseLine(line)
  return parsed.ok ? readListing(parsed.value) : parsed
}

/** Reads a listing from JSON that is already parsed. */
export function readListing(value: unknown): ListingRead {
  const read = readWhole(() => listingFrom(value))
  return read.ok ? { ok: true, listing: read.value } : read
}

/** The attributes of a line that the fast pass has read to its end: nothing in it is to be refused. */
export function readScannedAttributes(line: string): ListingText['attributes'] {
  const { attributes: written } = JSON.parse(line) as ScannedLine // the fast pass found it to be one
  const attributes: ListingText['attributes'] = {}
  for (const name in written) {
    const value = written[name]
    if (value != null && name !== '__proto__') attributes[name] = value
  }
  return attributes
}

interface ScannedLine {
  attributes?: Record<string, ListingText['attributes'][string] | null> | null
}

function listingFrom(value: unknown): ListingLine {
  if (!isObject(value)) {
    throw new Unreadable(
      'wrong_type',
      `A listing must be a JSON object with an id and a title, not ${kindOf(value)}.`,
    )
  }
  const field = (name: string) => fieldOf(value, name)
  return {
    id: readId('id', field('id')),
    sellerId: field('sellerId') == null ? null : readId('sellerId', field('sellerId')),
    text: {
      title: readRequiredText('title', field('title'), listingLimits.title),
      description: readText('description', field('description') ?? '', listingLimits.description),
      bullets: readBullets(field('bullets') ?? []),
      brand: readText('brand', field('brand') ?? '', listingLimits.brand),
      category: readText('category', field('category') ?? '', listingLimits.category),
      attributes: readAttributes(field('attributes') ?? {}),
    },
  }
}

function readId(name: string, value: unknown): string {
  const id = readRequiredText(name, value, listingLimits.id)
  if (/\p{Cc}/u.test(id))
    throw new Unreadable('invalid_text', `${name} has a control character in it.`)
  return id
}

function readRequiredText(name: string, value: unknown, limit: number): string {
  if (value == null) throw new Unreadable('missing_field', `${name} is missing.`)
  const text = readText(name, value, limit)
  if (text.trim() === '') throw new Unreadable('missing_field', `${name} is empty.`)
  return text
}

function readText(name: string, value: unknown, limit: number): string {
  if (typeof value !== 'string')
    throw new Unreadable('wrong_type', `${name} must be a text, not ${kindOf(value)}.`)
  if (value.length > limit) {
    throw new Unreadable(
      'too_large',
      `${name} has ${grouped(value.length)} characters; at most ${grouped(limit)} are taken.`,
    )
  }
  // PostgreSQL can hold neither, and quietly changing a seller's text would move every offset.
  if (value.includes('\0'))
    throw new Unreadable('invalid_text', `${name} has a NUL character in it.`)
  // Few texts have any; only of those it is asked whether each is half of a pair.
  if (/[\ud800-\udfff]/.test(value) && /\p{Surrogate}/u.test(value))
    throw new Unreadable('invalid_text', `${name} has half a character (a lone surrogate) in it.`)
  return value
}

function readBullets(value: unknown): string[] {
  if (!Array.isArray(value))
    throw new Unreadable('wrong_type', `bullets must be a list of texts, not ${kindOf(value)}.`)
  expectCount('bullets', value.length, listingLimits.bullets)
  return value.map((bullet: unknown, index) =>
    readText(`bullets[${index}]`, bullet, listingLimits.bullet),
  )
}

function readAttributes(value: unknown): ListingText['attributes'] {
  if (!isObject(value))
    throw new Unreadable('wrong_type', `attributes must be a JSON object, not ${kindOf(value)}.`)
  const names = Object.keys(value)
  expectCount('attributes', names.length, listingLimits.attributes)
  const attributes: ListingText['attributes'] = {}
  for (const name of names) {
    // No real attribute is called so, and as a name of our own object it would be a trap.
    if (name === '__proto__') continue
    readText('The name of an attribute', name, listingLimits.attributeName)
    const read = readAttribute(`attributes.${name}`, value[name])
    if (read !== null) attributes[name] = read
  }
  return attributes
}

function readAttribute(name: string, value: unknown): ListingText['attributes'][string] | null {
  if (value === null || typeof value === 'boolean') return value
  if (typeof value === 'string') return readText(name, value, listingLimits.attributeValue)
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return value
    throw new Unreadable('too_large', `${name} is a number beyond what can be kept.`)
  }
  if (!Array.isArray(value)) {
    throw new Unreadable(
      'wrong_type',
      `${name} must be a text, a number, true, false or a list of texts, not ${kindOf(value)}.`,
    )
  }
  expectCount(name, value.length, listingLimits.attributeList)
  const list = value.map((entry: unknown, index) =>
    readText(`${name}[${index}]`, entry, listingLimits.attributeValue),
  )
  if (list.join(', ').length > listingLimits.description) {
    throw new Unreadable(
      'too_large',
      `${name} has more than ${grouped(listingLimits.description)} characters in all.`,
    )
  }
  return list
}

function expectCount(name: string, count: number, limit: number): void {
  if (count <= limit) return
  throw new Unreadable(
    'too_large',
    `${name} has ${grouped(count)} entries; at most ${grouped(limit)} are taken.`,
  )
}

function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}
