/** A subject in the database: the state owed to it, what the marketplace was told, and what it last showed. */
import { sql } from 'kysely'
import { later } from '../core/calendar.ts'
import { restoringWithin, type Case } from '../core/case.ts'
import { SubjectKind, type Subject } from '../core/measure.ts'
import {
  openStates,
  opensALever,
  sameState,
  type ReadBack,
  type State,
} from '../core/state-owed.ts'
import { casesRestoring, kindsMoving } from './case.ts'
import { clearClock, setClock } from './clock.ts'
import { json, type Tx } from './db.ts'
import { queueDelivery } from './delivery.ts'

/** What is owed to one subject, beside what the marketplace showed last. */
export interface Owed {
  subject: Subject
  sellerId: string
  sequence: number
  state: State
  /** The decisions in force on it. */
  because: string[]
  changedAt: Date
  toldAt: Date | null
  seen: { sequence: number; state: State | null } | null
  seenAt: Date | null
  readBack: ReadBack | null
  /** Since when it waits to be shown open again; null when nothing is to be brought back. */
  restoringSince: Date | null
}

/** `listing:ID`: how clocks and deliveries name a subject. */
export function subjectRef(subject: Subject): string {
  return `${subject.kind}:${subject.id}`
}

/** The subject that a clock or delivery names. */
export function subjectOfRef(ref: string): Subject {
  const colon = ref.indexOf(':')
  return { kind: SubjectKind.parse(ref.slice(0, colon)), id: ref.slice(colon + 1) }
}

/** Reads what is owed to a subject; null when nothing ever was, so every lever is open. */
export async function readSubject(tx: Tx, subject: Subject): Promise<Owed | null> {
  const row = await selectSubject(tx, subject).executeTakeFirst()
  return row ? owedOf(row) : null
}

/** Reads it and keeps others from changing it until the transaction ends. */
export async function lockSubject(tx: Tx, subject: Subject): Promise<Owed | null> {
  const row = await selectSubject(tx, subject).forUpdate().executeTakeFirst()
  return row ? owedOf(row) : null
}

