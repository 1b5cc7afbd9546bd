/** Starts the bazaar from its environment and ends it cleanly. */
import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'
import { openClock, type ShopClock } from './clock.ts'
import { makeTables, openDatabase, type Database } from './database.ts'
import { startMessenger, type Messenger } from './messenger.ts'
import { seedShop } from './seed.ts'
import { openShop } from './shop.ts'

const env = process.env

function fail(sentence: string): never {
  console.error(`bazaar: ${sentence}`)
  process.exit(2)
}

function readPort(text: string): number {
  const port = Number(text)
  return /^\d+$/.test(text) && port <= 65_535 ? port : fail(`BAZAAR_PORT is a port, not "${text}".`)
}

function readSecret(secret: string | undefined): string | null {
  if (!secret) return null
  try {
    new Webhook(secret)
    return secret
  } catch {
    return fail('RECOURSE_CONNECTOR_SECRET is a Standard Webhooks secret: whsec_ and base64.')
  }
}

function readUrl(text: string | undefined): string | null {
  if (!text) return null
  const isWeb = URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
  return isWeb
    ? text.replace(/\/+$/, '')
    : fail(`RECOURSE_URL is an http or https address, not "${text}".`)
}

/** The secret of the forms is made once and kept, so that open pages outlive a restart. */
async function keepFormSecret(db: Database): Promise<string> {
  const { rows } = await db.query<{ value: string }>(
    `insert into settings (name, value) values ('form-secret', $1)
     on conflict (name) do update set name = excluded.name
     returning value`,
    [randomBytes(32).toString('base64url')],
  )
  const value = rows[0]?.value
  return value ?? fail('The database did not keep the secret of the forms.')
}

const port = readPort(env.BAZAAR_PORT || '4871')
const host = env.BAZAAR_HOST || '127.0.0.1'
const connectorSecret = readSecret(env.RECOURSE_CONNECTOR_SECRET)
const recourseUrl = readUrl(env.RECOURSE_URL)
const key = env.RECOURSE_KEY || null
const handOverSecret = env.RECOURSE_HANDOVER_SECRET || null
const databaseUrl =
  env.BAZAAR_DATABASE_URL ||
  fail('BAZAAR_DATABASE_URL names the database that the bazaar may fill.')
const isDemo = env.BAZAAR_DEMO === '1'

const db = openDatabase(databaseUrl)
let clock: ShopClock
try {
  await makeTables(db)
  clock = await openClock({ db, recourseUrl, isDemo })
  await seedShop(db, () => clock.now())
} catch (error) {
  fail(`Its database cannot be used: ${error instanceof Error ? error.message : String(error)}`)
}
const now = () => clock.now()

let messenger: Messenger | null = null
if (recourseUrl !== null && key !== null) messenger = startMessenger({ db, now, recourseUrl, key })
else
  console.error(
    'bazaar: RECOURSE_URL and RECOURSE_KEY are not both set; facts are kept until they are.',
  )
if (connectorSecret === null)
  console.error('bazaar: RECOURSE_CONNECTOR_SECRET is not set; the connector lets nobody in.')

const shop = openShop({
  db,
  now,
  secret: await keepFormSecret(db),
  recourseUrl,
  connectorSecret,
  handOvers:
    recourseUrl !== null && handOverSecret !== null
      ? { secret: handOverSecret, recourseUrl }
      : null,
  payoutChecks: recourseUrl !== null && key !== null ? { recourseUrl, key } : null,
  // In the demo everybody may look behind the counter.
  staffPassword: env.BAZAAR_STAFF_PASSWORD || (isDemo ? 'counter' : null),
  isDemo,
  shopUrl:
    env.BAZAAR_URL?.replace(/\/+$/, '') ||
    `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
  wake: () => messenger?.wake(),
})

let isStopping = false
async function stop(): Promise<void> {
  if (isStopping) return
  isStopping = true
  // Whatever hangs, the process ends: what was not sent goes out at the next start.
  setTimeout(() => process.exit(1), 5_000).unref()
  await messenger?.stop()
  await clock.stop()
  await shop.close()
  await db.end()
  process.exit(0)
}
process.on('SIGTERM', () => void stop())
process.on('SIGINT', () => void stop())
if (env.BAZAAR_DIE_WITH_PARENT === '1') {
  // A killed parent says nothing, but what it held open closes.
  if (process.connected) process.on('disconnect', () => void stop())
  else
    process.stdin
      .resume()
      .on('end', () => void stop())
      .on('error', () => void stop())
}

try {
  await shop.listen({ port, host })
} catch (error) {
  const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  fail(
    isTaken
      ? `Port ${port} is taken; set BAZAAR_PORT to another.`
      : `It cannot listen on ${host}:${port}: ${String(error)}`,
  )
}
const { port: open } = shop.server.address() as AddressInfo // it listens on a port, not on a pipe
console.log(`bazaar: http://${host.includes(':') ? `[${host}]` : host}:${open}`)
