/** Carrying notices: each goes to every address of its seller, and what came of it is written down for each. */
import { addMonths, later } from '../core/calendar.ts'
import { secondLookDesk } from '../core/case.ts'
import { measureInProcedure } from '../core/measure.ts'
import { isImportant } from '../core/notice.ts'
import { appealWindowMonths } from '../core/reasons.ts'
import { removedContactsHear } from '../core/recovery.ts'
import { knownZone } from '../core/saying.ts'
import { lockCase, saveCase } from '../store/case.ts'
import { transact, type Tx } from '../store/db.ts'
import {
  claimDelivery,
  finishDelivery,
  retryDelivery,
  type DeliveryClaim,
} from '../store/delivery.ts'
import { recordEvents } from '../store/event.ts'
import type { HearingMember } from '../store/member.ts'
import {
  addresseeOf,
  hasDeliveries,
  informSeller,
  knownContacts,
  lockContacts,
  lockNotice,
  queueNotice,
  queueToContacts,
  queueToMembers,
  saveNotice,
  type Notice,
} from '../store/notice.ts'
import { procedureOf } from '../store/procedure.ts'
import { clockClaim } from '../store/proving.ts'
import { claimOfCase } from '../store/recovery.ts'
import { readSeller } from '../store/seller.ts'
import { addressesTried, recordRefusal, recordSending } from '../store/sending.ts'
import type { App } from './app.ts'
import { membersWhoHear, tellMembersThatItWaits } from './hearing.ts'
import { informOfKept } from './repair-answer.ts'
import { clockNotice, unclockNotice } from './unreached.ts'

const aDay = 24 * 60 * 60_000

/** One notice for one address, in a carrier's hands. */
export interface Letter {
  claim: DeliveryClaim
  notice: Notice
  address: string
  /** Whether a member of the seller reads it: the link asks them to sign in, and their reading it tells the seller nothing. */
  isToMember: boolean
}

/** What a carrier finds: a letter to send, something that was settled without one, or nothing due. */
export type ClaimedNotice =
  { found: 'letter'; letter: Letter } | { found: 'settled' } | { found: 'nothing' }

/**
 * Claims what is due. A notice's own delivery is `id`; it becomes one delivery per address, of a contact or a member,
 * so that each address has its own attempts and one that fails holds up no other.
 */
export function claimNotice(app: App): Promise<ClaimedNotice> {
  return transact(app.db, { inside: true }, async (tx) => {
    const now = app.now()
    const claim = await claimDelivery(tx, 'notice', now)
    if (claim === null) return { found: 'nothing' }
    const { noticeId, contactId, memberId } = addresseeOf(claim.ref)
    const notice = await lockNotice(tx, noticeId)
    if (notice === null || notice.state === 'cancelled') {
      await finishDelivery(tx, claim)
      return { found: 'settled' }
    }
    // To our officer, or to a removed address of a seller.
    if (notice.sellerId === null || notice.address !== null)
      return addressedLetter(app, tx, { claim, notice })
    await lockContacts(tx, notice.sellerId)
    if (memberId !== null) return memberLetter(tx, { claim, notice, memberId, now })
    const contacts = await knownContacts(tx, notice.sellerId, hearsAlso(notice))
    if (contactId === null) {
      await addressNotice(tx, { claim, notice, contacts, now })
      return { found: 'settled' }
    }
    const contact = contacts.find(({ id }) => id === contactId)
    if (contact) return letterTo(contact.address, { claim, notice })
    await finishDelivery(tx, claim)
    await waitIfUnreachable(app, tx, notice, now)
    return { found: 'settled' }
  })
}

function letterTo(
  address: string,
  {
    claim,
    notice,
    isToMember = false,
  }: Pick<Letter, 'claim' | 'notice'> & { isToMember?: boolean },
): ClaimedNotice {
  return { found: 'letter', letter: { claim, notice, address, isToMember } }
}

/** To a member, as long as they act in its matter and want to hear of it. */
async function memberLetter(
  tx: Tx,
  {
    claim,
    notice,
    memberId,
    now,
  }: Pick<Letter, 'claim' | 'notice'> & { memberId: string; now: Date },
): Promise<ClaimedNotice> {
  const member = (await membersWhoHear(tx, notice, now)).find(({ id }) => id === memberId)
  if (member) return letterTo(member.email, { claim, notice, isToMember: true })
  await finishDelivery(tx, claim)
  return { found: 'settled' }
}

