/** A check as the desk reads it: the text with what matched, the rule, and earlier decisions that were lifted. */
import { useState } from 'react'
import type { CheckForDesk } from '../../contract/desk.ts'
import type { z } from 'zod'
import { AccountHealth } from '../parts/account-health.tsx'
import { TextLink } from '../parts/button-link.tsx'
import { MatchedText } from '../parts/matched-text.tsx'
import { numberTerms } from '../parts/runs.ts'
import { inHundred } from '../parts/sum.ts'
import { SumOfTerms } from '../parts/sum-of-terms.tsx'
import caseStyles from './case.module.css'
import { RuleText } from './rule-text.tsx'

export type CheckMatter = z.infer<typeof CheckForDesk>

/** What a person is asked to look at, and what was already done about it. */
export function CheckView({ check }: { check: CheckMatter }) {
  const { account, judged } = check
  if (account !== null) return <AccountCheck account={account} />
  return judged && <ListingCheck check={check} judged={judged} />
}

/** How an account stands, and the written threshold that is met. */
function AccountCheck({ account }: { account: NonNullable<CheckMatter['account']> }) {
  const { sellerId, title, isMet, health } = account
  return (
    <article aria-label="What to check">
      <div className={caseStyles.part}>
        <div className={caseStyles.partHead}>
          <h2>
            {title ?? 'A threshold that is not written any more'}{' '}
            <span>{isMet ? 'the threshold is met, nothing was done yet' : 'no longer met'}</span>
          </h2>
          <TextLink to="/desk/sellers/$sellerId" params={{ sellerId }}>
            the seller and everything on the account
          </TextLink>
        </div>
        <AccountHealth health={health} reader="desk" />
      </div>
    </article>
  )
}

/** A listing as a rule found it. */
function ListingCheck({
  check,
  judged,
}: {
  check: CheckMatter
  judged: NonNullable<CheckMatter['judged']>
}) {
  const [lit, setLit] = useState<number | null>(null)
  const evidence = check.finding?.evidence ?? []
  return (
    <article aria-label="What to check">
      <div className={caseStyles.part}>
        <div className={caseStyles.partHead}>
          <h2>
            The listing, version {judged.listingVersion}{' '}
            <span>
              {check.decisionNumber !== null
                ? `the rule acted by itself, decision ${check.decisionNumber}`
                : check.conclusion === null && 'nothing was done yet'}
            </span>
          </h2>
          <TextLink to="/desk/listings/$listingId" params={{ listingId: judged.listingId }}>
            the listing and its past
          </TextLink>
        </div>
        <div className={caseStyles.listing}>
          <MatchedText
            text={judged.text}
            terms={numberTerms(judged.text, evidence)}
            lit={lit}
            onLight={setLit}
          />
        </div>
      </div>
      <div className={`${caseStyles.part} ${caseStyles.columns}`}>
        <div className={caseStyles.why}>
          <div className={caseStyles.partHead}>
            <h2>Why the rule fired</h2>
            <span className="third">{check.policyTitle}</span>
          </div>
          {check.finding === null ? (
            <p className="second">No finding is kept for this version.</p>
          ) : (
            <>
              <SumOfTerms
                text={judged.text}
                evidence={evidence}
                threshold={check.threshold}
                drawnAs="bars"
                lit={lit}
                onLight={setLit}
              />
              {check.threshold !== null && (
                <p className="third">It would act from {inHundred(check.threshold)}.</p>
              )}
            </>
          )}
        </div>
        {check.policyText !== null && (
          <RuleText title={check.policyTitle ?? 'The rule'} text={check.policyText} />
        )}
      </div>
      {check.earlier.length > 0 && (
        <div className={caseStyles.part}>
          <div className={caseStyles.partHead}>
            <h2>Lifted before on the same text</h2>
            <span className="third">so the rule may not act by itself on it</span>
          </div>
          <ul>
            {check.earlier.map((earlier) => (
              <li key={earlier.decisionId}>
                {earlier.words}{' '}
                <TextLink
                  to="/desk/statements/$decisionId"
                  params={{ decisionId: earlier.decisionId }}
                >
                  {earlier.number}
                </TextLink>
              </li>
            ))}
          </ul>
        </div>
      )}
    </article>
  )
}
