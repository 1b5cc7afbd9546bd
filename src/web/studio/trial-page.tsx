/** The report of a trial: what a rule would have done with last month's listings, beside the version in force. */
import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { Agreement, Trial, TrialReport, TriedListing } from '../../contract/trial.ts'
import { api, query } from '../api.ts'
import { StaffPage } from '../desk/staff-page.tsx'
import { TextLink } from '../parts/button-link.tsx'
import { Tag } from '../parts/measure-tag.tsx'
import { PageTitle, Trail } from '../parts/page-title.tsx'
import { Pending } from '../parts/pending.tsx'
import { ProblemNote } from '../parts/problem-note.tsx'
import { inHundred } from '../parts/sum.ts'
import { Past, TimeProvider } from '../parts/time.tsx'
import plot from '../parts/plot-figure.module.css'
import { DaysPlot } from './days-plot.tsx'
import styles from './policies.module.css'
import { amount } from './record-words.ts'
import { Progress } from './rescreened.tsx'
import { agreementWords, trialTitle } from './trial-words.ts'
import { outcomeWords } from './try-words.ts'

/** The page at `/studio/policies/$name/trials/$trialId`. */
export function TrialPage() {
  const { name = '', trialId = '' } = useParams({ strict: false })
  return <StaffPage>{() => <OpenTrial key={trialId} name={name} id={trialId} />}</StaffPage>
}

function OpenTrial({ name, id }: { name: string; id: string }) {
  const trial = useQuery(
    query.policies.getTrial.queryOptions({
      input: { name, id },
      refetchInterval: ({ state }) => (state.data?.state === 'running' ? 1_000 : false),
    }),
  )
  return (
    <TimeProvider>
      <div className={styles.page}>
        <Pending of={trial} what="the trial" isPage>
          {(held) => <Report trial={held} />}
        </Pending>
      </div>
    </TimeProvider>
  )
}

function Report({ trial }: { trial: Trial }) {
  const { policy: name, document, report, state, against, isInForce } = trial
  return (
    <>
      <div className={styles.top}>
        <PageTitle
          above={
            <Trail>
              {[
                <TextLink key="all" to="/studio/policies">
                  Policies
                </TextLink>,
                <TextLink key="one" to="/studio/policies/$name" params={{ name }}>
                  {document.title}
                </TextLink>,
                <TextLink key="trials" to="/studio/policies/$name/trials" params={{ name }}>
                  New version
                </TextLink>,
                'Trial',
              ]}
            </Trail>
          }
        >
          {trialTitle(trial)}
        </PageTitle>
        <Stop trial={trial} />
      </div>
      {state === 'running' && (
        <div className={styles.anew}>
          <Progress done={trial.screened} of={trial.listings} label="Listings tried" />
        </div>
      )}
      <p className="second small">
        {isInForce
          ? `Version ${trial.version} as it is in force`
          : `A document, version ${trial.version}`}
        {against !== null && !isInForce && `, beside version ${against}, which is in force`}. Asked
        by {trial.askedBy}, <Past at={trial.askedAt} />, on what came since{' '}
        <Past at={trial.since} />. Nothing acted, and no seller heard of it.
      </p>
      <div className={styles.columns}>
        <div className={styles.stack}>
          <Figures trial={trial} />
          <People report={report} against={against} />
          {report.days.length > 0 && <DaysPlot days={report.days} against={against} />}
        </div>
        <div className={styles.stack}>
          <Difference
            title="Newly flagged"
            none="It flags nothing that the version in force lets pass."
            difference={report.newlyFlagged}
            isCompared={against !== null}
          />
          <Difference
            title="No longer flagged"
            none="It flags everything that the version in force flags."
            difference={report.noLongerFlagged}
            isCompared={against !== null}
          />
          {report.moreSevere.count > 0 && (
            <Difference title="Acted on instead of looked at" difference={report.moreSevere} />
          )}
          {report.lessSevere.count > 0 && (
            <Difference title="Looked at instead of acted on" difference={report.lessSevere} />
          )}
        </div>
      </div>
    </>
  )
}

function Stop({ trial: { policy: name, id, allowed } }: { trial: Trial }) {
  const client = useQueryClient()
  const stop = useMutation({
    mutationFn: () => api.policies.stopTrial({ name, id }),
    onSuccess: () => client.invalidateQueries({ queryKey: query.policies.key() }),
  })
  if (!allowed.includes('stop')) return null
  return (
    <div>
      <Button loading={stop.isPending} onClick={() => stop.mutate()}>
        Stop the trial
      </Button>
      {stop.error && <ProblemNote error={stop.error} safe="It goes on." />}
    </div>
  )
}

