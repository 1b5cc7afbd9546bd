/** A complaint at the desk: what is said and by whom, what was bought, what else is known, and what leans on it. */
import type { CaseForDesk } from '../../contract/desk.ts'
import type { ComplaintForDesk } from '../../contract/complaint.ts'
import { capital } from '../../core/capital.ts'
import { ButtonLink, TextLink } from '../parts/button-link.tsx'
import { Past } from '../parts/time.tsx'
import caseStyles from './case.module.css'
import { ComplaintTimeline } from './complaint-timeline.tsx'
import { ComplaintScore } from './complaint-score.tsx'
import { MisusePart } from './misuse-part.tsx'
import {
  findingWords,
  kindWords,
  orderWords,
  othersWords,
  reporterWords,
} from './complaint-words.ts'

/** It stands where other cases show what is contested. */
export function ComplaintView({
  matter,
  complaint,
}: {
  matter: CaseForDesk
  complaint: ComplaintForDesk
}) {
  const { reporter, contested, contestedAt, substance, text } = complaint
  return (
    <>
      <section className={caseStyles.part} aria-labelledby="complaint">
        <div className={caseStyles.partHead}>
          <h2 id="complaint">
            {kindWords[complaint.kind]}: <span>“{complaint.title}”</span>
          </h2>
        </div>
        <blockquote className="written">{text}</blockquote>
        {contested !== null && (
          <>
            <p className="third" style={{ marginTop: 12 }}>
              Asked for another look
              {contestedAt !== null && (
                <>
                  , <Past at={contestedAt} />
                </>
              )}
            </p>
            <blockquote className="written">{contested}</blockquote>
          </>
        )}
        {substance !== text && (
          <details style={{ marginTop: 12 }}>
            <summary>What the seller reads of it</summary>
            <blockquote className="written" style={{ marginTop: 8 }}>
              {substance}
            </blockquote>
          </details>
        )}
      </section>
      <section className={caseStyles.part} aria-labelledby="reporter">
        <div className={caseStyles.partHead}>
          <h2 id="reporter">
            Who says it <span>Never for the seller to know</span>
          </h2>
        </div>
        <p>
          <strong>{reporterWords[reporter.kind]}</strong>, as they say
          {reporter.name !== null && <>: {reporter.name}</>}.{' '}
          {reporter.address === null
            ? 'No address is known, so they read the answer on their page only.'
            : `Answers go to ${reporter.address}.`}
        </p>
        <p className="second" style={{ marginTop: 4 }}>
          {orderWords(complaint)}
        </p>
        <p className="second" style={{ marginTop: 4 }}>
          {reporter.createdAt === null ? (
            'The shop told nothing about their account.'
          ) : (
            <>
              Their account in the shop is from <Past at={reporter.createdAt} />
              {reporter.orders !== null &&
                `, with ${reporter.orders} ${reporter.orders === 1 ? 'order' : 'orders'}`}
              .
            </>
          )}
        </p>
        <Others
          title="Their other complaints"
          others={complaint.byReporter}
          none="This is their first complaint that we know of."
        />
      </section>
      <ComplaintTimeline complaint={complaint} />
      <MisusePart matter={matter} complaint={complaint} />
      <ComplaintScore score={complaint.score} />
      <section className={caseStyles.part} aria-labelledby="about-seller">
        <div className={caseStyles.partHead}>
          <h2 id="about-seller">What else is said of the seller</h2>
        </div>
        <Others
          title="Other complaints about the seller"
          others={complaint.aboutSeller}
          none="Nobody else has complained about this seller."
        />
      </section>
      {(complaint.measures.length > 0 || complaint.mayImpose) && (
        <section className={caseStyles.part} aria-labelledby="leans">
          <div className={caseStyles.partHead}>
            <h2 id="leans">What leans on it</h2>
          </div>
          <ul className={caseStyles.beside}>
            {complaint.measures.map(({ decisionId, number, standing, byMachine, inForce }) => (
              <li key={decisionId}>
                <p>
                  <strong>{inForce ? capital(standing) : 'Taken back'}</strong>{' '}
                  <TextLink to="/desk/statements/$decisionId" params={{ decisionId }}>
                    Statement {number}
                  </TextLink>
                </p>
                <p className="third">
                  {byMachine
                    ? 'Held by a machine until a person has looked. It stands only where it is confirmed.'
                    : 'Imposed by a person.'}
                </p>
              </li>
            ))}
          </ul>
          {complaint.mayImpose && (
            <div className="buttons" style={{ marginTop: 12 }}>
              {complaint.listingId !== null && (
                <ButtonLink
                  to="/desk/listings/$listingId"
                  params={{ listingId: complaint.listingId }}
                  search={{ complaint: matter.id }}
                >
                  Do something about the listing
                </ButtonLink>
              )}
              <ButtonLink
                to="/desk/sellers/$sellerId"
                params={{ sellerId: complaint.sellerId }}
                search={{ complaint: matter.id }}
              >
                Warn the seller, or more
              </ButtonLink>
            </div>
          )}
        </section>
      )}
    </>
  )
}

function Others({
  title,
  others: { complaints, found },
  none,
}: {
  title: string
  others: ComplaintForDesk['byReporter']
  none: string
}) {
  return (
    <>
      <p className="second" style={{ marginTop: 8 }}>
        {othersWords(found, none)}
      </p>
      {complaints.length > 0 && (
        <ul className={caseStyles.beside} aria-label={title}>
          {complaints.map(({ caseId, number, kind, sellerName, receivedAt, finding, text }) => (
            <li key={caseId}>
              <p>
                <TextLink to="/desk/cases/$caseId" params={{ caseId }}>
                  {number}
                </TextLink>{' '}
                {kindWords[kind]}, {sellerName}. {finding === null ? 'Open' : findingWords[finding]}
              </p>
              <p className="third">
                <Past at={receivedAt} />
              </p>
              <p className="second written">{text}</p>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
