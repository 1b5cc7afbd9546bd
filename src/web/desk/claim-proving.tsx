/** How far a claim is proved: what each proof is worth, when everything was known, and what happens when. */
import { Button, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ProvingForDesk } from '../../contract/desk-claim.ts'
import type { CaseForDesk } from '../../contract/desk.ts'
import { api, query } from '../api.ts'
import { TextLink } from '../parts/button-link.tsx'
import { Tag } from '../parts/measure-tag.tsx'
import { ProblemNote } from '../parts/problem-note.tsx'
import { Due, Past } from '../parts/time.tsx'
import { changesSentence } from '../public/claim-words.ts'
import caseStyles from './case.module.css'
import { ClaimTimeline } from './claim-timeline.tsx'

interface ClaimProvingProps {
  matter: CaseForDesk
  proving: ProvingForDesk
}

/** Under both stories: first what is shown, then when. */
export function ClaimProving({ matter, proving }: ClaimProvingProps) {
  return (
    <>
      <h3 className={caseStyles.claimHead} style={{ marginTop: 20 }}>
        What is proved
      </h3>
      <p>{proving.sentence}</p>
      <table className={caseStyles.worth}>
        <thead className="heard-only">
          <tr>
            <th scope="col">Proof, and what it is worth</th>
            <th scope="col">Whether it was given</th>
          </tr>
        </thead>
        <tbody>
          {proving.proofs.map(({ kind, title, worth, givenAt, askedAt, by, seen }) => (
            <tr key={kind}>
              <th scope="row">
                <strong>{title}</strong>
                <br />
                <span className="second">{worth}</span>
                {seen !== null && (
                  <blockquote className={`written ${caseStyles.quote}`}>{seen}</blockquote>
                )}
              </th>
              <td>
                {givenAt === null && askedAt !== null ? (
                  <>
                    <Tag tone="amber">Asked</Tag>
                    <br />
                    <span className="third">
                      <Past at={askedAt} />; the shop asks its holder
                    </span>
                  </>
                ) : givenAt === null ? (
                  <span className="third">not given</span>
                ) : (
                  <>
                    <Tag tone="green">Given</Tag>
                    <br />
                    <span className="third">
                      <Past at={givenAt} />
                      {by !== null && `, ${by}`}
                    </span>
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <When proving={proving} />
      <div className={caseStyles.claimPlot}>
        <ClaimTimeline moments={proving.moments} firstSignAt={proving.firstSignAt} />
      </div>
      {proving.allowed.includes('setFirstSign') && (
        <FirstSign key={matter.id} caseId={matter.id} proving={proving} />
      )}
      <AfterHandOver proving={proving} />
    </>
  )
}

function When({ proving }: { proving: ProvingForDesk }) {
  const {
    firstSignAt,
    firstSignBy,
    frozenUntil,
    coolingUntil,
    handOverAt,
    handedOverAt,
    probationUntil,
    otherClaims,
  } = proving
  return (
    <dl className={caseStyles.claimFacts}>
      <dt>First sign of a takeover</dt>
      <dd>
        <Past at={firstSignAt} />
        {firstSignBy !== null && `, as ${firstSignBy} found`}
      </dd>
      {frozenUntil !== null && (
        <>
          <dt>Shut to everybody until</dt>
          <dd>
            <Due at={frozenUntil} />
          </dd>
        </>
      )}
      {coolingUntil !== null && handedOverAt === null && (
        <>
          <dt>Handed over</dt>
          <dd>
            {handOverAt === null ? (
              <>
                not before <Due at={coolingUntil} />
              </>
            ) : (
              <>
                by itself on <Due at={handOverAt} />
              </>
            )}
          </dd>
        </>
      )}
      {handedOverAt !== null && (
        <>
          <dt>Handed over</dt>
          <dd>
            <Past at={handedOverAt} />
            {probationUntil !== null && (
              <>
                , on probation until <Due at={probationUntil} />
              </>
            )}
          </dd>
        </>
      )}
      {otherClaims.length > 0 && (
        <>
          <dt>Other claims on this account</dt>
          <dd>
            {otherClaims.map(({ caseId, number, state }) => (
              <span key={caseId}>
                <TextLink to="/desk/cases/$caseId" params={{ caseId }}>
                  {number}
                </TextLink>{' '}
                ({stateWords[state]}){' '}
              </span>
            ))}
          </dd>
        </>
      )}
    </dl>
  )
}

const stateWords = {
  open: 'nothing frozen',
  frozen: 'one proof',
  proved: 'two proofs',
  split: 'two people differ',
  agreed: 'two say yes',
  refused: 'refused',
  'handed-over': 'handed over',
  settled: 'handed over',
  over: 'ended',
} as const satisfies Record<ProvingForDesk['state'], string>

const orderTags = {
  waits: { tone: 'amber', words: 'Waits for the shop' },
  done: { tone: 'green', words: 'Done' },
  cannot: { tone: 'plain', words: 'The shop cannot' },
} as const

/** What the shop was told to do, what became of the changes, and where what was decided meanwhile is judged anew. */
function AfterHandOver({
  proving: { orders, changes, repair, handedOverAt },
}: {
  proving: ProvingForDesk
}) {
  if (handedOverAt === null) return null
  const isComplete = orders.some(
    ({ ability, state }) => ability === 'changesSince' && state !== 'waits',
  )
  return (
    <>
      <h3 className={caseStyles.claimHead} style={{ marginTop: 20 }}>
        After the hand-over
      </h3>
      <table className={caseStyles.worth}>
        <tbody>
          {orders.map(({ ability, words, state, at }, place) => (
            <tr key={`${ability} ${place}`}>
              <th scope="row">{words}</th>
              <td>
                <Tag tone={orderTags[state].tone}>{orderTags[state].words}</Tag>
                {at !== null && (
                  <>
                    <br />
                    <span className="third">
                      <Past at={at} />
                    </span>
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p style={{ marginTop: 8 }}>{changesSentence(changes, isComplete)}</p>
      <p>
        {repair === null ? (
          'Nothing was decided against the account meanwhile.'
        ) : (
          <>
            What was decided meanwhile counts no points and is judged anew in repair{' '}
            <TextLink to="/desk/cases/$caseId" params={{ caseId: repair.caseId }}>
              {repair.number}
            </TextLink>
            .
          </>
        )}
      </p>
    </>
  )
}

/** An earlier first sign makes fewer things speak for the owner; a later one is refused. */
function FirstSign({ caseId, proving }: { caseId: string; proving: ProvingForDesk }) {
  const queries = useQueryClient()
  const [at, setAt] = useState('')
  const [reasons, setReasons] = useState('')
  const set = useMutation({
    mutationFn: () => api.desk.setFirstSign({ caseId, at: new Date(at), reasons }),
    onSuccess: () => {
      setAt('')
      setReasons('')
      return queries.invalidateQueries({ queryKey: query.desk.getCase.key() })
    },
  })
  const isMissing = at === '' || reasons.trim() === ''
  return (
    <details style={{ marginTop: 12 }}>
      <summary className="link">You see an earlier sign</summary>
      <form
        style={{ display: 'grid', gap: 12, marginTop: 12, justifyItems: 'start' }}
        onSubmit={(event) => {
          event.preventDefault()
          if (!isMissing && !set.isPending) set.mutate()
        }}
      >
        <TextInput
          type="datetime-local"
          label="When"
          description="What is known since less than 30 days before it speaks for nobody."
          max={localTime(proving.firstSignAt)}
          value={at}
          onChange={(event) => setAt(event.currentTarget.value)}
        />
        <Textarea
          label="What you see"
          style={{ width: '100%' }}
          autosize
          minRows={2}
          maxLength={10_000}
          value={reasons}
          onChange={(event) => setReasons(event.currentTarget.value)}
        />
        {set.isError && <ProblemNote error={set.error} safe="Nothing has changed." />}
        <Button type="submit" loading={set.isPending}>
          This was the first sign
        </Button>
      </form>
    </details>
  )
}

/** As a field for date and time wants it, in the reader's own zone. */
function localTime(at: string): string {
  const date = new Date(at)
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
