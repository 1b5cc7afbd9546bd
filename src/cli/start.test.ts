/** `npm start`: one at a time on a data folder, sentences for what cannot be, and nothing left behind. */
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { listProcesses } from '../store/running-process.ts'

// Whole programs start and end here, on a machine that may have other things to do.
vi.setConfig({ testTimeout: 120_000 })

/** How often it is killed and starts again: once, and more with KILLS. */
const kills = Number(process.env.KILLS ?? 1)

let place: string
/** A data folder that was begun once, for tests that are not about beginning. */
let begun: string
const started: Start[] = []

interface Start {
  program: ChildProcess
  said: () => string
  ended: Promise<number | null>
}

beforeAll(async () => {
  place = await mkdtemp(path.join(tmpdir(), 'recourse-start-'))
  const entry = start()
  await ready(entry)
  await endBy(entry, 'SIGHUP')
  started.length = 0
  begun = path.join(place, 'data')
}, 120_000)

afterAll(() => rm(path.dirname(begun), { recursive: true }))

beforeEach(async () => {
  place = await mkdtemp(path.join(tmpdir(), 'recourse-start-'))
})

afterEach(async () => {
  for (const { program, ended } of started.splice(0)) {
    killGroup(program, 'SIGKILL')
    await ended
  }
  await until(() => left().length === 0)
  await rm(place, { recursive: true })
})

/** Starts in a process group of its own, as a shell does, and without the demo. */
function start(words: string[] = [], env: Record<string, string> = {}): Start {
  const args = [fileURLToPath(new URL('../../bin/start.mjs', import.meta.url)), ...words]
  const program = spawn(process.execPath, args, {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      PORT: '0',
      RECOURSE_DATA: path.join(place, 'data'),
      NODE_ENV: 'production',
      // Nothing is sent in these tests; it must only be an address.
      SMTP_URL: 'smtp://127.0.0.1:9',
      ...env,
    },
  })
  let said = ''
  program.stdout.on('data', (text: Buffer) => (said += text.toString()))
  program.stderr.on('data', (text: Buffer) => (said += text.toString()))
  const ended = once(program, 'close').then(() => program.exitCode)
  const entry = { program, said: () => said, ended }
  started.push(entry)
  return entry
}

/** With owners and rights: the database may be another user's. */
async function copyBegun(): Promise<void> {
  await promisify(execFile)('cp', ['-a', begun, path.join(place, 'data')])
}

async function ready(entry: Start): Promise<void> {
  let hasEnded = false
  void entry.ended.then(() => (hasEnded = true))
  await until(() => hasEnded || entry.said().includes('Recourse is ready'))
  if (hasEnded) throw new Error(`it ended before it was ready:\n${entry.said()}`)
}

function killGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid!, signal)
  } catch {
    // The whole group is gone already.
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(20)
}

/** Every process that works on this test's folder. */
function left(): string[] {
  return listProcesses()
    .filter(({ command }) => command.includes(`${place}/`))
    .map(({ command }) => command)
}

/** Ends it as a signal does, and looks whether anything of it is left. */
async function endBy(entry: Start, ...signals: NodeJS.Signals[]): Promise<void> {
  expect(left()).not.toEqual([])
  for (const signal of signals) killGroup(entry.program, signal)
  expect(await entry.ended).toBe(0)
  expect(left()).toEqual([])
}

test('a second start on the same data folder names the first and erases nothing; after SIGTERM nothing is left', async () => {
  await copyBegun()
  const first = start()
  await ready(first)
  const address = /http:\/\/\S+/.exec(first.said())?.[0]
  const second = start(['--fresh'])
  expect(await second.ended).toBe(1)
  expect(second.said()).toMatch(
    new RegExp(
      `Recourse already runs on the data folder \\S+: process ${first.program.pid}, ` +
        `since [0-9: -]+ UTC, at ${address}\\. Stop it first, .*RECOURSE_DATA\\.\\n$`,
    ),
  )
  expect((await fetch(`${address}/health`)).status).toBe(200)
  await endBy(first, 'SIGTERM')
})

test('the secrets are made once and read by nobody else; a Ctrl-C that npm passes on once more is one wish, and nothing is left', async () => {
  const file = path.join(begun, 'secrets.json')
  const secrets = await readFile(file, 'utf8')
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(JSON.parse(secrets)).toMatchObject({
    secret: expect.stringMatching(/^[\w-]{43}$/),
    connectorSecret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
  })
  await copyBegun()
  const entry = start()
  await ready(entry)
  expect(await readFile(path.join(place, 'data/secrets.json'), 'utf8')).toBe(secrets)
  await endBy(entry, 'SIGINT', 'SIGINT')
})

