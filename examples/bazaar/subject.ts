/** A subject is what Recourse speaks about: a listing, an account or its payouts. Here its levers move and are read. */
import { holdLock, transact, type Asker, type Database } from './database.ts'
import type { Hold, Kind, State, Told } from './state.ts'

export interface Held {
  sequence: number
  /** Null for a subject that the shop does not have. */
  state: State | null
}

/**
 * Takes the state owed to a subject and answers with what is held now.
 * What is not newer than that changes nothing, so that retries and late arrivals are harmless.
 */
export function takeState(
  db: Database,
  subject: { kind: Kind; id: string },
  told: Told,
  now: Date,
): Promise<{ sequence: number; state: State }> {
  const { kind, id } = subject
  return transact(db, async (tx) => {
    await lockSubject(tx, kind, id)
    const { rowCount } = await tx.query(
      `insert into subjects (kind, id, sequence, state, because, told_at)
       values ($1, $2, $3, $4, $5, $6)
       on conflict (kind, id) do update
       set sequence = excluded.sequence, state = excluded.state, because = excluded.because,
           told_at = excluded.told_at
       where subjects.sequence < excluded.sequence`,
      [kind, id, told.sequence, JSON.stringify(told.state), JSON.stringify(told.because), now],
    )
    if (rowCount === 1) await moveLevers(tx, subject, told.state, now)
    const held = await toldState(tx, kind, id)
    if (held === null) throw new Error(`take the state of ${kind} ${id}: it was not kept`)
    // Where the shop has the subject, the answer is what it shows, and not what it was told.
    return { sequence: held.sequence, state: (await shownState(tx, subject)) ?? held.state }
  })
}

/** What is so: how the levers stand that the pages of the shop use. */
export async function readSubject(
  db: Database,
  subject: { kind: Kind; id: string },
): Promise<Held> {
  return transact(db, async (tx) => {
    // Else the sequence of one change could be answered with the levers of another.
    await lockSubject(tx, subject.kind, subject.id)
    const held = await toldState(tx, subject.kind, subject.id)
    return { sequence: held?.sequence ?? 0, state: await shownState(tx, subject) }
  })
}

/** Moves the levers of a subject that has just appeared to where Recourse wanted them before it was here. */
export async function applyKept(
  tx: Asker,
  subject: { kind: Kind; id: string },
  now: Date,
): Promise<void> {
  await lockSubject(tx, subject.kind, subject.id)
  const held = await toldState(tx, subject.kind, subject.id)
  if (held) await moveLevers(tx, subject, held.state, now)
}

const lockSubject = (tx: Asker, kind: Kind, id: string) => holdLock(tx, `subject ${kind} ${id}`)

async function toldState(
  tx: Asker,
  kind: Kind,
  id: string,
): Promise<{ sequence: number; state: State } | null> {
  const { rows } = await tx.query<{ sequence: string; state: State }>(
    'select sequence, state from subjects where kind = $1 and id = $2',
    [kind, id],
  )
  const [row] = rows
  return row ? { sequence: Number(row.sequence), state: row.state } : null
}

async function moveLevers(
  tx: Asker,
  { kind, id }: { kind: Kind; id: string },
  state: State,
  now: Date,
): Promise<void> {
  if ('offered' in state) {
    // `off_at` and `back_at` are what the product page says about its absence.
    await tx.query(
      `update listings
       set off_at = case when is_offered and not $2 then $4 else off_at end,
           back_at = case when is_offered and not $2 then null
                          when not is_offered and $2 then $4 else back_at end,
           is_offered = $2,
           is_searchable = $3
       where id = $1`,
      [id, state.offered, state.searchable, now],
    )
    return
  }
  if ('signIn' in state) {
    // `off_at` and `back_at` are what the pages of its shop say about its absence.
    await tx.query(
      `update sellers
       set off_at = case when may_sell and not $3 then $5 else off_at end,
           back_at = case when may_sell and not $3 then null
                          when not may_sell and $3 then $5 else back_at end,
           may_sign_in = $2,
           may_sell = $3,
           may_add_listings = $4
       where id = $1`,
      [id, state.signIn, state.sell, state.addListings, now],
    )
    // Ended for good: whoever had got in is not let in again when the owner is.
    if (!state.signIn)
      await tx.query(
        'update sessions set ended_at = $2 where seller_id = $1 and ended_at is null',
        [id, now],
      )
    return
  }
  if (kind !== 'payouts') throw new Error(`move the levers of ${kind} ${id}: not its state`)
  await tx.query('update sellers set payouts_held = $2, payouts_only_to = $3 where id = $1', [
    id,
    state.held && JSON.stringify(state.held),
    state.onlyTo && JSON.stringify(state.onlyTo),
  ])
}

async function shownState(
  tx: Asker,
  { kind, id }: { kind: Kind; id: string },
): Promise<State | null> {
  switch (kind) {
    case 'listing': {
      const { rows } = await tx.query<{ offered: boolean; searchable: boolean }>(
        'select is_offered as offered, is_searchable as searchable from listings where id = $1 and removed_at is null',
        [id],
      )
      return rows[0] ?? null
    }
    case 'account': {
      const { rows } = await tx.query<{ signIn: boolean; sell: boolean; addListings: boolean }>(
        `select may_sign_in as "signIn", may_sell as sell, may_add_listings as "addListings"
         from sellers where id = $1`,
        [id],
      )
      return rows[0] ?? null
    }
    case 'payouts': {
      const { rows } = await tx.query<{ held: Hold | null; onlyTo: string[] | null }>(
        `select payouts_held as held, payouts_only_to as "onlyTo" from sellers where id = $1`,
        [id],
      )
      return rows[0] ?? null
    }
  }
}
