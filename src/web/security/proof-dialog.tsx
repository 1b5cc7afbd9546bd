/** The question that it is you: by the strongest thing you have set up, without leaving the page. */
import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { Dialog } from '../parts/dialog.tsx'
import type { ProofWays, Security } from '../../contract/security.ts'
import { api } from '../api.ts'
import { Loading } from '../parts/loading.tsx'
import { ProblemNote } from '../parts/problem-note.tsx'
import { useCode } from '../parts/use-code.ts'
import { hasPasskeys, PasskeyNo, proveByPasskey } from '../passkey.ts'
import { useMe } from '../session.ts'
import { securityQuery } from './security-query.ts'
import classes from './security.module.css'

interface ProofDialogProps {
  opened: boolean
  onProved: () => void
  onLeave: () => void
}

/** Opens over the page; Esc and its button leave everything as it was. */
export function ProofDialog({ opened, onProved, onLeave }: ProofDialogProps) {
  return (
    <Dialog
      opened={opened}
      onClose={onLeave}
      title="Show that it is you"
      closeLabel="Leave it as it is"
    >
      {opened && <Ways onProved={onProved} />}
    </Dialog>
  )
}

function Ways({ onProved }: { onProved: () => void }) {
  const security = useQuery({ ...securityQuery, staleTime: 0 })
  return (
    <div className={classes['ways']}>
      <p className="second">
        This changes who can come in, so we ask first. Then it goes on by itself, and for ten
        minutes we do not ask again.
      </p>
      {security.data ? (
        <Way ways={security.data.prove} security={security.data} onProved={onProved} />
      ) : security.isError ? (
        <ProblemNote
          error={security.error}
          safe="Nothing has changed."
          onRetry={() => void security.refetch()}
        />
      ) : (
        <Loading what="how you can show it" lines={2} />
      )}
    </div>
  )
}

function Way({
  ways,
  security,
  onProved,
}: {
  ways: ProofWays
  security: Security
  onProved: () => void
}) {
  const me = useMe().data?.me
  const hasPasskey = ways.passkey && hasPasskeys
  return (
    <>
      {hasPasskey && <ByPasskey onProved={onProved} />}
      {ways.code && <ByCode isFirst={!hasPasskey} security={security} onProved={onProved} />}
      {ways.link && <ByLink address={security.address} onProved={onProved} />}
      {ways.issuer !== null && <ByIssuer issuer={ways.issuer} onProved={onProved} />}
      {!hasPasskey && !ways.code && !ways.link && ways.issuer === null && (
        <p className="second">
          This browser has nothing to show it with. Open this page on a device that has one of your
          passkeys.
        </p>
      )}
      <p className="small third">
        Lost what you set up?{' '}
        {me?.kind === 'staff' ? (
          'An administrator lets you set it up anew, on the page “People”.'
        ) : (
          <>
            <a className="link" href="/recovery">
              The recovery page
            </a>{' '}
            needs none of it.
          </>
        )}
      </p>
    </>
  )
}

function ByPasskey({ onProved }: { onProved: () => void }) {
  const prove = useMutation({ mutationFn: proveByPasskey, onSuccess: onProved })
  return (
    <div className={classes['way']}>
      {prove.isError && <Wrong error={prove.error} />}
      <Button
        variant="filled"
        data-autofocus
        loading={prove.isPending}
        onClick={() => prove.mutate()}
      >
        Use a passkey
      </Button>
    </div>
  )
}

function ByCode({
  isFirst,
  security,
  onProved,
}: {
  isFirst: boolean
  security: Security
  onProved: () => void
}) {
  const typed = useCode()
  const prove = useMutation({
    mutationFn: () => api.security.prove({ code: typed.code }),
    onSuccess: onProved,
  })
  const label = security.totp ? 'Code of your authenticator app' : 'One of your saved codes'
  return (
    <form
      className={classes['way']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (typed.isGiven() && !prove.isPending) prove.mutate()
      }}
    >
      {prove.isError && <Wrong error={prove.error} />}
      <TextInput
        label={label}
        description={security.totp && security.savedCodes ? 'Or one of your saved codes.' : null}
        {...typed.field}
        {...(isFirst ? { 'data-autofocus': true } : {})}
      />
      <Button type="submit" variant={isFirst ? 'filled' : 'default'} loading={prove.isPending}>
        Use this code
      </Button>
    </form>
  )
}

/** A link in the mail opens a new session in this browser; this page sees it and goes on. */
function ByLink({ address, onProved }: { address: string; onProved: () => void }) {
  const send = useMutation({ mutationFn: () => api.security.sendProofLink() })
  useFresh(send.isSuccess, onProved)
  return (
    <div className={classes['way']}>
      {send.isError && (
        <ProblemNote error={send.error} safe="Nothing has changed." onRetry={() => send.mutate()} />
      )}
      {send.isSuccess ? (
        <p role="status">
          A link is on its way to <strong>{address}</strong>. Open it in this browser and leave this
          page open: it goes on by itself.
        </p>
      ) : (
        <Button variant="filled" loading={send.isPending} onClick={() => send.mutate()}>
          Send a link to {address}
        </Button>
      )}
    </div>
  )
}

function ByIssuer({ issuer, onProved }: { issuer: string; onProved: () => void }) {
  const [isAway, setAway] = useState(false)
  useFresh(isAway, onProved)
  return (
    <div className={classes['way']}>
      <Button
        component="a"
        variant="filled"
        href="/sign-in/sso?again=1&to=/proved"
        target="_blank"
        rel="opener"
        onClick={() => setAway(true)}
      >
        Sign in at {issuer} again
      </Button>
      {isAway && <p role="status">Leave this page open: it goes on by itself.</p>}
    </div>
  )
}

/** Looks every two seconds whether a proof was made elsewhere in this browser. */
function useFresh(isWaiting: boolean, onProved: () => void): void {
  const { data } = useQuery({
    ...securityQuery,
    enabled: isWaiting,
    staleTime: 0,
    refetchInterval: 2_000,
    refetchIntervalInBackground: true,
  })
  const isFresh = isWaiting && data?.freshUntil !== null && data?.freshUntil !== undefined
  const done = useRef(false)
  useEffect(() => {
    if (!isFresh || done.current) return
    done.current = true
    onProved()
  }, [isFresh, onProved])
}

function Wrong({ error }: { error: Error }) {
  return error instanceof PasskeyNo ? (
    <p role="alert" className={classes['wrong']}>
      {error.message}
    </p>
  ) : (
    <ProblemNote error={error} />
  )
}
