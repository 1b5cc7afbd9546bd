/** Columns hold one number for each of very many, and lists hold several, side by side in typed arrays. */

/** The number at a place; 0 beyond the end. */
export function valueAt(values: ArrayLike<number>, place: number): number {
  return values[place] ?? 0
}

/** Adds to the number at a place. */
export function addAt(values: Float64Array | Int32Array, place: number, amount: number): void {
  values[place] = valueAt(values, place) + amount
}

export interface Column<Values> {
  push: (value: number) => void
  size: () => number
  /** What was pushed; a later push does not change it. */
  values: () => Values
}

export function openNumbers(): Column<Float64Array> {
  let held = new Float64Array(256)
  let size = 0
  return {
    push: (value) => {
      if (size === held.length) {
        const wider = new Float64Array(2 * size)
        wider.set(held)
        held = wider
      }
      held[size++] = value
    },
    size: () => size,
    values: () => held.slice(0, size),
  }
}

export function openIntegers(): Column<Int32Array> {
  let held = new Int32Array(256)
  let size = 0
  return {
    push: (value) => {
      if (size === held.length) {
        const wider = new Int32Array(2 * size)
        wider.set(held)
        held = wider
      }
      held[size++] = value
    },
    size: () => size,
    values: () => held.slice(0, size),
  }
}

/** One list of numbers for each of many. */
export interface Lists {
  starts: Int32Array
  items: Int32Array
}

/** The list of one; a view, not a copy. */
export function listOf({ starts, items }: Lists, of: number): Int32Array {
  return items.subarray(valueAt(starts, of), valueAt(starts, of + 1))
}

export function lengthOf({ starts }: Lists, of: number): number {
  return valueAt(starts, of + 1) - valueAt(starts, of)
}

/** Lists from pairs, each list in the order of its pairs. */
export function listsFrom(count: number, owners: Int32Array, items: Int32Array): Lists {
  const starts = new Int32Array(count + 1)
  for (const owner of owners) starts[owner + 1] = valueAt(starts, owner + 1) + 1
  for (let at = 0; at < count; at++) starts[at + 1] = valueAt(starts, at + 1) + valueAt(starts, at)
  const next = starts.slice(0, count)
  const placed = new Int32Array(items.length)
  for (let at = 0; at < items.length; at++) {
    const owner = valueAt(owners, at)
    const place = valueAt(next, owner)
    placed[place] = valueAt(items, at)
    next[owner] = place + 1
  }
  return { starts, items: placed }
}

/** The same pairs seen from their items. */
export function turned(lists: Lists, count: number): Lists {
  const owners = new Int32Array(lists.items.length)
  for (let of = 0; of + 1 < lists.starts.length; of++)
    owners.fill(of, valueAt(lists.starts, of), valueAt(lists.starts, of + 1))
  return listsFrom(count, lists.items, owners)
}
