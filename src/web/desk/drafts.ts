/** Drafts are what is being written for a case, kept in this tab so that looking at another case loses nothing. */
import { z } from 'zod'
import type { Draft } from './answers.ts'
import { emptyWritten, type Written } from './writing.ts'

const DraftAnswers = z.record(
  z.string(),
  z.object({ power: z.enum(['grant', 'narrow', 'deny']).nullable(), reasons: z.string() }),
)
const DraftWritten = z.object({
  ask: z.string(),
  write: z.string(),
  forward: z.string(),
  to: z.string().nullable(),
})

const DraftOpinion = z.object({
  says: z.enum(['yes', 'no']).nullable(),
  identity: z.enum(['matches', 'differs', 'not-seen']).nullable(),
  reasons: z.string(),
})
export type OpinionDraft = z.infer<typeof DraftOpinion>

const answersOf = (caseId: string) => `recourse.draft.${caseId}`
const opinionOf = (caseId: string) => `recourse.opinion.${caseId}`
const noteOf = (caseId: string) => `recourse.note.${caseId}`
const writtenOf = (caseId: string) => `recourse.written.${caseId}`

/** The answers written for a case in this tab; nothing when there is nothing readable. */
export function keptDraft(caseId: string): Draft {
  return readKept(answersOf(caseId), DraftAnswers) ?? {}
}

/** Keeps the answers until the case is decided; null forgets them. */
export function keepDraft(caseId: string, draft: Draft | null): void {
  keep(answersOf(caseId), draft)
}

/** What was written besides: a question, a message, a reason to forward. */
export function keptWritten(caseId: string): Written {
  return readKept(writtenOf(caseId), DraftWritten) ?? emptyWritten
}

/** Keeps it until it is sent; null forgets it. */
export function keepWritten(caseId: string, written: Written | null): void {
  keep(writtenOf(caseId), written)
}

/** What one is about to say of a claim. */
export function keptOpinion(caseId: string): OpinionDraft {
  return readKept(opinionOf(caseId), DraftOpinion) ?? { says: null, identity: null, reasons: '' }
}

/** Keeps it until it is sent; null forgets it. */
export function keepOpinion(caseId: string, opinion: OpinionDraft | null): void {
  keep(opinionOf(caseId), opinion)
}

/** The note begun for colleagues; nothing when there is none. */
export function keptNote(caseId: string): string {
  return readKept(noteOf(caseId), z.string()) ?? ''
}

/** Keeps it until it is sent. */
export function keepNote(caseId: string, text: string): void {
  keep(noteOf(caseId), text === '' ? null : text)
}

function readKept<Value>(name: string, schema: z.ZodType<Value>): Value | null {
  try {
    const kept = schema.safeParse(JSON.parse(sessionStorage.getItem(name) ?? 'null'))
    return kept.success ? kept.data : null
  } catch {
    // No storage, or not JSON: the form simply starts empty.
    return null
  }
}

function keep(name: string, value: unknown): void {
  try {
    if (value === null) sessionStorage.removeItem(name)
    else sessionStorage.setItem(name, JSON.stringify(value))
  } catch {
    // Without storage it lives as long as the page.
  }
}
