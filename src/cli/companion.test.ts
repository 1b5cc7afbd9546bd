/** A companion is kept running, and never outlives us. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { birthOf, succeeds } from '../store/running-process.ts'
import { Companion } from './companion.ts'

let folder: string
const starters: ChildProcess[] = []

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'recourse-companion-'))
})

afterEach(async () => {
  for (const starter of starters.splice(0)) starter.kill('SIGKILL')
  await rm(folder, { recursive: true })
})

async function entryOf(code: string): Promise<string> {
  const entry = path.join(folder, 'companion.mjs')
  await writeFile(entry, code)
  return entry
}

const waits = `console.log('pid', process.pid, JSON.stringify(process.env)); setInterval(() => {}, 60_000)`

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(20)
}

test('it is started again when it ends by itself, and says so', async () => {
  const lines: string[] = []
  await using companion = await Companion.start({
    name: 'bazaar',
    entry: await entryOf(waits),
    env: {},
    write: (line) => lines.push(line),
  })
  await until(() => lines.some((line) => line.startsWith('bazaar: pid')))
  const first = companion.pid!
  process.kill(first, 'SIGKILL')
  await until(() => lines.filter((line) => line.startsWith('bazaar: pid')).length === 2)
  expect(companion.pid).not.toBe(first)
  expect(lines).toContain('bazaar ended by itself (SIGKILL); starting it again in 0.5 s')
})

test('it gets the environment that is meant for it and nothing of ours', async () => {
  process.env.RECOURSE_SECRET_OF_TEST = 'secret'
  const lines: string[] = []
  await using companion = await Companion.start({
    name: 'bazaar',
    entry: await entryOf(waits),
    env: { PORT: '1' },
    write: (line) => lines.push(line),
  })
  await until(() => lines.length > 0)
  delete process.env.RECOURSE_SECRET_OF_TEST
  expect(lines[0]).toContain(`pid ${companion.pid}`)
  expect(lines[0]).toContain('"PORT":"1"')
  expect(lines[0]).not.toContain('RECOURSE_SECRET_OF_TEST')
})

test('one that does not listen is stopped anyway', async () => {
  const lines: string[] = []
  const companion = await Companion.start({
    name: 'bazaar',
    entry: await entryOf(`process.on('SIGTERM', () => {}); ${waits}`),
    env: {},
    write: (line) => lines.push(line),
  })
  await until(() => lines.length > 0)
  const { pid } = companion
  await companion.stop()
  expect(birthOf(pid!)).toBeUndefined()
})

test('it ends when its starter is killed', async (context) => {
  if (!(await succeeds(['setpriv', '--pdeathsig', 'TERM', '--', 'true'])))
    context.skip('the kernel cannot be asked for it here')
  const source = fileURLToPath(new URL('companion.ts', import.meta.url))
  const code = `
    import { Companion } from ${JSON.stringify(source)}
    const entry = ${JSON.stringify(await entryOf(waits))}
    await Companion.start({ name: 'bazaar', entry, env: {}, write: console.log })
  `
  const starter = spawn(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', code],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  starters.push(starter)
  const [line] = (await once(createInterface({ input: starter.stdout }), 'line')) as [string]
  const pid = Number(/pid (\d+)/.exec(line)?.[1])
  expect(birthOf(pid)).toBeDefined()
  starter.kill('SIGKILL')
  await until(() => birthOf(pid) === undefined)
})
