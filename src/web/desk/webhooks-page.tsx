/** Webhooks are kept here: who outside is told of what, and how that goes. */
import { Button } from '@mantine/core'
import { useState } from 'react'
import { apiOnce } from '../api.ts'
import { Empty } from '../parts/empty.tsx'
import { PageTitle } from '../parts/page-title.tsx'
import { Pending } from '../parts/pending.tsx'
import { useOnceKey } from '../parts/once.ts'
import pageStyles from './page.module.css'
import { StaffPage } from './staff-page.tsx'
import { useWebhookChange, useWebhooks } from './use-webhooks.ts'
import { WebhookForm, type WebhookDraft } from './webhook-form.tsx'
import { WebhookRow } from './webhook-row.tsx'
import { webhooksSentence } from './webhook-words.ts'
import styles from './webhooks.module.css'

interface ShownSecret {
  name: string
  secret: string
}

/** The page at `/desk/webhooks`. */
export function WebhooksPage() {
  return <StaffPage>{() => <Webhooks />}</StaffPage>
}

function Webhooks() {
  const found = useWebhooks()
  const [shown, show] = useState<ShownSecret | null>(null)
  return (
    <div className={pageStyles.page}>
      <Pending of={found} what="the webhooks" isPage>
        {({ webhooks, kinds, mayChange }) => (
          <>
            <PageTitle tab="Webhooks">{webhooksSentence(webhooks)}</PageTitle>
            {shown && <Secret shown={shown} onDone={() => show(null)} />}
            <div className={pageStyles.split}>
              <div>
                {webhooks.length === 0 && (
                  <Empty>
                    A webhook is an address of yours that hears of cases, decisions and measures as
                    they happen: ids and states, and no word that anybody wrote.
                    {mayChange ? ' Add the first one.' : ' An administrator adds them.'}
                  </Empty>
                )}
                {webhooks.map((webhook) => (
                  <WebhookRow
                    key={webhook.id}
                    webhook={webhook}
                    kinds={kinds}
                    mayChange={mayChange}
                    onSecret={show}
                  />
                ))}
              </div>
              {mayChange && <AddWebhook kinds={kinds} onSecret={show} />}
            </div>
          </>
        )}
      </Pending>
    </div>
  )
}

function AddWebhook({
  kinds,
  onSecret,
}: {
  kinds: Parameters<typeof WebhookForm>[0]['kinds']
  onSecret: (shown: ShownSecret) => void
}) {
  const keyOf = useOnceKey()
  const [place, setPlace] = useState(0)
  const add = useWebhookChange(
    (draft: WebhookDraft) => apiOnce(keyOf(draft)).webhooks.add(draft),
    ({ webhook, secret }) => {
      onSecret({ name: webhook.name, secret })
      // A new form for the next one.
      setPlace(place + 1)
    },
  )
  return (
    <aside className={`sheet ${pageStyles.imposeSheet}`} aria-labelledby="add-webhook">
      <h2 id="add-webhook">Add a webhook</h2>
      <p className="small second" style={{ margin: '4px 0 12px' }}>
        It is told as Standard Webhooks has it: signed, at least once, for four days if need be.
      </p>
      <WebhookForm
        key={place}
        initial={{ name: '', url: '', kinds: kinds.map(({ kind }) => kind) }}
        kinds={kinds}
        send="Add it"
        isSending={add.isPending}
        error={add.error}
        onSend={(draft) => add.mutate(draft)}
      />
    </aside>
  )
}

/** A secret is seen once: here. */
function Secret({ shown, onDone }: { shown: ShownSecret; onDone: () => void }) {
  const [isCopied, setCopied] = useState(false)
  const copy = () =>
    void navigator.clipboard.writeText(shown.secret).then(
      () => setCopied(true),
      // Some browsers forbid it; the secret can be marked and copied by hand.
      () => setCopied(false),
    )
  return (
    <div className={styles.secret} role="status">
      <p>
        This is the secret that signs what <strong>{shown.name}</strong> is told. It is shown now
        and never again.
      </p>
      <code>{shown.secret}</code>
      <div className="buttons">
        <Button variant="filled" onClick={copy}>
          {isCopied ? 'Copied' : 'Copy it'}
        </Button>
        <Button onClick={onDone}>I have kept it</Button>
      </div>
    </div>
  )
}
