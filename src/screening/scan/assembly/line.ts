/** A line is JSON read strictly, for its words and for what would make it unreadable; whatever is unusual the exact engine reads. */
import * as at from '../layout'
import * as room from './room'
import { openField } from './field'
import { closeField, closeLine, openLine } from './match'
import { findNeedles } from './needle'
import { openTelling, tellText } from './tell'
import { hexOf, isUtf8, makePlain, readPlain } from './text'

/** Of the string read last: where it stands, and whether it has escapes, or bytes that are no letters or signs of ASCII. */
let stringStart: usize = 0
let stringEnd: usize = 0
let hasEscape = false
let hasStrange = false

/** The id of the line read last. */
export let idStart: usize = 0
export let idEnd: usize = 0

/** The same limits as `core/listing.ts`, in bytes, which are never fewer than characters. */
const ID: usize = 200
const TITLE: usize = 5000
const DESCRIPTION: usize = 200_000
const BULLETS: i32 = 200
const BULLET: usize = 10_000
const BRAND: usize = 1000
const CATEGORY: usize = 2000
const ATTRIBUTE_COUNT: i32 = 500
const ATTRIBUTE_NAME: usize = 200
const ATTRIBUTE_VALUE: usize = 20_000
const ATTRIBUTE_LIST: i32 = 500
const DEEPEST: i32 = 40

const HAS_ID: u32 = 1
const HAS_SELLER: u32 = 2
const HAS_TITLE: u32 = 4
const HAS_DESCRIPTION: u32 = 8
const HAS_BULLETS: u32 = 16
const HAS_BRAND: u32 = 32
const HAS_CATEGORY: u32 = 64
const HAS_ATTRIBUTES: u32 = 128

/** Whether the line is read only to tell its texts. */
let isTold = false

/**
 * Reads a line: below 0 where it is a listing in which certainly nothing is found, the fields that the exact engine
 * must read, or `WHOLE`.
 */
export function readLine(start: usize, end: usize): i32 {
  openLine()
  return readFields(start, end) ? closeLine() : at.WHOLE
}

/** Tells the texts of a line that was read before, with the words of these fields. */
export function tellLine(start: usize, end: usize, fields: u32): void {
  openTelling(start, fields)
  isTold = true
  readFields(start, end)
  isTold = false
}

/** Reads all fields of a line; false where it needs the exact engine. */
function readFields(start: usize, end: usize): bool {
  let place = skipSpace(start, end)
  if (place >= end || load<u8>(place) != 0x7b) return false
  place = skipSpace(place + 1, end)
  let seen: u32 = 0
  if (place < end && load<u8>(place) == 0x7d) return false
  for (;;) {
    place = readString(place, end)
    if (place == 0 || hasEscape) return false
    const isKeyStrange = hasStrange
    const key = stringStart
    const size = <i32>(stringEnd - stringStart)
    place = skipSpace(place, end)
    if (place >= end || load<u8>(place) != 0x3a) return false
    place = skipSpace(place + 1, end)
    if (place >= end) return false
    const what = isKeyStrange ? 0 : nameOf(key, size)
    if (isKeyStrange && !isUtf8(key, key + size)) return false
    // Of two with one name the later counts; that is for the exact engine.
    if ((seen & what) != 0) return false
    seen |= what
    switch (what) {
      case HAS_ID:
        place = readId(place, end)
        idStart = stringStart
        idEnd = stringEnd
        if (isTold && place != 0) tellText(at.ID, stringStart, stringEnd, true)
        break
      case HAS_SELLER:
        place = load<u8>(place) == 0x6e ? readNull(place, end) : readId(place, end)
        break
      case HAS_TITLE:
        place = readText(place, end, TITLE, at.TITLE, at.TITLE)
        break
      case HAS_DESCRIPTION:
        place = readText(place, end, DESCRIPTION, at.DESCRIPTION, at.DESCRIPTION)
        break
      case HAS_BULLETS:
        place = readBullets(place, end)
        break
      case HAS_BRAND:
        place = readText(place, end, BRAND, at.BRAND, at.BRAND)
        break
      case HAS_CATEGORY:
        place = readText(place, end, CATEGORY, at.CATEGORY, at.CATEGORY)
        break
      case HAS_ATTRIBUTES:
        place = isTold ? skipValue(place, end, 0) : readAttributes(place, end)
        break
      default:
        place = skipValue(place, end, 0)
    }
    if (place == 0) return false
    place = skipSpace(place, end)
    if (place >= end) return false
    const byte = load<u8>(place)
    place = skipSpace(place + 1, end)
    if (byte == 0x7d) break
    if (byte != 0x2c) return false
  }
  if (place != end) return false
  if ((seen & (HAS_ID | HAS_TITLE)) != (HAS_ID | HAS_TITLE)) return false
  return true
}

