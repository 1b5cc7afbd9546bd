/** What the marketplace promises its sellers, for anybody: the promise, whether it is kept at this moment, and known gaps. */
import { useQuery } from '@tanstack/react-query'
import { useMemo, type ReactNode } from 'react'
import type { Promises } from '../../contract/procedure.ts'
import { checkProcedure } from '../../procedure/check.ts'
import { drawSlowest } from '../../procedure/draw/draw.ts'
import { layOutProcedure } from '../../procedure/draw/picture.ts'
import { countOf, sayWorst } from '../../procedure/draw/words.ts'
import { sayTime } from '../../procedure/words.ts'
import { query } from '../api.ts'
import { TextLink } from '../parts/button-link.tsx'
import { PageTitle } from '../parts/page-title.tsx'
import { Pending } from '../parts/pending.tsx'
import { Past, TimeProvider } from '../parts/time.tsx'
import { spanWords } from '../parts/time-words.ts'
import { Picture } from '../studio/picture.tsx'
import picture from '../studio/picture.module.css'
import { Count } from './count.tsx'
import { AcceptedGaps } from './accepted-gaps.tsx'
import classes from './promises-page.module.css'
import { promiseWords } from './promise-words.ts'
import { PublicBar } from './public-bar.tsx'

/** `/promises`; needs no sign-in. */
export function PromisesPage(): ReactNode {
  const promises = useQuery(query.procedures.getPromises.queryOptions({ refetchInterval: 15_000 }))
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
          <Pending of={promises} what="what is promised" isPage>
            {(data) => <Promised promises={data} />}
          </Pending>
        </TimeProvider>
      </main>
    </>
  )
}

function Promised({ promises }: { promises: Promises }) {
  const { promise, now, isKept } = promiseWords(promises)
  return (
    <>
      <PageTitle
        tab="What we promise sellers"
        above="What we promise sellers, and whether it is so"
      >
        {promise} <span className={isKept ? classes['green'] : classes['red']}>{now}</span>
      </PageTitle>
      <AcceptedGaps promises={promises} />
      <Figures promises={promises} />
      <Way promises={promises} />
      <p className="small third">
        Counted <Past at={promises.at} />, from the cases themselves. Over longer times:{' '}
        <TextLink to="/figures">How sellers are treated, in figures</TextLink>.{' '}
        <a className="link" href="/v1/promises">
          The same as data (JSON)
        </a>
      </p>
    </>
  )
}

function Figures({ promises: { waiting, procedure, worst } }: { promises: Promises }) {
  return (
    <section aria-labelledby="now">
      <h2 id="now">At this moment</h2>
      <dl className={classes['figures']}>
        <Count words="cases are open" amount={waiting.open} />
        <Count
          words="of them have no running clock"
          amount={waiting.withoutClock}
          isBad={waiting.withoutClock > 0}
        />
        <Count
          words="of them are overdue at their desk"
          amount={waiting.overdue}
          isBad={waiting.overdue > 0}
        />
        <Count
          words={`wait for a person for longer than ${sayTime(procedure.promise.person)}`}
          amount={waiting.beyondPerson}
          isBad={waiting.beyondPerson > 0}
        />
        <Count
          words={`wait for the answer for longer than ${sayTime(procedure.promise.answer)}`}
          amount={waiting.beyondAnswer}
          isBad={waiting.beyondAnswer > 0}
        />
        <Count
          words="mails wait for longer than promised"
          amount={waiting.mailsLate}
          isBad={waiting.mailsLate > 0}
        />
        <Count words="given back, and not yet seen back in the shop" amount={waiting.notYetBack} />
        <Count
          words="were denied after one look and not two, because the first desk was late"
          amount={waiting.oneLook}
        />
      </dl>
      <p className="second">
        {waiting.open === 0
          ? 'Nobody waits.'
          : `Whoever waits longest has waited ${spanWords(waiting.longestMs)}.`}{' '}
        Proved of the procedure, however the staff behave: a person{' '}
        {worst.person === 'PT0S'
          ? 'at once'
          : worst.person === 'unbounded'
            ? 'without end'
            : `within ${sayWorst(worst.person)}`}
        , the answer{' '}
        {worst.answer === 'unbounded' ? 'without end' : `within ${sayWorst(worst.answer)}`}.
      </p>
    </section>
  )
}

/** What the page is wide, with the margins that the pictures have themselves. */
const WIDTH = 1248

function Way({ promises: { procedure, worst, adoptedAt } }: { promises: Promises }) {
  const drawn = useMemo(() => {
    const check = checkProcedure(procedure)
    return {
      picture: layOutProcedure(procedure, check, { isPart: true, width: WIDTH }),
      slowest: drawSlowest(procedure, worst, { width: WIDTH, key: 'slowest' }),
    }
  }, [procedure, worst])
  return (
    <section aria-labelledby="way">
      <h2 id="way">Every way from a measure to an answer</h2>
      <p className="second">
        “{procedure.title}”, in force since <Past at={adoptedAt} />,{' '}
        {countOf(Object.keys(procedure.desks).length, 'desk')}. Its officer, called when a clock has
        run out everywhere else: {procedure.officer}.
      </p>
      <Picture examined={drawn} label="The picture of every way" available={WIDTH} />
      {drawn.slowest !== null && (
        <div
          className={picture['picture']}
          role="region"
          aria-label="The slowest way to scale"
          tabIndex={0}
          dangerouslySetInnerHTML={{ __html: drawn.slowest }}
        />
      )}
    </section>
  )
}
