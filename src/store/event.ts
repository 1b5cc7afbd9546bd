/** Events in PostgreSQL: what happened, in the transaction of the change. */
import { json, type Tx } from './db.ts'

export interface EventRecord {
  at: Date
  kind: string
  sellerId: string | null
  caseId: string | null
  decisionId: string | null
  by: string | null
  detail: Record<string, unknown>
}

/** Records what happened; the same transaction holds the change itself. */
export async function recordEvents(tx: Tx, events: EventRecord[]): Promise<void> {
  if (events.length === 0) return
  await tx
    .insertInto('events')
    .values(
      events.map(({ sellerId, caseId, decisionId, detail, ...event }) => ({
        ...event,
        seller_id: sellerId,
        case_id: caseId,
        decision_id: decisionId,
        detail: json(detail),
      })),
    )
    .execute()
}

/** A case's own events, oldest first. */
export async function readCaseEvents(tx: Tx, caseId: string): Promise<EventRecord[]> {
  const rows = await tx
    .selectFrom('events')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('id')
    .execute()
  return rows.map(eventOf)
}

/** The last things that happened to people of the marketplace, newest first. */
export async function lastPersonEvents(tx: Tx, most: number): Promise<EventRecord[]> {
  const rows = await tx
    .selectFrom('events')
    .selectAll()
    .where('kind', 'in', ['person.invited', 'person.changed', 'person.removed', 'person.enrolled'])
    .orderBy('id', 'desc')
    .limit(most)
    .execute()
  return rows.map(eventOf)
}

/** The last things that happened to the members of a seller, newest first. */
export async function lastMemberEvents(
  tx: Tx,
  sellerId: string,
  most: number,
): Promise<EventRecord[]> {
  const rows = await tx
    .selectFrom('events')
    .selectAll()
    .where('seller_id', '=', sellerId)
    .where('kind', 'in', ['member.invited', 'member.changed', 'member.removed'])
    .orderBy('id', 'desc')
    .limit(most)
    .execute()
  return rows.map(eventOf)
}

/** Whether something happened to a seller since then. */
export async function hasSellerEvent(
  tx: Tx,
  { kind, sellerId, since }: { kind: string; sellerId: string; since: Date },
): Promise<boolean> {
  const row = await tx
    .selectFrom('events')
    .select('id')
    .where('seller_id', '=', sellerId)
    .where('kind', '=', kind)
    .where('at', '>=', since)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** What who knows the account said about these cases of a claim, oldest first. */
export async function readDisputes(tx: Tx, caseIds: string[]): Promise<EventRecord[]> {
  const told = await Promise.all(caseIds.map((caseId) => readCaseEvents(tx, caseId)))
  return told
    .flat()
    .filter(
      ({ kind, detail }) =>
        kind === 'claim.disputed' ||
        // Said again it opens no second question; what was said stands beside the first.
        (kind === 'claim.disputed_again' && typeof detail['caseNumber'] === 'string'),
    )
    .toSorted((one, other) => one.at.getTime() - other.at.getTime())
}

function eventOf(row: {
  at: Date
  kind: string
  seller_id: string | null
  case_id: string | null
  decision_id: string | null
  by: string | null
  detail: Record<string, unknown>
}): EventRecord {
  return {
    at: row.at,
    kind: row.kind,
    sellerId: row.seller_id,
    caseId: row.case_id,
    decisionId: row.decision_id,
    by: row.by,
    detail: row.detail,
  }
}
