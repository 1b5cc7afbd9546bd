/** Chance with a seed: the same seed plays the same history again. */
export interface Chance {
  /** A whole number from 0 up to this one, which is left out. */
  below(limit: number): number
  /** Whether what happens once in so many times happens now. */
  onceIn(times: number): boolean
  pick<Item>(items: readonly Item[]): Item
}

/** Two numbers are the seed: of the run, and of the history in it. The generator is Chris Doty-Humphrey's sfc32. */
export function chanceFrom(seed: number, history: number): Chance {
  let [a, b, c, count] = [seed | 0, history | 0, 0x9e3779b9, 1]
  const next = (): number => {
    const mixed = (((a + b) | 0) + count) | 0
    count = (count + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + mixed) | 0
    return mixed >>> 0
  }
  for (let round = 0; round < 12; round++) next() // seeds that are alike part ways first
  // 53 bits, since a history counts milliseconds over years.
  const below = (limit: number) =>
    Math.floor(((next() >>> 5) * 67_108_864 + (next() >>> 6)) / (9_007_199_254_740_992 / limit))
  return {
    below,
    onceIn: (times) => below(times) === 0,
    pick: (items) => items[below(items.length)]!,
  }
}
