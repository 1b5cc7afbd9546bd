/** The words the seller's home opens with: what is so, who has it, by when. */
import type { SellerHome } from '../../contract/case.ts'
import { capital, nameOf } from './case-words.ts'
import { dueWords, numberWords } from '../parts/time-words.ts'

type Stand = Pick<SellerHome, 'listings' | 'cases'> & {
  measures: Pick<SellerHome['measures'][number], 'status'>[]
}

/** One or two sentences that could be read out on the phone. */
export function homeSentence(
  { listings, cases, measures }: Stand,
  now: Date,
  zone: string,
): string {
  const { total, offSale, outOfSearch } = listings
  const taken = [
    offSale > 0 && `${listingsAre(offSale)} off sale`,
    outOfSearch > 0 &&
      (offSale > 0
        ? `${numberWords(outOfSearch)} ${are(outOfSearch)} out of search`
        : `${listingsAre(outOfSearch)} out of search`),
  ].filter((part) => part !== false)
  const whoHasIt = casesWords(cases, now, zone)
  const rest = total - offSale - outOfSearch
  if (taken.length === 0) {
    const sold =
      total === 0
        ? 'No measure is in force'
        : total === 1
          ? 'Your listing is on sale'
          : `All your ${figure(total)} listings are on sale`
    return whoHasIt === null ? `${sold}, and nothing needs you.` : `${sold}, and ${whoHasIt}.`
  }
  const inForce = measures.filter(({ status }) => status === 'in-force').length
  const said = taken.join(' and ')
  const first =
    whoHasIt !== null
      ? `${said}, and ${whoHasIt}.`
      : inForce > 0
        ? `${said}, and you can appeal.`
        : `${said}.`
  return `${capital(first)}${restWords(rest)}`
}

function casesWords(cases: SellerHome['cases'], now: Date, zone: string): string | null {
  const running = cases.filter(({ state }) => state === 'open')
  const [only] = running
  if (only !== undefined && running.length === 1) {
    const { who, dueAt, state } = only.holding
    const name = nameOf(who)
    if (state === 'overdue' || dueAt === null)
      return `we are late with the answer that ${name} owes you`
    return `${name} answers your appeal by ${dueWords(new Date(dueAt), now, zone)}`
  }
  if (running.length > 1) return `people look at ${numberWords(running.length)} of your appeals`
  if (cases.some(({ state }) => state === 'restoring')) return 'one is on its way back'
  return null
}

function restWords(rest: number): string {
  if (rest <= 0) return ''
  return rest === 1 ? ' The other one is on sale.' : ` The other ${figure(rest)} are on sale.`
}

function listingsAre(amount: number): string {
  return amount === 1 ? 'one listing is' : `${numberWords(amount)} listings are`
}

function are(amount: number): string {
  return amount === 1 ? 'is' : 'are'
}

function figure(amount: number): string {
  return amount.toLocaleString('en')
}
