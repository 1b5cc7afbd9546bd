/** Evidence that is being looked at: which file of a case lies open, if any. */
import { useState } from 'react'

export interface EvidenceView {
  /** The place of the open file; null while none is. */
  at: number | null
  open: (place: number) => void
  close: () => void
}

/** Nothing lies open at first, and nothing of another case does. */
export function useEvidence(caseId: string): EvidenceView {
  const [last, show] = useState<{ caseId: string; at: number | null }>({ caseId, at: null })
  return {
    at: last.caseId === caseId ? last.at : null,
    open: (at) => show({ caseId, at }),
    close: () => show({ caseId, at: null }),
  }
}
