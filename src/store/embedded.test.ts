/** The embedded server: it keeps what it committed through every kind of end, and touches no other server. */
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import {
  chown,
  cp,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  realpath,
  readFile,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import pg from 'pg'
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { builtOf } from '../../test/built.ts'
import { EmbeddedPostgres } from './embedded.ts'
import { chooseLaunch, findPrograms, linkLibraries } from './postgres-program.ts'
import { birthOf, listProcesses, succeeds } from './running-process.ts'

const run = promisify(execFile)
const isRoot = process.getuid?.() === 0
const source = fileURLToPath(new URL('embedded.ts', import.meta.url))

// Whole programs start and end here, on a machine that may have other things to do.
vi.setConfig({ testTimeout: 120_000 })

let place: string
const programs: ChildProcess[] = []

beforeEach(async () => {
  // Closed to everyone else, as a folder made with mktemp or root's home is.
  place = await mkdtemp(path.join(tmpdir(), 'recourse-embedded-'))
})

afterEach(async () => {
  for (const program of programs.splice(0)) {
    if (program.exitCode === null && program.signalCode === null) {
      program.kill('SIGKILL')
      await once(program, 'exit')
    }
  }
  await serversGone(place)
  await rm(place, { recursive: true })
})

let begun: Promise<string> | null = null

afterAll(async () => {
  if (begun !== null) await rm(await begun, { recursive: true })
})

/** A data folder in which a database was made before: made once for all, since that takes longer than all else here. */
async function oldFolder(name = 'data'): Promise<string> {
  const folder = path.join(place, name)
  await run('cp', ['-a', path.join(await (begun ??= begin()), 'data'), folder])
  return folder
}

async function begin(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'recourse-embedded-begun-'))
  const server = await EmbeddedPostgres.open(path.join(folder, 'data'))
  await server.stop()
  return folder
}

async function ask(url: string, question: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(question)).rows
  } finally {
    await client.end()
  }
}

/** Starts another program that opens the server in a folder, and waits until it has committed a row. */
async function programWithServer(
  folder: string,
  before: string[] = [],
): Promise<{ program: ChildProcess; server: number; url: string }> {
  const code = `
    import pg from 'pg'
    import { EmbeddedPostgres } from ${JSON.stringify(await builtOf(source))}
    const server = await EmbeddedPostgres.open(${JSON.stringify(folder)})
    const client = new pg.Client({ connectionString: server.url() })
    client.on('error', () => undefined)
    await client.connect()
    await client.query("create table if not exists kept (what text)")
    await client.query("insert into kept values ('committed')")
    console.log(JSON.stringify({ server: server.pid, url: server.url() }))
    setInterval(() => undefined, 60_000)
  `
  const [command = '', ...args] = [
    ...before,
    process.execPath,
    ...['--input-type=module', '--eval', code],
  ]
  const program = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  programs.push(program)
  for await (const line of createInterface({ input: program.stdout }))
    return { program, ...(JSON.parse(line) as { server: number; url: string }) }
  throw new Error('the program ended without opening the server')
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(20)
}

const serversIn = (folder: string) =>
  listProcesses().filter(({ command }) => command.includes(`-D ${folder}/`))

async function serversGone(folder: string): Promise<void> {
  await until(() => serversIn(folder).length === 0)
}

describe('what was committed is there again', () => {
  test('after the program was killed; the server then ends by itself', async () => {
    const { program, server, url } = await programWithServer(await oldFolder())
    program.kill('SIGKILL')
    if (await succeeds(['setpriv', '--pdeathsig', 'INT', '--', 'true']))
      await until(() => birthOf(server) === undefined)
    await using next = await EmbeddedPostgres.open(path.join(place, 'data'))
    expect(next.url()).toBe(url)
    expect(await ask(next.url(), 'select * from kept')).toEqual([{ what: 'committed' }])
  })

  test('after the program and the server were killed together, and again', async () => {
    const folder = await oldFolder()
    for (const round of [1, 2, 3]) {
      const { program, server } = await programWithServer(folder)
      process.kill(server, 'SIGKILL')
      program.kill('SIGKILL')
      await using next = await EmbeddedPostgres.open(folder)
      expect(await ask(next.url(), 'select what from kept')).toHaveLength(round)
    }
  })

  test('after only the server was killed, which its owner hears of', async () => {
    const folder = await oldFolder()
    const server = await EmbeddedPostgres.open(folder)
    await ask(server.url(), 'create table kept (what text)')
    process.kill(server.pid!, 'SIGKILL')
    await server.ended
    await using next = await EmbeddedPostgres.open(folder)
    expect(await ask(next.url(), 'select what from kept')).toEqual([])
  })
})

