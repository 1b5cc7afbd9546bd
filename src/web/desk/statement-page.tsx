/** A statement as people of staff read it: the words the seller got, where its matter stands, and what matched. */
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { sayMoney } from '../../core/saying.ts'
import type { Statement } from '../../core/statement.ts'
import { query } from '../api.ts'
import { ButtonLink, TextLink } from '../parts/button-link.tsx'
import { HoldingLine } from '../parts/holding-line.tsx'
import { MatchedText } from '../parts/matched-text.tsx'
import { MeasureTag } from '../parts/measure-tag.tsx'
import { PageTitle, Trail } from '../parts/page-title.tsx'
import { Pending } from '../parts/pending.tsx'
import { NoticeList } from '../parts/notice-list.tsx'
import { numberTerms } from '../parts/runs.ts'
import { SumOfTerms } from '../parts/sum-of-terms.tsx'
import { Moment, Past, TimeProvider, useClock } from '../parts/time.tsx'
import pageStyles from './page.module.css'
import { StaffPage } from './staff-page.tsx'
import { measureTitle } from './state-words.ts'
import { StatementText } from './statement-text.tsx'
import { WithheldOf } from './withheld.tsx'

/** The page at `/desk/statements/$decisionId`. */
export function DeskStatementPage() {
  const { decisionId = '' } = useParams({ strict: false })
  return <StaffPage>{() => <OpenStatement decisionId={decisionId} />}</StaffPage>
}

function OpenStatement({ decisionId }: { decisionId: string }) {
  const found = useQuery(
    query.seller.getStatement.queryOptions({ input: { decisionId }, refetchInterval: 15_000 }),
  )
  return (
    <TimeProvider>
      <div className={pageStyles.page}>
        <Pending of={found} what="the statement" isPage>
          {({ statement, measure, notices }) => (
            <>
              <PageTitle
                above={
                  <Trail>
                    {[
                      <SubjectLink key="subject" statement={statement} />,
                      `Statement of reasons ${statement.number}`,
                    ]}
                  </Trail>
                }
              >
                {measureTitle(statement, measure.status)}
              </PageTitle>
              {statement.subject.kind !== 'listing' && (
                <p className="second" style={{ marginBottom: 16 }}>
                  <AccountTerms statement={statement} />
                </p>
              )}
              {measure.holding && <HoldingLine holding={measure.holding} asked="the seller" />}
              <div className={pageStyles.split}>
                <section>
                  <h2 style={{ marginBottom: 8 }}>What the seller reads</h2>
                  <StatementText statement={statement} />
                  {statement.automation.withheld !== null && (
                    <WithheldOf decisionId={statement.decisionId} />
                  )}
                </section>
                <aside aria-label="Where it stands">
                  <p>
                    <MeasureTag measure={measure} />{' '}
                    <span className="second">
                      since <Past at={measure.since} />
                    </span>
                  </p>
                  <p className="second" style={{ margin: '8px 0 16px' }}>
                    {measure.informedAt === null ? (
                      'The seller has not been reached yet, so the time to appeal has not begun.'
                    ) : (
                      <>
                        The seller was told <Past at={measure.informedAt} />.
                      </>
                    )}
                  </p>
                  {measure.caseId !== null && (
                    <ButtonLink to="/desk/cases/$caseId" params={{ caseId: measure.caseId }}>
                      Open case {measure.caseNumber}
                    </ButtonLink>
                  )}
                  {notices.length > 0 && (
                    <section aria-labelledby="sent" style={{ marginTop: 24 }}>
                      <h2 id="sent" style={{ marginBottom: 8 }}>
                        What the seller was sent
                      </h2>
                      <NoticeList notices={notices} reader="desk" />
                    </section>
                  )}
                </aside>
              </div>
              {statement.facts.text !== null && statement.facts.evidence.length > 0 && (
                <div className={pageStyles.split}>
                  <section>
                    <h2>The words it matched</h2>
                    <div className={`sheet ${pageStyles.paper}`} style={{ marginTop: 8 }}>
                      <MatchedText
                        text={statement.facts.text}
                        terms={numberTerms(statement.facts.text, statement.facts.evidence)}
                      />
                    </div>
                  </section>
                  <section>
                    <h2>How that adds up</h2>
                    <SumOfTerms
                      text={statement.facts.text}
                      evidence={statement.facts.evidence}
                      threshold={statement.facts.threshold}
                      drawnAs="bars"
                    />
                  </section>
                </div>
              )}
            </>
          )}
        </Pending>
      </div>
    </TimeProvider>
  )
}

/** What it is about: a listing, or the seller whose account or money it is. */
function SubjectLink({ statement: { subject, seller } }: { statement: Statement }) {
  if (subject.kind === 'listing')
    return (
      <TextLink to="/desk/listings/$listingId" params={{ listingId: subject.id }}>
        {subject.title}
      </TextLink>
    )
  return (
    <TextLink to="/desk/sellers/$sellerId" params={{ sellerId: seller.id }}>
      {seller.name}
    </TextLink>
  )
}

/** What an account or money is under, in the two facts that matter first: how much, and from when until when. */
function AccountTerms({
  statement: { terms, effectiveAt, takenAt, duration, language },
}: {
  statement: Statement
}) {
  const { now } = useClock()
  // A closing is told long before it counts.
  const isLater = new Date(effectiveAt).getTime() - new Date(takenAt).getTime() > 3_600_000
  return (
    <>
      {terms !== null && terms.amount !== null && (
        <>{sayMoney(terms.amount, terms.currency)} is held. </>
      )}
      {isLater && (
        <>
          {new Date(effectiveAt) > now ? 'Counts from' : 'It counts since'}{' '}
          <Moment at={effectiveAt} />.{' '}
        </>
      )}
      <span lang={language}>{duration.words}</span>
    </>
  )
}
