/** Vitals are the few figures by which the people who run the server see how it is. */
import { sql } from 'kysely'
import type { Tx } from './db.ts'

export interface Vitals {
  openCases: number
  overdueCases: number
  /** Committed, due, and not yet out of the building. */
  undelivered: number
  /** How long the oldest of these has been due, in seconds. */
  oldestUndeliveredSeconds: number
  unscreened: number
  notYetBack: number
}

/** Counts them; each is an index away. */
export async function readVitals(tx: Tx, now: Date): Promise<Vitals> {
  const { rows } = await sql<Vitals>`
    select
      (select count(*) from cases where state = 'open') as "openCases",
      (select count(*) from cases where state = 'open' and overdue_since is not null) as "overdueCases",
      (select count(*) from deliveries where due_at <= ${now}) as "undelivered",
      coalesce((select extract(epoch from ${now}::timestamptz - min(due_at))::double precision from deliveries where due_at <= ${now}), 0)
        as "oldestUndeliveredSeconds",
      (select count(*) from waiting_versions) as "unscreened",
      (select count(*) from subjects where restoring_since is not null) as "notYetBack"`.execute(tx)
  const row = rows[0]
  if (!row) throw new Error('read the vitals: the database answered nothing')
  return row
}
