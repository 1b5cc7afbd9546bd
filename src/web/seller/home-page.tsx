/** The seller's home: in five seconds, am I all right and what must I do. */
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, type ReactNode } from 'react'
import type { CaseSummary, MeasureForSeller, OnSale, SellerHome } from '../../contract/case.ts'
import { caseNoun } from '../../core/case.ts'
import { shortTitle } from '../../core/saying.ts'
import { query } from '../api.ts'
import { AccountHealth } from '../parts/account-health.tsx'
import { ButtonLink, TextLink } from '../parts/button-link.tsx'
import { Empty } from '../parts/empty.tsx'
import { KnownGaps } from '../parts/known-gaps.tsx'
import { Loading } from '../parts/loading.tsx'
import { PageTitle } from '../parts/page-title.tsx'
import { Pending } from '../parts/pending.tsx'
import { Due, Moment, Past, useClock } from '../parts/time.tsx'
import { todayWords } from '../parts/time-words.ts'
import { useMe } from '../session.ts'
import { answerHash } from './answer-box.tsx'
import { waitingFirst } from './cases-words.ts'
import { CaseRows } from './case-row.tsx'
import classes from './home-page.module.css'
import { homeSentence } from './home-words.ts'
import { MeasureRows } from './measure-row.tsx'
import { isAhead, standingWords, subjectTitle, takenWords } from './measure-words.ts'
import { AccountFigures } from './account-figures.tsx'
import { changesSentence } from '../public/claim-words.ts'
import { changesQuery } from './changes-query.ts'
import { homeQuery } from './seller-shell.tsx'

/** Drawn for who scrolls to it; the page does not wait for what draws it. */
const OnSalePlot = lazy(() => import('./on-sale-plot.tsx'))
const onSaleQuery = query.seller.getOnSale.queryOptions({ staleTime: 5 * 60_000 })

/** How long an answer counts as news; the case stays among the others after that. */
const newFor = 14 * 24 * 60 * 60_000

/** `/seller` */
export function HomePage(): ReactNode {
  const home = useQuery(homeQuery)
  return (
    <Pending of={home} what="how your account stands" isPage>
      {(data) => <Home home={data} />}
    </Pending>
  )
}

function Home({ home }: { home: SellerHome }) {
  const { now, zone } = useClock()
  const toAnswer = home.cases.filter(({ ask }) => ask !== null)
  const toAppeal = home.measures.filter(
    ({ status, allowed }) => status === 'in-force' && allowed.includes('appeal'),
  )
  const toRead = home.cases.filter(
    ({ state, holding }) =>
      state === 'answered' && now.getTime() - new Date(holding.startedAt).getTime() < newFor,
  )
  const inForce = home.measures.filter(({ status }) => status === 'in-force')
  const ended = home.measures.filter(({ status }) => status !== 'in-force').slice(0, 3)
  const shown = [...inForce, ...ended]
  const open = waitingFirst(home.cases.filter(({ state }) => state !== 'closed'))
  return (
    <>
      <PageTitle above={todayWords(now, zone)}>{homeSentence(home, now, zone)}</PageTitle>
      <KnownGaps gaps={home.knownGaps} />
      <AfterHandOver />

      <section aria-labelledby="needs">
        <h2 id="needs" className={classes['heading']}>
          Needs you today
        </h2>
        {toAnswer.length + toAppeal.length + toRead.length === 0 ? (
          <Empty>Nothing needs you today.</Empty>
        ) : (
          <ul className={`sheet ${classes['needs']}`}>
            {toAnswer.map((matter) => (
              <AskedItem key={matter.id} matter={matter} />
            ))}
            {toRead.map((matter) => (
              <AnsweredItem key={matter.id} matter={matter} />
            ))}
            {toAppeal.map((measure) => (
              <MeasureItem key={measure.decisionId} measure={measure} />
            ))}
          </ul>
        )}
      </section>

      <div className={classes['columns']}>
        <section aria-labelledby="measures">
          <div className={classes['beside']}>
            <h2 id="measures">Every measure on your account</h2>
            {home.measures.length > shown.length && (
              <TextLink to="/measures" className="small">
                All {home.measures.length}
              </TextLink>
            )}
          </div>
          {shown.length === 0 ? (
            <Empty>
              No measure is in force. If there ever is one, you’ll see it here with its appeal.
            </Empty>
          ) : (
            <MeasureRows measures={shown} />
          )}
          {home.health !== null && (
            <section aria-labelledby="health" className={classes['on-sale']}>
              <h2 id="health" className={classes['heading']}>
                Account health
              </h2>
              <AccountHealth health={home.health} reader="seller" />
            </section>
          )}
          <ListingsOnSale home={home} />
        </section>
        <aside className={classes['side']}>
          <section aria-labelledby="cases">
            <h2 id="cases" className={classes['heading']}>
              Your cases
            </h2>
            {open.length === 0 ? (
              <Empty>No case is open.</Empty>
            ) : (
              <CaseRows cases={open} isNarrow />
            )}
          </section>
          <AccountFigures home={home} />
          <BeforeOffering />
        </aside>
      </div>
    </>
  )
}

