/** The ways in that need no mail: a passkey, and for staff the sign-in of their organisation. */
import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { query } from '../api.ts'
import { ProblemNote } from '../parts/problem-note.tsx'
import { hasPasskeys, PasskeyNo, signInByPasskey } from '../passkey.ts'
import classes from './sign-in-page.module.css'

interface SignInButtonsProps {
  next: string | undefined
  onIn: () => void
}

/** Above the form; nothing where there is no such way. */
export function SignInButtons({ next, onIn }: SignInButtonsProps) {
  const ways = useQuery(query.session.getSignInWays.queryOptions({ staleTime: 300_000 })).data
  const show = useMutation({ mutationFn: signInByPasskey, onSuccess: onIn })
  const canShow = ways?.passkeys === true && hasPasskeys
  if (!canShow && !ways?.issuer) return null
  return (
    <div className={classes['ways']}>
      {show.error instanceof PasskeyNo ? (
        <p role="alert" className={classes['old']}>
          {show.error.message}
        </p>
      ) : (
        show.isError && <ProblemNote error={show.error} />
      )}
      <div className="buttons">
        {canShow && (
          <Button size="md" variant="filled" loading={show.isPending} onClick={() => show.mutate()}>
            Use a passkey
          </Button>
        )}
        {ways?.issuer && (
          <Button
            component="a"
            size="md"
            href={`/sign-in/sso?to=${encodeURIComponent(next ?? '/')}`}
          >
            Staff: sign in at {ways.issuer}
          </Button>
        )}
      </div>
      <p className={classes['or']}>or by mail</p>
    </div>
  )
}
