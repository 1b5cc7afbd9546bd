/** Reliability is whether what is said of complaints comes true: of those said to be genuine with 9 in 10, 9 in 10 are. */
import { calibrationOf } from '../../core/calibration.ts'
import type { Believed, CalibrationBar } from '../../core/calibration.ts'
import { meanOf } from '../../core/likely-range.ts'
import type { Mean } from '../../core/likely-range.ts'
import type { Score } from '../score.ts'

/** A complaint as it was scored, and what it truly is. */
export interface Judged {
  score: Score
  isGenuine: boolean
}

/** All complaints as they were believed, and sums over each marketplace. */
export interface Reliability {
  believed: Believed[]
  marketplaces: { surprise: number; square: number; of: number }[]
}

export function openReliability(): Reliability {
  return { believed: [], marketplaces: [] }
}

/** Adds the complaints of one marketplace. */
export function addJudged(
  { believed, marketplaces }: Reliability,
  judged: readonly Judged[],
): void {
  const here = { surprise: 0, square: 0, of: judged.length }
  for (const { score, isGenuine } of judged) {
    const said = score.credibility
    believed.push({ said, isSo: isGenuine })
    here.surprise -= Math.log(Math.max(1e-9, isGenuine ? said : 1 - said))
    here.square += (said - (isGenuine ? 1 : 0)) ** 2
  }
  if (judged.length > 0) marketplaces.push(here)
}

export function barsOf({ believed }: Reliability): (CalibrationBar | null)[] {
  return calibrationOf(believed).bars
}

/** The mean error of a complaint before and after, and the difference; marketplaces differ, and complaints within one less. */
export interface Improvement {
  what: string
  before: Mean
  after: Mean
  difference: Mean
}

export function improvementsOf(before: Reliability, after: Reliability): Improvement[] {
  const kinds = [
    ['surprise, in nats', 'surprise'],
    ['squared error', 'square'],
  ] as const
  return kinds.map(([what, kind]) => {
    const meansOf = ({ marketplaces }: Reliability) => marketplaces.map((one) => one[kind] / one.of)
    const [ours, theirs] = [meansOf(before), meansOf(after)]
    const differences = ours.map((mean, at) => (theirs[at] ?? mean) - mean)
    return {
      what,
      before: meanOf(ours),
      after: meanOf(theirs),
      difference: meanOf(differences),
    }
  })
}
