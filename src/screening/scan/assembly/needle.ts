/** Needles: letters of which some must stand in any text that a pattern matches; found by four letters at a time. */
import * as at from '../layout'
import { isAlike } from './letters'
import { takeSignal } from './match'
import * as room from './room'
import { stamp } from './words'

const QUARTET: u32 = 0x9e3779b1

/** Looks for the needles of a field's text; a signal whose needle stands may stand. */
export function findNeedles(start: usize, end: usize, kind: u32): void {
  if ((room.pairNeedleKinds & kind) != 0) {
    for (let place = start; place + 2 <= end; place++)
      look((<u32>load<u16>(place)) | 0x2020, place, start, end, kind)
  }
  let step: usize = 4
  if ((room.needleKindsAtEach & kind) != 0) step = 1
  else if ((room.needleKindsAtSecond & kind) != 0) step = 2
  else if ((room.needleKindsAtFourth & kind) == 0) return
  for (let place = start; place + 4 <= end; place += step)
    look(load<u32>(place) | 0x20202020, place, start, end, kind)
}

function look(beginning: u32, place: usize, start: usize, end: usize, kind: u32): void {
  const hash = beginning * QUARTET
  const bit = hash >>> (32 - at.QUARTET_LOG)
  if (((load<u8>(room.needleBits + (bit >>> 3)) >>> (bit & 7)) & 1) != 0)
    findAt(beginning, hash, place, start, end, kind)
}

function findAt(
  beginning: u32,
  hash: u32,
  place: usize,
  start: usize,
  end: usize,
  kind: u32,
): void {
  let index = hash & room.needleTableMask
  let entry = room.needleTable + ((<usize>index) << 3)
  while (load<u32>(entry, 4) != 0 && load<u32>(entry) != beginning) {
    index = (index + 1) & room.needleTableMask
    entry = room.needleTable + ((<usize>index) << 3)
  }
  if (load<u32>(entry, 4) == 0) return
  let needle = room.tables + load<u32>(entry, 4)
  let left = load<u32>(needle)
  // How far into the needle the letters stand, where it is, its length, the pattern, and its set.
  for (needle += 4; left != 0; left--, needle += 20) {
    const into = load<u32>(needle)
    const from = place - into
    const length = load<u32>(needle, 8)
    if (
      place - start >= into &&
      from + length <= end &&
      isAlike(from, room.tables + load<u32>(needle, 4), length)
    )
      takeNeedle(load<u32>(needle, 12), load<u32>(needle, 16), kind)
  }
}

/** A needle of a set of a pattern stands; when one of each does, its signal may stand. */
function takeNeedle(pattern: u32, set: u32, kind: u32): void {
  const held = room.needlePatterns + ((<usize>pattern) << 3)
  const signal = load<u32>(held)
  const signalAt = room.signals + <usize>signal * at.SIGNAL_BYTES
  if ((load<u32>(signalAt) & kind) == 0) return
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
