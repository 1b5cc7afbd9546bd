/** A condition is a CEL expression over a listing's text that is true or false of it, in bounded time. */
import { Environment, ParseError } from '@marcbachmann/cel-js'
import type { ListingText } from '../core/listing.ts'

export type Condition = (text: ListingText) => boolean

export type ConditionRead =
  { ok: true; condition: Condition } | { ok: false; at: number | null; why: string }

// Loops within loops over a listing's own lists would let its text decide how long screening takes.
const limits = { maxAstNodes: 500, maxDepth: 40, maxListElements: 500, maxMapEntries: 100 }

const environment = new Environment({ limits })
  .registerVariable('title', 'string')
  .registerVariable('description', 'string')
  .registerVariable('bullets', 'list<string>')
  .registerVariable('brand', 'string')
  .registerVariable('category', 'string')
  .registerVariable('attributes', 'map<string, dyn>')

/** Reads a condition, or says what is wrong with it and at which character. */
export function readCondition(source: string): ConditionRead {
  // The language has it, but here it would run on an engine that a hostile text can hold up for minutes.
  const matches = /\bmatches\s*\(/.exec(source)
  if (matches)
    return {
      ok: false,
      at: matches.index,
      why: 'a condition has no "matches"; write the expression under "patterns"',
    }
  const macros = source.match(/\.\s*(?:all|exists|exists_one|filter|map)\s*\(/g) ?? []
  if (macros.length > 1)
    return { ok: false, at: null, why: 'a condition may go through one list, not several' }
  try {
    const parsed = environment.parse(source)
    const checked = parsed.check()
    if (!checked.valid) {
      const { error } = checked
      return {
        ok: false,
        at: error?.node?.pos ?? null,
        why: firstLine(error?.message ?? 'no type'),
      }
    }
    if (checked.type !== 'bool' && checked.type !== 'dyn')
      return { ok: false, at: 0, why: `expected a condition, true or false, found ${checked.type}` }
    return { ok: true, condition: (text) => holds(parsed, text) }
  } catch (thrown) {
    const at = thrown instanceof ParseError ? (thrown.node?.pos ?? null) : null
    return {
      ok: false,
      at,
      why: firstLine(thrown instanceof Error ? thrown.message : String(thrown)),
    }
  }
}

/** What a condition asks for and the listing lacks, such as an attribute, makes it false. */
function holds(parsed: (context: Record<string, unknown>) => unknown, text: ListingText): boolean {
  try {
    return parsed(namesOf(text)) === true
  } catch {
    return false
  }
}

let named: { text: ListingText; names: Record<string, unknown> } | null = null

/** A text by the names that conditions use; several are asked of one listing after another. */
function namesOf(text: ListingText): Record<string, unknown> {
  if (named?.text !== text) {
    const { title, description, bullets, brand, category } = text
    const attributes = new Map(Object.entries(text.attributes))
    named = { text, names: { title, description, bullets, brand, category, attributes } }
  }
  return named.names
}

function firstLine(message: string): string {
  return (message.split('\n')[0] ?? message).replace(/^./, (first) => first.toLowerCase())
}
