/** The words the seller's home opens with: what is so, who has it, by when. */
import type { MeasureForSeller, SellerHome } from '../../contract/case.ts'
import { capital } from '../../core/capital.ts'
import { caseNoun, theirCase } from '../../core/case.ts'
import { sayStanding } from '../../core/standing.ts'
import { dueWords, momentWords, numberWords } from '../parts/time-words.ts'
import { nameOf } from './case-words.ts'
import { isAhead } from './measure-words.ts'

type Stand = Pick<SellerHome, 'listings' | 'account' | 'cases'> & {
  measures: Pick<
    MeasureForSeller,
    'measure' | 'subject' | 'terms' | 'status' | 'since' | 'allowed'
  >[]
}

/** One or two sentences that could be read out on the phone. */
export function homeSentence(stand: Stand, now: Date, zone: string): string {
  const taken = [...takenWords(stand, now, zone), ...listingWords(stand)]
  const whoHasIt = casesWords(stand.cases, now, zone)
  if (taken.length === 0) {
    const sold = soldWords(stand.listings.total)
    return whoHasIt === null ? `${sold}, and nothing needs you.` : `${sold}, and ${whoHasIt}.`
  }
  const mayAppeal = stand.measures.some(
    ({ status, allowed }) => status === 'in-force' && allowed.includes('appeal'),
  )
  const said = listed(taken)
  const first =
    whoHasIt !== null
      ? `${said}, and ${whoHasIt}.`
      : mayAppeal
        ? `${said}, and you can appeal.`
        : `${said}.`
  return `${capital(first)}${restWords(stand)}`
}

/** What is so of the account and its money, each once however many measures say it. */
function takenWords({ measures }: Stand, now: Date, zone: string): string[] {
  const words = measures
    .filter(({ status, subject }) => status === 'in-force' && subject.kind !== 'listing')
    .map((told) => {
      const ahead = isAhead(told, now)
      const from = ahead ? ` from ${momentWords(new Date(told.since), now, zone)}` : ''
      return `${sayStanding(told, { isAhead: ahead })}${from}`
    })
  return [...new Set(words)]
}

function listingWords({ listings: { offSale, outOfSearch } }: Stand): string[] {
  return [
    offSale > 0 && `${listingsAre(offSale)} off sale`,
    outOfSearch > 0 &&
      (offSale > 0
        ? `${numberWords(outOfSearch)} ${are(outOfSearch)} out of search`
        : `${listingsAre(outOfSearch)} out of search`),
  ].filter((part) => part !== false)
}

function soldWords(total: number): string {
  if (total === 0) return 'No measure is in force'
  return total === 1
    ? 'Your listing is on sale'
    : `All your ${numberWords(total)} listings are on sale`
}

/** What waits for the seller comes first, then who is late, then who has it. */
function casesWords(cases: SellerHome['cases'], now: Date, zone: string): string | null {
  const asking = cases.filter(({ ask }) => ask !== null)
  const [asked] = asking
  if (asked?.ask && asking.length === 1)
    return `${asked.ask.by} has a question for you about ${theirCase(asked.kind)}`
  if (asking.length > 1) return `${numberWords(asking.length)} questions wait for you`
  const running = cases.filter(({ state }) => state === 'open')
  const [only] = running
  if (only !== undefined && running.length === 1) {
    const { who, dueAt, state } = only.holding
    const name = nameOf(who)
    if (state === 'overdue' || dueAt === null)
      return `we are late with the answer that ${name} owes you`
    return `${name} answers ${theirCase(only.kind)} by ${dueWords(new Date(dueAt), now, zone)}`
  }
  if (running.length > 1) {
    const nouns = new Set(running.map(({ kind }) => caseNoun(kind)))
    const [noun = 'case'] = nouns
    return `people look at ${numberWords(running.length)} of your ${nouns.size === 1 ? noun : 'case'}s`
  }
  if (cases.some(({ state }) => state === 'restoring')) return 'one is on its way back'
  return null
}

/** What goes on all the same. */
function restWords({ listings: { total, offSale, outOfSearch }, account }: Stand): string {
  if (!account.sell) return ' Nothing of yours is for sale meanwhile; orders already placed go on.'
  const rest = total - offSale - outOfSearch
  if (rest <= 0) return ''
  if (rest === total)
    return total === 1
      ? ' Your listing is on sale.'
      : ` All your ${numberWords(total)} listings are on sale.`
  return rest === 1 ? ' The other one is on sale.' : ` The other ${numberWords(rest)} are on sale.`
}

/** "one", "one and two", "one, two and three". */
function listed(parts: string[]): string {
  return parts.length < 2
    ? (parts[0] ?? '')
    : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`
}

function listingsAre(amount: number): string {
  return amount === 1 ? 'one listing is' : `${numberWords(amount)} listings are`
}

function are(amount: number): string {
  return amount === 1 ? 'is' : 'are'
}
