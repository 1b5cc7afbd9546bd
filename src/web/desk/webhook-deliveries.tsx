/** What a webhook was told last, each with its state, and a way to tell it once more. */
import { api } from '../api.ts'
import { Empty } from '../parts/empty.tsx'
import { Tag } from '../parts/measure-tag.tsx'
import { Pending } from '../parts/pending.tsx'
import { ProblemNote } from '../parts/problem-note.tsx'
import { Moment, Past } from '../parts/time.tsx'
import pageStyles from './page.module.css'
import { useWebhookChange, useWebhookDeliveries } from './use-webhooks.ts'
import { attemptWords, stateTags } from './webhook-words.ts'
import styles from './webhooks.module.css'

/** Asked for only where it is shown. */
export function WebhookDeliveries({
  webhookId,
  mayChange,
}: {
  webhookId: string
  mayChange: boolean
}) {
  const found = useWebhookDeliveries(webhookId)
  const repeat = useWebhookChange((deliveryId: string) =>
    api.webhooks.repeatDelivery({ webhookId, deliveryId }),
  )
  return (
    <Pending of={found} what="what it was told">
      {({ deliveries }) =>
        deliveries.length === 0 ? (
          <Empty>It was told nothing yet. A test shows whether it can be reached.</Empty>
        ) : (
          <>
            {repeat.isError && <ProblemNote error={repeat.error} safe="Nothing was sent again." />}
            <table className={`${pageStyles.plainTable} ${pageStyles.stacks} ${styles.deliveries}`}>
              <thead>
                <tr>
                  <th scope="col">When</th>
                  <th scope="col">What</th>
                  <th scope="col">State</th>
                  <th scope="col">What came of it</th>
                  {mayChange && <th scope="col">Again</th>}
                </tr>
              </thead>
              <tbody>
                {deliveries.map((delivery) => (
                  <tr key={delivery.id}>
                    <td>
                      <Past at={delivery.madeAt} />
                    </td>
                    <td>
                      <details>
                        <summary className="code">{delivery.kind}</summary>
                        <p className="small second code">{delivery.id}</p>
                        <pre className={styles.body}>{delivery.body}</pre>
                      </details>
                    </td>
                    <td>
                      <Tag tone={stateTags[delivery.state].tone}>
                        {stateTags[delivery.state].words}
                      </Tag>
                    </td>
                    <td>
                      {attemptWords(delivery)}
                      {delivery.nextAt !== null && delivery.attempts > 0 && (
                        <>
                          {' '}
                          Next at <Moment at={delivery.nextAt} />.
                        </>
                      )}
                    </td>
                    {mayChange && (
                      <td>
                        <button
                          type="button"
                          className="link"
                          aria-label={`Tell once more: ${delivery.kind}`}
                          disabled={repeat.isPending}
                          onClick={() => repeat.mutate(delivery.id)}
                        >
                          Tell once more
                        </button>
                      </td>
                    )}
                  </tr>
                ))}
              </tbody>
            </table>
          </>
        )
      }
    </Pending>
  )
}
