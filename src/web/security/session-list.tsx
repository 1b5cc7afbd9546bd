/** Where one is signed in now: each session with its browser, how it was opened, and the way to end it. */
import { Button } from '@mantine/core'
import type { Security, SessionSeen } from '../../contract/security.ts'
import { api } from '../api.ts'
import { Past } from '../parts/time.tsx'
import { agentTitle } from './agent-words.ts'
import { ChangeNote, useChange } from './changing.tsx'
import classes from './security.module.css'
import { openedWords } from './security-words.ts'

/** The last part of the page. */
export function SessionList({ security: { sessions } }: { security: Security }) {
  const endOthers = useChange(() => api.security.endOtherSessions())
  const others = sessions.length - 1
  return (
    <section aria-labelledby="sessions">
      <h2 id="sessions">Where you are signed in now</h2>
      <p className="second">
        What you end here can do nothing on its next click. Sessions that nobody uses end by
        themselves.
      </p>
      <ul className={classes['rows']}>
        {sessions.map((session) => (
          <Row key={session.id} session={session} />
        ))}
      </ul>
      {others > 0 && (
        <>
          <ChangeNote error={endOthers.error} />
          <div className="buttons">
            <Button loading={endOthers.isPending} onClick={() => endOthers.mutate(undefined)}>
              {others === 1 ? 'End the other one' : `End the ${others} others`}
            </Button>
          </div>
        </>
      )}
    </section>
  )
}

function Row({ session }: { session: SessionSeen }) {
  const end = useChange(() => api.security.endSession({ id: session.id }))
  const name = agentTitle(session.agent)
  return (
    <li className={classes['row']}>
      <div className={classes['words']}>
        <strong>{name}</strong>
        <span className="small second">
          Signed in {openedWords(session)}, <Past at={session.openedAt} />.{' '}
          {!session.isThis && (
            <>
              Last used about <Past at={session.seenAt} />.
            </>
          )}
        </span>
        <ChangeNote error={end.error} />
      </div>
      {session.isThis ? (
        <span className={classes['this']}>This one</span>
      ) : (
        <Button loading={end.isPending} onClick={() => end.mutate(undefined)}>
          End<span className="heard-only"> the session in {name}</span>
        </Button>
      )}
    </li>
  )
}
