/** The sentence a claim opens with: what is so and by when, and nothing of the account. */
import type { ClaimForClaimant } from '../../contract/recovery.ts'
import { deskInSentence } from '../../core/holding.ts'
import { dueWords } from '../parts/time-words.ts'

/** One or two sentences that could be read out on the phone. */
export function claimSentence(claim: ClaimForClaimant, now: Date, zone: string): string {
  const { state, holding, ask, outcome, allowed, writeUntil, secondLookDesk } = claim
  const due = holding.dueAt === null ? null : new Date(holding.dueAt)
  const name = holderOf(claim)
  switch (state) {
    case 'open':
      return holding.state === 'overdue' || (due !== null && due < now)
        ? `We are late with your answer. ${name} still has to give it, and our officer has been told.`
        : `${name} has your claim. You have an answer${due === null ? '' : ` by ${dueWords(due, now, zone)}`}.`
    case 'asking':
      return ask === null
        ? 'We asked you something.'
        : `${ask.by} asks you something. You have until ${dueWords(new Date(ask.until), now, zone)}.`
    case 'restoring':
      return `${outcomeWords[outcome ?? 'yes']} The shop is asked to open it now.`
    case 'answered': {
      if (outcome !== 'no') return 'We answered. Write again if it is not what you needed.'
      if (!allowed.includes('write') || secondLookDesk === null) return outcomeWords.no
      const until = writeUntil === null ? '' : ` until ${dueWords(new Date(writeUntil), now, zone)}`
      return `${outcomeWords.no} ${capital(deskInSentence(secondLookDesk))} looks again if you ask${until}.`
    }
    case 'closed':
      return outcome === 'yes'
        ? 'Yes: you can sign in again.'
        : `${outcome === null ? 'We answered.' : outcomeWords[outcome]} This claim is closed.`
  }
}

/** Who has it, where a sentence begins: "The identity desk", "Noor". */
export function holderOf({ holding: { who } }: Pick<ClaimForClaimant, 'holding'>): string {
  return capital(deskInSentence(who.split(',')[0] ?? who))
}

/** What a person said, in a sentence. */
export const outcomeWords = {
  yes: 'Yes: what kept you out is lifted.',
  part: 'What kept you out is eased, and sign-in stays shut for now.',
  no: 'We could not see that you are the owner.',
} as const satisfies Record<NonNullable<ClaimForClaimant['outcome']>, string>

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
