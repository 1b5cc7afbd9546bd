/** `recourse procedure check` answers people and machines, and says where a file cannot be read. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'
import { runCommand } from './commands.ts'

const folder = mkdtempSync(join(tmpdir(), 'recourse-procedure-'))
afterAll(() => rmSync(folder, { recursive: true }))

const shipped = (name: string) =>
  fileURLToPath(new URL(`../../procedures/${name}.yaml`, import.meta.url))

async function type(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const io = { stdin: Readable.from([]), stdout, stderr, env: {} }
  const code = await runCommand(['procedure', 'check', ...words], io)
  stdout.end()
  stderr.end()
  return { code, out: await text(stdout), err: await text(stderr) }
}

function write(content: string | Uint8Array): string {
  const file = join(folder, 'p.yaml')
  writeFileSync(file, content)
  return file
}

it('says of a sound procedure that every seller reaches a person and an answer', async () => {
  expect(await type(shipped('recourse'))).toMatchObject({
    code: 0,
    out: expect.stringMatching(
      /^recourse: .*\nSound: .*a person with power to decide within 3 days and the final answer within 8 days\./,
    ),
    err: '',
  })
})

it('shows each gap with its path and how to mend it', async () => {
  const { code, out } = await type(shipped('hands-off-the-wheel'))
  expect(code).toBe(1)
  expect(out).toContain(
    [
      'no-way-in, 12 gaps: A seller under account.close who has neither account nor mailbox has no way in at all.',
      '  The same for account.lock, account.secure, account.suspend, account.warn, listing.deactivate, listing.deactivate.safety, listing.demote, matter.letter, matter.question, matter.recovery, payout.hold (with neither account nor mailbox).',
      '  Path: account.close',
      '  Mend: Add a route for account.close by a channel that needs nothing (needs: []).',
    ].join('\n'),
  )
})

it('prints one JSON object for machines', async () => {
  const { code, out } = await type('--json', shipped('hands-off-the-wheel'))
  const printed: unknown = JSON.parse(out)
  expect(code).toBe(1)
  expect(Object.keys(printed as object)).toEqual([
    ...['procedure', 'sound', 'situations', 'states', 'worst', 'gaps', 'warnings'],
  ])
  expect(printed).toMatchObject({ sound: false, worst: { answer: 'unbounded' } })
  expect((printed as { gaps: object[] }).gaps[0]).toEqual({
    code: 'no-way-in',
    desk: null,
    measure: 'account.close',
    means: [],
    channel: null,
    worst: null,
    path: ['account.close'],
    message: expect.any(String),
  })
})

const head = `procedure: a
title: A
officer: o@a.example
promise: { person: P1D, answer: P9D }
measures: { listing.deactivate: {} }
channels: { button: {} }
routes: []
`
const desk = (text: string) => `${head}desks: { legal: { staff: people, ${text} } }\n`
const many = (count: number, say: (number: number) => string) =>
  Array.from({ length: count }, (_, number) => say(number)).join('')
const bomb = many(9, (level) => `x${level}: &x${level} [${many(9, () => `*x${level - 1},`)}]\n`)

/** What people write, paste or are sent, with the place of the mistake and what was expected instead. */
const unreadable: Record<string, [content: string | Uint8Array, sentence: string]> = {
  'a bracket that never closes': ['procedure: [', ':1:13: not readable as YAML'],
  'nothing at all': ['', ':1:1: expected a mapping'],
  'a list in place of a mapping': ['- procedure: a', ':1:1: expected a mapping'],
  'two documents in one': [`${head}---\n${head}`, ':8:1: not readable as YAML'],
  'a tab where YAML wants spaces': ['desks:\n\tlegal: {}', ':2:1: not readable as YAML'],
  'bytes that are no text': [Uint8Array.of(0xff, 0xfe, 0x00), ':1:1: the file is not UTF-8 text'],
  'an unknown tag': ['procedure: !secret a', ':1:12: not readable as YAML'],
  'the same key twice': [`${head}title: B`, ':8:1: not readable as YAML: Map keys must be unique'],
  'the same desk twice': [
    `${head}desks:\n  legal: { staff: people }\n  legal: { staff: people }`,
    ':10:3: not readable as YAML: Map keys must be unique',
  ],
  'a list as a name': [`${head}? [a]\n: b`, ':8:3: expected a name'],
  'an alias of nothing': [desk('within: *other'), ':1:1: not readable as YAML: Unresolved alias'],
  'aliases in a circle': [
    `${head}desks: &all { legal: { staff: people }, again: *all }`,
    ':8:15: "legal" is not a key that is known here',
  ],
  'aliases that explode': [`x-1: &x-1 [a]\n${bomb}`, 'not readable as YAML'],
  'brackets without end': ['['.repeat(5000), 'it is nested more than 100 levels deep'],
  'a misspelt key': [
    desk('lat: lift'),
    ':8:34: "lat" is not a key that is known here; did you mean "late"?',
  ],
  'a misspelt desk': [
    desk('late: legall'),
    ':8:40: expected the name of a desk, or lift or narrow, found "legall"; did you mean "legal"?',
  ],
  'a word for a number': [
    `${head}desks: {}\nlimits: { forwards: two }`,
    ':9:21: expected a number, found "two"',
  ],
  'half a forward': [
    `${head}desks: {}\nlimits: { forwards: 0.5 }`,
    ':9:21: expected a whole number, found 0.5',
  ],
  'a thousand million forwards': [
    `${desk('late: lift')}limits: { forwards: 1000000000 }`,
    ':9:21: expected a procedure that can be proved in a moment',
  ],
  'a duration of months': [
    desk('within: P1M'),
    ':8:42: expected a duration without years and months',
  ],
  'a duration of years': [
    desk('within: P1Y2DT3H'),
    ':8:42: expected a duration without years and months',
  ],
  'a duration of a million weeks': [
    desk('within: P1000000W'),
    ':8:42: expected a duration of at most a hundred years',
  ],
  'a duration of no days': [desk('within: P0D'), ':8:42: expected a duration longer than nothing'],
  'a duration of less than a millisecond': [
    desk('within: PT0.0001S'),
    ':8:42: expected a duration longer than nothing',
  ],
  'a duration that runs backwards': [desk('within: -P1D'), ':8:42: expected an ISO 8601 duration'],
  'a number for a duration': [desk('within: 48'), ':8:42: expected an ISO 8601 duration'],
  'a duration as long as a book': [
    desk(`within: P${'9'.repeat(9000)}D`),
    ':8:42: expected an ISO 8601 duration',
  ],
  'more text than a procedure can have': [
    `#${'a'.repeat(250_000)}`,
    ':1:1: expected a procedure of at most 250,000 characters',
  ],
  'twenty thousand desks': [
    `${head}desks:\n${many(20_000, (number) => `  d${number}: a\n`)}`,
    ':5009:3: expected at most 5,000 entries in one list or mapping',
  ],
  'twenty thousand desks on one line': [
    `${head}desks: {${many(20_000, (number) => `d${number},`)}}`,
    'expected at most 5,000 entries in one list or mapping',
  ],
  'a file without end': ['#'.repeat(1_100_000), ':1:1: the file is longer than 1 MB'],
}

it.each(Object.entries(unreadable))(
  'does not check %s, and says where',
  async (_, [content, sentence]) => {
    const startedAt = performance.now()
    const { code, out, err } = await type('--json', write(content))
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(sentence)
    expect(err).toMatch(/p\.yaml:\d+:\d+: |longer than/)
    expect(err).not.toMatch(/\n {4}at |undefined/)
    expect(performance.now() - startedAt).toBeLessThan(10_000)
  },
)

it.each([
  [[], 'Name one file'],
  [['a', 'b'], 'Name one file'],
  [['/no/such/file'], '/no/such/file does not exist.'],
  [['/'], '/ cannot be read'],
  [['--jsn', 'x'], 'did you mean "--json"?'],
])('%j cannot run, and says why', async (words, sentence) => {
  const { code, out, err } = await type(...words)
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toContain(sentence)
})
