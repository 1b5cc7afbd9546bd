/** A document is YAML that people write and the system obeys: read whole, or refused with the place of every mistake. */
import {
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  parseDocument,
  visit,
} from 'yaml'
import type { Document, Node } from 'yaml'
import { z } from 'zod'
import { nearestName, suggestName } from './spelling.ts'
import { wordsOf } from './thrown.ts'

export interface DocumentError {
  file: string
  /** From 1. */
  line: number
  column: number
  /** What is wrong and what was expected. */
  message: string
}

export type DocumentRead<Value> =
  { ok: true; value: Value } | { ok: false; errors: DocumentError[] }

type Path = readonly PropertyKey[]

/** Says what is wrong at a path of the document; at the name of the entry where `atKey` is set. */
export type Report = (path: Path, message: string, place?: { atKey: boolean }) => void

interface Reading<Value> {
  file: string
  text: string
  schema: z.ZodType<Value>
  /** Turns what was written into what the schema takes, such as durations into milliseconds. */
  prepare?: (written: unknown, report: Report) => unknown
  /** What a shape cannot say, such as that a name is defined elsewhere; sees only what has the right shape. */
  check?: (value: Value, report: Report) => void
}

const MAX_CHARACTERS = 1_000_000
const MAX_DEPTH = 100
const MAX_ALIASES = 100
/** Whoever has made more mistakes than this mends these first. */
const MISTAKES_SHOWN = 50

/** Reads a YAML document into the shape of a schema, or says where it is wrong and what was expected. */
export function readDocument<Value>(reading: Reading<Value>): DocumentRead<Value> {
  const { file, text } = reading
  if (text.length > MAX_CHARACTERS) {
    return refuse([
      { file, line: 1, column: 1, message: 'the document is longer than 1,000,000 characters' },
    ])
  }
  const lines = countLines(text)
  const errors: DocumentError[] = []
  const add = (offset: number, message: string) => {
    const { line, col } = lines.linePos(offset)
    errors.push({ file, line: Math.max(line, 1), column: Math.max(col, 1), message })
  }
  const parsed = parseYaml(text, add)
  if (parsed === null || errors.length > 0) return refuse(errors)

  const report: Report = (path, message, place) =>
    add(offsetOf(parsed.document, path, place?.atKey ?? false), message)
  const value = reading.prepare ? reading.prepare(parsed.value, report) : parsed.value
  const result = reading.schema.safeParse(value)
  if (!result.success) {
    for (const issue of result.error.issues)
      reportIssue({ issue, schema: reading.schema, value, report })
    return refuse(errors)
  }
  reading.check?.(result.data, report)
  return errors.length > 0 ? refuse(errors) : { ok: true, value: result.data }
}

/** One mistake on one line, as compilers print them. */
export function formatDocumentError(error: DocumentError): string {
  return `${error.file}:${error.line}:${error.column}: ${error.message}`
}

function refuse(errors: DocumentError[]): { ok: false; errors: DocumentError[] } {
  return {
    ok: false,
    errors: errors.sort((a, b) => a.line - b.line || a.column - b.column).slice(0, MISTAKES_SHOWN),
  }
}

function countLines(text: string): LineCounter {
  const lines = new LineCounter()
  for (let at = 0; at >= 0; at = text.indexOf('\n', at) + 1 || -1) lines.addNewLine(at)
  return lines
}

function parseYaml(text: string, add: (offset: number, message: string) => void) {
  const excess = findExcess(text)
  if (excess !== null) {
    add(excess.offset, `not readable as YAML: ${excess.message}`)
    return null
  }
  try {
    const document = parseDocument(text, {
      prettyErrors: false,
      version: '1.2',
      logLevel: 'error',
    })
    for (const problem of [...document.errors, ...document.warnings]) {
      add(problem.pos[0], `not readable as YAML: ${problem.message}`)
    }
    if (document.errors.length > 0) return null
    visit(document, {
      Pair: (_, { key }) => {
        if (isCollection(key)) add(key.range?.[0] ?? 0, 'expected a name, found a list or mapping')
      },
    })
    return { document, value: document.toJS() as unknown } // typed any by the library
  } catch (cause) {
    // Bombs of aliases are refused by throwing.
    add(0, `not readable as YAML: ${wordsOf(cause)}`)
    return null
  }
}

/** Control characters among the tokens are the lexer's own and stand for nothing in the text. */
const SCALAR_MARK = '\u001f'
const lexerMarks = new Set(['\u0002', '\u0018', SCALAR_MARK])

/**
 * What the parser could not bear. It calls itself at each level, and an engine that runs out of stack
 * within a regular expression ends the whole process, so it must never come to that; and chains of
 * aliases cost it the square of their length.
 */
function findExcess(text: string): { offset: number; message: string } | null {
  let offset = 0
  let brackets = 0
  let inLine = 0
  let aliases = 0
  let isContent = false
  for (const token of new Lexer().lex(text)) {
    if (isContent) isContent = false
    else if (token === SCALAR_MARK) isContent = true
    else if (token === '[' || token === '{') brackets++
    else if (token === ']' || token === '}') brackets--
    else if (token === '-' || token === '?' || token === ':') inLine++
    else if (token === ',') inLine = 0
    else if (token.endsWith('\n')) inLine = 0
    // A level that is written by indenting takes a column at least.
    else if (/^ +$/.test(token) && text[offset - 1] === '\n') inLine = token.length
    else if (token.startsWith('*')) aliases++
    if (brackets + inLine > MAX_DEPTH) {
      return { offset, message: `it is nested more than ${MAX_DEPTH} levels deep` }
    }
    if (aliases > MAX_ALIASES)
      return { offset, message: `it has more than ${MAX_ALIASES} aliases (*name)` }
    if (!lexerMarks.has(token)) offset += token.length
  }
  return null
}

