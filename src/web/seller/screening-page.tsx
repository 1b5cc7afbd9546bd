/** A listing is checked before it is offered: what would happen to it, and what to change. Nothing is stored. */
import type { ReactNode } from 'react'
import { ButtonLink, TextLink } from '../parts/button-link.tsx'
import { PageTitle, Trail } from '../parts/page-title.tsx'
import { useKept } from '../parts/use-kept.ts'
import { useMe } from '../session.ts'
import { KeptWords } from './kept-words.tsx'
import { emptyDraft, ScreeningDraft } from './screening-draft.ts'
import { ScreeningFields } from './screening-fields.tsx'
import classes from './screening-page.module.css'
import { ScreenedWords, ScreeningCard } from './screening-result.tsx'
import { useScreening } from './use-screening.ts'

/** `/screening` */
export function ScreeningPage(): ReactNode {
  const me = useMe().data?.me
  if (me?.kind === 'link') return <ByLink />
  if (me?.kind !== 'seller') return null
  return <Check sellerId={me.sellerId} />
}

function Check({ sellerId }: { sellerId: string }) {
  const kept = useKept(`recourse.screening.${sellerId}`, ScreeningDraft, emptyDraft)
  const state = useScreening(kept.value, null)
  const isEmpty = Object.values(kept.value).every((written) => written === '')
  return (
    <>
      <PageTitle
        tab="Check a listing"
        above={
          <Trail>
            {[
              <TextLink key="home" to="/seller">
                Home
              </TextLink>,
              'Check a listing',
            ]}
          </Trail>
        }
      >
        Check a listing before you offer it.
      </PageTitle>
      <div className={classes['columns']}>
        <div className={classes['form']}>
          <ScreeningFields
            draft={kept.value}
            onChange={(change) => kept.change((draft) => ({ ...draft, ...change }))}
          />
          <div className="buttons">
            {!isEmpty && (
              <button type="button" className="link" onClick={kept.forget}>
                Start anew
              </button>
            )}
            <KeptWords at={kept.keptAt} />
          </div>
        </div>
        <aside className={classes['side']}>
          <ScreeningCard
            state={state}
            isFor="Write a title, and what would happen stands here as you type. It is the same check that every listing goes through."
          />
        </aside>
        <div className={classes['below']}>
          {state.answered && <ScreenedWords answered={state.answered} />}
        </div>
      </div>
    </>
  )
}

/** A link opens one matter; what one may sell is asked by who is signed in. */
function ByLink() {
  return (
    <div className="narrow-text">
      <PageTitle above="Check a listing" tab="Check a listing">
        To check a listing, sign in first.
      </PageTitle>
      <p className="second">You came by a link in our mail, and it opens one matter only.</p>
      <div className="buttons" style={{ marginTop: 24 }}>
        <ButtonLink to="/sign-in" variant="filled">
          Sign in
        </ButtonLink>
      </div>
    </div>
  )
}
