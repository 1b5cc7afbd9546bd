/** The right pane of the desk: the form for whoever holds the case, and otherwise why there is none. */
import { Button } from '@mantine/core'
import type { CaseForDesk } from '../../contract/desk.ts'
import { ProblemNote } from '../parts/problem-note.tsx'
import { Moment } from '../parts/time.tsx'
import { barredWords } from './answers.ts'
import caseStyles from './case.module.css'
import { Decided } from './decided.tsx'
import { DecisionForm } from './decision-form.tsx'
import { DeskKey } from './desk-key.tsx'
import { OpinionPane } from './opinion-pane.tsx'
import type { Answering } from './use-answering.ts'
import { FindingForm } from './finding-form.tsx'
import type { CaseChanges } from './use-desk.ts'
import type { Finding } from './use-finding.ts'
import type { Writing } from './use-writing.ts'
import { WayButtons } from './way-buttons.tsx'
import { WayForm } from './way-form.tsx'
import { mayDecide, type Way } from './writing.ts'

interface DecisionPaneProps {
  matter: CaseForDesk
  answering: Answering
  finding: Finding
  writing: Writing
  changes: CaseChanges
  onDecide: () => void
  onSend: () => void
  onWay: (way: Way) => void
  onPrepare: () => void
  onNext: () => void
  onReload: () => void
}

/** One thing at a time: barred, decided, held by somebody else, free to take, or the form. */
export function DecisionPane({
  matter,
  answering,
  finding,
  writing,
  changes,
  onDecide,
  onSend,
  onWay,
  onPrepare,
  onNext,
  onReload,
}: DecisionPaneProps) {
  if (matter.claim?.proving)
    return (
      <>
        <OpinionPane key={matter.id} matter={matter} proving={matter.claim.proving} />
        <HoldingClaim
          matter={matter}
          writing={writing}
          changes={changes}
          onSend={onSend}
          onWay={onWay}
          onPrepare={onPrepare}
        />
      </>
    )
  if (matter.state !== 'open') return <Decided matter={matter} onNext={onNext} />
  const barred = barredWords(matter)
  if (barred !== null) return <NoForm title="Somebody else decides this one." words={barred} />
  if (matter.heldByMe) {
    const { way } = writing
    return (
      <>
        {way !== null ? (
          <WayForm
            matter={matter}
            way={way}
            writing={writing}
            error={changes[way].error ?? changes.release.error}
            isSending={changes[way].isPending}
            onSend={onSend}
            onPrepare={onPrepare}
          />
        ) : matter.allowed.includes('find') ? (
          <FindingForm
            matter={matter}
            finding={finding}
            error={changes.find.error ?? changes.release.error}
            isSending={changes.find.isPending}
            onFind={onDecide}
            onReload={onReload}
          />
        ) : mayDecide(matter) ? (
          <DecisionForm
            matter={matter}
            answering={answering}
            error={changes.decide.error ?? changes.conclude.error ?? changes.release.error}
            isSending={changes.decide.isPending || changes.conclude.isPending}
            onDecide={onDecide}
            onPrepare={onPrepare}
            onReload={onReload}
          />
        ) : (
          <NoForm
            title="This desk can do nothing more with it."
            words="When its time is up, the procedure goes on by itself."
          />
        )}
        <WayButtons
          matter={matter}
          writing={writing}
          onWay={onWay}
          onRelease={() => changes.release.mutate()}
        />
      </>
    )
  }
  const problem = changes.take.error && (
    <ProblemNote error={changes.take.error} onRetry={onReload} />
  )
  if (matter.heldBy !== null) {
    return (
      <>
        <NoForm title={`${matter.heldBy} holds this case.`}>
          {matter.heldUntil !== null && (
            <>
              Until <Moment at={matter.heldUntil} />, unless it is released or decided before. Then
              you can take it.
            </>
          )}
        </NoForm>
        {problem}
      </>
    )
  }
  if (!matter.allowed.includes('take'))
    return (
      <NoForm
        title={`This case is at ${matter.deskTitle}.`}
        words="You do not staff that desk, so you can read it but not decide it."
      />
    )
  return (
    <>
      <NoForm
        title="Nobody holds this case."
        words="While you hold it, colleagues see your name beside it. It is yours for 20 minutes, and longer while you write."
      />
      {problem}
      <div className="buttons" style={{ marginTop: 16 }}>
        <Button
          variant="filled"
          loading={changes.take.isPending}
          onClick={() => changes.take.mutate()}
        >
          {mayEnd(matter) ? 'Hold it and decide' : 'Hold it'}
          <span style={{ marginLeft: 8 }}>
            <DeskKey keys={['Enter']} />
          </span>
        </Button>
      </div>
    </>
  )
}

/** Beside what one thinks: a question to the claimant, for whoever holds the case. */
function HoldingClaim({
  matter,
  writing,
  changes,
  onSend,
  onWay,
  onPrepare,
}: Pick<DecisionPaneProps, 'matter' | 'writing' | 'changes' | 'onSend' | 'onWay' | 'onPrepare'>) {
  const { way } = writing
  if (matter.state !== 'open') return null
  if (matter.heldByMe)
    return (
      <div className={caseStyles.besideOpinion}>
        {way !== null && (
          <WayForm
            matter={matter}
            way={way}
            writing={writing}
            error={changes[way].error ?? changes.release.error}
            isSending={changes[way].isPending}
            onSend={onSend}
            onPrepare={onPrepare}
          />
        )}
        <WayButtons
          matter={matter}
          writing={writing}
          onWay={onWay}
          onRelease={() => changes.release.mutate()}
        />
      </div>
    )
  if (!matter.allowed.includes('take') || matter.heldBy !== null) return null
  return (
    <div className={caseStyles.besideOpinion}>
      <p className="second">Holding it lets you ask the claimant, or write to them.</p>
      {changes.take.error && <ProblemNote error={changes.take.error} />}
      <Button
        style={{ marginTop: 8 }}
        loading={changes.take.isPending}
        onClick={() => changes.take.mutate()}
      >
        Hold it
        <span style={{ marginLeft: 8 }}>
          <DeskKey keys={['Enter']} />
        </span>
      </Button>
    </div>
  )
}

/** Before one holds it nothing says what the desk may decide but the powers over each objection. */
function mayEnd({ contested, check, kind }: CaseForDesk): boolean {
  return check !== null || kind === 'complaint' || contested.some(({ powers }) => powers.length > 0)
}

function NoForm({
  title,
  words,
  children,
}: {
  title: string
  words?: string
  children?: React.ReactNode
}) {
  return (
    <>
      <h2 className={caseStyles.paneTitle}>{title}</h2>
      <p className="second" style={{ marginTop: 4 }}>
        {words}
        {children}
      </p>
    </>
  )
}
