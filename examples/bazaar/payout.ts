/** A payout takes what is not held out of a seller's balance, to a destination that money may go to. */
import { readBalance, tellBalance, type Balance } from './balance.ts'
import { transact, type Asker, type Database } from './database.ts'
import type { Hold } from './state.ts'

export interface Levers {
  payoutsHeld: Hold | null
  payoutsOnlyTo: string[] | null
}

/** What is held of a balance now; null when nothing is, or when its time has passed. */
export function heldNow(
  { payoutsHeld: hold }: Levers,
  { cents }: Pick<Balance, 'cents'>,
  now: Date,
): { cents: number; upToCents: number; until: Date } | null {
  if (hold === null || Date.parse(hold.until) <= now.getTime()) return null
  const upToCents = Math.round(hold.amount * 100)
  return {
    cents: Math.max(0, Math.min(upToCents, cents)),
    upToCents,
    until: new Date(hold.until),
  }
}

/** What may be paid out now. */
export const payableNow = (levers: Levers, balance: Pick<Balance, 'cents'>, now: Date) =>
  Math.max(0, balance.cents - (heldNow(levers, balance, now)?.cents ?? 0))

/** Whether money may go to this destination now. */
export const mayGoTo = ({ payoutsOnlyTo: onlyTo }: Levers, destinationId: string) =>
  onlyTo === null || onlyTo.includes(destinationId)

export type PaidOut =
  | { ok: true; cents: number }
  | {
      ok: false
      refusal: 'unknown_destination' | 'barred_destination' | 'all_held' | 'nothing_there'
    }

/** Pays out all that is not held. */
export function payOut(
  db: Database,
  { sellerId, to }: { sellerId: string; to: string },
  now: Date,
): Promise<PaidOut> {
  return transact(db, async (tx) => {
    // One payout at a time, and none past a lever that is moving: the next one finds what this one left.
    const { rows } = await tx.query<Levers>(
      `select payouts_held as "payoutsHeld", payouts_only_to as "payoutsOnlyTo"
       from sellers where id = $1 for no key update`,
      [sellerId],
    )
    const [levers] = rows
    if (!levers) throw new Error(`pay out to ${sellerId}: there is no such seller`)
    const balance = await readBalance(tx, sellerId)
    if (!balance.destinations.some(({ id }) => id === to))
      return { ok: false, refusal: 'unknown_destination' }
    if (!mayGoTo(levers, to)) return { ok: false, refusal: 'barred_destination' }
    const cents = payableNow(levers, balance, now)
    if (cents === 0) return { ok: false, refusal: balance.cents > 0 ? 'all_held' : 'nothing_there' }
    await enterPayout(tx, { sellerId, to, cents }, now)
    await tellBalance(tx, sellerId, now)
    return { ok: true, cents }
  })
}

/** Writes a payout into the ledger. */
export async function enterPayout(
  tx: Asker,
  { sellerId, to, cents }: { sellerId: string; to: string; cents: number },
  at: Date,
): Promise<void> {
  await tx.query(
    'insert into ledger (seller_id, cents, destination_id, at) values ($1, $2, $3, $4)',
    [sellerId, -cents, to, at],
  )
}
