/** Chance is what speaks against a group: among many voices some always fit together. */
import type { Demand } from './demand.ts'
import type { Crowd, Setting, Ties } from './tie.ts'

/** A ring at all, before anything is known of it. */
const RARITY = 3

/**
 * The number of ways to choose such a group among those heard, in nats, and how rare rings are at all; `sellers` are those
 * that each of the group complains about.
 */
export function chanceOf(
  { ties, crowd }: { ties: Ties; crowd: Crowd },
  setting: Setting,
  sellers: Int32Array,
): number {
  let [among, naming] = [ties.voices.length, 0]
  if (ties.isWide) {
    // In a wide scene only the voices about the sellers that are named must be paid for, and their choice.
    const targets = new Set(sellers)
    among = 0
    for (const seller of targets) among += crowd.aboutSeller.get(seller) ?? 0
    naming = (targets.size - 1) * Math.log(1 + crowd.aboutSeller.size)
  }
  return logChoose(among, sellers.length) + naming + rarityOf(setting)
}

function rarityOf({ batch }: Setting): number {
  return RARITY + 0.3 * Math.log(1 + batch.sellers.count)
}

/** What a voice must show to belong: as much as it takes to pick it out among those heard, and less where most are of the group. */
export function leastOf({ belonging, fewOthers }: Demand, among: number, size: number): number {
  return Math.log(Math.max(fewOthers, (among - size + 1) / Math.max(1, size))) + belonging
}

/**
 * The most members that a ring here could have, where each voice is worth what it could be at most; 0 where none could
 * be. Most scenes are done with here.
 */
export function mostMembers(ties: Ties, setting: Setting, hopes: Float64Array): number {
  const { demand } = setting
  let hopeful = 0
  for (let place = 0; place < hopes.length; place++)
    if ((hopes[place] ?? 0) >= demand.belonging) hopeful++
  if (hopeful < 3) return 0
  const sorted = hopes.toSorted().subarray(hopes.length - hopeful)
  const rarity = rarityOf(setting)
  let sum = 0
  let most = 0
  for (let size = 1; size <= sorted.length; size++) {
    const hope = sorted[sorted.length - size] ?? 0
    sum += hope
    if (size < 3 || hope < leastOf(demand, ties.voices.length, size)) continue
    const ways = ties.isWide ? 0 : logChoose(ties.voices.length, size)
    if (sum - ways - rarity > demand.total) most = size
  }
  return most
}

/** ln of the binomial coefficient, by Stirling's series for ln Γ (Abramowitz and Stegun, 6.1.41). */
export function logChoose(all: number, some: number): number {
  if (some <= 0 || some >= all) return 0
  return logFactorial(all) - logFactorial(some) - logFactorial(all - some)
}

function logFactorial(count: number): number {
  if (count < 2) return 0
  const next = count + 1
  return (next - 0.5) * Math.log(next) - next + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * next)
}
