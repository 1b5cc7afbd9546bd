/** Reading a procedure: from the YAML that people write to the value that the system follows. */
import { describeFound, readDocument } from '../core/document.ts'
import type { DocumentError, Report } from '../core/document.ts'
import { Procedure } from '../core/procedure.ts'
import { suggestName } from '../core/spelling.ts'
import { readDuration } from './duration.ts'

export type ProcedureRead =
  { ok: true; procedure: Procedure } | { ok: false; errors: DocumentError[] }

/** Reads a procedure document, or says with line and column what was expected instead. */
export function readProcedure(yamlText: string, file = 'procedure'): ProcedureRead {
  const read = readDocument({
    file,
    text: yamlText,
    schema: Procedure,
    prepare: readDurations,
    check: checkNames,
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

function checkNames(procedure: Procedure, report: Report): void {
  const desks = Object.keys(procedure.desks)
  const channels = Object.keys(procedure.channels)
  const expectDesk = (name: string | undefined, path: (string | number)[], also: string[] = []) => {
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
      if (channels.includes(channel)) return
      report(
        ['routes', index, 'by', at],
        `expected the name of a channel, found "${channel}"; ${suggestName(channel, channels)}`,
      )
    })
    route.for.forEach((pattern, at) =>
      checkPattern(procedure, pattern, (message) => report(['routes', index, 'for', at], message)),
    )
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
