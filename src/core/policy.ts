/** A policy is a versioned rule of the marketplace: text for people, signals for machines, and a level. */
import { z } from 'zod'
import { Exhibits } from './exhibit.ts'
import { Outcome } from './finding.ts'
import { ListingText } from './listing.ts'
import { Measure } from './measure.ts'
import { SecuritySignal } from './security-event.ts'

/** How far a policy may go by itself. It is set by hand and climbs one document at a time. */
export const Level = z.enum(['off', 'shadow', 'suggest', 'act-with-review', 'act'])
export type Level = z.infer<typeof Level>

export const Jurisdiction = z.enum(['us', 'eu'])
export type Jurisdiction = z.infer<typeof Jurisdiction>

export const FieldKind = z.enum([
  'title',
  'description',
  'bullets',
  'brand',
  'category',
  'attributes',
])
export type FieldKind = z.infer<typeof FieldKind>

/**
 * Words in a row, or `$name` for all phrases of one of the policy's lists. Compared without regard to case, accents,
 * hyphens, look-alike letters or spaces left out; `repel*` stands for every word that begins so.
 */
const Phrase = z.string().min(1).max(200)
const Phrases = z.array(Phrase).min(1).max(5000)

/** How many words `together` may span where a signal does not say. */
export const WITHIN = 12

/**
 * A named piece of evidence that moves the score by `weight` log-odds where it is found; however often it stands in a
 * listing, it counts once. It is found by `phrases`, `patterns` or `together` (any one of them), and by `when`: alone,
 * or as a further condition on the others.
 */
export const Signal = z.strictObject({
  name: z.string().min(1).max(80),
  /** Said to the seller beside the matched words, e.g. "names a face mask". */
  says: z.string().min(1).max(200),
  weight: z.number().min(-20).max(20),
  /** Where the law differs: holds only there; everywhere when absent. */
  jurisdictions: z.array(Jurisdiction).min(1).optional(),
  /** The fields looked at; all when absent. */
  fields: z.array(FieldKind).min(1).optional(),
  /** Any one of these. */
  phrases: Phrases.optional(),
  /** Regular expressions (RE2 syntax, without regard to case), such as the form of a registration number. */
  patterns: z.array(z.string().min(1).max(500)).min(1).max(50).optional(),
  /**
   * Groups of phrases, such as what is claimed, against what, and where: one of each group in one sentence, in any
   * order, at most `within` words apart. A negation of the first group, the claim, takes it all away.
   */
  together: z.array(Phrases).min(2).max(4).optional(),
  within: z.int().min(2).max(60).optional(),
  /** Is not found where one of these ends at most four words before it, as in "wear a respirator". */
  notAfter: Phrases.optional(),
  /** Is not found where one of these begins at most four words after it, as in "mask brush". */
  notBefore: Phrases.optional(),
  /** Is not found in a sentence in which one of these stands too. */
  unless: Phrases.optional(),
  /** True where a "no" or "free of" before it does not take it away. */
  evenNegated: z.boolean().optional(),
  /** A condition in CEL over title, description, bullets, brand, category and attributes. */
  when: z.string().min(1).max(2000).optional(),
  /** What happens to an account, as the marketplace tells it; such a signal is never looked for in a listing. */
  event: SecuritySignal.optional(),
})
export type Signal = z.infer<typeof Signal>

/** A listing, or some of one, with what the policy must say of it. */
export const Example = z.strictObject({
  ...ListingText.partial().shape,
  title: z.string().min(1),
  /** Where the law differs; the first jurisdiction of the policy when absent. */
  jurisdiction: Jurisdiction.optional(),
  /** What this policy says of it. */
  outcome: Outcome,
  /** What would be right, where this policy is known to be wrong. */
  shouldBe: Outcome.optional(),
})
export type Example = z.infer<typeof Example>

/** What stands in place of the policy's own words in one jurisdiction. */
const Variant = z.strictObject({
  title: z.string().min(1).max(120).optional(),
  text: z.string().min(1).max(20_000).optional(),
  wouldReverse: z.array(z.string().min(1).max(400)).min(1).optional(),
  exhibits: Exhibits.optional(),
})

/** How often what was scored so came true: one bar of the reliability plot. */
export const Reliability = z.strictObject({
  /** The mean score of the cases in this bar, and the share of them that people found to be violations. */
  said: z.number().min(0).max(1),
  happened: z.number().min(0).max(1),
  cases: z.int().min(0),
})
export type Reliability = z.infer<typeof Reliability>

/**
 * Weights learned from people's decisions and labelled examples with the written weights as prior, calibration folded
 * in (`policies/<policy>.learned.json`). They are in force in place of the written ones.
 */
