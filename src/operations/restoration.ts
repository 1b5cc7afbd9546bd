/** Restoration: the state owed is told to the marketplace and pursued until the marketplace shows it. */
import { later } from '../core/calendar.ts'
import { restoringWithin, type Case } from '../core/case.ts'
import { changeCase } from '../core/case-change.ts'
import type { Subject } from '../core/measure.ts'
import type { Worded } from '../core/notice.ts'
import { claimRestored } from '../core/recovery-notice.ts'
import { notBackOfficer, notYetBackNotice, restoredNotice } from '../core/restoration-notice.ts'
import { compareReadBack, type ReadBack, type State } from '../core/state-owed.ts'
import { casesRestoring, lockCase, saveCase } from '../store/case.ts'
import { setClock } from '../store/clock.ts'
import { transact, type Tx } from '../store/db.ts'
import {
  claimDelivery,
  finishDelivery,
  lastError,
  retryDelivery,
  type DeliveryClaim,
} from '../store/delivery.ts'
import { recordEvents } from '../store/event.ts'
import { insertNotice, wasNoticed } from '../store/notice.ts'
import { currentProcedure, procedureOf } from '../store/procedure.ts'
import { claimOfCase } from '../store/recovery.ts'
import { readSeller } from '../store/seller.ts'
import {
  caseBringingBack,
  isCaseRestored,
  lastEndedDecision,
  lockSubject,
  readSubject,
  saveReadBack,
  subjectOfRef,
  subjectRef,
  subjectTitle,
  type Owed,
} from '../store/subject.ts'
import type { App } from './app.ts'

/** The state owed to one subject, in a carrier's hands. */
export interface Errand {
  claim: DeliveryClaim
  subject: Subject
  sequence: number
  state: State
  because: string[]
}

export type ClaimedState =
  { found: 'errand'; errand: Errand } | { found: 'settled' } | { found: 'nothing' }

/** What the marketplace was told and what it then showed. */
export interface ReadBackFacts {
  told: { sequence: number; state: State }
  seen: { sequence: number; state: State | null }
  /** The delivery that this ends or repeats; absent when the read-back was not part of one. */
  claim?: DeliveryClaim
}

/** Claims a subject whose state is to be told. */
export function claimState(app: App): Promise<ClaimedState> {
  return transact(app.db, { inside: true }, async (tx) => {
    const claim = await claimDelivery(tx, 'state', app.now())
    if (claim === null) return { found: 'nothing' }
    const subject = subjectOfRef(claim.ref)
    const owed = await readSubject(tx, subject)
    if (owed === null) {
      // Nothing was ever taken from it, as by a warning: there is nothing to tell, and nothing to wait for.
      await settleCases(app, tx, await lockCases(tx, await casesRestoring(tx, subject)))
      await finishDelivery(tx, claim)
      return { found: 'settled' }
    }
    const { sequence, state, because } = owed
    return { found: 'errand', errand: { claim, subject, sequence, state, because } }
  })
}

/**
 * Writes down what the marketplace shows. Where that is what is owed, restoring ends, and so does every case
 * that waited for it; otherwise telling it repeats. Where the marketplace is ahead of us, as after
 * a restored backup of ours, we go on above its number.
 */
