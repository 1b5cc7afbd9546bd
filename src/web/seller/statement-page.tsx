/** The statement of reasons: what was done, why, in which words, and the way back. */
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo, useState, type ReactNode } from 'react'
import type { StatementForSeller } from '../../contract/case.ts'
import { measureInProcedure } from '../../core/measure.ts'
import { statementFacts } from '../../core/statement.ts'
import { query } from '../api.ts'
import { ButtonLink, TextLink } from '../parts/button-link.tsx'
import { HoldingLine } from '../parts/holding-line.tsx'
import { KnownGaps } from '../parts/known-gaps.tsx'
import { KeptLink } from '../parts/kept-link.tsx'
import { MarksKey, MatchedText } from '../parts/matched-text.tsx'
import { NoticeList } from '../parts/notice-list.tsx'
import { PageTitle, Trail } from '../parts/page-title.tsx'
import { Pending } from '../parts/pending.tsx'
import { RuleText } from '../parts/rule-text.tsx'
import { numberTerms } from '../parts/runs.ts'
import { inHundred } from '../parts/sum.ts'
import { SumOfTerms } from '../parts/sum-of-terms.tsx'
import { Past, useClock } from '../parts/time.tsx'
import { AppealBox } from './appeal-box.tsx'
import { Levers } from './levers.tsx'
import { statementSentence, subjectTitle } from './measure-words.ts'
import classes from './statement-page.module.css'

const here = getRouteApi('/seller-pages/measures/$decisionId')

/** `/measures/$decisionId` */
export function StatementPage(): ReactNode {
  const { decisionId } = here.useParams()
  const told = useQuery(
    query.seller.getStatement.queryOptions({
      input: { decisionId },
      // While something is open or on its way back, the page follows it.
      refetchInterval: ({ state }) => (isMoving(state.data) ? 3_000 : false),
    }),
  )
  return (
    <Pending of={told} what="this statement" isPage>
      {(data) => <StatementOf told={data} />}
    </Pending>
  )
}

function isMoving(told: StatementForSeller | undefined): boolean {
  return (
    told !== undefined &&
    (told.measure.caseId !== null || told.measure.restoration?.state === 'not-yet-back')
  )
}

function StatementOf({ told }: { told: StatementForSeller }) {
  const { statement, measure } = told
  const { now, zone } = useClock()
  const sentence = statementSentence(measure, now, zone)
  // Where a person judged without a sum, what happened is all there is to read first.
  const happened = (
    <Part id="happened" title="What happened">
      {statement.automation.decision ? (
        <p className="narrow-text" lang={statement.language}>
          {statement.facts.narrative}
        </p>
      ) : (
        <blockquote className="written narrow-text" lang="">
          {statement.facts.narrative}
        </blockquote>
      )}
    </Part>
  )
  return (
    <>
      <PageTitle
        tab={`${subjectTitle(statement.subject)}: statement of reasons`}
        above={
          <Trail>
            {[
              <TextLink key="measures" to="/measures">
                Measures
              </TextLink>,
              `Statement of reasons ${statement.number}`,
            ]}
          </Trail>
        }
      >
        {sentence}
      </PageTitle>
      <p className="heard-only" role="status">
        {sentence}
      </p>
      {measure.holding !== null && (
        <HoldingLine holding={measure.holding} isGood={measure.status === 'lifted'} />
      )}
      <LastWord measure={measure} />
      <KnownGaps gaps={told.knownGaps} />
      <div className={classes['columns']} data-held={measure.holding !== null || undefined}>
        <div className={classes['main']}>
          {statement.facts.evidence.length === 0 && happened}
          {statement.facts.text === null ? (
            <>
              <Levers measure={measure} />
              <StaysYours measure={measure} />
            </>
          ) : (
            <Judged told={told} text={statement.facts.text} />
          )}
          {statement.facts.evidence.length > 0 && happened}
          {statement.automation.withheld !== null && (
            <Part id="withheld" title="What is not told here, and why">
              <p className="narrow-text" lang={statement.language}>
                {statement.automation.withheld}
              </p>
            </Part>
          )}
          <Part id="rule" title="The rule, word for word">
            <p className="small second" style={{ marginBottom: 8 }}>
              {statement.ground.title}, version {statement.ground.version}, as it read on the day.
            </p>
            <div lang="">
              <RuleText text={statement.ground.text} />
            </div>
          </Part>
          <Reversal told={told} />
        </div>
        <aside className={classes['side']}>
          <AppealBox told={told} />
          <Facts told={told} />
          <Sent told={told} />
        </aside>
      </div>
    </>
  )
}

/** That a person judged it anew, or why it was lifted: what was decided last stands first. */
function LastWord({ measure: { lastWord, allowed } }: { measure: StatementForSeller['measure'] }) {
  if (lastWord === null) return null
  const { is, at, by, reasons } = lastWord
  return (
    <Part id="last-word" title={is === 'kept' ? 'Judged anew, and it stays' : 'Why it was lifted'}>
      <blockquote className="written narrow-text" lang="">
        {reasons}
      </blockquote>
      <p className="small second" style={{ marginTop: 8 }}>
        {by ?? 'By itself'}, <Past at={at} />.
        {is === 'kept' &&
          allowed.includes('appeal') &&
          ' You can appeal it as if it were new, and somebody else looks.'}
      </p>
    </Part>
  )
}

