/** The sentence that the desk opens with: how much is open, how much is late, what comes first. */
import type { Queue, QueueItem } from '../../contract/queue.ts'
import { count, spanWords } from '../parts/time-words.ts'

/** "9 cases are open, one is late. The next is due in 2 h 5 min." */
export function queueTitle({ cases, desks }: Pick<Queue, 'cases' | 'desks'>, now: Date): string {
  const open = desks.reduce((sum, desk) => sum + desk.open, 0)
  const late = desks.reduce((sum, desk) => sum + desk.overdue, 0)
  if (desks.length === 0) return 'You staff no desk, so nobody waits for your answer.'
  if (open === 0) return 'Nobody waits for an answer from your desks.'
  const opened = open === 1 ? 'One case is open' : `${open} cases are open`
  const lateWords = late === 0 ? 'none is late' : late === 1 ? 'one is late' : `${late} are late`
  const next = cases.find((each) => each.state === 'open' && new Date(each.dueAt) > now)
  const dueWords =
    next === undefined
      ? ''
      : ` The next is due in ${spanWords(new Date(next.dueAt).getTime() - now.getTime())}.`
  return `${opened}, ${lateWords}.${dueWords}`
}

/** "14 open, none late", as it stands at the head of the queue. */
export function countsWords({ open, overdue }: { open: number; overdue: number }): string {
  return `${open} open, ${overdue === 0 ? 'none' : overdue} late`
}

/** Under the title: the rule and what the seller says of it; or what kind of matter it is, and whose. */
export function itemWords({
  kind,
  subtitle,
  sellerName,
  secondLook,
}: Pick<QueueItem, 'kind' | 'subtitle' | 'sellerName' | 'secondLook'>): string {
  const words = kind === 'appeal' || kind === 'check' ? subtitle : `${subtitle}, ${sellerName}`
  return secondLook ? `Second look: ${words}` : words
}

/** "Clay & Clover has 84 listings, 1 measure in force, 2 taken back." */
export function sellerWords(seller: {
  listings: number
  measuresInForce: number
  measuresTakenBack: number
  appeals: number
}): string {
  const parts = [
    count(seller.listings, 'listing'),
    seller.measuresInForce === 0
      ? 'no measure in force'
      : `${count(seller.measuresInForce, 'measure')} in force`,
    `${seller.measuresTakenBack === 0 ? 'none' : seller.measuresTakenBack} taken back`,
    seller.appeals === 0 ? 'no appeals' : count(seller.appeals, 'appeal'),
  ]
  return parts.join(', ')
}
