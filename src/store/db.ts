/** The database: one pool under a role that owns nothing, and transactions behind one of three walls. */
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
import pg from 'pg'
import type { Tables } from './tables.ts'

export type Db = Kysely<Tables>
export type Tx = Transaction<Tables>

/** Behind which wall a transaction works: everything, what belongs to one seller, or one claim on an account. */
export type Wall = { inside: true } | { sellerId: string } | { claimId: string }

// Numbers of ours stay far below 2^53; reading bigint as text would only spread parsing around.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

export interface Database {
  db: Db
  close: () => Promise<void>
}

/** Opens a pool whose every connection works as `recourse_app`, so that row-level security binds it. */
export function openDatabase(
  url: string,
  {
    connections = 10,
    patienceMs,
  }: {
    connections?: number
    /** Gives up on a connection or a statement after so long, and keeps an idle connection; waits for ever when absent. */
    patienceMs?: number
  } = {},
): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    ...(patienceMs === undefined
      ? {}
      : {
          connectionTimeoutMillis: patienceMs,
          statement_timeout: patienceMs,
          // A statement whose connection went silent never ends at the server; this ends it here.
          query_timeout: 2 * patienceMs,
          idleTimeoutMillis: 0,
        }),
    options: '-c role=recourse_app -c timezone=UTC',
    application_name: 'recourse',
  })
  // An idle connection that breaks is replaced by the pool; a query that breaks still throws at its caller.
  pool.on('error', () => undefined)
  // The pool listens only while a connection is idle; one that breaks in use must not end the program either.
  pool.on('connect', (client) => client.on('error', () => undefined))
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  return { db, close: () => db.destroy() }
}

/** Runs one transaction behind a wall; what it cannot see there does not exist for it. */
export function transact<T>(db: Db, wall: Wall, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (tx) => {
    const kind = 'inside' in wall ? 'inside' : 'sellerId' in wall ? 'seller' : 'claim'
    const sellerId = 'sellerId' in wall ? wall.sellerId : ''
    const claimId = 'claimId' in wall ? wall.claimId : ''
    await sql`select set_config('recourse.wall', ${kind}, true),
      set_config('recourse.seller_id', ${sellerId}, true),
      set_config('recourse.claim_id', ${claimId}, true)`.execute(tx)
    return work(tx)
  })
}

/** A value for a jsonb column. */
export function json(value: unknown): string {
  return JSON.stringify(value)
}
