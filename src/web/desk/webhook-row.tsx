/** One webhook: who it is, what it hears, how it goes, and what can be done with it. */
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { WebhookForReader } from '../../contract/webhook.ts'
import { api } from '../api.ts'
import { Tag } from '../parts/measure-tag.tsx'
import { ProblemNote } from '../parts/problem-note.tsx'
import pageStyles from './page.module.css'
import { useWebhookChange } from './use-webhooks.ts'
import { WebhookDeliveries } from './webhook-deliveries.tsx'
import { WebhookForm, type WebhookDraft } from './webhook-form.tsx'
import { countWords } from './webhook-words.ts'
import styles from './webhooks.module.css'

interface WebhookRowProps {
  webhook: WebhookForReader
  kinds: readonly { kind: WebhookForReader['kinds'][number]; says: string }[]
  mayChange: boolean
  onSecret: (shown: { name: string; secret: string }) => void
}

/** What is asked before it is done: a new secret, and taking it out. */
type Asking = 'secret' | 'remove' | null

export function WebhookRow({ webhook, kinds, mayChange, onSecret }: WebhookRowProps) {
  const { id: webhookId, name, isOn } = webhook
  const [isEditing, setEditing] = useState(false)
  const [isOpen, setOpen] = useState(false)
  const [asking, ask] = useState<Asking>(null)
  const change = useWebhookChange(
    (part: Partial<WebhookDraft> & { isOn?: boolean }) =>
      api.webhooks.change({ webhookId, ...part }),
    () => setEditing(false),
  )
  const test = useWebhookChange(
    () => api.webhooks.test({ webhookId }),
    () => setOpen(true),
  )
  const rotate = useWebhookChange(
    () => api.webhooks.rotateSecret({ webhookId }),
    ({ secret }) => {
      ask(null)
      onSecret({ name, secret })
    },
  )
  const remove = useWebhookChange(() => api.webhooks.remove({ webhookId }))
  const failed = [test, rotate, remove].find(({ isError }) => isError)
  return (
    <section className={styles.webhook} aria-labelledby={webhookId}>
      <div className={styles.head}>
        <h2 id={webhookId}>{name}</h2>
        <Tag tone={isOn ? 'green' : 'plain'}>{isOn ? 'On' : 'Off'}</Tag>
        <span className="third">{countWords(webhook.counts)}</span>
      </div>
      <p className={`code ${styles.url}`}>{webhook.url}</p>
      <p className="small second">
        {kinds
          .filter(({ kind }) => webhook.kinds.includes(kind))
          .map(({ says }) => says)
          .join(' · ')}
      </p>
      {mayChange && (
        <div className={`buttons ${styles.ways}`}>
          <Button onClick={() => test.mutate()} loading={test.isPending}>
            Send a test
          </Button>
          <Button onClick={() => setEditing(!isEditing)} aria-expanded={isEditing}>
            Change
          </Button>
          <Button onClick={() => change.mutate({ isOn: !isOn })} loading={change.isPending}>
            {isOn ? 'Switch off' : 'Switch on'}
          </Button>
          <Button onClick={() => ask('secret')}>New secret</Button>
          <Button onClick={() => ask('remove')}>Remove</Button>
        </div>
      )}
      {asking === 'secret' && (
        <Question
          words="For a day the old secret signs beside the new one. Then only the new one does."
          yes="Make a new secret"
          isPending={rotate.isPending}
          onYes={() => rotate.mutate()}
          onNo={() => ask(null)}
        />
      )}
      {asking === 'remove' && (
        <Question
          words={`${name} hears nothing from then on, also not what is still on its way.`}
          yes="Remove it"
          isPending={remove.isPending}
          onYes={() => remove.mutate()}
          onNo={() => ask(null)}
        />
      )}
      {failed && <ProblemNote error={failed.error} safe="Nothing has changed." />}
      {change.isError && !isEditing && (
        <ProblemNote error={change.error} safe="Nothing has changed." />
      )}
      {isEditing && (
        <div className={`sheet ${pageStyles.imposeSheet}`}>
          <WebhookForm
            initial={webhook}
            kinds={kinds}
            send="Save"
            isSending={change.isPending}
            error={change.error}
            onSend={({ name: called, url, kinds: chosen }) =>
              change.mutate({ name: called, url, kinds: chosen })
            }
            onCancel={() => setEditing(false)}
          />
        </div>
      )}
      <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className={pageStyles.fold}>What it was told last</summary>
        {isOpen && <WebhookDeliveries webhookId={webhookId} mayChange={mayChange} />}
      </details>
    </section>
  )
}

function Question({
  words,
  yes,
  isPending,
  onYes,
  onNo,
}: {
  words: string
  yes: string
  isPending: boolean
  onYes: () => void
  onNo: () => void
}) {
  return (
    <div className={styles.question} role="group" aria-label={yes}>
      <p>{words}</p>
      <div className="buttons">
        <Button variant="filled" onClick={onYes} loading={isPending} data-autofocus>
          {yes}
        </Button>
        <Button onClick={onNo}>Leave it as it is</Button>
      </div>
    </div>
  )
}
