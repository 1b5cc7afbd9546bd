/** What stays yours while the account is locked: open orders, undisputed money, and the whole own file. */
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Belongings, MoneyForSeller, OrderForSeller } from '../../contract/belongings.ts'
import { sayMoney } from '../../core/saying.ts'
import { query } from '../api.ts'
import { ButtonLink, TextLink } from '../parts/button-link.tsx'
import { Empty } from '../parts/empty.tsx'
import { Tag } from '../parts/measure-tag.tsx'
import { PageTitle } from '../parts/page-title.tsx'
import { Pending } from '../parts/pending.tsx'
import { problemWords, refusalOf } from '../parts/problem-note.tsx'
import { Due, Moment, Past, useClock } from '../parts/time.tsx'
import { useMe } from '../session.ts'
import classes from './belongings-page.module.css'
import { OwnFile } from './own-file.tsx'

const notByThisLink = {
  sign_in_instead: 'Sign-in to your account is open, so what is yours is there.',
  account_secured: 'Your account is kept shut for you, and so is what is in it.',
  link_of_other_matter: 'This link opens another matter.',
} as const

/** `/belongings` */
export function BelongingsPage(): ReactNode {
  const found = useQuery(query.seller.getBelongings.queryOptions({ refetchInterval: 15_000 }))
  const refusal = refusalOf(found.error)
  if (refusal !== null && Object.hasOwn(notByThisLink, refusal))
    return <NotByThisLink refusal={refusal as keyof typeof notByThisLink} error={found.error} /> // it has the name itself
  return (
    <Pending of={found} what="what is yours" isPage>
      {(data) => <Belonging belongings={data} />}
    </Pending>
  )
}

function NotByThisLink({
  refusal,
  error,
}: {
  refusal: keyof typeof notByThisLink
  error: unknown
}) {
  return (
    <>
      <PageTitle tab="What stays yours">{notByThisLink[refusal]}</PageTitle>
      <p className="second narrow-text">{problemWords(error)}</p>
      {refusal === 'account_secured' && (
        <p className="second narrow-text" style={{ marginTop: 12 }}>
          Your listings, orders and money are as they were, and payouts go only to accounts that you
          named long before. Ask in your case for a copy of your data: once a person knows that it
          is you, you get it.
        </p>
      )}
      <div className="buttons" style={{ marginTop: 24 }}>
        {refusal === 'sign_in_instead' ? (
          <ButtonLink to="/sign-in" variant="filled">
            Sign in
          </ButtonLink>
        ) : (
          <ButtonLink to="/seller" variant="filled">
            The decision and my case
          </ButtonLink>
        )}
      </div>
    </>
  )
}

function titleOf({ shutBy }: Belongings): string {
  if (shutBy === null) return 'Your open orders, your money and your whole file are here.'
  return `Your account ${shutBy.is}. Your orders, your money and your data stay yours.`
}

function Belonging({ belongings }: { belongings: Belongings }) {
  const { shutBy, orders, money } = belongings
  const me = useMe().data?.me
  const mayExport = me?.kind !== 'seller' || me.allowed.includes('export')
  return (
    <>
      <PageTitle tab="What stays yours" above={belongings.sellerName}>
        {titleOf(belongings)}
      </PageTitle>
      {shutBy !== null && (
        <p className="second narrow-text">
          What is below needs no sign-in as long as decision {shutBy.number} keeps it shut.{' '}
          <TextLink to="/measures/$decisionId" params={{ decisionId: shutBy.decisionId }}>
            Why, and how to appeal
          </TextLink>
        </p>
      )}
      <div className={classes['columns']}>
        <section aria-labelledby="orders">
          <h2 id="orders" className={classes['heading']}>
            {orders.total === 0 ? 'Still to send' : `Still to send: ${orders.total}`}
          </h2>
          <Orders orders={orders} isShut={shutBy !== null} />
        </section>
        <div className={classes['side']}>
          <section aria-labelledby="money">
            <h2 id="money" className={classes['heading']}>
              Your money
            </h2>
            {money === null ? (
              <Empty>The shop has not told us a balance. What you have there is untouched.</Empty>
            ) : (
              <Money money={money} />
            )}
          </section>
          <section aria-labelledby="file">
            <h2 id="file" className={classes['heading']}>
              Your whole file
            </h2>
            <p className="second" style={{ marginBottom: 12 }}>
              Everything that we keep of you, as JSON: contacts, who acts for you, every version of
              every listing, measures with their statements, cases with what was written, names of
              files, balance and orders.
            </p>
            {mayExport ? <OwnFile /> : <p>The owner of the account can download it here.</p>}
          </section>
        </div>
      </div>
    </>
  )
}

