/**
 * Words as the vocabulary may know them. Everything here takes more for known than the exact engine does, never less:
 * a word is marked in all spellings that it may have, alone, with its neighbours, and in its parts.
 */
import {
  ANCHOR_KINDS_SHIFT,
  BEGINS_PIECE,
  BEGINS_STARRED,
  ENDS_SHIFT,
  IS_ANCHOR,
  IS_FIRST_PART,
  IS_GLUED_END,
  IS_GUARDED,
  IS_LAST_PART,
  IS_MANY,
  IS_NEEDLE,
  IS_OTHER,
  IS_SINGLE,
  IS_KEPT,
  IS_TITLE_NEEDLE,
  IS_USED,
  MET_LOG,
  MET_OTHERS,
  QUARTET_LOG,
  TITLE,
} from '../layout'
import { anchorRowOf, flagsOf, hit, hitIfAny, kind, kindsOf, mark, needleFlag } from './field'
import { firstPlaceOf, hashOf, lettersOf } from './hash'
import { isSet } from './bits'
import { isAlike, isLetter, isSign } from './letters'
import { findInWord } from './needle'
import * as room from './room'

const QUARTET: u32 = 0x9e3779b1

/** Where the text begins: a word's neighbours are looked for no further back. */
let textStart: usize = 0
/** How many bytes of the text, as it is written or in plain letters, are looked at for a word with signs in it. */
let longestSigned: usize = 0
/** How many single letters stand in a row, each one sign from the next; where the first does, and the last ends. */
let singles: i32 = 0
let singlesStart: usize = 0
let singlesEnd: usize = 0
/** What of a word is looked at wherever it stands in the text. */
export let askedHere: u32 = 0

/** A text of the field begins: its words stand in no row with what came before. */
export function openText(start: usize): void {
  textStart = start
  longestSigned = start == room.plain ? 3 * LONGEST_SIGNED : LONGEST_SIGNED
  singles = 0
  askedHere = (kind << ANCHOR_KINDS_SHIFT) | IS_OTHER | IS_SINGLE | needleFlag
}

/** What is looked at of the word after one that is this. */
export function askedAfter(what: u32): u32 {
  return (what & IS_FIRST_PART) * ((IS_LAST_PART | IS_GLUED_END) / IS_FIRST_PART)
}

function quartetAt(place: usize): u32 {
  const quartet = load<u32>(place) | 0x20202020
  return load<u32>(room.quartetFlags + (((quartet * QUARTET) >>> (32 - QUARTET_LOG)) << 2))
}

/** Where what a word may be beside itself goes while it is examined; 0 while it is marked. */
let others: usize = 0
let otherCount: i32 = 0

/** Marks, or only notes, what a word may be beside itself; answers whether that stands in any phrase. */
function put(hash: u64): void {
  if (others == 0) {
    mark(hash)
    return
  }
  if ((flagsOf(hash) & IS_USED) == 0) return
  if (otherCount < MET_OTHERS) store<u64>(others + ((<usize>otherCount) << 3), hash)
  otherCount++
}

/** Puts the starred words that a word begins like. */
function putStarred(start: usize, length: i32): void {
  if ((quartetAt(start) & BEGINS_STARRED) == 0) return
  const head = load<u32>(start) | 0x20202020
  const tail = load<u32>(start, 4) | 0x20202020
  let place = firstPlaceOf(head * QUARTET, room.starTableMask)
  // The first four letters, the length, where the letters are, the next four, and the hash.
  let entry = room.starTable + <usize>place * 24
  while (load<u32>(entry, 4) != 0) {
    const size = load<i32>(entry, 4)
    if (
      load<u32>(entry) == head &&
      size <= length &&
      ((load<u32>(entry, 12) ^ tail) & tailMask(size)) == 0 &&
      isAlike(start, room.tables + load<u32>(entry, 8), <u32>size)
    )
      put(load<u64>(entry, 16))
    place = (place + 1) & room.starTableMask
    entry = room.starTable + <usize>place * 24
  }
}

/** Of the letters after the first four those that a word of this length has. */
function tailMask(length: i32): u32 {
  return length >= 8 ? 0xffffffff : (1 << ((length - 4) << 3)) - 1
}

/** Puts what letters in a row are as a word, as they stand. */
function putPlain(start: usize, length: i32): void {
  put(hashOf(start, length))
  if (length >= 4) putStarred(start, length)
}

/** The letter that a digit or sign stands for; 1, ! and | stand for two. */
function leetOf(byte: u8, other: bool): u8 {
  switch (byte) {
    case 0x30:
      return 0x6f // 0 o
    case 0x33:
      return 0x65 // 3 e
    case 0x34:
    case 0x40:
      return 0x61 // 4 @ a
    case 0x35:
    case 0x24:
      return 0x73 // 5 $ s
    case 0x37:
      return 0x74 // 7 t
    case 0x38:
      return 0x62 // 8 b
    case 0x31:
    case 0x21:
    case 0x7c:
      return other ? 0x6c : 0x69 // 1 ! | i or l
    default:
      return byte
  }
}

