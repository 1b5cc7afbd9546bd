/** Security events in PostgreSQL: told once, and never changed. */
import { sql, type Selectable } from 'kysely'
import { sameEvent, type SecurityEvent } from '../core/security-event.ts'
import type { KnownUses } from '../core/security-signal.ts'
import type { Tx } from './db.ts'
import { ensureSeller } from './seller.ts'
import type { Tables } from './tables.ts'

/** Stores an event; one of the same id that says something else is refused as `differs`. */
export async function insertSecurityEvent(
  tx: Tx,
  event: SecurityEvent,
  now: Date,
): Promise<'stored' | 'unchanged' | 'differs'> {
  const { id, sellerId, ...rest } = event
  await ensureSeller(tx, sellerId, new Date(0), now)
  const first = await tx
    .insertInto('security_events')
    .values({ id, seller_id: sellerId, ...rest, received_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (first) return 'stored'
  const held = await tx
    .selectFrom('security_events')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return sameEvent(eventOf(held), event) ? 'unchanged' : 'differs'
}

/** More than anybody does in a day by hand; beyond it nothing more is needed to see what goes on. */
const mostWeighed = 2_000

/** What happened in an account after a time, the first first. */
export async function securityEventsSince(
  tx: Tx,
  sellerId: string,
  since: Date,
): Promise<SecurityEvent[]> {
  const rows = await tx
    .selectFrom('security_events')
    .selectAll()
    .where('seller_id', '=', sellerId)
    .where('at', '>', since)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(mostWeighed)
    .execute()
  return rows.map(eventOf).reverse()
}

/** When these events happened. */
export async function securityEventTimes(tx: Tx, ids: string[]): Promise<Date[]> {
  if (ids.length === 0) return []
  const rows = await tx.selectFrom('security_events').select('at').where('id', 'in', ids).execute()
  return rows.map(({ at }) => at)
}

/** When something last happened in an account; null where nothing was told. */
export async function lastSecurityEventAt(tx: Tx, sellerId: string): Promise<Date | null> {
  const row = await tx
    .selectFrom('security_events')
    .select('at')
    .where('seller_id', '=', sellerId)
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.at ?? null
}

/** By which devices and from where an account was used up to a time; null where it was not used at all. */
export async function usesUntil(tx: Tx, sellerId: string, until: Date): Promise<KnownUses | null> {
  const { rows } = await sql<{
    devices: string[] | null
    countries: string[] | null
    uses: number
  }>`
    select array_agg(distinct device) filter (where device is not null) as devices,
      array_agg(distinct country) filter (where country is not null) as countries,
      count(*) as uses
    from security_events
    where seller_id = ${sellerId} and at <= ${until}`.execute(tx)
  const [row] = rows
  if (!row || row.uses === 0) return null
  return { devices: new Set(row.devices ?? []), countries: new Set(row.countries ?? []) }
}

function eventOf(row: Selectable<Tables['security_events']>): SecurityEvent {
  const { id, at, kind, device, country, before, after, count } = row
  return { id, sellerId: row.seller_id, at, kind, device, country, before, after, count }
}
