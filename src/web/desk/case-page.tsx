/** A case on the desk: the queue at the left, the case in the middle, the decision at the right. */
import { useNavigate, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { CaseForDesk } from '../../contract/desk.ts'
import { deskInSentence } from '../../core/holding.ts'
import { switchBlur } from '../parts/blur.ts'
import { Pending } from '../parts/pending.tsx'
import { Moment, TimeProvider } from '../parts/time.tsx'
import { useEvidence, type EvidenceView } from '../parts/use-evidence.ts'
import { answerCardId } from './answer-card.tsx'
import { barredWords } from './answers.ts'
import { BesideCase } from './beside-case.tsx'
import { CaseCalls } from './case-calls.tsx'
import { CaseHead } from './case-head.tsx'
import { CaseLetters } from './case-letters.tsx'
import { CaseNotes, noteFieldId } from './case-notes.tsx'
import { Evidence, SellerPast, Sent, Thread } from './case-past.tsx'
import { CheckView } from './check-view.tsx'
import { ClaimView } from './claim-view.tsx'
import { ComplaintView } from './complaint-view.tsx'
import { ContestedView } from './contested-view.tsx'
import { DecisionPane } from './decision-pane.tsx'
import { useDeskFilter } from './desk-filter.ts'
import { findingFormId } from './finding-form.tsx'
import { focusAnswer, focusFirst, Frame, panes } from './frame.tsx'
import type { DeskCommand } from './keys.ts'
import { NothingWaits } from './nothing-waits.tsx'
import { PreparedWords } from './prepared-words.tsx'
import { PresenceLine } from './presence-line.tsx'
import { meanToHold, wasMeantToHold } from './opening.ts'
import { stepInQueue } from './queue-order.ts'
import { QueuePane } from './queue-pane.tsx'
import { RepairView } from './repair-view.tsx'
import { SimilarCase } from './similar-case.tsx'
import { SimilarCases } from './similar-cases.tsx'
import { StaffPage } from './staff-page.tsx'
import { givenWords, tell } from './told.ts'
import { ToldNote } from './told-note.tsx'
import { useAnswering } from './use-answering.ts'
import { useCaseChanges, useDeskCase, useQueue } from './use-desk.ts'
import { useFinding } from './use-finding.ts'
import { useLooking } from './use-looking.ts'
import { useNoting, type Noting } from './use-noting.ts'
import { usePreparing } from './use-preparing.ts'
import { usePresence } from './use-presence.ts'
import { usePull } from './use-pull.ts'
import { useWriting } from './use-writing.ts'
import { wayFormId } from './way-form.tsx'
import { mayDecide, type Way } from './writing.ts'

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
  const pull = usePull(desk)
  const matter = found.data
  const answering = useAnswering(caseId, matter, changes)
  const finding = useFinding(caseId, matter, changes)
  const writing = useWriting(caseId, matter, changes)
  const looking = useLooking(caseId)
  const evidence = useEvidence(caseId)
  // The form is drawn first; only then there is a field to write in.
  const noting = useNoting(caseId, () => requestAnimationFrame(() => focusAnswer(noteFieldId)))
  const others = usePresence(caseId)
  const preparing = usePreparing({ caseId, matter, answering, writing })

  const cases = queue.data?.cases ?? []
  const mayTake = matter !== undefined && canTake(matter) && !changes.take.isPending
  const isMine = matter !== undefined && matter.heldByMe && matter.state === 'open'
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

  const find = () => {
    const wasSent = finding.send((found) => {
      tell({
        caseId,
        title: found.title,
        did: 'Found',
        words: '; both sides are told',
        undoUntil: found.pending?.until ?? null,
      })
      pull.next()
    })
    if (!wasSent) focusAnswer(findingFormId)
  }
  const decide = () => {
    if (matter?.allowed.includes('find')) return find()
    const { draft } = answering
    const wasSent = answering.send((decided) => {
      tell({
        caseId,
        title: decided.title,
        did: 'Decided',
        words: givenWords(decided, draft),
        undoUntil: decided.pending?.until ?? null,
      })
      pull.next()
    })
    const lacking = answering.missing[0]
    if (!wasSent && matter && lacking) focusAnswer(cardOf(matter, lacking.objectionId))
  }
  const send = () => {
    const wasSent = writing.send((changed, way) => {
      tell({ caseId, title: changed.title, undoUntil: null, ...wayTold(way, changed) })
      // A message in an appeal ends nothing: the case is still in one's hands.
      if (!changed.heldByMe) pull.next()
    })
    if (!wasSent && writing.missing !== null) focusAnswer(wayFormId)
  }
  const openWay = (way: Way): boolean => {
    looking.close()
    if (!isMine || !writing.go(way)) return false
    // The form is drawn first; only then there is a field to write in.
    requestAnimationFrame(() => focusAnswer(wayFormId))
    return true
  }

  const obey = (command: DeskCommand): boolean => {
    switch (command.do) {
      case 'next':
      case 'previous': {
        const to = stepInQueue(cases, caseId, command.do === 'next' ? 1 : -1)
        if (to !== null && to !== caseId)
          void navigate({ to: '/desk/cases/$caseId', params: { caseId: to }, search: true })
        return true
      }
      case 'open':
        if (mayTake) take()
        else if (matter !== undefined && matter.state !== 'open') pull.next()
        else return false
        return true
      case 'pull':
        pull.next()
        return true
      case 'release':
        if (matter?.heldByMe) changes.release.mutate()
        return true
      case 'choose': {
        if (!isMine || !mayDecide(matter)) return false
        looking.close()
        writing.back()
        if (matter.allowed.includes('find')) {
          finding.change({ finding: foundBy[command.power] })
          requestAnimationFrame(() => focusAnswer(findingFormId))
          return true
        }
        const chosen = answering.choose(command.power)
        if (chosen !== null) requestAnimationFrame(() => focusAnswer(cardOf(matter, chosen)))
        return true
      }
      case 'ask':
      case 'write':
      case 'forward':
        return openWay(command.do)
      case 'similar':
        return looking.toggle(matter)
      case 'note':
        if (!matter?.allowed.includes('note')) return false
        noting.open()
        return true
      case 'macro':
        return preparing.open()
      case 'objection':
        answering.goTo(command.number)
        document.getElementById(`objection-${command.number}`)?.scrollIntoView({ block: 'start' })
        focusFirst(answerCardId(command.number))
        return true
      case 'listing':
        if (matter?.contested.some(({ now }) => now !== null)) looking.toggleNow()
        return true
      case 'evidence':
        if (matter === undefined || matter.files.length === 0) return false
        evidence.open(0)
        return true
      case 'blur':
        switchBlur()
        return true
      case 'decide':
        if (!isMine) return true
        if (writing.way !== null) send()
        else if (mayDecide(matter)) decide()
        return true
      case 'back':
        return looking.close() || writing.back()
      case 'undo':
      case 'help':
      case 'queue':
      case 'pick':
      case 'together':
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
            {(data) => (
              <CaseView
                matter={data}
                showsNow={looking.showsNow}
                onSwitch={looking.toggleNow}
                evidence={evidence}
                noting={noting}
                others={others}
              />
            )}
          </Pending>
        }
        decision={
          <>
            <ToldNote caseId={caseId} />
            <NothingWaits pull={pull} />
            <PreparedWords {...preparing.dialog} />
            {matter &&
              (looking.past !== null ? (
                <SimilarCase caseId={looking.past} onClose={looking.close} />
              ) : (
                <>
                  {matter.contested.length > 0 && (
                    <SimilarCases
                      similar={matter.similar}
                      showsAll={looking.showsAll}
                      onToggle={() => looking.toggle(matter)}
                      onOpen={looking.open}
                    />
                  )}
                  <DecisionPane
                    matter={matter}
                    answering={answering}
                    finding={finding}
                    writing={writing}
                    changes={changes}
                    onDecide={decide}
                    onSend={send}
                    onWay={openWay}
                    onPrepare={preparing.open}
                    onNext={pull.next}
                    onReload={() => void found.refetch()}
                  />
                </>
              ))}
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
  evidence,
  noting,
  others,
}: {
  matter: CaseForDesk
  showsNow: boolean
  onSwitch: () => void
  evidence: EvidenceView
  noting: Noting
  others: Parameters<typeof PresenceLine>[0]['others']
}) {
  const several = matter.contested.length > 1
  return (
    <>
      <PresenceLine others={others} />
      <CaseHead matter={matter} />
      <CaseNotes matter={matter} noting={noting} />
      <CaseCalls matter={matter} />
      {matter.letters.length > 0 && <CaseLetters matter={matter} />}
      {matter.claim && <ClaimView matter={matter} claim={matter.claim} />}
      {matter.repair && <RepairView repair={matter.repair} />}
      {matter.contested.map((contested, place) => (
        <div key={contested.objection.id} id={`objection-${place + 1}`}>
          <ContestedView
            contested={contested}
            number={several ? place + 1 : null}
            showsNow={showsNow}
            onSwitch={onSwitch}
            files={matter.files}
            evidence={evidence}
            repair={matter.repair}
          />
        </div>
      ))}
      {matter.complaint && <ComplaintView matter={matter} complaint={matter.complaint} />}
      {matter.check && <CheckView check={matter.check} />}
      {matter.contested.length === 0 && matter.check === null && <Thread thread={matter.thread} />}
      {matter.beside && matter.kind !== 'complaint' && (
        <BesideCase matter={matter} beside={matter.beside} />
      )}
      {(matter.kind === 'appeal' || matter.files.length > 0) && (
        <Evidence files={matter.files} view={evidence} />
      )}
      {(matter.contested.length > 0 || matter.check !== null) && <Thread thread={matter.thread} />}
      <Sent notices={matter.notices} />
      {matter.letters.length === 0 && <CaseLetters matter={matter} />}
      {matter.seller && <SellerPast seller={matter.seller} />}
    </>
  )
}

/** The keys that choose an answer choose what was found, in the order in which they stand. */
const foundBy = { grant: 'confirmed', narrow: 'refuted', deny: 'undetermined' } as const

function canTake(matter: CaseForDesk): boolean {
  return (
    matter.state === 'open' &&
    matter.heldBy === null &&
    matter.allowed.includes('take') &&
    barredWords(matter) === null
  )
}

/** What a way did, as the next case is opened with it. */
function wayTold(way: Way, changed: CaseForDesk): { did: string; words: string } {
  switch (way) {
    case 'ask':
      return { did: 'Asked', words: ', and our clock stands still' }
    case 'write':
      return changed.heldByMe
        ? { did: 'Sent', words: '; the case is still yours' }
        : { did: 'Answered', words: '; the seller is told' }
    case 'forward':
      return { did: 'Forwarded', words: ` to ${deskInSentence(changed.deskTitle)}` }
  }
}

/** The card that answers an objection; a check has only one. */
function cardOf(matter: CaseForDesk, objectionId: string): string {
  const place = matter.contested.findIndex(({ objection }) => objection.id === objectionId)
  return answerCardId(Math.max(0, place) + 1)
}
