/** The decision form: an answer to each objection, or one conclusion of a check, and what still keeps it from being sent. */
import { Button } from '@mantine/core'
import type { CaseForDesk } from '../../contract/desk.ts'
import { ProblemNote, refusalOf } from '../parts/problem-note.tsx'
import { AnswerCard } from './answer-card.tsx'
import {
  answerIn,
  checkAnswer,
  conclusionWords,
  openContested,
  powerWords,
  proposalWords,
} from './answers.ts'
import { DeskKey } from './desk-key.tsx'
import { PrepareButton } from './prepare-button.tsx'
import caseStyles from './case.module.css'
import type { Answering } from './use-answering.ts'

interface DecisionFormProps {
  matter: CaseForDesk
  answering: Answering
  /** What came back instead of an answer. */
  error: Error | null
  isSending: boolean
  onDecide: () => void
  onPrepare: () => void
  onReload: () => void
}

/** Decide is always there to be pressed; while something is missing, pressing it says what. */
export function DecisionForm({
  matter,
  answering,
  error,
  isSending,
  onDecide,
  onPrepare,
  onReload,
}: DecisionFormProps) {
  const { missing, wasTried } = answering
  return (
    <>
      <h2 className={caseStyles.paneTitle}>{matter.check ? 'Your conclusion' : 'Your decision'}</h2>
      <p className="second">
        {matter.check
          ? 'Your reasons are kept with the check.'
          : `The ${matter.claim === null ? 'seller' : 'claimant'} reads every answer below, with your first name.`}
      </p>
      <PrepareButton onPrepare={onPrepare} />
      {matter.check ? (
        <Conclusion check={matter.check} answering={answering} />
      ) : (
        <Answers matter={matter} answering={answering} />
      )}
      <div className={caseStyles.decide}>
        {error !== null && <DecideProblem error={error} onReload={onReload} />}
        <div className={caseStyles.decideButtons}>
          <Button
            variant="filled"
            loading={isSending}
            aria-describedby="desk-missing"
            onClick={onDecide}
          >
            Decide and next
            <span style={{ marginLeft: 8 }}>
              <DeskKey keys={['Ctrl', 'Enter']} />
            </span>
          </Button>
        </div>
        <p
          id="desk-missing"
          className={caseStyles.missing}
          role="status"
          data-tried={wasTried || undefined}
        >
          {missing.length === 0
            ? 'Nothing is missing. For a minute you can undo it.'
            : missing.map(({ words }) => words).join(' ')}
        </p>
      </div>
    </>
  )
}

function Answers({ matter, answering }: { matter: CaseForDesk; answering: Answering }) {
  const open = openContested(matter.contested)
  return open.map(({ number, contested }) => {
    const { objection, powers, effects } = contested
    // Only of a repair one may judge the rest.
    if (contested.barred !== null)
      return (
        <p key={objection.id} className="second" style={{ marginBottom: 16 }}>
          {number} {objection.tag}, {objection.decisionNumber}: {contested.barred} It waits here for
          somebody else.
        </p>
      )
    return (
      <AnswerCard
        key={objection.id}
        after={<Alike answering={answering} objectionId={objection.id} />}
        number={number}
        shownNumber={matter.contested.length > 1 ? String(number) : null}
        legend={
          matter.repair !== null
            ? `${objection.tag}, ${objection.decisionNumber}: ${contested.statement.subject.title}`
            : `${objection.tag}, ${objection.decisionNumber}: “${objection.track === 'dispute' ? 'This is a mistake' : 'I have fixed it'}”`
        }
        choices={powers.map((power) => ({ power, ...powerWords[power], effect: effects[power] }))}
        answer={answerIn(answering.draft, objection.id)}
        missing={missingAt(answering, objection.id)}
        placeholder="Why? A sentence or two, in your words"
        onChange={(change) => answering.change(objection.id, change)}
        onFocus={() => answering.goTo(number)}
      />
    )
  })
}

/** The same answer for all that are like this one: first which they are, then by one press. */
function Alike({ answering, objectionId }: { answering: Answering; objectionId: string }) {
  const { power, reasons } = answerIn(answering.draft, objectionId)
  const alike = answering.alike(objectionId)
  if (alike.length === 0 || power === null || reasons.trim() === '') return null
  return (
    <details style={{ marginTop: 8 }}>
      <summary className="link">
        {alike.length === 1 ? 'One more is' : `${alike.length} more are`} like this: the same rule,
        the same measure
      </summary>
      <ul style={{ margin: '8px 0', paddingLeft: 18 }}>
        {alike.map(({ objection, statement }) => (
          <li key={objection.id}>
            {objection.decisionNumber} {statement.subject.title}
          </li>
        ))}
      </ul>
      <Button size="compact-sm" onClick={() => answering.answerAlike(objectionId)}>
        {powerWords[power].button} {alike.length === 1 ? 'it' : 'all of them'} with these words
      </Button>
    </details>
  )
}

function Conclusion({
  check,
  answering,
}: {
  check: NonNullable<CaseForDesk['check']>
  answering: Answering
}) {
  return (
    <AnswerCard
      number={1}
      shownNumber={null}
      legend={legendOf(check)}
      choices={[
        { power: 'grant', ...conclusionWords.grant, effect: check.effects.cleared },
        {
          power: 'deny',
          ...conclusionWords.deny,
          ...(check.account === null ? {} : { button: proposalWords(check.measure) }),
          effect: check.effects.acted,
        },
      ]}
      answer={answerIn(answering.draft, checkAnswer)}
      missing={missingAt(answering, checkAnswer)}
      placeholder={
        check.decisionId === null
          ? check.account === null
            ? 'Why? If you take it down, the seller reads this'
            : 'Why? If a measure follows, the seller reads this'
          : 'Why? A sentence or two, in your words'
      }
      onChange={(change) => answering.change(checkAnswer, change)}
      onFocus={() => answering.goTo(1)}
    />
  )
}

function legendOf({ account, decisionId }: NonNullable<CaseForDesk['check']>): string {
  if (account !== null) return 'Is a measure right for how this account stands?'
  return decisionId === null ? 'What is so with this listing?' : 'Was the rule right to act?'
}

function missingAt({ missing, wasTried }: Answering, objectionId: string): string | undefined {
  return wasTried ? missing.find((each) => each.objectionId === objectionId)?.words : undefined
}

/** A case that moved on is loaded again; what was written stays in the form. */
function DecideProblem({ error, onReload }: { error: Error; onReload: () => void }) {
  const hasMoved = ['wrong_state', 'held_by_another', 'not_your_case', 'not_in_force'].includes(
    refusalOf(error) ?? '',
  )
  return (
    <div style={{ marginBottom: 12 }}>
      <ProblemNote error={error} safe="Nothing was decided, and what you wrote is kept here." />
      {hasMoved && (
        <button type="button" className="link" onClick={onReload}>
          Load the case again
        </button>
      )}
    </div>
  )
}