export function recordReadBack(
  app: App,
  subject: Subject,
  { told, seen, claim }: ReadBackFacts,
): Promise<ReadBack> {
  return transact(app.db, { inside: true }, async (tx) => {
    const now = app.now()
    // Cases before subjects, as in every command on a case: two that meet wait for each other and never both.
    const waiting = await lockCases(tx, await casesRestoring(tx, subject))
    // A claim is nothing that the account hears of by its number.
    const cases = waiting.filter(({ kind }) => kind !== 'recovery')
    const owed = await lockSubject(tx, subject)
    if (owed === null)
      throw new Error(
        `record what the shop shows of ${subjectRef(subject)}: nothing was ever owed to it`,
      )

    const readBack = compareReadBack(owed, seen)
    const isAhead = seen.sequence > owed.sequence
    const isSettled = readBack !== 'differs' && seen.sequence === owed.sequence
    const sequence = isAhead ? seen.sequence + 1 : owed.sequence
    await saveReadBack(tx, subject, { seen, readBack, sequence, isSettled, now })
    if ((isSettled && owed.restoringSince !== null) || isNews(owed, readBack, seen))
      await recordSeen(tx, owed, { told, seen, readBack, caseId: cases[0]?.id ?? null, now })
    if (isSettled) {
      const restored = await settleCases(app, tx, waiting)
      await tellRestored(app, tx, {
        owed,
        seen,
        case: restored[0] ?? cases[0] ?? null,
        isCaseOver: restored.length > 0,
        now,
      })
      if (claim) await finishDelivery(tx, claim)
    } else if (claim) {
      const error = isAhead
        ? `the marketplace already holds number ${seen.sequence}; it is told again as number ${sequence}`
        : `the marketplace shows number ${seen.sequence}, ${JSON.stringify(seen.state)}`
      await retryDelivery(tx, claim, { dueAt: later(now, tellBackoff(claim.attempt)), error })
    }
    return readBack
  })
}

/** The marketplace could not be told or asked: what went wrong is kept, and it is tried again. It is never given up. */
export function recordUntold(app: App, claim: DeliveryClaim, error: string): Promise<boolean> {
  return transact(app.db, { inside: true }, (tx) =>
    retryDelivery(tx, claim, { dueAt: later(app.now(), tellBackoff(claim.attempt)), error }),
  )
}

/** An hour without the shop showing what is owed: our officer is called, hourly, and the seller is told once. */
export async function restoringLate(tx: Tx, app: App, ref: string, dueAt: Date): Promise<void> {
  const now = app.now()
  const subject = subjectOfRef(ref)
  const owed = await lockSubject(tx, subject)
  if (owed === null || owed.restoringSince === null) return
  await setClock(tx, 'restoring', ref, later(now, restoringWithin))

  const since = owed.restoringSince
  const title = await subjectTitle(tx, subject)
  const decisionId = await lastEndedDecision(tx, subject)
  const broughtBackBy = await caseBringingBack(tx, subject, since)
  const caseId = broughtBackBy?.id ?? null
  const { procedure } = await currentProcedure(tx)
  const toOfficer = notBackOfficer({
    subject: { ...subject, title },
    sequence: owed.sequence,
    since,
    error: await lastError(tx, 'state', ref),
    timeZone: app.timeZone,
  })
  await notify(app, tx, toOfficer, {
    sellerId: null,
    address: procedure.officer,
    decisionId,
    caseId,
  })
  await recordEvents(tx, [
    {
      at: now,
      kind: 'subject.not_yet_back',
      sellerId: owed.sellerId,
      caseId,
      decisionId,
      by: null,
      detail: { subject: ref, dueAt: dueAt.toISOString() },
    },
  ])
  // Where another measure keeps everything shut, there is nothing that the seller could miss in the shop.
  if (!Object.values(owed.state).some((lever) => lever === true || lever === null)) return
  if (decisionId !== null && (await wasNoticed(tx, 'not-yet-back', decisionId, since))) return
  const seller = await readSeller(tx, owed.sellerId)
  const toSeller = notYetBackNotice({
    subject: { kind: subject.kind, title },
    decisionId,
    caseId: openedBySeller(broughtBackBy),
    since,
    timeZone: seller?.timeZone ?? app.timeZone,
    language: seller?.language ?? 'en',
  })
  await notify(app, tx, toSeller, { sellerId: owed.sellerId, address: null, decisionId, caseId })
}

/** After the n-th attempt: 1 s, 2 s, 4 s … and at most a minute, for as long as it takes. */
function tellBackoff(attempt: number): number {
  return Math.min(1_000 * 2 ** (attempt - 1), 60_000)
}

async function lockCases(tx: Tx, ids: string[]): Promise<Case[]> {
  const cases: Case[] = []
  for (const id of ids.toSorted()) {
    const held = await lockCase(tx, id)
    // It may have moved on while we waited for it.
    if (held?.state === 'restoring') cases.push(held)
  }
  return cases
}

/**
 * Every case that waited for the shop goes on, once all that it is about is shown; answers which of a seller did.
 * A claimant hears of it here, because nothing that the account is told goes to them.
 */
