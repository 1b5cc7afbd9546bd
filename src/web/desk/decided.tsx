/** What became of a case once it is decided: each outcome, and whether the shop shows it yet. */
import { Button } from '@mantine/core'
import type { Restoration } from '../../contract/case.ts'
import type { CaseForDesk } from '../../contract/desk.ts'
import { Tag } from '../parts/measure-tag.tsx'
import { Due, Past } from '../parts/time.tsx'
import { outcomeWords } from './contested-view.tsx'
import { DeskKey } from './desk-key.tsx'
import caseStyles from './case.module.css'
import { outcomeTone } from './state-words.ts'
import { UndoDecision } from './undo-decision.tsx'
import { secondsUntil, useNow } from './use-now.ts'

/** What is so of a case that no desk is asked to decide now, and the way to the next. */
export function Decided({ matter, onNext }: { matter: CaseForDesk; onNext: () => void }) {
  return (
    <>
      <h2 className={caseStyles.paneTitle}>{titleOf(matter)}</h2>
      {matter.pending && <PendingWords matter={matter} pending={matter.pending} />}
      {matter.ask && <AskWords matter={matter} ask={matter.ask} />}
      <ul className={caseStyles.outcomes}>
        {matter.contested
          .filter(({ objection }) => objection.outcome !== null)
          .map(({ objection }) => (
            <li key={objection.id}>
              {objection.outcome !== null && (
                <Tag tone={outcomeTone(objection.outcome)}>{outcomeWords[objection.outcome]}</Tag>
              )}{' '}
              {objection.tag}, {objection.decisionNumber}
              {objection.answer !== null && <p className="written">{objection.answer}</p>}
              {objection.answeredBy !== null && <p className="third">{objection.answeredBy}</p>}
            </li>
          ))}
        {matter.check?.conclusion != null && (
          <li>
            <Tag tone={matter.check.conclusion === 'cleared' ? 'green' : 'red'}>
              {concludedWords(matter.check)}
            </Tag>{' '}
            {matter.check.effects[matter.check.conclusion]}
          </li>
        )}
      </ul>
      {matter.restoration !== null && (
        <p className="second">
          <RestorationWords restoration={matter.restoration} />
        </p>
      )}
      <div className="buttons" style={{ marginTop: 16 }}>
        <Button variant={matter.pending?.byMe ? 'default' : 'filled'} onClick={onNext}>
          Take the next case
          <span style={{ marginLeft: 8 }}>
            <DeskKey keys={['X']} />
          </span>
        </Button>
      </div>
    </>
  )
}

/** Within its minute: who decided, how long it can still be taken back, and for whoever may, the way to do it. */
function PendingWords({
  matter,
  pending,
}: {
  matter: CaseForDesk
  pending: NonNullable<CaseForDesk['pending']>
}) {
  const now = useNow(true)
  const left = secondsUntil(pending.until, now)
  return (
    <div className={caseStyles.undoBar}>
      <p>
        {pending.byMe ? 'You' : pending.by} decided it, and nobody has been told yet.{' '}
        {left > 0 ? (
          <>
            It counts in{' '}
            <span className="figures" role="timer">
              {left} s
            </span>
            .
          </>
        ) : (
          'It counts now.'
        )}
      </p>
      {pending.byMe && <UndoDecision caseId={matter.id} until={pending.until} />}
    </div>
  )
}

function AskWords({ matter, ask }: { matter: CaseForDesk; ask: NonNullable<CaseForDesk['ask']> }) {
  return (
    <>
      <p className="second">
        {ask.by} asked <Past at={ask.at} />:
      </p>
      <blockquote className={`written ${caseStyles.quote}`}>{ask.question}</blockquote>
      <p className="second">
        Our clock stands still until <Due at={ask.until} />. If nothing comes by then,{' '}
        {matter.deskTitle} goes on with what there is; silence never counts against the seller.
      </p>
    </>
  )
}

function titleOf(matter: CaseForDesk): string {
  const isAppeal = matter.contested.length > 0
  switch (matter.state) {
    case 'deciding':
      return 'It is decided, and can be undone.'
    case 'asking':
      return 'It waits for the seller.'
    case 'restoring':
      return 'It is decided. The shop is being read back.'
    case 'answered':
      return isAppeal
        ? 'It is answered. The seller can still ask another desk.'
        : 'It is answered. The seller can still write again.'
    case 'closed':
      if (matter.joinedTo !== null) return `It goes on as appeal ${matter.joinedTo.number}.`
      return isAppeal || matter.check !== null ? 'It is decided and closed.' : 'It is over.'
    case 'open':
      return 'It is open.'
  }
}

function concludedWords({ conclusion, account }: NonNullable<CaseForDesk['check']>): string {
  if (conclusion === 'cleared') return 'Nothing wrong'
  return account === null ? 'The rule was right' : 'A measure was right'
}

function RestorationWords({ restoration }: { restoration: Restoration }) {
  switch (restoration.state) {
    case 'back':
      return (
        <>
          Seen back in the shop
          {restoration.seenAt !== null && (
            <>
              , <Past at={restoration.seenAt} />
            </>
          )}
          .
        </>
      )
    case 'not-in-shop':
      return <>The shop does not have this listing any more, so there is nothing to put back.</>
    case 'not-yet-back':
      return (
        <>
          Not yet back. The shop was told <Past at={restoration.since} />, and we read it back until
          it agrees.
        </>
      )
  }
}
