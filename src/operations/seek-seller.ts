/** Seeking a seller whom no notice reaches: a question at support, where people look for another way to them. */
import { later } from '../core/calendar.ts'
import { sayWhomToFind } from '../core/unreached.ts'
import type { Tx } from '../store/db.ts'
import { hasSellerEvent, recordEvents } from '../store/event.ts'
import { knownContacts, unsentNotices, type Notice } from '../store/notice.ts'
import { readSeller } from '../store/seller.ts'
import type { App } from './app.ts'
import { openMatter } from './question.ts'

/** One search covers all that waits for a seller; while they stay out of reach it is asked for again after this. */
const seekAgainAfter = 30 * 24 * 60 * 60_000

/** Asks support to find the seller of a notice, unless they are being sought already. */
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
  const opened = await openMatter(app, tx, {
    kind: 'question',
    channel: 'system',
    sellerId,
    by: null,
    text: sayWhomToFind({
      sellerId,
      sellerName: seller?.name ?? sellerId,
      notices: await unsentNotices(tx, sellerId),
      contacts: (await knownContacts(tx, sellerId)).length,
      lastError: notice.lastError,
      timeZone: app.timeZone,
    }),
    fileIds: [],
  })
  if (!opened.ok)
    throw new Error(`have the seller ${sellerId} sought: ${opened.refusal} ${opened.detail ?? ''}`)
  await recordEvents(tx, [
    {
      at: now,
      kind: 'seller.sought',
      sellerId,
      caseId: opened.value.caseId,
      decisionId: notice.decisionId,
      by: null,
      detail: { notice: notice.id },
    },
  ])
}
