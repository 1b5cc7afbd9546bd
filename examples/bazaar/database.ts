/** The database is the bazaar's own: its tables, made at start, and the one way to change several at once. */
import pg from 'pg'

export type Database = pg.Pool
/** Where a query may be asked: the pool, or a transaction that is under way. */
export type Asker = Pick<pg.ClientBase, 'query'>

// What is read back as it was written is json and not jsonb, which sorts the keys.
const tables = `
create table if not exists settings (
  name text primary key,
  value text not null
);
create table if not exists sellers (
  id text primary key,
  name text not null,
  place text not null,
  locale text not null,
  time_zone text not null,
  may_sign_in boolean not null default true,
  may_sell boolean not null default true,
  may_add_listings boolean not null default true,
  payouts_held json,
  payouts_only_to jsonb,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create table if not exists contacts (
  id text primary key,
  seller_id text not null references sellers,
  kind text not null,
  address text not null,
  verified_at timestamptz,
  updated_at timestamptz not null
);
create table if not exists sign_ins (
  address text primary key,
  seller_id text not null references sellers,
  password_hash text not null
);
create table if not exists sessions (
  token_hash text primary key,
  seller_id text not null references sellers,
  expires_at timestamptz not null
);
create table if not exists listings (
  id text primary key,
  seller_id text not null references sellers,
  title text not null,
  description text not null,
  bullets json not null,
  brand text not null,
  category text not null,
  attributes json not null,
  price_cents integer not null,
  is_offered boolean not null default true,
  is_searchable boolean not null default true,
  off_at timestamptz,
  back_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index if not exists listings_by_seller on listings (seller_id);
create table if not exists orders (
  id text primary key,
  -- One press of the button, however often it is sent.
  press text not null,
  listing_id text not null references listings,
  seller_id text not null references sellers,
  -- As it was bought: an edit afterwards changes nothing about it.
  title text not null,
  many integer not null check (many > 0),
  cents integer not null check (cents > 0),
  buyer_hash text not null,
  placed_at timestamptz not null,
  sent_at timestamptz,
  disputed_at timestamptz,
  unique (press, listing_id)
);
create index if not exists orders_by_seller on orders (seller_id, placed_at);
create index if not exists orders_by_buyer on orders (buyer_hash, placed_at);
create table if not exists destinations (
  id text primary key,
  seller_id text not null references sellers,
  bank text not null,
  iban text not null,
  added_at timestamptz not null,
  removed_at timestamptz
);
create index if not exists destinations_by_seller on destinations (seller_id);
-- Every cent that came in for a seller or went out to one; the balance is their sum, and kept nowhere else.
create table if not exists ledger (
  place bigint generated always as identity primary key,
  seller_id text not null references sellers,
  cents bigint not null,
  order_id text unique references orders,
  destination_id text references destinations,
  at timestamptz not null,
  check (case when order_id is not null then cents > 0 and destination_id is null
              else cents < 0 and destination_id is not null end)
);
create index if not exists ledger_by_seller on ledger (seller_id, place);
create table if not exists subjects (
  kind text not null,
  id text not null,
  sequence bigint not null,
  state jsonb not null,
  because jsonb not null,
  told_at timestamptz not null,
  primary key (kind, id)
);
-- The body is kept as text: every retry under one key sends the very same bytes.
create table if not exists facts (
  place bigint generated always as identity primary key,
  id uuid not null unique,
  path text not null,
  about text not null,
  seller_id text not null,
  body text not null,
  recorded_at timestamptz not null,
  attempts integer not null default 0,
  sent_at timestamptz,
  refused_at timestamptz,
  problem text
);
-- What came after the first bazaars.
alter table sessions add column if not exists ended_at timestamptz;
alter table sellers add column if not exists off_at timestamptz;
alter table sellers add column if not exists back_at timestamptz;
alter table sellers add column if not exists balance_at timestamptz;
-- What was taken away is kept, so that it can be put back.
alter table contacts add column if not exists removed_at timestamptz;
alter table listings add column if not exists removed_at timestamptz;
-- By which browser, as its cookie has it, and from where.
alter table sessions add column if not exists device text not null default '';
alter table sessions add column if not exists country text;
alter table sessions add column if not exists agent text not null default '';
alter table sessions add column if not exists started_at timestamptz not null default '-infinity';
create table if not exists changes (
  place bigint generated always as identity primary key,
  id text not null unique,
  seller_id text not null references sellers,
  at timestamptz not null,
  kind text not null,
  subject_id text not null,
  before json,
  after json,
  returned_at timestamptz
);
create index if not exists changes_by_seller on changes (seller_id, place);
create table if not exists way_in_links (
  token_hash text primary key,
  seller_id text not null references sellers,
  expires_at timestamptz not null
);
create table if not exists mails (
  place bigint generated always as identity primary key,
  address text not null,
  subject text not null,
  words text not null,
  at timestamptz not null
);
-- What Recourse asked for once, with the answer for its retries.
create table if not exists answered (
  id text primary key,
  at timestamptz not null,
  status integer,
  body json
);
-- The bazaar's own shelf: what it sells itself.
alter table sellers add column if not exists is_own boolean not null default false;
create index if not exists facts_waiting on facts (place) where sent_at is null and refused_at is null;
create index if not exists facts_refused on facts (seller_id, about) where refused_at is not null;
`

/** Opens the pool; a connection that breaks while idle is dropped and a new one is made when needed. */
export function openDatabase(url: string): Database {
  const db = new pg.Pool({ connectionString: url, max: 10, connectionTimeoutMillis: 5_000 })
  db.on('error', (error) => {
    console.error(`bazaar: a database connection broke: ${error.message}`)
  })
  // The pool listens only while a connection is idle; one that breaks in use fails its query and not the shop.
  db.on('connect', (client) => client.on('error', () => undefined))
  return db
}

/** Makes the tables that are missing. */
export async function makeTables(db: Database): Promise<void> {
  await transact(db, async (tx) => {
    // Two starts at once would both find a table missing and both try to make it.
    await holdLock(tx, 'make-tables')
    await tx.query(tables)
  })
}

/** Does the work in one transaction: all of it is kept, or nothing. */
export async function transact<Result>(
  db: Database,
  work: (tx: Asker) => Promise<Result>,
): Promise<Result> {
  const client = await db.connect()
  let broken: Error | undefined
  try {
    await client.query('begin')
    const result = await work(client)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch((cause: unknown) => {
      // A connection that cannot even roll back is thrown away, which rolls it back.
      broken = cause instanceof Error ? cause : new Error('roll back', { cause })
    })
    throw error
  } finally {
    client.release(broken)
  }
}

/** Waits for a lock of this name and holds it to the end of the transaction. */
export async function holdLock(tx: Asker, name: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [name])
}

/** Takes the lock to the end of the transaction where nobody else holds it. */
export async function tryLock(tx: Asker, name: string): Promise<boolean> {
  const { rows } = await tx.query<{ held: boolean }>(
    'select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as held',
    [name],
  )
  return rows[0]?.held === true
}

/** Whether PostgreSQL can hold the text as a key: no control characters, no half characters, not too long. */
export function isId(text: string): boolean {
  return text.length > 0 && text.length <= 200 && !/[\p{Cc}\p{Surrogate}]/u.test(text)
}
