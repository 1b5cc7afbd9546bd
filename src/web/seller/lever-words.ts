/** The levers of a measure on an account or its payouts, in words: what it stops, and what is still possible. */
import type { MeasureForSeller } from '../../contract/case.ts'
import { measureInProcedure } from '../../core/measure.ts'
import { stateOwed } from '../../core/state-owed.ts'
import { momentWords } from '../parts/time-words.ts'
import { heldWords } from './measure-words.ts'

export interface LeverWords {
  label: string
  words: string
  goes: 'on' | 'in part' | 'stopped'
}

type Told = Pick<MeasureForSeller, 'measure' | 'subject' | 'terms' | 'endsAt'>

/** One row per thing that a seller asks about; nothing for a listing, whose statement shows its own words. */
export function leverWords(told: Told, now: Date, zone: string): LeverWords[] {
  switch (told.subject.kind) {
    case 'listing':
      return []
    case 'account':
      return accountLevers(told)
    case 'payouts':
      return payoutLevers(told, now, zone)
  }
}

function accountLevers({ measure, terms, endsAt }: Told): LeverWords[] {
  const grip = { measure, terms, endsAt: endsAt === null ? null : new Date(endsAt) }
  const { signIn, sell, addListings } = stateOwed('account', [grip])
  return [
    lever('Selling', sell, 'As before', 'Your listings are not for sale'),
    lever('New listings', addListings, 'As before', 'None can be added'),
    lever(
      'Signing in',
      signIn,
      'As before',
      'Nobody can; the link in our mail opens this matter without it',
    ),
    goesOn('Orders already placed', 'Go on; send them as ever'),
    terms?.onlyTo == null
      ? goesOn('Your money', 'Paid out as before')
      : {
          label: 'Your money',
          words: 'Paid out only to accounts that you named more than 30 days before',
          goes: 'in part',
        },
    goesOn(
      'Your data',
      signIn || measureInProcedure(measure) === 'account.secure'
        ? 'Kept as it is; ask a person for a copy at any time'
        : 'Kept as it is; download all of it without signing in',
    ),
  ]
}

function payoutLevers(told: Told, now: Date, zone: string): LeverWords[] {
  const held = heldWords(told)
  const until =
    told.endsAt === null ? '' : ` until ${momentWords(new Date(told.endsAt), now, zone)}`
  return [
    lever('Held', held === null, 'Nothing', `${held ?? ''}${until}`),
    goesOn('All above it', 'Paid out as before'),
    goesOn('Selling and orders', 'Go on as before'),
  ]
}

function lever(label: string, isFree: boolean, free: string, stopped: string): LeverWords {
  return { label, words: isFree ? free : stopped, goes: isFree ? 'on' : 'stopped' }
}

function goesOn(label: string, words: string): LeverWords {
  return { label, words, goes: 'on' }
}
