/** Letters in PostgreSQL: behind any wall but that of the marketplace's people there is none. */
import { sql, type Selectable } from 'kysely'
import type { Letter, LetterOutcome } from '../core/letter.ts'
import type { Tx } from './db.ts'
import type { Tables } from './tables.ts'

/** Keeps a new letter. */
export async function insertLetter(tx: Tx, letter: Letter): Promise<void> {
  const { sender } = letter
  await tx
    .insertInto('letters')
    .values({
      id: letter.id,
      case_id: letter.caseId,
      seller_id: letter.sellerId,
      sender_kind: sender.kind,
      sender_name: sender.name,
      answer_to: sender.answerTo,
      reference: letter.reference,
      written_on: letter.writtenOn,
      received_on: letter.receivedOn,
      received_at: letter.receivedAt,
      recorded_at: letter.recordedAt,
      recorded_by: letter.recordedBy,
      text: letter.text,
      shows_authority: letter.showsAuthority,
      seller_hears: letter.sellerHears,
      wants: letter.wants,
      due_at: letter.dueAt,
    })
    .execute()
}

/** Reads a letter, or null behind this wall. */
export async function readLetter(tx: Tx, id: string): Promise<Letter | null> {
  const row = await tx.selectFrom('letters').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? letterOf(row) : null
}

/** Locks a letter until the transaction ends, or null behind this wall. */
export async function lockLetter(tx: Tx, id: string): Promise<Letter | null> {
  const row = await tx
    .selectFrom('letters')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row ? letterOf(row) : null
}

/** The letters of these cases, oldest first. */
export async function lettersOfCases(tx: Tx, caseIds: string[]): Promise<Letter[]> {
  if (caseIds.length === 0) return []
  const rows = await tx
    .selectFrom('letters')
    .selectAll()
    .where('case_id', 'in', caseIds)
    .orderBy('received_at')
    .orderBy('recorded_at')
    .orderBy('id')
    .execute()
  return rows.map(letterOf)
}

/** What senders wait for, first what is due first, and then what came last; at most so many of each. */
export async function lettersAtHand(
  tx: Tx,
  most: number,
): Promise<{ waiting: Letter[]; last: Letter[] }> {
  const waiting = await tx
    .selectFrom('letters')
    .selectAll()
    .where('due_at', 'is not', null)
    .where('met_at', 'is', null)
    .orderBy('due_at')
    .orderBy('id')
    .limit(most)
    .execute()
  const last = await tx
    .selectFrom('letters')
    .selectAll()
    .where((row) => row.or([row('due_at', 'is', null), row('met_at', 'is not', null)]))
    .orderBy('recorded_at', 'desc')
    .orderBy('id')
    .limit(most)
    .execute()
  return { waiting: waiting.map(letterOf), last: last.map(letterOf) }
}

/** Letters that carry one of these references of their senders, newest first. */
export async function lettersReferring(tx: Tx, reference: string, most: number): Promise<Letter[]> {
  const rows = await tx
    .selectFrom('letters')
    .selectAll()
    .where(sql`lower(reference)`, '=', reference.trim().toLowerCase())
    .orderBy('recorded_at', 'desc')
    .limit(most)
    .execute()
  return rows.map(letterOf)
}

/** What its sender wanted has gone out. */
export async function meetLetter(
  tx: Tx,
  { id, at, by }: { id: string; at: Date; by: string },
): Promise<void> {
  await tx
    .updateTable('letters')
    .set({ met_at: at, met_by: by })
    .where('id', '=', id)
    .where('met_at', 'is', null)
    .execute()
}

/** Its sender's day has passed. */
export async function markLetterOverdue(tx: Tx, id: string, since: Date): Promise<void> {
  await tx.updateTable('letters').set({ overdue_since: since }).where('id', '=', id).execute()
}

/** What the body decided, and what is done with it. */
export async function keepOutcome(tx: Tx, id: string, outcome: LetterOutcome): Promise<void> {
  await tx
    .updateTable('letters')
    .set({
      outcome: outcome.outcome,
      outcome_text: outcome.text,
      outcome_on: outcome.on,
      follows: outcome.follows,
      outcome_by: outcome.by,
      outcome_at: outcome.at,
    })
    .where('id', '=', id)
    .execute()
}

/** Locks the case and counts it from then, where that is earlier; false where it takes no letter any more. */
export async function joinByLetter(tx: Tx, caseId: string, since: Date): Promise<boolean> {
  const { rows } = await sql<{ joins: boolean }>`
    select letter_joins(${caseId}, ${since}) as joins`.execute(tx)
  return rows[0]?.joins ?? false
}

/** Gives scans to the case of their letter; answers how many of them were this person's and free. */
export async function giveScans(
  tx: Tx,
  {
    ids,
    by,
    caseId,
    sellerId,
    isKept,
  }: { ids: string[]; by: string; caseId: string; sellerId: string | null; isKept: boolean },
): Promise<number> {
  if (ids.length === 0) return 0
  const given = await tx
    .updateTable('files')
    .set({ case_id: caseId, seller_id: sellerId, kept_from_seller: isKept })
    .where('id', 'in', ids)
    .where('scanned_by', '=', by)
    .where('case_id', 'is', null)
    .executeTakeFirst()
  return Number(given.numUpdatedRows)
}

/** Sellers whose name or id stands in a text, the longest first; at most so many. */
export async function sellersNamedIn(
  tx: Tx,
  text: string,
  most: number,
): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, coalesce(name, id) as name
    from sellers
    where (char_length(name) >= 4 and position(lower(name) in lower(${text})) > 0)
      or (char_length(id) >= 4 and position(lower(id) in lower(${text})) > 0)
    order by char_length(coalesce(name, id)) desc, id
    limit 200`.execute(tx)
  return rows.filter(({ id, name }) => stands(text, name) || stands(text, id)).slice(0, most)
}

/** Whether words stand in a text by themselves, and not within others. */
function stands(text: string, words: string): boolean {
  const [within, sought] = [text.toLowerCase(), words.toLowerCase()]
  for (let at = within.indexOf(sought); at >= 0; at = within.indexOf(sought, at + 1)) {
    const around = [within[at - 1] ?? ' ', within[at + sought.length] ?? ' ']
    if (!around.some((character) => /[\p{L}\p{N}]/u.test(character))) return true
  }
  return false
}

function letterOf(row: Selectable<Tables['letters']>): Letter {
  return {
    id: row.id,
    caseId: row.case_id,
    sellerId: row.seller_id,
    sender: { kind: row.sender_kind, name: row.sender_name, answerTo: row.answer_to },
    reference: row.reference,
    writtenOn: row.written_on,
    receivedOn: row.received_on,
    receivedAt: row.received_at,
    recordedAt: row.recorded_at,
    recordedBy: row.recorded_by,
    text: row.text,
    showsAuthority: row.shows_authority,
    sellerHears: row.seller_hears,
    wants: row.wants,
    dueAt: row.due_at,
    overdueSince: row.overdue_since,
    metAt: row.met_at,
    metBy: row.met_by,
    outcome: outcomeOf(row),
  }
}

/** The database holds all of it or nothing. */
function outcomeOf(row: Selectable<Tables['letters']>): LetterOutcome | null {
  const { outcome, outcome_text, outcome_on, follows, outcome_by, outcome_at } = row
  if (outcome === null || outcome_text === null || outcome_on === null) return null
  if (follows === null || outcome_by === null || outcome_at === null) return null
  return {
    outcome,
    text: outcome_text,
    on: outcome_on,
    follows,
    by: outcome_by,
    at: outcome_at,
  }
}
