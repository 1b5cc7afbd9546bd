/** Puts decisions into effect: decision, statement, action, state owed and notice in the caller's transaction. */
import { isInForce, type Action } from '../core/action.ts'
import { destinationsOlderThan, isToTheCent } from '../core/balance.ts'
import { later } from '../core/calendar.ts'
import {
  confirmMeasure,
  imposeMeasure,
  liftMeasure,
  narrowMeasure,
  takesEffectAt,
  type Decider,
  type Decision,
  type RestsOn,
} from '../core/decision.ts'
import type { Finding } from '../core/finding.ts'
import type { ListingVersion } from '../core/listing.ts'
import {
  measureInProcedure,
  type ClosingException,
  type Measure,
  type Subject,
} from '../core/measure.ts'
import type { Language } from '../core/language.ts'
import { liftedNotice, statementNotice } from '../core/notice.ts'
import type { Policy } from '../core/policy.ts'
import type { Procedure } from '../core/procedure.ts'
import { writeStatement } from '../core/reasons.ts'
import { refuse } from '../core/refusal.ts'
import type { Statement } from '../core/statement.ts'
import type { Withholding } from '../core/withholding.ts'
import {
  opensALever,
  shutsSignIn,
  openStates,
  stateOwed,
  subjectsMovedBy,
  type Grip,
  type Terms,
} from '../core/state-owed.ts'
import { callForHealth } from '../store/account-health.ts'
import { readBalance } from '../store/balance.ts'
import { setClock } from '../store/clock.ts'
import type { Tx } from '../store/db.ts'
import {
  endAction,
  insertDecision,
  measuresOn,
  nextDecisionNumber,
  type MeasureRecord,
} from '../store/decision.ts'
import { queueDelivery } from '../store/delivery.ts'
import { recordEvents } from '../store/event.ts'
import { insertNotice } from '../store/notice.ts'
import { readSeller } from '../store/seller.ts'
import { lockMeasuresOn, oweState, readSubject, subjectRef } from '../store/subject.ts'
import { insertWithholding, readWithholding } from '../store/withholding.ts'
import type { App } from './app.ts'
import { queueEndOfSessions } from './ended-sessions.ts'
import { knownGapsOfMeasure } from './known-gaps.ts'
import { done, type Result } from './result.ts'

/** What a new measure is judged from. */
export interface Judgement {
  subject: Subject
  sellerId: string
  /** The listing that was judged; null where an account or money was judged without one. */
  listing: ListingVersion | null
  measure: Measure
  policy: Policy
  finding: Finding | null
  restsOn: RestsOn[]
  takenBy: Decider
  reasons: string
  procedure: Procedure
  /** How long it can be undone before anyone is told, in milliseconds; 0 for at once. */
  heldFor: number
  endsAt: Date | null
  terms: Terms | null
  exception: ClosingException | null
  /** What is kept back of how it was detected; what is narrowed keeps back what it was imposed with. */
  withholding?: Withholding | null
  /** What a complaint said, without who said it, where a machine holds a listing on that alone. */
  complaint?: string
}

/** Drafts a measure without writing anything: what the seller would read. */
export async function draftMeasure(
  app: App,
  tx: Tx,
  judgement: Judgement,
  { number, narrows }: { number: number; narrows: string | null },
): Promise<{ decision: Decision; statement: Statement; withholding: Withholding | null }> {
  const { listing, measure, policy, sellerId, heldFor, endsAt, finding, procedure } = judgement
  const takenAt = app.now()
  const noticeAt = later(takenAt, heldFor)
  const seller = await readSeller(tx, sellerId)
  const decision: Decision = {
    id: app.newId('dec'),
    number,
    kind: narrows === null ? 'impose' : 'narrow',
    measure,
    subject: judgement.subject,
    sellerId,
    judged: listing && { listingId: listing.listingId, version: listing.version },
    ground: { policy: policy.policy, version: policy.version },
    takenBy: judgement.takenBy,
    takenAt,
    noticeAt,
    effectiveAt: takesEffectAt(measure, noticeAt),
    terms: judgement.terms,
    exception: judgement.exception,
    restsOn: judgement.restsOn,
    about: narrows,
    reasons: judgement.reasons,
  }
  const withholding =
    narrows === null ? (judgement.withholding ?? null) : await readWithholding(tx, narrows)
  const language = seller?.language ?? 'en'
  const statement = writeStatement({
    decision,
    seller: {
      id: sellerId,
      name: seller?.name ?? sellerId,
      timeZone: seller?.timeZone ?? app.timeZone,
      language,
    },
    text: listing?.text ?? null,
    policy,
    finding,
    procedure,
    knownGaps: await knownGapsOfMeasure(tx, measureInProcedure(measure), language),
    endsAt,
    withholding,
    complaint: judgement.complaint ?? null,
  })
  return { decision, statement, withholding }
}

