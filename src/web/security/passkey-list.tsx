/** One's passkeys: what each is called, when it came and was used last, and the way to add and remove one. */
import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Security } from '../../contract/security.ts'
import { api } from '../api.ts'
import { Empty } from '../parts/empty.tsx'
import { Past } from '../parts/time.tsx'
import { addPasskey, hasPasskeys } from '../passkey.ts'
import { agentTitle } from './agent-words.ts'
import { ChangeNote, useChange } from './changing.tsx'
import classes from './security.module.css'

/** The first part of the page. */
export function PasskeyList({ security }: { security: Security }) {
  const { passkeys, canHavePasskeys } = security
  return (
    <section aria-labelledby="passkeys">
      <h2 id="passkeys">Passkeys</h2>
      <p className="second">
        A passkey lives on your phone, computer or key, and opens with a finger, a face or its
        number. Nobody can read it from a mail, and it works on these pages alone.
      </p>
      {passkeys.length === 0 ? (
        <Empty>You have none yet. With one, you sign in without waiting for a mail.</Empty>
      ) : (
        <ul className={classes['rows']}>
          {passkeys.map((passkey) => (
            <Row key={passkey.id} passkey={passkey} />
          ))}
        </ul>
      )}
      {!canHavePasskeys ? (
        <p className="small third">
          Passkeys need an address with a name, such as https://recourse.example, and this one is a
          number.
        </p>
      ) : !hasPasskeys ? (
        <p className="small third">This browser has no passkeys. A newer one has.</p>
      ) : (
        <AddPasskey isFirst={passkeys.length === 0} />
      )}
    </section>
  )
}

function Row({ passkey }: { passkey: Security['passkeys'][number] }) {
  const [isSure, setSure] = useState(false)
  const remove = useChange(() => api.security.removePasskey({ id: passkey.id }))
  return (
    <li className={classes['row']}>
      <div className={classes['words']}>
        <strong>
          <bdi>{passkey.name}</bdi>
        </strong>
        <span className="small second">
          Added <Past at={passkey.addedAt} />.{' '}
          {passkey.lastUsedAt === null ? (
            'Not used since.'
          ) : (
            <>
              Last used <Past at={passkey.lastUsedAt} />.
            </>
          )}
        </span>
        <ChangeNote error={remove.error} />
      </div>
      {isSure ? (
        <div className="buttons">
          <Button onClick={() => setSure(false)}>Keep it</Button>
          <Button
            className={classes['take'] ?? ''}
            loading={remove.isPending}
            onClick={() => remove.mutate(undefined)}
          >
            Remove it<span className="heard-only">: {passkey.name}</span>
          </Button>
        </div>
      ) : (
        <Button onClick={() => setSure(true)}>
          Remove<span className="heard-only"> {passkey.name}</span>
        </Button>
      )}
    </li>
  )
}

function AddPasskey({ isFirst }: { isFirst: boolean }) {
  const [isOpen, setOpen] = useState(false)
  const [name, setName] = useState(() => agentTitle(navigator.userAgent))
  const add = useChange((given: string) => addPasskey(given))
  const look = isFirst ? ({ variant: 'filled' } as const) : {}
  if (!isOpen)
    return (
      <div className="buttons">
        <Button {...look} onClick={() => setOpen(true)}>
          {isFirst ? 'Add a passkey' : 'Add another passkey'}
        </Button>
      </div>
    )
  return (
    <form
      className={classes['form']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!add.isPending) add.mutate(name.trim(), { onSuccess: () => setOpen(false) })
      }}
    >
      <TextInput
        label="What do you call it?"
        description="So that you know it again in this list."
        maxLength={80}
        data-autofocus
        autoFocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <ChangeNote error={add.error} />
      <div className="buttons">
        <Button type="submit" variant="filled" loading={add.isPending}>
          Go on: your browser asks next
        </Button>
        <Button onClick={() => setOpen(false)}>Not now</Button>
      </div>
    </form>
  )
}
