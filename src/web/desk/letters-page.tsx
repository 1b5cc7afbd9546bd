/** The letters: what senders wait for and until when, and what came last. */
import { useQuery } from '@tanstack/react-query'
import type { LetterForDesk } from '../../contract/letter.ts'
import { sayDay } from '../../core/letter.ts'
import { query } from '../api.ts'
import { ButtonLink, TextLink } from '../parts/button-link.tsx'
import { Empty } from '../parts/empty.tsx'
import { PageTitle } from '../parts/page-title.tsx'
import { Pending } from '../parts/pending.tsx'
import { Due, Past, TimeProvider } from '../parts/time.tsx'
import { lettersTitle } from './letter-words.ts'
import pageStyles from './page.module.css'
import { StaffPage } from './staff-page.tsx'
import { WaitedForLine } from './waited-for.tsx'

/** The page at `/desk/letters`. */
export function LettersPage() {
  return <StaffPage>{() => <Letters />}</StaffPage>
}

function Letters() {
  const found = useQuery(query.letters.list.queryOptions({ refetchInterval: 10_000 }))
  return (
    <TimeProvider serverNow={found.data?.now} receivedAt={found.dataUpdatedAt}>
      <div className={pageStyles.page}>
        <Pending of={found} what="the letters" isPage>
          {({ waiting, last, mayRecord }) => (
            <>
              <PageTitle tab="Letters">{lettersTitle(waiting)}</PageTitle>
              {mayRecord && (
                <div className="buttons" style={{ marginTop: 16 }}>
                  <ButtonLink to="/desk/letters/new" variant="filled">
                    Put a letter on record
                  </ButtonLink>
                </div>
              )}
              {waiting.length === 0 && last.length === 0 && (
                <Empty>
                  Letters of sellers, lawyers, authorities and dispute settlement bodies stand here,
                  each with its case and with the day by which its sender wants something.
                </Empty>
              )}
              {waiting.length > 0 && (
                <section className={pageStyles.section} aria-labelledby="waiting">
                  <h2 id="waiting">Somebody waits</h2>
                  <LetterTable letters={waiting} />
                </section>
              )}
              {last.length > 0 && (
                <section className={pageStyles.section} aria-labelledby="last">
                  <h2 id="last">What came last</h2>
                  <LetterTable letters={last} />
                </section>
              )}
            </>
          )}
        </Pending>
      </div>
    </TimeProvider>
  )
}

function LetterTable({ letters }: { letters: readonly LetterForDesk[] }) {
  return (
    <table className={`${pageStyles.plainTable} ${pageStyles.stacks}`}>
      <thead>
        <tr>
          <th scope="col">From</th>
          <th scope="col">Received</th>
          <th scope="col">Case</th>
          <th scope="col">What they want</th>
        </tr>
      </thead>
      <tbody>
        {letters.map((letter) => (
          <tr key={letter.id}>
            <td>
              <bdi>{letter.from}</bdi>
              {letter.reference !== null && (
                <p className="third">
                  <bdi>{letter.reference}</bdi>
                </p>
              )}
            </td>
            <td>{sayDay(letter.receivedOn)}</td>
            <td>
              <TextLink to="/desk/cases/$caseId" params={{ caseId: letter.caseId }} search={{}}>
                {letter.caseNumber}
              </TextLink>
            </td>
            <td>
              {letter.wish === null ? (
                <span className="second">Nothing by a day</span>
              ) : letter.wish.met !== null ? (
                <>
                  Sent <Past at={letter.wish.met.at} /> by {letter.wish.met.by}; wanted by{' '}
                  <Due at={letter.wish.by} />
                </>
              ) : (
                <WaitedForLine waitedFor={letter.wish} />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
