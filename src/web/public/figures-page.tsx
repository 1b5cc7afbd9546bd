/** How sellers are treated, in figures: whether anybody is in limbo now, how long all waited, and how often we were wrong. */
import { SegmentedControl } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Figures } from '../../contract/figures.ts'
import type { Promises } from '../../contract/procedure.ts'
import { periods, type Period } from '../../core/figures.ts'
import { query } from '../api.ts'
import { PageTitle } from '../parts/page-title.tsx'
import { Pending } from '../parts/pending.tsx'
import { Past, TimeProvider } from '../parts/time.tsx'
import { AcceptedGaps } from './accepted-gaps.tsx'
import classes from './figures-page.module.css'
import {
  AppealsPart,
  MeasuresPart,
  SalesPart,
  UnansweredPart,
  WaitsPart,
} from './figures-parts.tsx'
import { HeadFigures } from './head-figures.tsx'
import { periodNames, periodWords } from './figures-words.ts'
import { limboWords } from './limbo-words.ts'
import { ProvedWay } from './proved-way.tsx'
import { PublicBar } from './public-bar.tsx'

/** `/figures`; needs no sign-in. What is so now is read afresh; what was over a period is at most a minute old. */
export function FiguresPage(): ReactNode {
  const { period = '90d' } = useSearch({ from: '/figures' })
  const promises = useQuery(query.procedures.getPromises.queryOptions({ refetchInterval: 15_000 }))
  const figures = useQuery(
    query.figures.get.queryOptions({
      input: { period },
      refetchInterval: 60_000,
      placeholderData: keepPreviousData,
    }),
  )
  return (
    <>
      <PublicBar />
      <main id="page" className={classes['page']} tabIndex={-1}>
        <TimeProvider
          {...(promises.data && {
            serverNow: promises.data.at,
            receivedAt: promises.dataUpdatedAt,
          })}
        >
          <Pending of={promises} what="the figures" isPage>
            {(now) => (
              <>
                <Sentence promises={now} />
                <AcceptedGaps promises={now} />
                <Pending of={figures} what="the figures of the period">
                  {(data) => <Told figures={data} promises={now} period={period} />}
                </Pending>
              </>
            )}
          </Pending>
        </TimeProvider>
      </main>
    </>
  )
}

function Sentence({ promises }: { promises: Promises }) {
  const { words, isBad, gaps } = limboWords(promises)
  return (
    <PageTitle
      tab="How sellers are treated, in figures"
      above="How sellers are treated, in figures"
    >
      <span className={isBad ? classes['red'] : undefined}>{words}</span>
      {gaps !== '' && <span className={classes['red']}> {gaps}</span>}
    </PageTitle>
  )
}

interface ToldProps {
  figures: Figures
  promises: Promises
  period: Period
}

function Told({ figures, promises, period }: ToldProps) {
  return (
    <>
      <About figures={figures} period={period} />
      <HeadFigures figures={figures} waiting={promises.waiting} />
      <WaitsPart figures={figures} />
      <MeasuresPart figures={figures} />
      <AppealsPart figures={figures} />
      <UnansweredPart figures={figures} waiting={promises.waiting} />
      <SalesPart figures={figures} />
      <ProvedWay promises={promises} />
      <footer className={classes['foot']}>
        <p>
          Groups of fewer than ten are put together, so that nobody is recognised. No seller is
          named here, and nothing that a seller wrote is shown. A measure is told of once its minute
          of undoing is over. Times are the marketplace’s own: a question that waits for a seller
          stops them.
        </p>
        <p>
          The same as data, for this period:{' '}
          <a className="link" href={`/v1/figures?period=${period}`}>
            JSON
          </a>{' '}
          and{' '}
          <a className="link" href={`/v1/figures.csv?period=${period}`} download>
            a table (CSV)
          </a>
          , with each number’s unit and definition.{' '}
          <a className="link" href="/docs#Public">
            How to ask for it
          </a>
        </p>
      </footer>
    </>
  )
}

function About({ figures, period }: Pick<ToldProps, 'figures' | 'period'>) {
  const navigate = useNavigate()
  return (
    <div className={classes['about']}>
      <p>
        {periodWords(figures)}. Counted from decisions, cases and clocks, as of{' '}
        <Past at={figures.until} />.
      </p>
      <SegmentedControl
        aria-label="Period"
        value={period}
        data={periods.map((value) => ({ value, label: periodNames[value] }))}
        onChange={(value) =>
          void navigate({
            to: '/figures',
            search: { period: value },
            replace: true,
            resetScroll: false,
          })
        }
      />
    </div>
  )
}
