/** The frame of the recovery pages: the marketplace's name, and Leave, which clears the screen of a shared telephone. */
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { queryClient } from '../api.ts'
import { HelpLink } from '../parts/help-link.tsx'
import { TimeProvider } from '../parts/time.tsx'
import { TopBar } from '../parts/top-bar.tsx'
import { useMe } from '../session.ts'
import { forgetClaims } from './claim-code.ts'
import classes from './recovery.module.css'

interface RecoveryFrameProps {
  /** Whether there is something of the reader's here to leave. */
  canLeave: boolean
  /** The server's clock when it answered, and ours when it came. */
  serverNow?: string | undefined
  receivedAt?: number
  onLeave?: () => void
  children: ReactNode
}

/** A narrow column, as the pages of who is not signed in. */
export function RecoveryFrame({
  canLeave,
  serverNow,
  receivedAt,
  onLeave,
  children,
}: RecoveryFrameProps) {
  const me = useMe()
  const go = useNavigate()
  const leave = () => {
    forgetClaims()
    queryClient.removeQueries({ queryKey: ['claim'] })
    onLeave?.()
    // In its place: going back does not show what was left.
    void go({ to: '/recovery', replace: true })
    window.scrollTo({ top: 0 })
  }
  return (
    <TimeProvider
      {...(serverNow === undefined ? {} : { serverNow })}
      {...(receivedAt === undefined ? {} : { receivedAt })}
    >
      <TopBar
        title={me.data?.marketplace ?? ''}
        subtitle="getting back in"
        person={null}
        aside={
          <>
            <HelpLink />
            {canLeave && (
              <button type="button" className="link" onClick={leave}>
                Leave
              </button>
            )}
          </>
        }
      />
      <main id="page" className={classes['page']} tabIndex={-1}>
        {children}
      </main>
    </TimeProvider>
  )
}
