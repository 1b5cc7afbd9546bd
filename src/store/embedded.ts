/** The embedded PostgreSQL: a real server of our own in a data folder, with fsync on. */
import type { ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, realpath } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import {
  clusterIn,
  makeCluster,
  readAccess,
  saveAccess,
  socketsIn,
  type Access,
  removeHalfMade,
} from './postgres-cluster.ts'
import { chooseLaunch, findPrograms } from './postgres-program.ts'
import { endLeftOver, startServer } from './postgres-server.ts'

/** A running server. Whoever opens it holds the data folder, so that no two work on it at once. */
export class EmbeddedPostgres {
  /** Resolves when the server has ended, whoever ended it. */
  readonly ended: Promise<void>
  readonly #folder: string
  readonly #access: Access
  readonly #server: ChildProcess
  readonly #endWithUs = () => this.#server.kill('SIGINT')

  private constructor(folder: string, access: Access, server: ChildProcess) {
    this.#folder = folder
    this.#access = access
    this.#server = server
    this.ended = new Promise((resolve) => server.once('exit', () => resolve()))
    process.once('exit', this.#endWithUs)
  }

  /** Opens the server in a data folder, with a new database if there is none. */
  static async open(dataFolder: string): Promise<EmbeddedPostgres> {
    // Others may pass through, so that as root the server's account reaches its own files; none may look.
    await mkdir(dataFolder, { recursive: true, mode: 0o711 })
    const folder = await realpath(dataFolder)
    await endLeftOver(folder)
    const programs = await findPrograms()
    const launch = await chooseLaunch(programs, clusterIn(folder))
    const known = await readAccess(folder)
    await removeHalfMade(folder)
    const kept = known ?? (await makeCluster(folder, programs, launch))
    const { server, port } = await startServer(folder, { programs, launch, port: kept.port })
    const access = { ...kept, port }
    if (port !== kept.port) await saveAccess(folder, access)
    return new EmbeddedPostgres(folder, access, server)
  }

  /** The address of a database in this folder whose server runs already, or null when none answers. */
  static async running(dataFolder: string, database: string): Promise<string | null> {
    const access = await readAccess(dataFolder)
    if (access === undefined) return null
    const url = urlOf(await realpath(dataFolder), access, database)
    const client = new pg.Client({ connectionString: url })
    client.on('error', () => undefined)
    try {
      await client.connect()
      return url
    } catch {
      // Nobody answers there, or no such database: for the caller that is the same.
      return null
    } finally {
      await client.end().catch(() => undefined)
    }
  }

  /** The server's own process. */
  get pid(): number | undefined {
    return this.#server.pid
  }

  /** The address of one of its databases, as the server's owner. */
  url(database = 'postgres'): string {
    return urlOf(this.#folder, this.#access, database)
  }

  /** Makes a database unless it is there, and answers its address as the server's owner. */
  async database(name: string): Promise<string> {
    await this.#asOwner(async (client) => {
      const found = await client.query('select from pg_database where datname = $1', [name])
      const database = pg.escapeIdentifier(name)
      if (found.rowCount === 0) await client.query(`create database ${database}`)
      await client.query(`revoke connect on database ${database} from public`)
    })
    return this.url(name)
  }

  /** Makes a database for a role of the same name, who sees no other, and answers its address as that role. */
  async databaseOfItsOwn(name: string): Promise<string> {
    await this.database(name)
    const { password: ownersPassword } = this.#access
    // It follows from the owner's, so that there is one secret to keep.
    const password = createHash('sha256').update(`${name} ${ownersPassword}`).digest('base64url')
    const role = pg.escapeIdentifier(name)
    await this.#asOwner(async (client) => {
      const found = await client.query('select from pg_roles where rolname = $1', [name])
      if (found.rowCount === 0) await client.query(`create role ${role} login`)
      await client.query(`alter role ${role} password ${pg.escapeLiteral(password)}`)
      await client.query(`alter database ${role} owner to ${role}`)
    })
    const url = new URL(this.url(name))
    url.username = name
    url.password = password
    return url.href
  }

  /** Stops the server in good order; if it does not listen, the next start recovers what was committed. */
  async stop(): Promise<void> {
    process.off('exit', this.#endWithUs)
    for (const [signal, patience] of [
      ['SIGINT', 8000],
      ['SIGQUIT', 3000],
      ['SIGKILL', 3000],
    ] as const) {
      if (this.#server.exitCode !== null || this.#server.signalCode !== null) return
      this.#server.kill(signal)
      const timer = new AbortController()
      await Promise.race([
        this.ended,
        sleep(patience, undefined, { signal: timer.signal }).catch(() => undefined),
      ])
      timer.abort()
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop()
  }

  async #asOwner(work: (client: pg.Client) => Promise<void>): Promise<void> {
    const client = new pg.Client({ connectionString: this.url() })
    // A connection that breaks fails the query that waits on it; told a second time it would end the program.
    client.on('error', () => undefined)
    await client.connect()
    try {
      await work(client)
    } finally {
      await client.end()
    }
  }
}

function urlOf(folder: string, { port, password }: Access, database: string): string {
  const url = new URL(`postgres://postgres:${password}@127.0.0.1:${port}/${database}`)
  const sockets = socketsIn(folder)
  if (sockets !== null) url.searchParams.set('host', sockets)
  return url.href
}
