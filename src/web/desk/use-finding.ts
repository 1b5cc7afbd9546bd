/** Finding is the state of what one says of a complaint: what is so, why, and in which words its reporter hears it. */
import { useState } from 'react'
import type { CaseForDesk } from '../../contract/desk.ts'
import type { ComplaintFinding } from '../../core/complaint.ts'
import type { CaseChanges } from './use-desk.ts'

export interface FindingDraft {
  finding: ComplaintFinding | null
  /** For the seller, and for the reporter. */
  reasons: string
  words: string
  /** Whether what is refuted was manifestly unfounded. */
  isUnfounded: boolean
}

const empty: FindingDraft = { finding: null, reasons: '', words: '', isUnfounded: false }

export interface Finding {
  draft: FindingDraft
  change: (part: Partial<FindingDraft>) => void
  /** What still keeps it from being said; empty where nothing does. */
  missing: string[]
  wasTried: boolean
  /** Says it; `done` runs when it is stored. Answers whether it was sent. */
  send: (done: (changed: CaseForDesk) => void) => boolean
}

/** Keeps a draft for each case in this tab; another case begins with its own. */
export function useFinding(
  caseId: string,
  matter: CaseForDesk | undefined,
  changes: CaseChanges,
): Finding {
  const [drafts, setDrafts] = useState<Record<string, FindingDraft>>({})
  const [tried, setTried] = useState<string | null>(null)
  const draft = drafts[caseId] ?? empty
  const missing = missingFrom(draft)
  return {
    draft,
    missing,
    wasTried: tried === caseId,
    change: (part) => setDrafts((all) => ({ ...all, [caseId]: { ...draft, ...part } })),
    send: (done) => {
      const { finding, reasons, words, isUnfounded } = draft
      setTried(caseId)
      if (finding === null || missing.length > 0) return false
      if (!matter?.allowed.includes('find') || changes.find.isPending) return false
      changes.find.mutate(
        {
          finding,
          reasons: reasons.trim(),
          words: words.trim(),
          isUnfounded: isUnfounded && finding === 'refuted',
        },
        {
          onSuccess: (changed) => {
            setTried(null)
            done(changed)
          },
        },
      )
      return true
    },
  }
}

/** What is missing, in sentences. */
export function missingFrom({
  finding,
  reasons,
  words,
}: Pick<FindingDraft, 'finding' | 'reasons' | 'words'>): string[] {
  return [
    ...(finding === null ? ['Say what you found.'] : []),
    ...(reasons.trim() === '' ? ['The seller needs your reasons.'] : []),
    ...(words.trim() === '' ? ['The reporter needs words of their own.'] : []),
  ]
}