/** So many letters of a word make its hash. */
const LETTERS_TOLD: usize = 32

/** More letters than any word that is looked up in disguise. */
const LONGEST_SPELLED = 190

/** Puts what letters, digits and signs may be as one word, in each of their disguises. */
function putSpelled(start: usize, length: i32): void {
  putPlain(start, length)
  if (length > LONGEST_SPELLED) return
  let hasLetter = false
  let hasLeet = false
  let hasTwofold = false
  for (let index: usize = 0; index < <usize>length; index++) {
    const byte = load<u8>(start + index)
    if (leetOf(byte, false) != byte) hasLeet = true
    else if (byte > 0x39) hasLetter = true
    if (byte == 0x31 || byte == 0x21 || byte == 0x7c) hasTwofold = true
  }
  if (!hasLetter || !hasLeet) return
  // Beyond what is spelled, where joined words are put together.
  const copy = room.spelled + 256
  for (let index: usize = 0; index < <usize>length; index++)
    store<u8>(copy + index, leetOf(load<u8>(start + index), false))
  putPlain(copy, length)
  if (!hasTwofold) return
  for (let index: usize = 0; index < <usize>length; index++)
    store<u8>(copy + index, leetOf(load<u8>(start + index), true))
  putPlain(copy, length)
}

/**
 * Copies letters behind those that are spelled, as far as a word is told by them; up to sixteen more than asked for, which
 * what follows writes over.
 */
function append(to: usize, start: usize, end: usize): usize {
  const length = min<usize>(end - start, LETTERS_TOLD)
  for (let place: usize = 0; place < length; place += 16)
    v128.store(room.spelled + to + place, v128.load(start + place))
  return to + length
}

/** Marks the word that was written in two or three parts, of which this is the last. */
function markParted(start: usize, length: i32, afterLast: u32, afterBefore: u32): void {
  const end = start + length
  const lastEnd = endBefore(start)
  if (lastEnd == 0) return
  const lastStart = startOf(lastEnd)
  if (afterLast != 0) putPlain(room.spelled, <i32>append(append(0, lastStart, lastEnd), start, end))
  if (afterBefore == 0) return
  const beforeEnd = endBefore(lastStart)
  if (beforeEnd == 0) return
  const beforeStart = startOf(beforeEnd)
  const both = append(append(0, beforeStart, beforeEnd), lastStart, lastEnd)
  putPlain(room.spelled, <i32>append(both, start, end))
}

/** Where the word ends that stands up to three spaces and dashes before this one; 0 where there is none. */
function endBefore(start: usize): usize {
  for (let gap: usize = 1; gap <= 3 && start - gap > textStart; gap++) {
    const byte = load<u8>(start - gap)
    if (byte != 0x20 && byte != 0x2d && byte != 0x5f) return 0
    if (isLetter(load<u8>(start - gap - 1))) return start - gap
  }
  return 0
}

function startOf(end: usize): usize {
  let start = end
  while (start > textStart && isLetter(load<u8>(start - 1))) start--
  return start
}

function isPiece(start: usize, length: i32): bool {
  return isSet(room.pieceBits, <u32>(hashOf(start, length) >>> room.pieceBitsShift))
}

/** Longer than any word that people write; what is longer the exact engine does not take apart. */
const LONGEST_WORD: i32 = 60
const SHORTEST_PIECE: i32 = 4

/**
 * From which letters on a word is glued of known words to its end; false where it is not glued at all. Each such letter
 * is marked in `reach`.
 */
function isGlued(start: usize, length: i32): bool {
  if (length < 2 * SHORTEST_PIECE || length > 3 * LONGEST_WORD) return false
  if (!mayBeGlued(start, length, quartetAt(start))) return false
  const reach = room.reach
  store<u8>(reach + length, 1)
  for (let from = length - 1; from >= 0; from--) {
    store<u8>(reach + from, 0)
    if (from > length - SHORTEST_PIECE || (from > 0 && from < SHORTEST_PIECE)) continue
    if ((quartetAt(start + from) & BEGINS_PIECE) == 0) continue
    const furthest = min(length, from + room.longestPiece)
    for (let to = from + SHORTEST_PIECE; to <= furthest; to++) {
      if (load<u8>(reach + to) == 0) continue
      if (!isPiece(start + from, to - from)) continue
      store<u8>(reach + from, 1)
      break
    }
  }
  return load<u8>(reach) != 0
}

