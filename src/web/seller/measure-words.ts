/** What a measure is called in sentences: in force, still to come, and given back. */
import type { MeasureForSeller } from '../../contract/case.ts'
import { capital } from '../../core/capital.ts'
import type { Measure, SubjectKind } from '../../core/measure.ts'
import { saySubject } from '../../core/saying.ts'
import { money, sayStanding } from '../../core/standing.ts'
import { momentWords, numberWords, pastWords, spanWords } from '../parts/time-words.ts'

/** What is so once a measure was given back and the shop was seen to show it. */
const backWords = {
  'listing.deactivate': 'is back on sale',
  'listing.deactivate.safety': 'is back on sale',
  'listing.demote': 'is in search again',
  'account.warn': 'has this warning no more',
  'account.suspend': 'is free again',
  'account.suspend.narrowed': 'is free again',
  'account.lock': 'is free again',
  'account.lock.narrowed': 'is free again',
  'account.secure': 'is free again',
  'account.secure.narrowed': 'is free again',
  'account.close': 'stays open',
  'account.close.narrowed': 'is free again',
  'payout.hold': 'are free again',
  'payout.hold.narrowed': 'are free again',
  'payout.protect': 'go everywhere again',
} as const satisfies Record<Measure, string>

/** "“Kaolin face mask” is back on sale", "Your account is free again". */
export function backSentence({ measure, subject }: Pick<Told, 'measure' | 'subject'>): string {
  return `${capital(saySubject(subject))} ${backWords[measure]}`
}

interface Told {
  measure: Measure
  subject: { kind: SubjectKind; title: string }
  terms: MeasureForSeller['terms']
  status: MeasureForSeller['status']
  since: string
  endsAt: string | null
  byMachine: boolean
  policyTitle: string
  restoration: MeasureForSeller['restoration']
}

/** What a list calls the subject of a measure: the listing's title, or whose the rest is. */
export function subjectTitle({ kind, title }: Told['subject']): string {
  const titles = { listing: title, account: 'Your account', payouts: 'Your payouts' } as const
  return titles[kind]
}

/** Whether a measure was told and counts only from a later day, as a closing does. */
export function isAhead({ status, since }: Pick<Told, 'status' | 'since'>, now: Date): boolean {
  return status === 'in-force' && new Date(since) > now
}

/** "“Kaolin face mask” is off sale", "Your account will be closed": what is so, without when or why. */
export function standingWords(
  told: Pick<Told, 'measure' | 'subject' | 'terms' | 'status' | 'since'>,
  now: Date,
): string {
  return capital(sayStanding(told, { isAhead: isAhead(told, now) }))
}

/** The sentence a statement's page opens with: what is so now, and why. */
export function statementSentence(told: Told, now: Date, zone: string): string {
  const title = capital(saySubject(told.subject))
  switch (told.status) {
    case 'in-force':
      return inForceSentence(told, now, zone)
    case 'lifted':
      if (told.restoration?.state === 'back')
        return `${backSentence(told)}: we took the measure back.`
      if (told.restoration?.state === 'not-in-shop') {
        return told.subject.kind === 'listing'
          ? `We took the measure back. ${title} is no longer in the shop, so there is nothing to put back.`
          : `We took the measure on ${saySubject(told.subject)} back.`
      }
      if (told.restoration?.state === 'not-yet-back') {
        return `We took the measure on ${saySubject(told.subject)} back. The shop does not show it yet, and we keep asking until it does.`
      }
      return `We took the measure on ${saySubject(told.subject)} back.`
    case 'narrowed':
      return `${title}: we made this measure narrower, and what is left has a statement of its own.`
    case 'expired':
      return `${title}: this measure has ended by itself.`
  }
}

function inForceSentence(told: Told, now: Date, zone: string): string {
  const standing = standingWords(told, now)
  const because = `because ${becauseWords(told)}`
  const since = new Date(told.since)
  if (isAhead(told, now))
    return `${standing} from ${momentWords(since, now, zone)}, ${because}. Until then nothing changes.`
  if (told.measure === 'account.warn')
    return `${standing} ${momentWords(since, now, zone)}, ${because}.`
  const when =
    told.endsAt === null
      ? `since ${momentWords(since, now, zone)}`
      : `until ${momentWords(new Date(told.endsAt), now, zone)}`
  return `${standing} ${when}, ${because}.`
}

function becauseWords({ byMachine, policyTitle }: Told): string {
  return byMachine
    ? `a rule read it as a matter of “${policyTitle}”`
    : `a person judged it under “${policyTitle}”`
}

/** Who did it, on what, and when, for a line under what was done. */
export function takenWords(
  { byMachine, since, policyTitle }: Pick<Told, 'byMachine' | 'since' | 'policyTitle'>,
  now: Date,
  zone: string,
): string {
  // What counts only later was decided before: the day it counts from is not the day it was judged.
  if (new Date(since) > now) return `A person judged it under “${policyTitle}”.`
  const when = pastWords(new Date(since), now, zone)
  return byMachine
    ? `Our rule “${policyTitle}” acted by itself, ${when}.`
    : `A person judged it under “${policyTitle}”, ${when}.`
}

/** Proof that the shop shows again what is owed, or that it does not yet. */
export function restorationWords(
  restoration: NonNullable<MeasureForSeller['restoration']>,
  kind: SubjectKind,
): string {
  const took =
    restoration.seenAt === null
      ? null
      : new Date(restoration.seenAt).getTime() - new Date(restoration.since).getTime()
  const isListing = kind === 'listing'
  switch (restoration.state) {
    case 'back': {
      const seen = isListing ? 'Seen back in the shop' : 'The shop was seen to show it'
      return took === null ? `${seen}.` : `${seen}, ${spanWords(took)} after the decision.`
    }
    case 'not-in-shop':
      return isListing
        ? 'The listing is not in the shop at the moment. When it appears, it is on sale.'
        : 'The shop does not have it at the moment. When it appears, it is as decided.'
    case 'not-yet-back':
      return isListing
        ? 'Not yet back in the shop. We ask again until it is.'
        : 'The shop does not show it yet. We ask again until it does.'
  }
}

/** "1,240.50 EUR" of what is held; null where nothing is. */
export function heldWords({ terms }: Pick<Told, 'terms'>): string | null {
  return terms?.amount ? money(terms) : null
}

/** How many measures are in force, and how many count only from a later day. */
export function measuresSentence(
  measures: readonly Pick<Told, 'status' | 'since'>[],
  now: Date,
): string {
  if (measures.length === 0) return 'There has never been a measure on your account.'
  const ahead = measures.filter((told) => isAhead(told, now)).length
  const inForce = measures.filter(({ status }) => status === 'in-force').length - ahead
  const each = ' Each has its way out beside it.'
  const later = `${measuresCount(ahead)} ${ahead === 1 ? 'counts' : 'count'} from a later day`
  if (inForce === 0) return ahead === 0 ? 'No measure is in force.' : `${capital(later)}.${each}`
  const present = `${capital(measuresCount(inForce))} ${inForce === 1 ? 'is' : 'are'} in force`
  return ahead === 0 ? `${present}.${each}` : `${present}, and ${later}.${each}`
}

function measuresCount(amount: number): string {
  return `${numberWords(amount)} measure${amount === 1 ? '' : 's'}`
}
