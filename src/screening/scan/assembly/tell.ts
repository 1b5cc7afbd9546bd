/** What the exact engine is told of a line that it must read: its texts, and where in them the words stand that it may know. */
import * as at from '../layout'
import { isSet } from './bits'
import { hashLetters, lettersOf } from './hash'
import { isSign } from './letters'
import * as room from './room'
import { lettersAt } from './text'

/** How many texts and words are told of the line. */
export let textCount: i32 = 0
let wordCount: i32 = 0
/** Where the line begins, and the bits of the fields of which words are told. */
let lineStart: usize = 0
let asked: u32 = 0

/** A line, of which the words of these fields are told. */
export function openTelling(start: usize, fields: u32): void {
  textCount = 0
  wordCount = 0
  lineStart = start
  asked = fields
}

/** Tells a text, as the field of this bit; its words where they are asked for and stand there as they are read. */
export function tellText(field: u32, start: usize, end: usize, isAsItStands: bool): void {
  const before = wordCount
  // Bullets that share a bit cannot be told apart by it.
  const isToldApart = isAsItStands && (asked & field) != 0 && field != at.BULLETS
  const hasWords = isToldApart && tellWords(start, end)
  const told = room.toldTexts + <usize>textCount * (at.TOLD_TEXT_NUMBERS << 2)
  store<u32>(told, field)
  store<u32>(told, <u32>(start - lineStart), 4)
  store<u32>(told, <u32>(end - lineStart), 8)
  store<u32>(told, isAsItStands ? 1 : 0, 12)
  store<i32>(told, hasWords ? before * at.TOLD_WORD_NUMBERS : -1, 16)
  store<i32>(told, wordCount * at.TOLD_WORD_NUMBERS, 20)
  textCount++
}

/** Tells the words of a text; false where there are too many. */
function tellWords(start: usize, end: usize): bool {
  const before = wordCount
  let open: usize = 0
  let carry: u64 = 0
  for (let from = start; from < end || open != 0; from += 64) {
    const letters = lettersAt(from, end)
    let edges = letters ^ ((letters << 1) | carry)
    carry = letters >>> 63
    for (; edges != 0; edges &= edges - 1) {
      const edge = from + <usize>ctz<u64>(edges)
      if (open == 0) {
        open = edge
        continue
      }
      if (wordCount == at.TOLD_WORDS) {
        wordCount = before
        return false
      }
      const told = room.toldWords + <usize>wordCount * (at.TOLD_WORD_NUMBERS << 2)
      store<u32>(told, <u32>(open - start))
      store<u32>(told, <u32>(edge - start), 4)
      // A sign beside it may be a letter of it.
      const isBeside =
        (open > start && isSign(load<u8>(open - 1))) || (edge < end && isSign(load<u8>(edge)))
      store<u32>(told, whatIs(open, <i32>(edge - open), isBeside), 8)
      wordCount++
      open = 0
    }
  }
  return true
}

/**
 * What is told of a word: `NOT_KNOWN` where it is certainly nothing to the exact engine, `NOT_MET`, or the number of the
 * place where it was met, and whether the exact engine keeps it there.
 */
function whatIs(start: usize, length: i32, isBeside: bool): u32 {
  if (length > 16) return at.NOT_MET
  const letters = lettersOf(start, length)
  const slot = hashLetters(letters) >>> (64 - at.MET_LOG)
  let met = room.met + ((<usize>slot) << 6)
  let isSecond: u32 = 0
  if (v128.any_true(v128.xor(v128.load(met), letters))) {
    met += 32
    isSecond = 1
    if (v128.any_true(v128.xor(v128.load(met), letters))) return at.NOT_MET
  }
  let what = load<u32>(met, 16)
  if ((what & at.IS_ASKED) == 0) {
    what |= at.IS_ASKED | (length == 1 || isHeldAny(start, length) ? at.MAY_BE_KNOWN : 0)
    store<u32>(met, what, 16)
  }
  if ((what & at.MAY_BE_KNOWN) == 0 && !isBeside) return at.NOT_KNOWN
  const place = ((<u32>slot) << 1) | isSecond
  return at.FIRST_MET + (place << 1) + u32((what & at.IS_KEPT) != 0)
}

/** So many letters of a word are its beginning (`words.ts`), and the fewest of one that is glued (`lexicon.ts`). */
const HEAD: i32 = 4
const SHORTEST_GLUED: i32 = 8

/** What `vocabulary.ts` asks of a word before it looks further; every digit passes for a letter in disguise. */
function isHeldAny(start: usize, length: i32): bool {
  let hash: u32 = 0
  let head: u32 = 0
  for (let index = 0; index < length; index++) {
    const byte = load<u8>(start + index)
    if (byte <= 0x39) return true
    hash = hash * 31 + (byte | 0x20)
    if (index < HEAD) head = hash
  }
  return (
    isHeld(room.knownBits, room.knownLast, hash) ||
    isHeld(room.starredHeadBits, room.starredHeadLast, head) ||
    (length >= SHORTEST_GLUED && isHeld(room.pieceHeadBits, room.pieceHeadLast, head))
  )
}

/** The same as in `lexicon.ts`. */
function isHeld(bits: usize, last: u32, hash: u32): bool {
  return isSet(bits, spread(hash) & last) && isSet(bits, spread(~hash) & last)
}

function spread(hash: u32): u32 {
  const mixed = hash * 0x9e3779b1
  return mixed ^ (mixed >>> 15)
}
