/** One contested decision as the desk reads it: the listing then and now, why the rule fired, the rule, and what the seller says. */
import { useState } from 'react'
import type { FileForReader } from '../../contract/case.ts'
import type { ContestedDecision } from '../../contract/desk.ts'
import type { RepairForDesk } from '../../contract/desk-repair.ts'
import type { Statement } from '../../core/statement.ts'
import { TextLink } from '../parts/button-link.tsx'
import { MatchedText } from '../parts/matched-text.tsx'
import { Tag } from '../parts/measure-tag.tsx'
import { numberTerms } from '../parts/runs.ts'
import { inHundred } from '../parts/sum.ts'
import { ShownExhibits } from '../parts/shown-exhibits.tsx'
import { SumOfTerms } from '../parts/sum-of-terms.tsx'
import { Past } from '../parts/time.tsx'
import type { EvidenceView } from '../parts/use-evidence.ts'
import { DeskKey } from './desk-key.tsx'
import caseStyles from './case.module.css'
import { AroundDecision } from './repair-view.tsx'
import { RuleText } from './rule-text.tsx'
import { outcomeTone, subjectWords } from './state-words.ts'
import { Withheld } from './withheld.tsx'

interface ContestedViewProps {
  contested: ContestedDecision
  /** Its number when there are several; null when it is the only one. */
  number: number | null
  showsNow: boolean
  onSwitch: () => void
  files: readonly FileForReader[]
  evidence: EvidenceView
  /** Set in a repair, where no seller says anything yet. */
  repair: RepairForDesk | null
}

