/** The appeal box stands beside the harm: until when one can appeal, how it goes, or what became of it. */
import type { StatementForSeller } from '../../contract/case.ts'
import { deskInSentence } from '../../core/holding.ts'
import type { SubjectKind } from '../../core/measure.ts'
import { ButtonLink } from '../parts/button-link.tsx'
import { Due, Past } from '../parts/time.tsx'
import classes from './appeal-box.module.css'
import { restorationWords } from './measure-words.ts'

/** One box, one filled button. */
export function AppealBox({ told }: { told: StatementForSeller }) {
  const { measure } = told
  const { allowed, caseId, caseNumber, status } = measure
  if (status !== 'in-force') return <Ended told={told} />
  if (allowed.includes('appeal')) return <MayAppeal told={told} />
  if (allowed.includes('open_case') && caseId !== null) {
    return (
      <section className={`sheet ${classes['box']}`} aria-labelledby="way">
        <h2 id="way">You have appealed</h2>
        <p className="second">
          Your case {caseNumber} shows who has it, and what happens by itself if they are late.
        </p>
        <ButtonLink to="/cases/$caseId" params={{ caseId }} variant="filled" fullWidth>
          Open case {caseNumber}
        </ButtonLink>
      </section>
    )
  }
  return (
    <section className={`sheet ${classes['box']}`} aria-labelledby="way">
      <h2 id="way">The time to appeal has ended</h2>
      {measure.appealBy !== null && (
        <p className="second">
          It ended <Past at={measure.appealBy} />.
        </p>
      )}
    </section>
  )
}

const untouched = {
  listing: 'your other listings are not affected by it',
  account: 'it is never held against you',
  payouts: 'it is never held against you',
} as const satisfies Record<SubjectKind, string>

function MayAppeal({ told: { measure, way } }: { told: StatementForSeller }) {
  return (
    <section className={`sheet ${classes['box']}`} aria-labelledby="way">
      <h2 id="way">You can appeal</h2>
      <p className="second">
        {measure.appealBy === null ? (
          'The time for it has not begun to run.'
        ) : (
          <>
            Until <Due at={measure.appealBy} />.
          </>
        )}{' '}
        It costs nothing, and {untouched[measure.subject.kind]}.
      </p>
      <ButtonLink
        to="/appeal"
        search={{ decision: [measure.decisionId] }}
        variant="filled"
        fullWidth
      >
        Appeal this decision
      </ButtonLink>
      <p className="small second">
        {`A person at ${deskInSentence(way.desk)} decides within ${way.within}.`}
        {way.secondLook !== null &&
          ` If you don’t agree, ${deskInSentence(way.secondLook)} looks again.`}
        {` The last answer comes by ${way.answerBy}, whatever happens.`}
      </p>
    </section>
  )
}

function Ended({ told: { measure } }: { told: StatementForSeller }) {
  const { status, restoration, endedAt, caseId, caseNumber, allowed } = measure
  const title = {
    lifted: 'We took this measure back',
    narrowed: 'We made this measure narrower',
    expired: 'This measure has ended',
    'in-force': 'In force',
  } as const satisfies Record<typeof status, string>
  return (
    <section
      className={`sheet ${classes['box']}`}
      data-good={status === 'lifted' || undefined}
      aria-labelledby="way"
    >
      <h2 id="way">{title[status]}</h2>
      <p className="second">
        {endedAt !== null && (
          <>
            It ended <Past at={endedAt} />.{' '}
          </>
        )}
        {restoration !== null && restorationWords(restoration, measure.subject.kind)}
        {status === 'lifted' && ' It leaves no mark on your record.'}
      </p>
      {caseId !== null && allowed.includes('open_case') && (
        <ButtonLink to="/cases/$caseId" params={{ caseId }} fullWidth>
          Open case {caseNumber}
        </ButtonLink>
      )}
      {allowed.includes('appeal') && (
        <ButtonLink to="/appeal" search={{ decision: [measure.decisionId] }} fullWidth>
          Contest its record
        </ButtonLink>
      )}
    </section>
  )
}