/** Imposes a measure. Until it is effective neither the seller nor the shop is told. */
export async function impose(app: App, tx: Tx, judgement: Judgement): Promise<Result<Decision>> {
  await lockMeasuresOn(tx, judgement.subject)
  const drafted = await draftMeasure(app, tx, judgement, {
    number: await nextDecisionNumber(tx),
    narrows: null,
  })
  const inForce = (await measuresOn(tx, drafted.decision.subject)).filter(({ action }) =>
    stillHolds(action, app.now()),
  )
  const result = imposeMeasure(
    { ...drafted, endsAt: judgement.endsAt },
    inForce.map(({ decision }) => decision),
  )
  if (!result.ok) return result
  await write(app, tx, result)
  if (result.decision.effectiveAt <= app.now())
    await settleSubject(app, tx, result.decision.subject, result.decision.sellerId)
  else await setClock(tx, 'decision.effective', result.decision.id, result.decision.effectiveAt)
  return done(result.decision)
}

/** Puts a narrower measure in place of one in force. */
export async function narrow(
  app: App,
  tx: Tx,
  measure: MeasureRecord,
  judgement: Judgement,
): Promise<Result<Decision>> {
  const drafted = await draftMeasure(app, tx, judgement, {
    number: await nextDecisionNumber(tx),
    narrows: measure.decision.id,
  })
  const result = narrowMeasure(measure.action, { ...drafted, endsAt: judgement.endsAt })
  if (!result.ok) return result
  await write(app, tx, result)
  await endAction(tx, measure.decision.id, { endedAt: app.now(), endedBy: result.decision.id })
  // What had run out by itself stays over: only its record is narrowed.
  if (hasRunOut(result.action, app.now()))
    await endAction(tx, result.decision.id, { endedAt: app.now(), endedBy: null })
  await settleSubject(app, tx, result.decision.subject, result.decision.sellerId)
  return done(result.decision)
}

/** Why a measure is lifted, and whether the seller hears of it here or through the case's outcome. */
export interface Lifting {
  takenBy: Decider
  reasons: string
  tellSeller: boolean
}

/** Lifts a measure; the state owed follows in the same transaction. */
export async function lift(
  app: App,
  tx: Tx,
  measure: MeasureRecord,
  { takenBy, reasons, tellSeller }: Lifting,
): Promise<Result<Decision>> {
  const decision = await follow(app, tx, measure, { kind: 'lift', takenBy, reasons })
  const result = liftMeasure(measure.action, decision)
  if (!result.ok) return result
  await write(app, tx, result)
  await endAction(tx, measure.decision.id, { endedAt: app.now(), endedBy: decision.id })
  await settleSubject(app, tx, decision.subject, decision.sellerId)
  if (tellSeller) {
    const language = await languageOfSeller(tx, decision.sellerId)
    const notice = liftedNotice({ statement: measure.statement, reasons, language })
    await notify(app, tx, notice, { decision: measure.decision, releaseAt: app.now() })
  }
  return done(decision)
}

