/** Cases in PostgreSQL: the case, its objections, its clock and its events are saved as one. */
import { sql } from 'kysely'
import { nextInstant, type Case, type CaseEvent } from '../core/case.ts'
import type { Subject, SubjectKind } from '../core/measure.ts'
import { answering, changing, objectionRow, withObjections } from './case-row.ts'
import { clearClock, setClock } from './clock.ts'
import type { Tx } from './db.ts'
import { recordEvents } from './event.ts'

/** The next number to quote, such as 7004 of A-7004. */
export async function nextCaseNumber(tx: Tx): Promise<number> {
  const { rows } = await sql<{ number: number }>`select nextval('case_numbers') as number`.execute(
    tx,
  )
  const row = rows[0]
  if (!row) throw new Error('draw a case number: the sequence answered nothing')
  return row.number
}

/** Writes a new case with its objections, clock and events. */
export async function insertCase(
  tx: Tx,
  opened: Case,
  events: CaseEvent[],
  now: Date,
): Promise<void> {
  await tx
    .insertInto('cases')
    .values({
      id: opened.id,
      number: opened.number,
      kind: opened.kind,
      matter: opened.matter,
      channel: opened.channel,
      seller_id: opened.sellerId,
      procedure_id: opened.procedureId,
      opened_at: opened.openedAt,
      ...changing(opened),
    })
    .execute()
  for (const [position, objection] of opened.objections.entries())
    await tx
      .insertInto('objections')
      .values(objectionRow(opened, position, objection))
      .execute()
  await keepClock(tx, opened)
  await recordCaseEvents(tx, opened, events, now)
}

/** Writes the next state of a case that this transaction locked. */
export async function saveCase(tx: Tx, next: Case, events: CaseEvent[], now: Date): Promise<void> {
  await tx.updateTable('cases').set(changing(next)).where('id', '=', next.id).execute()
  for (const objection of next.objections) {
    await tx
      .updateTable('objections')
      .set(answering(objection))
      .where('id', '=', objection.id)
      .execute()
  }
  await keepClock(tx, next)
  await recordCaseEvents(tx, next, events, now)
}

/** Writes what a claim that was linked with an account is about from now on. */
export async function addObjections(tx: Tx, linked: Case, from: number): Promise<void> {
  await tx.updateTable('cases').set({ matter: linked.matter }).where('id', '=', linked.id).execute()
  for (const [position, objection] of linked.objections.entries()) {
    if (position < from) continue
    await tx
      .insertInto('objections')
      .values(objectionRow(linked, position, objection))
      .execute()
  }
}

/** Locks a case until the transaction ends, or null behind this wall. */
export async function lockCase(tx: Tx, id: string): Promise<Case | null> {
  const row = await tx
    .selectFrom('cases')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) return null
  const [held] = await withObjections(tx, [row])
  return held ?? null
}

/** The open cases in a person's hands, not locked: behind an administrator's wall only those can be that they may not go on with. */
export async function casesHeldBy(
  tx: Tx,
  person: string,
  now: Date,
): Promise<Pick<Case, 'id' | 'desk' | 'kind' | 'matter'>[]> {
  return tx
    .selectFrom('cases')
    .select(['id', 'desk', 'kind', 'matter'])
    .where('state', '=', 'open')
    .where('held_by', '=', person)
    .where('held_until', '>', now)
    .orderBy('id')
    .execute()
}

/** Saves in whose hands a case is, and nothing else of it: neither its desk nor its clock has changed. */
export async function saveHold(tx: Tx, next: Case, events: CaseEvent[], now: Date): Promise<void> {
  await tx
    .updateTable('cases')
    .set({ held_by: next.heldBy, held_until: next.heldUntil })
    .where('id', '=', next.id)
    .execute()
  await recordCaseEvents(tx, next, events, now)
}

/** Reads a case, or null behind this wall. */
export async function readCase(tx: Tx, id: string): Promise<Case | null> {
  const row = await tx.selectFrom('cases').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) return null
  const [held] = await withObjections(tx, [row])
  return held ?? null
}

