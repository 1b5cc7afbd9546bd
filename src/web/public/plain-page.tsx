/** A plain page stands alone, for readers who are not signed in or have lost their way. */
import type { ReactNode } from 'react'
import { HelpLink } from '../parts/help-link.tsx'
import { TopBar } from '../parts/top-bar.tsx'
import { useMe } from '../session.ts'
import classes from './plain-page.module.css'

/** A narrow column under a bar without places. */
export function PlainPage({ children }: { children: ReactNode }) {
  const me = useMe()
  return (
    <>
      <TopBar
        title={me.data?.marketplace ?? ''}
        subtitle="Recourse"
        person={null}
        aside={<HelpLink />}
      />
      <main id="page" className={classes['page']} tabIndex={-1}>
        {children}
      </main>
    </>
  )
}
