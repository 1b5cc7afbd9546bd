/** Answering is the state of the decision being written: the draft, where one is in it, and sending it. */
import { useEffect, useState } from 'react'
import type { CaseForDesk, ContestedDecision } from '../../contract/desk.ts'
import { nowHere } from '../clock.ts'
import {
  answerIn,
  answersToSend,
  changeAnswer,
  checkAnswer,
  conclusionWords,
  missingAnswers,
  missingConclusion,
  openContested,
  openToReader,
  alikeIn,
  answerAlike,
  type Draft,
  type DraftAnswer,
} from './answers.ts'
import { keepDraft, keptDraft } from './drafts.ts'
import type { Power } from './keys.ts'
import type { CaseChanges } from './use-desk.ts'

/** A hold with less than this left is renewed by whoever goes on writing. */
const renewUnder = 10 * 60_000

export interface Answering {
  draft: Draft
  /** The objection one is at, by its number in the case. */
  at: number
  goTo: (number: number) => void
  change: (objectionId: string, change: Partial<DraftAnswer>) => void
  /** Those of a repair that the same answer could be given to. */
  alike: (objectionId: string) => ContestedDecision[]
  /** Gives them the answer of this one. */
  answerAlike: (objectionId: string) => void
  /** Chooses for the objection one is at; answers its id, or null where that power is not offered. */
  choose: (power: Power) => string | null
  missing: { objectionId: string; words: string }[]
  /** True once the reader tried to decide while something was missing. */
  wasTried: boolean
  /** Sends the answers; `done` runs when they are stored. Answers whether it was sent. */
  send: (done: (decided: CaseForDesk) => void) => boolean
}

interface Kept {
  caseId: string
  draft: Draft
  chosen: number | null
  wasTried: boolean
}

function begin(caseId: string): Kept {
  return { caseId, draft: keptDraft(caseId), chosen: null, wasTried: false }
}

/** Keeps the draft of each case in this tab; another case brings its own. */
export function useAnswering(
  caseId: string,
  matter: CaseForDesk | undefined,
  changes: CaseChanges,
): Answering {
  const [last, setKept] = useState(() => begin(caseId))
  const kept = last.caseId === caseId ? last : begin(caseId)
  if (kept !== last) setKept(kept)
  const isOver = matter?.state === 'restoring' || matter?.state === 'closed'
  useEffect(() => {
    if (isOver) keepDraft(caseId, null)
  }, [caseId, isOver])
  const { draft, chosen, wasTried } = kept
  const alter = (part: Partial<Kept>) =>
    setKept((before) => (before.caseId === caseId ? { ...before, ...part } : before))
  const goTo = (number: number) => alter({ chosen: number })
  const isCheck = matter?.kind === 'check'
  const inParts = matter?.kind === 'repair'
  const open = (inParts ? openToReader : openContested)(matter?.contested ?? [])
  const at = open.find(({ number }) => number === chosen)?.number ?? open[0]?.number ?? 1
  const missing = isCheck
    ? missingConclusion(draft)
    : missingAnswers(matter?.contested ?? [], draft, { inParts })

  const change: Answering['change'] = (objectionId, part) => {
    const next = changeAnswer(draft, objectionId, part)
    alter({ draft: next })
    keepDraft(caseId, next)
    const left =
      matter?.heldUntil == null ? null : new Date(matter.heldUntil).getTime() - nowHere().getTime()
    if (matter?.heldByMe && left !== null && left < renewUnder && !changes.take.isPending)
      changes.take.mutate()
  }

  const alike: Answering['alike'] = (objectionId) =>
    inParts ? alikeIn(matter.contested, draft, objectionId) : []
  const giveAlike: Answering['answerAlike'] = (objectionId) => {
    const next = answerAlike(draft, objectionId, alike(objectionId))
    alter({ draft: next })
    keepDraft(caseId, next)
  }

  const choose: Answering['choose'] = (power) => {
    if (isCheck) {
      if (power === 'narrow') return null
      change(checkAnswer, { power })
      return checkAnswer
    }
    const here = open.find(({ number }) => number === at)?.contested
    if (!here?.powers.includes(power)) return null
    change(here.objection.id, { power })
    return here.objection.id
  }

  const send: Answering['send'] = (done) => {
    alter({ wasTried: true })
    if (
      matter === undefined ||
      missing.length > 0 ||
      changes.decide.isPending ||
      changes.conclude.isPending
    )
      return false
    // The draft stays until what it says counts: whoever takes it back finds it as it was.
    const onSuccess = done
    if (isCheck) {
      const { power, reasons } = answerIn(draft, checkAnswer)
      const { conclusion } = conclusionWords[power === 'deny' ? 'deny' : 'grant']
      changes.conclude.mutate({ conclusion, reasons: reasons.trim() }, { onSuccess })
    } else {
      changes.decide.mutate(answersToSend(matter.contested, draft), { onSuccess })
    }
    return true
  }

  return {
    ...{ draft, at, goTo, change, choose, missing, wasTried, send },
    alike,
    answerAlike: giveAlike,
  }
}
