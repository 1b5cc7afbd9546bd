/** Bulk as the page keeps it: which cases are chosen, what is to be done with each, what would happen, and the run that does it. */
import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { BulkPreview } from '../../contract/bulk.ts'
import { problemOf } from '../../contract/client.ts'
import type { QueueItem } from '../../contract/queue.ts'
import { mostInBulk, type BulkAction } from '../../core/bulk.ts'
import { api, apiOnce, query } from '../api.ts'
import { problemWords } from '../parts/problem-note.tsx'
import {
  actionOf,
  beginRun,
  keepRun,
  keptRun,
  keyOf,
  nextOf,
  settle,
  type BulkDraft,
  type Run,
} from './bulk.ts'

/** After no answer, or one that asks for patience, the same case is sent again with the same key. */
const patience = 2_000

export interface Bulk {
  /** Nothing is chosen and nothing runs. */
  isIdle: boolean
  picked: readonly string[]
  isPicked: (caseId: string) => boolean
  /** Chooses a case, or no longer. */
  pick: (caseId: string) => void
  draft: BulkDraft
  change: (part: Partial<BulkDraft>) => void
  preview: UseMutationResult<BulkPreview, Error, BulkAction>
  /** What the preview said, as long as nothing was changed since. */
  seen: BulkPreview | null
  look: () => void
  wasTried: boolean
  /** Whether prepared words are being chosen; only where there are words to write. */
  isPreparing: boolean
  prepare: (isOpen: boolean) => boolean
  run: Run | null
  /** Why it waits, when the server did not answer; null while it goes on. */
  waitsBecause: string | null
  begin: () => void
  /** One step on, as Ctrl+Enter does: look first, then do it. Answers whether there was one. */
  goOn: () => boolean
  /** One step back, as Esc does. Answers whether there was one. */
  leave: () => boolean
}

const empty: BulkDraft = { do: 'release', to: null, words: '' }

/** Keeps only cases that are still in the queue; a run goes on by itself, also after the page was loaded anew. */
export function useBulk(cases: readonly Pick<QueueItem, 'id' | 'state'>[]): Bulk {
  const client = useQueryClient()
  const [chosen, choose] = useState<readonly string[]>([])
  const [draft, setDraft] = useState(empty)
  const [wasTried, setTried] = useState(false)
  const [isPreparing, setPreparing] = useState(false)
  const [run, setRun] = useState(keptRun)
  const [waitsBecause, waitBecause] = useState<string | null>(null)
  const picked = chosen.filter((id) => cases.some((each) => each.id === id))
  const preview = useMutation({
    mutationFn: (action: BulkAction) => api.desk.previewBulk({ caseIds: [...picked], action }),
  })

  useEffect(() => {
    const next = run && nextOf(run)
    if (run === null || next === null) return
    let isLeft = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const keep = (settled: Run) => {
      // Kept before it is shown: whatever happens to the page, what was done stays known as done.
      keepRun(settled)
      if (!isLeft) setRun(settled)
    }
    const send = () => {
      const { caseId, action } = next
      apiOnce(keyOf(run, next))
        .desk.doBulk({ caseId, action })
        .then(
          ({ words }) => {
            waitBecause(null)
            keep(settle(run, caseId, { state: 'done', words }))
          },
          (error: unknown) => {
            if (!isAnswer(error)) {
              waitBecause(problemWords(error))
              if (!isLeft) timer = setTimeout(send, patience)
              return
            }
            keep(settle(run, caseId, { state: 'refused', words: problemWords(error) }))
          },
        )
    }
    send()
    return () => {
      isLeft = true
      clearTimeout(timer)
    }
  }, [run])
  const isOver = run !== null && nextOf(run) === null
  useEffect(() => {
    if (isOver) void client.invalidateQueries({ queryKey: query.desk.getQueue.key() })
  }, [client, isOver])

  const change = (part: Partial<BulkDraft>) => {
    setDraft({ ...draft, ...part })
    preview.reset()
  }
  const actionToSend = actionOf(draft)
  const seen = preview.data ?? null
  const look = () => {
    setTried(true)
    if (actionToSend !== null && picked.length > 0 && !preview.isPending)
      preview.mutate(actionToSend)
  }
  const begin = () => {
    if (seen === null) return
    const begun = beginRun(crypto.getRandomValues(new Uint32Array(4)).join('-'), seen)
    if (begun.cases.length === 0) return
    keepRun(begun)
    setRun(begun)
    clear()
  }
  const clear = () => {
    choose([])
    setDraft(empty)
    setTried(false)
    preview.reset()
  }
  const forget = () => {
    keepRun(null)
    setRun(null)
  }
  return {
    isIdle: picked.length === 0 && run === null,
    picked,
    isPicked: (caseId) => picked.includes(caseId),
    pick: (caseId) => {
      if (isOver) forget()
      preview.reset()
      // From what was chosen a moment ago: one key may choose two.
      choose((before) =>
        before.includes(caseId)
          ? before.filter((id) => id !== caseId)
          : [...before, caseId].slice(0, mostInBulk),
      )
    },
    draft,
    change,
    preview,
    seen,
    look,
    wasTried,
    isPreparing,
    prepare: (isOpen) => {
      const mayPrepare = picked.length > 0 && run === null && seen === null
      setPreparing(isOpen && mayPrepare && draft.do !== 'release')
      return mayPrepare && draft.do !== 'release'
    },
    run,
    waitsBecause,
    begin,
    goOn: () => {
      if (run !== null || picked.length === 0) return false
      if (seen === null) look()
      else begin()
      return true
    },
    leave: () => {
      if (run !== null) {
        if (!isOver) return false
        forget()
        return true
      }
      if (seen !== null) preview.reset()
      else if (picked.length > 0) clear()
      else return false
      return true
    },
  }
}

/** Whether it is the answer for this case, and not silence or a request for patience. */
function isAnswer(error: unknown): boolean {
  const problem = problemOf(error)
  if (problem === null || problem.status >= 500) return false
  return !['key_in_use', 'rate_limited', 'not_signed_in'].includes(problem.refusal)
}
