/** The database: one pool under a role that owns nothing, and transactions behind the wall of who asks. */
import { Kysely, PostgresDialect, sql, type Expression, type Transaction } from 'kysely'
import pg from 'pg'
import { preparing } from './prepared.ts'
import type { Tables } from './tables.ts'

export type Db = Kysely<Tables>
export type Tx = Transaction<Tables>

/** Behind which wall a transaction works: who asks, as the database is told it, so that row-level security decides too. */
export type Wall =
  /** Machines of ours: clocks, screening, delivery. */
  | { inside: true }
  | { sellerId: string }
  /** Somebody whom a seller's owner let in; how far, and whether at that time, its row says. */
  | { member: { id: string; sellerId: string }; at: Date }
  /** Whoever followed a signed link of a notice: of that seller only the one matter. */
  | { link: { sellerId: string; decisionId: string | null; caseId: string | null } }
  /** The same, to whom all of that seller opens where the database agrees that the link opens it; else it stays a link. */
  | { belongings: { sellerId: string; decisionId: string | null; caseId: string | null }; at: Date }
  | { claimId: string }
  /** Who showed the code of a complaint. */
  | { complaintId: string }
  | { staff: { id: string; roles: readonly string[]; desks: readonly string[] } }
  /** The marketplace, by the id of its key. */
  | { marketplace: string }
  | { nobody: true }
  /** Works out who comes in: whose an address or a key is. */
  | { entrance: true }
  /** Takes claims on accounts: finds the account that is meant, for who may see nothing of it. */
  | { recovery: true }

// Numbers of ours stay far below 2^53; reading bigint as text would only spread parsing around.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

export interface Database {
  db: Db
  pool: pg.Pool
  close: () => Promise<void>
}

interface PoolOptions {
  connections?: number
  /** What the database calls its connections. */
  name?: string
  /** Gives up on a connection or a statement after so long, and keeps an idle connection; waits for ever when absent. */
  patienceMs?: number
}

/** Opens a database through a pool of its own. */
export function openDatabase(url: string, options: PoolOptions = {}): Database {
  const pool = openPool(url, options)
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: preparing(pool) }) })
  return { db, pool, close: () => db.destroy() }
}

/** Opens a pool whose every connection works as `recourse_app`, so that row-level security binds it. */
export function openPool(
  url: string,
  { connections = 10, name = 'recourse', patienceMs }: PoolOptions = {},
): pg.Pool {
  const pool = new pg.Pool({
    ...connectionOf(url, name),
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
  })
  // An idle connection that breaks is replaced by the pool; a query that breaks still throws at its caller.
  pool.on('error', () => undefined)
  // The pool listens only while a connection is idle; one that breaks in use must not end the program either.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/** How every connection of ours is opened. */
export function connectionOf(url: string, name = 'recourse') {
  return {
    connectionString: url,
    options: '-c role=recourse_app -c timezone=UTC',
    application_name: name,
  }
}

/** Runs one transaction behind a wall; what it cannot see there does not exist for it. */
export function transact<T>(db: Db, wall: Wall, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (tx) => {
    await standBehind(tx, wall)
    return work(tx)
  })
}

/** The same, only to read: everything as it was at one instant, however long reading takes. */
export function readAsOne<T>(db: Db, wall: Wall, read: (tx: Tx) => Promise<T>): Promise<T> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      await standBehind(tx, wall)
      return read(tx)
    })
}

