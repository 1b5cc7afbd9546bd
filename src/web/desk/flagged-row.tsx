/** One flagged listing: what it is called, the words that matched, how sure the rule was, and what came of it. */
import type { Flagged } from '../../contract/desk-listing.ts'
import { TextLink } from '../parts/button-link.tsx'
import { inHundred, signed } from '../parts/sum.ts'
import { Past } from '../parts/time.tsx'
import pageStyles from './page.module.css'

const shownWords = 6

/** A row of the list, with ways to the listing, the statement and the case. */
export function FlaggedRow({ flagged }: { flagged: Flagged }) {
  const matched = flagged.evidence.filter((term) => term.text !== null && term.weight !== 0)
  return (
    <li className={pageStyles.foundRow}>
      <div>
        <TextLink
          to="/desk/listings/$listingId"
          params={{ listingId: flagged.listingId }}
          className={pageStyles.foundTitle ?? ''}
        >
          {flagged.title}
        </TextLink>
        <p className="third">
          <TextLink to="/desk/sellers/$sellerId" params={{ sellerId: flagged.sellerId }}>
            {flagged.sellerName}
          </TextLink>
          , version {flagged.listingVersion}, <Past at={flagged.foundAt} />
        </p>
        <p className={pageStyles.words}>
          {matched.slice(0, shownWords).map((term, place) => (
            <span key={place}>
              <mark data-against={term.weight < 0}>{term.text}</mark>{' '}
              <span className="label figures">{signed(term.weight)}</span>
            </span>
          ))}
          {matched.length > shownWords && (
            <span className="label">and {matched.length - shownWords} more</span>
          )}
        </p>
      </div>
      <div>
        <p className="figures">
          <strong>{inHundred(flagged.score)}</strong>
        </p>
        <p className="third">{flagged.policyTitle}</p>
        <div className={pageStyles.scoreBar} aria-hidden="true">
          <span style={{ width: `${flagged.score * 100}%` }} />
        </div>
      </div>
      <div>
        <p>{flagged.came}</p>
        <p className="buttons" style={{ gap: '4px 16px' }}>
          {flagged.decisionId !== null && (
            <TextLink to="/desk/statements/$decisionId" params={{ decisionId: flagged.decisionId }}>
              Statement
            </TextLink>
          )}
          {flagged.caseId !== null && (
            <TextLink to="/desk/cases/$caseId" params={{ caseId: flagged.caseId }}>
              Case
            </TextLink>
          )}
        </p>
      </div>
    </li>
  )
}
