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
      'no-way-in: A seller under account.secure who has neither account nor mailbox has no way in at all.',
      '  Path: account.secure',
      '  Mend: Add a route for account.secure by a channel that needs nothing (needs: []).',
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
    measure: 'account.lock',
    means: [],
    channel: null,
    worst: null,
    path: ['account.lock'],
    message: expect.any(String),
  })
})

it.each([
  ['procedure: [', ':1:13: '],
  ['', ':1:1: expected a mapping'],
  ['procedure: a\npromise: { person: P1M }', ':2:20: expected a duration without years and months'],
  [Uint8Array.of(0xff, 0xfe, 0x00), ':1:1: the file is not UTF-8 text'],
  ['#'.repeat(4_100_000), ':1:1: the file is longer than 4 MB'],
])('does not check what cannot be read, and says where', async (content, sentence) => {
  const { code, out, err } = await type('--json', write(content))
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toContain(sentence)
})

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
