/** The words of account health: why something counts or does not, and what would raise the standing. */
import type { HealthForReader } from '../../contract/health.ts'
import { shortTitle } from '../../core/saying.ts'
import { momentWords } from './time-words.ts'

type Decision = HealthForReader['decisions'][number]
type Raise = HealthForReader['raises'][number]
type Complaints = HealthForReader['complaints']
type Threshold = HealthForReader['thresholds'][number]

/** "46 points", "1 point", "0.5 points". */
export function pointWords(points: number): string {
  return `${points.toLocaleString('en')} ${points === 1 ? 'point' : 'points'}`
}

/** The sentence that it opens with. */
export function healthSentence({ points, decisions, complaints }: HealthForReader): string {
  if (points > 0) return `${pointWords(points)} count against the account. None is best.`
  const waiting = decisions.length > 0 || complaints.each.some(({ state }) => state !== 'refuted')
  return waiting
    ? 'Nothing counts against the account now. What is listed below makes no points.'
    : 'Nothing counts against the account.'
}

/** Why a decision makes the points that it makes. */
export function decisionWords(
  { state, isSeen, remediedAt, countsWith }: Decision,
  reader: 'seller' | 'desk',
): string {
  switch (state) {
    case 'counts':
      return [
        ...(isSeen ? [] : ['A rule decided alone and no person has looked, so it counts less.']),
        ...(remediedAt === null ? [] : ['It is put right, so it counts less.']),
      ].join(' ')
    case 'same-mistake':
      return `The same mistake on the same day as ${countsWith ?? 'another'}: it counts once.`
    case 'contested':
      return reader === 'seller'
        ? 'Counts nothing while your appeal waits for its answer.'
        : 'Counts nothing while it is contested.'
    case 'takeover':
      return 'Counts nothing: a stranger had the account.'
    case 'unconfirmed':
      return 'Counts nothing until a person has looked into the complaint.'
  }
}

/** What the complaints of these days come to. */
export function complaintsSentence({ counting, orders, days, each }: Complaints): string {
  const all = each.length
  const ofOrders = `${orders.toLocaleString('en')} ${orders === 1 ? 'order' : 'orders'}`
  if (all === 0) return `No complaint in ${days} days, against ${ofOrders}.`
  const left = all - counting
  const more =
    left === 0
      ? ''
      : ` ${left === 1 ? 'One more was' : `${left} more were`} filed and ${left === 1 ? 'doesn’t' : 'don’t'} count.`
  return `${counting} of ${ofOrders} in ${days} days.${more}`
}

/** How sure we are, and what is usual. */
export function shareSentence({ counting, lower, usual, points }: Complaints): string {
  if (counting === 0) return ''
  const sure = `We are sure of ${percent(lower)} % of orders at least; ${percent(usual)} % is usual.`
  return points === 0 ? `${sure} So they make no points.` : sure
}

/** Why a complaint counts, or not. */
export const complaintStateWords = {
  counts: 'counts',
  'same-reporter': 'the same reporter has another that counts',
  'too-few': 'doesn’t count: nobody confirmed it, and too few say the like',
  ring: 'doesn’t count: it seems to be of a set-up',
  refuted: 'doesn’t count: it is not so',
  undetermined: 'doesn’t count: nobody could find out',
  unlikely: 'doesn’t count: it isn’t likely enough',
  unweighed: 'doesn’t count: it is not weighed yet',
} as const satisfies Record<Complaints['each'][number]['state'], string>

/** What to do, in a sentence; what it would come to stands beside it. */
export function raiseWords(
  { kind, way, decisions, orders, at }: Raise,
  { now, zone, reader }: { now: Date; zone: string; reader: 'seller' | 'desk' },
): string {
  if (kind === 'orders')
    return `${(orders ?? 0).toLocaleString('en')} more ${orders === 1 ? 'order' : 'orders'} without a complaint: then complaints make no points.`
  if (kind === 'time')
    return at === null
      ? ''
      : `Wait until ${momentWords(new Date(at), now, zone)}, if nothing else happens.`
  const [first, ...more] = decisions
  const titles = `“${shortTitle(first?.title ?? '')}”${more.length === 0 ? '' : ` and ${more.length} more`}`
  if (way === 'edit')
    return `Correct ${titles}. The rule looks again by itself, and what it no longer finds counts no more.`
  return reader === 'seller'
    ? `Show in an appeal what you put right about ${titles}. If a person agrees, it counts no more.`
    : `An appeal about ${titles} that a person grants.`
}

/** "Warned for 90 days, if a person says so: from 40 points and 3 sources on". */
export function thresholdWords(
  { does, tag, days, needs }: Threshold,
  reader: 'seller' | 'desk',
): string {
  const follows =
    does === 'ask' || tag === null
      ? `${reader === 'seller' ? 'you are asked for your side' : 'the seller is asked for their side'}, and nothing else follows`
      : `a person looks, and may decide: ${tag.toLowerCase()}${days === null ? '' : ` for ${days} days`}`
  return `From ${listed(needs)} on, ${follows}.`
}

function listed(parts: readonly string[]): string {
  return parts.length < 2
    ? parts.join('')
    : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`
}

function percent(share: number): string {
  return (share * 100).toLocaleString('en', { maximumFractionDigits: 1 })
}
