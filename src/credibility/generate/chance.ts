/** Chance with a seed, so that the same seed makes the same marketplace. */
export interface Chance {
  /** From 0 up to 1, which is left out. */
  share(): number
  /** A whole number between two, both included. */
  between(low: number, high: number): number
  /** As likely between 3 and 6 as between 30 and 60. */
  spread(low: number, high: number): number
  in(share: number): boolean
  pick<Item>(items: readonly Item[]): Item
  /** Some of them, each at most once. */
  some<Item>(items: readonly Item[], count: number): Item[]
}

/** The generator is Tommy Ettinger's mulberry32. */
export function chanceFrom(seed: number): Chance {
  let state = Math.imul(seed + 1, 0x9e3779b1)
  const share = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x100000000
  }
  const between = (low: number, high: number) => low + Math.floor(share() * (high - low + 1))
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[Math.floor(share() * items.length)]
    if (item === undefined) throw new Error('pick from a list with nothing in it')
    return item
  }
  return {
    share,
    between,
    spread: (low, high) => Math.min(high, Math.floor(low * Math.pow((high + 1) / low, share()))),
    in: (part) => share() < part,
    pick,
    some: (items, count) => {
      const left = [...items]
      for (let at = 0; at < Math.min(count, left.length); at++) {
        const other = between(at, left.length - 1)
        const [one, two] = [left[at], left[other]]
        if (one !== undefined && two !== undefined) [left[at], left[other]] = [two, one]
      }
      return left.slice(0, count)
    },
  }
}