function Orders({
  orders: { toShip, total },
  isShut,
}: {
  orders: Belongings['orders']
  isShut: boolean
}) {
  if (total === 0)
    return <Empty>Nothing waits to be sent. New orders stand here until they are.</Empty>
  return (
    <>
      {isShut && (
        <p className="second narrow-text" style={{ marginBottom: 12 }}>
          Send them as ever. Orders already placed go on in the shop: a lock shuts sign-in and stops
          new sales, and no order is among what it stops.
        </p>
      )}
      <ul className={classes['orders']}>
        {toShip.map((order) => (
          <OrderRow key={order.id} order={order} />
        ))}
      </ul>
      {total > toShip.length && (
        <p className="small second" style={{ marginTop: 8 }}>
          The {toShip.length} most urgent of {total.toLocaleString('en')}. Your whole file has all
          of them.
        </p>
      )}
    </>
  )
}

function OrderRow({ order }: { order: OrderForSeller }) {
  const { id, title, listingId, at, shipBy, amount, currency } = order
  return (
    <li>
      <div className={classes['what']}>
        <strong>{title ?? listingId}</strong>
        {amount !== null && <span className="figures">{sayMoney(amount, currency)}</span>}
      </div>
      <p className="small second">
        <ShipBy shipBy={shipBy} /> Ordered <Past at={at} />. <span className="code">{id}</span>
      </p>
    </li>
  )
}

function ShipBy({ shipBy }: { shipBy: string | null }) {
  const { now } = useClock()
  if (shipBy === null) return 'Send it as agreed with the buyer.'
  return new Date(shipBy) > now ? (
    <>
      Send it by <Due at={shipBy} />.
    </>
  ) : (
    <>
      It was to be sent by <Moment at={shipBy} />: send it now.
    </>
  )
}

function Money({ money }: { money: MoneyForSeller }) {
  const { currency, undisputed, disputed, held, payable, destinations, toldAt } = money
  return (
    <>
      <dl className={classes['sums']}>
        <Sum label="Undisputed, and yours" words={sayMoney(undisputed, currency)}>
          {disputed > 0 && `Buyers dispute ${sayMoney(disputed, currency)} of your orders.`}
        </Sum>
        <Sum label="Held" words={held === null ? 'Nothing' : sayMoney(held.amount, currency)}>
          {held !== null && (
            <>
              Until <Moment at={held.until} />, then it is free by itself.
            </>
          )}
        </Sum>
        <Sum label="May be paid out now" words={sayMoney(payable, currency)}>
          As of <Past at={toldAt} />.
        </Sum>
      </dl>
      <h3 className={classes['where']}>Where to</h3>
      {destinations.length === 0 ? (
        <Empty>The shop has told us of no account of yours to pay to.</Empty>
      ) : (
        <ul className={classes['destinations']}>
          {destinations.map(({ id, label, addedAt, mayReceive }) => (
            <li key={id}>
              <span>
                {label ?? id}
                <span className="small third">
                  {' '}
                  named <Past at={addedAt} />
                </span>
              </span>
              <Tag tone={mayReceive ? 'green' : 'plain'}>
                {mayReceive ? 'Is paid' : 'Not just now'}
              </Tag>
            </li>
          ))}
        </ul>
      )}
      {destinations.some(({ mayReceive }) => !mayReceive) && (
        <p className="small second">
          Money goes only to accounts that you named more than 30 days before, so that nobody can
          lead it elsewhere.
        </p>
      )}
    </>
  )
}

function Sum({ label, words, children }: { label: string; words: string; children?: ReactNode }) {
  return (
    <div>
      <dt className="label">{label}</dt>
      <dd>
        <strong className="figures">{words}</strong>
        <span className="small second"> {children}</span>
      </dd>
    </div>
  )
}
