/** A line of JSON from outside is read whole or refused with a stable reason and a sentence that names the field. */
import { wordsOf } from './thrown.ts'

/** What can be wrong with a line; these names are stable. */
export type LineErrorType =
  | 'invalid_utf8'
  | 'invalid_json'
  | 'wrong_type'
  | 'missing_field'
  | 'invalid_text'
  | 'invalid_time'
  | 'too_large'

export interface LineError {
  type: LineErrorType
  /** A sentence that names the field. */
  detail: string
}

export type LineRead<Value> = { ok: true; value: Value } | { ok: false; error: LineError }

/** Thrown while a line is read, and caught by `readWhole`: so reading stays a plain list of fields. */
export class Unreadable extends Error {
  readonly error: LineError
  constructor(type: LineErrorType, detail: string) {
    super(detail)
    this.error = { type, detail }
  }
}

/** The JSON of a line; never throws, whatever the line holds. */
export function parseLine(line: string): LineRead<unknown> {
  try {
    const value: unknown = JSON.parse(line)
    return { ok: true, value }
  } catch (cause) {
    const why = wordsOf(cause)
    return { ok: false, error: { type: 'invalid_json', detail: `The line is not JSON: ${why}.` } }
  }
}

/** What reading gives, or why it cannot be read. */
export function readWhole<Value>(read: () => Value): LineRead<Value> {
  try {
    return { ok: true, value: read() }
  } catch (thrown) {
    if (thrown instanceof Unreadable) return { ok: false, error: thrown.error }
    throw thrown
  }
}

/** Whether it is an object and no list: its fields may hold anything. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A field by its own name only: JSON may hold one called __proto__, and what an object inherits is nobody's. */
export function fieldOf(value: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(value, name) ? value[name] : undefined
}

/** What a value is, in words for people. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  switch (typeof value) {
    case 'string':
      return 'a text'
    case 'number':
      return 'a number'
    case 'boolean':
      return String(value)
    default:
      return 'an object'
  }
}
