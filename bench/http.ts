/** NDJSON over HTTP beside the same bytes in process: the real server with its database, and a client in a process of its own. */
import { fork, type ChildProcess } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Jurisdiction, Policy } from '../src/core/policy.ts'
import { migrateAuth, startServer } from '../src/http/server.ts'
import type { App } from '../src/operations/app.ts'
import { makeMarketplaceKey } from '../src/operations/key.ts'
import { byTheTable } from '../src/operations/judge.ts'
import { adoptPolicies } from '../src/operations/policy.ts'
import { publicReach } from '../src/operations/reach.ts'
import { openScreeningThreads } from '../src/operations/screening-stream.ts'
import { screenInOrder } from '../src/screening/in-order.ts'
import { openPool, type ScreeningPool } from '../src/screening/pool.ts'
import { openDatabase } from '../src/store/db.ts'
import { EmbeddedPostgres } from '../src/store/embedded.ts'
import { migrate } from '../src/store/migrate.ts'
import type { ClientOrder, ClientReply } from './http-client.ts'

export interface HttpRates {
  workers: number
  /** Bytes of listings a second; the middle of the rounds. */
  inProcess: number
  overHttp: number
  /** Over HTTP ÷ in process, the middle of the rounds. */
  ratio: number
}

export interface HttpMeasuring {
  /** A file of NDJSON. */
  corpus: string
  policies: readonly Policy[]
  workers: number
  /** A folder that may be written to; the database is made in it. */
  folder: string
  rounds: number
  /** How long a round takes, about, each way. */
  millis: number
}

const jurisdiction: Jurisdiction = 'us'
const CHUNK = 256 * 1024

/** Measures in a process of its own, as every engine works in one: nothing that was made before lies in its memory. */
export async function measureHttp(measuring: HttpMeasuring): Promise<HttpRates> {
  const child = fork(fileURLToPath(import.meta.url), { serialization: 'advanced' })
  try {
    child.send(measuring)
    return await answerOf<HttpRates>(child)
  } finally {
    child.kill()
  }
}

/** Screens the corpus both ways by turns; throws where the answers differ. */
async function measureHere(measuring: HttpMeasuring): Promise<HttpRates> {
  const { corpus, policies, workers, rounds, millis } = measuring
  const bytes = readFileSync(corpus)
  const applied = policies.map((policy) => ({ ...policy, level: 'act' as const }))
  const pool = openPool({ policies: applied, jurisdiction, explanation: 'full' }, { workers })
  try {
    await using server = await openServer(measuring)
    using client = await openClient({ file: corpus, port: server.port, key: server.key })
    const own = await answerInProcess(pool, bytes, 1)
    const warm = await client.ask({ times: 1 })
    if (warm.sha256 !== own.sha256)
      throw new Error('the answers over HTTP are not those in process')
    // Code is compiled as it is used, so the first rounds are not like the others.
    for (const end = performance.now() + 2 * millis; performance.now() < end;) {
      await answerInProcess(pool, bytes, 1)
      await client.ask({ times: 1 })
    }
    const once = await answerInProcess(pool, bytes, 1)
    const times = Math.max(1, Math.round(millis / 1000 / once.seconds))
    const pairs: { inProcess: number; overHttp: number }[] = []
    for (let round = 0; round < rounds; round++) {
      const inProcess = await answerInProcess(pool, bytes, times)
      const overHttp = await client.ask({ times })
      const rate = ({ seconds }: { seconds: number }) => (bytes.length * times) / seconds
      pairs.push({ inProcess: rate(inProcess), overHttp: rate(overHttp) })
    }
    return {
      workers,
      inProcess: middle(pairs.map(({ inProcess }) => inProcess)),
      overHttp: middle(pairs.map(({ overHttp }) => overHttp)),
      ratio: middle(pairs.map(({ inProcess, overHttp }) => overHttp / inProcess)),
    }
  } finally {
    await pool.close()
  }
}

