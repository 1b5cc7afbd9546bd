/** Asks what would happen to a draft, 400 ms after the last key, and keeps the answer before in sight meanwhile. */
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Screening } from '../../contract/screening.ts'
import type { ListingText } from '../../core/listing.ts'
import { api } from '../api.ts'
import { questionFrom, textFrom, type ScreeningDraft } from './screening-draft.ts'

const afterLastKey = 400

export interface Answered {
  screening: Screening
  /** The text that it is about; what is typed may have gone on since. */
  text: ListingText
}

export interface ScreeningState {
  /** The latest answer; null while there is no title. */
  answered: Answered | null
  /** Whether what is typed has been answered. */
  isCurrent: boolean
  error: Error | null
  askAgain: () => void
}

/** With the listing's id, what people said of it before is known too. */
export function useScreening(draft: ScreeningDraft, listingId: string | null): ScreeningState {
  const [settled] = useDebouncedValue(draft, afterLastKey)
  const question = questionFrom(settled, listingId)
  const asked = useQuery({
    queryKey: ['screening', question],
    // With the words that were asked about: the places of an answer hold in no others.
    queryFn: async (): Promise<Answered | null> =>
      question && { screening: await api.facts.screenListing(question), text: textFrom(settled) },
    enabled: question !== null,
    placeholderData: keepPreviousData,
    // The same words have the same answer for as long as one writes; rules change on other days.
    staleTime: 60_000,
  })
  const isTyping = JSON.stringify(settled) !== JSON.stringify(draft)
  return {
    answered: question === null ? null : (asked.data ?? null),
    isCurrent: !isTyping && !asked.isFetching && !asked.isPlaceholderData,
    error: question !== null && !asked.isFetching ? asked.error : null,
    askAgain: () => void asked.refetch(),
  }
}
