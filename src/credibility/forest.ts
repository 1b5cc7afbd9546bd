/** A forest is groups that are joined pair by pair (R. Tarjan: Efficiency of a good but not linear set union algorithm, 1975). */

export interface Forest {
  parents: Int32Array
  /** Of each root: how many are in its group. */
  sizes: Int32Array
}

/** Opens a forest of so many that stand alone. */
export function openForest(count: number): Forest {
  const parents = new Int32Array(count)
  for (let at = 0; at < count; at++) parents[at] = at
  return { parents, sizes: new Int32Array(count).fill(1) }
}

/** Lets the first so many stand alone again. */
export function clearForest({ parents, sizes }: Forest, count: number): void {
  for (let at = 0; at < count; at++) parents[at] = at
  sizes.fill(1, 0, count)
}

export function rootOf({ parents }: Forest, of: number): number {
  let at = of
  for (let up = parents[at] ?? at; up !== at; up = parents[at] ?? at) {
    const above = parents[up] ?? up
    parents[at] = above
    at = above
  }
  return at
}

/** How many are in the group of one. */
export function sizeOf(forest: Forest, of: number): number {
  return forest.sizes[rootOf(forest, of)] ?? 0
}

/** Joins two groups; false where they were one already. */
export function join(forest: Forest, one: number, other: number): boolean {
  const { parents, sizes } = forest
  const first = rootOf(forest, one)
  const second = rootOf(forest, other)
  if (first === second) return false
  const isLarger = (sizes[first] ?? 0) >= (sizes[second] ?? 0)
  const root = isLarger ? first : second
  const joined = isLarger ? second : first
  parents[joined] = root
  sizes[root] = (sizes[first] ?? 0) + (sizes[second] ?? 0)
  return true
}
