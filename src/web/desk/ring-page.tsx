/** A ring: judge whether complaints are a set-up, and undo the harm. Its picture, its sum, when they came, and who is of it. */
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { RingForDesk, RingLikelihood } from '../../contract/ring.ts'
import { capital } from '../../core/capital.ts'
import { query } from '../api.ts'
import { TextLink } from '../parts/button-link.tsx'
import { PageTitle, Trail } from '../parts/page-title.tsx'
import { Pending } from '../parts/pending.tsx'
import { signed } from '../parts/sum.ts'
import { Past, TimeProvider } from '../parts/time.tsx'
import { count } from '../parts/time-words.ts'
import pageStyles from './page.module.css'
import { WarnMembers } from './misuse-part.tsx'
import { BehindRing } from './behind-ring.tsx'
import { RingDecision } from './ring-decision.tsx'
import { RingGraph, type Chosen } from './ring-graph.tsx'
import { RingMembers } from './ring-members.tsx'
import { RingTimeline } from './ring-timeline.tsx'
import { heldComplaints, inHundredWords, listWords, ringTitle, stateWords } from './ring-words.ts'
import styles from './ring.module.css'
import { StaffPage } from './staff-page.tsx'

/** The page at `/desk/rings/$ringId`. */
export function RingPage() {
  return <StaffPage>{() => <RingById />}</StaffPage>
}

function RingById() {
  const { ringId } = useParams({ from: '/desk/rings/$ringId' })
  const found = useQuery(
    query.rings.get.queryOptions({ input: { ringId }, refetchInterval: 5_000 }),
  )
  return (
    <TimeProvider serverNow={found.data?.now} receivedAt={found.dataUpdatedAt}>
      <div className={pageStyles.page}>
        <Pending of={found} what="this ring" isPage>
          {(ring) => <Ring key={ring.id} ring={ring} />}
        </Pending>
      </div>
    </TimeProvider>
  )
}

function Ring({ ring }: { ring: RingForDesk }) {
  const [chosen, choose] = useState<Chosen | null>(null)
  const lit =
    chosen && ring.complaints.filter(({ reporterId }) => chosen.reporters.includes(reporterId))
  return (
    <>
      <PageTitle
        tab={capital(ring.number)}
        above={
          <Trail>
            {[
              <TextLink key="rings" to="/desk/rings">
                Rings
              </TextLink>,
              capital(ring.number),
            ]}
          </Trail>
        }
      >
        {ringTitle(ring)}
      </PageTitle>
      <State ring={ring} />
      <div className={`${pageStyles.split} ${styles.split}`}>
        <div>
          <RingGraph ring={ring} chosen={chosen} onChoose={choose} />
          <div className={styles.partHead}>
            <h2>When they came</h2>
            <p className="second" aria-live="polite">
              {lit === null
                ? `Complaints against ${listWords(ring.targets.map(({ name }) => name))}, and what followed`
                : `${chosen?.words ?? ''}: ${count(lit.length, 'complaint')} lit`}
            </p>
          </div>
          <RingTimeline ring={ring} chosen={chosen} />
          <RingMembers ring={ring} chosen={chosen} />
          <Alike ring={ring} />
        </div>
        <aside aria-label="How likely it is, and what undoing does">
          <Likelihood ring={ring} />
          {(ring.state === 'open' || ring.state === 'gone') && <RingDecision ring={ring} />}
          {ring.state === 'confirmed' && <BehindRing ring={ring} />}
        </aside>
      </div>
    </>
  )
}