export const Learned = z.strictObject({
  policy: z.string(),
  /** The version of the document that they were learned for. */
  of: z.int().min(1),
  /** The version of the policy that they make: a higher one, with the same text and signals. */
  version: z.int().min(2),
  base: z.number().min(-40).max(40),
  /** One weight for each signal, of the same sign as the written one. */
  signals: z.record(z.string(), z.number().min(-40).max(40)),
  /** Hashed features: how many buckets there are, and the weight of each that has one, by its number. */
  buckets: z.int().min(1),
  words: z.record(z.string().regex(/^\d+$/), z.number().min(-10).max(10)),
  cases: z.strictObject({ violations: z.int().min(0), innocents: z.int().min(0) }),
  reliability: z.array(Reliability).max(20),
})
export type Learned = z.infer<typeof Learned>

/** A policy document (`policies/*.yaml`). */
export const Policy = z.strictObject({
  policy: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, 'a name in kebab-case, such as ppe'),
  version: z.int().min(1),
  title: z.string().min(1).max(120),
  /** Who answers for this version; may not decide appeals against what it did. */
  author: z.string().min(1).max(200),
  /** True for the policy of the story, which is wrong on purpose: pages and the command say so. */
  naive: z.boolean().default(false),
  /** The rule in words: the ground quoted in every statement. */
  text: z.string().min(1).max(20_000),
  jurisdictions: z.array(Jurisdiction).min(1),
  /** What differs in one of them. */
  variants: z.partialRecord(Jurisdiction, Variant).optional(),
  /**
   * The categories that it looks at: those in which one of these phrases stands, and none of the exceptions.
   * All when absent; a listing without a category is always looked at.
   */
  categories: z.strictObject({ only: Phrases.optional(), except: Phrases.optional() }).optional(),
  measure: Measure,
  /** After so many days its measure ends by itself; where absent it stays until it is lifted. Money is always held for a time. */
  endsAfterDays: z.int().min(1).max(366).optional(),
  /** The level on the day it is first adopted. */
  level: Level,
  /** Phrases under a name, for signals to use as `$name`. */
  lists: z.record(z.string().regex(/^[a-z][a-z0-9-]{0,62}$/), Phrases).optional(),
  /** Longer phrases whose words mean something else, such as "masking tape": what lies in them speaks for nothing. */
  innocent: Phrases.optional(),
  /** Log-odds before any signal speaks. */
  base: z.number().min(-20).max(20),
  /** None for a rule about accounts or money by which people alone judge; such a one stands at `off`. */
  signals: z.array(Signal),
  thresholds: z.strictObject({
    review: z.number().min(0).max(1),
    /** 1 for a policy that only ever asks a person. */
    deactivate: z.number().min(0).max(1),
  }),
  /** What the seller can change or show so that the measure falls; whole sentences. */
  wouldReverse: z.array(z.string().min(1).max(400)).min(1),
  /** What helps most to show it, asked for beside an appeal. */
  exhibits: Exhibits.optional(),
  examples: z.array(Example).default([]),
  /** Joined from its own file; never written in the document itself. */
  learned: Learned.optional(),
})
export type Policy = z.infer<typeof Policy>

/** The policy as it reads in one jurisdiction. */
export function policyIn(policy: Policy, jurisdiction: Jurisdiction): Policy {
  const { variants, ...own } = policy
  const { title, text, wouldReverse, exhibits } = variants?.[jurisdiction] ?? {}
  return {
    ...own,
    title: title ?? own.title,
    text: text ?? own.text,
    wouldReverse: wouldReverse ?? own.wouldReverse,
    exhibits: exhibits ?? own.exhibits ?? [],
    signals: own.signals.filter(
      ({ jurisdictions }) => jurisdictions === undefined || jurisdictions.includes(jurisdiction),
    ),
  }
}

/** Whether people alone judge by it: without signals there is nothing that a machine could find. */
export function isForPeople({ signals }: Pick<Policy, 'signals'>): boolean {
  return signals.length === 0
}

/** Whether a policy looks at what happens to accounts, and so never at a listing. */
export function watchesAccounts({ signals }: Pick<Policy, 'signals'>): boolean {
  return signals.some(({ event }) => event !== undefined)
}

/** What a policy makes of the score of what it found. */
export function outcomeOf({ thresholds }: Pick<Policy, 'thresholds'>, score: number): Outcome {
  const { review, deactivate } = thresholds
  if (score < review) return 'allow'
  // A sum so large that its score is 1 in floating point is still not for a machine where only people may act.
  return deactivate < 1 && score >= deactivate ? 'deactivate' : 'review'
}
