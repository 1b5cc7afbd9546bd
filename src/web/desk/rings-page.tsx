/** The rings: groups of reporters who look like one hand, to be looked into, and what became of those before. */
import { useQuery } from '@tanstack/react-query'
import type { RingInList } from '../../contract/ring.ts'
import { capital } from '../../core/capital.ts'
import { query } from '../api.ts'
import { TextLink } from '../parts/button-link.tsx'
import { Empty } from '../parts/empty.tsx'
import { PageTitle } from '../parts/page-title.tsx'
import { Pending } from '../parts/pending.tsx'
import { Past, TimeProvider } from '../parts/time.tsx'
import { count } from '../parts/time-words.ts'
import { CalibrationPlot } from './calibration-plot.tsx'
import pageStyles from './page.module.css'
import { inHundredWords, listWords, ringsTitle, stateWords } from './ring-words.ts'
import { StaffPage } from './staff-page.tsx'

/** The page at `/desk/rings`. */
export function RingsPage() {
  return <StaffPage>{() => <Rings />}</StaffPage>
}

function Rings() {
  const found = useQuery(query.rings.list.queryOptions({ refetchInterval: 10_000 }))
  return (
    <TimeProvider serverNow={found.data?.now} receivedAt={found.dataUpdatedAt}>
      <div className={pageStyles.page}>
        <Pending of={found} what="the rings" isPage>
          {({ rings, past, weighing, calibration }) => (
            <>
              <PageTitle tab="Rings">{ringsTitle(rings.length)}</PageTitle>
              <p className="second narrow-text" style={{ marginTop: 8 }}>
                Nothing follows from a ring before a person has confirmed it.{' '}
                {weighing === null ? (
                  'No complaint was weighed yet.'
                ) : (
                  <>
                    Weighed <Past at={weighing.at} />: {count(weighing.complaints, 'complaint')}, of
                    which {weighing.counting} may weigh against a seller.
                  </>
                )}
              </p>
              {rings.length === 0 && (
                <Empty>
                  Reporters who look like one hand stand here as a ring, with what ties them: shared
                  devices or cards, the same words, accounts of the same days. Complaints are
                  weighed again whenever something comes.
                </Empty>
              )}
              {rings.length > 0 && (
                <section className={pageStyles.section} aria-labelledby="open-rings">
                  <h2 id="open-rings">To look into</h2>
                  <RingTable rings={rings} />
                </section>
              )}
              {past.length > 0 && (
                <section className={pageStyles.section} aria-labelledby="past-rings">
                  <h2 id="past-rings">What became of others</h2>
                  <RingTable rings={past} />
                </section>
              )}
              <section className={pageStyles.section} aria-labelledby="came-true">
                <h2 id="came-true">Does it come true?</h2>
                <CalibrationPlot calibration={calibration} />
              </section>
            </>
          )}
        </Pending>
      </div>
    </TimeProvider>
  )
}

function RingTable({ rings }: { rings: readonly RingInList[] }) {
  return (
    <table className={`${pageStyles.plainTable} ${pageStyles.stacks}`}>
      <thead>
        <tr>
          <th scope="col">Ring</th>
          <th scope="col">Against</th>
          <th scope="col">Complaints</th>
          <th scope="col">Genuine, all together</th>
          <th scope="col">State</th>
        </tr>
      </thead>
      <tbody>
        {rings.map((ring) => (
          <tr key={ring.id}>
            <td>
              <TextLink to="/desk/rings/$ringId" params={{ ringId: ring.id }}>
                {capital(ring.number)}
              </TextLink>
              <p className="third">
                found <Past at={ring.foundAt} />
              </p>
            </td>
            <td>
              <bdi>{listWords(ring.targets.map(({ name }) => name))}</bdi>
            </td>
            <td>
              {count(ring.complaints, 'complaint')} of {count(ring.reporters, 'reporter')}
            </td>
            <td>{inHundredWords(ring.likelihood)} in 100</td>
            <td>
              {stateWords[ring.state]}
              {ring.decided !== null && (
                <p className="third">
                  {ring.decided.by}, <Past at={ring.decided.at} />
                </p>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
