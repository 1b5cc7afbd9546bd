/** How an account stands, in sentences: on which threshold a measure rests, and what its seller is asked before there is one. */
import type { AccountHealth } from './account-health.ts'
import type { Threshold } from './health-rules.ts'
import type { Language } from './language.ts'
import type { Worded } from './notice.ts'
import { wordsIn } from './words.ts'

/** Points in tenths, without a nought behind the point: "46", "4.5". */
export function sayPoints(points: number, language: Language = 'en'): string {
  return figure(points, language, 1)
}

/** A share in percent, in tenths: "3.1". */
export function sayPercent(share: number, language: Language = 'en'): string {
  return figure(share * 100, language, 1)
}

/** What a threshold asks for: "40 points and 3 sources that have nothing to do with each other". */
export function sayNeeds(threshold: Threshold, language: Language = 'en'): string[] {
  const words = wordsIn(language).health
  const share = threshold['complaint-share']
  return [
    ...(threshold.points === undefined
      ? []
      : [words.points(sayPoints(threshold.points, language))]),
    ...(share === undefined ? [] : [words.share(sayPercent(share, language))]),
    words.sources(figure(threshold.sources, language)),
    ...(threshold.decisions === 0 ? [] : [words.decisions(figure(threshold.decisions, language))]),
  ]
}

/** As much of how an account stands as is said. */
type Counted = Pick<
  AccountHealth,
  'points' | 'share' | 'sources' | 'decisions' | 'violations' | 'complaints'
>

/** On what a measure rests that a threshold proposed: the threshold, the numbers, and where they come from. */
export function sayBasis(threshold: Threshold, health: Counted, language: Language): string {
  const words = wordsIn(language).health
  const { points, share, sources, decisions } = health
  const numbers = health.violations
    .filter(({ state }) => state === 'counts')
    .map(({ violation }) => `D-${violation.number}`)
  const complaints = health.complaints
    .filter(({ state }) => state === 'counts')
    .map(({ complaint }) => `K-${complaint.number}`)
  return [
    words.met(threshold.title[language]),
    words.needs(sayNeeds(threshold, language)),
    words.found([
      words.points(sayPoints(points, language)),
      ...(complaints.length === 0 ? [] : [words.share(sayPercent(share.lower, language))]),
      words.sources(figure(sources, language)),
      words.decisions(figure(decisions, language)),
    ]),
    ...(numbers.length === 0 ? [] : [words.decisionsThat(numbers)]),
    ...(complaints.length === 0
      ? []
      : [words.complaintsThat(complaints, figure(share.orders, language), share.days)]),
    words.again,
  ].join(' ')
}

/** What the seller is asked where complaints are more than usual: nothing was done, and nothing follows by itself. */
export function healthAsked(threshold: Threshold, health: Counted, language: Language): Worded {
  const words = wordsIn(language).health
  const { counting, orders, days } = health.share
  return {
    kind: 'message',
    subject: words.askedSubject,
    body: {
      language,
      opening: words.askedOpening(figure(counting, language), figure(orders, language), days),
      sections: [
        { heading: words.askedWhat, paragraphs: [sayBasis(threshold, health, language)] },
        { heading: words.askedNext, paragraphs: [words.askedNothing] },
        { heading: words.askedTell, paragraphs: [words.askedHow] },
      ],
      statement: null,
      link: { label: words.askedLink, decisionId: null, caseId: null, page: '/seller' },
    },
  }
}

function figure(amount: number, language: Language, digits = 0): string {
  return new Intl.NumberFormat(wordsIn(language).saying.locale, {
    maximumFractionDigits: digits,
  }).format(amount)
}
