/** Account health as seller and desk read it: the standing on its scale, each thing that counts, and what would raise it. */
import type { ReactNode } from 'react'
import type { HealthForReader } from '../../contract/health.ts'
import classes from './account-health.module.css'
import { TextLink } from './button-link.tsx'
import {
  complaintsSentence,
  complaintStateWords,
  decisionWords,
  healthSentence,
  pointWords,
  raiseWords,
  shareSentence,
  thresholdWords,
} from './health-words.ts'
import { Moment, Past, useClock } from './time.tsx'

interface Reading {
  health: HealthForReader
  reader: 'seller' | 'desk'
}

/** Everything, in the order in which one asks: how is it, why, what helps, what follows. */
export function AccountHealth({ health, reader }: Reading) {
  const { decisions, complaints, raises, thresholds } = health
  return (
    <div className={classes['health']}>
      <HealthScale health={health} />
      {decisions.length > 0 && (
        <section aria-labelledby="health-decisions">
          <h3 id="health-decisions">Decisions that stand</h3>
          <ul className={classes['rows']}>
            {decisions.map((one) => (
              <DecisionRow key={one.decisionId} decision={one} reader={reader} />
            ))}
          </ul>
        </section>
      )}
      <ComplaintsThatCount complaints={complaints} reader={reader} />
      {raises.length > 0 && <Raises health={health} reader={reader} />}
      {thresholds.length > 0 && (
        <details className={classes['follows']}>
          <summary>What follows, and from when on</summary>
          <ul>
            {thresholds.map((one) => (
              <li key={one.threshold}>
                <strong>{one.title}.</strong> {thresholdWords(one, reader)}
                {one.isMet && <span data-met> That is so now.</span>}
              </li>
            ))}
          </ul>
          <p className="third small">
            Points are worked out anew each time from what stands. What is taken back leaves no
            mark, and no machine takes a measure for how an account stands.
          </p>
        </details>
      )}
    </div>
  )
}

/** The standing in a word, its points, and where they lie among the standings there are. */
function HealthScale({ health }: { health: HealthForReader }) {
  const { standing, standings, points } = health
  const worst = standings.at(-1)?.from ?? 0
  const end = Math.max(worst * 1.25, points * 1.05, 1)
  const part = (value: number) => `${Math.min(100, (value / end) * 100)}%`
  return (
    <figure className={classes['scale']}>
      <figcaption>
        <span className="label">Standing</span>
        <strong data-level={levelOf(health)}>{standing.title}</strong>
        <span className="second">{healthSentence(health)}</span>
      </figcaption>
      <div className={classes['track']} aria-hidden="true">
        {standings.map(({ standing: name, from }, place) => {
          const next = standings[place + 1]?.from ?? end
          return (
            <span
              key={name}
              data-level={place}
              style={{ left: part(from), width: part(next - from) }}
            />
          )
        })}
        <b style={{ left: part(points) }} data-level={levelOf(health)} />
      </div>
      <div className={classes['names']} aria-hidden="true">
        {standings.map(({ standing: name, title, from }) => (
          <span key={name} style={{ left: part(from) }}>
            {title}
            {from > 0 && <i> from {from}</i>}
          </span>
        ))}
      </div>
    </figure>
  )
}

function levelOf({ standing, standings }: HealthForReader): number {
  return standings.findIndex((one) => one.standing === standing.standing)
}

function DecisionRow({
  decision,
  reader,
}: {
  decision: HealthForReader['decisions'][number]
  reader: Reading['reader']
}) {
  const { decisionId, number, title, policyTitle, takenAt, state, points, overAt } = decision
  const why = decisionWords(decision, reader)
  return (
    <li>
      <div>
        <p>
          <strong>{title}</strong> <span className="second">{policyTitle}</span>
        </p>
        <p className="small second">
          <DecisionLink decisionId={decisionId} reader={reader}>
            {number}
          </DecisionLink>
          , <Past at={takenAt} />.{why !== '' && ` ${why}`}
          {state === 'counts' && (
            <>
              {' '}
              Over on <Moment at={overAt} />.
            </>
          )}
        </p>
      </div>
      <Points points={points} />
    </li>
  )
}

function DecisionLink({
  decisionId,
  reader,
  children,
}: {
  decisionId: string
  reader: Reading['reader']
  children: ReactNode
}) {
  return (
    <TextLink
      to={reader === 'seller' ? '/measures/$decisionId' : '/desk/statements/$decisionId'}
      params={{ decisionId }}
    >
      {children}
    </TextLink>
  )
}

/** What the complaints come to, and each of them with what became of it. */
function ComplaintsThatCount({
  complaints,
  reader,
}: {
  complaints: HealthForReader['complaints']
  reader: Reading['reader']
}) {
  const { each, points } = complaints
  return (
    <section aria-labelledby="health-complaints">
      <h3 id="health-complaints">Complaints that count</h3>
      <ul className={classes['rows']}>
        <li>
          <div>
            <p>{complaintsSentence(complaints)}</p>
            <p className="small second">{shareSentence(complaints)}</p>
          </div>
          <Points points={points} />
        </li>
      </ul>
      {each.length > 0 && (
        <details className={classes['follows']}>
          <summary>
            {each.length === 1
              ? 'The complaint, and why it counts or not'
              : `All ${each.length} complaints, and why each counts or not`}
          </summary>
          <ul>
            {each.map(({ caseId, number, at, state }) => (
              <li key={caseId}>
                <TextLink
                  to={reader === 'seller' ? '/cases/$caseId' : '/desk/cases/$caseId'}
                  params={{ caseId }}
                  search={{}}
                >
                  {number}
                </TextLink>
                , <Past at={at} />: {complaintStateWords[state]}.
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

const mostRaises = 5

function Raises({ health: { raises }, reader }: Reading) {
  const { now, zone } = useClock()
  return (
    <section aria-labelledby="health-raises">
      <h3 id="health-raises">What would raise it</h3>
      <ul className={classes['rows']}>
        {raises.slice(0, mostRaises).map((raise, place) => (
          <li key={place}>
            <p>{raiseWords(raise, { now, zone, reader })}</p>
            <p className={`small second ${classes['then']}`}>
              then {pointWords(raise.points)}, {raise.standing.title}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Points({ points }: { points: number }) {
  return (
    <p className={`figures ${classes['points']}`} data-none={points === 0 || undefined}>
      {points === 0 ? 'no points' : pointWords(points)}
    </p>
  )
}
