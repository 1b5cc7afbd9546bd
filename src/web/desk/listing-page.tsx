/** One listing with everything on it: its text, what rules said, what the shop owes and shows, and what people may do. */
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { ListingForDesk } from '../../contract/desk-listing.ts'
import { query } from '../api.ts'
import { TextLink } from '../parts/button-link.tsx'
import { MatchedText } from '../parts/matched-text.tsx'
import { Tag } from '../parts/measure-tag.tsx'
import { PageTitle, Trail } from '../parts/page-title.tsx'
import { Pending } from '../parts/pending.tsx'
import { numberTerms } from '../parts/runs.ts'
import { inHundred } from '../parts/sum.ts'
import { SumOfTerms } from '../parts/sum-of-terms.tsx'
import { Past, TimeProvider } from '../parts/time.tsx'
import { PastTable } from './case-past.tsx'
import caseStyles from './case.module.css'
import styles from './desk.module.css'
import pageStyles from './page.module.css'
import { ImposeMeasure } from './impose-measure.tsx'
import { sellerWords } from './queue-words.ts'
import { StaffPage } from './staff-page.tsx'
import { readBackWords, stateWords, statusTone } from './state-words.ts'
import { UndoMeasures } from './undo-measures.tsx'

/** The page at `/desk/listings/$listingId`. */
export function ListingPage() {
  const { listingId = '' } = useParams({ strict: false })
  return <StaffPage>{() => <OpenListing key={listingId} listingId={listingId} />}</StaffPage>
}

function OpenListing({ listingId }: { listingId: string }) {
  const found = useQuery(
    query.desk.getListing.queryOptions({ input: { listingId }, refetchInterval: 5_000 }),
  )
  return (
    <TimeProvider>
      <div className={pageStyles.page}>
        <Pending of={found} what="the listing" isPage>
          {(listing) => (
            <>
              <PageTitle
                above={
                  <Trail>
                    {[
                      <TextLink key="all" to="/desk/listings">
                        Listings
                      </TextLink>,
                      listing.id,
                    ]}
                  </Trail>
                }
              >
                {titleOf(listing)}
              </PageTitle>
              <div className={pageStyles.split}>
                <div>
                  <UndoMeasures
                    measures={listing.measures}
                    queryKey={query.desk.getListing.key({ input: { listingId } })}
                  />
                  <Text listing={listing} />
                  <Measures listing={listing} />
                  <section className={pageStyles.section}>
                    <h2>
                      <TextLink
                        to="/desk/sellers/$sellerId"
                        params={{ sellerId: listing.seller.id }}
                      >
                        {listing.seller.name}
                      </TextLink>
                    </h2>
                    <p className="second" style={{ marginBottom: 8 }}>
                      Known since{' '}
                      <time dateTime={listing.seller.since}>
                        {new Date(listing.seller.since).getFullYear()}
                      </time>
                      : {sellerWords(listing.seller)}.
                    </p>
                    {listing.seller.past.length > 0 && <PastTable past={listing.seller.past} />}
                  </section>
                </div>
                <aside aria-label="State and measures">
                  <Standing listing={listing} />
                  <ImposeMeasure
                    label="What happens to the listing"
                    offers={listing.imposable.map((each) => ({
                      ...each,
                      subject: { kind: 'listing', id: listing.id },
                    }))}
                    policies={listing.policies}
                    queryKey={query.desk.getListing.key({ input: { listingId } })}
                  />
                </aside>
              </div>
            </>
          )}
        </Pending>
      </div>
    </TimeProvider>
  )
}

function titleOf(listing: ListingForDesk): string {
  const state = stateWords(listing.owed).toLowerCase()
  return `“${listing.text.title}” is ${state}.`
}

/** The text with the words of one finding at a time; several are chosen by name. */
function Text({ listing }: { listing: ListingForDesk }) {
  const [shown, setShown] = useState(0)
  const [lit, setLit] = useState<number | null>(null)
  const finding = listing.findings[shown]
  const evidence = finding?.evidence ?? []
  const nameOf = (policy: string) =>
    listing.policies.find((each) => each.name === policy)?.title ?? policy
  return (
    <section className={pageStyles.section} style={{ marginTop: 0 }}>
      <div className={caseStyles.partHead}>
        <h2>
          The text, version {listing.version}{' '}
          <span className="third" style={{ fontWeight: 400 }}>
            received <Past at={listing.receivedAt} />
          </span>
        </h2>
        {listing.findings.length > 1 && (
          <div role="group" aria-label="Whose matches are marked">
            {listing.findings.map((each, place) => (
              <button
                key={each.policy}
                type="button"
                className={styles.filter}
                aria-pressed={place === shown}
                onClick={() => setShown(place)}
              >
                {nameOf(each.policy)}
              </button>
            ))}
          </div>
        )}
      </div>
      <div className={`sheet ${pageStyles.paper}`}>
        <MatchedText
          text={listing.text}
          terms={numberTerms(listing.text, evidence)}
          lit={lit}
          onLight={setLit}
        />
      </div>
      {finding === undefined ? (
        <p className="second" style={{ marginTop: 8 }}>
          No rule speaks up at this text.
        </p>
      ) : (
        <div style={{ maxWidth: 560, marginTop: 16 }}>
          <h3>
            {nameOf(finding.policy)}, version {finding.version}: {inHundred(finding.score)}
          </h3>
          <SumOfTerms
            text={listing.text}
            evidence={evidence}
            threshold={null}
            drawnAs="bars"
            lit={lit}
            onLight={setLit}
          />
        </div>
      )}
    </section>
  )
}

function Measures({ listing }: { listing: ListingForDesk }) {
  return (
    <section className={pageStyles.section}>
      <h2>Measures on it, in force and past</h2>
      {listing.measures.length === 0 ? (
        <p className="second">No measure was ever on this listing.</p>
      ) : (
        <table className={`${pageStyles.plainTable} ${pageStyles.stacks}`}>
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">Measure</th>
              <th scope="col">Rule</th>
              <th scope="col">Taken by</th>
              <th scope="col">Now</th>
            </tr>
          </thead>
          <tbody>
            {listing.measures.map((measure) => (
              <tr key={measure.decisionId}>
                <td>
                  <Past at={measure.takenAt} />
                </td>
                <td>
                  {measure.tag}
                  <br />
                  <TextLink
                    to="/desk/statements/$decisionId"
                    params={{ decisionId: measure.decisionId }}
                  >
                    {measure.number}
                  </TextLink>
                </td>
                <td>{measure.policyTitle}</td>
                <td>{measure.takenBy}</td>
                <td>
                  <Tag tone={statusTone(measure.status)}>{measure.status}</Tag>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function Standing({ listing }: { listing: ListingForDesk }) {
  return (
    <dl className={pageStyles.pairs}>
      <dt>State owed</dt>
      <dd>
        <strong>{stateWords(listing.owed)}</strong>
      </dd>
      <dt>In the shop</dt>
      <dd>{readBackWords(listing.readBack)}</dd>
      <dt>Seller</dt>
      <dd>
        <TextLink to="/desk/sellers/$sellerId" params={{ sellerId: listing.seller.id }}>
          {listing.seller.name}
        </TextLink>
      </dd>
    </dl>
  )
}
