/** Columns hold one number for each of very many, and lists hold several, side by side in typed arrays. */

/** The number at a place; 0 beyond the end. */
export function valueAt(values: ArrayLike<number>, place: number): number {
  return values[place] ?? 0
}

/** The numbers at some places, in their order. */
export function valuesAt<Values extends Float64Array | Int32Array | Uint8Array>(
  values: Values,
  places: readonly number[] | Int32Array,
): Values {
  // A typed array is made by what made it; its own type says no more than that it has a constructor.
  const Kind = values.constructor as new (size: number) => Values
  const found = new Kind(places.length)
  for (let at = 0; at < places.length; at++) found[at] = values[places[at] ?? 0] ?? 0
  return found
}

/** 0, 1, 2 and so on: so many numbers. */
export function countUp(count: number): Int32Array<ArrayBuffer> {
  const numbers = new Int32Array(count)
  for (let at = 0; at < count; at++) numbers[at] = at
  return numbers
}

/** Adds to the number at a place. */
export function addAt(values: Float64Array | Int32Array, place: number, amount: number): void {
  values[place] = (values[place] ?? 0) + amount
}

/** Nothing was told; a number that no name and no count has. */
export const UNTOLD = -1

export interface Column<Values> {
  push: (value: number) => void
  pushAll: (values: ArrayLike<number>) => void
  at: (place: number) => number
  /** Puts a number at a place, however far beyond the end; what lies between is not told. */
  set: (place: number, value: number) => void
  size: () => number
  /** What was pushed, not a copy. */
  values: () => Values
  /** What it takes in memory. */
  bytes: () => number
}

/** Opens a column of numbers that are no integers; `untold` stands where nothing was put. */
export function openNumbers(untold = NaN): Column<Float64Array> {
  return openColumn(Float64Array, untold)
}

export function openIntegers(untold = UNTOLD): Column<Int32Array> {
  return openColumn(Int32Array, untold)
}

function openColumn<Values extends Float64Array | Int32Array>(
  Kind: new (size: number) => Values,
  untold: number,
): Column<Values> {
  let held = new Kind(256)
  let size = 0
  function widen(least: number): void {
    const wider = new Kind(Math.max(2 * held.length, least))
    wider.set(held)
    held = wider
  }
  return {
    push: (value) => {
      if (size === held.length) widen(size + 1)
      held[size++] = value
    },
    pushAll: (values) => {
      if (size + values.length > held.length) widen(size + values.length)
      held.set(values, size)
      size += values.length
    },
    at: (place) => held[place] ?? untold,
    set: (place, value) => {
      if (place >= held.length) widen(place + 1)
      while (size <= place) held[size++] = untold
      held[place] = value
    },
    size: () => size,
    // A view says what was pushed so far; what comes later lies behind it.
    values: () => held.subarray(0, size) as Values,
    bytes: () => held.byteLength,
  }
}

/** One list of numbers for each of many. */
export interface Lists {
  starts: Int32Array
  items: Int32Array
}

/** The list of one; a view, not a copy. */
export function listOf({ starts, items }: Lists, of: number): Int32Array {
  return items.subarray(starts[of] ?? 0, starts[of + 1] ?? 0)
}

/** Calls with each of a list; for what is done for every voice, since a view takes memory. */
export function eachOf({ starts, items }: Lists, of: number, take: (item: number) => void): void {
  const end = starts[of + 1] ?? 0
  for (let at = starts[of] ?? 0; at < end; at++) take(items[at] ?? 0)
}

export function lengthOf({ starts }: Lists, of: number): number {
  return (starts[of + 1] ?? 0) - (starts[of] ?? 0)
}

/** Lists from pairs, each list in the order of its pairs. */
export function listsFrom(count: number, owners: Int32Array, items: Int32Array): Lists {
  const starts = new Int32Array(count + 1)
  for (const owner of owners) starts[owner + 1] = (starts[owner + 1] ?? 0) + 1
  for (let at = 0; at < count; at++) starts[at + 1] = (starts[at + 1] ?? 0) + (starts[at] ?? 0)
  const next = starts.slice(0, count)
  const placed = new Int32Array(items.length)
  for (let at = 0; at < items.length; at++) {
    const owner = owners[at] ?? 0
    const place = next[owner] ?? 0
    placed[place] = items[at] ?? 0
    next[owner] = place + 1
  }
  return { starts, items: placed }
}

/** The same pairs seen from their items. */
export function turned(lists: Lists, count: number): Lists {
  const owners = new Int32Array(lists.items.length)
  for (let of = 0; of + 1 < lists.starts.length; of++)
    owners.fill(of, lists.starts[of] ?? 0, lists.starts[of + 1] ?? 0)
  return listsFrom(count, lists.items, owners)
}

/** Numbers by a key that is no proof: those of one key are gone through, the newest first, and compared. */
export interface Chains {
  /** The newest with this key or one that falls together with it; UNTOLD where there is none. */
  newest: (key: number) => number
  before: (number: number) => number
  add: (key: number, number: number) => void
}

/** Opens chains of numbers below `size`. */
export function openChains(size: number): Chains {
  let slots = 16
  while (slots < size) slots *= 2
  const heads = new Int32Array(slots).fill(UNTOLD)
  const next = new Int32Array(size)
  const slotOf = (key: number) => Math.imul(key ^ (key >>> 15), 0x9e3779b1) & (slots - 1)
  return {
    newest: (key) => heads[slotOf(key)] ?? UNTOLD,
    before: (number) => next[number] ?? UNTOLD,
    add: (key, number) => {
      const slot = slotOf(key)
      next[number] = heads[slot] ?? UNTOLD
      heads[slot] = number
    },
  }
}

/** Counts how often each of many is met, again and again without new memory. */
export interface Counter {
  counts: Int32Array
  /** What was met, in the order in which it first was. */
  met: number[]
}

export function openCounter(size: number): Counter {
  return { counts: new Int32Array(size), met: [] }
}

export function count({ counts, met }: Counter, item: number): void {
  const before = counts[item] ?? 0
  if (before === 0) met.push(item)
  counts[item] = before + 1
}

/** Counts all that the owners have. */
export function countAll(counter: Counter, owners: Int32Array, { starts, items }: Lists): void {
  for (let next = 0; next < owners.length; next++) {
    const owner = owners[next] ?? 0
    const end = starts[owner + 1] ?? 0
    for (let at = starts[owner] ?? 0; at < end; at++) count(counter, items[at] ?? 0)
  }
}

export function clearCounter(counter: Counter): void {
  for (const item of counter.met) counter.counts[item] = 0
  counter.met.length = 0
}
