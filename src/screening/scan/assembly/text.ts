/** The text of a field as words: sixteen letters at a time, in plain letters of ASCII; other text is brought to those first. */
import * as at from '../layout'
import { byteStamp, placeOf } from './field'
import { hashLetters, hashOf, wordOf } from './hash'
import { isLetter } from './letters'
import * as room from './room'
import { askedAfter, askedHere, endText, markSigned, meet, openText, takeMore } from './words'

/** Which bytes are letters or digits: their highest bits. */
function areLetters(bytes: v128): v128 {
  const lower = v128.or(bytes, i8x16.splat(0x20))
  // Moved so that what is asked for stands at the lower end of signed numbers, which are compared in one step.
  const isLetter = i8x16.lt_s(i8x16.sub(lower, i8x16.splat(-31)), i8x16.splat(-102))
  const isDigit = i8x16.lt_s(i8x16.add(bytes, i8x16.splat(80)), i8x16.splat(-118))
  const isStrange = i8x16.eq(bytes, i8x16.splat(<i8>at.STRANGE_LETTER))
  return v128.or(v128.or(isLetter, isDigit), isStrange)
}

/** Which bytes are signs that stand for letters. */
function areSigns(bytes: v128): v128 {
  return v128.or(
    v128.or(i8x16.eq(bytes, i8x16.splat(0x40)), i8x16.eq(bytes, i8x16.splat(0x24))),
    v128.or(i8x16.eq(bytes, i8x16.splat(0x21)), i8x16.eq(bytes, i8x16.splat(0x7c))),
  )
}

/** A bit for each of 64 bytes. */
export function join(first: v128, second: v128, third: v128, fourth: v128): u64 {
  const low = (<u32>i8x16.bitmask(first)) | ((<u32>i8x16.bitmask(second)) << 16)
  const high = (<u32>i8x16.bitmask(third)) | ((<u32>i8x16.bitmask(fourth)) << 16)
  return (<u64>low) | ((<u64>high) << 32)
}

/** A bit for each of 64 bytes that is a letter or digit before the end. */
export function lettersAt(from: usize, end: usize): u64 {
  const left = end - from
  if (<isize>left <= 0) return 0
  const keep = left < 64 ? ((<u64>1) << (<u64>left)) - 1 : ~(<u64>0)
  return (
    keep &
    join(
      areLetters(v128.load(from)),
      areLetters(v128.load(from, 16)),
      areLetters(v128.load(from, 32)),
      areLetters(v128.load(from, 48)),
    )
  )
}

/** Reads the words of plain text; answers whether there is any. */
export function readPlain(start: usize, end: usize): bool {
  openText(start)
  // All that each word needs, at hand.
  const masks = room.lengthMasks
  const remembered = room.met
  const bloom = room.bloom
  const stamp = byteStamp
  const asked = askedHere
  let afterLast: u32 = 0
  let afterBefore: u32 = 0
  // Where the word begins that goes on beyond the bytes looked at, and whether their last one is a letter.
  let open: usize = 0
  let carry: u64 = 0
  let hasWord = false
  // A word that ends with the text ends at the byte after it.
  for (let from = start; from < end || open != 0; from += 64) {
    const first = v128.load(from)
    const second = v128.load(from + 16)
    const third = v128.load(from + 32)
    const fourth = v128.load(from + 48)
    const left = end - from
    const keep = left < 64 ? ((<u64>1) << (<u64>left)) - 1 : ~(<u64>0)
    const letters =
      keep & join(areLetters(first), areLetters(second), areLetters(third), areLetters(fourth))
    const before = (letters << 1) | carry
    carry = letters >>> 63
    const hasSigns = v128.any_true(
      v128.or(
        v128.or(areSigns(first), areSigns(second)),
        v128.or(areSigns(third), areSigns(fourth)),
      ),
    )
    hasWord = hasWord || letters != 0
    // Where words begin and end, by turns.
    let edges = letters ^ before
    if (open == 0 && edges != 0) {
      open = from + <usize>ctz<u64>(edges)
      edges &= edges - 1
    }
    while (edges != 0) {
      const length = <i32>(from + <usize>ctz<u64>(edges) - open)
      edges &= edges - 1
      const word = wordOf(open, masks, min(length, 16))
      let hash = hashLetters(word)
      // Most words are nothing but themselves, and which are is remembered in one of two places: of those this is all.
      let met = remembered + ((<usize>(hash >>> (64 - at.MET_LOG))) << 6)
      const isOther = v128.any_true(v128.xor(v128.load(met), word))
      if (length > 16 || isOther & v128.any_true(v128.xor(v128.load(met, 32), word))) {
        if (length > 16) hash = hashOf(open, length)
        met = meet(open, length, hash)
      } else met += (<usize>isOther) << 5
      const what = load<u32>(met, 16)
      store<u8>(bloom + placeOf(hash), stamp)
      if ((what & (asked | afterLast | afterBefore)) != 0)
        takeMore(met, open, length, what, afterLast, afterBefore)
      afterBefore = afterLast
      afterLast = askedAfter(what)
      open = 0
      if (edges == 0) break
      open = from + <usize>ctz<u64>(edges)
      edges &= edges - 1
    }
    if (hasSigns) {
      const touching = before | (letters >>> 1) | ((<u64>1) << 63)
      signed(from, keep & touching & signsAt(from), start, end)
    }
  }
  endText()
  return hasWord
}

