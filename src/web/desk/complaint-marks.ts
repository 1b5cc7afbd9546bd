/** What stands around a complaint in time: what its reporter did, what others said of the seller, and what followed. */
import type { ComplaintForDesk } from '../../contract/complaint.ts'

export const lanes = ['Who says it', 'Others of the seller', 'What followed'] as const

export interface Mark {
  lane: (typeof lanes)[number]
  what: 'account' | 'order' | 'this' | 'complaint' | 'measure'
  at: Date
  words: string
}

/** What is older is told in words only, so that days can be told apart. */
const farthest = 90 * 24 * 60 * 60_000

/** Everything of the last 90 days before the complaint and since, the oldest first. */
export function marksOf(complaint: ComplaintForDesk): Mark[] {
  const { at, number, reporter, order, byReporter, aboutSeller, measures } = complaint
  const [they, others, followed] = lanes
  const marks: Mark[] = [
    { lane: they, what: 'this', at: new Date(at), words: `${number}, this one` },
    ...byReporter.complaints.map((one) => ({
      ...{ lane: they, what: 'complaint' as const, at: new Date(one.at) },
      words: `${one.number}, about ${one.sellerName}`,
    })),
    ...aboutSeller.complaints.map((one) => ({
      ...{ lane: others, what: 'complaint' as const, at: new Date(one.at) },
      words: one.number,
    })),
    ...measures.map((one) => ({
      ...{ lane: followed, what: 'measure' as const, at: new Date(one.at) },
      words: `${one.number}, ${one.byMachine ? 'by a machine' : 'by a person'}`,
    })),
  ]
  if (reporter.createdAt !== null)
    marks.push({
      ...{ lane: they, what: 'account', at: new Date(reporter.createdAt) },
      words: 'account made',
    })
  if (order !== null && order.at !== null && order.byReporter)
    marks.push({ lane: they, what: 'order', at: new Date(order.at), words: 'ordered' })
  const from = new Date(at).getTime() - farthest
  return marks
    .filter((mark) => mark.at.getTime() >= from)
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
}