/** For an owner who got the account back: what a stranger changed, as long as any of it is as they left it. */
function AfterHandOver() {
  const me = useMe().data?.me
  const isOwner = me?.kind === 'seller' && me.role === 'owner'
  const found = useQuery({ ...changesQuery, enabled: isOwner })
  const changes = found.data?.changes
  if (!changes) return null
  const isOver = changes.isComplete && changes.list.every(({ state }) => state === 'returned')
  if (isOver) return null
  return (
    <section className={`sheet ${classes['given-back']}`} aria-labelledby="given-back">
      <h2 id="given-back">Your account was given back to you</h2>
      <p className="second">{changesSentence(changes.list, changes.isComplete)}</p>
      <ButtonLink to="/changes">See what was changed</ButtonLink>
    </section>
  )
}

/** Of a few hours no curve can be drawn. */
function isLong({ from, until }: OnSale): boolean {
  return Date.parse(until) - Date.parse(from) > 24 * 60 * 60_000
}

/** For who sees all of the seller’s matters: of one matter no curve can be drawn. */
function ListingsOnSale({ home }: { home: SellerHome }) {
  const me = useMe().data?.me
  const mayRead = me?.kind === 'seller' && !me.isNamed && home.listings.total > 0
  const onSale = useQuery({ ...onSaleQuery, enabled: mayRead })
  const { zone } = useClock()
  if (!mayRead) return null
  return (
    <section aria-labelledby="on-sale" className={classes['on-sale']}>
      <h2 id="on-sale" className={classes['heading']}>
        Listings on sale
      </h2>
      <Pending of={onSale} what="how many listings were on sale">
        {(data) =>
          isLong(data) ? (
            <Suspense fallback={<Loading what="how many listings were on sale" />}>
              <OnSalePlot onSale={data} zone={zone} />
            </Suspense>
          ) : (
            <Empty>From tomorrow on you see here how many were on sale, day by day.</Empty>
          )
        }
      </Pending>
    </section>
  )
}

/** A link in our mail opens one matter, so what one may sell is for who is signed in. */
function BeforeOffering() {
  const me = useMe().data?.me
  if (me?.kind !== 'seller') return null
  return (
    <section aria-labelledby="before-offering">
      <h2 id="before-offering" className={classes['heading']}>
        Something new to sell?
      </h2>
      <p className="second" style={{ marginBottom: 12 }}>
        See what our rules make of a text before you offer it. Nothing is stored.
      </p>
      <ButtonLink to="/screening">Check a listing</ButtonLink>
    </section>
  )
}

function Item({
  title,
  words,
  dates,
  children,
}: {
  title: ReactNode
  words: ReactNode
  dates: ReactNode
  children: ReactNode
}) {
  return (
    <li className={classes['item']}>
      <div className="narrow-text">
        <h3>{title}</h3>
        <p className="second">{words}</p>
        <p className={`small third ${classes['dates']}`}>{dates}</p>
      </div>
      <div className={classes['buttons']}>{children}</div>
    </li>
  )
}

function MeasureItem({ measure }: { measure: MeasureForSeller }) {
  const { now, zone } = useClock()
  const { decisionId, subject, holding, appealBy } = measure
  const title = subjectTitle(subject)
  return (
    <Item
      title={standingWords(measure, now)}
      words={`${takenWords(measure, now, zone)} You haven’t appealed.`}
      dates={
        <>
          {isAhead(measure, now) && (
            <>
              From <Moment at={measure.since} />; until then nothing changes.{' '}
            </>
          )}
          {holding?.dueAt != null && (
            <>
              {holding.who} checks it in any case, by <Due at={holding.dueAt} />.{' '}
            </>
          )}
          {appealBy === null ? (
            'You can appeal; the time for it has not begun to run.'
          ) : (
            <>
              You can appeal until <Due at={appealBy} />.
            </>
          )}
        </>
      }
    >
      <ButtonLink
        to="/measures/$decisionId"
        params={{ decisionId }}
        aria-label={`See why: ${title}`}
      >
        See why
      </ButtonLink>
      <ButtonLink
        to="/appeal"
        search={{ decision: [decisionId] }}
        variant="filled"
        aria-label={`Appeal: ${title}`}
      >
        Appeal
      </ButtonLink>
    </Item>
  )
}

function AnsweredItem({ matter }: { matter: CaseSummary }) {
  const { id, kind, title, number, holding } = matter
  const became = holding.who.replace(/^Answered\.\s*/, '')
  return (
    <Item
      title={`Your ${caseNoun(kind)} is answered`}
      words={[`${title}.`, became, holding.whoDetail].filter(Boolean).join(' ')}
      dates={
        <>
          Case {number}, answered <Past at={holding.startedAt} />.
        </>
      }
    >
      <ButtonLink
        to="/cases/$caseId"
        params={{ caseId: id }}
        variant="filled"
        aria-label={`Read the answer about ${title}`}
      >
        Read the answer
      </ButtonLink>
    </Item>
  )
}

function AskedItem({ matter }: { matter: CaseSummary }) {
  const { id, title, number, ask } = matter
  if (ask === null) return null
  return (
    <Item
      title={`${ask.by} asks: “${shortTitle(ask.question)}”`}
      words={`${title}, case ${number}.`}
      dates={
        <>
          Answer by <Due at={ask.until} />. Our clock stands still meanwhile. If you don’t answer,
          it is decided on what there is; silence doesn’t count against you.
        </>
      }
    >
      <ButtonLink
        to="/cases/$caseId"
        params={{ caseId: id }}
        hash={answerHash}
        variant="filled"
        aria-label={`Answer ${ask.by}: ${title}`}
      >
        Answer
      </ButtonLink>
    </Item>
  )
}
