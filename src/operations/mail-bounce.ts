/** A bounce says that a notice came back: who has not been told has not been told, and no time runs against them. */
import type { ReadMail } from '../core/mail.ts'
import type { Tx } from '../store/db.ts'
import { queueDelivery } from '../store/delivery.ts'
import { recordEvents } from '../store/event.ts'
import { hasDeliveries, lockNotice, saveNotice } from '../store/notice.ts'
import { forgetInformed, recordBounce, sendingsThatHold } from '../store/sending.ts'
import type { App } from './app.ts'
import { clockNotice } from './unreached.ts'

const aDay = 24 * 60 * 60_000

/**
 * Marks the first of these notices that we know as come back from the address that the bounce names. Once no address
 * holds it any more it waits again, and the appeal window of its statement has not begun. Null where none is ours.
 */
export async function markUndelivered(
  app: App,
  tx: Tx,
  { noticeIds, mail }: { noticeIds: readonly string[]; mail: ReadMail },
): Promise<string | null> {
  for (const id of new Set(noticeIds)) {
    const notice = await lockNotice(tx, id)
    if (notice === null) continue
    const now = app.now()
    const held = await sendingsThatHold(tx, id)
    const failed = failedIn(mail, held)
    for (const address of failed)
      await recordBounce(tx, { noticeId: id, address, at: now, diagnosis: diagnosisOf(mail) })
    const { sellerId, caseId, decisionId } = notice
    const isLost = failed.length > 0 && failed.length === held.length
    await recordEvents(tx, [
      {
        at: now,
        kind: 'notice.bounced',
        sellerId,
        caseId,
        decisionId,
        by: null,
        detail: { notice: id, about: notice.kind, addresses: failed.length, isLost },
      },
    ])
    if (!isLost || sellerId === null || notice.address !== null || notice.state !== 'sent')
      return id
    if (decisionId !== null && notice.kind === 'statement' && notice.sentAt !== null)
      await forgetInformed(tx, decisionId, notice.sentAt)
    await saveNotice(tx, id, { state: 'waiting', sentAt: null, lastError: diagnosisOf(mail) })
    await clockNotice(tx, notice)
    if (!(await hasDeliveries(tx, id)))
      await queueDelivery(tx, {
        kind: 'notice',
        ref: id,
        dueAt: new Date(now.getTime() + aDay),
      })
    return id
  }
  return null
}

/** Of the addresses that took it, those that the bounce names; the only one where it names none of them. */
function failedIn({ report, headers }: ReadMail, held: readonly string[]): string[] {
  const named = [
    ...(report?.recipients.map(({ address }) => address) ?? []),
    ...(headers['x-failed-recipients']?.split(',') ?? []),
  ].map((address) => address.trim().toLowerCase())
  const failed = held.filter((address) => named.includes(address))
  return failed.length === 0 && held.length === 1 ? [...held] : failed
}

function diagnosisOf({ report, subject }: ReadMail): string {
  const status = report?.recipients[0]?.status ?? ''
  return `It came back${status === '' ? '' : ` (${status})`}: ${subject}`.slice(0, 500)
}