/** Which field of a listing has this name; 0 for none. */
function nameOf(key: usize, size: i32): u32 {
  switch (size) {
    case 2:
      return load<u16>(key) == 0x6469 ? HAS_ID : 0
    case 5:
      if (load<u32>(key) == 0x6c746974 && load<u8>(key + 4) == 0x65) return HAS_TITLE
      return load<u32>(key) == 0x6e617262 && load<u8>(key + 4) == 0x64 ? HAS_BRAND : 0
    case 7:
      return load<u32>(key) == 0x6c6c7562 && load<u32>(key + 3) == 0x7374656c ? HAS_BULLETS : 0
    case 8:
      if (load<u64>(key) == 0x644972656c6c6573) return HAS_SELLER
      return load<u64>(key) == 0x79726f6765746163 ? HAS_CATEGORY : 0
    case 10:
      return load<u64>(key) == 0x7475626972747461 && load<u16>(key + 8) == 0x7365
        ? HAS_ATTRIBUTES
        : 0
    case 11:
      return load<u64>(key) == 0x7470697263736564 && load<u32>(key + 7) == 0x6e6f6974
        ? HAS_DESCRIPTION
        : 0
    default:
      return 0
  }
}

function skipSpace(start: usize, end: usize): usize {
  let place = start
  while (place < end) {
    const byte = load<u8>(place)
    if (byte != 0x20 && byte != 0x0a && byte != 0x0d && byte != 0x09) return place
    place++
  }
  return end
}

/** Which bytes end a string, or are looked at closer: a quote, a backslash, a control character. */
function stopsOf(bytes: v128): v128 {
  return v128.or(
    v128.or(i8x16.eq(bytes, i8x16.splat(0x22)), i8x16.eq(bytes, i8x16.splat(0x5c))),
    i8x16.eq(bytes, i8x16.min_u(bytes, i8x16.splat(0x1f))),
  )
}

/** Reads a string to behind its closing quote; 0 where there is none. Escapes are looked at by whoever reads its text. */
function readString(start: usize, end: usize): usize {
  if (start >= end || load<u8>(start) != 0x22) return 0
  hasEscape = false
  let place = start + 1
  stringStart = place
  let highest = i8x16.splat(0)
  while (place < end) {
    const bytes = v128.load(place)
    const more = v128.load(place + 16)
    const stopsAt = stopsOf(bytes)
    const stopsLater = stopsOf(more)
    if (!v128.any_true(v128.or(stopsAt, stopsLater))) {
      highest = i8x16.max_u(highest, i8x16.max_u(bytes, more))
      place += 32
      continue
    }
    const stops = i8x16.bitmask(stopsAt) | (i8x16.bitmask(stopsLater) << 16)
    const stop = ctz<i32>(stops)
    // Of what stands behind the stop nothing counts.
    const read = v128.and(bytes, v128.load(room.lengthMasks + ((<usize>min(stop, 16)) << 4)))
    highest = i8x16.max_u(highest, read)
    if (stop > 16) {
      const later = v128.load(room.lengthMasks + ((<usize>(stop - 16)) << 4))
      highest = i8x16.max_u(highest, v128.and(more, later))
    }
    place += stop
    if (place >= end) return 0
    const byte = load<u8>(place)
    if (byte == 0x22) {
      stringEnd = place
      hasStrange = i8x16.bitmask(i8x16.ge_u(highest, i8x16.splat(0x7f))) != 0
      return place + 1
    }
    if (byte != 0x5c) return 0
    hasEscape = true
    place += 2
  }
  return 0
}

function readId(start: usize, end: usize): usize {
  const place = readString(start, end)
  if (place == 0 || hasEscape || hasStrange) return 0
  const length = stringEnd - stringStart
  if (length == 0 || length > ID || load<u8>(stringStart) == 0x20) return 0
  return place
}

function readNull(start: usize, end: usize): usize {
  return end - start >= 4 && load<u32>(start) == 0x6c6c756e ? start + 4 : 0
}

