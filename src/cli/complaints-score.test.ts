/** `recourse complaints score` answers every complaint in its place, from a file or a pipe, plain or packed. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, it } from 'vitest'
import { complaint, crowd, order, puppets } from '../../test/complaints.ts'
import { runCommand } from './commands.ts'

const folder = mkdtempSync(join(tmpdir(), 'recourse-complaints-'))
afterAll(() => rmSync(folder, { recursive: true }))

interface Answer {
  id?: string
  credibility: number
  counts: boolean
  ring: string | null
  line: number
  error: { type: string; detail: string }
}

function run(...words: string[]) {
  return command('', words)
}

async function command(input: string | Buffer, words: string[]) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const stdin = Readable.from([Buffer.from(input)], { objectMode: false })
  const reading = Promise.all([text(stdout), text(stderr)])
  const code = await runCommand(words, {
    stdin,
    stdout,
    stderr,
    env: {},
  })
  stdout.end()
  stderr.end()
  const [out, err] = await reading
  return { code, out, err }
}

async function score(input: string | Buffer, ...args: string[]) {
  const { code, out, err } = await command(input, ['complaints', 'score', ...args])
  const lines = out.split('\n').filter((line) => line.startsWith('{'))
  return { code, out, err, answers: lines.map((line) => JSON.parse(line) as Answer) }
}

it('answers complaints only, in their order, with context that comes later', async () => {
  const lines = [
    complaint({ id: 'b', orderId: 'o' }),
    complaint({ id: 'a' }),
    order({ id: 'o', reporterId: 'r-b' }),
  ]
  const { code, answers, err } = await score(`${lines.join('\n')}\n`)
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(answers.map(({ id }) => id)).toEqual(['b', 'a'])
  expect(Object.keys(answers[0]!)).toEqual(['id', 'credibility', 'counts', 'ring', 'reasons'])
})

it('answers a line that cannot be read with its error in its place, and goes on', async () => {
  const lines = [
    '\uFEFFnot json',
    complaint({ id: 'a' }),
    '',
    '{"id":"x","at":"2026-11-02","sellerId":"s"}',
    '{"id":"x","at":"some day","sellerId":"s","reporterId":"r"}',
    '{"order":{"id":7}}',
    complaint({ id: 'b', reporter: { devices: 'many' } }),
    complaint({ id: 'c' }),
    '[]',
  ]
  const { code, answers, err } = await score(lines.join('\n'))
  expect(answers.map((answer) => answer.id ?? `${answer.line} ${answer.error.type}`)).toEqual([
    '1 invalid_json',
    'a',
    '4 missing_field',
    '5 invalid_time',
    '6 wrong_type',
    '7 wrong_type',
    'c',
    '9 wrong_type',
  ])
  expect(code).toBe(1)
  expect(err).toContain('6 of 8 lines could not be read')
})

it('reads a file or a pipe, plain or gzip, and writes scores and rings to files', async () => {
  const lines = [...crowd(60), ...puppets(5, () => ({ devices: ['one-phone'] }))].join('\n')
  const [packed, out, rings] = [join(folder, 'in.gz'), join(folder, 'out'), join(folder, 'rings')]
  writeFileSync(packed, gzipSync(lines))
  const { out: expected } = await score(lines)
  expect((await score(gzipSync(lines), '-')).out).toBe(expected)
  expect(await score('', packed, '--out', out, '--rings', rings)).toMatchObject({
    code: 0,
    out: '',
  })
  expect(readFileSync(out, 'utf8')).toBe(expected)
  const [ring] = readFileSync(rings, 'utf8').trimEnd().split('\n')
  expect(JSON.parse(ring!)).toMatchObject({ name: 'ring-1', targets: ['victim'] })
})

it('scores nothing of a batch that broke off, and leaves the file as it was', async () => {
  const out = join(folder, 'before')
  writeFileSync(out, 'before')
  const whole = gzipSync(crowd(200).join('\n'))
  const broken = await score(whole.subarray(0, whole.length - 20), '-', '--out', out)
  expect(broken).toMatchObject({ code: 2, err: expect.stringContaining('broke off') })
  expect(readFileSync(out, 'utf8')).toBe('before')
})

it('scores with weights that investigations taught', async () => {
  const [cases, weights] = [join(folder, 'cases'), join(folder, 'weights.json')]
  const { answers } = await score(crowd(30).join('\n'))
  const line = (finding: string) => (answer: Answer) => JSON.stringify({ ...answer, finding })
  writeFileSync(
    cases,
    [...answers.map(line('refuted')), answers.map(line('undetermined'))[0]].join('\n'),
  )
  const learned = await run('complaints', 'train', cases, '--out', weights)
  expect(learned).toMatchObject({ code: 0, err: '' })
  expect(learned.out).toContain(
    'Learned from 0 confirmed and 30 refuted complaints; 1 undetermined',
  )
  const after = await score(crowd(30).join('\n'), '-', '--weights', weights)
  after.answers.forEach(({ credibility }, at) => {
    expect(credibility).toBeLessThan(answers[at]!.credibility)
  })
})

it.each([
  ['is no JSON', 'weights'],
  ['lacks a weight', '{"weights":{"start":1},"learnedFrom":{"confirmed":1,"refuted":0}}'],
])('refuses a file of weights that %s', async (_, content) => {
  const weights = join(folder, 'bad.json')
  writeFileSync(weights, content)
  expect(await score('', '-', '--weights', weights)).toMatchObject({
    code: 2,
    err: expect.stringContaining('holds no weights of complaints'),
  })
})

it('learns nothing from a case that cannot be read, and names its line', async () => {
  const cases = join(folder, 'bad-cases')
  writeFileSync(cases, '{"finding":"confirmed","reasons":[]}\n{"finding":"perhaps"}')
  expect(await run('complaints', 'train', cases, '--out', join(folder, 'never'))).toMatchObject({
    code: 2,
    err: expect.stringContaining(`${cases}:2: the case cannot be read`),
  })
})

it('says in a sentence why it cannot run', async () => {
  expect(await score('', '/no/such/file')).toMatchObject({
    code: 2,
    err: 'recourse complaints score: /no/such/file does not exist.\n',
  })
  expect(await score('', 'a', 'b')).toMatchObject({ code: 2 })
  expect(await score('', '--help')).toMatchObject({
    code: 0,
    out: expect.stringContaining('Usage:'),
  })
})
