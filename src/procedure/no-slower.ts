/** The proof that a case may go on under another procedure: from where it is, every way is one that it had, and no slower. */
import { reviewDeskOf, type Desk, type Procedure } from '../core/procedure.ts'

export interface Standing {
  /** The measure or matter that the case is routed by. */
  measure: string
  desk: string
  forwards: number
}

/** Whether no way from here is new or longer, and nothing promised is longer; otherwise what is. */
export function proveNoSlower(
  from: Procedure,
  to: Procedure,
  { measure, desk, forwards }: Standing,
): { ok: true } | { ok: false; why: string } {
  const no = (why: string) => ({ ok: false as const, why })
  if (to.promise.person > from.promise.person) return no('A person is promised later.')
  if (to.promise.answer > from.promise.answer) return no('The answer is promised later.')
  if (to.limits.asks > from.limits.asks) return no('More questions may be asked.')
  if ((to.limits['ask-wait'] ?? 0) > (from.limits['ask-wait'] ?? 0))
    return no('A question may stand longer.')
  if (to.measures[measure] === undefined) return no(`${measure} is not in it.`)
  if (to.measures[measure]['lift-by-clock'] !== from.measures[measure]?.['lift-by-clock'])
    return no(`Lateness means another thing for ${measure}.`)
  const mayForward = to.limits.forwards > forwards
  if (mayForward && to.limits.forwards > from.limits.forwards)
    return no('It may be forwarded more often.')
  const reached = new Set([desk])
  for (const name of reached) {
    const [before, after] = [from.desks[name], to.desks[name]]
    if (before === undefined || after === undefined) return no(`The desk ${name} is not in both.`)
    const why = differenceOf(before, after, mayForward)
    if (why !== null) return no(`At ${name} ${why}.`)
    if (reviewDeskOf(from, name) !== reviewDeskOf(to, name))
      return no(`At ${name} the second look is elsewhere.`)
    const ends = ['lift', 'narrow']
    if (after.late !== undefined && !ends.includes(after.late)) reached.add(after.late)
    const review = reviewDeskOf(to, name)
    if (review !== null) reached.add(review)
    if (mayForward) for (const next of after.forward ?? []) reached.add(next)
  }
  return { ok: true }
}

function differenceOf(before: Desk, after: Desk, mayForward: boolean): string | null {
  if (after.staff !== before.staff) return 'others sit'
  if ([...after.may].sort().join() !== [...before.may].sort().join()) return 'the powers differ'
  if ((after.within ?? Infinity) > (before.within ?? Infinity)) return 'the clock is longer'
  if (after.late !== before.late) return 'lateness leads elsewhere'
  const isNew = (to: string) => !(before.forward ?? []).includes(to)
  return mayForward && (after.forward ?? []).some(isNew) ? 'it may be forwarded elsewhere' : null
}