async function settleCases(app: App, tx: Tx, cases: Case[]): Promise<Case[]> {
  const now = app.now()
  const restored: Case[] = []
  for (const held of cases) {
    if (!(await isCaseRestored(tx, held.id))) continue
    const result = changeCase(
      held,
      { do: 'restored' },
      await procedureOf(tx, held.procedureId),
      now,
    )
    if (!result.ok) throw new Error(`settle case ${held.id} after the read-back: ${result.refusal}`)
    await saveCase(tx, result.case, result.events, now)
    if (held.kind === 'recovery') await tellClaimRestored(app, tx, result.case)
    else restored.push(held)
  }
  return restored
}

async function tellClaimRestored(app: App, tx: Tx, held: Case): Promise<void> {
  const claim = await claimOfCase(tx, held.id)
  const isYes = held.objections.some(
    ({ outcome, answeredBy }) => outcome === 'measure_lifted' && answeredBy !== null,
  )
  if (claim === null || !isYes) return
  await notify(app, tx, claimRestored(claim), {
    sellerId: null,
    address: claim.address,
    decisionId: null,
    caseId: held.id,
  })
}

interface Telling {
  owed: Owed
  seen: ReadBackFacts['seen']
  case: Pick<Case, 'id' | 'kind'> | null
  isCaseOver: boolean
  now: Date
}

/** Whoever asked for it back, or was told that it is late, hears that it was seen; a lift outside both says so itself. */
async function tellRestored(
  app: App,
  tx: Tx,
  { owed, seen, case: settled, isCaseOver, now }: Telling,
): Promise<void> {
  const { subject, sellerId } = owed
  const since = owed.restoringSince
  if (since === null && !isCaseOver) return
  const decisionId = await lastEndedDecision(tx, subject)
  const broughtBackBy = settled ?? (since && (await caseBringingBack(tx, subject, since)))
  const wasLate =
    since !== null &&
    decisionId !== null &&
    (await wasNoticed(tx, 'not-yet-back', decisionId, since))
  if (broughtBackBy === null && !wasLate) return
  const notice = restoredNotice({
    subject: { kind: subject.kind, title: await subjectTitle(tx, subject) },
    shows: seen.state,
    seconds: (now.getTime() - (since ?? owed.changedAt).getTime()) / 1000,
    decisionId,
    caseId: openedBySeller(broughtBackBy),
    language: (await readSeller(tx, sellerId))?.language ?? 'en',
  })
  const caseId = broughtBackBy?.id ?? null
  await notify(app, tx, notice, { sellerId, address: null, decisionId, caseId })
}

/** What a seller's link may open: a repair is not theirs, and the decision is. */
function openedBySeller(held: Pick<Case, 'id' | 'kind'> | null): string | null {
  return held === null || held.kind === 'repair' ? null : held.id
}

async function notify(
  app: App,
  tx: Tx,
  worded: Worded,
  to: {
    sellerId: string | null
    address: string | null
    decisionId: string | null
    caseId: string | null
  },
): Promise<void> {
  const now = app.now()
  await insertNotice(tx, { id: app.newId('ntc'), ...worded, ...to, createdAt: now, releaseAt: now })
}

interface Seen extends Pick<ReadBackFacts, 'told' | 'seen'> {
  readBack: ReadBack
  caseId: string | null
  now: Date
}

async function recordSeen(
  tx: Tx,
  owed: Owed,
  { told, seen, readBack, caseId, now }: Seen,
): Promise<void> {
  await recordEvents(tx, [
    {
      at: now,
      kind: 'subject.read_back',
      sellerId: owed.sellerId,
      caseId,
      decisionId: await lastEndedDecision(tx, owed.subject),
      by: null,
      detail: { subject: subjectRef(owed.subject), told: told.sequence, seen, readBack },
    },
  ])
}

/** A repeated answer that says the same is no event; a shop that stays wrong for a day would fill the record. */
function isNews(owed: Owed, readBack: ReadBack, seen: ReadBackFacts['seen']): boolean {
  return owed.readBack !== readBack || owed.seen?.sequence !== seen.sequence
}
