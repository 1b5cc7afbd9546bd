/** What was done last, above the next case: with the way to take it back while its minute runs, then what became of it. */
import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import caseStyles from './case.module.css'
import { keepDraft } from './drafts.ts'
import { forgetTold, toldNow, toldWords, useTold, type Told } from './told.ts'
import { UndoDecision } from './undo-decision.tsx'
import { useDeskCase } from './use-desk.ts'
import { useNow } from './use-now.ts'

/** Said aloud when it appears; nothing of the case that is open itself. */
export function ToldNote({ caseId }: { caseId: string | null }) {
  const all = useTold()
  const now = useNow(all.some(({ undoUntil }) => undoUntil !== null))
  const told = toldNow(all, now).filter((each) => each.caseId !== caseId)
  return (
    <div role="status">
      {told.map((each) =>
        each.undoUntil === null ? (
          <p key={each.caseId} className={caseStyles.told} data-kept="true">
            {each.did}: “{each.title}”{each.words}. <LookAtIt caseId={each.caseId} />
          </p>
        ) : (
          <Undoable key={each.caseId} told={each} isOver={new Date(each.undoUntil) <= now} />
        ),
      )}
    </div>
  )
}

/** Follows the case until what was decided counts, and then says what came of it. */
function Undoable({ told, isOver }: { told: Told; isOver: boolean }) {
  const navigate = useNavigate()
  const { data } = useDeskCase(told.caseId)
  const state = data?.state
  useEffect(() => {
    // Taken back elsewhere, such as in another tab: then there is nothing to tell any more.
    if (state === 'open') forgetTold(told.caseId)
    if (state === 'restoring' || state === 'answered' || state === 'closed')
      keepDraft(told.caseId, null)
  }, [state, told.caseId])
  if (!isOver) {
    return (
      <div className={caseStyles.undoBar}>
        <p>
          <strong>Decided. Nobody has been told yet.</strong> “{told.title}”, {told.words}.
        </p>
        <UndoDecision
          caseId={told.caseId}
          until={told.undoUntil ?? ''}
          onUndone={() =>
            void navigate({
              to: '/desk/cases/$caseId',
              params: { caseId: told.caseId },
              search: true,
            })
          }
        />
      </div>
    )
  }
  const isGiven = data === undefined || state === 'deciding' || state === 'open'
  return (
    <p className={caseStyles.told}>
      {told.did}: “{told.title}”, {isGiven ? told.words : toldWords(data)}.{' '}
      <LookAtIt caseId={told.caseId} />
    </p>
  )
}

function LookAtIt({ caseId }: { caseId: string }) {
  return (
    <Link className="link" to="/desk/cases/$caseId" params={{ caseId }} search={true}>
      Look at it
    </Link>
  )
}