function Figures({ trial: { report, against, isInForce } }: { trial: Trial }) {
  const { flagged, flaggedBefore } = report
  const before = isInForce ? null : flaggedBefore
  return (
    <section aria-labelledby="figures">
      <h2 id="figures">What it would do</h2>
      <div className={plot['numbers']}>
        <table>
          <thead>
            <tr>
              <th scope="col">Of these listings</th>
              <th scope="col">Tried</th>
              {before && <th scope="col">Version {against}</th>}
            </tr>
          </thead>
          <tbody>
            {(
              [
                ['It would act on', 'deactivate'],
                ['A person would look at', 'review'],
              ] as const
            ).map(([words, of]) => (
              <tr key={of}>
                <th scope="row">{words}</th>
                <td>
                  <strong>{amount(flagged[of])}</strong>
                </td>
                {before && <td>{amount(before[of])}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

const said = [
  ['Break the rule, and are flagged', 'violationsFlagged'],
  ['Break the rule, and are missed', 'violationsMissed'],
  ['Are fine, and are flagged', 'innocentsFlagged'],
  ['Are fine, and pass', 'innocentsPassed'],
] as const satisfies readonly (readonly [string, keyof Agreement])[]

function People({ report, against }: { report: TrialReport; against: number | null }) {
  const { people, peopleBefore } = report
  return (
    <section aria-labelledby="people">
      <h2 id="people">Beside what people decided</h2>
      <p className="second">{agreementWords(report)}</p>
      {people.agrees.of > 0 && (
        <div className={plot['numbers']}>
          <table>
            <thead>
              <tr>
                <th scope="col">As people decided, they</th>
                <th scope="col">Tried</th>
                {peopleBefore && <th scope="col">Version {against}</th>}
              </tr>
            </thead>
            <tbody>
              {said.map(([words, of]) => (
                <tr key={of}>
                  <th scope="row">{words}</th>
                  <td>
                    <strong>{amount(people[of])}</strong>
                  </td>
                  {peopleBefore && <td>{amount(peopleBefore[of])}</td>}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}

const SHOWN = 10

interface DifferenceProps {
  title: string
  none?: string
  difference: TrialReport['newlyFlagged']
  isCompared?: boolean
}

function Difference({ title, none, difference, isCompared = true }: DifferenceProps) {
  const [most, setMost] = useState(SHOWN)
  const { count, listings } = difference
  const hidden = listings.length - most
  return (
    <section>
      <h2>
        {title}: {amount(count)}
      </h2>
      {count === 0 ? (
        <p className="second small">{isCompared ? none : 'Nothing.'}</p>
      ) : (
        <ul className={styles.past}>
          {listings.slice(0, most).map((listing) => (
            <Tried key={`${listing.listingId} ${listing.version}`} listing={listing} />
          ))}
        </ul>
      )}
      {hidden > 0 && (
        <button
          type="button"
          className={`link small ${styles.more}`}
          onClick={() => setMost(listings.length)}
        >
          and {amount(hidden)} more
        </button>
      )}
      {hidden <= 0 && count > listings.length && (
        <p className="small third">
          The first {listings.length} of {amount(count)}, the highest scores first.
        </p>
      )}
    </section>
  )
}

function Tried({ listing }: { listing: TriedListing }) {
  const { listingId, version, title, sellerName, outcome, score, before, evidence, people } =
    listing
  const words = evidence.filter(({ text, weight }) => text !== null && weight !== 0)
  return (
    <li>
      <p>
        <TextLink className="written" to="/desk/listings/$listingId" params={{ listingId }}>
          {title}
        </TextLink>
      </p>
      <p className={styles.tags}>
        <Tag tone={outcomeWords[before.outcome].tone}>{outcomeWords[before.outcome].words}</Tag>
        <span className="small">{before.score !== null && inHundred(before.score)} →</span>
        <Tag tone={outcomeWords[outcome].tone}>{outcomeWords[outcome].words}</Tag>
        <span className="small">{score !== null && inHundred(score)}</span>
        {people !== null && (
          <span className="small second">
            People decided: {people === 'violation' ? 'it breaks the rule' : 'it is fine'}
          </span>
        )}
      </p>
      <p className="small second">
        {sellerName}
        {version > 1 && `, text ${version}`}
        {words.length > 0 && (
          <>
            . It read{' '}
            {words.slice(0, 6).map(({ text, weight, field, start }, place) => (
              <span key={`${field} ${start} ${place}`}>
                {place > 0 && ', '}
                <mark className={styles.mark} data-against={weight < 0 || undefined}>
                  {text}
                </mark>
              </span>
            ))}
            {words.length > 6 && ` and ${words.length - 6} more`}
          </>
        )}
      </p>
    </li>
  )
}