/** Says that a contested decision stands; nothing in the shop changes. */
export async function confirm(
  app: App,
  tx: Tx,
  measure: MeasureRecord,
  { takenBy, reasons }: Omit<Lifting, 'tellSeller'>,
): Promise<Result<Decision>> {
  const decision = await follow(app, tx, measure, { kind: 'confirm', takenBy, reasons })
  const result = confirmMeasure(measure.action, decision)
  if (!result.ok) return result
  await write(app, tx, result)
  return done(decision)
}

/** Works out what is owed to a subject, and to what else its measures bear on, from the actions in force, and owes it. */
export async function settleSubject(
  app: App,
  tx: Tx,
  subject: Subject,
  sellerId: string,
): Promise<void> {
  for (const moved of subjectsMovedBy(subject)) {
    const { changed } = await settleOne(app, tx, moved, sellerId)
    // Nothing moved, but a case may wait for proof: the shop is asked again what it shows.
    if (!changed && moved.kind === subject.kind)
      await queueDelivery(tx, { kind: 'state', ref: subjectRef(subject), dueAt: app.now() })
  }
}

async function settleOne(
  app: App,
  tx: Tx,
  subject: Subject,
  sellerId: string,
): Promise<{ changed: boolean }> {
  const now = app.now()
  // Two decisions at once on one subject: the second waits here and then sees what the first did.
  await lockMeasuresOn(tx, subject)
  const inForce = (await bearingOn(tx, subject)).filter(({ action }) => isInForce(action, now))
  const state = stateOwed(subject.kind, inForce.map(gripOf))
  const before = (await readSubject(tx, subject))?.state ?? openStates[subject.kind]
  const owed = await oweState(tx, {
    subject,
    sellerId,
    state,
    because: inForce.map(({ decision }) => decision.id),
    now,
    returns: opensALever(before, state),
  })
  // Whoever is signed in when the door is shut is put out.
  if (owed.changed && shutsSignIn(before, state))
    await queueEndOfSessions(tx, { sellerId: subject.id, sequence: owed.sequence, now })
  return owed
}

/** Every measure that bears on a subject: those on it, and for payouts also what an account's measures say about money. */
async function bearingOn(tx: Tx, subject: Subject): Promise<MeasureRecord[]> {
  const on = await measuresOn(tx, subject)
  if (subject.kind !== 'payouts') return on
  const onAccount = await measuresOn(tx, { kind: 'account', id: subject.id })
  return [...on, ...onAccount.filter(({ decision }) => decision.terms !== null)]
}

/** What a measure says about the levers. */
export function gripOf({ decision, action }: Pick<MeasureRecord, 'decision' | 'action'>): Grip {
  return { measure: decision.measure, terms: decision.terms, endsAt: action.endsAt }
}

/**
 * What a measure says about money: how much a hold keeps back, or where payouts may still go.
 * Refuses `balance_unknown` and `amount_missing` where there is nothing to hold or nobody said how much.
 */
export async function termsOf(
  app: App,
  tx: Tx,
  measure: Measure,
  { sellerId, amount }: { sellerId: string; amount: number | null },
): Promise<Result<Terms | null>> {
  switch (measure) {
    case 'payout.hold':
    case 'payout.hold.narrowed': {
      const balance = await readBalance(tx, sellerId)
      if (balance === null) return refuse('balance_unknown')
      const most = Math.max(0, balance.available)
      const held = measure === 'payout.hold' ? amount : Math.min(balance.disputed, most)
      if (held === null || held < 0 || held > most || !isToTheCent(held))
        return refuse('amount_missing')
      if (measure === 'payout.hold' && held === 0) return refuse('amount_missing')
      return done({ amount: held, currency: balance.currency, onlyTo: null })
    }
    case 'account.lock':
    case 'account.lock.narrowed':
    case 'account.secure':
    case 'account.secure.narrowed':
    case 'payout.protect': {
      const balance = await readBalance(tx, sellerId)
      // Where the marketplace has told no destination, none is known to be the owner's.
      const onlyTo = balance ? destinationsOlderThan(balance, 30, app.now()) : []
      return done({ amount: null, currency: null, onlyTo })
    }
    default:
      return done(null)
  }
}

