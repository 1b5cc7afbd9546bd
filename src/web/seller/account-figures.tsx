/** How the account stands in figures and words: what it may do, what is held, and how many listings are on sale. */
import type { ReactNode } from 'react'
import type { SellerHome } from '../../contract/case.ts'
import { sayMoney } from '../../core/saying.ts'
import { TextLink } from '../parts/button-link.tsx'
import { pointWords } from '../parts/health-words.ts'
import { Moment } from '../parts/time.tsx'
import classes from './account-figures.module.css'

/** Beside the measures. */
export function AccountFigures({ home }: { home: SellerHome }) {
  const { account, listings } = home
  const onSale = account.sell ? listings.total - listings.offSale : 0
  return (
    <section aria-labelledby="account">
      <h2 id="account" className={classes['heading']}>
        Your account today
      </h2>
      <dl className={classes['figures']}>
        {home.health === null ? (
          <Standing measures={home.measures} />
        ) : (
          <HealthFacts health={home.health} />
        )}
        <Fact
          label="Selling"
          words={account.sell ? 'As ever' : 'Stopped'}
          isStopped={!account.sell}
        />
        <Fact
          label="New listings"
          words={account.addListings ? 'Can be added' : 'Can’t be added'}
          isStopped={!account.addListings}
        />
        {!account.signIn && <Fact label="Signing in" words="Shut" isStopped />}
        <Payouts home={home} />
        <Fact
          label="On sale"
          words={onSale.toLocaleString('en')}
          detail={
            <>
              of {listings.total.toLocaleString('en')}
              {listings.offSale > 0 && `, ${listings.offSale.toLocaleString('en')} off sale`}
              {listings.outOfSearch > 0 &&
                `, ${listings.outOfSearch.toLocaleString('en')} out of search`}
            </>
          }
        />
      </dl>
    </section>
  )
}

/** The standing in a word; all that makes it stands in its own part of the page. */
function HealthFacts({ health }: { health: NonNullable<SellerHome['health']> }) {
  const { points, standing, complaints } = health
  const { counting, orders, days } = complaints
  return (
    <>
      <Fact
        label="Standing"
        words={standing.title}
        detail={
          <>
            {points === 0 ? 'Nothing counts against you.' : `${pointWords(points)} count.`}{' '}
            <a className="link" href="#health">
              See why
            </a>
          </>
        }
        isStopped={standing.from >= (health.standings[2]?.from ?? Infinity)}
      />
      <Fact
        label={`Complaints that count, last ${days} days`}
        words={counting.toLocaleString('en')}
        detail={`of ${orders.toLocaleString('en')} ${orders === 1 ? 'order' : 'orders'}`}
      />
    </>
  )
}

/** What counts against the account now; what was taken back or has ended never does. */
function Standing({ measures }: Pick<SellerHome, 'measures'>) {
  const counting = measures.filter(({ status }) => status === 'in-force')
  const ended = measures.length - counting.length
  const endedWords =
    ended === 0 ? '' : ` ${ended === 1 ? 'One that ended doesn’t' : `${ended} that ended don’t`}.`
  return counting.length === 0 ? (
    <Fact label="Standing" words="Good" detail={`No measure counts against you.${endedWords}`} />
  ) : (
    <Fact
      label="Standing"
      words={counting.length === 1 ? 'One measure counts' : `${counting.length} measures count`}
      detail={
        <>
          <TextLink to="/measures">See each, and why.</TextLink>
          {endedWords}
        </>
      }
      isStopped
    />
  )
}

function Payouts({ home: { payouts, measures } }: { home: SellerHome }) {
  const { held, onlyTo } = payouts
  if (held !== null) {
    const currency = measures.find(({ terms }) => terms?.currency != null)?.terms?.currency ?? null
    return (
      <Fact
        label="Payouts"
        words={`${sayMoney(held.amount, currency)} held`}
        detail={
          <>
            until <Moment at={held.until} />; all above it is paid
          </>
        }
        isStopped
      />
    )
  }
  return onlyTo === null ? (
    <Fact label="Payouts" words="Nothing is held" />
  ) : (
    <Fact
      label="Payouts"
      words="To known accounts only"
      detail="those that you named more than 30 days before"
      isStopped
    />
  )
}

function Fact({
  label,
  words,
  detail,
  isStopped = false,
}: {
  label: string
  words: string
  detail?: ReactNode
  isStopped?: boolean
}) {
  return (
    <div>
      <dt className="label">{label}</dt>
      <dd>
        <strong className="figures" data-stopped={isStopped || undefined}>
          {words}
        </strong>
        {detail !== undefined && <span className="small second"> {detail}</span>}
      </dd>
    </div>
  )
}
