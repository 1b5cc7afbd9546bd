/** A score is what a complaint was worth at a weighing: its credibility as a sum of terms, and whether it may weigh against the seller. */
import { z } from 'zod'
import type { ComplaintFinding } from './complaint.ts'

/** One term, in log-odds that the complaint is genuine, with its sentence for people. */
export const ScoreTerm = z.object({ signal: z.string(), weight: z.number(), text: z.string() })
export type ScoreTerm = z.infer<typeof ScoreTerm>

export interface ComplaintScore {
  complaintId: string
  credibility: number
  counts: boolean
  ringId: string | null
  reasons: ScoreTerm[]
}

/** Terms that only a ring brings, or a doubt whether there is one: what ties a complaint to others, and what those as a whole add. */
const ofRing: ReadonlySet<string> = new Set([
  'shared-things',
  'shared-with-rival',
  'same-words',
  'same-targets',
  'joined-together',
  'came-together',
  'chance',
  'ring',
  'doubt',
])

export function isOfRing({ signal }: Pick<ScoreTerm, 'signal'>): boolean {
  return ofRing.has(signal)
}

/** Whether a complaint waits for a person since others like it may be of one hand. */
export function isDoubt({ signal }: Pick<ScoreTerm, 'signal'>): boolean {
  return signal === 'doubt'
}

/**
 * Whether a complaint weighs against its seller now. What a person found goes before what was weighed, and that it is of
 * a confirmed ring before everything. What came while its reporter's complaints were set aside weighs only where a person
 * found it to be so.
 */
export function countsNow({
  counts,
  finding,
  isOfConfirmedRing,
  isSetAside,
}: {
  counts: boolean
  finding: ComplaintFinding | null
  isOfConfirmedRing: boolean
  /** Whether it was set aside when it came, and that was not lifted. */
  isSetAside: boolean
}): boolean {
  if (isOfConfirmedRing || finding === 'refuted') return false
  return finding === 'confirmed' || (counts && !isSetAside)
}
