/** The way to take a decision back within its minute: a button that counts the seconds, and Z. */
import { Button } from '@mantine/core'
import { ProblemNote } from '../parts/problem-note.tsx'
import { DeskKey } from './desk-key.tsx'
import { forgetTold } from './told.ts'
import { useUndo } from './use-desk.ts'
import { useDeskKeys } from './use-desk-keys.ts'
import { secondsUntil, useNow } from './use-now.ts'

interface UndoDecisionProps {
  caseId: string
  until: string
  /** Runs when the case is in one's hands again. */
  onUndone?: () => void
}

/** "Undo (43 s)"; it goes by itself when nothing is left. */
export function UndoDecision({ caseId, until, onUndone }: UndoDecisionProps) {
  const now = useNow(true)
  const undo = useUndo(caseId)
  const left = secondsUntil(until, now)
  const takeBack = () => {
    if (left === 0 || undo.isPending) return false
    undo.mutate(undefined, {
      onSuccess: () => {
        forgetTold(caseId)
        onUndone?.()
      },
    })
    return true
  }
  useDeskKeys((command) => command.do === 'undo' && takeBack())
  return (
    <>
      {left > 0 && (
        <Button loading={undo.isPending} onClick={takeBack}>
          Undo
          {/* It stands in a place that is read aloud when it changes, and nobody wants to hear each second. */}
          <span className="figures" style={{ marginLeft: 4 }} aria-hidden="true">
            ({left} s)
          </span>
          <span style={{ marginLeft: 8 }}>
            <DeskKey keys={['Z']} />
          </span>
        </Button>
      )}
      {undo.error && <ProblemNote error={undo.error} />}
    </>
  )
}
