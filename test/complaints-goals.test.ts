/** The goals of weighing complaints hold in made marketplaces, also in those that it was not tuned on; COMPLAINTS=100 looks at more. */
import { expect, it } from 'vitest'
import { addMarketplace, goalsOf, openTally } from '../src/credibility/generate/evaluation.ts'
import { makeMarketplace } from '../src/credibility/generate/marketplace.ts'
import { makeOther } from './other-marketplace.ts'

const asked = process.env['COMPLAINTS']
const count = Number(asked ?? 8)
const firstSeed = Number(process.env['SEED'] ?? 9000)

it.each([
  ['that rivals of every cunning are put into', makeMarketplace],
  ['that are made in another way', makeOther],
])(
  'few honest people are wronged and most rings are stopped in marketplaces %s',
  (_, make) => {
    const tally = openTally()
    for (let seed = firstSeed; seed < firstSeed + count; seed++) addMarketplace(tally, make(seed))
    const goals = goalsOf(tally)
    if (asked !== undefined)
      console.log(
        goals
          .map(
            ({ what, share }) =>
              `${what}: ${share.count} of ${share.of}, ${[share.share, share.low, share.high].map((part) => (100 * (part ?? 0)).toFixed(2)).join(' ')}`,
          )
          .join('\n'),
        [...tally.byCunning.values()]
          .map(
            ({ cunning, stopped, found }) =>
              `\n${cunning}: ${stopped.count}/${stopped.of} ${found.count}/${found.of}`,
          )
          .join(''),
      )
    // A ring is missed whole, so a few marketplaces carry a share far: only a hundred or more are held to the goals.
    const [stopped, found, accused, framed] = goals.map(({ share }) => share.share ?? 0)
    if (count >= 100)
      expect(goals.filter(({ isMet }) => !isMet).map(({ what }) => what)).toEqual([])
    expect(stopped).toBeGreaterThan(0.85)
    expect(found).toBeGreaterThan(0.75)
    expect(accused).toBeLessThan(0.01)
    expect(framed).toBeLessThan(0.004)
  },
  600_000,
)
