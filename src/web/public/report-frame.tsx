/** The frame of the pages for whoever complains: the marketplace's name, and Leave, which clears the screen of a shared telephone. */
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { queryClient } from '../api.ts'
import { TimeProvider } from '../parts/time.tsx'
import { TopBar } from '../parts/top-bar.tsx'
import { useMe } from '../session.ts'
import { forgetReports } from './report-code.ts'
import classes from './recovery.module.css'

interface ReportFrameProps {
  /** Whether there is something of the reader's here to leave. */
  canLeave: boolean
  /** The server's clock when it answered, and ours when it came. */
  serverNow?: string | undefined
  receivedAt?: number
  onLeave?: () => void
  children: ReactNode
}

/** A narrow column, as the pages of who is not signed in. */
export function ReportFrame({
  canLeave,
  serverNow,
  receivedAt,
  onLeave,
  children,
}: ReportFrameProps) {
  const me = useMe()
  const go = useNavigate()
  const leave = () => {
    forgetReports()
    queryClient.removeQueries({ queryKey: ['complaint'] })
    onLeave?.()
    // In its place: going back does not show what was left.
    void go({ to: '/report', search: {}, replace: true })
    window.scrollTo({ top: 0 })
  }
  return (
    <TimeProvider
      {...(serverNow === undefined ? {} : { serverNow })}
      {...(receivedAt === undefined ? {} : { receivedAt })}
    >
      <TopBar
        title={me.data?.marketplace ?? ''}
        subtitle="complaints"
        person={null}
        aside={
          canLeave && (
            <button type="button" className="link" onClick={leave}>
              Leave
            </button>
          )
        }
      />
      <main id="page" className={classes['page']} tabIndex={-1}>
        {children}
      </main>
    </TimeProvider>
  )
}
