/** Where the link that shows that it is you leads: back to the page that asked, which goes on by itself. */
import type { ReactNode } from 'react'
import { PageTitle } from '../parts/page-title.tsx'
import { PlainPage } from './plain-page.tsx'

/** `/proved` */
export function ProvedPage(): ReactNode {
  return (
    <PlainPage>
      <PageTitle tab="That was you" above="Sign-in and security">
        That was you. Go back to the page that asked: it has gone on by itself.
      </PageTitle>
      <p className="second">
        It is still open in another tab of this browser, and you can close this one. Is it not?{' '}
        <a className="link" href="/security">
          Open “Sign-in and security”
        </a>{' '}
        and ask again: for ten minutes we do not ask you.
      </p>
    </PlainPage>
  )
}
