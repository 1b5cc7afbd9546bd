/** Drafts are answers being written, kept in this tab so that looking at another case loses nothing. */
import { z } from 'zod'

const DraftAnswers = z.record(
  z.string(),
  z.object({ power: z.enum(['grant', 'narrow', 'deny']).nullable(), reasons: z.string() }),
)
type DraftAnswers = z.infer<typeof DraftAnswers>

const name = (caseId: string) => `recourse.draft.${caseId}`

/** What was written for a case in this tab; nothing when there is nothing readable. */
export function keptDraft(caseId: string): DraftAnswers {
  try {
    const kept = DraftAnswers.safeParse(JSON.parse(sessionStorage.getItem(name(caseId)) ?? '{}'))
    return kept.success ? kept.data : {}
  } catch {
    // No storage, or not JSON: the form simply starts empty.
    return {}
  }
}

/** Keeps a draft until the case is decided; null forgets it. */
export function keepDraft(caseId: string, draft: DraftAnswers | null): void {
  try {
    if (draft === null) sessionStorage.removeItem(name(caseId))
    else sessionStorage.setItem(name(caseId), JSON.stringify(draft))
  } catch {
    // Without storage the draft lives as long as the page.
  }
}
