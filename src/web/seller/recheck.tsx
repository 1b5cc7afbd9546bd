/** The new text of a listing, tried in the appeal itself: the check runs as one types, and sending never waits for it. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ListingText } from '../../core/listing.ts'
import { query } from '../api.ts'
import { useKept } from '../parts/use-kept.ts'
import { useMe } from '../session.ts'
import classes from './recheck.module.css'
import { draftOf, ScreeningDraft } from './screening-draft.ts'
import { ScreeningFields } from './screening-fields.tsx'
import { ScreeningCard } from './screening-result.tsx'
import { useScreening } from './use-screening.ts'

/** Folded until it is wanted; for who is signed in, and where a listing was judged. */
export function Recheck({ decisionId }: { decisionId: string }) {
  const me = useMe().data?.me
  const [isOpen, setOpen] = useState(false)
  if (me?.kind !== 'seller') return null
  return (
    <details className={classes['recheck']} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Try the new text here; the check runs as you type</summary>
      {isOpen && <Judged sellerId={me.sellerId} decisionId={decisionId} />}
    </details>
  )
}

function Judged({ sellerId, decisionId }: { sellerId: string; decisionId: string }) {
  const told = useQuery(query.seller.getStatement.queryOptions({ input: { decisionId } }))
  const statement = told.data?.statement
  if (!statement?.facts.text) return null
  return (
    <Tried
      keptAs={`recourse.screening.${sellerId}.${decisionId}`}
      listingId={statement.subject.id}
      text={statement.facts.text}
    />
  )
}

function Tried({
  keptAs,
  listingId,
  text,
}: {
  keptAs: string
  listingId: string
  text: ListingText
}) {
  const [initial] = useState(() => draftOf(text))
  const kept = useKept(keptAs, ScreeningDraft, initial)
  const state = useScreening(kept.value, listingId)
  return (
    <div className={classes['tried']}>
      <p className="small second">
        This is the text as it was judged. Change it here until it passes, then change it in your
        shop in the same way: it is read at once, and comes back by itself if it passes there too.
      </p>
      <ScreeningFields
        draft={kept.value}
        onChange={(change) => kept.change((draft) => ({ ...draft, ...change }))}
      />
      <ScreeningCard
        state={state}
        isFor="Write a title, and what would happen stands here as you type."
      />
      <p className="small second">Whatever it says, you can send your appeal: a person decides.</p>
    </div>
  )
}
