/** Needles: letters of which some must stand in any text that a pattern matches; found by four letters at a time. */
import * as at from '../layout'
import { isAlike } from './letters'
import { takeSignal } from './match'
import * as room from './room'

const QUARTET: u32 = 0x9e3779b1

/** Looks for the needles of a field's text; a signal whose needle stands may stand. */
export function findNeedles(start: usize, end: usize, kind: u32): void {
  if (((room.shortNeedleKinds | room.longNeedleKinds) & kind) == 0 || end - start < 4) return
  // Every needle that is long enough has a quartet at each fourth letter.
  const step: usize = (room.shortNeedleKinds & kind) != 0 ? 1 : 4
  for (let place = start; place + 4 <= end; place += step) {
    const quartet = load<u32>(place) | 0x20202020
    const hash = quartet * QUARTET
    const bit = hash >>> (32 - at.QUARTET_LOG)
    if (((load<u8>(room.needleBits + (bit >>> 3)) >>> (bit & 7)) & 1) != 0)
      findAt(quartet, hash, place, start, end, kind)
  }
}

function findAt(quartet: u32, hash: u32, place: usize, start: usize, end: usize, kind: u32): void {
  let index = hash & room.needleTableMask
  for (;;) {
    // The quartet, how far into the needle it stands, the needle, its length, and the signal.
    const entry = room.needleTable + <usize>index * 20
    const length = load<u32>(entry, 12)
    if (length == 0) return
    if (load<u32>(entry) == quartet) {
      const into = load<u32>(entry, 4)
      const from = place - into
      if (
        place - start >= into &&
        from + length <= end &&
        isAlike(from, room.tables + load<u32>(entry, 8), length)
      ) {
        const signal = load<u32>(entry, 16)
        const held = room.signals + <usize>signal * at.SIGNAL_BYTES
        // Patterns read the text for themselves, so that no field must be read for them.
        if ((load<u32>(held) & kind) != 0) takeSignal(signal, held, 0)
      }
    }
    index = (index + 1) & room.needleTableMask
  }
}