function State({ ring }: { ring: RingForDesk }) {
  const { state, decided, outcome, follows } = ring
  return (
    <>
      {follows !== null && (
        <p className="second narrow-text" style={{ marginTop: 8 }}>
          More came of{' '}
          <TextLink to="/desk/rings/$ringId" params={{ ringId: follows.id }}>
            {follows.number}
          </TextLink>
          , on which people decided before ({stateWords[follows.state].toLowerCase()}).
        </p>
      )}
      {state === 'gone' && (
        <p className="second narrow-text" style={{ marginTop: 8 }}>
          With what came since, these do not look like one hand any more. Nothing follows from it.
        </p>
      )}
      {state === 'confirmed' && <WarnMembers cases={ring.complaints.filter(isOfMembers(ring))} />}
      {decided !== null && (
        <div className="narrow-text" style={{ marginTop: 8 }}>
          <p>
            <strong>{stateWords[state]}</strong> by {decided.by}, <Past at={decided.at} />: “
            {decided.reasons}”
          </p>
          {outcome !== null && (
            <p className="second">
              {count(outcome.refuted, 'complaint')} refuted,{' '}
              {count(outcome.lifted.length, 'measure')} lifted at once,{' '}
              {count(outcome.judged, 'decision')} judged anew.{' '}
              {outcome.repairs.map((caseId, at) => (
                <TextLink key={caseId} to="/desk/cases/$caseId" params={{ caseId }} search={{}}>
                  Open the repair{outcome.repairs.length > 1 && ` ${at + 1}`}
                </TextLink>
              ))}
            </p>
          )}
        </div>
      )}
    </>
  )
}

function Likelihood({ ring }: { ring: RingForDesk }) {
  const { whole, remainder } = ring
  const out = ring.members.filter(({ pruned }) => pruned !== null).map(({ label }) => label)
  if (remainder === null)
    return <Sum of={whole} reporters={`all ${heldComplaints(ring).length} taken together`} />
  return (
    <>
      {remainder.isDue ? (
        <p role="status">Without {listWords(out)}, it is worked out again in a moment.</p>
      ) : remainder.left === null ? (
        <p role="status">
          Without {listWords(out)}, the others do not look like one hand any more. Nothing ties them
          enough.
        </p>
      ) : (
        <Sum of={remainder.left} reporters={`without ${listWords(out)}`} />
      )}
      <p className="second" style={{ margin: '4px 0 16px' }}>
        With everybody: {inHundredWords(whole.likelihood)} in 100.
      </p>
    </>
  )
}

/** Heard as a table; each term in log-odds that the complaints are genuine. */
function Sum({ of: { likelihood, terms }, reporters }: { of: RingLikelihood; reporters: string }) {
  return (
    <section aria-labelledby="likelihood">
      <h2 id="likelihood" className={styles.question}>
        How likely is it that these are genuine?
      </h2>
      <p className={styles.likelihood}>
        <strong>{inHundredWords(likelihood)}</strong> in 100, {reporters}
      </p>
      <table className={styles.terms}>
        <caption className="heard-only">The terms of the sum</caption>
        <thead className="heard-only">
          <tr>
            <th scope="col">What</th>
            <th scope="col">Counts</th>
          </tr>
        </thead>
        <tbody>
          {terms.map(({ part, words, weight }) => (
            <tr key={part}>
              <th scope="row">{words}</th>
              <td>{signed(weight)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Alike({ ring }: { ring: RingForDesk }) {
  const groups = ring.sayings.filter((ids) => ids.length > 1)
  if (groups.length === 0) return null
  const [first = []] = groups
  const said = ring.complaints.filter(({ id }) => first.includes(id))
  return (
    <section className={pageStyles.section} aria-labelledby="alike">
      <h2 id="alike">Nearly the same words</h2>
      <ul>
        {said.slice(0, 6).map(({ id, number, text }) => (
          <li key={id}>
            <p className={styles.said}>
              {number}: “{text}”
            </p>
          </li>
        ))}
      </ul>
      {said.length > 6 && <p className="third">and {said.length - 6} more</p>}
    </section>
  )
}

/** Of whoever was not taken out of it. */
function isOfMembers({ members }: RingForDesk) {
  const ids = new Set(
    members.filter(({ pruned }) => pruned === null).map(({ reporterId }) => reporterId),
  )
  return ({ reporterId, finding }: RingForDesk['complaints'][number]) =>
    ids.has(reporterId) && finding === 'refuted'
}
