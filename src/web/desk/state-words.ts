/** What the shop shows of a listing, an account or payouts, in words; and the colours of what became of measures. */
import type { MeasureForSeller, ObjectionOutcome } from '../../contract/case.ts'
import type { ListingForDesk } from '../../contract/desk-listing.ts'
import { sayMoney, saySubjectAtDesk } from '../../core/saying.ts'
import type { AccountState, ListingState, PayoutsState, State } from '../../core/state-owed.ts'
import { measures, type SubjectKind } from '../../core/measure.ts'
import type { Statement } from '../../core/statement.ts'
import type { z } from 'zod'
import { momentWords } from '../parts/time-words.ts'

/** "For sale and in search", "For sale, not in search", "Off sale". */
export function stateWords(state: ListingState): string {
  if (!state.offered) return 'Off sale'
  return state.searchable ? 'For sale and in search' : 'For sale, not in search'
}

/** "Open", "Open, but no new listings", "Not selling", "Sign-in shut, selling", "Shut". */
export function accountWords({ signIn, sell, addListings }: AccountState): string {
  if (!signIn) return sell ? 'Sign-in shut, selling' : 'Shut: no sign-in, not selling'
  if (!sell) return 'Not selling; sign-in is open'
  return addListings ? 'Open' : 'Open, but no new listings'
}

/** "Paid as usual", "240.00 EUR held until Friday 4 December", "Only to destinations known before". */
export function payoutsWords(
  { held, onlyTo }: PayoutsState,
  { currency, now, zone }: { currency: string | null; now: Date; zone: string },
): string {
  const parts = [
    ...(held === null
      ? []
      : [
          `${sayMoney(held.amount, currency)} held until ${momentWords(new Date(held.until), now, zone)}`,
        ]),
    ...(onlyTo === null
      ? []
      : [
          onlyTo.length === 0
            ? 'paid to no destination, since none is known for 30 days'
            : 'paid only to destinations known for 30 days',
        ]),
  ]
  const words = parts.join(', ')
  return words === '' ? 'Paid as usual' : words.charAt(0).toUpperCase() + words.slice(1)
}

/** Any of the three, by what it has. */
export function owedWords(
  state: State,
  money: { currency: string | null; now: Date; zone: string },
): string {
  if ('offered' in state) return stateWords(state)
  return 'held' in state ? payoutsWords(state, money) : accountWords(state)
}

/** Whether every lever is open: then it is said in green. */
export function isWhollyOpen(state: State): boolean {
  if ('held' in state) return state.held === null && state.onlyTo === null
  return Object.values(state).every((lever) => lever)
}

/** What the shop was last seen to show, beside what is owed. */
export function readBackWords(
  readBack: ListingForDesk['readBack'],
  kind: SubjectKind = 'listing',
): string {
  const noun = { listing: 'this listing', account: 'this account', payouts: 'these payouts' }[kind]
  switch (readBack) {
    case 'agrees':
      return 'The shop was read back and shows exactly this.'
    case 'not-in-shop':
      return `The shop does not have ${noun}. What is owed applies when ${kind === 'payouts' ? 'they appear' : 'it appears'}.`
    case 'differs':
      return 'The shop still shows something else. We go on telling it.'
    case null:
      return kind === 'listing'
        ? 'The shop has not been read back yet.'
        : 'The shop was never told anything else, so it has not been read back.'
  }
}

/** The colour of what became of a measure: red in force, green given back, plain for the rest. */
export function statusTone(status: string): 'red' | 'green' | 'amber' | 'plain' {
  if (/not in force yet/i.test(status)) return 'amber'
  if (/force/i.test(status)) return 'red'
  return /lift|back/i.test(status) ? 'green' : 'plain'
}

/** Red for what stands, green for what was given, plain for what was withdrawn. */
export function outcomeTone(
  outcome: z.infer<typeof ObjectionOutcome>,
): 'red' | 'green' | 'amber' | 'plain' {
  switch (outcome) {
    case 'measure_lifted':
      return 'green'
    case 'measure_narrowed':
      return 'amber'
    case 'measure_stands':
      return 'red'
    case 'withdrawn':
      return 'plain'
  }
}

/** "“Kaolin face mask”", "The account of Clay & Clover": a subject where a sentence begins. */
export function subjectWords(subject: { kind: SubjectKind; title: string }): string {
  const words = saySubjectAtDesk(subject)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** The sentence a statement's page opens with, true also when the measure is over. */
export function measureTitle(statement: Statement, status: MeasureForSeller['status']): string {
  const { subject, measure, automation, ground } = statement
  const about = subjectWords(subject)
  const was = `${about} ${inThePast(measures[measure.name].is)}.`
  switch (status) {
    case 'in-force':
      return `${about} ${measures[measure.name].is}, because a ${automation.decision ? 'rule read it as a matter of' : 'person judged it under'} “${ground.title}”.`
    case 'lifted':
      return `${was} The measure was taken back.`
    case 'narrowed':
      return `${was} The measure was made narrower.`
    case 'expired':
      return `${was} The measure has ended by itself.`
  }
}

/** "is off sale" → "was off sale": what a measure was while it was in force. */
function inThePast(is: string): string {
  return is
    .replace(/^is /, 'was ')
    .replace(/^are /, 'were ')
    .replace(/^may not /, 'was not allowed to ')
    .replace(/^cannot /, 'could not ')
}
