/** The words of a claim's page: the sentence it opens with, and what was changed; of the account nothing before it is theirs. */
import type { ChangeForOwner } from '../../contract/claim.ts'
import type { ClaimForClaimant } from '../../contract/recovery.ts'
import { capital } from '../../core/capital.ts'
import { deskInSentence } from '../../core/holding.ts'
import { dueWords, momentWords } from '../parts/time-words.ts'

/** One or two sentences that could be read out on the phone. */
export function claimSentence(claim: ClaimForClaimant, now: Date, zone: string): string {
  const { state, holding, ask, outcome, allowed, writeUntil, secondLookDesk } = claim
  const due = holding.dueAt === null ? null : new Date(holding.dueAt)
  const name = holderOf(claim)
  const proved = provedSentence(claim, now, zone)
  if (proved !== null) return proved
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

/** What its proofs have done so far; null where nothing is proved, or something else comes first. */
function provedSentence(claim: ClaimForClaimant, now: Date, zone: string): string | null {
  const { progress, promisedBy, state, holding } = claim
  const { frozenUntil, handOverAt, isBound } = progress
  // What people said goes before everything else, then our own lateness.
  if (isHandedOver(progress))
    return isBound
      ? 'The account is yours again. Whoever else was in it is out.'
      : 'The account is yours again. One step is left: open the link in our mail to you.'
  if (progress.state === 'agreed' && handOverAt !== null)
    return `Two people said yes. Unless somebody known objects, the account is yours from ${momentWords(new Date(handOverAt), now, zone)}.`
  if (state !== 'open' || holding.state === 'overdue') return null
  if (progress.state === 'frozen' && frozenUntil !== null)
    return `Your first proof counts, and nobody can get in now. Give us a second kind by ${dueWords(new Date(frozenUntil), now, zone)}.`
  if (progress.state === 'proved' || progress.state === 'split')
    return `Nobody can get in now. Two people decide, and you have an answer${promisedBy === null ? '' : ` by ${dueWords(new Date(promisedBy), now, zone)}`}.`
  return progress.state === 'open' && progress.proofs.some((proof) => proof.state === 'given')
    ? 'Your first proof counts. Give us a second kind, and two people decide.'
    : null
}

/** Whether it is the claimant's now; an objection on probation shuts it to everybody again. */
export function isHandedOver({ state }: Pick<ClaimForClaimant['progress'], 'state'>): boolean {
  return state === 'handed-over' || state === 'settled'
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

const kinds = [
  { kind: 'payout-target', title: 'Where money goes' },
  { kind: 'sign-in', title: 'How one signs in' },
  { kind: 'contact', title: 'Where the shop writes to' },
  { kind: 'listing-changed', title: 'Listings that were changed' },
  { kind: 'listing-removed', title: 'Listings that were taken away' },
  { kind: 'listing-added', title: 'Listings that were added' },
] as const satisfies { kind: ChangeForOwner['kind']; title: string }[]

/** By kind, the most dangerous first. */
export function groupChanges(list: readonly ChangeForOwner[]) {
  return kinds
    .map((group) => ({ ...group, changes: list.filter(({ kind }) => kind === group.kind) }))
    .filter(({ changes }) => changes.length > 0)
}

/** One change as a sentence without its end: "Thief Bank, IBAN ending 5555 was added". */
export function changeWords({ kind, before, after }: ChangeForOwner): string {
  if (before === null && after === null)
    return kind === 'sign-in' ? 'The password was changed' : 'Something was changed'
  if (before === null) return `${after} was added`
  if (after === null) return `${before} was removed`
  return `${before} became ${after}`
}

/** How many there are, and what became of them. */
export function changesSentence(list: readonly ChangeForOwner[], isComplete: boolean): string {
  if (!isComplete)
    return 'The shop is asked what was changed since the takeover. It stands here as soon as it answers.'
  if (list.length === 0) return 'Nothing was changed while somebody else had the account.'
  const many = (state: ChangeForOwner['state']) => list.filter((one) => one.state === state).length
  const all = list.length === 1 ? 'One thing was changed.' : `${list.length} things were changed.`
  const parts = [
    many('returned') > 0 && `${many('returned')} returned`,
    many('asked') > 0 && `${many('asked')} on the way`,
    many('refused') > 0 && `${many('refused')} not returned, with the reason`,
  ].filter((part) => part !== false)
  return parts.length === 0
    ? `${all} Return all of it, or look first and choose.`
    : `${all} ${parts.join(', ')}.`
}