async function answerInProcess(
  pool: ScreeningPool,
  bytes: Buffer,
  times: number,
): Promise<{ seconds: number; sha256: string | null }> {
  const hash = times === 1 ? createHash('sha256') : null
  const before = performance.now()
  await screenInOrder(chunksOf(bytes, times), {
    screenBlock: (block) => pool.screenBlock(block),
    width: pool.width,
    answer: async ({ output }) => {
      hash?.update(output)
      return true
    },
  })
  return { seconds: (performance.now() - before) / 1000, sha256: hash?.digest('hex') ?? null }
}

async function* chunksOf(bytes: Buffer, times: number): AsyncGenerator<Buffer> {
  for (let time = 0; time < times; time++)
    for (let at = 0; at < bytes.length; at += CHUNK) yield bytes.subarray(at, at + CHUNK)
}

async function openServer({ policies, workers, folder }: HttpMeasuring) {
  const postgres = await EmbeddedPostgres.open(path.join(folder, `http-${workers}`))
  const databaseUrl = await postgres.database('recourse')
  await migrate(databaseUrl)
  await migrateAuth(databaseUrl)
  const database = openDatabase(databaseUrl, { connections: 4 })
  const app: App = {
    db: database.db,
    now: () => new Date(),
    judge: byTheTable,
    newId: (prefix) => `${prefix}_${randomBytes(16).toString('hex')}`,
    undoFor: 0,
    help: null,
    health: null,
    marketplace: 'The bench',
    timeZone: 'UTC',
    log: (message, detail) => console.error(message, detail),
  }
  await adoptPolicies(app, [...policies], jurisdiction)
  const screening = openScreeningThreads(app, { workers, jurisdiction })
  const server = await startServer(app, {
    host: '127.0.0.1',
    port: 0,
    publicUrl: 'http://127.0.0.1',
    filesUrl: null,
    reach: publicReach,
    secret: 'a secret for the bench of thirty-two characters',
    databaseUrl,
    webDir: '/nowhere',
    production: false,
    jurisdiction,
    screening,
    demo: false,
    demoKey: '',
    demoPeople: [],
    sight: () => ({ overdue: { clocks: 0, since: null, first: [] }, secondsAgo: 0 }),
    timeMachine: null,
    signInMail: async () => undefined,
    staffLinks: 'first',
    issuer: null,
    mail: null,
    handOverSecret: null,
  })
  return {
    port: Number(new URL(server.url).port),
    key: await makeMarketplaceKey(app, 'bench'),
    async [Symbol.asyncDispose]() {
      await server.close()
      await screening.close()
      await database.close()
      await postgres.stop()
    },
  }
}

async function openClient(setup: { file: string; port: number; key: string }) {
  const { file, port, key } = setup
  // Beside this file, in the source and when built.
  const script = fileURLToPath(import.meta.url.replace(/http\.(?=[jt]s$)/, 'http-client.'))
  const child = fork(script, [file, String(port), key], { serialization: 'advanced' })
  await answerOf<ClientReply>(child)
  return {
    async ask(order: ClientOrder): Promise<ClientReply> {
      child.send(order)
      return answerOf(child)
    },
    [Symbol.dispose]: () => void child.kill(),
  }
}

/** What a process tells next; throws where it ends before. */
async function answerOf<Told>(child: ChildProcess): Promise<Told> {
  const answered = new AbortController()
  const { signal } = answered
  const ended = once(child, 'exit', { signal }).then(() => {
    throw new Error('a process of the measuring over HTTP ended')
  })
  ended.catch(() => undefined) // raced below
  try {
    const message = once(child, 'message', { signal })
    message.catch(() => undefined) // raced below
    const [reply] = (await Promise.race([message, ended])) as [Told] // what is sent there
    return reply
  } finally {
    answered.abort()
  }
}

function middle(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN
}

async function obeyOnce([measuring]: unknown[]): Promise<void> {
  // Whoever ordered is gone.
  process.once('disconnect', () => process.exit())
  const rates = await measureHere(measuring as HttpMeasuring) // what `measureHttp` sends
  process.send?.(rates)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  await obeyOnce(await once(process, 'message'))