async function standBehind(tx: Tx, wall: Wall): Promise<void> {
  const {
    kind,
    sellerId = '',
    claimId = '',
    complaintId = '',
    staffId = '',
    roles = [],
    desks = [],
    ...said
  } = saidOf(wall)
  await sql`select set_config('recourse.wall', ${kind}, true),
    set_config('recourse.seller_id', ${sellerId}, true),
    set_config('recourse.decision_id', ${said.decisionId ?? ''}, true),
    set_config('recourse.case_id', ${said.caseId ?? ''}, true),
    set_config('recourse.claim_id', ${claimId}, true),
    set_config('recourse.complaint_id', ${complaintId}, true),
    set_config('recourse.staff_id', ${staffId}, true),
    set_config('recourse.roles', ${roles.join(',')}, true),
    set_config('recourse.desks', ${desks.join(',')}, true),
    set_config('recourse.key_id', ${said.keyId ?? ''}, true)`.execute(tx)
  if ('member' in wall)
    await sql`select set_config('recourse.wall', wall, true),
      set_config('recourse.member_id', ${wall.member.id}, true),
      set_config('recourse.acts_as', role, true),
      set_config('recourse.writes', case when writes then 'yes' else 'no' end, true)
      from member_acting(${wall.member.id}, ${wall.member.sellerId}, ${wall.at})`.execute(tx)
  if ('belongings' in wall)
    await sql`select set_config('recourse.wall', 'seller', true) where opens_belongings(${wall.at})`.execute(
      tx,
    )
}

/** How many rows are here at once where there may be very many. */
const pageOfRows = 1_000

/** The rows of a query in pages, so that never all are here. One query at a time is read like this in a transaction. */
export async function* pagesOf<Row>(tx: Tx, query: Expression<Row>): AsyncGenerator<Row[]> {
  await sql`declare page_by_page no scroll cursor for ${query}`.execute(tx)
  for (;;) {
    const { rows } = await sql<Row>`fetch ${sql.lit(pageOfRows)} from page_by_page`.execute(tx)
    if (rows.length > 0) yield rows
    if (rows.length < pageOfRows) break
  }
  // Where reading fails or is given up, the end of the transaction closes it.
  await sql`close page_by_page`.execute(tx)
}

/** What the database is told of who asks; migration 0009 reads it. */
interface Said {
  kind:
    | 'inside'
    | 'seller'
    | 'link'
    | 'claim'
    | 'reporter'
    | 'staff'
    | 'marketplace'
    | 'nobody'
    | 'entrance'
    | 'recovery'
  sellerId?: string
  decisionId?: string | null
  caseId?: string | null
  claimId?: string
  complaintId?: string
  staffId?: string
  roles?: readonly string[]
  desks?: readonly string[]
  keyId?: string
}

function saidOf(wall: Wall): Said {
  if ('inside' in wall) return { kind: 'inside' }
  if ('sellerId' in wall) return { kind: 'seller', sellerId: wall.sellerId }
  // Nobody, until their row says more.
  if ('member' in wall) return { kind: 'nobody', sellerId: wall.member.sellerId }
  if ('belongings' in wall) return { kind: 'link', ...wall.belongings }
  if ('link' in wall) return { kind: 'link', ...wall.link }
  if ('claimId' in wall) return { kind: 'claim', claimId: wall.claimId }
  if ('complaintId' in wall) return { kind: 'reporter', complaintId: wall.complaintId }
  if ('marketplace' in wall) return { kind: 'marketplace', keyId: wall.marketplace }
  if ('nobody' in wall) return { kind: 'nobody' }
  if ('entrance' in wall) return { kind: 'entrance' }
  if ('recovery' in wall) return { kind: 'recovery' }
  const { id: staffId, roles, desks } = wall.staff
  return { kind: 'staff', staffId, roles, desks }
}

/**
 * From here on the work of machines of ours, for whoever the database lets bring a complaint (`brings_complaints`).
 * Throws for everybody else.
 */
export async function bringInside(tx: Tx): Promise<void> {
  const { rows } = await sql`select set_config('recourse.wall', 'inside', true)
    where wall() = 'inside' or brings_complaints()`.execute(tx)
  if (rows.length === 0) throw new Error('bring a complaint: whoever asks may bring none')
}

/** The same for whoever decided on this ring in this transaction (`decided_ring`): what follows is at every desk. */
export async function followRingInside(tx: Tx, ringId: string): Promise<void> {
  const { rows } = await sql`select set_config('recourse.wall', 'inside', true)
    where decided_ring(${ringId})`.execute(tx)
  if (rows.length === 0)
    throw new Error(`follow ring ${ringId}: whoever asks has not decided on it`)
}

/** A value for a jsonb column. */
export function json(value: unknown): string {
  return JSON.stringify(value)
}
