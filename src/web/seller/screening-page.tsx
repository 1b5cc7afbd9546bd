/** A listing is checked before it is offered: what would happen to it, and what to change. Nothing is stored. */
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import type { ListingText } from '../../core/listing.ts'
import { query } from '../api.ts'
import { ButtonLink, TextLink } from '../parts/button-link.tsx'
import { PageTitle, Trail } from '../parts/page-title.tsx'
import { Pending } from '../parts/pending.tsx'
import { useKept } from '../parts/use-kept.ts'
import { useMe } from '../session.ts'
import { KeptWords } from './kept-words.tsx'
import { keptAs } from './recheck.tsx'
import { draftOf, emptyDraft, ScreeningDraft } from './screening-draft.ts'
import { ScreeningFields } from './screening-fields.tsx'
import classes from './screening-page.module.css'
import { ScreenedWords, ScreeningCard } from './screening-result.tsx'
import { useScreening } from './use-screening.ts'

const here = getRouteApi('/seller-pages/screening')

/** `/screening`, or `/screening?decision=…` for the new text of a listing that was judged. */
export function ScreeningPage(): ReactNode {
  const me = useMe().data?.me
  const { decision } = here.useSearch()
  if (me?.kind === 'link') return <ByLink />
  if (me?.kind !== 'seller') return null
  if (decision !== undefined) return <OfDecision sellerId={me.sellerId} decisionId={decision} />
  return <Check keptKey={`recourse.screening.${me.sellerId}`} judged={null} decisionId={null} />
}

/** The text as it was judged, to edit. */
function OfDecision({ sellerId, decisionId }: { sellerId: string; decisionId: string }) {
  const told = useQuery(query.seller.getStatement.queryOptions({ input: { decisionId } }))
  return (
    <Pending of={told} what="this listing" isPage>
      {({ statement: { subject, facts } }) => (
        <Check
          keptKey={keptAs(sellerId, decisionId)}
          judged={
            subject.kind === 'listing' && facts.text !== null
              ? { listingId: subject.id, text: facts.text }
              : null
          }
          decisionId={decisionId}
        />
      )}
    </Pending>
  )
}

interface CheckProps {
  keptKey: string
  judged: { listingId: string; text: ListingText } | null
  decisionId: string | null
}

function Check({ keptKey, judged, decisionId }: CheckProps) {
  const [initial] = useState(() => (judged === null ? emptyDraft : draftOf(judged.text)))
  const kept = useKept(keptKey, ScreeningDraft, initial)
  const state = useScreening(kept.value, judged?.listingId ?? null)
  const isChanged = JSON.stringify(kept.value) !== JSON.stringify(initial)
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
        {judged === null
          ? 'Check a listing before you offer it.'
          : 'Check the new text before you put it in the shop.'}
      </PageTitle>
      <div className={classes['columns']}>
        <div className={classes['form']}>
          <ScreeningFields
            draft={kept.value}
            onChange={(change) => kept.change((draft) => ({ ...draft, ...change }))}
          />
          <div className="buttons">
            {isChanged && (
              <button type="button" className="link" onClick={kept.forget}>
                {judged === null ? 'Start anew' : 'Back to the text that was judged'}
              </button>
            )}
            <KeptWords at={kept.keptAt} isWaiting={false} />
          </div>
        </div>
        <aside className={classes['side']}>
          <ScreeningCard
            state={state}
            isFor="Write a title, and what would happen stands here as you type. It is the same check that every listing goes through."
          />
          {decisionId !== null && <ThenAppeal decisionId={decisionId} />}
        </aside>
        <div className={classes['below']}>
          {state.answered && (
            <ScreenedWords text={state.answered.text} rules={state.answered.screening.rules} />
          )}
        </div>
      </div>
    </>
  )
}

/** An edit in the shop is read at once, and where it passes the listing comes back without anybody's doing. */
function ThenAppeal({ decisionId }: { decisionId: string }) {
  return (
    <section aria-labelledby="then">
      <h2 id="then" className={classes['heading']}>
        When it passes
      </h2>
      <p className="second">
        Change the listing in your shop in the same way. It is read at once, and comes back by
        itself if it passes there too.
      </p>
      <div className="buttons" style={{ marginTop: 12 }}>
        <ButtonLink to="/appeal" search={{ decision: [decisionId], track: 'remedy' }}>
          I have fixed it
        </ButtonLink>
      </div>
    </section>
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
