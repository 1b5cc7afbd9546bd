/** Seeking a seller whom no notice reaches: people of the marketplace look for another way to them. */
import { later } from '../core/calendar.ts'
import { soughtNotice } from '../core/unreached.ts'
import type { Tx } from '../store/db.ts'
import { hasSellerEvent, recordEvents } from '../store/event.ts'
import { insertNotice, knownContacts, unsentNotices, type Notice } from '../store/notice.ts'
import { currentProcedure } from '../store/procedure.ts'
import { readSeller } from '../store/seller.ts'
import type { App } from './app.ts'

/** One search covers all that waits for a seller; while they stay out of reach it is asked for again after this. */
const seekAgainAfter = 30 * 24 * 60 * 60_000

/** Asks our officer to find the seller of a notice, unless they are being sought already. */
export async function seekSeller(
  app: App,
  tx: Tx,
  notice: Notice & { sellerId: string },
): Promise<void> {
  const now = app.now()
  const { sellerId } = notice
  const since = later(now, -seekAgainAfter)
  if (await hasSellerEvent(tx, { kind: 'seller.sought', sellerId, since })) return
  const seller = await readSeller(tx, sellerId)
  const { procedure } = await currentProcedure(tx)
  await insertNotice(tx, {
    id: app.newId('ntc'),
    sellerId: null,
    decisionId: null,
    caseId: null,
    address: procedure.officer,
    releaseAt: now,
    createdAt: now,
    ...soughtNotice({
      sellerId,
      sellerName: seller?.name ?? sellerId,
      notices: await unsentNotices(tx, sellerId),
      contacts: (await knownContacts(tx, sellerId)).length,
      lastError: notice.lastError,
      timeZone: app.timeZone,
    }),
  })
  await recordEvents(tx, [
    {
      at: now,
      kind: 'seller.sought',
      sellerId,
      caseId: notice.caseId,
      decisionId: notice.decisionId,
      by: null,
      detail: { notice: notice.id },
    },
  ])
}
