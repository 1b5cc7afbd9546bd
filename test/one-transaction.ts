/** A database in one transaction that is never committed: what a request changed in it is seen, and then undone. */
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Db } from '../src/store/db.ts'
import { keepPlans } from '../src/store/prepared.ts'
import type { Tables } from '../src/store/tables.ts'

export interface OneTransaction {
  db: Db
  /** Does something and undoes it; says whether any row of any table was another one after it, where that is asked. */
  undone<T>(
    work: () => Promise<T>,
    { looks }: { looks: boolean },
  ): Promise<{ value: T; changed: boolean }>
  close(): Promise<void>
}

/** Opens it under a role; whoever opens is the owner, who sees every row. */
export async function openOneTransaction(url: string, role: string): Promise<OneTransaction> {
  const client = new pg.Client({
    connectionString: url,
    options: `-c role=${role} -c timezone=UTC`,
    application_name: 'recourse one transaction',
  })
  await client.connect()
  await client.query('begin')
  const { rows } = await client.query<{ tablename: string }>(
    `select tablename from pg_tables where schemaname = 'public' order by tablename`,
  )
  const sums = rows
    .map(
      ({ tablename }) =>
        `select '${tablename}' as name, count(*) as rows, coalesce(sum(hashtextextended(t::text, 0)), 0) as sum from ${tablename} t`,
    )
    .join(' union all ')
  async function sum(): Promise<string> {
    await client.query('set role none')
    const { rows: all } = await client.query(sums)
    await client.query(`set role ${role}`)
    return JSON.stringify(all)
  }
  /** How often rows were written in this transaction, also where that was undone. */
  async function writes(): Promise<number> {
    const { rows: counted } = await client.query<{ writes: string }>(
      'select sum(n_tup_ins + n_tup_upd + n_tup_del) as writes from pg_stat_xact_user_tables',
    )
    return Number(counted[0]?.writes ?? 0)
  }
  const before = await sum()
  const points = { begin: 'savepoint work', commit: 'release work', rollback: 'rollback to work' }
  const keeping = keepPlans(client)
  let turn = Promise.resolve()
  const pool = {
    async connect() {
      const mine = turn
      let release = () => {}
      turn = new Promise((resolve) => (release = () => resolve()))
      await mine
      return {
        query: (sql: string, parameters: unknown[]) =>
          keeping.query(sql in points ? points[sql as keyof typeof points] : sql, parameters),
        release,
      }
    },
    end: () => Promise.resolve(),
  }
  // Of a pool Kysely asks no more than this.
  const dialect = new PostgresDialect({ pool: pool as unknown as pg.Pool })
  return {
    db: new Kysely<Tables>({ dialect }),
    async undone(work, { looks }) {
      await client.query('savepoint cell')
      const written = looks ? await writes() : 0
      const value = await work()
      const changed = looks && (await writes()) !== written && (await sum()) !== before
      await client.query('rollback to cell')
      return { value, changed }
    },
    async close() {
      await client.query('rollback')
      await client.end()
    },
  }
}
