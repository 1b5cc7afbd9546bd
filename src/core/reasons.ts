/** Writes the statement of reasons of one decision from what was judged, by whom and under which rule. */
import { closingExceptions, measureInProcedure, measures, type Measure } from './measure.ts'
import { plainTitle, sayMoney, sayTime } from './saying.ts'
import type { Decision } from './decision.ts'
import { inHundred, type Finding } from './finding.ts'
import { tellKnownGaps } from './known-gap.ts'
import type { ListingText } from './listing.ts'
import type { Policy } from './policy.ts'
import { deskTitle, routeTo, type Procedure } from './procedure.ts'
import type { Statement } from './statement.ts'
import { withheldWords, type Withholding } from './withholding.ts'

/** Months of the appeal window (DSA Art. 20(1)); a setting may only lengthen it. */
export const appealWindowMonths = 6

export interface Judged {
  decision: Decision
  seller: { id: string; name: string; timeZone: string }
  /** The judged listing's text; null where an account or money was judged without one. */
  text: ListingText | null
  policy: Policy
  /** What the policy found in the judged text; null when a person acted on what no rule saw. */
  finding: Finding | null
  procedure: Procedure
  /** What the operator accepted as holes of the procedure and this measure's seller may meet, in sentences. */
  knownGaps: string[]
  endsAt: Date | null
  /** What is kept back of how it was detected; null where nothing is. */
  withholding: Withholding | null
}

/** The statement of a measure. Whether it is complete is checked when it is taken (`imposeMeasure`). */
export function writeStatement({
  decision,
  seller,
  text,
  policy,
  finding,
  procedure,
  knownGaps,
  endsAt,
  withholding,
}: Judged): Statement {
  const kind = measures[decision.measure]
  const byMachine = decision.takenBy.kind === 'policy'
  return {
    decisionId: decision.id,
    number: `D-${decision.number}`,
    kind: decision.kind === 'narrow' ? 'narrow' : 'impose',
    seller: { id: seller.id, name: seller.name },
    subject: {
      kind: decision.subject.kind,
      id: decision.subject.id,
      title: plainTitle(
        decision.subject.kind === 'listing' && text ? text.title : seller.name || seller.id,
      ),
    },
    measure: { name: decision.measure, tag: kind.tag, effect: effectWords(decision) },
    terms: decision.terms,
    scope: 'Every country in which the marketplace sells',
    duration: {
      until: endsAt?.toISOString() ?? null,
      words:
        decision.effectiveAt > decision.noticeAt
          ? fromWords(decision, seller.timeZone)
          : endsAt
            ? `Until ${sayTime(endsAt, seller.timeZone, { withYear: true })}, when it ends by itself.`
            : untilWords(decision.measure, byMachine),
    },
    takenAt: decision.takenAt.toISOString(),
    effectiveAt: decision.effectiveAt.toISOString(),
    facts: {
      narrative: byMachine ? matchedWords(policy, finding) : decision.reasons,
      listingVersion: decision.judged?.version ?? null,
      text,
      evidence: finding?.evidence ?? [],
      score: finding?.score ?? null,
      threshold: finding ? policy.thresholds.deactivate : null,
    },
    ground: {
      policy: policy.policy,
      version: policy.version,
      title: policy.title,
      text: policy.text,
    },
    automation: {
      detection: finding !== null || withholding?.byMachine === true,
      decision: byMachine,
      words: automationWords(decision, foundWords(finding, withholding)),
      withheld: withholding && withheldWords,
    },
    wouldReverse: [
      ...policy.wouldReverse,
      'Say that the rule is wrong here. You need no proof to appeal, and a person who neither took the measure nor wrote the rule decides.',
    ],
    exhibits: policy.exhibits ?? [],
    redress: tellKnownGaps(redressOf(decision.measure, procedure), procedure, knownGaps),
  }
}

function effectWords({ measure, terms }: Decision): string {
  const { effect } = measures[measure]
  return terms?.amount != null ? `${sayMoney(terms.amount, terms.currency)}. ${effect}` : effect
}

