/** The authenticator app: a second step after the link, set up with a picture and its first code. */
import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { renderSVG } from 'uqr'
import type { Security } from '../../contract/security.ts'
import { api } from '../api.ts'
import { Past } from '../parts/time.tsx'
import { useCode } from '../parts/use-code.ts'
import { ChangeNote, useChange } from './changing.tsx'
import { useProof } from './proof.tsx'
import classes from './security.module.css'

/** The second part of the page. */
export function AuthenticatorApp({ security: { totp } }: { security: Security }) {
  const withProof = useProof()
  const [isSure, setSure] = useState(false)
  const start = useMutation({ mutationFn: () => withProof(() => api.security.startTotp()) })
  const remove = useChange(() => api.security.removeTotp())
  return (
    <section aria-labelledby="app">
      <h2 id="app">Authenticator app</h2>
      <p className="second">
        With one, the link in a mail is not enough: after it we ask for six digits that only your
        phone knows. A passkey needs no such step, because it is both at once.
      </p>
      {totp !== null && (
        <ul className={classes['rows']}>
          <li className={classes['row']}>
            <div className={classes['words']}>
              <strong>It is on</strong>
              <span className="small second">
                Set up <Past at={totp.addedAt} />.{' '}
                {totp.lastUsedAt !== null && (
                  <>
                    Last used <Past at={totp.lastUsedAt} />.
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
                  onClick={() => remove.mutate(undefined, { onSuccess: () => setSure(false) })}
                >
                  Remove the app
                </Button>
              </div>
            ) : (
              <Button onClick={() => setSure(true)}>
                Remove<span className="heard-only"> the authenticator app</span>
              </Button>
            )}
          </li>
        </ul>
      )}
      {totp === null && start.data === undefined && (
        <>
          <ChangeNote error={start.error} />
          <div className="buttons">
            <Button loading={start.isPending} onClick={() => start.mutate()}>
              Set up an app
            </Button>
          </div>
        </>
      )}
      {totp === null && start.data && <SetUp begun={start.data} onLeave={() => start.reset()} />}
    </section>
  )
}

function SetUp({
  begun: { uri, key, setup },
  onLeave,
}: {
  begun: { uri: string; key: string; setup: string }
  onLeave: () => void
}) {
  const typed = useCode()
  const set = useChange((given: string) => api.security.setTotp({ setup, code: given }))
  const picture = `data:image/svg+xml;utf8,${encodeURIComponent(renderSVG(uri, { border: 2 }))}`
  return (
    <form
      className={classes['setUp']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (typed.isGiven() && !set.isPending) set.mutate(typed.code, { onSuccess: onLeave })
      }}
    >
      <img
        className={classes['picture']}
        src={picture}
        width={180}
        height={180}
        alt="The picture that an authenticator app reads"
      />
      <div className={classes['form']}>
        <p>
          Scan this with your app, or type this key into it:
          <br />
          <span className={`code ${classes['key']}`}>{key}</span>
        </p>
        <TextInput
          label="The six digits it shows"
          inputMode="numeric"
          maxLength={12}
          autoFocus
          {...typed.field}
        />
        <ChangeNote error={set.error} />
        <div className="buttons">
          <Button type="submit" variant="filled" loading={set.isPending}>
            Turn it on
          </Button>
          <Button onClick={onLeave}>Not now</Button>
        </div>
      </div>
    </form>
  )
}