/** The way to what a lock or a closing leaves untouched; under one that secures the account there is none by link. */
function StaysYours({ measure }: { measure: StatementForSeller['measure'] }) {
  const { now } = useClock()
  const shuts = ['account.lock', 'account.close'].includes(measureInProcedure(measure.measure))
  if (!shuts || measure.status !== 'in-force' || new Date(measure.since) > now) return null
  return (
    <Part id="stays" title="What stays yours">
      <p className="second narrow-text" style={{ marginBottom: 12 }}>
        Your open orders, your undisputed money and a copy of all your data are reachable without
        signing in.
      </p>
      <ButtonLink to="/belongings">See what stays yours</ButtonLink>
    </Part>
  )
}

/** The judged words and the sum they make; what is looked at in one lights in the other. */
function Judged({
  told: { statement },
  text,
}: {
  told: StatementForSeller
  text: NonNullable<StatementForSeller['statement']['facts']['text']>
}) {
  const { facts } = statement
  const [lit, setLit] = useState<number | null>(null)
  const terms = useMemo(() => numberTerms(text, facts.evidence), [text, facts])
  const hasMarks = terms.some(({ number }) => number !== null)
  return (
    <>
      <Part
        id="words"
        title={
          hasMarks ? 'The words it matched, in your listing' : 'Your listing, as it was judged'
        }
      >
        <div className={`sheet ${classes['listing']}`}>
          <MatchedText text={text} terms={terms} lit={lit} onLight={setLit} />
        </div>
        {hasMarks && (
          <MarksKey
            hasAgainst={terms.some(
              ({ number, evidence }) => number !== null && evidence.weight < 0,
            )}
          />
        )}
      </Part>
      {facts.evidence.length > 0 && (
        <Part
          id="sum"
          title={
            facts.score === null
              ? 'How that adds up'
              : `How that adds up to ${inHundred(facts.score)}`
          }
        >
          <p className="second narrow-text" style={{ marginBottom: 12 }}>
            Every match moves the score by a fixed amount.{' '}
            {facts.threshold !== null &&
              `From ${inHundred(facts.threshold)} on, the rule may act by itself.`}
          </p>
          <SumOfTerms
            text={text}
            evidence={facts.evidence}
            threshold={facts.threshold}
            lit={lit}
            onLight={setLit}
          />
        </Part>
      )}
    </>
  )
}

function Reversal({ told: { statement, measure } }: { told: StatementForSeller }) {
  const decision = [measure.decisionId]
  const mayAppeal = measure.allowed.includes('appeal')
  return (
    <Part id="reverse" title="What would reverse it">
      <ol className={classes['ways']}>
        {statement.wouldReverse.map((way, place, ways) => (
          // The rule's own ways back come first, and ours is the last.
          <li key={way} lang={place < ways.length - 1 ? '' : statement.language}>
            {way}
          </li>
        ))}
      </ol>
      {statement.exhibits.length > 0 && (
        <>
          <h3 className={classes['helps']}>What helps most to show it</h3>
          <ul className={classes['shows']}>
            {statement.exhibits.map(({ exhibit, title, says }) => (
              <li key={exhibit}>
                <strong>{title}.</strong> {says}
              </li>
            ))}
          </ul>
          <p className="small second">You need none of it to appeal.</p>
        </>
      )}
      {mayAppeal && (
        <div className="buttons" style={{ marginTop: 16 }}>
          <ButtonLink to="/appeal" search={{ decision, track: 'remedy' }}>
            I have fixed it
          </ButtonLink>
          <ButtonLink to="/appeal" search={{ decision, track: 'dispute' }}>
            This is a mistake
          </ButtonLink>
        </div>
      )}
    </Part>
  )
}

function Facts({ told: { statement } }: { told: StatementForSeller }) {
  const id = encodeURIComponent(statement.decisionId)
  return (
    <section aria-labelledby="facts">
      <h2 id="facts" className={classes['small-heading']}>
        The decision itself
      </h2>
      <dl className={classes['facts']}>
        {statementFacts(statement).map(({ label, words }) => (
          <div key={label} lang={statement.language}>
            <dt>{label}</dt>
            <dd>{words}</dd>
          </div>
        ))}
        <div>
          <dt>Elsewhere</dt>
          <dd>
            {statement.redress.outside.map((way) => (
              <p key={way} lang={statement.language}>
                {way}
              </p>
            ))}
          </dd>
        </div>
        <div>
          <dt>Keep a copy</dt>
          <dd>
            <KeptLink href={`/v1/statements/${id}/document`} download={`${statement.number}.pdf`}>
              As a PDF
            </KeptLink>
            , <KeptLink href={`/statements/${id}/print`}>to print</KeptLink>,{' '}
            <KeptLink href={`/v1/statements/${id}`} download={`statement-${statement.number}.json`}>
              as data (JSON)
            </KeptLink>
          </dd>
        </div>
      </dl>
    </section>
  )
}

/** Where the seller was told of it, and where not. */
function Sent({ told: { notices } }: { told: StatementForSeller }) {
  if (notices.length === 0) return null
  return (
    <section aria-labelledby="sent">
      <h2 id="sent" className={classes['small-heading']}>
        What we sent you, and whether it arrived
      </h2>
      <NoticeList notices={notices} reader="seller" />
    </section>
  )
}

function Part({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className={classes['heading']}>
        {title}
      </h2>
      {children}
    </section>
  )
}
