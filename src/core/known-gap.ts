/** A known gap is a hole in a procedure that its operator accepted by name, and that every seller it touches is told of. */
import { z } from 'zod'
import { measureInProcedure, measureNames } from './measure.ts'
import { deskTitle, latenessOf, reviewDeskOf, routeTo, type Procedure } from './procedure.ts'
import type { Statement } from './statement.ts'

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

/** The gaps in sentences for a seller under the measure; those that differ only in how one came are one sentence. */
export function sayKnownGaps(gaps: readonly KnownGap[], procedure: Procedure): string[] {
  const groups = new Map<string, KnownGap[]>()
  for (const gap of gaps) {
    const key = JSON.stringify([gap.code, gap.desk])
    groups.set(key, [...(groups.get(key) ?? []), gap])
  }
  return [...groups.values()].map((group) => `Known gap of our procedure: ${say(group, procedure)}`)
}

/** Adds the known gaps to what a statement says of the way back; where no door leads on, the officer is one. */
export function tellKnownGaps(
  redress: Statement['redress'],
  procedure: Procedure,
  knownGaps: readonly string[],
): Statement['redress'] {
  if (redress.desk !== '') return { ...redress, words: [redress.words, ...knownGaps].join(' ') }
  const officer = `the officer of the marketplace, ${procedure.officer}`
  return {
    ...redress,
    channels: [`A letter or mail to ${officer}`],
    desk: 'The officer of the marketplace',
    words: [
      `You can write to ${officer}, within ${redress.windowMonths} months of this notice reaching you.`,
      ...knownGaps,
    ].join(' '),
  }
}

function say(group: readonly KnownGap[], procedure: Procedure): string {
  const [first] = group
  if (first === undefined) return ''
  const desk = first.desk
    ?.split('+')
    .map((name) => deskTitle(procedure, name))
    .join(', ')
  const doors = [...new Set(group.flatMap(({ channel }) => channel ?? []))].join(' or ')
  switch (first.code) {
    case 'no-way-in':
      return `from this measure, ${withoutWhat(group)}, there is no way in.`
    case NOT_COVERED:
      return 'from this measure, neither the button nor the link leads to a desk; write to our officer.'
    case 'no-person':
      return `by ${doors}, a case about this measure never reaches a person who may decide it.`
    case 'limbo':
      return `${desk} has no clock or no consequence, so a case can stay there without end.`
    case 'loop':
      return `a case can be handed round between ${desk} without end.`
    case 'unsafe-lift':
      return `by ${doors}, this measure can end by mere lateness, though it should end only when a person says so.`
    case 'machine-denies':
      return `at ${desk} a machine may say no.`
    case 'dead-end':
      return `${desk} may neither decide a case nor pass it on.`
    case 'hollow-second-look':
      return `the second look at what ${desk} decides is taken where no person may decide.`
    case 'no-second-look':
      return `what ${desk} denies, nobody looks at again.`
    case 'promise-person':
      return `by ${doors}, it can take longer than we promise until a person who may decide has a case.`
    case 'promise-answer':
      return `by ${doors}, the last answer can take longer than we promise.`
    default:
      return first.message
  }
}

/** "without an account or a mailbox": what the seller lacks in each of the situations. */
function withoutWhat(group: readonly KnownGap[]): string {
  const lacking = group.map(({ means }) => {
    const lost = (['account', 'mailbox'] as const).filter((one) => means?.includes(one) === false)
    if (lost.length === 2) return 'with neither the account nor the mailbox'
    return lost[0] === undefined ? 'with account and mailbox' : `without ${article[lost[0]]}`
  })
  return [...new Set(lacking)].join(', and ')
}

const article = { account: 'the account', mailbox: 'a mailbox' } as const

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
