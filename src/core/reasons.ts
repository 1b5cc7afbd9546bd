/** Writes the statement of reasons of one decision from what was judged, by whom and under which rule. */
import { healthPolicy } from './health-rules.ts'
import type { Language } from './language.ts'
import { measureInProcedure, measures, type Measure } from './measure.ts'
import { sayOwnReasons } from './own-reasons.ts'
import { plainTitle, sayMoney, sayTime } from './saying.ts'
import type { Decision } from './decision.ts'
import type { Finding } from './finding.ts'
import { isFreezing, protecting } from './freeze.ts'
import { tellKnownGaps } from './known-gap-words.ts'
import type { ListingText } from './listing.ts'
import { watchesAccounts, type Policy } from './policy.ts'
import { deskTitle, routeTo, type Procedure } from './procedure.ts'
import type { Statement } from './statement.ts'
import type { Withholding } from './withholding.ts'
import { wordsIn } from './words.ts'

/** Months of the appeal window (DSA Art. 20(1)); a setting may only lengthen it. */
export const appealWindowMonths = 6

export interface Judged {
  decision: Decision
  seller: { id: string; name: string; timeZone: string; language: Language }
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
  /** What a complaint said, where a machine holds a listing on that alone. */
  complaint?: string | null
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
  complaint = null,
}: Judged): Statement {
  const { language, timeZone } = seller
  const words = wordsIn(language)
  const byMachine = decision.takenBy.kind === 'policy'
  return {
    decisionId: decision.id,
    language,
    number: `D-${decision.number}`,
    kind: decision.kind === 'narrow' ? 'narrow' : 'impose',
    seller: { id: seller.id, name: seller.name },
    subject: {
      kind: decision.subject.kind,
      id: decision.subject.id,
      title: plainTitle(
        decision.subject.kind === 'listing' && text ? text.title : seller.name || seller.id,
        language,
      ),
    },
    measure: {
      name: decision.measure,
      tag: words.measure.tag(decision.measure),
      effect: effectWords(decision, language),
    },
    terms: decision.terms,
    scope: words.reasons.scope,
    duration: {
      until: endsAt?.toISOString() ?? null,
      words:
        decision.effectiveAt > decision.noticeAt
          ? fromWords(decision, timeZone, language)
          : endsAt
            ? words.reasons.untilEnd(sayTime(endsAt, timeZone, { withYear: true, language }))
            : untilWords(decision.measure, byMachine, language),
    },
    takenAt: decision.takenAt.toISOString(),
    effectiveAt: decision.effectiveAt.toISOString(),
    facts: {
      narrative: narrativeOf(decision, { policy, finding }, language),
      listingVersion: decision.judged?.version ?? null,
      text,
      evidence: finding?.evidence ?? [],
      ...(complaint === null ? {} : { complaint }),
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
      detection:
        finding !== null || withholding?.byMachine === true || policy.policy === healthPolicy,
      decision: byMachine,
      words: automationWords(
        decision,
        foundWords(decision, { policy, finding, withholding }, language),
        language,
      ),
      withheld: withholding && words.reasons.withheld,
    },
    wouldReverse: [...policy.wouldReverse, words.reasons.sayItIsWrong],
    exhibits: policy.exhibits ?? [],
    redress: tellKnownGaps(redressOf(decision.measure, procedure, language), {
      procedure,
      knownGaps,
      language,
    }),
  }
}

function effectWords({ measure, terms }: Decision, language: Language): string {
  const words = wordsIn(language).measure
  const effect = words.effect(measure)
  return terms?.amount != null
    ? words.effectOf(sayMoney(terms.amount, terms.currency, language), effect)
    : effect
}

/** A closing is told 30 days before it counts, so that there is time to contest it and to bring one's things home. */
function fromWords(
  { effectiveAt, exception }: Decision,
  timeZone: string,
  language: Language,
): string {
  const { reasons, measure } = wordsIn(language)
  const from = reasons.from(sayTime(effectiveAt, timeZone, { withYear: true, language }))
  return exception === null
    ? from
    : `${from} ${reasons.exceptionAsked(measure.exception(exception))}`
}

function untilWords(measure: Measure, byMachine: boolean, language: Language): string {
  const { reasons } = wordsIn(language)
  if (!measures[measure].liftByClock) return reasons.untilSafe
  return byMachine && measures[measure].subject === 'listing'
    ? reasons.untilTextPasses
    : reasons.untilLifted
}