/** Everything that bears on one objection, in the order in which it is judged. */
export function ContestedView({
  contested,
  number,
  showsNow,
  onSwitch,
  files,
  evidence,
  repair,
}: ContestedViewProps) {
  const { objection, statement, now } = contested
  const { facts } = statement
  const [lit, setLit] = useState<number | null>(null)
  const text = showsNow && now !== null ? now : facts.text
  const terms =
    facts.text !== null && text === facts.text ? numberTerms(facts.text, facts.evidence) : []
  return (
    <article aria-label={number === null ? 'The contested decision' : `Objection ${number}`}>
      {number !== null && (
        <h2 className={caseStyles.numbered}>
          {number} {subjectWords(statement.subject)}, {objection.tag.toLowerCase()} by{' '}
          {objection.decisionNumber}
        </h2>
      )}
      {text === null ? (
        <MeasureFacts statement={statement} />
      ) : (
        <div className={caseStyles.part}>
          <div className={caseStyles.partHead}>
            <h2>
              {showsNow && now !== null ? (
                <>Listing as it is now</>
              ) : (
                <>
                  Listing as it was, judged <Past at={statement.takenAt} />
                </>
              )}
            </h2>
            <Switcher hasNow={now !== null} showsNow={showsNow} onSwitch={onSwitch} />
          </div>
          <div className={caseStyles.listing}>
            <MatchedText text={text} terms={terms} lit={lit} onLight={setLit} />
          </div>
          {showsNow && now !== null && contested.nowOutcome !== null && (
            <p className="second">{nowWords[contested.nowOutcome]}</p>
          )}
        </div>
      )}
      <div className={`${caseStyles.part} ${caseStyles.columns}`}>
        <div className={caseStyles.why}>
          <div className={caseStyles.partHead}>
            <h2>{facts.evidence.length > 0 ? 'Why the rule fired' : 'Why a person did it'}</h2>
            <span className="third">
              {statement.ground.title}, version {statement.ground.version}
            </span>
          </div>
          {facts.text !== null && facts.evidence.length > 0 ? (
            <>
              <SumOfTerms
                text={facts.text}
                evidence={facts.evidence}
                threshold={facts.threshold}
                drawnAs="bars"
                lit={lit}
                onLight={setLit}
              />
              {facts.threshold !== null && (
                <p className="third">It acts from {inHundred(facts.threshold)}.</p>
              )}
            </>
          ) : (
            <p className="written">{facts.narrative}</p>
          )}
          <p className="second" style={{ marginTop: 8 }}>
            {statement.automation.words}{' '}
            {statement.subject.kind === 'listing' ? (
              <TextLink to="/desk/listings/$listingId" params={{ listingId: statement.subject.id }}>
                The listing and its past
              </TextLink>
            ) : (
              <TextLink to="/desk/sellers/$sellerId" params={{ sellerId: statement.seller.id }}>
                The seller and everything on the account
              </TextLink>
            )}
          </p>
        </div>
        <RuleText title={statement.ground.title} text={statement.ground.text} />
      </div>
      {repair !== null && <AroundDecision repair={repair} takenAt={statement.takenAt} />}
      {contested.withholding !== null && (
        <div className={caseStyles.part}>
          <Withheld withholding={contested.withholding} />
        </div>
      )}
      <div className={caseStyles.part}>
        <div className={caseStyles.partHead}>
          <h2>
            {repair === null ? (
              <>
                What the seller says{' '}
                <span>
                  {objection.track === 'dispute' ? 'this is a mistake' : 'I have fixed it'}
                </span>
              </>
            ) : (
              'What is asked of you'
            )}
          </h2>
        </div>
        <p className="written">{objection.text}</p>
        {objection.remedy !== null && (
          <dl className={caseStyles.remedy}>
            <dt>What led to it</dt>
            <dd className="written">{objection.remedy.cause}</dd>
            <dt>What changed</dt>
            <dd className="written">{objection.remedy.correction}</dd>
            <dt>Prevented by</dt>
            <dd className="written">{objection.remedy.prevention}</dd>
          </dl>
        )}
        <ShownExhibits
          exhibits={objection.exhibits}
          files={files}
          saysForm
          onOpen={evidence.open}
        />
        {objection.outcome !== null && (
          <p style={{ marginTop: 12 }}>
            <Tag tone={outcomeTone(objection.outcome)}>{outcomeWords[objection.outcome]}</Tag>{' '}
            <span className="second">
              {objection.answeredBy ?? 'A clock'}
              {objection.answeredAt !== null && (
                <>
                  , <Past at={objection.answeredAt} />
                </>
              )}
              {objection.answer !== null && `: ${objection.answer}`}
            </span>
          </p>
        )}
      </div>
    </article>
  )
}

/** What an account or money is under, where there is no listing to read. */
function MeasureFacts({ statement }: { statement: Statement }) {
  return (
    <div className={caseStyles.part}>
      <div className={caseStyles.partHead}>
        <h2>
          {subjectWords(statement.subject)}: {statement.measure.tag.toLowerCase()}{' '}
          <span>
            <Past at={statement.takenAt} />
          </span>
        </h2>
        <TextLink to="/desk/statements/$decisionId" params={{ decisionId: statement.decisionId }}>
          the whole statement
        </TextLink>
      </div>
      <p>As the seller reads it: {statement.measure.effect}</p>
      <p className="second">{statement.duration.words}</p>
    </div>
  )
}

function Switcher({
  hasNow,
  showsNow,
  onSwitch,
}: {
  hasNow: boolean
  showsNow: boolean
  onSwitch: () => void
}) {
  if (!hasNow) return <span className="third">unchanged since</span>
  return (
    <button type="button" className="link" onClick={onSwitch}>
      <DeskKey keys={['L']} />
      {showsNow ? 'as it was' : 'as it is now'}
    </button>
  )
}

export const outcomeWords = {
  measure_lifted: 'Lifted',
  measure_narrowed: 'Narrowed',
  measure_stands: 'Stands',
  withdrawn: 'Taken back',
} as const

const nowWords = {
  allow: 'The same rules would let this text pass.',
  review: 'The same rules would ask a person about this text.',
  deactivate: 'The same rules would still take this text off sale.',
} as const
