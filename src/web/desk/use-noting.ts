/** Noting is the state of the note being written for colleagues: kept in this tab until it is sent. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { apiOnce } from '../api.ts'
import { useOnceKey } from '../parts/once.ts'
import { keepNote, keptNote } from './drafts.ts'
import { useReplaced } from './use-desk.ts'

export interface Noting {
  isOpen: boolean
  open: () => void
  close: () => void
  text: string
  change: (text: string) => void
  send: () => void
  isTried: boolean
  isSending: boolean
  error: Error | null
}

interface Kept {
  caseId: string
  text: string
  isOpen: boolean
  isTried: boolean
}

function begin(caseId: string): Kept {
  const text = keptNote(caseId)
  return { caseId, text, isOpen: text !== '', isTried: false }
}

/** Another case brings its own; one that was begun is open again. */
export function useNoting(caseId: string, onOpen: () => void): Noting {
  const [last, setKept] = useState(() => begin(caseId))
  const kept = last.caseId === caseId ? last : begin(caseId)
  if (kept !== last) setKept(kept)
  const replace = useReplaced()
  const keyOf = useOnceKey()
  const alter = (of: string, part: Partial<Kept>) =>
    setKept((before) => (before.caseId === of ? { ...before, ...part } : before))
  const send = useMutation({
    mutationFn: (note: { caseId: string; text: string }) =>
      apiOnce(keyOf(note)).desk.writeNote(note),
    onSuccess: async (changed, note) => {
      keepNote(note.caseId, '')
      alter(note.caseId, { text: '', isOpen: false, isTried: false })
      await replace(changed)
    },
  })
  return {
    isOpen: kept.isOpen,
    open: () => {
      alter(caseId, { isOpen: true })
      onOpen()
    },
    close: () => alter(caseId, { isOpen: false, isTried: false }),
    text: kept.text,
    change: (text) => {
      keepNote(caseId, text)
      alter(caseId, { text })
    },
    send: () => {
      alter(caseId, { isTried: true })
      const text = kept.text.trim()
      if (text !== '' && !send.isPending) send.mutate({ caseId, text })
    },
    isTried: kept.isTried,
    isSending: send.isPending,
    error: send.variables?.caseId === caseId ? send.error : null,
  }
}
