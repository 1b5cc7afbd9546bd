/** Chance with a seed, so that every run of the bench meets the same words. */
export interface Chance {
  /** From 0 up to 1, which is left out. */
  share(): number
  /** A whole number from 0 up to this one, which is left out. */
  below(limit: number): number
  /** True in this share of all cases. */
  in(share: number): boolean
  pick<Item>(items: readonly Item[]): Item
}

/** The generator is Tommy Ettinger's mulberry32. */
export function chanceFrom(seed: number): Chance {
  let state = seed | 0
  const share = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x100000000
  }
  const below = (limit: number) => Math.floor(share() * limit)
  return {
    share,
    below,
    in: (part) => share() < part,
    pick: (items) => {
      const item = items[below(items.length)]
      if (item === undefined) throw new Error('pick from a list with nothing in it')
      return item
    },
  }
}
