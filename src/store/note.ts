/** Notes in PostgreSQL: behind any wall but that of the marketplace's people there is none. */
import type { Selectable } from 'kysely'
import type { Case } from '../core/case.ts'
import type { Note } from '../core/note.ts'
import type { Tx } from './db.ts'
import type { Tables } from './tables.ts'

/** A note with the case that it was written on. */
export interface NoteOnCase extends Note {
  of: Pick<Case, 'kind' | 'number'>
}

/** Keeps a new note. */
export async function insertNote(tx: Tx, note: Note): Promise<void> {
  await tx
    .insertInto('notes')
    .values({
      id: note.id,
      case_id: note.caseId,
      by_id: note.by,
      at: note.at,
      text: note.text,
      taken_back_at: note.takenBackAt,
    })
    .execute()
}

/** Reads a note, or null behind this wall. */
export async function readNote(tx: Tx, id: string): Promise<Note | null> {
  const row = await tx.selectFrom('notes').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? noteOf(row) : null
}

/** Forgets the words of a note that was taken back; false where another hand did it first. */
export async function forgetNote(tx: Tx, { id, takenBackAt }: Note): Promise<boolean> {
  const done = await tx
    .updateTable('notes')
    .set({ text: null, taken_back_at: takenBackAt })
    .where('id', '=', id)
    .where('text', 'is not', null)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** What was noted on a case, and on every question that goes on in it, oldest first. */
export async function notesOfCase(tx: Tx, caseId: string): Promise<NoteOnCase[]> {
  const rows = await tx
    .selectFrom('notes')
    .innerJoin('cases', 'cases.id', 'notes.case_id')
    .selectAll('notes')
    .select(['cases.kind', 'cases.number'])
    .where((held) => held.or([held('cases.id', '=', caseId), held('cases.joined_to', '=', caseId)]))
    .orderBy('notes.at')
    .orderBy('notes.id')
    .execute()
  return rows.map((row) => ({ ...noteOf(row), of: { kind: row.kind, number: row.number } }))
}

function noteOf(row: Selectable<Tables['notes']>): Note {
  return {
    id: row.id,
    caseId: row.case_id,
    by: row.by_id,
    at: row.at,
    text: row.text,
    takenBackAt: row.taken_back_at,
  }
}
