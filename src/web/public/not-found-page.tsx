/** What is shown when an address leads nowhere, or a page breaks. */
import type { ErrorComponentProps } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { ButtonLink } from '../parts/button-link.tsx'
import { PageTitle } from '../parts/page-title.tsx'
import { ProblemNote } from '../parts/problem-note.tsx'
import { PlainPage } from './plain-page.tsx'

/** Nothing lives at this address. */
export function NotFoundPage(): ReactNode {
  return (
    <PlainPage>
      <PageTitle above="Nothing here">
        There is no page at this address, or it is not yours to see.
      </PageTitle>
      <p className="second">
        If a link in one of our mails led you here, answer that mail and a person helps you on.
      </p>
      <div className="buttons" style={{ marginTop: 24 }}>
        <ButtonLink to="/" variant="filled">
          Go to your pages
        </ButtonLink>
      </div>
    </PlainPage>
  )
}

/** Something broke on our side while showing a page. */
export function ErrorPage({ error, reset }: ErrorComponentProps): ReactNode {
  return (
    <PlainPage>
      <PageTitle above="Our mistake">
        This page did not open. Nothing of yours has changed.
      </PageTitle>
      <ProblemNote
        error={error}
        safe="What you had written is kept on this device."
        onRetry={reset}
      />
    </PlainPage>
  )
}
