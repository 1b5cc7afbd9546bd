/** A procedure is read with its durations and names resolved, or refused where it is wrong. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDocumentError } from '../core/document.ts'
import { readProcedure } from './read.ts'

const small = `procedure: small-shop
title: Every seller reaches a person
officer: owner@small-shop.example
promise: { person: P3D, answer: P8D }
limits: { forwards: 2, asks: 2, ask-wait: P14D }
measures:
  listing.deactivate: {}
  account.lock: { takes: [account] }
  matter.question: {}
channels:
  button: { needs: [account] }
  recovery: { needs: [] }
desks:
  triage: { staff: machine, may: [grant], within: PT5M, late: performance }
  performance: { staff: people, may: [grant, deny, ask], within: P2D, late: executive, review: executive, forward: [triage] }
  executive: { staff: people, may: [grant, deny], within: P3D, late: lift }
routes:
  - { for: [account.lock], by: [recovery], to: performance }
  - { for: ["account.*", "*"], by: [button, recovery], to: triage }
`

function mistakes(text: string): string[] {
  const read = readProcedure(text, 'p.yaml')
  return read.ok ? [] : read.errors.map(formatDocumentError)
}

describe('a procedure', () => {
  it('is read with its durations in milliseconds', () => {
    const read = readProcedure(small)
    expect(read).toMatchObject({
      ok: true,
      procedure: {
        promise: { person: 259_200_000, answer: 691_200_000 },
        limits: { 'ask-wait': 1_209_600_000 },
        measures: { 'account.lock': { takes: ['account'], 'may-take': [], 'lift-by-clock': true } },
        desks: { triage: { within: 300_000 } },
      },
    })
  })

  // ^ stands where the mistake is reported.
  it.each([
    ['within: P2D', 'within: ^P2M', /^expected a duration without years and months.*found "P2M"$/],
    ['within: P2D', 'within: ^2', /^expected an ISO 8601 duration.*found 2$/],
    ['person: P3D', 'person: ^soon', /^expected an ISO 8601 duration.*found "soon"$/],
    [
      'late: executive',
      'late: ^exective',
      /^expected the name of a desk, or lift or narrow, found "exective"; did you mean "executive"\?$/,
    ],
    ['review: executive', 'review: ^lift', /^expected the name of a desk, found "lift"/],
    ['forward: [triage]', 'forward: [^support]', /^expected the name of a desk, found "support"/],
    [
      'by: [recovery]',
      'by: [^recvery]',
      /^expected the name of a channel, found "recvery"; did you mean "recovery"\?$/,
    ],
    [
      'to: triage }',
      'to: ^triag }',
      /^expected the name of a desk, found "triag"; did you mean "triage"\?$/,
    ],
    [
      'for: [account.lock]',
      'for: [^account.lok]',
      /^expected a measure or matter that "measures" defines, found "account.lok"; did you mean "account.lock"\?$/,
    ],
    ['"account.*"', '^"acc*"', /^expected the name of a measure or matter, "\*"/],
    ['staff: machine', 'staff: ^robots', /^expected one of people, machine, found "robots"$/],
    [
      'triage: { staff: machine, ',
      'triage: ^{ ',
      /^"staff" is missing: expected one of people, machine$/,
    ],
    [
      'may: [grant]',
      '^my: [grant]',
      /^"my" is not a key that is known here; did you mean "may"\?$/,
    ],
    [
      'may: [grant]',
      'may: [^forgive]',
      /^expected one of grant, narrow, deny, answer, ask, found "forgive"$/,
    ],
    [
      'limits: { forwards: 2, asks: 2, ask-wait: P14D',
      'limits: ^{ forwards: 2, asks: 2',
      /^"ask-wait" is missing/,
    ],
    ['forwards: 2', 'forwards: ^-1', /^expected at least 0, found -1$/],
    ['{ person: P3D, answer: P8D }', '^{ person: P3D }', /^"answer" is missing/],
    ['  triage:', '  ^lift: { staff: people }\n  triage:', /^a desk cannot be named "lift"/],
    ['  triage:', '  ^a+b: { staff: people }\n  triage:', /^a desk's name cannot have "\+"/],
    [
      '- { for: [account.lock], by: [recovery], to: performance }',
      '- ^{ for: [account.lock], by: [recovery] }',
      /^"to" is missing: expected a text$/,
    ],
    ['needs: [account]', 'needs: [^phone]', /^expected one of account, mailbox, found "phone"$/],
    ['takes: [account]', 'lift-by-clock: ^maybe', /^expected true or false, found "maybe"$/],
    ['procedure: small-shop', 'procedure: ^Small Shop', /^expected a name in kebab-case/],
  ])('with %j as %j is refused at its place', (right, marked, mistake) => {
    expect(small).toContain(right)
    const before = small.slice(0, small.indexOf(right)) + marked.slice(0, marked.indexOf('^'))
    const line = before.split('\n').length
    const column = before.length - before.lastIndexOf('\n')
    const read = readProcedure(small.replace(right, marked.replace('^', '')))
    expect(read).toMatchObject({
      ok: false,
      errors: [{ line, column, message: expect.stringMatching(mistake) }],
    })
  })

  it.each(['procedure', 'title', 'officer', 'promise', 'measures', 'channels', 'desks', 'routes'])(
    'without %s is refused',
    (key) => {
      const lines = small.split('\n')
      const from = lines.findIndex((line) => line.startsWith(`${key}:`))
      const after = lines.findIndex((line, at) => at > from && /^\S/.test(line))
      const without = [...lines.slice(0, from), ...(after < 0 ? [] : lines.slice(after))].join('\n')
      expect(mistakes(without)).toContainEqual(expect.stringContaining(`"${key}" is missing`))
    },
  )

  it('may have desks that only hold cases, a route that names none, and no limits', () => {
    const bare = small
      .replace(/limits:.*\n/, '')
      .replace('may: [grant], within: PT5M, late: performance', '')
      .replace(/routes:[^]*$/, 'routes: []\n')
    expect(mistakes(bare)).toEqual([])
  })

  it('is read from any text without throwing', () => {
    fc.assert(
      fc.property(
        fc.nat(small.length),
        fc.nat(small.length),
        fc.string({ unit: 'grapheme', maxLength: 12 }),
        (at, end, put) => {
          readProcedure(small.slice(0, at) + put + small.slice(end))
        },
      ),
      { numRuns: 200 },
    )
  })
})
