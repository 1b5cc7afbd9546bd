/** The rules of account health are checked before they count: by exit code, in words and as JSON; the shipped schema is theirs. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import fastify from 'fastify'
import { expect, it, test } from 'vitest'
import { parse } from 'yaml'
import { readHealthRules } from '../core/health-rules.ts'
import { describeHealthRules } from '../core/health-schema.ts'
import { runCommand } from './commands.ts'

const shipped = fileURLToPath(new URL('../../procedures/health.yaml', import.meta.url))
const text = await readFile(shipped, 'utf8')

async function run(...words: string[]) {
  const io = {
    stdin: Readable.from([]),
    stdout: new PassThrough(),
    stderr: new PassThrough(),
    env: {},
  }
  const code = await runCommand(words, io)
  return { code, out: String((io.stdout.read() as Buffer | null) ?? '') }
}

it('says what follows from each threshold of the shipped rules', async () => {
  const { code, out } = await run('health', 'check', shipped)
  expect(code).toBe(0)
  expect(out).toContain('Good from 0, Fair from 15, At risk from 40 and Critical from 80 points')
  expect(out).toContain(
    'suspension: from 100 points, 5 sources and 3 decisions that people stand behind on a check opens, in which a person may impose account.suspend for 30 days',
  )
  expect(JSON.parse((await run('health', 'check', shipped, '--json')).out)).toEqual({
    health: 'recourse',
    sound: true,
    faults: [],
  })
})

it('exits 1 with the place of the fault', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'recourse-health-'))
  try {
    const file = join(folder, 'health.yaml')
    await writeFile(file, text.replace('    decisions: 3\n', ''))
    const { code, out } = await run('health', 'check', file)
    expect(code).toBe(1)
    expect(out).toMatch(/health\.yaml:\d+:14: complaints alone may warn and no more/)
  } finally {
    await rm(folder, { recursive: true })
  }
})

test.each([
  [
    'measure: account.suspend',
    'measure: account.close',
    'expected a measure on an account that a person may impose',
  ],
  ['measure: account.suspend', 'measure: listing.demote', 'expected a measure on an account'],
  ['    measure: account.warn\n', '', 'proposes nothing: it needs a measure'],
  ['    points: 40\n', '', 'is met by everybody'],
  [
    '    complaint-share: 0.02',
    '    measure: account.warn\n    complaint-share: 0.02',
    'has no measure to expect',
  ],
  ['from: 0 }', 'from: 1 }', 'so that everybody has one'],
  ['from: 80', 'from: 40', 'expected more than 40'],
  ['threshold: warning', 'threshold: suspension', 'a second threshold is named "suspension"'],
  ['standing: fair', 'standing: good', 'a second standing is named "good"'],
  ['  low: 4', '  low: 14', 'counts more than medium, which is graver'],
  ['together: 3', 'together: 1', 'expected at least 2'],
  ['de: Gut', 'fr: Bien', 'fr'],
  ['unseen: 0.25', 'unseen: 2', 'expected at most 1'],
])('refuses “%s” as “%s”', (before, after, message) => {
  const changed = text.replace(before, after)
  expect(changed).not.toBe(text)
  const read = readHealthRules(changed)
  expect(read.ok ? [] : read.errors.map((one) => one.message).join('\n')).toContain(message)
})

it('the shipped schema is what the reader takes, and takes the shipped rules', async () => {
  const file = new URL('../../procedures/health.schema.json', import.meta.url)
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(describeHealthRules())
  const editor = fastify()
  editor.post('/', { schema: { body: describeHealthRules() } }, () => 'taken')
  const taken = await editor.inject({ method: 'POST', url: '/', payload: parse(text) as object })
  expect([taken.statusCode, taken.body]).toEqual([200, 'taken'])
})
