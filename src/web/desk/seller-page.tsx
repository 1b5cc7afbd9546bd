/** One seller at the desk: how account and payouts stand, what is on them, every case, and what people may do. */
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { SellerForDesk } from '../../contract/desk-seller.ts'
import { sayMoney } from '../../core/saying.ts'
import { query } from '../api.ts'
import { AccountHealth } from '../parts/account-health.tsx'
import { ButtonLink, TextLink } from '../parts/button-link.tsx'
import { Tag } from '../parts/measure-tag.tsx'
import { PageTitle, Trail } from '../parts/page-title.tsx'
import { Pending } from '../parts/pending.tsx'
import { Past, TimeProvider, useClock } from '../parts/time.tsx'
import { PastTable } from './case-past.tsx'
import { Closing } from './closing.tsx'
import { ImposeMeasure } from './impose-measure.tsx'
import pageStyles from './page.module.css'
import { sellerWords } from './queue-words.ts'
import { caseStateWords, sellerTitle } from './seller-words.ts'
import { StaffPage } from './staff-page.tsx'
import { accountWords, payoutsWords, readBackWords, statusTone } from './state-words.ts'
import { UndoMeasures } from './undo-measures.tsx'

/** The page at `/desk/sellers/$sellerId`. */
export function SellerPage() {
  const { sellerId = '' } = useParams({ strict: false })
  return <StaffPage>{() => <OpenSeller key={sellerId} sellerId={sellerId} />}</StaffPage>
}

function OpenSeller({ sellerId }: { sellerId: string }) {
  const found = useQuery(
    query.desk.getSeller.queryOptions({ input: { sellerId }, refetchInterval: 5_000 }),
  )
  const queryKey = query.desk.getSeller.key({ input: { sellerId } })
  return (
    <TimeProvider>
      <div className={pageStyles.page}>
        <Pending of={found} what="the seller" isPage>
          {(one) => (
            <>
              <PageTitle
                above={
                  <Trail>
                    {[
                      <TextLink key="all" to="/desk/sellers">
                        Sellers
                      </TextLink>,
                      one.seller.id,
                    ]}
                  </Trail>
                }
              >
                {sellerTitle(one)}
              </PageTitle>
              <div className={pageStyles.split}>
                <div>
                  <UndoMeasures measures={one.measures} queryKey={queryKey} />
                  {one.measures.map(
                    (measure) =>
                      measure.closing !== null && (
                        <Closing
                          key={measure.decisionId}
                          measure={measure}
                          closing={measure.closing}
                          queryKey={queryKey}
                        />
                      ),
                  )}
                  <Measures one={one} />
                  {one.health !== null && (
                    <section className={pageStyles.section}>
                      <h2>Account health</h2>
                      <AccountHealth health={one.health} reader="desk" />
                    </section>
                  )}
                  <Cases one={one} />
                  <section className={pageStyles.section}>
                    <h2>Everything that was ever taken</h2>
                    <p className="second" style={{ marginBottom: 8 }}>
                      Known since{' '}
                      <time dateTime={one.seller.since}>
                        {new Date(one.seller.since).getFullYear()}
                      </time>
                      : {sellerWords(one.seller)}.
                    </p>
                    {one.seller.past.length > 0 && <PastTable past={one.seller.past} />}
                  </section>
                </div>
                <aside aria-label="State and measures">
                  <Standing one={one} />
                  <ImposeMeasure
                    label="What happens to the account or its payouts"
                    offers={one.imposable.map(({ subject, ...each }) => ({
                      ...each,
                      subject: { kind: subject, id: one.seller.id },
                    }))}
                    policies={one.policies}
                    balance={one.balance}
                    exceptions={one.exceptions}
                    queryKey={queryKey}
                  />
                  {one.allowed.includes('record_letter') && (
                    <p style={{ marginTop: 20 }}>
                      <ButtonLink to="/desk/letters/new" search={{ seller: one.seller.id }}>
                        Record a letter
                      </ButtonLink>
                    </p>
                  )}
                </aside>
              </div>
            </>
          )}
        </Pending>
      </div>
    </TimeProvider>
  )
}

/** Account, payouts and balance in words, each with what the shop was seen to show. */
function Standing({ one: { account, payouts, balance } }: { one: SellerForDesk }) {
  const money = { ...useClock(), currency: balance?.currency ?? null }
  return (
    <>
      <dl className={pageStyles.pairs}>
        <dt>Account</dt>
        <dd>
          <strong>{accountWords(account.owed)}</strong>
          <p className="second">{readBackWords(account.readBack, 'account')}</p>
        </dd>
      </dl>
      <dl className={pageStyles.pairs}>
        <dt>Payouts</dt>
        <dd>
          <strong>{payoutsWords(payouts.owed, money)}</strong>
          <p className="second">{readBackWords(payouts.readBack, 'payouts')}</p>
        </dd>
      </dl>
      <dl className={pageStyles.pairs}>
        <dt>Balance</dt>
        <dd>
          {balance === null ? (
            'The marketplace has not told it.'
          ) : (
            <>
              <strong className="figures">{sayMoney(balance.available, balance.currency)}</strong>{' '}
              to be paid out, of which buyers dispute{' '}
              <span className="figures">{sayMoney(balance.disputed, balance.currency)}</span>
              <p className="second">
                Told <Past at={balance.updatedAt} />
              </p>
            </>
          )}
        </dd>
      </dl>
    </>
  )
}

function Measures({ one: { measures } }: { one: SellerForDesk }) {
  return (
    <section className={pageStyles.section} style={{ marginTop: 0 }}>
      <h2>On the account and its payouts</h2>
      {measures.length === 0 ? (
        <p className="second">No measure was ever on this account or its payouts.</p>
      ) : (
        <table className={`${pageStyles.plainTable} ${pageStyles.stacks}`}>
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">Measure</th>
              <th scope="col">Rule</th>
              <th scope="col">Taken by</th>
              <th scope="col">Now</th>
            </tr>
          </thead>
          <tbody>
            {measures.map((measure) => (
              <tr key={measure.decisionId}>
                <td>
                  <Past at={measure.takenAt} />
                </td>
                <td>
                  {measure.subject === 'payouts' ? 'Payouts' : 'Account'}:{' '}
                  {measure.tag.toLowerCase()}
                  <br />
                  <TextLink
                    to="/desk/statements/$decisionId"
                    params={{ decisionId: measure.decisionId }}
                  >
                    {measure.number}
                  </TextLink>
                </td>
                <td>{measure.policyTitle}</td>
                <td>{measure.takenBy}</td>
                <td>
                  <Tag tone={statusTone(measure.status)}>{measure.status}</Tag>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function Cases({ one: { cases } }: { one: SellerForDesk }) {
  return (
    <section className={pageStyles.section}>
      <h2>Cases</h2>
      {cases.length === 0 ? (
        <p className="second">This seller never contested or asked anything.</p>
      ) : (
        <table className={`${pageStyles.plainTable} ${pageStyles.stacks}`}>
          <thead>
            <tr>
              <th scope="col">Opened</th>
              <th scope="col">Case</th>
              <th scope="col">Where it is</th>
            </tr>
          </thead>
          <tbody>
            {cases.map((each) => (
              <tr key={each.id}>
                <td>
                  <Past at={each.openedAt} />
                </td>
                <td>
                  <TextLink to="/desk/cases/$caseId" params={{ caseId: each.id }} search={{}}>
                    {each.number}
                  </TextLink>{' '}
                  {each.title}
                </td>
                <td>{caseStateWords(each.state)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
