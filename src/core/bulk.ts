/** Bulk is the same done to several cases, each by a command of its own. It gives back or hands on; it never says no. */
import { z } from 'zod'
import { hasSender, isMatter, type Case } from './case.ts'
import { asksWhoOwns } from './permission.ts'
import { refuse, type Refused } from './refusal.ts'

/** The names of what may be done alike. */
export const bulkKinds = ['release', 'forward', 'answer', 'lift'] as const

/** What may be done alike. There is no way to let a measure stand here: a no is written for one seller. */
export const BulkAction = z.discriminatedUnion('do', [
  z.object({ do: z.literal('release') }),
  z.object({ do: z.literal('forward'), to: z.string().max(200), reason: z.string().max(2_000) }),
  z.object({ do: z.literal('answer'), text: z.string().max(20_000) }),
  z.object({ do: z.literal('lift'), reasons: z.string().max(10_000) }),
])
export type BulkAction = z.infer<typeof BulkAction>

export const mostInBulk = 100

/** The words of an action that a seller reads; null for one without words. */
export function wordsOfBulk(action: BulkAction): string | null {
  switch (action.do) {
    case 'release':
      return null
    case 'forward':
      return action.reason
    case 'answer':
      return action.text
    case 'lift':
      return action.reasons
  }
}

/** The same action with other words. */
export function withWords(action: BulkAction, words: string): BulkAction {
  switch (action.do) {
    case 'release':
      return action
    case 'forward':
      return { ...action, reason: words }
    case 'answer':
      return { ...action, text: words }
    case 'lift':
      return { ...action, reasons: words }
  }
}

/** Why an action is not for this case at all, whoever holds it; null where the case itself will say. */
export function whyNotAlike(held: Case, action: BulkAction): Refused | null {
  if (action.do === 'answer' && !hasSender(held)) return refuse('no_sender')
  if (action.do !== 'lift') return null
  // A yes here may give an account to a thief, or take from a seller what a reporter asks for.
  const isOfReporter = isMatter(held) && held.objections.length > 0
  if (asksWhoOwns(held) || isOfReporter) return refuse('not_in_bulk')
  return held.objections.length === 0 && held.check === null ? refuse('nothing_to_lift') : null
}
