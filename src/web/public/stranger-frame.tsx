/** The frame of pages for who is not signed in: the marketplace's name, and Leave, which clears the screen of a shared telephone. */
import type { ReactNode } from 'react'
import { queryClient } from '../api.ts'
import { TimeProvider } from '../parts/time.tsx'
import { TopBar } from '../parts/top-bar.tsx'
import { useMe } from '../session.ts'
import classes from './recovery.module.css'

export interface StrangerFrameProps {
  /** Whether there is something of the reader's here to leave. */
  canLeave: boolean
  /** The server's clock when it answered, and ours when it came. */
  serverNow?: string | undefined
  receivedAt?: number
  onLeave?: () => void
  children: ReactNode
}

interface OfTheseProps extends StrangerFrameProps {
  subtitle: string
  /** What the queries of these pages begin with. */
  queryKey: string
  /** Forgets the codes that this tab was given. */
  forget: () => void
  /** Goes to where these pages begin, in the place of this one: going back does not show what was left. */
  begin: () => void
  beside?: ReactNode
}

/** A narrow column. */
export function StrangerFrame(props: OfTheseProps) {
  const { canLeave, serverNow, receivedAt, onLeave, children } = props
  const me = useMe()
  const leave = () => {
    props.forget()
    queryClient.removeQueries({ queryKey: [props.queryKey] })
    onLeave?.()
    props.begin()
    window.scrollTo({ top: 0 })
  }
  return (
    <TimeProvider
      {...(serverNow === undefined ? {} : { serverNow })}
      {...(receivedAt === undefined ? {} : { receivedAt })}
    >
      <TopBar
        title={me.data?.marketplace ?? ''}
        subtitle={props.subtitle}
        person={null}
        aside={
          <>
            {props.beside}
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