/** The case with this number, or null behind this wall. */
export async function caseNumbered(tx: Tx, number: number): Promise<Case | null> {
  const row = await tx
    .selectFrom('cases')
    .selectAll()
    .where('number', '=', number)
    .executeTakeFirst()
  if (!row) return null
  const [held] = await withObjections(tx, [row])
  return held ?? null
}

/**
 * A seller's own cases, newest first; at most 200. What nobody sent (`hasSender`) is the marketplace's. Complaints are
 * many: of them only the newest 50 and those that wait for the seller are among these.
 */
export async function casesOfSeller(tx: Tx, sellerId: string): Promise<Case[]> {
  const rows = await tx
    .selectFrom('cases')
    .selectAll()
    .where('seller_id', '=', sellerId)
    .where('kind', 'not in', ['check', 'repair'])
    .where((row) => row.or([row('channel', '!=', 'system'), row('matter', 'not like', 'matter.%')]))
    .where((row) =>
      row.or([
        row('kind', '<>', 'complaint'),
        row('state', '=', 'asking'),
        row('id', 'in', (query) =>
          query
            .selectFrom('cases')
            .select('id')
            .where('seller_id', '=', sellerId)
            .where('kind', '=', 'complaint')
            .orderBy('number', 'desc')
            .limit(50),
        ),
      ]),
    )
    .orderBy('opened_at', 'desc')
    .limit(200)
    .execute()
  return withObjections(tx, rows)
}

/** The cases of a seller after one of them, by number; what the system asks itself about a seller is not the seller's. */
export async function casesAfter(
  tx: Tx,
  sellerId: string,
  { after, most }: { after: number; most: number },
): Promise<Case[]> {
  const rows = await tx
    .selectFrom('cases')
    .selectAll()
    .where('seller_id', '=', sellerId)
    .where('number', '>', after)
    .where('kind', 'not in', ['check', 'repair'])
    .where((row) => row.or([row('channel', '!=', 'system'), row('matter', 'not like', 'matter.%')]))
    .orderBy('number')
    .limit(most)
    .execute()
  return withObjections(tx, rows)
}

/** Every case in which a party to it contests a decision, newest first; a claim on the account is not one. */
export async function casesAbout(tx: Tx, decisionIds: string[]): Promise<Case[]> {
  if (decisionIds.length === 0) return []
  const rows = await tx
    .selectFrom('cases')
    .selectAll()
    .where('id', 'in', (query) =>
      query.selectFrom('objections').select('case_id').where('decision_id', 'in', decisionIds),
    )
    .where('kind', '<>', 'recovery')
    .orderBy('opened_at', 'desc')
    .execute()
  return withObjections(tx, rows)
}

/** What is at these desks, by time left, shortest first; at most 200. What waits for a seller comes after what does not. */
export async function casesAtDesks(tx: Tx, desks: string[]): Promise<Case[]> {
  if (desks.length === 0) return []
  const rows = await tx
    .selectFrom('cases')
    .selectAll()
    .where('state', 'in', ['open', 'asking', 'deciding'])
    .where('desk', 'in', desks)
    .orderBy((row) => row('state', '=', 'asking'))
    .orderBy('due_at')
    .orderBy('number')
    .limit(200)
    .execute()
  return withObjections(tx, rows)
}

/**
 * Locks the case due first that this person may take, and nobody holds; null when there is none. One that another
 * is taking at this moment is passed over, so that two who ask at once get two cases.
 */
export async function lockNextCase(
  tx: Tx,
  { desks, person, except, now }: { desks: string[]; person: string; except: string[]; now: Date },
): Promise<Case | null> {
  if (desks.length === 0) return null
  const row = await tx
    .selectFrom('cases')
    .selectAll()
    .where('state', '=', 'open')
    .where('desk', 'in', desks)
    // A desk whose time is up has no more say, though its clock may fire a moment later.
    .where('due_at', '>', now)
    .where((held) =>
      held.or([
        held('held_by', 'is', null),
        held('held_until', '<=', now),
        held('held_by', '=', person),
      ]),
    )
    .$if(except.length > 0, (query) => query.where('id', 'not in', except))
    .orderBy('due_at')
    .orderBy('number')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  if (!row) return null
  const [held] = await withObjections(tx, [row])
  return held ?? null
}

