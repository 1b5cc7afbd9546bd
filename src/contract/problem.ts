/** A problem is how a refusal crosses the wire (RFC 9457): a stable type, and words for people. */
import { oc } from '@orpc/contract'
import { z } from 'zod'
import { KnownGap } from '../core/known-gap.ts'
import { refusals, type Refusal } from '../core/refusal.ts'

/** The address of a refusal's page in the documentation; `type` of every problem. */
export function problemType(refusal: Refusal): string {
  return `/problems/${refusal}`
}

export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  /** The stable name: the last part of `type`. */
  refusal: z.string(),
  /** Where in the request the trouble is, when it is about its shape. */
  issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  /** Where a document cannot be read. */
  errors: z.array(z.object({ line: z.int(), column: z.int(), message: z.string() })).optional(),
  /** The gaps of a procedure that nobody has accepted. */
  gaps: z.array(KnownGap).optional(),
})
export type Problem = z.infer<typeof Problem>

type ErrorMap<R extends Refusal> = { [K in R]: { status: number; message: string } }

/** The refusals that a route may answer with, from the one table of them. */
export function refuses<const R extends Refusal>(...names: R[]): ErrorMap<R> {
  const entries = names.map((name) => [
    name,
    { status: refusals[name].status, message: refusals[name].words },
  ])
  return Object.fromEntries(entries) as ErrorMap<R> // the entries are exactly the names given
}

/** Every route may say these; each adds its own. */
export const route = oc.errors(
  refuses('not_signed_in', 'not_allowed', 'not_found', 'invalid_request'),
)
