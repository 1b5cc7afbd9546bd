/** A statement of reasons is what the seller is told of one decision; page, mail, JSON and print come from it. */
import { z } from 'zod'
import { Exhibits } from './exhibit.ts'
import { Evidence } from './finding.ts'
import { ListingText } from './listing.ts'
import { Measure, SubjectKind } from './measure.ts'
import { sayStanding } from './standing.ts'
import { Terms } from './state-owed.ts'

const sentence = z.string().trim().min(1)

/**
 * Complete by type (DSA Art. 17(3), P2B Art. 4(5)): what has no content cannot be written down here,
 * and the database checks the same fields again (`statement_is_complete`).
 */
export const Statement = z.object({
  decisionId: sentence,
  /** The number to quote, such as D-1004. */
  number: sentence,
  kind: z.enum(['impose', 'narrow']),
  seller: z.object({ id: sentence, name: sentence }),
  subject: z.object({ kind: SubjectKind, id: sentence, title: sentence }),
  measure: z.object({ name: Measure, tag: sentence, effect: sentence }),
  /** What it says about money; null where it says nothing. */
  terms: Terms.nullable().default(null),
  /** Where it applies, e.g. "Every country". */
  scope: sentence,
  duration: z.object({ until: z.iso.datetime().nullable(), words: sentence }),
  takenAt: z.iso.datetime(),
  effectiveAt: z.iso.datetime(),
  /** What it leans on: the judged version's text with the matched words, and what happened in a sentence. */
  facts: z.object({
    narrative: sentence,
    /** Null, as the text, where an account or money was judged without a listing. */
    listingVersion: z.int().min(1).nullable(),
    text: ListingText.nullable(),
    evidence: z.array(Evidence),
    score: z.number().nullable(),
    /** From this score on the policy may act by itself; null when a person judged without a score. */
    threshold: z.number().nullable(),
  }),
  /** The rule as it read on the day, word for word. */
  ground: z.object({ policy: sentence, version: z.int().min(1), title: sentence, text: sentence }),
  automation: z.object({
    detection: z.boolean(),
    decision: z.boolean(),
    words: sentence,
    /** That the method of detection is kept back, why that is allowed, and who sees it; null where nothing is. */
    withheld: sentence.nullable().default(null),
  }),
  wouldReverse: z.array(sentence).min(1),
  /** What helps most to show it; an appeal needs none of it. */
  exhibits: Exhibits.default([]),
  redress: z.object({
    channels: z.array(sentence).min(1),
    desk: sentence,
    /** Months of the appeal window, running from the day the seller was informed. */
    windowMonths: z.int().min(6),
    words: sentence,
    outside: z.array(sentence).min(1),
  }),
})
export type Statement = z.infer<typeof Statement>

/** One heading and its paragraphs, in the order in which every door shows them. */
export interface StatementSection {
  heading: string
  paragraphs: string[]
}

/** The facts of the decision as short pairs, for the side of the page and the foot of the mail. */
export function statementFacts(statement: Statement): { label: string; words: string }[] {
  return [
    { label: 'Measure', words: statement.measure.effect },
    { label: 'Where', words: statement.scope },
    { label: 'How long', words: statement.duration.words },
    { label: 'Ground', words: `${statement.ground.title}, version ${statement.ground.version}` },
    { label: 'Found and decided by', words: statement.automation.words },
    {
      label: 'Record',
      words:
        statement.facts.listingVersion === null
          ? `Decision ${statement.number}`
          : `Decision ${statement.number}, about version ${statement.facts.listingVersion} of the listing`,
    },
  ]
}

/** The statement in running words, for mail and print; the page draws the same parts with pictures. */
export function statementSections(statement: Statement): StatementSection[] {
  return [
    { heading: 'What happened', paragraphs: [statement.facts.narrative, statement.measure.effect] },
    {
      heading: 'The rule, word for word',
      paragraphs: [
        `${statement.ground.title}, version ${statement.ground.version}`,
        statement.ground.text,
      ],
    },
    {
      heading: 'How long and where',
      paragraphs: [statement.duration.words, `${statement.scope}.`],
    },
    { heading: 'Who found it and who decided', paragraphs: [statement.automation.words] },
    ...(statement.automation.withheld === null
      ? []
      : [
          {
            heading: 'What is not told here, and why',
            paragraphs: [statement.automation.withheld],
          },
        ]),
    { heading: 'What would reverse it', paragraphs: statement.wouldReverse },
    ...(statement.exhibits.length === 0
      ? []
      : [
          {
            heading: 'What helps most to show it',
            paragraphs: statement.exhibits.map(({ title, says }) => `${title}. ${says}`),
          },
        ]),
    {
      heading: 'How to contest it',
      paragraphs: [statement.redress.words, ...statement.redress.outside],
    },
  ]
}

/** The sentence a statement opens with, on the page and as the subject of the mail. */
export function statementTitle(statement: Statement): string {
  const { subject, measure, terms, automation, ground } = statement
  const because = automation.decision
    ? `because a rule read it as a matter of “${ground.title}”`
    : `because a person judged it under “${ground.title}”`
  const standing = sayStanding(
    { measure: measure.name, subject, terms },
    { isAhead: countsLater(statement) },
  )
  return `${capital(standing)}, ${because}.`
}

/** Whether it counts only days after it was taken, as a closing does; a minute of undoing is no such time. */
export function countsLater({ takenAt, effectiveAt }: Statement): boolean {
  return Date.parse(effectiveAt) - Date.parse(takenAt) > 24 * 60 * 60_000
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