/** A closing is told 30 days before it counts, so that there is time to contest it and to bring one's things home. */
function fromWords({ effectiveAt, exception }: Decision, timeZone: string): string {
  const from = `From ${sayTime(effectiveAt, timeZone, { withYear: true })}; until then nothing changes.`
  return exception === null
    ? from
    : `${from} We asked for an exception (${closingExceptions[exception]}): if a second person agrees, it counts at once, and we tell you.`
}

function untilWords(measure: Measure, byMachine: boolean): string {
  if (!measures[measure].liftByClock) return 'Until a person decides that it is safe.'
  return byMachine && measures[measure].subject === 'listing'
    ? 'Until the text passes the rule or a person lifts it.'
    : 'Until a person lifts it.'
}

function matchedWords(policy: Policy, finding: Finding | null): string {
  const { evidence = [], score = 0 } = finding ?? {}
  const spokeFor = new Set(evidence.filter(({ weight }) => weight > 0).map(({ signal }) => signal))
  const words = new Map<string, string>()
  for (const { signal, text } of evidence) {
    const key = text?.toLowerCase() ?? ''
    if (text !== null && spokeFor.has(signal) && !words.has(key)) words.set(key, `“${text}”`)
  }
  const { deactivate } = policy.thresholds
  const threshold =
    deactivate < 1
      ? `from ${inHundred(deactivate)} it may act by itself`
      : 'only a person may act on it'
  return `A rule read your listing as a matter of “${policy.title}”. It matched ${[...words.values()].join(', ')} and came to ${inHundred(score)}; ${threshold}.`
}

/** Whether software found it is always told, also where it is withheld how. */
function foundWords(finding: Finding | null, withholding: Withholding | null): string {
  if (finding) return 'Our own check of the listing found it; nobody complained.'
  if (withholding?.byMachine) return 'Software of ours pointed to it; nobody complained.'
  return 'A person of ours found it.'
}

function automationWords(decision: Decision, found: string): string {
  switch (decision.takenBy.kind) {
    case 'policy':
      return `${found} Software alone decided. No person had seen it.`
    case 'person':
      return `${found} ${firstName(decision.takenBy.name)}, a person, decided.`
    case 'clock':
      return `${found} It was narrowed by itself, because we did not answer your appeal in time.`
  }
}

/** What sellers read of a person of staff. */
export function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? name
}

const channelWords: Record<string, string> = {
  button: 'The appeal button on the page of this decision, or the API',
  link: 'The link in this notice, without signing in',
  recovery: 'The page /recovery of this site, without signing in and without this mailbox',
}

/** What the seller can still use while the measure is in force: the button is behind the sign-in that some take. */
function isOpenUnder(procedure: Procedure, measure: string, channel: string): boolean {
  const takes = procedure.measures[measure]?.takes ?? []
  return (procedure.channels[channel]?.needs ?? []).every((means) => !takes.includes(means))
}

function redressOf(measure: Measure, procedure: Procedure): Statement['redress'] {
  const named = measureInProcedure(measure)
  const channels = Object.keys(procedure.channels).filter(
    (channel) =>
      channelWords[channel] &&
      routeTo(procedure, named, channel) &&
      isOpenUnder(procedure, named, channel),
  )
  const desk = routeTo(procedure, named, channels[0] ?? '')
  return {
    channels: channels.map((channel) => channelWords[channel] ?? channel),
    desk: desk ? deskTitle(procedure, desk) : '',
    windowMonths: appealWindowMonths,
    words: `You can appeal within ${appealWindowMonths} months of this notice reaching you, ${channels.includes('button') ? 'by the button on its page or by the link in the mail' : 'by the link in the mail, without signing in'}. It costs nothing and does not touch anything else that is yours. ${desk ? deskTitle(procedure, desk) : ''} decides; if a measure stands, another desk can look again.`,
    outside: [
      'Outside the marketplace you can go to a certified dispute body (DSA Art. 21) or to court at any time.',
    ],
  }
}
