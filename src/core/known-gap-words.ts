/** Known gaps in the words of sellers, and what their statements say of the way back because of them. */
import { NOT_COVERED, type KnownGap } from './known-gap.ts'
import type { Language } from './language.ts'
import { deskTitle, type Procedure } from './procedure.ts'
import type { Statement } from './statement.ts'
import { wordsIn } from './words.ts'

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
