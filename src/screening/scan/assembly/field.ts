/** The field that is being read: which words stand in it, and on which of them phrases hang. */
import { BLOOM_LOG, GUARDED_ANCHORS, IS_ANCHOR, IS_NEEDLE, IS_TITLE_NEEDLE, TITLE } from '../layout'
import { firstPlaceOf } from './hash'
import * as room from './room'

/** Of all fields since stamps were wiped: what bears it stands in this one. */
export let stamp: u32 = 0
/** The same in a byte, for words: 1 to 255. */
export let byteStamp: u8 = 0
export let kind: u32 = 0
/** Which field of its kind it is, as a bit. */
export let field: u32 = 0
/** What of a word is looked at for needles, where any are looked for in this field. */
export let needleFlag: u32 = 0
/** How many anchors stand in it. */
export let hits: i32 = 0
/** How many more of which none is looked at unless another word of its phrases stands there, too. */
let guarded: i32 = 0

/** So often stamps are wiped: seldom enough to cost nothing, and long before a number would come round. */
const WIPED_AFTER: u32 = 1 << 16

/** Before a line, of which so many came since: wipes all stamps when it is time, and says so. */
export function wipeStamps(lines: u32): bool {
  if (stamp < WIPED_AFTER && lines < WIPED_AFTER) return false
  memory.fill(room.anchorStamps, 0, room.stampsEnd - room.anchorStamps)
  stamp = 0
  return true
}

/** A new field, by its kind and its own bit: no word stands in it yet. */
export function openField(kindOfField: u32, bit: u32): void {
  kind = kindOfField
  field = bit
  needleFlag = (room.wordNeedleKinds & kind) == 0 ? 0 : kind == TITLE ? IS_TITLE_NEEDLE : IS_NEEDLE
  stamp++
  byteStamp++
  if (byteStamp == 0) {
    memory.fill(room.bloom, 0, (<usize>1) << BLOOM_LOG)
    byteStamp = 1
  }
  hits = 0
  guarded = 0
}

/** What a word of this hash may be; certainly nothing that is not told. */
export function flagsOf(hash: u64): u32 {
  return load<u8>(room.wordFlags + <usize>(hash >>> room.wordFlagsShift))
}

/** The place that its hash gives a word among those that stand in the field. */
export function placeOf(hash: u64): usize {
  return <usize>(hash >>> (64 - BLOOM_LOG))
}

/** Marks a word as standing in the field; where phrases hang on it, notes that they are to be looked at. */
export function mark(hash: u64): void {
  store<u8>(room.bloom + placeOf(hash), byteStamp)
  if ((flagsOf(hash) & IS_ANCHOR) == 0) return
  const row = anchorRowOf(hash)
  if (row != 0 && (kindsOf(load<i32>(row, 4)) & kind) != 0) hit(load<i32>(row, 4))
}

/** Notes an anchor that stands in the field, once. */
export function hit(anchor: i32): void {
  const number = anchor >> KINDS
  const seen = room.anchorStamps + ((<usize>number) << 2)
  if (load<u32>(seen) == stamp) return
  store<u32>(seen, stamp)
  store<u32>(room.anchorHits + ((<usize>hits) << 2), number)
  hits++
}

/** Notes an anchor of whose phrases each needs a word with one of the places that `guard` tells, sixteen bits each. */
export function hitIfAny(anchor: i32, guard: u64): void {
  if (guarded == GUARDED_ANCHORS) {
    hit(anchor)
    return
  }
  const noted = room.guardedAnchors + ((<usize>guarded) << 4)
  store<u64>(noted, guard)
  store<i32>(noted, anchor, 8)
  guarded++
}

/** The field is at its end: of the guarded anchors those stay of which such a word stands in it. */
export function closeGuards(): void {
  for (let index = 0; index < guarded; index++) {
    const noted = room.guardedAnchors + ((<usize>index) << 4)
    if (
      isMarked(load<u16>(noted)) ||
      isMarked(load<u16>(noted, 2)) ||
      isMarked(load<u16>(noted, 4)) ||
      isMarked(load<u16>(noted, 6))
    )
      hit(load<i32>(noted, 8))
  }
}

/** So many bits of an anchor tell in which kinds of fields phrases hang on it; the others are its number. */
const KINDS = 6

/** In which kinds of fields phrases hang on an anchor. */
export function kindsOf(anchor: i32): u32 {
  return anchor & ((1 << KINDS) - 1)
}

/** Where the row of the anchor stands that a word is: its key, the anchor, and its guard; 0 where it is none. */
export function anchorRowOf(hash: u64): usize {
  const key = (<u32>hash) | 1
  let place = firstPlaceOf(key, room.anchorTableMask)
  let row = room.anchorTable + ((<usize>place) << 4)
  while (load<u32>(row) != 0) {
    if (load<u32>(row) == key) return row
    place = (place + 1) & room.anchorTableMask
    row = room.anchorTable + ((<usize>place) << 4)
  }
  return 0
}

/** Whether a word that stands in a phrase was marked in this field, by the place its hash gives it. */
export function isMarked(place: u32): bool {
  return load<u8>(room.bloom + place) == byteStamp
}
