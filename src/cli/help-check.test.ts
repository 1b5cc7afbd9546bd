/** The help is checked before it is shown: by exit code, in words and as JSON; an editor holds it to the shipped schema. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PassThrough, Readable } from 'node:stream'
import fastify from 'fastify'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { describeHelp } from '../core/help-schema.ts'
import { runCommand } from './commands.ts'

const shipped = fileURLToPath(new URL('../../procedures/help.yaml', import.meta.url))

async function run(...words: string[]) {
  const io = {
    stdin: Readable.from([]),
    stdout: new PassThrough(),
    stderr: new PassThrough(),
    env: {},
  }
  const code = await runCommand(words, io)
  const said = (stream: PassThrough) => String((stream.read() as Buffer | null) ?? '')
  return { code, out: said(io.stdout), err: said(io.stderr) }
}

it('the shipped help is sound, in words and as JSON', async () => {
  const words = await run('help', 'check', shipped)
  expect(words).toMatchObject({ code: 0, err: '' })
  expect(words.out).toMatch(/leads to a person from each of its \d+ topics, in 3 choices at most/)
  const json = await run('help', 'check', shipped, '--json')
  expect(JSON.parse(json.out)).toMatchObject({
    help: 'recourse',
    sound: true,
    farthest: { choices: 3 },
    faults: [],
  })
})

it('a topic without a person exits 1, a file that cannot be read 2, each with its place', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'recourse-help-'))
  try {
    const text = await readFile(shipped, 'utf8')
    const file = join(folder, 'help.yaml')
    await writeFile(file, text.replace('ends: [own-data, person]', 'ends: [own-data]'))
    const faulty = await run('help', 'check', file)
    expect(faulty.code).toBe(1)
    expect(faulty.out).toMatch(/help\.yaml:\d+:\d+: nobody is at the end of "data-copy"/)
    const json = await run('help', 'check', file, '--json')
    expect(json.code).toBe(1)
    expect(JSON.parse(json.out)).toMatchObject({
      sound: false,
      farthest: null,
      faults: [{ column: 9 }],
    })
    await writeFile(file, text.replace('none-of-these: person', 'none-of-these: nobody'))
    const unreadable = await run('help', 'check', file)
    expect(unreadable.code).toBe(2)
    expect(unreadable.err).toMatch(
      /help\.yaml:\d+:16: expected one of person, call, found "nobody"/,
    )
    expect((await run('help', 'check', join(folder, 'none.yaml'))).code).toBe(2)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

it('editors check the help by a schema that is made from the reader’s own', async () => {
  const file = new URL('../../procedures/help.schema.json', import.meta.url)
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(describeHelp())
  const editor = fastify({
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false } },
  })
  editor.post('/', { schema: { body: describeHelp() } }, () => 'taken')
  const status = async (document: unknown) =>
    (await editor.inject({ method: 'POST', url: '/', payload: document as object })).statusCode
  const help = parse(await readFile(shipped, 'utf8')) as { topics: { topics: object[] }[] }
  expect(await status(help)).toBe(200)
  const [first] = help.topics
  if (first?.topics[0]) first.topics[0] = { ...first.topics[0], topics: [first.topics[0]] }
  expect(await status(help), 'a third step').toBe(400)
  await editor.close()
})
