/** A known gap is a hole in a procedure that its operator accepted by name, and that every seller it touches is told of. */
import { z } from 'zod'
import { measureInProcedure, measureNames } from './measure.ts'
import { latenessOf, reviewDeskOf, routeTo, type Procedure } from './procedure.ts'

export const KnownGap = z.object({
  /** By which it is accepted, e.g. `limbo:legal`. */
  name: z.string(),
  code: z.string(),
  desk: z.string().nullable(),
  measure: z.string().nullable(),
  means: z.array(z.enum(['account', 'mailbox'])).nullable(),
  channel: z.string().nullable(),
  /** A duration or `unbounded`, for the two promises. */
  worst: z.string().nullable(),
  /** A shortest way that shows it. */
  path: z.array(z.string()),
  message: z.string(),
  mending: z.string(),
})
export type KnownGap = z.infer<typeof KnownGap>

/** What a measure of the system lacks where the procedure leads its seller nowhere; the document alone cannot show it. */
export const NOT_COVERED = 'not-covered'

/** The gaps that a seller under a measure can come to: at its ways in, or at a desk that its case can reach. */
export function gapsTouching(
  gaps: readonly KnownGap[],
  procedure: Procedure,
  matter: string,
): KnownGap[] {
  if (gaps.length === 0) return []
  const desks = desksReachable(procedure, matter)
  return gaps.filter((gap) =>
    gap.desk === null
      ? gap.measure === matter
      : desks.has(gap.desk) || gap.desk.split('+').some((desk) => desks.has(desk)),
  )
}

/** The measures that the system can impose and that a procedure has no door of the system for. */
export function notCovered(procedure: Procedure): KnownGap[] {
  return [...new Set(measureNames.map(measureInProcedure))]
    .filter((measure) =>
      ['button', 'link'].every((channel) => routeTo(procedure, measure, channel) === null),
    )
    .map((measure) => ({
      name: `${NOT_COVERED}:${measure}`,
      code: NOT_COVERED,
      desk: null,
      measure,
      means: null,
      channel: null,
      worst: null,
      path: [measure],
      message: `The system can impose ${measure}, and this procedure leads neither its button nor its link to a desk.`,
      mending: `Define ${measure} under "measures" and give it a route by button and link.`,
    }))
}

/** Every desk that a case about a measure can come to, by any channel. */
function desksReachable(procedure: Procedure, matter: string): Set<string> {
  const reached = new Set<string>()
  for (const channel of Object.keys(procedure.channels)) {
    const desk = routeTo(procedure, matter, channel)
    if (desk !== null) reached.add(desk)
  }
  for (const name of reached) {
    const desk = procedure.desks[name]
    const late = latenessOf(procedure, name)
    if (late?.does === 'hand-over') reached.add(late.desk)
    const review = reviewDeskOf(procedure, name)
    if (review !== null && desk?.may.includes('deny')) reached.add(review)
    if (procedure.limits.forwards > 0) for (const to of desk?.forward ?? []) reached.add(to)
  }
  return reached
}