test('a killed program whose server is still running gives way to the next start', async () => {
  const folder = await oldFolder()
  await using first = await EmbeddedPostgres.open(folder)
  // The first one's owner never stops it: to the next start it is a server that was left behind.
  await using second = await EmbeddedPostgres.open(folder)
  expect(birthOf(first.pid!)).toBeUndefined()
  expect(await ask(second.url(), 'select 1 as one')).toEqual([{ one: 1 }])
})

test('a stale file that names another server or program harms neither, nor hinders the start', async () => {
  await using other = await EmbeddedPostgres.open(await oldFolder('other'))
  const folder = await oldFolder()
  for (const pid of [other.pid, process.pid]) {
    const stale = `${pid}\n${folder}/postgres\n1700000000\n5432\n\n127.0.0.1\n  1 1\nready   \n`
    await writeFile(path.join(folder, 'postgres/postmaster.pid'), stale)
    await using next = await EmbeddedPostgres.open(folder)
    expect(await ask(next.url(), 'select 1 as one')).toEqual([{ one: 1 }])
  }
  expect(await ask(other.url(), 'select 1 as one')).toEqual([{ one: 1 }])
})

test('a program killed while it made the database leaves nothing that hinders the next start', async () => {
  const folder = path.join(place, 'data')
  const making = programWithServer(folder).catch(() => undefined)
  await until(
    () =>
      existsSync(folder) && readdirSync(folder).some((name) => name.startsWith('postgres.making-')),
  )
  programs.at(-1)!.kill('SIGKILL')
  await making
  const next = await EmbeddedPostgres.open(folder)
  expect(await ask(next.url(), 'select 1 as one')).toEqual([{ one: 1 }])
  await next.stop()
  // What the killed one was still writing to at the next start is gone at the one after.
  await using after = await EmbeddedPostgres.open(folder)
  expect(await ask(after.url(), 'select 1 as one')).toEqual([{ one: 1 }])
  expect((await readdir(folder)).sort()).toEqual(['postgres', 'postgres.json', 'postgres.log'])
})

test('it moves to another port when its own was taken, and keeps that one', async () => {
  const folder = await oldFolder()
  await using taker = await EmbeddedPostgres.open(await oldFolder('taker'))
  const taken = new URL(taker.url()).port
  const access = JSON.parse(await readFile(path.join(folder, 'postgres.json'), 'utf8'))
  await writeFile(
    path.join(folder, 'postgres.json'),
    JSON.stringify({ ...access, port: Number(taken) }),
  )
  const second = await EmbeddedPostgres.open(folder)
  expect(new URL(second.url()).port).not.toBe(taken)
  await second.stop()
  await using third = await EmbeddedPostgres.open(folder)
  expect(third.url()).toBe(second.url())
})

test('it syncs commits, speaks UTF-8, listens on this machine only, and asks for its password', async () => {
  await using server = await EmbeddedPostgres.open(path.join(place, 'data'))
  const settings = ['fsync', 'synchronous_commit', 'full_page_writes', 'server_encoding']
  for (const [setting, value] of [
    ...settings.slice(0, 3).map((name) => [name, 'on']),
    ['server_encoding', 'UTF8'],
    ['listen_addresses', '127.0.0.1'],
    ['unix_socket_directories', path.join(await realpath(place), 'data/postgres')],
  ])
    expect(await ask(server.url(), `show ${setting}`)).toEqual([{ [setting!]: value }])
  const url = new URL(server.url())
  url.password = 'guessed'
  await expect(ask(url.href, 'select 1')).rejects.toThrow('password authentication failed')
  const { mode } = await stat(path.join(place, 'data/postgres.json'))
  expect((mode & 0o777).toString(8)).toBe('600')
})

