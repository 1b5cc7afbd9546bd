/** Sessions that end with a sign-in that is shut: a delivery to the marketplace, which may be able to end them at once. */
import { transact, type Tx } from '../store/db.ts'
import {
  claimDelivery,
  finishDelivery,
  queueDelivery,
  type DeliveryClaim,
} from '../store/delivery.ts'
import { recordEvents } from '../store/event.ts'
import { readSubject } from '../store/subject.ts'
import type { App } from './app.ts'

/** That the sessions of an account end, in a carrier's hands. */
export interface SessionErrand {
  claim: DeliveryClaim
  sellerId: string
  /** The same for each attempt, and another for the next time that its sign-in is shut. */
  id: string
  because: string[]
}

export type ClaimedSessions =
  { found: 'errand'; errand: SessionErrand } | { found: 'settled' } | { found: 'nothing' }

/** The number of the state that shuts the sign-in, and whose it is. */
const refPattern = /^(\d+) (.+)$/s

/** Has the sessions of an account ended, because this state of it shuts the sign-in. */
export function queueEndOfSessions(
  tx: Tx,
  { sellerId, sequence, now }: { sellerId: string; sequence: number; now: Date },
): Promise<void> {
  return queueDelivery(tx, { kind: 'sessions', ref: `${sequence} ${sellerId}`, dueAt: now })
}

/** Claims what is due. Where the sign-in is open again there is nothing to end: it would put the owner out. */
export function claimSessions(app: App): Promise<ClaimedSessions> {
  return transact(app.db, { inside: true }, async (tx) => {
    const claim = await claimDelivery(tx, 'sessions', app.now())
    if (claim === null) return { found: 'nothing' }
    const [, , sellerId] = refPattern.exec(claim.ref) ?? []
    if (sellerId === undefined)
      throw new Error(`end the sessions of "${claim.ref}": it names no account`)
    const owed = await readSubject(tx, { kind: 'account', id: sellerId })
    if (owed !== null && 'signIn' in owed.state && !owed.state.signIn)
      return {
        found: 'errand',
        errand: { claim, sellerId, id: claim.ref, because: owed.because },
      }
    await finishDelivery(tx, claim)
    return { found: 'settled' }
  })
}

/** Writes down that they ended, and how many; null where the marketplace does not offer to end them. */
export function recordSessionsEnded(
  app: App,
  { claim, sellerId, because }: SessionErrand,
  ended: number | null,
): Promise<void> {
  return transact(app.db, { inside: true }, async (tx) => {
    if (!(await finishDelivery(tx, claim))) return
    await recordEvents(tx, [
      {
        at: app.now(),
        kind: ended === null ? 'sessions.left' : 'sessions.ended',
        sellerId,
        caseId: null,
        decisionId: because.at(-1) ?? null,
        by: null,
        detail: { ended },
      },
    ])
  })
}
