/** The form of a webhook: what it is called, where it is, and what it hears of. */
import { Button, Checkbox, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import type { Webhook } from '../../contract/webhook.ts'
import { ProblemNote } from '../parts/problem-note.tsx'
import pageStyles from './page.module.css'

export type WebhookDraft = Pick<Webhook, 'name' | 'url' | 'kinds'>

interface WebhookFormProps {
  initial: WebhookDraft
  kinds: readonly { kind: Webhook['kinds'][number]; says: string }[]
  send: string
  isSending: boolean
  error: unknown
  onSend: (draft: WebhookDraft) => void
  onCancel?: () => void
}

/** Says what is missing at the field, once one has tried to send it. */
export function WebhookForm(props: WebhookFormProps) {
  const { initial, kinds, send, isSending, error, onSend, onCancel } = props
  const [draft, setDraft] = useState(initial)
  const [wasTried, setTried] = useState(false)
  const change = (part: Partial<WebhookDraft>) => setDraft({ ...draft, ...part })
  const missing = {
    name: draft.name.trim() === '' ? 'Say who this is.' : null,
    url: /^https?:\/\/./.test(draft.url.trim()) ? null : 'An address that begins with https://',
    kinds: draft.kinds.length === 0 ? 'Choose at least one.' : null,
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (Object.values(missing).every((words) => words === null)) onSend(draft)
  }
  return (
    <form onSubmit={submit} noValidate>
      <TextInput
        label="Name"
        description="So that colleagues know whose it is."
        value={draft.name}
        maxLength={100}
        error={wasTried && missing.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <TextInput
        mt={12}
        label="Address"
        description="In the public network, by https."
        type="url"
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        value={draft.url}
        maxLength={2_000}
        error={wasTried && missing.url}
        onChange={(event) => change({ url: event.currentTarget.value })}
      />
      <Checkbox.Group
        mt={12}
        label="What it hears of"
        error={wasTried && missing.kinds}
        value={draft.kinds}
        onChange={(chosen) =>
          change({ kinds: kinds.map(({ kind }) => kind).filter((kind) => chosen.includes(kind)) })
        }
      >
        <div className={pageStyles.options}>
          {kinds.map(({ kind, says }) => (
            <Checkbox key={kind} value={kind} label={says} color="var(--pen)" />
          ))}
        </div>
      </Checkbox.Group>
      {error !== null && (
        <ProblemNote error={error} safe="Nothing was saved. What you wrote is still here." />
      )}
      <div className="buttons">
        <Button type="submit" variant="filled" loading={isSending}>
          {send}
        </Button>
        {onCancel && <Button onClick={onCancel}>Leave it as it is</Button>}
      </div>
    </form>
  )
}
