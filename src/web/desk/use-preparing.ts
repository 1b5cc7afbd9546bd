/** Preparing takes prepared words into the text that one is writing; from there they are the person's own. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { CaseForDesk } from '../../contract/desk.ts'
import type { FilledMacro } from '../../contract/macro.ts'
import type { MacroUse } from '../../core/macro.ts'
import { query } from '../api.ts'
import { answerCardId } from './answer-card.tsx'
import { answerIn, checkAnswer, openContested } from './answers.ts'
import { fieldPlace, withPrepared } from './macro-words.ts'
import type { Answering } from './use-answering.ts'
import type { Writing } from './use-writing.ts'
import { wayFormId } from './way-form.tsx'
import { mayDecide } from './writing.ts'

interface Place {
  use: MacroUse
  /** What holds the text box. */
  formId: string
  written: string
  write: (text: string) => void
}

interface Preparing {
  caseId: string
  matter: CaseForDesk | undefined
  answering: Answering
  writing: Writing
}

const usesOfWays = { ask: 'ask', write: 'answer', forward: 'forward' } as const

/** Where there is a text to write: the form that is open, or else the answer that one is at. */
export function usePreparing({ caseId, ...texts }: Preparing) {
  const [openedFor, openFor] = useState<string | null>(null)
  const opened = openedFor === caseId
  const place = placeOf(texts)
  const found = useQuery(
    query.macros.fill.queryOptions({ input: { caseId }, enabled: opened, staleTime: 30_000 }),
  )
  const macros = found.data?.macros.filter(({ use }) => use === place?.use) ?? null
  return {
    /** Answers whether there is a text that they could go to. */
    open: (): boolean => {
      if (place === null) return false
      openFor(caseId)
      return true
    },
    dialog: {
      opened: opened && place !== null,
      onClose: () => openFor(null),
      macros,
      onChoose: ({ text }: Pick<FilledMacro, 'text'>) => {
        if (place === null) return
        openFor(null)
        place.write(withPrepared(place.written, text))
        // Once the dialog is gone and has given the focus back.
        setTimeout(() => focusText(place.formId), 250)
      },
    },
  }
}

function placeOf({ matter, answering, writing }: Omit<Preparing, 'caseId'>): Place | null {
  if (!matter?.heldByMe || matter.state !== 'open') return null
  const { way } = writing
  if (way !== null)
    return {
      use: usesOfWays[way],
      formId: wayFormId,
      written: writing.written[way],
      write: (text) => writing.change({ [way]: text }),
    }
  if (!mayDecide(matter)) return null
  const at = openContested(matter.contested).find(({ number }) => number === answering.at)
  const answerId = matter.check === null ? at?.contested.objection.id : checkAnswer
  if (answerId === undefined) return null
  return {
    use: 'reasons',
    formId: answerCardId(matter.check === null ? answering.at : 1),
    written: answerIn(answering.draft, answerId).reasons,
    write: (text) => answering.change(answerId, { reasons: text }),
  }
}

/** To the first field that nothing filled, so that the next key writes there; or to the end. */
function focusText(formId: string): void {
  const text = document.getElementById(formId)?.querySelector('textarea')
  if (!text) return
  text.focus()
  const place = fieldPlace(text.value) ?? { start: text.value.length, end: text.value.length }
  text.setSelectionRange(place.start, place.end)
}
