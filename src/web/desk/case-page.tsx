/** A case on the desk: the queue at the left, the case in the middle, the decision at the right. */
import { useNavigate, useParams } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { CaseForDesk } from '../../contract/desk.ts'
import { Pending } from '../parts/pending.tsx'
import { Moment, TimeProvider } from '../parts/time.tsx'
import { answerCardId } from './answer-card.tsx'
import { barredWords } from './answers.ts'
import { CaseHead } from './case-head.tsx'
import { Evidence, SellerPast, Thread } from './case-past.tsx'
import { CheckView } from './check-view.tsx'
import { ContestedView } from './contested-view.tsx'
import { DecisionPane } from './decision-pane.tsx'
import { useDeskFilter } from './desk-filter.ts'
import { focusAnswer, focusFirst, Frame, panes } from './frame.tsx'
import type { DeskCommand } from './keys.ts'
import { meanToHold, wasMeantToHold } from './opening.ts'
import { nextFree, stepInQueue } from './queue-order.ts'
import { QueuePane } from './queue-pane.tsx'
import { StaffPage } from './staff-page.tsx'
import { tell } from './told.ts'
import { ToldNote } from './told-note.tsx'
import { useAnswering } from './use-answering.ts'
import { useCaseChanges, useDeskCase, useQueue } from './use-desk.ts'

/** The page at `/desk/cases/$caseId`. */
export function CasePage() {
  const { caseId = '' } = useParams({ strict: false })
  return <StaffPage>{() => <OpenCase caseId={caseId} />}</StaffPage>
}

function OpenCase({ caseId }: { caseId: string }) {
  const navigate = useNavigate()
  const [desk, showDesk] = useDeskFilter()
  const queue = useQueue(desk)
  const found = useDeskCase(caseId)
  const changes = useCaseChanges(caseId)
  const matter = found.data
  const answering = useAnswering(caseId, matter, changes)
  const [nowShownOf, setNowShownOf] = useState<string | null>(null)
  const showsNow = nowShownOf === caseId

  const cases = queue.data?.cases ?? []
  const next = nextFree(cases, caseId)
  const show = (id: string) =>
    void navigate({ to: '/desk/cases/$caseId', params: { caseId: id }, search: true })
  const open = (id: string) => {
    meanToHold(id)
    show(id)
  }
  const mayTake = matter !== undefined && canTake(matter) && !changes.take.isPending
  const { mutate: take } = changes.take

  useEffect(() => {
    for (const id of [panes.matter, panes.decision])
      document.getElementById(id)?.scrollTo({ top: 0 })
  }, [caseId])
  useEffect(() => {
    if (matter === undefined || !wasMeantToHold(caseId)) return
    if (canTake(matter)) take()
  }, [caseId, matter, take])
  useEffect(() => {
    if (matter) document.title = `${matter.title}: ${matter.holding.who} has it`
  }, [matter])

  const decide = () => {
    const wasSent = answering.send((decided) => {
      tell(decided)
      if (next !== null) open(next)
    })
    const lacking = answering.missing[0]
    if (!wasSent && matter && lacking) focusAnswer(cardOf(matter, lacking.objectionId))
  }
  const toggleNow = () => setNowShownOf(showsNow ? null : caseId)

  const obey = (command: DeskCommand): boolean => {
    switch (command.do) {
      case 'next':
      case 'previous': {
        const to = stepInQueue(cases, caseId, command.do === 'next' ? 1 : -1)
        if (to !== null && to !== caseId) show(to)
        return true
      }
      case 'open':
        if (mayTake) take()
        else if (matter !== undefined && matter.state !== 'open' && next !== null) open(next)
        else return false
        return true
      case 'release':
        if (matter?.heldByMe) changes.release.mutate()
        return true
      case 'choose': {
        if (!matter?.heldByMe || matter.state !== 'open') return false
        const chosen = answering.choose(command.power)
        if (chosen !== null) focusAnswer(cardOf(matter, chosen))
        return true
      }
      case 'objection':
        answering.goTo(command.number)
        document.getElementById(`objection-${command.number}`)?.scrollIntoView({ block: 'start' })
        focusFirst(answerCardId(command.number))
        return true
      case 'listing':
        if (matter?.contested.some(({ now }) => now !== null)) toggleNow()
        return true
      case 'decide':
        if (matter?.heldByMe && matter.state === 'open') decide()
        return true
      case 'undo':
      case 'help':
      case 'queue':
      case 'leave':
        return false
    }
  }

  return (
    <TimeProvider serverNow={queue.data?.now} receivedAt={queue.dataUpdatedAt}>
      <Frame
        obey={obey}
        isCase
        queue={
          <Pending of={queue} what="the queue">
            {(data) => (
              <QueuePane
                queue={data}
                desk={desk}
                onDesk={showDesk}
                at={caseId}
                onOpen={meanToHold}
              />
            )}
          </Pending>
        }
        matter={
          <Pending of={found} what="the case" isPage>
            {(data) => <CaseView matter={data} showsNow={showsNow} onSwitch={toggleNow} />}
          </Pending>
        }
        decision={
          <>
            <ToldNote caseId={caseId} />
            {matter && (
              <DecisionPane
                matter={matter}
                answering={answering}
                changes={changes}
                onDecide={decide}
                onNext={next === null ? null : () => open(next)}
                onReload={() => void found.refetch()}
              />
            )}
          </>
        }
        foot={
          matter?.heldByMe &&
          matter.heldUntil !== null && (
            <>
              You hold this case until <Moment at={matter.heldUntil} />.
            </>
          )
        }
      />
    </TimeProvider>
  )
}

function CaseView({
  matter,
  showsNow,
  onSwitch,
}: {
  matter: CaseForDesk
  showsNow: boolean
  onSwitch: () => void
}) {
  const several = matter.contested.length > 1
  return (
    <>
      <CaseHead matter={matter} />
      {matter.contested.map((contested, place) => (
        <div key={contested.objection.id} id={`objection-${place + 1}`}>
          <ContestedView
            contested={contested}
            number={several ? place + 1 : null}
            showsNow={showsNow}
            onSwitch={onSwitch}
          />
        </div>
      ))}
      {matter.check && <CheckView check={matter.check} />}
      {matter.kind === 'appeal' && <Evidence files={matter.files} />}
      <Thread thread={matter.thread} />
      <SellerPast seller={matter.seller} />
    </>
  )
}

function canTake(matter: CaseForDesk): boolean {
  return (
    matter.state === 'open' &&
    matter.heldBy === null &&
    matter.allowed.includes('take') &&
    barredWords(matter) === null
  )
}

/** The card that answers an objection; a check has only one. */
function cardOf(matter: CaseForDesk, objectionId: string): string {
  const place = matter.contested.findIndex(({ objection }) => objection.id === objectionId)
  return answerCardId(Math.max(0, place) + 1)
}
