/** Needles: letters of which some must stand in any text that a pattern matches; found by two or four of its letters. */
import * as at from '../layout'
import { isSet } from './bits'
import { stamp } from './field'
import { firstPlaceOf } from './hash'
import { isAlike } from './letters'
import { takeSignal } from './match'
import * as room from './room'

const QUARTET: u32 = 0x9e3779b1

/** Looks for the needles of a field's text that are no part of a word; a signal whose needles stand may stand. */
export function findNeedles(start: usize, end: usize, kind: u32): void {
  if ((room.needleKinds & kind) == 0) return
  // Sixteen places at a time are told by their two bytes to begin none, as nearly all do.
  const halves = room.needleHalves + (kind == at.TITLE ? 0 : 64)
  const low = v128.load(halves)
  const high = v128.load(halves + 16)
  const nextLow = v128.load(halves + 32)
  const nextHigh = v128.load(halves + 48)
  const marks = marksIn(kind)
  for (let from = start; from + 2 <= end; from += 16) {
    const groups = v128.and(
      groupsOf(v128.load(from), low, high),
      groupsOf(v128.load(from + 1), nextLow, nextHigh),
    )
    let places = ~i8x16.bitmask(i8x16.eq(groups, i8x16.splat(0))) & 0xffff
    for (; places != 0; places &= places - 1) {
      const place = from + <usize>ctz<i32>(places)
      if (place + 2 > end) continue
      const pair = pairAt(place)
      if (isMark(pair, marks)) findAt(pair, place, start, end, kind)
    }
  }
}

/** Of each byte the groups of needles that it may stand in, by its lower and its upper half. */
function groupsOf(bytes: v128, low: v128, high: v128): v128 {
  const alike = v128.or(bytes, i8x16.splat(0x20))
  const half = i8x16.splat(0x0f)
  return v128.and(
    i8x16.swizzle(low, v128.and(alike, half)),
    i8x16.swizzle(high, v128.and(i16x8.shr_u(alike, 4), half)),
  )
}

/**
 * Looks for needles in a word, those of one kind of field or, by 0, of all; answers in which kinds those are looked for
 * that stand there. What is letters and digits alone stands in one word or none.
 */
export function findInWord(start: usize, end: usize, kind: u32): u32 {
  const marks = marksIn(kind)
  kindsFound = 0
  for (let place = start; place + 2 <= end; place++) {
    const pair = pairAt(place)
    if (isMark(pair, marks)) findAt(pair, place, start, end, kind)
    if (place + 4 > end) continue
    const quartet = load<u32>(place) | 0x20202020
    if (isMark(quartet, marks)) findAt(quartet, place, start, end, kind)
  }
  return kindsFound
}

/** The kinds of fields in which the needles are looked for that stood where was looked. */
let kindsFound: u32 = 0

function pairAt(place: usize): u32 {
  return (<u32>load<u16>(place)) | 0x2020
}

/** Bits for the marks of a kind of field or, by 0, of all. */
function marksIn(kind: u32): usize {
  const part: usize = kind == at.TITLE ? 0 : kind == 0 ? 2 : 1
  return room.needleBits + (part << (at.NEEDLE_LOG - 3))
}

function isMark(letters: u32, marks: usize): bool {
  return isSet(marks, (letters * QUARTET) >>> (32 - at.NEEDLE_LOG))
}

/** Looks for the needles that are found by a mark, which stands here. */
function findAt(mark: u32, place: usize, start: usize, end: usize, kind: u32): void {
  let index = firstPlaceOf(mark * QUARTET, room.needleTableMask)
  let entry = room.needleTable + ((<usize>index) << 3)
  while (load<u32>(entry, 4) != 0 && load<u32>(entry) != mark) {
    index = (index + 1) & room.needleTableMask
    entry = room.needleTable + ((<usize>index) << 3)
  }
  if (load<u32>(entry, 4) == 0) return
  let needle = room.tables + load<u32>(entry, 4)
  let left = load<u32>(needle)
  // Where the needle is, its length and where in it the mark stands, the pattern, and its set.
  for (needle += 4; left != 0; left--, needle += 16) {
    const size = <usize>load<u32>(needle, 4)
    const length = size & ((1 << at.NEEDLE_MARK_SHIFT) - 1)
    const first = place - (size >>> at.NEEDLE_MARK_SHIFT)
    if (first < start || first + length > end) continue
    if (!isAlike(first, room.tables + load<u32>(needle), <u32>length)) continue
    takeNeedle(load<u32>(needle, 8), load<u32>(needle, 12), kind)
  }
}

/** A needle of a set of a pattern stands; when one of each does, its signal may stand. */
function takeNeedle(pattern: u32, set: u32, kind: u32): void {
  const held = room.needlePatterns + ((<usize>pattern) << 3)
  const signal = load<u32>(held)
  const signalAt = room.signals + <usize>signal * at.SIGNAL_BYTES
  const kinds = load<u32>(signalAt)
  kindsFound |= kinds
  if ((kinds & kind) == 0) return
  const stamped = room.patternStamps + ((<usize>pattern) << 2)
  const sets = room.patternSets + ((<usize>pattern) << 2)
  if (load<u32>(stamped) != stamp) {
    store<u32>(stamped, stamp)
    store<u32>(sets, 0)
  }
  const found = load<u32>(sets) | set
  store<u32>(sets, found)
  // Patterns read the text for themselves, so that no field must be read for them.
  if (found == load<u32>(held, 4)) takeSignal(signal, signalAt, 0)
}
