/** PostgreSQL for tests: one real server for the whole run, fresh databases cloned from templates in it. */
import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { EmbeddedPostgres } from '../src/store/embedded.ts'
import { keepScratch } from './scratch.ts'

/** Called once by vitest: opens the server, or uses the one in DATABASE_URL, for every test of the run. */
export default async function serveTheRun(): Promise<() => Promise<void>> {
  process.env.RECOURSE_TEST_RUN = randomBytes(4).toString('hex')
  const removeScratch = await keepScratch()
  const given = process.env.DATABASE_URL
  if (given) {
    process.env.RECOURSE_TEST_DATABASE_URL = given
    return async () => {
      await dropLeftOver()
      await removeScratch()
    }
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'recourse-test-'))
  const server = await EmbeddedPostgres.open(folder)
  process.env.RECOURSE_TEST_DATABASE_URL = server.url()
  // It plans for the values at hand a few times before it keeps a plan; tests ask most things a few times.
  await asAdmin((admin) => admin.query("alter system set plan_cache_mode = 'force_generic_plan'"))
  await asAdmin((admin) => admin.query('select pg_reload_conf()'))
  return async () => {
    await server.stop()
    await removeScratch()
  }
}

/** The address of the run's server, as its owner. */
export function adminUrl(): string {
  const url = process.env.RECOURSE_TEST_DATABASE_URL
  if (url === undefined) throw new Error('the tests have no server: run them with vitest')
  return url
}

/** A database that nobody else uses: empty, or a clone of a template; dropped by hand or with the run. */
export async function freshDatabase({
  template = 'template0',
}: { template?: string } = {}): Promise<{
  url: string
  drop: () => Promise<void>
}> {
  const name = nameInRun(randomBytes(6).toString('hex'))
  await asAdmin((admin) => cloneDatabase(admin, { template, name }))
  return {
    url: urlOf(name),
    drop: () => asAdmin((admin) => admin.query(`drop database if exists ${name} with (force)`)),
  }
}

/** The templates that this process knows to be made. */
const templates = new Map<string, Promise<string>>()

/** Makes a template once per run, whoever asks first, and answers its name for `freshDatabase`. */
export async function templateDatabase(
  name: string,
  prepare: (url: string) => Promise<unknown>,
): Promise<string> {
  const known = templates.get(name)
  if (known !== undefined) return known
  const making = makeTemplate(name, prepare)
  templates.set(name, making)
  making.catch(() => templates.delete(name))
  return making
}

async function makeTemplate(
  name: string,
  prepare: (url: string) => Promise<unknown>,
): Promise<string> {
  const template = nameInRun(
    `template_${createHash('sha256').update(name).digest('hex').slice(0, 12)}`,
  )
  await asAdmin(async (admin) => {
    await admin.query('select pg_advisory_lock(hashtext($1))', [template])
    const made = await admin.query('select from pg_database where datname = $1', [template])
    if (made.rowCount) return
    const draft = `${template}_draft`
    await admin.query(`drop database if exists ${draft} with (force)`)
    await cloneDatabase(admin, { template: 'template0', name: draft })
    await prepare(urlOf(draft))
    // Renamed only when it is whole, so that a failed preparation is tried again by the next who asks.
    await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
      draft,
    ])
    await admin.query(`alter database ${draft} rename to ${template}`)
    // Nobody can be connected to it, and so nobody can stand in the way of a clone.
    await admin.query(`alter database ${template} allow_connections false`)
  })
  return template
}

async function cloneDatabase(
  admin: pg.Client,
  { template, name }: { template: string; name: string },
): Promise<void> {
  // Copied file by file: through the log, as by default, each page of it would be written twice.
  await admin.query(
    `create database ${name} template ${template} encoding 'UTF8' strategy file_copy`,
  )
}

async function asAdmin(work: (admin: pg.Client) => Promise<unknown>): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl() })
  // What breaks the connection fails the query that waits on it; told twice it would end the whole run.
  admin.on('error', () => undefined)
  await admin.connect()
  try {
    await work(admin)
  } finally {
    await admin.end()
  }
}

/** In a server that outlives the run, its databases are known by the run's name. */
function nameInRun(name: string): string {
  return `recourse_test_${process.env.RECOURSE_TEST_RUN}_${name}`
}

function urlOf(database: string): string {
  const url = new URL(adminUrl())
  url.pathname = `/${database}`
  return url.href
}

async function dropLeftOver(): Promise<void> {
  await asAdmin(async (admin) => {
    const left = await admin.query<{ datname: string }>(
      'select datname from pg_database where starts_with(datname, $1)',
      [nameInRun('')],
    )
    for (const { datname } of left.rows) await admin.query(`drop database ${datname} with (force)`)
  })
}