test('a database of its own sees no other', async () => {
  await using server = await EmbeddedPostgres.open(await oldFolder())
  await server.database('recourse')
  const bazaar = await server.databaseOfItsOwn('bazaar')
  expect(await server.databaseOfItsOwn('bazaar')).toBe(bazaar)
  expect(await ask(bazaar, 'create table listing (id text)')).toEqual([])
  const trespass = new URL(bazaar)
  trespass.pathname = '/recourse'
  await expect(ask(trespass.href, 'select 1')).rejects.toThrow('permission denied')
})

test('where install scripts were off, the libraries are linked at the first start', async () => {
  const { postgres } = await findPrograms()
  const root = path.join(place, 'package')
  await cp(path.resolve(postgres, '../../..'), root, { recursive: true, verbatimSymlinks: true })
  const libraries = path.join(root, 'native/lib')
  for (const name of await readdir(libraries)) {
    const file = path.join(libraries, name)
    if ((await lstat(file)).isSymbolicLink()) await rm(file)
  }
  const program = path.join(root, 'native/bin/postgres')
  await expect(run(program, ['--version'])).rejects.toThrow('cannot open shared object file')
  await Promise.all([linkLibraries(root), linkLibraries(root)])
  expect((await run(program, ['--version'])).stdout).toContain('PostgreSQL')
})

describe.skipIf(!isRoot)('as root (skipped otherwise)', () => {
  test('the server runs as another user, even where only root may enter', async () => {
    await using server = await EmbeddedPostgres.open(await oldFolder())
    expect((await stat(place)).mode & 0o777).toBe(0o700)
    const { uid } = await stat(`/proc/${server.pid}`)
    expect(uid).not.toBe(0)
    expect((await stat(path.join(place, 'data/postgres'))).uid).toBe(uid)
  })

  test('the programs too may lie where only root may enter', async () => {
    const hidden = path.join(place, 'postgres')
    await cp((await findPrograms()).postgres, hidden)
    const launch = await chooseLaunch(
      { initdb: hidden, postgres: hidden },
      path.join(place, 'data'),
    )
    expect(await succeeds([...launch.words, 'test', '-x', hidden], launch.account)).toBe(true)
    const { stdout } = await run(launch.words[0]!, [...launch.words.slice(1), 'id', '-u'])
    expect(Number(stdout)).toBe(launch.owner.uid)
  })

  test('an ordinary user starts it too, and another one is told whose it is', async (context) => {
    const as = (uid: number) => [
      'setpriv',
      ...['--reuid', `${uid}`, '--regid', `${uid}`, '--clear-groups', '--'],
    ]
    const tsx = createRequire(import.meta.url).resolve('tsx')
    if (!(await succeeds([...as(64_321), 'test', '-r', tsx, '-a', '-r', source])))
      context.skip('an ordinary user cannot reach this repository')
    const open = path.join(tmpdir(), `${path.basename(place)}-open`)
    await mkdir(open)
    await chown(open, 64_321, 64_321)
    try {
      // `nobody` has a name in every system; a number without one cannot make a database.
      const nobody = Number((await run('id', ['-u', 'nobody'])).stdout)
      await chown(open, nobody, nobody)
      const { program, server } = await programWithServer(`${open}/data`, as(nobody))
      expect((await stat(`/proc/${server}`)).uid).toBe(nobody)
      program.kill('SIGKILL')
      await serversGone(open)
      const other = run(as(64_321)[0]!, [
        ...as(64_321).slice(1),
        process.execPath,
        ...['--import', 'tsx', '--input-type=module', '--eval'],
        `import { EmbeddedPostgres } from ${JSON.stringify(source)}
         await EmbeddedPostgres.open(${JSON.stringify(`${open}/data`)})`,
      ])
      await expect(other).rejects.toThrow(`belongs to user ${nobody}, and you are user 64321`)
      // Root goes on with it under its owner.
      await using asRoot = await EmbeddedPostgres.open(`${open}/data`)
      expect((await stat(`/proc/${asRoot.pid}`)).uid).toBe(nobody)
      expect(await ask(asRoot.url(), 'select what from kept')).toHaveLength(1)
    } finally {
      await rm(open, { recursive: true })
    }
  })
})