test('nothing is left after a Ctrl-C while the database is being made', async () => {
  const entry = start()
  await until(() => entry.said().includes('Starting PostgreSQL'))
  killGroup(entry.program, 'SIGINT')
  expect(await entry.ended).toBe(0)
  expect(left()).toEqual([])
})

test(
  'after the whole group was killed, the next start recovers by itself; when the database is killed, it stops and says so',
  { timeout: 60_000 * (kills + 1) },
  async () => {
    await copyBegun()
    for (let kill = 0; kill < kills; kill++) {
      const entry = start()
      await ready(entry)
      killGroup(entry.program, 'SIGKILL')
    }
    const last = start()
    await ready(last)
    const address = /http:\/\/\S+/.exec(last.said())?.[0]
    expect((await fetch(`${address}/health`)).status).toBe(200)
    const pidFile = await readFile(path.join(place, 'data/postgres/postmaster.pid'), 'utf8')
    process.kill(Number.parseInt(pidFile), 'SIGKILL')
    expect(await last.ended).toBe(1)
    expect(last.said()).toContain('PostgreSQL ended by itself')
  },
)

describe('a start that cannot be says why in one sentence', () => {
  test('when the port is in use', async () => {
    const taker = createServer().listen(0, '127.0.0.1')
    await once(taker, 'listening')
    const address = taker.address()
    const port = typeof address === 'object' ? address!.port : 0
    const entry = start([], { PORT: String(port) })
    expect(await entry.ended).toBe(1)
    expect(entry.said()).toBe(
      `Port ${port} on 127.0.0.1 is in use by another program. ` +
        `Stop that one, or choose another port: PORT=${port + 10} npm start\n`,
    )
    taker.close()
  })

  test("when the bazaar's port is in use", async () => {
    const taker = createServer().listen(0, '127.0.0.1')
    await once(taker, 'listening')
    const address = taker.address()
    const port = typeof address === 'object' ? address!.port : 0
    const entry = start([], { NODE_ENV: '', BAZAAR_PORT: String(port) })
    expect(await entry.ended).toBe(1)
    expect(entry.said()).toContain(`choose another port: BAZAAR_PORT=${port + 10} npm start`)
    taker.close()
  })

  test('when the data folder holds something else, and leaves that alone', async () => {
    await writeFile(path.join(place, 'letter.txt'), 'dear')
    for (const words of [[], ['--fresh']]) {
      const entry = start(words, { RECOURSE_DATA: place })
      expect(await entry.ended).toBe(1)
      expect(entry.said()).toContain('is not a data folder of Recourse')
    }
    expect(await readdir(place)).toEqual(['letter.txt'])
  })

  test('when a setting cannot be read', async () => {
    const entry = start([], { PORT: 'abc' })
    expect(await entry.ended).toBe(1)
    expect(entry.said()).toBe('PORT takes a number from 0 to 65535, not "abc".\n')
  })
})

test('--fresh begins anew', async () => {
  await copyBegun()
  const before = await readFile(path.join(place, 'data/secrets.json'), 'utf8')
  const fresh = start(['--fresh'])
  await ready(fresh)
  expect(await readFile(path.join(place, 'data/secrets.json'), 'utf8')).not.toBe(before)
})

test('it does not start on a procedure that can leave a seller in limbo', async () => {
  const unsound = fileURLToPath(
    new URL('../../procedures/hands-off-the-wheel.yaml', import.meta.url),
  )
  await copyBegun()
  const entry = start([], { RECOURSE_PROCEDURE: unsound })
  expect(await entry.ended).toBe(1)
  expect(entry.said()).toMatch(
    /can leave a seller in limbo in \d+ ways, so Recourse does not start on it/,
  )
  const told = start(['--accept-gaps'], { RECOURSE_PROCEDURE: unsound })
  await ready(told)
  expect(told.said()).toMatch(/\d+ gaps of the procedure are accepted/)
  const address = /http:\/\/\S+/.exec(told.said())?.[0]
  const promises = await (await fetch(`${address}/v1/promises`)).text()
  expect(promises).toContain('limbo:legal')
})
