/** Undelivered notices are clocked: after three days others hear of them, after seven people look for the seller. */
import { later } from '../core/calendar.ts'
import { isWitness, othersHearAfter, seekAfter, witnessNotice } from '../core/unreached.ts'
import { clearClock, setClock } from '../store/clock.ts'
import type { Tx } from '../store/db.ts'
import { recordEvents } from '../store/event.ts'
import {
  holdDeliveries,
  insertNotice,
  knownContacts,
  lockContacts,
  lockNotice,
  queueToContacts,
  wasWitnessTold,
  type Notice,
} from '../store/notice.ts'
import { contactsOf, readSeller } from '../store/seller.ts'
import type { App } from './app.ts'
import { seekSeller } from './seek-seller.ts'

/** From its first way out until an address has taken it, a notice to a seller has a running clock. */
export function clockNotice(tx: Tx, { id, createdAt }: Notice): Promise<void> {
  return setClock(tx, 'notice.unreached', id, later(createdAt, othersHearAfter))
}

/** It reached somebody. */
export async function unclockNotice(tx: Tx, id: string): Promise<void> {
  await clearClock(tx, 'notice.unreached', id)
  await clearClock(tx, 'notice.seek', id)
}

/**
 * Three days: it goes to every address on file once more, also to those that came after it, and each witness is
 * told that something waits. What a witness is told does not count as informing the seller.
 */
export async function noticeUnreached(app: App, tx: Tx, noticeId: string): Promise<void> {
  await holdDeliveries(tx, noticeId)
  const notice = await lockNotice(tx, noticeId)
  if (!isUnreached(notice)) return
  const { sellerId } = notice
  const now = app.now()
  await setClock(tx, 'notice.seek', notice.id, later(notice.createdAt, seekAfter))
  await lockContacts(tx, sellerId)
  await queueToContacts(tx, notice, await knownContacts(tx, sellerId), now)
  const told = await tellWitnesses(app, tx, notice)
  await recordEvents(tx, [
    {
      at: now,
      kind: 'notice.unreached',
      sellerId,
      caseId: notice.caseId,
      decisionId: notice.decisionId,
      by: null,
      detail: { notice: notice.id, about: notice.kind, witnesses: told },
    },
  ])
}

/** Seven days: mail does not find them, so people must. */
export async function noticeSeeks(app: App, tx: Tx, noticeId: string): Promise<void> {
  const notice = await lockNotice(tx, noticeId)
  if (isUnreached(notice)) await seekSeller(app, tx, notice)
}

type ToSeller = Notice & { sellerId: string }

/** Taken back, or accepted by an address in the moment in which the clock fired, there is nothing to do. */
function isUnreached(notice: Notice | null): notice is ToSeller {
  if (notice === null || notice.sellerId === null) return false
  return notice.state !== 'sent' && notice.state !== 'cancelled'
}

/** Each hears once per month, however many notices wait: the mail says nothing of what they are. */
async function tellWitnesses(app: App, tx: Tx, { sellerId, createdAt }: ToSeller): Promise<number> {
  const now = app.now()
  const seller = await readSeller(tx, sellerId)
  const contacts = await contactsOf(tx, sellerId)
  const current = new Set(
    contacts.filter(({ removedAt }) => removedAt === null).map(({ address }) => address),
  )
  const told = new Set<string>()
  for (const { address, verifiedAt, removedAt } of contacts) {
    if (removedAt === null || !isWitness({ verifiedAt, removedAt }, now)) continue
    if (current.has(address) || told.has(address)) continue
    if (await wasWitnessTold(tx, { sellerId, address, since: later(now, -30 * 24 * 60 * 60_000) }))
      continue
    told.add(address)
    await insertNotice(tx, {
      id: app.newId('ntc'),
      sellerId,
      decisionId: null,
      caseId: null,
      address,
      releaseAt: now,
      createdAt: now,
      ...witnessNotice({
        marketplace: app.marketplace,
        sellerName: seller?.name ?? sellerId,
        removedAt,
        writtenAt: createdAt,
        timeZone: seller?.timeZone ?? app.timeZone,
        language: seller?.language ?? 'en',
      }),
    })
  }
  return told.size
}
