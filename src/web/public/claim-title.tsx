/** The title of a claim, the same on its receipt and on its page. */
import type { ClaimForClaimant } from '../../contract/recovery.ts'
import { PageTitle } from '../parts/page-title.tsx'
import { useClock } from '../parts/time.tsx'
import { todayWords } from '../parts/time-words.ts'
import { claimSentence } from './claim-words.ts'

/** A sentence, under the day and time of now. */
export function ClaimTitle({ claim, tab }: { claim: ClaimForClaimant; tab: string }) {
  const { now, zone } = useClock()
  return (
    <PageTitle tab={tab} above={todayWords(now, zone)}>
      {claimSentence(claim, now, zone)}
    </PageTitle>
  )
}
