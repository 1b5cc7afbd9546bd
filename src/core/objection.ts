/** An objection is what a party says against one decision, and what came of it; an appeal holds one per decision. */
import type { Shown } from './exhibit.ts'
import type { Measure } from './measure.ts'
import type { Power } from './procedure.ts'
import { refuse, type Refused } from './refusal.ts'

export type Track = 'dispute' | 'remedy'
export type ObjectionOutcome =
  'measure_lifted' | 'measure_narrowed' | 'measure_stands' | 'withdrawn'

/** What a party says against one decision, and what came of it. */
export interface Objection {
  id: string
  decisionId: string
  measure: Measure
  track: Track
  text: string
  remedy: { cause: string; correction: string; prevention: string } | null
  /** What was shown of the evidence that the policy asks for. */
  exhibits: Shown[]
  outcome: ObjectionOutcome | null
  /** The reasons that answer this objection; null until it is answered. */
  answer: string | null
  answeredBy: string | null
  answeredAt: Date | null
}

export interface Answer {
  objectionId: string
  power: Extract<Power, 'grant' | 'narrow' | 'deny'>
  reasons: string
}

/** What is still missing for an objection to be filed, or null: words of one's own, and all parts of a remedy. */
export function whyIncomplete({
  text,
  track,
  remedy,
}: Pick<Objection, 'text' | 'track' | 'remedy'>): Refused | null {
  if (text.trim() === '') return refuse('text_missing')
  const isWhole = remedy !== null && Object.values(remedy).every((part) => part.trim() !== '')
  return track === 'remedy' && !isWhole ? refuse('remedy_incomplete') : null
}

/** What answering does to an objection. */
export function answerObjection(
  objection: Objection,
  { power, reasons }: Answer,
  { by, now }: { by: string | null; now: Date },
): Objection {
  const outcomes = {
    grant: 'measure_lifted',
    narrow: 'measure_narrowed',
    deny: 'measure_stands',
  } as const satisfies Record<Answer['power'], ObjectionOutcome>
  return {
    ...objection,
    outcome: outcomes[power],
    answer: reasons,
    answeredBy: by,
    answeredAt: now,
  }
}

/** An objection as it is made; without exhibits where none were shown. */
export type NewObjection = Omit<
  Objection,
  'exhibits' | 'outcome' | 'answer' | 'answeredBy' | 'answeredAt'
> &
  Partial<Pick<Objection, 'exhibits'>>

/** The objection, open to be answered for the first time or anew. */
export function reopenObjection(objection: NewObjection): Objection {
  return {
    exhibits: [],
    ...objection,
    outcome: null,
    answer: null,
    answeredBy: null,
    answeredAt: null,
  }
}
