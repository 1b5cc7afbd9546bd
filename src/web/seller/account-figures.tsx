/** How the account stands in figures and words: what it may do, what is held, and how many listings are on sale. */
import type { ReactNode } from 'react'
import type { SellerHome } from '../../contract/case.ts'
import { sayMoney } from '../../core/saying.ts'
import { Moment } from '../parts/time.tsx'
import classes from './account-figures.module.css'

/** Beside the measures. */
export function AccountFigures({ home }: { home: SellerHome }) {
  const { account, listings } = home
  const onSale = account.sell ? listings.total - listings.offSale : 0
  return (
    <section aria-labelledby="account">
      <h2 id="account" className={classes['heading']}>
        Your account
      </h2>
      <dl className={classes['figures']}>
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
