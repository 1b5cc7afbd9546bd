/** What the system knows of the reader's account that a topic is about: measures with their appeal, cases with desk and date. */
import { useQuery } from '@tanstack/react-query'
import type { TopicForReader } from '../../contract/help.ts'
import { ButtonLink, TextLink } from '../parts/button-link.tsx'
import { Due, useClock } from '../parts/time.tsx'
import { isOpen } from '../seller/cases-words.ts'
import { standingWords } from '../seller/measure-words.ts'
import { homeQuery } from '../seller/seller-shell.tsx'
import classes from './help.module.css'

/** Nobody need say again what stands here; for who is not signed in there is nothing to show. */
export function WhatIsKnown({ topic }: { topic: TopicForReader }) {
  const { now } = useClock()
  const home = useQuery(homeQuery)
  const measures = (home.data?.measures ?? []).filter(
    ({ measure, status }) => status === 'in-force' && topic.measures.includes(measure),
  )
  const cases = topic.cases ? (home.data?.cases ?? []).filter(isOpen) : []
  if (measures.length + cases.length === 0) return null
  return (
    <section aria-labelledby="known" className={classes['known']}>
      <h2 id="known">What we know already</h2>
      <ul>
        {measures.slice(0, 5).map((measure) => (
          <li key={measure.decisionId}>
            <div>
              <p>
                <strong>{standingWords(measure, now)}.</strong>{' '}
                <TextLink to="/measures/$decisionId" params={{ decisionId: measure.decisionId }}>
                  See why
                </TextLink>
              </p>
              {measure.caseNumber !== null && measure.holding !== null && (
                <p className="small second">
                  Case {measure.caseNumber}: {measure.holding.who}
                  {measure.holding.dueAt !== null && (
                    <>
                      , by <Due at={measure.holding.dueAt} />
                    </>
                  )}
                </p>
              )}
            </div>
            {measure.allowed.includes('appeal') ? (
              <ButtonLink
                to="/appeal"
                search={{ decision: [measure.decisionId] }}
                variant="filled"
                aria-label={`Appeal: ${standingWords(measure, now)}`}
              >
                Appeal
              </ButtonLink>
            ) : (
              measure.caseId !== null && (
                <ButtonLink to="/cases/$caseId" params={{ caseId: measure.caseId }}>
                  Open its case
                </ButtonLink>
              )
            )}
          </li>
        ))}
        {cases.slice(0, 5).map(({ id, number, title, holding }) => (
          <li key={id}>
            <div>
              <p>
                <strong>{title}</strong>
              </p>
              <p className="small second">
                Case {number}: {holding.who}
                {holding.dueAt !== null && (
                  <>
                    , by <Due at={holding.dueAt} />
                  </>
                )}
              </p>
            </div>
            <ButtonLink
              to="/cases/$caseId"
              params={{ caseId: id }}
              aria-label={`Open case ${number}`}
            >
              Open it
            </ButtonLink>
          </li>
        ))}
      </ul>
      {measures.length > 5 && (
        <p className="small">
          <TextLink to="/measures">All {measures.length} measures</TextLink>
        </p>
      )}
    </section>
  )
}
