/** While a claim keeps an account shut, what runs against its seller stands still: appeal windows, dated questions, the days before a closing. */
import { later } from '../core/calendar.ts'
import type { Case } from '../core/case.ts'
import { appealWindowMonths } from '../core/reasons.ts'
import { casesOfSeller, lockCase, saveCase } from '../store/case.ts'
import { setClock } from '../store/clock.ts'
import type { Tx } from '../store/db.ts'
import {
  carryStandstills,
  delayClosings,
  endStandstill,
  insertStandstill,
  prolongWindows,
  standstillOf,
  standstillsOf,
  type Standstill,
} from '../store/standstill.ts'
import type { App } from './app.ts'

/** Begins one for a claim, unless it runs; the marketplace's own clocks go on. */
export async function beginStandstill(
  app: App,
  tx: Tx,
  begun: Pick<Standstill, 'sellerId' | 'claimId' | 'isFreeze' | 'decisionId'>,
): Promise<void> {
  if ((await standstillOf(tx, begun.claimId)) !== null) return
  const now = app.now()
  // What another claim's already added stays added: from here both run to the same instant.
  await carryStandstill(app, tx, begun.sellerId)
  await insertStandstill(tx, { ...begun, id: app.newId('sts'), beganAt: now, carriedTo: now })
}

/** Ends that of a claim, and sets going again what stood still; answers it, or null where none ran. */
export async function finishStandstill(
  app: App,
  tx: Tx,
  claimId: string,
): Promise<Standstill | null> {
  const ended = await standstillOf(tx, claimId)
  if (ended === null) return null
  await carryStandstill(app, tx, ended.sellerId)
  await endStandstill(tx, ended.id, app.now())
  await runAgain(app, tx, ended.sellerId)
  return ended
}

/** Adds the time that passed since to everything that runs against the seller; with none running, nothing. */
export async function carryStandstill(app: App, tx: Tx, sellerId: string): Promise<void> {
  const running = await standstillsOf(tx, sellerId)
  const [first] = running
  if (first === undefined) return
  const now = app.now()
  const milliseconds = now.getTime() - first.carriedTo.getTime()
  if (milliseconds <= 0) return
  for (const { id } of await casesOfSeller(tx, sellerId)) {
    const held = await lockCase(tx, id)
    const moved = held && movedBy(held, milliseconds, first.carriedTo)
    if (moved) await saveCase(tx, moved, [], now)
  }
  // A window that was over before it began stays over; months differ, so the shortest half year decides.
  const informedAfter = later(first.carriedTo, -appealWindowMonths * 32 * 24 * 60 * 60_000)
  await prolongWindows(tx, sellerId, { milliseconds, informedAfter })
  // The days before a closing are the seller's, to take what is theirs and to contest it.
  for (const closing of await delayClosings(tx, sellerId, { milliseconds, since: first.carriedTo }))
    await setClock(tx, 'decision.effective', closing.decisionId, closing.inForceFrom)
  await carryStandstills(tx, sellerId, now)
}

/** A clock of a seller's own rang: while it stands still it does not count, and is set anew when it runs again. */
export async function standsStill(tx: Tx, held: Case): Promise<boolean> {
  if (held.sellerId === null || !isSellersClock(held)) return false
  return (await standstillsOf(tx, held.sellerId)).length > 0
}

function isSellersClock({ state }: Pick<Case, 'state'>): boolean {
  return state === 'asking' || state === 'answered'
}

/** A question's day and a window in which to contest are the seller's; what a desk has runs on. */
function movedBy(held: Case, milliseconds: number, since: Date): Case | null {
  if (held.state === 'asking' && held.ask !== null && held.ask.until > since) {
    const { ask } = held
    return {
      ...held,
      ask: { ...ask, until: later(ask.until, milliseconds) },
      dueAt: later(held.dueAt, milliseconds),
    }
  }
  if (held.state === 'answered' && held.contestBy !== null && held.contestBy > since)
    return { ...held, contestBy: later(held.contestBy, milliseconds) }
  return null
}

/** Clocks that rang meanwhile were passed over; saving a case sets its clock. */
async function runAgain(app: App, tx: Tx, sellerId: string): Promise<void> {
  for (const { id } of (await casesOfSeller(tx, sellerId)).filter(isSellersClock)) {
    const held = await lockCase(tx, id)
    if (held) await saveCase(tx, held, [], app.now())
  }
}