/** A bit for each of 64 bytes that is a sign for a letter. */
function signsAt(from: usize): u64 {
  return join(
    areSigns(v128.load(from)),
    areSigns(v128.load(from, 16)),
    areSigns(v128.load(from, 32)),
    areSigns(v128.load(from, 48)),
  )
}

/** The words beside signs, read once more together with them. */
function signed(from: usize, touching: u64, start: usize, end: usize): void {
  for (let left = touching; left != 0; left &= left - 1) {
    const sign = from + <usize>ctz<u64>(left)
    // The word that ends at the sign, and the one that begins after it.
    let first = sign
    while (first > start && isLetter(load<u8>(first - 1))) first--
    if (first < sign) {
      markSigned(first, sign, start, end)
      continue
    }
    let last = sign + 1
    while (last < end && isLetter(load<u8>(last))) last++
    if (last > sign + 1) markSigned(sign + 1, last, start, end)
  }
}

/** Where the plain text of the last field begins; it ends where `makePlain` says. */
let plainEnd: usize = 0
/** Whether what was written last is several letters for one at the beginning of a word. */
let isManyForOne = false
let isInWord = false

/**
 * Writes text that has escapes or letters beyond ASCII as plain text: accents and look-alikes off, every other sign a
 * space or a full stop. Answers its end, or 0 where the exact engine must look.
 */
export function makePlain(start: usize, end: usize): usize {
  plainEnd = room.plain
  isManyForOne = false
  isInWord = false
  let place = start
  const backslash = i8x16.splat(0x5c)
  while (place < end) {
    const bytes = v128.load(place)
    const unusual = i8x16.bitmask(
      v128.or(i8x16.eq(bytes, backslash), i8x16.ge_u(bytes, i8x16.splat(0x7f))),
    )
    // As many plain bytes as stand in a row here; what is copied beyond them is written over.
    const row = min<usize>(unusual == 0 ? 16 : <usize>ctz<i32>(unusual), end - place)
    if (row > 0) {
      v128.store(plainEnd, bytes)
      if (isManyForOne && !isLetter(load<u8>(place))) return 0
      isManyForOne = false
      isInWord = isLetter(load<u8>(place + row - 1))
      plainEnd += row
      place += row
      continue
    }
    const byte = load<u8>(place)
    if (byte < 0x80) {
      if (byte == at.STRANGE_LETTER) {
        putByte(0x2e)
        if (isManyForOne) return 0
        place++
        continue
      }
      const sign = load<u8>(place + 1)
      place += 2
      switch (sign) {
        case 0x22:
        case 0x5c:
        case 0x2f:
          putByte(sign)
          break
        case 0x62:
        case 0x66:
        case 0x6e:
        case 0x72:
        case 0x74:
          // Of these only the backspace is no space, and a space joins more than it does.
          putByte(0x20)
          break
        case 0x75: {
          let point = hexOf(place)
          place += 4
          if (point <= 0 || (point >= 0xdc00 && point < 0xe000)) return 0
          if (point >= 0xd800 && point < 0xdc00) {
            if (load<u16>(place) != 0x755c) return 0
            const low = hexOf(place + 2)
            if (low < 0xdc00 || low >= 0xe000) return 0
            place += 6
            point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00)
          }
          if (point < 0x80) {
            // A control character is no letter; every other sign is itself.
            putByte(point < 0x20 ? 0x20 : point == 0x7f ? 0x2e : <u8>point)
          } else if (!putPoint(point)) return 0
          break
        }
        default:
          return 0
      }
      if (isManyForOne && !isInWord) return 0
      continue
    }
    const point = pointAt(place, end)
    if (point < 0) return 0
    place += point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
    if (!putPoint(point)) return 0
    if (isManyForOne && !isInWord) return 0
  }
  // The word would be one letter long as it is written, and here it is longer.
  if (isManyForOne) return 0
  return plainEnd
}

