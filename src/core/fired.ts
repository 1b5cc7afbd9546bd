/** What a clock that ran out brought about, in one sentence for the people who watch the demo's time. */

export interface FiredWords {
  /** The clock's kind and what it was about. */
  kind: string
  ref: string
  events: { kind: string; detail: Record<string, unknown> }[]
  /** A-7004; null where it was not about a case. */
  caseNumber: string | null
  decisionNumber: number | null
  deskTitle: (desk: string) => string
}

/** "Seller Performance was late: A-7004 went to the Executive office." */
export function sayFired(fired: FiredWords): string {
  const said = fired.events.map((event) => sayEvent(event, fired)).filter((words) => words !== null)
  // The first is what the clock did; what follows from it stands in the case.
  return said[0] ?? sayKind(fired)
}

function sayEvent(
  { kind, detail }: FiredWords['events'][number],
  { caseNumber, decisionNumber, ref, deskTitle }: FiredWords,
): string | null {
  const matter = caseNumber ?? 'A case'
  switch (kind) {
    case 'case.arrived':
      return typeof detail['from'] === 'string'
        ? `${deskTitle(detail['from'])} was late: ${matter} went to ${withThe(deskTitle(String(detail['desk'])))}.`
        : null
    case 'case.overdue':
      return `${deskTitle(String(detail['desk']))} was late with ${matter}, which no clock may decide: our officer was called.`
    case 'case.decided':
      return `Nobody answered ${matter} in time: ${sayOutcome(detail['outcome'])}.`
    case 'case.closed':
      return `${matter} was closed, because nobody contested its answer.`
    case 'measure.expired':
      return `The measure of decision ${decisionNumber ?? ''} ended with its time.`
    case 'subject.not_yet_back':
      return `The shop does not show ${ref} as it is owed: our officer was called.`
    case 'notice.unreached':
      return 'A notice had reached nobody for three days, so it went to everybody who may know the seller.'
    case 'seller.sought':
      return 'A seller had been out of reach for seven days: our officer was asked to find them.'
    default:
      return null
  }
}

function sayOutcome(outcome: unknown): string {
  if (outcome === 'measure_lifted') return 'the measure is lifted'
  if (outcome === 'measure_narrowed') return 'the measure is narrowed'
  return 'the case went on by itself'
}

/** For clocks whose effect nobody has to be told of, or that found nothing to do. */
function sayKind({ kind, ref, caseNumber, decisionNumber }: FiredWords): string {
  if (kind === 'decision.effective' && decisionNumber !== null)
    return `Decision ${decisionNumber} took effect.`
  if (caseNumber !== null) return `A clock of ${caseNumber} ran out (${kind}).`
  return `A clock ran out: ${kind} of ${ref}.`
}

/** "the Executive office", but "Seller Performance": a title of several words with a lower-case one is no name. */
function withThe(title: string): string {
  return /\s[a-z]+$/.test(title) ? `the ${title}` : title
}