/** Writes down that a letter was accepted for delivery: for a statement, the seller counts as informed from now. */
export function recordSent(
  app: App,
  { claim, notice, address, isToMember: isMember }: Letter,
): Promise<void> {
  return transact(app.db, { inside: true }, async (tx) => {
    const now = app.now()
    await finishDelivery(tx, claim)
    const held = await lockNotice(tx, notice.id)
    if (held === null) return
    await recordSending(tx, { noticeId: notice.id, address, isMember, at: now })
    if (isMember) return
    // Whom the account is known by was told: from now on they can say no.
    if (held.kind === 'account-claimed' && held.caseId !== null) {
      const claimed = await claimOfCase(tx, held.caseId)
      if (claimed !== null) await clockClaim(tx, claimed.id, now)
    }
    const isFirst = held.sentAt === null
    await saveNotice(tx, notice.id, {
      state: 'sent',
      attemptedAt: now,
      ...(isFirst ? { sentAt: now } : {}),
    })
    if (!isFirst) return
    await unclockNotice(tx, notice.id)
    await recordEvents(tx, [eventOf('notice.sent', held, now)])
    if (held.kind === 'statement' && held.decisionId !== null)
      await informSeller(tx, held.decisionId, now)
    if (held.kind === 'outcome' && held.caseId !== null) {
      await openSecondLook(tx, held.caseId, now)
      await informOfKept(tx, held.caseId, now)
    }
  })
}

/** Writes down what went wrong: a refusal for good ends this address, anything else is tried again later. */
export function recordFailure(
  app: App,
  { claim, notice, address, isToMember: isMember }: Letter,
  { isPermanent, error }: { isPermanent: boolean; error: string },
): Promise<void> {
  return transact(app.db, { inside: true }, async (tx) => {
    const now = app.now()
    // Our own officer has one address: a page to a person is never given up. A claimant's may be no address at all,
    // and the page of the claim says the same.
    const isToClaimant = notice.body.link?.claim?.reader === 'claimant'
    // So may that of somebody who was invited, or of a person whose way in changed: whoever let them in sees that they never came.
    const isToGuest = notice.kind === 'invited' || notice.kind === 'factor'
    // Whoever wrote to us may have named an address that takes nothing.
    const isToSender = notice.kind === 'mail-held' || notice.kind === 'mail-settled'
    const isToReporter = notice.body.link?.complaint !== undefined
    const isToOthers = isToClaimant || isToReporter || isToGuest || isToSender
    const givesUp = isPermanent && (notice.sellerId !== null || isToOthers)
    const nextAt = givesUp ? null : later(now, mailBackoff(claim.attempt))
    if (nextAt === null) await finishDelivery(tx, claim)
    else await retryDelivery(tx, claim, { dueAt: nextAt, error })
    const held = await lockNotice(tx, notice.id)
    if (held === null) return
    const refusal = { noticeId: notice.id, address, isMember, at: now, nextAt, diagnosis: error }
    await recordRefusal(tx, refusal)
    if (isMember) return
    await saveNotice(tx, notice.id, { attemptedAt: now, lastError: error.slice(0, 1_000) })
    if (givesUp) await waitIfUnreachable(app, tx, held, now)
  })
}

/** In which zone the times of a notice are said. */
export async function timeZoneOfNotice(app: App, { sellerId }: Notice): Promise<string> {
  if (sellerId === null) return app.timeZone
  const seller = await transact(app.db, { inside: true }, (tx) => readSeller(tx, sellerId))
  return seller?.timeZone ?? app.timeZone
}

/** The seller read the statement: from now on they are informed, if no mail had informed them before. */
export async function markSeen(tx: Tx, decisionId: string, now: Date): Promise<void> {
  await informSeller(tx, decisionId, now)
}

/** After the n-th attempt: 5 s, 10 s, 20 s … and at most ten minutes. */
function mailBackoff(attempt: number): number {
  return Math.min(5_000 * 2 ** (attempt - 1), 10 * 60_000)
}