/** Where the entry at a path is written; for what is missing, the nearest thing around it. */
function offsetOf(document: Document.Parsed, path: Path, atKey: boolean): number {
  let node: Node | null = document.contents
  let offset = node?.range?.[0] ?? 0
  for (const [depth, step] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document) ?? null
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))
      if (pair === undefined) return offset
      const key = isScalar(pair.key) ? pair.key.range?.[0] : undefined
      const value = pair.value as Node | null // a parsed document holds nodes, never bare values
      const isLast = depth === path.length - 1
      const isEmpty = value === null || (isScalar(value) && value.source === '')
      offset = (isLast && atKey) || isEmpty ? (key ?? offset) : (value.range?.[0] ?? key ?? offset)
      node = value
    } else if (isSeq(node)) {
      const item = node.items[Number(step)] as Node | undefined // a parsed document holds nodes, never bare values
      if (item === undefined) return offset
      offset = item.range?.[0] ?? offset
      node = item
    } else return offset
  }
  return offset
}

function reportIssue(found: {
  issue: z.core.$ZodIssue
  schema: z.ZodType
  value: unknown
  report: Report
}): void {
  const { issue, schema, value, report } = found
  const last = issue.path.at(-1)
  const written = valueAt(value, issue.path)
  if (issue.code === 'unrecognized_keys') {
    const known = keysOf(schemaAt(schema, issue.path))
    for (const key of issue.keys) {
      report(
        [...issue.path, key],
        `"${key}" is not a key that is known here; ${suggestName(key, known)}`,
        { atKey: true },
      )
    }
    return
  }
  if (issue.code === 'invalid_key') {
    const why = issue.issues[0]?.message ?? 'another name'
    report(issue.path, `"${String(last)}" cannot be a name here: expected ${why}`, { atKey: true })
    return
  }
  if (written === undefined && typeof last === 'string') {
    report(
      issue.path.slice(0, -1),
      `"${last}" is missing: expected ${expectationOf(schemaAt(schema, issue.path))}`,
    )
    return
  }
  report(issue.path, sayIssue(issue, written))
}

function sayIssue(issue: z.core.$ZodIssue, written: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${kindNames[issue.expected] ?? issue.expected}, found ${describeFound(written)}`
    case 'invalid_value': {
      const known = issue.values.map(String)
      const nearest = typeof written === 'string' ? nearestName(written, known) : null
      const hint = nearest === null ? '' : `; did you mean "${nearest}"?`
      return `expected ${oneOf(known)}, found ${describeFound(written)}${hint}`
    }
    case 'invalid_format':
      return `expected ${issue.message}, found ${describeFound(written)}`
    case 'too_small':
      return `expected ${issue.inclusive === false ? 'more than' : 'at least'} ${amount(issue.minimum, issue.origin)}, found ${describeFound(written)}`
    case 'too_big':
      return `expected ${issue.inclusive === false ? 'less than' : 'at most'} ${amount(issue.maximum, issue.origin)}, found ${describeFound(written)}`
    case 'not_multiple_of':
    case 'unrecognized_keys':
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
    case 'custom':
      return issue.message
  }
}

const kindNames: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a mapping (name: value)',
  record: 'a mapping (name: value)',
  array: 'a list',
}

function amount(count: number | bigint, origin: string): string {
  if (origin === 'string') return count === 1 ? '1 character' : `${count} characters`
  if (origin === 'array') return count === 1 ? '1 entry' : `${count} entries`
  return String(count)
}

/** What was found in place of what was expected, short enough for one line. */
export function describeFound(written: unknown): string {
  if (written === null || written === undefined) return 'nothing'
  if (Array.isArray(written))
    return written.length === 0 ? 'an empty list' : `a list of ${written.length}`
  if (typeof written === 'object') return 'a mapping'
  const shown =
    typeof written === 'number' ? String(written) : (JSON.stringify(written) ?? 'another kind')
  return shown.length > 60 ? `${shown.slice(0, 57)}…` : shown
}

function oneOf(names: readonly string[]): string {
  return names.length === 1 ? `"${names[0]}"` : `one of ${names.join(', ')}`
}

function expectationOf(schema: z.core.$ZodType | null): string {
  if (schema instanceof z.ZodEnum) return oneOf(schema.options.map(String))
  if (schema instanceof z.ZodObject) return 'a mapping (name: value)'
  return (schema && kindNames[schema._zod.def.type]) ?? 'a value'
}

function valueAt(value: unknown, path: Path): unknown {
  let at = value
  for (const step of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return undefined
    at = (at as Record<PropertyKey, unknown>)[step] // an object that has this name itself
  }
  return at
}

function schemaAt(schema: z.core.$ZodType, path: Path): z.core.$ZodType | null {
  let at: z.core.$ZodType | null = unwrap(schema)
  for (const step of path) {
    if (at instanceof z.ZodObject)
      at = (at.shape as Record<PropertyKey, z.core.$ZodType>)[step] ?? null // a shape maps names to schemas
    else if (at instanceof z.ZodArray) at = at.element
    else if (at instanceof z.ZodRecord) at = at.valueType
    else return null
    at = at && unwrap(at)
  }
  return at
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  let at = schema
  while (at instanceof z.ZodOptional || at instanceof z.ZodDefault) at = at.unwrap()
  return at
}

function keysOf(schema: z.core.$ZodType | null): string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : []
}
