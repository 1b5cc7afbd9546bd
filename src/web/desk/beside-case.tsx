/** Beside a question: what is so of its seller, and the way to let it go on as the appeal that it is. */
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { BesideCase as Beside, CaseForDesk } from '../../contract/desk.ts'
import { ButtonLink, TextLink } from '../parts/button-link.tsx'
import { ProblemNote } from '../parts/problem-note.tsx'
import { Moment, Past } from '../parts/time.tsx'
import caseStyles from './case.module.css'
import { useTurn } from './use-desk.ts'

/** Measures with their statements and cases, then the other cases. */
export function BesideCase({ matter, beside }: { matter: CaseForDesk; beside: Beside }) {
  if (matter.joinedTo !== null)
    return (
      <div className={caseStyles.part}>
        <h2>It goes on as appeal {matter.joinedTo.number}</h2>
        <p className="second" style={{ margin: '4px 0 12px' }}>
          Its words are there, and its seller knows.
        </p>
        <ButtonLink to="/desk/cases/$caseId" params={{ caseId: matter.joinedTo.caseId }}>
          Open {matter.joinedTo.number}
        </ButtonLink>
      </div>
    )
  return (
    <div className={caseStyles.part}>
      <div className={caseStyles.partHead}>
        <h2>What it may be about</h2>
      </div>
      {beside.measures.length === 0 && (
        <p className="second">No measure was ever put on this seller.</p>
      )}
      <ul className={caseStyles.beside}>
        {beside.measures.map((measure) => (
          <MeasureBeside key={measure.decisionId} matter={matter} measure={measure} />
        ))}
        {beside.cases.map(({ id, number, title, words }) => (
          <li key={id}>
            <p>
              <TextLink to="/desk/cases/$caseId" params={{ caseId: id }}>
                {title} {number}
              </TextLink>
            </p>
            <p className="third">{words}</p>
          </li>
        ))}
      </ul>
    </div>
  )
}

function MeasureBeside({
  matter,
  measure,
}: {
  matter: CaseForDesk
  measure: Beside['measures'][number]
}) {
  const [isAsking, setAsking] = useState(false)
  const turn = useTurn(matter.id)
  const mayTurn = matter.allowed.includes('turn') && measure.mayTurn
  const appeal = measure.case
  return (
    <li>
      <p>
        <strong>{measure.standing}</strong>{' '}
        <TextLink to="/desk/statements/$decisionId" params={{ decisionId: measure.decisionId }}>
          Statement {measure.number}
        </TextLink>
      </p>
      <p className="third">
        {measure.policyTitle}, <Past at={measure.takenAt} />
        {appeal && (
          <>
            .{' '}
            <TextLink to="/desk/cases/$caseId" params={{ caseId: appeal.id }}>
              {appeal.number}
            </TextLink>
            : {appeal.words}
          </>
        )}
      </p>
      <p className="second">{measure.why}</p>
      {matter.allowed.includes('turn') && measure.whyNot !== null && (
        <p className="third">{measure.whyNot}</p>
      )}
      {mayTurn && !isAsking && (
        <Button size="xs" style={{ marginTop: 8 }} onClick={() => setAsking(true)}>
          {appeal ? `Add it to ${appeal.number}` : 'Turn it into an appeal'}
        </Button>
      )}
      {mayTurn && isAsking && (
        <div role="group" aria-label="What follows" style={{ marginTop: 8 }}>
          <p className="second">
            What the seller wrote becomes {appeal ? 'a part of' : 'the objection of'} the appeal,
            word for word. This question closes as joined, its seller is told where it went
            {matter.promisedBy !== null && (
              <>
                , and the promise stays: <Moment at={matter.promisedBy} />
              </>
            )}
            .
          </p>
          {turn.isError && (
            <ProblemNote error={turn.error} safe="The question is still here, as it was." />
          )}
          <div className="buttons" style={{ marginTop: 8 }}>
            <Button
              size="xs"
              variant="filled"
              autoFocus
              loading={turn.isPending}
              onClick={() => turn.mutate(measure.decisionId)}
            >
              Yes, {appeal ? 'add it' : 'turn it'}
            </Button>
            <Button size="xs" onClick={() => setAsking(false)}>
              Leave it
            </Button>
          </div>
        </div>
      )}
    </li>
  )
}
