/** Reading a procedure: from the YAML that people write to the value that the system follows. */
import { describeFound, readDocument } from '../core/document.ts'
import type { DocumentError, Report } from '../core/document.ts'
import { Procedure } from '../core/procedure.ts'
import { suggestName } from '../core/spelling.ts'
import { readDuration } from './duration.ts'
import { findExcess } from './size.ts'

export type ProcedureRead =
  { ok: true; procedure: Procedure } | { ok: false; errors: DocumentError[] }

/** Reads a procedure document, or says with line and column what was expected instead. */
export function readProcedure(yamlText: string, file = 'procedure'): ProcedureRead {
  const excess = findExcess(yamlText)
  if (excess !== null) return { ok: false, errors: [{ file, ...excess }] }
  const read = readDocument({
    file,
    text: yamlText,
    schema: Procedure,
    prepare: readDurations,
    check: checkAll,
  })
  return read.ok ? { ok: true, procedure: read.value } : read
}

/** Puts milliseconds where the document has durations; a place that is wrong is reported once and goes on as 1. */
function readDurations(written: unknown, report: Report): unknown {
  const convert = (holder: unknown, path: string[], key: string): unknown => {
    if (!isMapping(holder) || holder[key] === undefined) return holder
    const text = holder[key]
    const read = typeof text === 'string' ? readDuration(text) : readDuration('')
    if (!read.ok) report([...path, key], `expected ${read.expected}, found ${describeFound(text)}`)
    return { ...holder, [key]: read.ok ? read.milliseconds : 1 }
  }
  if (!isMapping(written)) return written
  for (const key of ['desks', 'measures', 'channels']) {
    const named = written[key]
    // It would vanish on the way, since to a JavaScript object this name means something else.
    if (isMapping(named) && Object.hasOwn(named, '__proto__'))
      report([key, '__proto__'], '"__proto__" cannot be a name here', { atKey: true })
  }
  const procedure = { ...written }
  procedure.promise = convert(
    convert(written.promise, ['promise'], 'person'),
    ['promise'],
    'answer',
  )
  procedure.limits = convert(written.limits, ['limits'], 'ask-wait')
  if (isMapping(written.desks)) {
    procedure.desks = Object.fromEntries(
      Object.entries(written.desks).map(([name, desk]) => [
        name,
        convert(desk, ['desks', name], 'within'),
      ]),
    )
  }
  return procedure
}

/** More could be explored, but not while somebody waits for the result. */
const MOST_STEPS = 200_000
const MOST_WAYS = 100_000
const MOST_NAMES = 1000
/** As many as are shown; searching for what else was meant would only take time. */
const MOST_MISTAKES = 50

function checkAll(procedure: Procedure, report: Report): void {
  const isSmallEnough = checkSize(procedure, report)
  // What is too large to prove is not searched for names either: it would take as long.
  if (isSmallEnough) checkNames(procedure, report)
}

function checkSize(procedure: Procedure, report: Report): boolean {
  const { desks, limits, measures, channels, routes } = procedure
  const steps = Object.values(desks).reduce((sum, desk) => sum + 2 + (desk.forward?.length ?? 0), 0)
  const ways = Object.keys(measures).length * Object.keys(channels).length
  const named = routes.reduce((sum, route) => sum + route.for.length + route.by.length, 0)
  const tooLarge = (path: string[], what: string) => {
    report(path, `expected a procedure that can be proved in a moment: ${what}`)
    return false
  }
  for (const key of ['desks', 'measures', 'channels'] as const) {
    const count = Object.keys(procedure[key]).length
    if (count > MOST_NAMES) return tooLarge([key], `at most ${MOST_NAMES} ${key}, found ${count}`)
  }
  if (steps > MOST_STEPS) return tooLarge(['desks'], 'there are too many desks and hand-overs')
  if (steps * (limits.forwards + 1) > MOST_STEPS) {
    const most = Math.floor(MOST_STEPS / steps) - 1
    return tooLarge(
      ['limits', 'forwards'],
      `with these desks at most ${most} forwards, found ${limits.forwards}`,
    )
  }
  if (ways > MOST_WAYS) return tooLarge(['measures'], 'there are too many measures and channels')
  if (named > MOST_WAYS) return tooLarge(['routes'], 'there are too many routes')
  return true
}

function checkNames(procedure: Procedure, reportOne: Report): void {
  let mistakes = 0
  const report: Report = (path, message, place) => {
    mistakes++
    reportOne(path, message, place)
  }
  const desks = Object.keys(procedure.desks)
  const channels = Object.keys(procedure.channels)
  const expectDesk = (name: string | undefined, path: (string | number)[], also: string[] = []) => {
    if (mistakes >= MOST_MISTAKES) return
    if (name === undefined || desks.includes(name) || also.includes(name)) return
    const kinds =
      also.length > 0 ? `the name of a desk, or ${also.join(' or ')}` : 'the name of a desk'
    report(path, `expected ${kinds}, found "${name}"; ${suggestName(name, [...desks, ...also])}`)
  }

  for (const [name, desk] of Object.entries(procedure.desks)) {
    if (name === 'lift' || name === 'narrow') {
      report(
        ['desks', name],
        `a desk cannot be named "${name}": that word is a consequence of lateness`,
        { atKey: true },
      )
    }
    if (name.includes('+'))
      report(['desks', name], `a desk's name cannot have "+" in it`, { atKey: true })
    expectDesk(desk.late, ['desks', name, 'late'], ['lift', 'narrow'])
    expectDesk(desk.review, ['desks', name, 'review'])
    desk.forward?.forEach((to, index) => expectDesk(to, ['desks', name, 'forward', index]))
  }

  procedure.routes.forEach((route, index) => {
    expectDesk(route.to, ['routes', index, 'to'])
    route.by.forEach((channel, at) => {
      if (mistakes >= MOST_MISTAKES || channels.includes(channel)) return
      report(
        ['routes', index, 'by', at],
        `expected the name of a channel, found "${channel}"; ${suggestName(channel, channels)}`,
      )
    })
    route.for.forEach((pattern, at) => {
      if (mistakes >= MOST_MISTAKES) return
      checkPattern(procedure, pattern, (message) => report(['routes', index, 'for', at], message))
    })
  })

  for (const name of Object.keys(procedure.measures)) {
    if (name.includes('*'))
      report(['measures', name], `a measure's name cannot have "*" in it`, { atKey: true })
  }
  const mayAsk = Object.values(procedure.desks).some((desk) => desk.may.includes('ask'))
  if (procedure.limits.asks > 0 && mayAsk && procedure.limits['ask-wait'] === undefined) {
    report(
      ['limits'],
      '"ask-wait" is missing: where a desk may ask, the seller needs a time to answer, such as P14D',
    )
  }
}

function checkPattern(
  procedure: Procedure,
  pattern: string,
  report: (message: string) => void,
): void {
  if (pattern === '*' || /^[^*]+\.\*$/.test(pattern)) return
  if (pattern.includes('*')) {
    report(
      `expected the name of a measure or matter, "*", or a beginning with ".*", found "${pattern}"`,
    )
    return
  }
  const known = Object.keys(procedure.measures)
  if (known.includes(pattern)) return
  report(
    `expected a measure or matter that "measures" defines, found "${pattern}"; ${suggestName(pattern, known)}`,
  )
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
