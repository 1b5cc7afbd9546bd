/** A room is memory in which groups are weighed, one after another: very many are, and few are found. */
import { openForest } from './forest.ts'
import type { Forest } from './forest.ts'

/** Ties of one family are one kind of evidence: who shares a home shares all that is in it. */
export const families = ['identity', 'wording', 'target'] as const
export type Family = (typeof families)[number]

/** What can speak for a member of a group. */
export type Kind = 'strange' | 'identity' | 'wording' | 'target' | 'rival' | 'joined' | 'burst'

/** By place in the group: what speaks for each member, by kind and together. */
export type Members = Record<Kind | 'sum', Float64Array>

/** By voice: what it is worth to be like many of a group. */
export interface Many {
  counts: Int32Array
  last: Float64Array
  best: Float64Array
}

/** What stands in a room is of the group that was weighed last. Whoever changes `placeOf` or `met` leaves them empty. */
export interface Room {
  members: Members
  /** By number in the scene: the place in the group, and one more; 0 for others. */
  placeOf: Int32Array
  forests: Record<Family, Forest>
  alike: Many
  numbers: Float64Array
  /** By mark: how many of the group have it, as far as two. */
  met: Uint8Array
  shared: Int32Array
  /** By rival. */
  totals: Float64Array
}

/** Rooms are used again: of thousands of scenes in turn most are small, and each is weighed in many groups. */
export interface Rooms {
  roomFor: (size: number, marks: number, rivals: number) => Room
}

export function openRooms(): Rooms {
  let room = openRoom(64, 64, 64)
  return {
    roomFor: (size, marks, rivals) => {
      const held = { size: room.placeOf.length, marks: room.met.length, rivals: room.totals.length }
      if (size > held.size || marks > held.marks || rivals > held.rivals)
        room = openRoom(
          Math.max(2 * size, held.size),
          Math.max(2 * marks, held.marks),
          Math.max(2 * rivals, held.rivals),
        )
      return room
    },
  }
}

/** Opens a room for groups of so many at most. */
function openRoom(size: number, marks: number, rivals: number): Room {
  return {
    members: openMembers(size),
    placeOf: new Int32Array(size),
    forests: {
      identity: openForest(size),
      wording: openForest(size),
      target: openForest(size),
    },
    alike: openMany(size),
    numbers: new Float64Array(size),
    met: new Uint8Array(marks),
    shared: new Int32Array(marks),
    totals: new Float64Array(rivals),
  }
}

export function openMembers(size: number): Members {
  const held = new Float64Array(8 * size)
  const part = (at: number) => held.subarray(at * size, (at + 1) * size)
  return {
    strange: part(0),
    identity: part(1),
    wording: part(2),
    target: part(3),
    rival: part(4),
    joined: part(5),
    burst: part(6),
    sum: part(7),
  }
}

/** What stands for the first so many, to be kept. */
export function keptMembers(members: Members, size: number): Members {
  const kept = openMembers(size)
  // Object.keys forgets which keys an object has.
  for (const kind of Object.keys(kept) as (keyof Members)[])
    kept[kind].set(members[kind].subarray(0, size))
  return kept
}

export function openMany(size: number): Many {
  return {
    counts: new Int32Array(size),
    last: new Float64Array(size),
    best: new Float64Array(size),
  }
}

export function clearMany({ counts, last, best }: Many, size: number): void {
  counts.fill(0, 0, size)
  last.fill(0, 0, size)
  best.fill(0, 0, size)
}

/** The numbers of a group that were told, sorted; true until the next are asked for. */
export function sortedIn(
  { numbers }: Room,
  of: Float64Array,
  group: readonly number[],
): Float64Array {
  let told = 0
  let before = -Infinity
  let isSorted = true
  for (const one of group) {
    const number = of[one] ?? NaN
    if (Number.isNaN(number)) continue
    if (number < before) isSorted = false
    before = number
    numbers[told++] = number
  }
  const sorted = numbers.subarray(0, told)
  // Voices are numbered by when they were heard.
  return isSorted ? sorted : sorted.sort()
}