/** Writes a sign of ASCII; the one that would pass for a strange letter never comes here. */
function putByte(byte: u8): void {
  store<u8>(plainEnd, byte)
  plainEnd++
  const isWord = isLetter(byte)
  if (isWord && isInWord) isManyForOne = false
  isInWord = isWord
}

/** Writes a letter beyond ASCII; false where that needs the exact engine. */
function putPoint(point: i32): bool {
  const what = codeOf(point)
  switch (what >>> 24) {
    case at.NOTHING:
      return true
    case at.BREAK:
      putByte(0x2e)
      return true
    case at.SPACE:
      putByte(0x20)
      return true
    case at.LETTERS: {
      const isFirst = !isInWord
      store<u8>(plainEnd, <u8>what)
      plainEnd++
      let written = 1
      let rest = (what >>> 8) & 0xffff
      while (rest != 0) {
        store<u8>(plainEnd, <u8>rest)
        plainEnd++
        written++
        rest >>>= 8
      }
      isManyForOne = isFirst && written > 1
      isInWord = true
      return true
    }
    default:
      return false
  }
}

function codeOf(point: i32): u32 {
  let index = point
  if (point >= 0x10000) {
    if (point >= 0x1d400 && point < 0x1d800) index = 0x10000 + (point - 0x1d400)
    else if (point >= 0x1f000 && point < 0x1fb00) index = 0x10400 + (point - 0x1f000)
    else return (<u32>at.HARD) << 24
  }
  return load<u32>(room.codePoints + ((<usize>index) << 2))
}

/** The code point that stands there in UTF-8; below 0 where none does (RFC 3629). */
export function pointAt(place: usize, end: usize): i32 {
  const byte = <i32>load<u8>(place)
  if (byte < 0xc2) return -1
  const left = end - place
  if (byte < 0xe0) {
    if (left < 2) return -1
    const second = <i32>load<u8>(place + 1)
    return (second & 0xc0) == 0x80 ? ((byte & 0x1f) << 6) | (second & 0x3f) : -1
  }
  if (byte < 0xf0) {
    if (left < 3) return -1
    const second = <i32>load<u8>(place + 1)
    const third = <i32>load<u8>(place + 2)
    if ((second & 0xc0) != 0x80 || (third & 0xc0) != 0x80) return -1
    const point = ((byte & 0x0f) << 12) | ((second & 0x3f) << 6) | (third & 0x3f)
    return point < 0x800 || (point >= 0xd800 && point < 0xe000) ? -1 : point
  }
  if (byte > 0xf4 || left < 4) return -1
  const second = <i32>load<u8>(place + 1)
  const third = <i32>load<u8>(place + 2)
  const fourth = <i32>load<u8>(place + 3)
  if ((second & 0xc0) != 0x80 || (third & 0xc0) != 0x80 || (fourth & 0xc0) != 0x80) return -1
  const point =
    ((byte & 0x07) << 18) | ((second & 0x3f) << 12) | ((third & 0x3f) << 6) | (fourth & 0x3f)
  return point < 0x10000 || point > 0x10ffff ? -1 : point
}

/** Whether all is UTF-8. */
export function isUtf8(start: usize, end: usize): bool {
  let place = start
  while (place < end) {
    if (load<u8>(place) < 0x80) {
      place++
      continue
    }
    const point = pointAt(place, end)
    if (point < 0) return false
    place += point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
  }
  return true
}

/** Four hexadecimal digits; below 0 where there are none. */
export function hexOf(place: usize): i32 {
  let value = 0
  for (let index: usize = 0; index < 4; index++) {
    const byte = <i32>load<u8>(place + index)
    const lower = byte | 0x20
    if (byte >= 0x30 && byte <= 0x39) value = (value << 4) | (byte - 0x30)
    else if (lower >= 0x61 && lower <= 0x66) value = (value << 4) | (lower - 0x57)
    else return -1
  }
  return value
}