/** That an account is claimed or secured is told also to who was removed lately: a hijacker removes the owner first. */
function hearsAlso({ kind, body, createdAt }: Notice): { removedSince: Date } | undefined {
  const measure = kind === 'statement' ? body.statement?.measure.name : undefined
  const isSecured = measure !== undefined && measureInProcedure(measure) === 'account.secure'
  return kind === 'account-claimed' || isSecured
    ? { removedSince: later(createdAt, -removedContactsHear) }
    : undefined
}

/** A notice with an address of its own: to our officer, or to a claimant. */
async function addressedLetter(
  app: App,
  tx: Tx,
  { claim, notice }: { claim: DeliveryClaim; notice: Notice },
): Promise<ClaimedNotice> {
  if (notice.address !== null) return letterTo(notice.address, { claim, notice })
  await finishDelivery(tx, claim)
  app.log('a notice has neither a seller nor an address', { notice: notice.id })
  return { found: 'settled' }
}

interface Addressing {
  claim: DeliveryClaim
  notice: Notice
  contacts: { id: string; address: string }[]
  now: Date
}

async function addressNotice(tx: Tx, { claim, notice, contacts, now }: Addressing): Promise<void> {
  await finishDelivery(tx, claim)
  if (notice.attemptedAt === null) await clockNotice(tx, notice)
  await queueToMembers(tx, notice, await membersToTell(tx, notice, now), now)
  if (contacts.length === 0) {
    await saveNotice(tx, notice.id, { state: 'waiting', attemptedAt: now })
    return
  }
  if (notice.state === 'held') await saveNotice(tx, notice.id, { state: 'queued' })
  await queueToContacts(tx, notice, contacts, now)
}

/** Members who hear of this notice and were not told of it: a retry at the contacts is none of theirs. */
async function membersToTell(tx: Tx, notice: Notice, now: Date): Promise<HearingMember[]> {
  if (!isImportant(notice.kind)) return []
  const tried = await addressesTried(tx, notice.id)
  const hearing = await membersWhoHear(tx, notice, now)
  return hearing.filter(({ email }) => !tried.has(email.toLowerCase()))
}

/**
 * Once every address has refused a notice or gone, it waits for another; the appeal window stays open.
 * For a month it is also tried once a day, because a refusal may lie in how our own mail is set up.
 */
async function waitIfUnreachable(app: App, tx: Tx, notice: Notice, now: Date): Promise<void> {
  if (notice.sellerId === null || notice.state === 'sent') return
  // What a removed address refuses waits for nothing: the seller's own notice does.
  if (notice.address !== null) return
  await lockContacts(tx, notice.sellerId)
  if (await hasDeliveries(tx, notice.id)) return
  await saveNotice(tx, notice.id, { state: 'waiting', attemptedAt: now })
  if (now < later(notice.createdAt, 30 * aDay)) await queueNotice(tx, notice, later(now, aDay))
  await tellMembersThatItWaits(app, tx, notice)
}

/** From the day the outcome was told, what stands can be contested once more, for as long as a decision can. */
async function openSecondLook(tx: Tx, caseId: string, now: Date): Promise<void> {
  const held = await lockCase(tx, caseId)
  if (held === null || held.contestBy !== null) return
  if (held.state !== 'answered' && held.state !== 'restoring') return
  if (secondLookDesk(held, await procedureOf(tx, held.procedureId)) === null) return
  const seller = held.sellerId === null ? null : await readSeller(tx, held.sellerId)
  const contestBy = addMonths(now, appealWindowMonths, knownZone(seller?.timeZone ?? 'UTC'))
  await saveCase(tx, { ...held, contestBy }, [], now)
}

/** The outcome came back: the time in which what stands can be contested has not begun. */
export async function forgetSecondLook(tx: Tx, caseId: string, now: Date): Promise<void> {
  const held = await lockCase(tx, caseId)
  if (held === null || held.contestBy === null || held.objections.length === 0) return
  if (held.state !== 'answered' && held.state !== 'restoring') return
  await saveCase(tx, { ...held, contestBy: null }, [], now)
}

function eventOf(kind: string, notice: Notice, at: Date) {
  const { sellerId, caseId, decisionId } = notice
  return {
    at,
    kind,
    sellerId,
    caseId,
    decisionId,
    by: null,
    detail: { notice: notice.id, about: notice.kind },
  }
}
