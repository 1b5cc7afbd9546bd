/** A bounce says that a notice came back: who has not been told has not been told, and no time runs against them. */
import { later } from '../core/calendar.ts'
import type { ReadMail } from '../core/mail.ts'
import type { Tx } from '../store/db.ts'
import { recordEvents } from '../store/event.ts'
import {
  hasDeliveries,
  knownContacts,
  lockContacts,
  lockNotice,
  queueNotice,
  queueToContacts,
  saveNotice,
  type Notice,
} from '../store/notice.ts'
import { addressesTried, forgetInformed, recordBounce, sendingsThatHold } from '../store/sending.ts'
import type { App } from './app.ts'
import { tellMembersThatItWaits } from './hearing.ts'
import { forgetSecondLook } from './notice.ts'
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
    const failed = failedIn(
      mail,
      held.map(({ address }) => address),
    )
    for (const address of failed)
      await recordBounce(tx, { noticeId: id, address, at: now, diagnosis: diagnosisOf(mail) })
    const { sellerId, caseId, decisionId } = notice
    const contacts = held.filter(({ isMember }) => !isMember)
    // A member's mailbox tells the seller nothing, whether it takes mail or gives it back.
    const isLost = contacts.length > 0 && contacts.every(({ address }) => failed.includes(address))
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
    await forgetTelling(tx, notice, now)
    await saveNotice(tx, id, { state: 'waiting', sentAt: null, lastError: diagnosisOf(mail) })
    await clockNotice(tx, notice)
    await sendElsewhere(app, tx, { ...notice, sellerId })
    return id
  }
  return null
}

/** What counted from the moment in which a contact took it counts no more: nobody was told. */
async function forgetTelling(
  tx: Tx,
  { kind, decisionId, caseId, sentAt }: Notice,
  now: Date,
): Promise<void> {
  if (sentAt === null) return
  if (kind === 'statement' && decisionId !== null) await forgetInformed(tx, decisionId, sentAt)
  if (kind === 'outcome' && caseId !== null) await forgetSecondLook(tx, caseId, now)
}

/** At once to contacts that came since, and to all of them again in a day; who else acts for the seller learns that it waits. */
async function sendElsewhere(
  app: App,
  tx: Tx,
  notice: Notice & { sellerId: string },
): Promise<void> {
  const { id, sellerId } = notice
  const now = app.now()
  await lockContacts(tx, sellerId)
  const tried = await addressesTried(tx, id)
  const contacts = await knownContacts(tx, sellerId)
  const others = contacts.filter(({ address }) => !tried.has(address.toLowerCase()))
  await queueToContacts(tx, notice, others, now)
  if (!(await hasDeliveries(tx, id))) await queueNotice(tx, notice, later(now, aDay))
  await tellMembersThatItWaits(app, tx, notice)
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