/** Lets one transaction at a time change the measures on a subject, also on one that was never owed anything. */
export async function lockMeasuresOn(tx: Tx, subject: Subject): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${subjectRef(subject)}, 0))`.execute(tx)
}

export interface NewState {
  subject: Subject
  sellerId: string
  state: State
  because: string[]
  now: Date
  /** Whether some lever opens again, so that the shop showing it is pursued; worked out from what was owed when absent. */
  returns?: boolean
}

/**
 * Writes down what is owed from now on, and makes telling it due in the same transaction.
 * What opens again is pursued by a clock, and so is whatever a case waits for, even where another measure
 * keeps the state as it was: the state then keeps its number, and the shop is read back once more.
 */
export async function oweState(
  tx: Tx,
  next: NewState,
): Promise<{ changed: boolean; sequence: number }> {
  const { subject, now } = next
  const isNew = await insertSubject(tx, next)
  if (isNew === 'nothing to owe') return { changed: false, sequence: 0 }
  const held = await lockSubject(tx, subject)
  if (held === null) throw new Error(`owe a state to ${subjectRef(subject)}: its row is gone`)
  const changed = isNew === 'inserted' || !sameState(held.state, next.state)
  const sequence = isNew === 'inserted' || !changed ? held.sequence : held.sequence + 1
  const returns = next.returns ?? (isNew === 'known' && opensALever(held.state, next.state))
  const isAwaited = isNew === 'known' && (await casesRestoring(tx, subject)).length > 0
  if (!changed && !returns && !isAwaited && sameSet(held.because, next.because)) {
    return { changed, sequence }
  }

  // What was pursued already goes on as it was: its clock may have called people before.
  const pursuedSince = isAwaited && !returns ? (held.restoringSince ?? now) : returns ? now : null
  await updateSubject(tx, subject, {
    sequence,
    state: json(next.state),
    because: json(next.because),
    restoring_since: pursuedSince,
    ...(changed ? { changed_at: now } : {}),
  })
  if (pursuedSince === null) await clearClock(tx, 'restoring', subjectRef(subject))
  else if (pursuedSince !== held.restoringSince)
    await setClock(tx, 'restoring', subjectRef(subject), later(now, restoringWithin))
  await queueDelivery(tx, { kind: 'state', ref: subjectRef(subject), dueAt: now })
  return { changed, sequence }
}

/** What the marketplace showed, and whether that ends the restoring. */
export async function saveReadBack(
  tx: Tx,
  subject: Subject,
  read: {
    seen: { sequence: number; state: State | null }
    readBack: ReadBack
    sequence: number
    isSettled: boolean
    now: Date
  },
): Promise<void> {
  await updateSubject(tx, subject, {
    sequence: read.sequence,
    told_at: read.now,
    seen: json(read.seen),
    seen_at: read.now,
    read_back: read.readBack,
    ...(read.isSettled ? { restoring_since: null } : {}),
  })
  if (read.isSettled) await clearClock(tx, 'restoring', subjectRef(subject))
}

/** Whether every subject that a case is about shows what is owed to it, as far as anything is to be brought back. */
export async function isCaseRestored(tx: Tx, caseId: string): Promise<boolean> {
  const waiting = await tx
    .selectFrom('objections')
    .innerJoin('decisions', 'decisions.id', 'objections.decision_id')
    .innerJoin('subjects', 'subjects.id', 'decisions.subject_id')
    .select('subjects.id')
    .where('objections.case_id', '=', caseId)
    .where((moved) =>
      moved.or([
        moved('subjects.kind', '=', moved.ref('decisions.subject_kind')),
        moved.and([
          moved('subjects.kind', '=', 'payouts'),
          moved('decisions.subject_kind', '=', 'account'),
        ]),
      ]),
    )
    .where('subjects.restoring_since', 'is not', null)
    .limit(1)
    .executeTakeFirst()
  return waiting === undefined
}

/** The decision whose measure on this subject ended last: what a restoration brings back from. */
export async function lastEndedDecision(tx: Tx, subject: Subject): Promise<string | null> {
  const row = await tx
    .selectFrom('actions')
    .select('decision_id')
    .where('subject_kind', 'in', kindsMoving(subject.kind))
    .where('subject_id', '=', subject.id)
    .where('ended_at', 'is not', null)
    .orderBy('ended_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.decision_id ?? null
}

/** The case of a seller, or about one, whose answer brings this subject back; the latest where there are several. */
export async function caseBringingBack(
  tx: Tx,
  subject: Subject,
  since: Date,
): Promise<Pick<Case, 'id' | 'kind'> | null> {
  const row = await tx
    .selectFrom('objections')
    .innerJoin('decisions', 'decisions.id', 'objections.decision_id')
    .innerJoin('cases', 'cases.id', 'objections.case_id')
    .select(['cases.id', 'cases.kind'])
    .where('decisions.subject_kind', 'in', kindsMoving(subject.kind))
    .where('decisions.subject_id', '=', subject.id)
    .where('objections.outcome', 'in', ['measure_lifted', 'measure_narrowed'])
    .where('objections.answered_at', '>=', since)
    // A claim is nothing that the account hears of.
    .where('cases.kind', '<>', 'recovery')
    .orderBy('objections.answered_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ?? null
}

/** What people call a subject: a listing's present title, and of an account or its payouts the seller's name. */
export async function subjectTitle(tx: Tx, subject: Subject): Promise<string> {
  if (subject.kind !== 'listing') {
    const seller = await tx
      .selectFrom('sellers')
      .select('name')
      .where('id', '=', subject.id)
      .executeTakeFirst()
    return seller?.name ?? subject.id
  }
  const row = await tx
    .selectFrom('listing_versions')
    .select('title')
    .where('listing_id', '=', subject.id)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.title ?? subject.id
}

function selectSubject(tx: Tx, subject: Subject) {
  return tx
    .selectFrom('subjects')
    .selectAll()
    .where('kind', '=', subject.kind)
    .where('id', '=', subject.id)
}

type Row = Awaited<ReturnType<ReturnType<typeof selectSubject>['executeTakeFirstOrThrow']>>

function owedOf(row: Row): Owed {
  return {
    subject: { kind: row.kind, id: row.id },
    sellerId: row.seller_id,
    sequence: Number(row.sequence),
    state: row.state,
    because: row.because,
    changedAt: row.changed_at,
    toldAt: row.told_at,
    seen: row.seen,
    seenAt: row.seen_at,
    readBack: row.read_back,
    restoringSince: row.restoring_since,
  }
}

/** The first state owed to a subject is number 1; one that was never owed anything else need not be owed "open". */
async function insertSubject(
  tx: Tx,
  { subject, sellerId, state, because, now }: NewState,
): Promise<'inserted' | 'known' | 'nothing to owe'> {
  if (sameState(state, openStates[subject.kind])) {
    return (await readSubject(tx, subject)) === null ? 'nothing to owe' : 'known'
  }
  const done = await tx
    .insertInto('subjects')
    .values({
      kind: subject.kind,
      id: subject.id,
      seller_id: sellerId,
      sequence: 1,
      state: json(state),
      because: json(because),
      changed_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n ? 'inserted' : 'known'
}

interface Changes {
  sequence?: number
  state?: string
  because?: string
  changed_at?: Date
  told_at?: Date
  seen?: string
  seen_at?: Date
  read_back?: ReadBack
  restoring_since?: Date | null
}

async function updateSubject(tx: Tx, subject: Subject, changes: Changes): Promise<void> {
  await tx
    .updateTable('subjects')
    .set(changes)
    .where('kind', '=', subject.kind)
    .where('id', '=', subject.id)
    .execute()
}

function sameSet(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((id) => other.includes(id))
}