/** A machine tells what it matched; what a claim freezes is told as that. */
function narrativeOf(
  { takenBy, reasons, measure }: Decision,
  { policy, finding }: { policy: Policy; finding: Finding | null },
  language: Language,
): string {
  if (takenBy.kind === 'policy' && isFreezing(policy)) {
    const { frozenByClaim, protectedAfterClaim } = wordsIn(language).reasons
    return measure === protecting ? protectedAfterClaim : frozenByClaim
  }
  if (takenBy.kind === 'policy' && finding !== null) return matchedWords(policy, finding, language)
  return sayOwnReasons(reasons, language) ?? reasons
}

function matchedWords(policy: Policy, finding: Finding | null, language: Language): string {
  const { reasons } = wordsIn(language)
  const { evidence = [], score = 0 } = finding ?? {}
  const spokeFor = new Set(evidence.filter(({ weight }) => weight > 0).map(({ signal }) => signal))
  const matches = new Map<string, string>()
  for (const { signal, text } of evidence) {
    const key = text?.toLowerCase() ?? ''
    if (text !== null && spokeFor.has(signal) && !matches.has(key))
      matches.set(key, reasons.quoted(text))
  }
  const { deactivate } = policy.thresholds
  const inHundred = (chance: number) => {
    if (chance > 0.995 && chance < 1) return reasons.over99
    if (chance < 0.005 && chance > 0) return reasons.under1
    return reasons.inHundred(Math.round(chance * 100))
  }
  const threshold = deactivate < 1 ? reasons.mayAct(inHundred(deactivate)) : reasons.personOnly
  return (watchesAccounts(policy) ? reasons.sawInAccount : reasons.matched)(
    policy.title,
    [...matches.values()].join(', '),
    inHundred(score),
    threshold,
  )
}

/** Whether software found it is always told, also where it is withheld how. */
function foundWords(
  { restsOn }: Decision,
  { policy, finding, withholding }: Pick<Judged, 'policy' | 'finding' | 'withholding'>,
  language: Language,
): string {
  const { reasons } = wordsIn(language)
  if (policy.policy === healthPolicy) return reasons.foundByThreshold
  if (finding) return watchesAccounts(policy) ? reasons.foundInAccount : reasons.foundByCheck
  if (restsOn.some(({ kind }) => kind === 'complaint')) return reasons.foundByComplaint
  if (restsOn.some(({ kind }) => kind === 'ring')) return reasons.foundByRing
  return withholding?.byMachine ? reasons.foundBySoftware : reasons.foundByPerson
}

function automationWords({ takenBy, ground }: Decision, found: string, language: Language): string {
  const { reasons } = wordsIn(language)
  if (isFreezing({ policy: ground.policy })) return reasons.frozenByMachine
  switch (takenBy.kind) {
    case 'policy':
      return `${found} ${reasons.decidedByMachine}`
    case 'person':
      return `${found} ${reasons.decidedByPerson(firstName(takenBy.name))}`
    case 'clock':
      return `${found} ${reasons.decidedByClock}`
  }
}

/** What sellers read of a person of staff. */
export function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? name
}

/** What the seller can still use while the measure is in force: the button is behind the sign-in that some take. */
function isOpenUnder(procedure: Procedure, measure: string, channel: string): boolean {
  const takes = procedure.measures[measure]?.takes ?? []
  return (procedure.channels[channel]?.needs ?? []).every((means) => !takes.includes(means))
}

function redressOf(
  measure: Measure,
  procedure: Procedure,
  language: Language,
): Statement['redress'] {
  const words = wordsIn(language).redress
  const named = measureInProcedure(measure)
  const channels = Object.keys(procedure.channels).filter(
    (channel) =>
      words.channels[channel] &&
      routeTo(procedure, named, channel) &&
      isOpenUnder(procedure, named, channel),
  )
  const desk = routeTo(procedure, named, channels[0] ?? '')
  const title = desk ? deskTitle(procedure, desk) : ''
  return {
    channels: channels.map((channel) => words.channels[channel] ?? channel),
    desk: title,
    windowMonths: appealWindowMonths,
    words: words.words(appealWindowMonths, channels.includes('button'), title),
    outside: [words.outside],
  }
}
