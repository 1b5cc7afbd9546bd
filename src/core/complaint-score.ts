/** A score is what a complaint was worth at a weighing: its credibility as a sum of terms, and whether it may weigh against the seller. */
import { z } from 'zod'

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