/** Reads a text, or null, as the field of this bit; 0 where it is none, or too long, or needs the exact engine. */
function readText(start: usize, end: usize, limit: usize, kind: u32, field: u32): usize {
  const isNeeded = kind == at.TITLE
  if (!isNeeded && load<u8>(start) == 0x6e) return readNull(start, end)
  const place = readString(start, end)
  if (place == 0) return 0
  if (isTold) {
    tellText(field, stringStart, stringEnd, !hasEscape && !hasStrange)
    return place
  }
  openField(kind, field)
  const hasWord = readWords(limit, kind)
  // A title without a word may be blank.
  if (hasWord < 0 || (isNeeded && hasWord == 0)) return 0
  if (stringEnd > stringStart) closeField()
  return place
}

/** Reads the words of the string read last: 1 where there are any, below 0 where it needs the exact engine. */
function readWords(limit: usize, kind: u32): i32 {
  if (stringEnd - stringStart > limit) return -1
  if (!hasEscape && !hasStrange) return i32(readBoth(stringStart, stringEnd, kind))
  const plainEnd = makePlain(stringStart, stringEnd)
  return plainEnd == 0 ? -1 : i32(readBoth(room.plain, plainEnd, kind))
}

/** Reads words and needles of plain text. */
function readBoth(start: usize, end: usize, kind: u32): bool {
  findNeedles(start, end, kind)
  return readPlain(start, end)
}

/** Reads a list of bullets, each a field of its own, or null. */
function readBullets(start: usize, end: usize): usize {
  if (load<u8>(start) == 0x6e) return readNull(start, end)
  if (load<u8>(start) != 0x5b) return 0
  let place = skipSpace(start + 1, end)
  if (place < end && load<u8>(place) == 0x5d) return place + 1
  let count = 0
  while (place < end) {
    const field = count < at.BULLETS_APART ? at.FIRST_BULLET << count : at.BULLETS
    count++
    if (count > BULLETS || load<u8>(place) != 0x22) return 0
    place = readText(place, end, BULLET, at.BULLETS, field)
    if (place == 0) return 0
    place = skipSpace(place, end)
    if (place >= end) return 0
    const byte = load<u8>(place)
    place = skipSpace(place + 1, end)
    // Spaces after the list are nobody's.
    if (byte == 0x5d) return place
    if (byte != 0x2c) return 0
  }
  return 0
}

function readAttributes(start: usize, end: usize): usize {
  if (load<u8>(start) == 0x6e) return readNull(start, end)
  if (load<u8>(start) != 0x7b) return 0
  let place = skipSpace(start + 1, end)
  if (place < end && load<u8>(place) == 0x7d) return place + 1
  let count = 0
  while (place < end) {
    count++
    place = readString(place, end)
    if (place == 0 || count > ATTRIBUTE_COUNT) return 0
    if (hasEscape || stringEnd - stringStart > ATTRIBUTE_NAME) return 0
    if (hasStrange && !isUtf8(stringStart, stringEnd)) return 0
    place = skipSpace(place, end)
    if (place >= end || load<u8>(place) != 0x3a) return 0
    place = skipSpace(place + 1, end)
    if (place >= end) return 0
    place = readAttribute(place, end)
    if (place == 0) return 0
    place = skipSpace(place, end)
    if (place >= end) return 0
    const byte = load<u8>(place)
    place = skipSpace(place + 1, end)
    if (byte == 0x7d) return place
    if (byte != 0x2c) return 0
  }
  return 0
}

function readAttribute(start: usize, end: usize): usize {
  const byte = load<u8>(start)
  switch (byte) {
    case 0x22:
      return readText(start, end, ATTRIBUTE_VALUE, at.ATTRIBUTES, at.ATTRIBUTES)
    case 0x6e:
      return readNull(start, end)
    case 0x74:
    case 0x66: {
      const place = skipWord(start, end)
      return place == 0 ? 0 : readSign(start, place)
    }
    case 0x5b:
      return readList(start, end)
    default: {
      const place = skipNumber(start, end)
      return place == 0 || !isCanonical(start, place) ? 0 : readSign(start, place)
    }
  }
}

/** A number or true or false as the field that it is shown as. */
function readSign(start: usize, end: usize): usize {
  openField(at.ATTRIBUTES, at.ATTRIBUTES)
  readBoth(start, end, at.ATTRIBUTES)
  closeField()
  return end
}

/** A list of texts is one field: its texts with commas between. */
function readList(start: usize, end: usize): usize {
  let place = skipSpace(start + 1, end)
  if (place < end && load<u8>(place) == 0x5d) return place + 1
  openField(at.ATTRIBUTES, at.ATTRIBUTES)
  let all: usize = 0
  let count = 0
  for (;;) {
    count++
    if (count > ATTRIBUTE_LIST) return 0
    place = readString(place, end)
    if (place == 0) return 0
    all += stringEnd - stringStart + 2
    if (all > DESCRIPTION || readWords(ATTRIBUTE_VALUE, at.ATTRIBUTES) < 0) return 0
    place = skipSpace(place, end)
    if (place >= end) return 0
    const byte = load<u8>(place)
    place = skipSpace(place + 1, end)
    if (byte == 0x5d) break
    if (byte != 0x2c) return 0
  }
  closeField()
  return place
}

