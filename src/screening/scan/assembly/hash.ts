/** The hash of a word, the same that the tables are made with. */
import * as room from './room'

const K1: u64 = 0x9e3779b97f4a7c15
const K2: u64 = 0xc2b2ae3d27d4eb4f
const K3: u64 = 0xd6e8feb86659fd93

/** The letters of a word of up to 16, without regard to case. */
export function lettersOf(start: usize, length: i32): v128 {
  return wordOf(start, room.lengthMasks, length)
}

/** The same where the masks of all lengths are at hand. */
export function wordOf(start: usize, masks: usize, length: i32): v128 {
  const letters = v128.or(v128.load(start), i8x16.splat(0x20))
  return v128.and(letters, v128.load(masks + ((<usize>length) << 4)))
}

export function hashLetters(letters: v128): u64 {
  const hash =
    (i64x2.extract_lane(letters, 0) * K1) ^ rotl<u64>(i64x2.extract_lane(letters, 1) * K2, 29)
  return (hash ^ (hash >>> 32)) * K3
}

/** Where a row of this hash is looked for first, in a table of which the highest place is `mask`. */
export function firstPlaceOf(hash: u32, mask: u32): u32 {
  return hash >>> clz<u32>(mask)
}

/** The hash of a word's first 32 letters, without regard to case. */
export function hashOf(start: usize, length: i32): u64 {
  const hash = hashLetters(lettersOf(start, min(length, 16)))
  if (length <= 16) return hash
  return rotl<u64>(hash, 17) ^ hashLetters(lettersOf(start + 16, min(length - 16, 16)))
}
