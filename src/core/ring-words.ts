/** What a ring is said to be: its reporters are answered truthfully, and its sum is worded for whoever looks into it. */
import type { RingPart, RingReport } from './ring.ts'

/** To a reporter whose complaint fell with a ring; nobody knows their language. */
export const toReporterOfRing =
  'We looked at your complaint together with others. They have so much in common that we take them to come from people who act as one, and so they do not count. If that is wrong about you, ask another desk to look again: a person looks at your complaint alone.'

/** One term of the sum of a ring: in log-odds that its complaints are genuine. */
export interface RingTerm {
  part: RingPart
  words: string
  weight: number
}

/** The terms of a ring, the weightiest first; what says nothing is left out. */
export function ringTerms(report: RingReport, rivalName: string | null): RingTerm[] {
  const { parts } = report.evidence
  return (Object.entries(parts) as [RingPart, number][]) // the schema has these keys and no other
    .filter(([, weight]) => Math.abs(weight) >= 0.05)
    .map(([part, weight]) => ({
      part,
      words: sayPart(part, report, rivalName),
      weight: -weight,
    }))
    .toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
}

function sayPart(part: RingPart, report: RingReport, rivalName: string | null): string {
  const { members, shared, sayings, joined, span, targets, rival } = report
  const all = members.length
  switch (part) {
    case 'strange':
      return 'How few of them bought anything, or are known for long'
    case 'identity': {
      const sharing = new Set(shared.flatMap(({ reporters }) => reporters))
      return `${sharing.size} reporters share ${count(shared.length, 'device, card, address or network', 'devices, cards, addresses or networks')}`
    }
    case 'wording':
      return `${new Set(sayings.flat()).size} texts nearly the same`
    case 'target':
      return `They complain about the same ${targets.length} sellers`
    case 'rival':
      return `${count(rival?.reporters.length ?? 0, 'reporter uses', 'reporters use')} what ${rivalName ?? 'another seller'} uses`
    case 'joined':
      return joined === null
        ? 'When they joined'
        : `${joined.reporters} accounts made within ${sayLong(joined)}`
    case 'burst':
      return `${count(all, 'reporter', 'reporters')} within ${sayLong(span)}`
    case 'chance':
      return 'Among so many who complain, some fit together by chance'
  }
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`
}

const hour = 3_600_000

/** "58 hours", "9 days": as long as it took, rounded up. */
export function sayLong({ from, to }: { from: string; to: string }): string {
  const long = Math.max(hour, new Date(to).getTime() - new Date(from).getTime())
  const hours = Math.ceil(long / hour)
  return hours <= 72 ? count(hours, 'hour', 'hours') : count(Math.ceil(hours / 24), 'day', 'days')
}