/** Puts the parts of a glued word; answers whether its first part may end a word that is written in parts. */
function putParts(start: usize, length: i32): bool {
  if (!isGlued(start, length)) return false
  let isEnd = false
  for (let from = 0; from < length; from++) {
    if (load<u8>(room.reach + from) == 0) continue
    const furthest = min(length, from + room.longestPiece)
    for (let to = from + SHORTEST_PIECE; to <= furthest; to++) {
      if (load<u8>(room.reach + to) == 0 || !isPiece(start + from, to - from)) continue
      putPlain(start + from, to - from)
      if (from == 0 && (partOf(hashOf(start, to)) & IS_LAST_PART) != 0) isEnd = true
    }
  }
  return isEnd
}

/** Marks the words written in parts of which the first part of a glued word is the last. */
function markGluedEnd(start: usize, length: i32, afterLast: u32, afterBefore: u32): void {
  if (!isGlued(start, length)) return
  for (let to = SHORTEST_PIECE; to < length; to++)
    if (load<u8>(room.reach + to) != 0 && isPiece(start, to))
      markParted(start, to, afterLast, afterBefore)
}

/** Of more letters and signs no word with signs in it is made; each may be three plain letters. */
const LONGEST_SIGNED: usize = 20
/** Where the other of two disguises is spelled. */
const OTHER_SPELLED: usize = 128

/** Marks what a word and the signs beside it may be: "@cne", "k!lls", "m@$k"; nothing is read beyond the end of the text. */
export function markSigned(start: usize, end: usize, textStart: usize, textEnd: usize): void {
  // A sign before the first letter is that of one word; what goes on after other signs begins with a letter.
  if (start > textStart && isSign(load<u8>(start - 1)))
    putSpelled(start - 1, <i32>(end - start + 1))
  const furthest = start + longestSigned
  let to = start
  let after = end
  while (after <= furthest && after + 1 < textEnd && isSign(load<u8>(after))) {
    // The word after it may begin with a sign of its own: "ant!$eptic".
    const next = isSign(load<u8>(after + 1)) ? after + 2 : after + 1
    if (next >= textEnd || !isLetter(load<u8>(next))) return
    after = next
    while (after < textEnd && isLetter(load<u8>(after))) after++
    // What was spelled before is not spelled again.
    for (const stop = min(after, furthest); to < stop; to++) spellAt(to - start, load<u8>(to))
    // Of a glued word its first part is the next word.
    if (isGlued(next, <i32>(after - next))) {
      for (let part = next + SHORTEST_PIECE; part < min(after, furthest + 1); part++)
        if (load<u8>(room.reach + part - next) != 0) putBoth(<i32>(part - start))
    }
    if (after <= furthest) putBoth(<i32>(after - start))
  }
}

/** Spells a letter of a word in both of its disguises. */
function spellAt(index: usize, byte: u8): void {
  store<u8>(room.spelled + index, leetOf(byte, false))
  store<u8>(room.spelled + index, leetOf(byte, true), OTHER_SPELLED)
}

/** Puts what is spelled so far in both disguises. */
function putBoth(length: i32): void {
  putPlain(room.spelled, length)
  putPlain(room.spelled + OTHER_SPELLED, length)
}

/** As many single letters at most are read as one word. */
const LONGEST_SINGLES: i32 = 21

/** Marks what single letters in a row may spell: m.a.s.k. */
function markSingles(): void {
  for (let first = 0; first + 2 < singles; first++) {
    const furthest = min(singles - first, LONGEST_SINGLES)
    let hasDisguise = false
    for (let letter = 0; letter < furthest; letter++) {
      const byte = load<u8>(singlesStart + ((<usize>(first + letter)) << 1))
      if (leetOf(byte, false) != byte) hasDisguise = true
      spellAt(letter, byte)
      store<u8>(room.spelled + letter, byte, 2 * OTHER_SPELLED)
      if (letter < 2) continue
      putPlain(room.spelled + 2 * OTHER_SPELLED, letter + 1)
      if (hasDisguise) putBoth(letter + 1)
    }
  }
}

/** Whether a word begins with one that is as long as what stands before one it ends with, or leaves room for a third. */
function mayBeGlued(start: usize, length: i32, begins: u32): bool {
  const lengths = begins & BEGINS_PIECE
  if (lengths == 0) return false
  const ends = quartetAt(start + length - SHORTEST_PIECE) >>> ENDS_SHIFT
  if (ends == 0) return false
  if (length >= 3 * SHORTEST_PIECE) return true
  // Lengths count from four; those of ends count down from the highest of sixteen bits.
  return (lengths & (ends >>> (15 - (length - 2 * SHORTEST_PIECE)))) != 0
}