/** What a case is about, in the words of a queue. */
export interface QueueMatter {
  sellerName: string
  /** The title of the first thing it is about; null where it is about none. */
  title: string | null
  subjectKind: SubjectKind | null
  /** What somebody wrote to open it; null for what the system opened. */
  text: string | null
  /** The rule that an appeal is about; null for a check. */
  policyTitle: string | null
}

/** What each of these cases is about, in one look. */
export async function mattersOf(tx: Tx, caseIds: string[]): Promise<Map<string, QueueMatter>> {
  const { rows } = await sql<QueueMatter & { id: string }>`
    select c.id, coalesce(s.name, s.id, 'Nobody we know yet') as "sellerName",
      coalesce(t.body #>> '{subject,title}', v.title, c.complaint ->> 'title') as title,
      t.body #>> '{subject,kind}' as "subjectKind",
      (select e.detail ->> 'text' from events e where e.case_id = c.id and e.kind = 'case.opened' order by e.id limit 1) as text,
      t.body #>> '{ground,title}' as "policyTitle"
    from cases c
    left join claim_cases k on k.case_id = c.id
    left join claims m on m.id = k.claim_id
    left join sellers s on s.id = coalesce(c.seller_id, m.seller_id)
    left join objections o on o.case_id = c.id and o.position = 0
    left join statements t on t.decision_id = o.decision_id
    left join listing_versions v
      on v.listing_id = c."check" ->> 'listingId' and v.version = (c."check" ->> 'listingVersion')::integer
    where c.id = any(${caseIds}::text[])`.execute(tx)
  return new Map(rows.map(({ id, ...matter }) => [id, matter]))
}

/** How many cases are open at each desk, and how many of them are overdue. */
export async function countAtDesks(
  tx: Tx,
): Promise<Map<string, { open: number; overdue: number }>> {
  const { rows } = await sql<{ desk: string; open: number; overdue: number }>`
    select desk, count(*) as open, count(*) filter (where overdue_since is not null) as overdue
    from cases where state in ('open', 'asking', 'deciding') group by desk`.execute(tx)
  return new Map(rows.map((row) => [row.desk, { open: row.open, overdue: row.overdue }]))
}

/** The ids of cases that wait for this subject to be shown again as it should be. */
export async function casesRestoring(tx: Tx, subject: Subject): Promise<string[]> {
  const rows = await tx
    .selectFrom('cases as c')
    .innerJoin('objections as o', 'o.case_id', 'c.id')
    .innerJoin('decisions as d', 'd.id', 'o.decision_id')
    .select('c.id')
    .distinct()
    .where('c.state', '=', 'restoring')
    .where('d.subject_kind', 'in', kindsMoving(subject.kind))
    .where('d.subject_id', '=', subject.id)
    .execute()
  return rows.map((row) => row.id)
}

/** The kinds of subject whose measures move the levers of this one: an account's also bind its payouts. */
export function kindsMoving(kind: SubjectKind): SubjectKind[] {
  return kind === 'payouts' ? ['payouts', 'account'] : [kind]
}

/** An open check of this listing version, or null: one finding needs one check. */
export async function openCheck(
  tx: Tx,
  listingId: string,
  version: number,
): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select id from cases
    where kind = 'check' and state in ('open', 'deciding')
      and "check" ->> 'listingId' = ${listingId} and ("check" ->> 'listingVersion')::integer = ${version}
    limit 1`.execute(tx)
  return rows[0]?.id ?? null
}

async function recordCaseEvents(tx: Tx, held: Case, events: CaseEvent[], now: Date): Promise<void> {
  await recordEvents(
    tx,
    events.map((event) => ({
      ...event,
      at: now,
      sellerId: held.sellerId,
      caseId: held.id,
      decisionId: null,
    })),
  )
}

/** An open case has a running clock, always: the row is set in the transaction that opened or moved the case. */
async function keepClock(tx: Tx, held: Case): Promise<void> {
  const next = nextInstant(held)
  const lapses = held.state === 'answered'
  if (next !== null && !lapses) await setClock(tx, 'case.due', held.id, next)
  else await clearClock(tx, 'case.due', held.id)
  if (next !== null && lapses) await setClock(tx, 'case.lapse', held.id, next)
  else await clearClock(tx, 'case.lapse', held.id)
}
