/** A known gap is a hole in a procedure that its operator accepted by name, and that every seller it touches is told of. */
import { z } from 'zod'
import { measureInProcedure, measureNames } from './measure.ts'
import { deskTitle, latenessOf, reviewDeskOf, routeTo, type Procedure } from './procedure.ts'
import type { Language } from './language.ts'
import type { Statement } from './statement.ts'
import { wordsIn } from './words.ts'

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
export function sayKnownGaps(
  gaps: readonly KnownGap[],
  procedure: Procedure,
  language: Language = 'en',
): string[] {
  const groups = new Map<string, KnownGap[]>()
  for (const gap of gaps) {
    const key = JSON.stringify([gap.code, gap.desk])
    groups.set(key, [...(groups.get(key) ?? []), gap])
  }
  const { opening } = wordsIn(language).knownGap
  return [...groups.values()].map((group) => opening(say(group, procedure, language)))
}

/** Adds the known gaps to what a statement says of the way back; where no door leads on, the officer is one. */
export function tellKnownGaps(
  redress: Statement['redress'],
  { procedure, knownGaps, language }: KnownGapsTold,
): Statement['redress'] {
  if (redress.desk !== '') return { ...redress, words: [redress.words, ...knownGaps].join(' ') }
  const words = wordsIn(language).redress
  const officer = words.officer(procedure.officer)
  return {
    ...redress,
    channels: [words.letterToOfficer(officer)],
    desk: words.officerDesk,
    words: [words.writeToOfficer(officer, redress.windowMonths), ...knownGaps].join(' '),
  }
}

interface KnownGapsTold {
  procedure: Procedure
  /** In sentences. */
  knownGaps: readonly string[]
  language: Language
}

function say(group: readonly KnownGap[], procedure: Procedure, language: Language): string {
  const [first] = group
  if (first === undefined) return ''
  const words = wordsIn(language).knownGap
  const desk = (first.desk ?? '')
    .split('+')
    .map((name) => deskTitle(procedure, name))
    .join(', ')
  const doors = [...new Set(group.flatMap(({ channel }) => channel ?? []))].join(words.or)
  switch (first.code) {
    case 'no-way-in':
      return words.noWayIn(withoutWhat(group, language))
    case NOT_COVERED:
      return words.notCovered
    case 'no-person':
      return words.noPerson(doors)
    case 'limbo':
      return words.limbo(desk)
    case 'loop':
      return words.loop(desk)
    case 'unsafe-lift':
      return words.unsafeLift(doors)
    case 'machine-denies':
      return words.machineDenies(desk)
    case 'dead-end':
      return words.deadEnd(desk)
    case 'hollow-second-look':
      return words.hollowSecondLook(desk)
    case 'no-second-look':
      return words.noSecondLook(desk)
    case 'promise-person':
      return words.promisePerson(doors)
    case 'promise-answer':
      return words.promiseAnswer(doors)
    default:
      return first.message
  }
}

/** "without an account or a mailbox": what the seller lacks in each of the situations. */
function withoutWhat(group: readonly KnownGap[], language: Language): string {
  const { without, and } = wordsIn(language).knownGap
  const lacking = group.map(({ means }) => {
    const lost = (['account', 'mailbox'] as const).filter((one) => means?.includes(one) === false)
    return without(lost.length === 2 ? 'both' : (lost[0] ?? 'none'))
  })
  return [...new Set(lacking)].join(and)
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
