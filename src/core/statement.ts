/** A statement of reasons is what the seller is told of one decision; page, mail, JSON and print come from it. */
import { z } from 'zod'
import { Exhibits } from './exhibit.ts'
import { Evidence } from './finding.ts'
import { Language } from './language.ts'
import { ListingText } from './listing.ts'
import { Measure, SubjectKind } from './measure.ts'
import { sayStanding } from './standing.ts'
import { Terms } from './state-owed.ts'
import { wordsIn } from './words.ts'

const sentence = z.string().trim().min(1)

/**
 * Complete by type (DSA Art. 17(3), P2B Art. 4(5)): what has no content cannot be written down here,
 * and the database checks the same fields again (`statement_is_complete`).
 */
export const Statement = z.object({
  decisionId: sentence,
  /** In which our words are written here; what people wrote stays in theirs. */
  language: Language.default('en'),
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
    /** What a complaint said, without who said it, where a machine held it on that alone; absent otherwise. */
    complaint: sentence.optional(),
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
  /** Which of the paragraphs are somebody's own words, in a language that nobody told us; absent for none. */
  written?: number[]
}

/** The facts of the decision as short pairs, for the side of the page and the foot of the mail. */
export function statementFacts(statement: Statement): { label: string; words: string }[] {
  const { ground, facts, number } = statement
  const words = wordsIn(statement.language).statement
  return [
    { label: words.facts.measure, words: statement.measure.effect },
    { label: words.facts.where, words: statement.scope },
    { label: words.facts.duration, words: statement.duration.words },
    { label: words.facts.ground, words: words.version(ground.title, ground.version) },
    { label: words.facts.found, words: statement.automation.words },
    { label: words.facts.record, words: words.record(number, facts.listingVersion) },
  ]
}

/** The statement in running words, for mail and print; the page draws the same parts with pictures. */
export function statementSections(statement: Statement): StatementSection[] {
  const { facts, measure, ground, automation, redress, wouldReverse, exhibits } = statement
  const words = wordsIn(statement.language).statement
  return [
    {
      heading: words.happened,
      paragraphs: [facts.narrative, measure.effect],
      ...(automation.decision ? {} : { written: [0] }),
    },
    {
      heading: words.rule,
      paragraphs: [words.version(ground.title, ground.version), ground.text],
      written: [1],
    },
    {
      heading: words.howLong,
      paragraphs: [statement.duration.words, `${statement.scope}.`],
    },
    { heading: words.who, paragraphs: [automation.words] },
    ...(automation.withheld === null
      ? []
      : [{ heading: words.withheld, paragraphs: [automation.withheld] }]),
    {
      heading: words.reverse,
      paragraphs: wouldReverse,
      // The rule's own ways back come first, and ours is the last.
      ...(wouldReverse.length > 1 ? { written: wouldReverse.slice(1).map((_, at) => at) } : {}),
    },
    ...(exhibits.length === 0
      ? []
      : [
          {
            heading: words.helps,
            paragraphs: exhibits.map(({ title, says }) => `${title}. ${says}`),
            written: exhibits.map((_, at) => at),
          },
        ]),
    { heading: words.contest, paragraphs: [redress.words, ...redress.outside] },
  ]
}

/** The sentence a statement opens with, on the page and as the subject of the mail. */
export function statementTitle(statement: Statement): string {
  const { subject, measure, terms, automation, ground, language } = statement
  const standing = sayStanding(
    { measure: measure.name, subject, terms },
    { isAhead: countsLater(statement), language },
  )
  return wordsIn(language).statement.title(standing, ground.title, automation.decision)
}

/** Whether it counts only days after it was taken, as a closing does; a minute of undoing is no such time. */
export function countsLater({ takenAt, effectiveAt }: Statement): boolean {
  return Date.parse(effectiveAt) - Date.parse(takenAt) > 24 * 60 * 60_000
}
