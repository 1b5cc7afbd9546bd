/** The words of a complaint at the desk. */
import type { ComplaintForDesk, FoundCounts } from '../../contract/complaint.ts'
import type { ComplaintFinding, ComplaintKind, ReporterKind } from '../../core/complaint.ts'

/** What it says is wrong. */
export const kindWords = {
  unsafe: 'Unsafe',
  'not-as-described': 'Not as described',
  counterfeit: 'Counterfeit',
  rights: 'Infringes a right',
  'never-arrived': 'Never arrived',
  other: 'Something else',
} as const satisfies Record<ComplaintKind, string>

/** Who says it, as they say themselves. */
export const reporterWords = {
  customer: 'A customer',
  'rights-owner': 'The owner of a right',
  authority: 'An authority',
  rival: 'Another seller',
} as const satisfies Record<ReporterKind, string>

/** What was found, in a word or two. */
export const findingWords = {
  confirmed: 'It is so',
  refuted: 'It is not so',
  undetermined: 'Could not be found out',
} as const satisfies Record<ComplaintFinding, string>

/** What was bought and whether it came, as far as we know. */
export function orderWords({ order }: Pick<ComplaintForDesk, 'order'>): string {
  if (order === null) return 'Names no order. Whether it was bought is not known.'
  if (!order.isKnown) return `Names order ${order.id}, which the shop has not told us.`
  if (!order.ofSeller) return `Names order ${order.id}, which is of another seller.`
  if (!order.byReporter)
    return `Names order ${order.id}, ${stateWords(order.state)}. We do not know it to be the reporter’s.`
  const what = order.ofListing ? 'Bought it' : 'Bought something else of this seller'
  return `${what}: order ${order.id}, ${stateWords(order.state)}.`
}

function stateWords(state: string | null): string {
  const words: Record<string, string> = {
    open: 'not sent yet',
    shipped: 'sent and not delivered yet',
    delivered: 'delivered',
    cancelled: 'called off',
  }
  return words[state ?? ''] ?? 'of which we know nothing more'
}

/** "3 others: 1 was so, 2 are open", or that there are none. */
export function othersWords(found: FoundCounts, none: string): string {
  const all = found.open + found.confirmed + found.refuted + found.undetermined
  if (all === 0) return none
  const parts = [
    found.confirmed > 0 ? `${found.confirmed} confirmed` : null,
    found.refuted > 0 ? `${found.refuted} refuted` : null,
    found.undetermined > 0 ? `${found.undetermined} undetermined` : null,
    found.open > 0 ? `${found.open} open` : null,
  ].filter((part) => part !== null)
  return `${all} ${all === 1 ? 'other' : 'others'}: ${parts.join(', ')}`
}