/** Examines a word that was not met lately, and remembers it in place of another; answers where. */
export function meet(start: usize, length: i32, hash: u64): usize {
  let met = room.met + (((<usize>1) << MET_LOG) << 6)
  if (length <= 16) {
    met = room.met + ((<usize>(hash >>> (64 - MET_LOG))) << 6)
    // The one that came before goes on as the second.
    v128.store(met + 32, v128.load(met))
    v128.store(met + 48, v128.load(met + 16))
    // Its place is another now.
    store<u32>(met, load<u32>(met, 48) & ~IS_KEPT, 48)
    v128.store(met, lettersOf(start, length))
  }
  examine(met, start, length, hash)
  return met
}

/**
 * Takes in what a word is beside a word that stands in the field. `afterLast` and `afterBefore` say what of it is looked at
 * after the one before it, and the one before that: how it may end a word in parts.
 */
export function takeMore(
  met: usize,
  start: usize,
  length: i32,
  what: u32,
  afterLast: u32,
  afterBefore: u32,
): void {
  if (((what >>> ANCHOR_KINDS_SHIFT) & kind) != 0) {
    if ((what & IS_GUARDED) != 0) hitIfAny(load<i32>(met, 20), load<u64>(met, 24))
    else hit(load<i32>(met, 20))
  }
  if ((what & IS_OTHER) != 0) {
    if ((what & IS_MANY) == 0) mark(load<u64>(met, 24))
    else {
      if (length >= 4) putStarred(start, length)
      putParts(start, length)
      putSpelled(start, length)
    }
  }
  if ((what & IS_SINGLE) != 0) countSingle(start)
  if ((what & needleFlag) != 0) findInWord(start, start + length, kind)
  const parted = what & (afterLast | afterBefore)
  if ((parted & IS_LAST_PART) != 0) markParted(start, length, afterLast, afterBefore)
  if ((parted & IS_GLUED_END) != 0) markGluedEnd(start, length, afterLast, afterBefore)
}

/** Remembers what a word is, whatever stands around it. */
function examine(met: usize, start: usize, length: i32, hash: u64): void {
  let what: u32 = 0
  let guard: u64 = 0
  if ((flagsOf(hash) & IS_ANCHOR) != 0) {
    const row = anchorRowOf(hash)
    if (row != 0) {
      const anchor = load<i32>(row, 4)
      what = kindsOf(anchor) << ANCHOR_KINDS_SHIFT
      store<i32>(met, anchor, 20)
      guard = load<u64>(row, 8)
    }
  }
  what |= partOf(hash)
  others = met + 24
  otherCount = 0
  if (length == 1) what |= IS_FIRST_PART | IS_SINGLE
  else if (length >= 4) {
    putStarred(start, length)
    if (length >= 2 * SHORTEST_PIECE && putParts(start, length)) what |= IS_GLUED_END
  }
  if (hasDigit(start, length)) putSpelled(start, length)
  others = 0
  if (length >= room.shortestNeedle) {
    const kinds = findInWord(start, start + length, 0)
    if ((kinds & TITLE) != 0) what |= IS_TITLE_NEEDLE
    if ((kinds & ~TITLE) != 0) what |= IS_NEEDLE
  }
  if (otherCount > 0) what |= IS_OTHER
  else if (guard != 0) {
    what |= IS_GUARDED
    store<u64>(met, guard, 24)
  }
  if (otherCount > MET_OTHERS) what |= IS_MANY
  store<u32>(met, what, 16)
}

/** Whether letters may be the first part of a word that is written in parts, or the last, as flags. */
function partOf(hash: u64): u32 {
  const parts = partAt(<u32>(hash >>> 32))
  return parts == 0 ? 0 : (parts & partAt(<u32>hash * QUARTET)) * IS_FIRST_PART
}

/** What one of the two places says that a part is marked in: the two flags, moved down to the lowest bits. */
function partAt(hash: u32): u32 {
  const place = hash >>> room.partBitsShift
  return (load<u8>(room.partBits + (place >>> 2)) >>> ((place & 3) << 1)) & 3
}

function hasDigit(start: usize, length: i32): bool {
  for (let from = 0; from < length; from += 16) {
    const letters = lettersOf(start + from, min(length - from, 16))
    if (v128.any_true(i8x16.lt_s(i8x16.add(letters, i8x16.splat(80)), i8x16.splat(-118))))
      return true
  }
  return false
}

/** Single letters in a row, each one sign from the next. */
function countSingle(start: usize): void {
  if (singles > 0 && start == singlesEnd + 1) singles++
  else {
    if (singles > 2) markSingles()
    singles = 1
    singlesStart = start
  }
  singlesEnd = start + 1
}

/** The text is at its end. */
export function endText(): void {
  if (singles > 2) markSingles()
}
