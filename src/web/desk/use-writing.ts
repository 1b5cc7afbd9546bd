/** Writing is the state of what one does with a case besides deciding it: which way was chosen, and its words. */
import { useState } from 'react'
import type { CaseForDesk } from '../../contract/desk.ts'
import { keepWritten, keptWritten } from './drafts.ts'
import type { CaseChanges } from './use-desk.ts'
import {
  deskChosen,
  endsByAnswer,
  mayDecide,
  missingFrom,
  waysOf,
  type Way,
  type Written,
} from './writing.ts'

export interface Writing {
  written: Written
  change: (part: Partial<Written>) => void
  /** The way whose form is open; null where the decision is. */
  way: Way | null
  /** Whether the form that is open is all there is: a question has nothing to be decided. */
  isMain: boolean
  /** Opens a way's form; answers whether it is offered now. */
  go: (way: Way) => boolean
  /** Back to the decision; answers whether there was anything to leave. */
  back: () => boolean
  missing: string | null
  wasTried: boolean
  /** Sends what the open form holds; `done` runs when it is stored. Answers whether it was sent. */
  send: (done: (changed: CaseForDesk, way: Way) => void) => boolean
}

interface Kept {
  caseId: string
  written: Written
  way: Way | null
  wasTried: boolean
}

function begin(caseId: string): Kept {
  return { caseId, written: keptWritten(caseId), way: null, wasTried: false }
}

/** Keeps what is written for each case in this tab; another case brings its own. */
export function useWriting(
  caseId: string,
  matter: CaseForDesk | undefined,
  changes: CaseChanges,
): Writing {
  const [last, setKept] = useState(() => begin(caseId))
  const kept = last.caseId === caseId ? last : begin(caseId)
  if (kept !== last) setKept(kept)
  const { written, wasTried } = kept
  const alter = (part: Partial<Kept>) =>
    setKept((before) => (before.caseId === caseId ? { ...before, ...part } : before))

  const ways = matter === undefined ? [] : waysOf(matter)
  const main = matter === undefined ? null : mainWay(matter, ways)
  const way = kept.way !== null && ways.includes(kept.way) ? kept.way : main
  const missing = way === null || matter === undefined ? null : missingFrom(way, written, matter)

  const change = (part: Partial<Written>) => {
    const next = { ...written, ...part }
    alter({ written: next })
    keepWritten(caseId, next)
  }
  const go = (to: Way) => {
    if (!ways.includes(to)) return false
    alter({ way: to, wasTried: false })
    return true
  }
  const back = () => {
    if (way === main) return false
    alter({ way: null, wasTried: false })
    return true
  }
  const send: Writing['send'] = (done) => {
    if (way === null || matter === undefined) return false
    alter({ wasTried: true })
    if (missing !== null || changes[way].isPending) return false
    const onSuccess = (changed: CaseForDesk) => {
      // The other words stay: a case that was asked about comes back to be decided.
      const rest = { ...written, [way]: '', ...(way === 'forward' && { to: null }) }
      const isEmpty = rest.ask + rest.write + rest.forward === ''
      alter({ written: rest, way: null, wasTried: false })
      keepWritten(caseId, isEmpty ? null : rest)
      done(changed, way)
    }
    switch (way) {
      case 'ask':
        changes.ask.mutate(written.ask.trim(), { onSuccess })
        break
      case 'write':
        changes.write.mutate(written.write.trim(), { onSuccess })
        break
      case 'forward': {
        const to = deskChosen(written, matter.forwardTo)
        if (to === null) return false
        changes.forward.mutate({ to, reason: written.forward.trim() }, { onSuccess })
      }
    }
    return true
  }

  return { written, change, way, isMain: way === main, go, back, missing, wasTried, send }
}

/** What stands in the place of a decision where there is none to take: the answer, or else handing it on. */
function mainWay(matter: CaseForDesk, ways: readonly Way[]): Way | null {
  if (mayDecide(matter)) return null
  if (endsByAnswer(matter) && ways.includes('write')) return 'write'
  return ways.includes('forward') ? 'forward' : (ways[0] ?? null)
}
