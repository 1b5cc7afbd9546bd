/** What may stand in a listing: phrases of whose words all stand in one field, signals of whose phrases enough do, and their sums. */
import * as at from '../layout'
import { closeGuards, field, hits, isMarked, kind, wipeStamps, stamp } from './field'
import * as room from './room'

/** Of all lines since stamps were wiped: what bears it belongs to this one. */
let line: u32 = 0
/** Whether some signal may stand in the line. */
let isTouched = false
/** Whether the listing says a category. */
let hasCategory = false

/** A new line: no signal stands in it yet. */
export function openLine(): void {
  if (wipeStamps(line)) line = 0
  line++
  isTouched = false
  hasCategory = false
}

/** Takes the signals that may stand in the field whose words were read. */
export function closeField(): void {
  closeGuards()
  let standing = 0
  for (let index = 0; index < hits; index++) {
    const anchor = load<u32>(room.anchorHits + ((<usize>index) << 2))
    let place = room.tables + load<u32>(room.anchorPostings + ((<usize>anchor) << 2))
    let ways = load<u32>(place)
    place += 4
    for (; ways != 0; ways--) {
      const slot = load<u32>(place)
      const others = load<u32>(place, 4)
      place += 8
      const next = place + ((<usize>others) << 2)
      const stamped = room.slotStamps + ((<usize>slot) << 2)
      if (load<u32>(stamped) != stamp && stand(place, next)) {
        store<u32>(stamped, stamp)
        store<u32>(room.slotList + ((<usize>standing) << 2), slot)
        standing++
      }
      place = next
    }
  }
  for (let index = 0; index < standing; index++)
    takeSlot(load<u32>(room.slotList + ((<usize>index) << 2)))
  if (kind == at.CATEGORY) closeCategory()
}

/** Whether words, each told by the place that its hash gives it, all stand in the field. */
function stand(from: usize, to: usize): bool {
  for (let word = from; word < to; word += 4) if (!isMarked(load<u32>(word))) return false
  return true
}

/** Notes which policies may look at the category that was read. */
function closeCategory(): void {
  hasCategory = true
  for (let policy = 0; policy < room.policyCount; policy++) {
    const slot = load<i32>(room.policies + <usize>policy * at.POLICY_BYTES, 16)
    if (slot >= 0 && holds(<u32>slot))
      store<u32>(room.policyCategories + ((<usize>policy) << 2), line)
  }
}

/** Whether some phrase of a set stands in the field. */
function holds(slot: u32): bool {
  return load<u32>(room.slotStamps + ((<usize>slot) << 2)) == stamp
}

/** A set of phrases stands: the signals that hang on it may, if the rest of their words stand too. */
function takeSlot(slot: u32): void {
  let place = room.tables + load<u32>(room.slotUses + ((<usize>slot) << 2))
  let uses = load<u32>(place)
  place += 4
  for (; uses != 0; uses--) {
    const signal = load<u32>(place)
    place += 4
    const held = room.signals + <usize>signal * at.SIGNAL_BYTES
    if ((load<u32>(held) & kind) == 0) continue
    if (load<u32>(held, 8) == slot || allHold(held)) takeSignal(signal, held, field)
  }
}

/** Whether of each group of a signal something stands. */
function allHold(held: usize): bool {
  const groups = load<u32>(held, 12)
  if (groups == 0) return false
  for (let group: usize = 0; group < <usize>groups; group++)
    if (!holds(load<u32>(held + 16 + (group << 2)))) return false
  return true
}

/** A signal may stand in a field, which must be read for it if a bit is given. */
export function takeSignal(signal: u32, held: usize, bit: u32): void {
  const policy = load<u32>(held, 4)
  touch(policy)
  const fields = room.policyFields + ((<usize>policy) << 2)
  store<u32>(fields, load<u32>(fields) | bit)
  const stamped = room.signalStamps + ((<usize>signal) << 2)
  if (load<u32>(stamped) == line) return
  store<u32>(stamped, line)
  const sum = room.policySums + ((<usize>policy) << 3)
  store<f64>(sum, load<f64>(sum) + load<f64>(held, 32))
}

function touch(policy: u32): void {
  isTouched = true
  const stamped = room.policyStamps + ((<usize>policy) << 2)
  if (load<u32>(stamped) == line) return
  store<u32>(stamped, line)
  store<f64>(
    room.policySums + ((<usize>policy) << 3),
    load<f64>(room.policies + <usize>policy * at.POLICY_BYTES),
  )
  store<u32>(room.policyFields + ((<usize>policy) << 2), 0)
}

/**
 * The fields in which signals may stand of those policies that may come to a finding; -1 where none may, so that nothing
 * is to be found.
 */
export function closeLine(): i32 {
  let found: i32 = -1
  for (let policy = 0; policy < room.policyCount; policy++) {
    const held = room.policies + <usize>policy * at.POLICY_BYTES
    const isAlways = load<u32>(held, 20) != 0
    const isMet = isTouched && load<u32>(room.policyStamps + ((<usize>policy) << 2)) == line
    if (!isMet && !isAlways) continue
    const looksOut =
      hasCategory &&
      load<i32>(held, 16) >= 0 &&
      load<u32>(room.policyCategories + ((<usize>policy) << 2)) != line
    if (looksOut) continue
    const sum = isMet ? load<f64>(room.policySums + ((<usize>policy) << 3)) : load<f64>(held)
    if (sum < load<f64>(held, 8)) continue
    const fields = isMet ? load<u32>(room.policyFields + ((<usize>policy) << 2)) : 0
    found = (found < 0 ? 0 : found) | fields | load<u32>(held, 24)
  }
  return found
}