/** Ends a measure whose time ran out, and tells its seller. */
export async function expire(app: App, tx: Tx, measure: MeasureRecord): Promise<void> {
  const { action, decision, statement } = measure
  if (action.endedAt !== null) return
  await endAction(tx, decision.id, { endedAt: app.now(), endedBy: null })
  await recordEvents(tx, [eventOf('measure.expired', decision, app.now())])
  await settleSubject(app, tx, decision.subject, decision.sellerId)
  const language = await languageOfSeller(tx, decision.sellerId)
  const notice = liftedNotice({ statement, reasons: null, language })
  await notify(app, tx, notice, { decision, releaseAt: app.now() })
}

async function languageOfSeller(tx: Tx, sellerId: string): Promise<Language> {
  return (await readSeller(tx, sellerId))?.language ?? 'en'
}

async function follow(
  app: App,
  tx: Tx,
  { decision: about }: MeasureRecord,
  { kind, takenBy, reasons }: { kind: 'lift' | 'confirm'; takenBy: Decider; reasons: string },
): Promise<Decision> {
  const now = app.now()
  return {
    ...about,
    id: app.newId('dec'),
    number: await nextDecisionNumber(tx),
    kind,
    takenBy,
    takenAt: now,
    noticeAt: now,
    effectiveAt: now,
    terms: null,
    exception: null,
    restsOn: [{ kind: 'decision', id: about.id }],
    about: about.id,
    reasons,
  }
}

async function write(
  app: App,
  tx: Tx,
  result: {
    decision: Decision
    statement: Statement | null
    action: Action | null
    withholding: Withholding | null
  },
): Promise<void> {
  const { decision, statement, action, withholding } = result
  await insertDecision(tx, result)
  if (withholding) await insertWithholding(tx, decision, withholding)
  await recordEvents(tx, [eventOf(`decision.${decision.kind}`, decision, app.now())])
  if (statement)
    await notify(app, tx, statementNotice(statement), { decision, releaseAt: decision.noticeAt })
  if (action?.endsAt && !hasRunOut(action, app.now()))
    await setClock(tx, 'action.ends', decision.id, action.endsAt)
  await callForHealthOf(app, tx, decision)
}

/** What a person decides may meet a threshold; what falls calls only where something rests on it. */
async function callForHealthOf(app: App, tx: Tx, decision: Decision): Promise<void> {
  if (app.health === null) return
  const { sellerId, kind, takenBy, noticeAt: at } = decision
  if (kind === 'lift') await callForHealth(tx, { sellerId, onlyWhereMet: true, at })
  else if (takenBy.kind === 'person') await callForHealth(tx, { sellerId, onlyWhereMet: false, at })
}

function hasRunOut(action: Action | null, now: Date): boolean {
  return action !== null && action.endsAt !== null && action.endsAt <= now
}

async function notify(
  app: App,
  tx: Tx,
  notice: ReturnType<typeof statementNotice>,
  { decision, releaseAt }: { decision: Decision; releaseAt: Date },
): Promise<void> {
  await insertNotice(tx, {
    id: app.newId('ntc'),
    sellerId: decision.sellerId,
    decisionId: decision.id,
    caseId: null,
    address: null,
    createdAt: app.now(),
    releaseAt,
    ...notice,
  })
}

function eventOf(kind: string, decision: Decision, at: Date) {
  const by = decision.takenBy.kind === 'person' ? decision.takenBy.id : null
  const detail = {
    measure: decision.measure,
    subject: decision.subject.id,
    number: decision.number,
    about: decision.about,
  }
  return {
    at,
    kind,
    sellerId: decision.sellerId,
    caseId: null,
    decisionId: decision.id,
    by,
    detail,
  }
}

/** Whether an action counts against a second one: also when its minute of undoing is not over. */
function stillHolds(action: Action, now: Date): boolean {
  return action.endedAt === null && (action.endsAt === null || action.endsAt > now)
}