/** Whether a number is shown as it is written: few digits, no exponent, no 0 at the end of a fraction. */
function isCanonical(start: usize, end: usize): bool {
  let digits = 0
  let point: usize = 0
  for (let place = start; place < end; place++) {
    const byte = load<u8>(place)
    if (byte == 0x2e) point = place
    else if ((byte | 0x20) == 0x65) return false
    else if (byte != 0x2d) digits++
  }
  if (digits > 15) return false
  if (point == 0) return true
  // Small fractions are shown with an exponent.
  return load<u8>(end - 1) != 0x30 && load<u8>(point + 1) != 0x30
}

/** Skips true, false or null. */
function skipWord(start: usize, end: usize): usize {
  const left = end - start
  if (left >= 4 && load<u32>(start) == 0x65757274) return start + 4
  if (left >= 5 && load<u32>(start) == 0x736c6166 && load<u8>(start + 4) == 0x65) return start + 5
  return readNull(start, end)
}

function isDigit(place: usize, end: usize): bool {
  if (place >= end) return false
  const byte = load<u8>(place)
  return byte >= 0x30 && byte <= 0x39
}

function skipDigits(start: usize, end: usize): usize {
  let place = start
  while (isDigit(place, end)) place++
  return place
}

/** Skips a number (RFC 8259, section 6); 0 where there is none. */
function skipNumber(start: usize, end: usize): usize {
  let place = start
  if (load<u8>(place) == 0x2d) place++
  if (!isDigit(place, end)) return 0
  place = load<u8>(place) == 0x30 ? place + 1 : skipDigits(place, end)
  if (place < end && load<u8>(place) == 0x2e) {
    if (!isDigit(place + 1, end)) return 0
    place = skipDigits(place + 1, end)
  }
  if (place < end && (load<u8>(place) | 0x20) == 0x65) {
    place++
    if (place < end && (load<u8>(place) == 0x2b || load<u8>(place) == 0x2d)) place++
    if (!isDigit(place, end)) return 0
    place = skipDigits(place, end)
  }
  return place
}

/** Skips a string that nobody reads, if it is a right one. */
function skipString(start: usize, end: usize): usize {
  const place = readString(start, end)
  if (place == 0) return 0
  if (hasStrange && !isUtf8(stringStart, stringEnd)) return 0
  return !hasEscape || hasRightEscapes(stringStart, stringEnd) ? place : 0
}

function hasRightEscapes(start: usize, end: usize): bool {
  let place = start
  while (place < end) {
    if (load<u8>(place) != 0x5c) {
      place++
      continue
    }
    switch (load<u8>(place + 1)) {
      case 0x22:
      case 0x5c:
      case 0x2f:
      case 0x62:
      case 0x66:
      case 0x6e:
      case 0x72:
      case 0x74:
        place += 2
        break
      case 0x75:
        if (place + 6 > end || hexOf(place + 2) < 0) return false
        place += 6
        break
      default:
        return false
    }
  }
  return true
}

/** Skips any value (RFC 8259); 0 where there is none, or it lies too deep. */
function skipValue(start: usize, end: usize, depth: i32): usize {
  if (start >= end || depth > DEEPEST) return 0
  const first = load<u8>(start)
  switch (first) {
    case 0x22:
      return skipString(start, end)
    case 0x74:
    case 0x66:
    case 0x6e:
      return skipWord(start, end)
    case 0x5b:
    case 0x7b: {
      const isObject = first == 0x7b
      const closing: u8 = isObject ? 0x7d : 0x5d
      let place = skipSpace(start + 1, end)
      if (place < end && load<u8>(place) == closing) return place + 1
      for (;;) {
        if (isObject) {
          place = skipString(place, end)
          if (place == 0) return 0
          place = skipSpace(place, end)
          if (place >= end || load<u8>(place) != 0x3a) return 0
          place = skipSpace(place + 1, end)
        }
        place = skipValue(place, end, depth + 1)
        if (place == 0) return 0
        place = skipSpace(place, end)
        if (place >= end) return 0
        const byte = load<u8>(place)
        place = skipSpace(place + 1, end)
        if (byte == closing) return place
        if (byte != 0x2c) return 0
      }
    }
    default:
      return skipNumber(start, end)
  }
}
