/** Databases that tests use one after the other: given back, one is made again what its template is, with its connections warm. */
import { Kysely, PostgresDialect, type PostgresPool } from 'kysely'
import pg from 'pg'
import { openPool, type Db } from '../src/store/db.ts'
import { preparing } from '../src/store/prepared.ts'
import type { Tables } from '../src/store/tables.ts'
import { freshDatabase } from './postgres.ts'

export interface Borrowed {
  url: string
  db: Db
  /** Lets go of it: nothing asks it any more through `db`. */
  giveBack: () => Promise<void>
}

interface Kept {
  url: string
  pool: PostgresPool
  /** As the owner of the database, to put it in order. */
  owner: pg.Client
  /** The tables that hold nothing in the template, and those that hold something. */
  empty: string[]
  filled: string[]
  drop(): Promise<void>
}

/** How the connections that stay open are known. */
const ofWorlds = 'recourse worlds'

/** More than that at once are rarely wanted, and each keeps connections open. */
const mostKept = 3

/** What is left of so many rows would make the next one slow. */
const mostDeleted = 2_000

/** Of each template, what lies there to be taken. */
const shelves = new Map<string, Kept[]>()

/** In a template: keeps what its tables hold, and notes whoever changes tables, which nothing undoes. */
export async function keepContents(url: string): Promise<void> {
  const owner = new pg.Client({ connectionString: url })
  await owner.connect()
  try {
    await owner.query(`
      create schema kept;
      create table kept.tables (name text, columns text);
      create table kept.sequences (name text, value bigint, is_called boolean);
      create table kept.changes (command text);
      do $$
      declare
        found record;
        has_rows boolean;
      begin
        for found in
          select c.oid, format('%I.%I', n.nspname, c.relname) as name
          from pg_class c join pg_namespace n on n.oid = c.relnamespace
          where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'kept')
        loop
          execute format('select exists (select from %s)', found.name) into has_rows;
          insert into kept.tables
            select found.name, case when has_rows then string_agg(quote_ident(attname), ', ') end
            from pg_attribute
            where attrelid = found.oid and attnum > 0 and not attisdropped and attgenerated = '';
          if has_rows then
            execute format('create table kept.%I as table %s', found.name, found.name);
          end if;
        end loop;
      end $$;
      insert into kept.sequences
        select format('%I.%I', schemaname, sequencename), coalesce(last_value, start_value), last_value is not null
        from pg_sequences;
      create function kept.note() returns event_trigger security definer language plpgsql
        as $$ begin insert into kept.changes values (tg_tag); end $$;
      create event trigger note on ddl_command_end execute function kept.note();`)
  } finally {
    await owner.end()
  }
}

/** A database like a template in which contents are kept; nobody else uses it meanwhile. */
export async function borrowDatabase(template: string): Promise<Borrowed> {
  const kept = shelves.get(template)?.pop() ?? (await open(template))
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: borrowPool(kept.pool) }) })
  return {
    url: kept.url,
    db,
    giveBack: async () => {
      await db.destroy()
      const shelf = shelves.get(template) ?? []
      if (shelf.length < mostKept && (await putInOrder(kept))) {
        shelves.set(template, [...shelf, kept])
        return
      }
      await Promise.all([kept.pool.end(), kept.owner.end()])
      await kept.drop()
    },
  }
}

async function open(template: string): Promise<Kept> {
  const { url, drop } = await freshDatabase({ template })
  const owner = new pg.Client({ connectionString: url, application_name: ofWorlds })
  // What breaks the connection fails the query that waits on it.
  owner.on('error', () => undefined)
  await owner.connect()
  const { rows } = await owner.query<{ name: string; columns: string | null }>(
    'select name, columns from kept.tables',
  )
  const isFilled = (row: { columns: string | null }) => row.columns !== null
  return {
    url,
    pool: preparing(openPool(url, { connections: 8, name: ofWorlds })),
    owner,
    empty: rows.filter((row) => !isFilled(row)).map(({ name }) => name),
    filled: rows.filter(isFilled).map(
      ({ name, columns }) =>
        `delete from ${name};
          insert into ${name} (${columns}) overriding system value select ${columns} from kept.${pg.escapeIdentifier(name)}`,
    ),
    drop,
  }
}

/** Makes it what its template is; false where that cannot be, or is not worth it. */
async function putInOrder({ owner, empty, filled }: Kept): Promise<boolean> {
  try {
    const changed = await owner.query('select from kept.changes limit 1')
    if (changed.rowCount !== 0) return false
    // Whoever a test has left behind; our own connections are at rest.
    await owner.query(
      `select pg_terminate_backend(pid, 5000) from pg_stat_activity
      where datname = current_database() and application_name <> $1`,
      [ofWorlds],
    )
    const { rows } = await owner.query<{ name: string }>({
      name: 'used',
      text: empty
        .map((name) => `select '${name}' as name where exists (select from ${name})`)
        .join(' union all '),
    })
    const deleted = await owner.query(
      [
        // Neither triggers nor references: all goes, and none of it is an act of anybody.
        "set session_replication_role = 'replica'",
        ...rows.map(({ name }) => `delete from ${name}`),
        ...filled,
        'select setval(name::regclass, value, is_called) from kept.sequences',
      ].join(';\n'),
    )
    const counts: { rowCount: number | null }[] = Array.isArray(deleted) ? deleted : [deleted] // one result a statement
    return counts.reduce((sum, { rowCount }) => sum + (rowCount ?? 0), 0) < mostDeleted
  } catch {
    // One that cannot be put in order is thrown away, whatever the reason.
    return false
  }
}

/** The pool as one borrower has it: with its end the others go on. */
function borrowPool(pool: PostgresPool): PostgresPool {
  let isOver = false
  let lent = 0
  let onAllBack = () => {}
  return {
    async connect() {
      if (isOver) throw new Error('the world that asks is over')
      lent += 1
      const back = () => {
        lent -= 1
        if (lent === 0) onAllBack()
      }
      const client = await pool.connect().catch((error: unknown) => {
        back()
        throw error
      })
      return {
        ...client,
        release: () => {
          client.release()
          back()
        },
      }
    },
    async end() {
      isOver = true
      if (lent > 0) await new Promise<void>((resolve) => (onAllBack = resolve))
    },
  }
}
