/** A note is for colleagues: people of the marketplace read it beside a case, and whoever the case is about never does. */
import { later } from './calendar.ts'
import { refuse, type Refused } from './refusal.ts'

export interface Note {
  id: string
  caseId: string
  /** The person of the marketplace who wrote it. */
  by: string
  at: Date
  /** Null once it was taken back: its words are gone, that it was there is not. */
  text: string | null
  takenBackAt: Date | null
}

export type NoteResult = { ok: true; note: Note } | Refused

export const longestNote = 5_000

/** How long its author may take a note back, in milliseconds. */
const takeBackFor = 60_000

/** A new note. Nobody changes it afterwards; another one sets it right. */
export function writeNote(
  written: Pick<Note, 'id' | 'caseId' | 'by'> & { text: string },
  now: Date,
): NoteResult {
  const text = written.text.trim()
  if (text === '') return refuse('note_missing')
  return { ok: true, note: { ...written, text, at: now, takenBackAt: null } }
}

/** Takes a note back; its words are kept nowhere. */
export function takeBackNote(note: Note, by: string, now: Date): NoteResult {
  if (!mayTakeBack(note, by, now)) return refuse('note_stays')
  return { ok: true, note: { ...note, text: null, takenBackAt: now } }
}

/** Until when this person may take the note back; null where they may not. */
export function takeBackUntil(note: Note, by: string, now: Date): Date | null {
  return mayTakeBack(note, by, now) ? later(note.at, takeBackFor) : null
}

function mayTakeBack({ by: author, at, text }: Note, by: string, now: Date): boolean {
  return author === by && text !== null && now < later(at, takeBackFor)
}
