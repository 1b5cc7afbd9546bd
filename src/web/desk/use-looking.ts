/** Looking is what one reads beside a case while deciding it: the listing as it is now, and past cases like it. */
import { useState } from 'react'
import type { CaseForDesk } from '../../contract/desk.ts'
import { focusFirst } from './frame.tsx'
import { similarId } from './similar-cases.tsx'

export interface Looking {
  showsNow: boolean
  toggleNow: () => void
  /** Whether all similar cases are listed, or the most alike alone. */
  showsAll: boolean
  /** Shows all of them or fewer; answers whether there are any. */
  toggle: (matter: CaseForDesk | undefined) => boolean
  /** The past case that is being read; null for none. */
  past: string | null
  open: (caseId: string) => void
  /** Closes the past case; answers whether one was open. */
  close: () => boolean
}

interface Shown {
  caseId: string
  showsNow: boolean
  showsAll: boolean
  past: string | null
}

/** Another case starts with nothing shown beside it. */
export function useLooking(caseId: string): Looking {
  const nothing: Shown = { caseId, showsNow: false, showsAll: false, past: null }
  const [last, setShown] = useState(nothing)
  const shown = last.caseId === caseId ? last : nothing
  const show = (part: Partial<Shown>) => setShown({ ...shown, ...part })
  return {
    ...shown,
    toggleNow: () => show({ showsNow: !shown.showsNow }),
    toggle: (matter) => {
      if (matter === undefined || matter.contested.length === 0) return false
      show({ past: null, showsAll: shown.past !== null || !shown.showsAll })
      requestAnimationFrame(() => focusFirst(similarId))
      return true
    },
    open: (past) => {
      show({ past })
      requestAnimationFrame(() => document.getElementById('desk-past-back')?.focus())
    },
    close: () => {
      if (shown.past === null) return false
      show({ past: null })
      requestAnimationFrame(() => focusFirst(similarId))
      return true
    },
  }
}
