/** Notes for colleagues: whoever works at a desk writes them, people of the marketplace read them, and nobody else is told. */
import { takeBackNote, writeNote } from '../core/note.ts'
import { refuse } from '../core/refusal.ts'
import { readCase } from '../store/case.ts'
import { transact } from '../store/db.ts'
import type { Idempotency } from '../store/idempotency.ts'
import { forgetNote, insertNote, readNote } from '../store/note.ts'
import type { App } from './app.ts'
import { once } from './once.ts'
import { permit } from './permit.ts'
import { done, refusalOf, type Result } from './result.ts'
import type { Who } from './who.ts'

/** Writes a note on a case, also one at another desk. No event tells of it: those of a case are its seller's to read. */
export function noteOnCase(
  app: App,
  who: Who,
  { caseId, text }: { caseId: string; text: string },
  idempotency: Idempotency | null,
): Promise<Result<{ caseId: string }>> {
  const may = permit(app, who, 'desk.writeNote')
  if (!may.ok) return Promise.resolve(may)
  const work = transact(app.db, may.wall, (tx) =>
    once(app, tx, idempotency, async () => {
      if ((await readCase(tx, caseId)) === null) return refuse('not_found')
      const written = writeNote(
        { id: app.newId('nte'), caseId, by: may.reader.id, text },
        app.now(),
      )
      if (!written.ok) return written
      await insertNote(tx, written.note)
      return done({ caseId })
    }),
  )
  return refusalOf(work)
}

/** Takes one's own note back within its minute. */
export function takeBackOwnNote(
  app: App,
  who: Who,
  noteId: string,
): Promise<Result<{ caseId: string }>> {
  const may = permit(app, who, 'desk.takeBackNote')
  if (!may.ok) return Promise.resolve(may)
  const work = transact(app.db, may.wall, async (tx): Promise<Result<{ caseId: string }>> => {
    const note = await readNote(tx, noteId)
    if (note === null) return refuse('not_found')
    if (app.judge.asks('desk.takeBackNote', 'own') && note.by !== may.reader.id)
      return refuse('not_yours_to_undo')
    const taken = takeBackNote(note, note.by, app.now())
    if (!taken.ok) return taken
    if (!(await forgetNote(tx, taken.note))) return refuse('not_allowed')
    return done({ caseId: note.caseId })
  })
  return refusalOf(work)
}
