/** The fast pass: whole lines in; the answers of those in which certainly nothing is found out, and where the others stand. */
import * as at from '../layout'
import { idEnd, idStart, readLine, tellLine } from './line'
import * as room from './room'
import { hashOf } from './hash'
import { textCount } from './tell'
import { join } from './text'

/** Of the lines scanned last: how many were allowed, how many the exact engine must read, and the bytes of the answers. */
export let allowed: i32 = 0
export let candidateCount: i32 = 0
export let outputLength: i32 = 0
/** The number of the line after them. */
export let nextLine: i32 = 0

/** Takes the tables and a room to work in, both in the memory that was given. */
export function open(tables: i32, work: i32): void {
  room.open(<usize>(<u32>tables), <usize>(<u32>work))
}

/**
 * Scans so many bytes of whole lines in the room's input, of which the first is line `firstLine` of all. Answers in the
 * room's output and candidates.
 */
export function scan(length: i32, firstLine: i32): void {
  allowed = 0
  candidateCount = 0
  let line = firstLine
  let out = room.output
  let start = room.input
  const end = start + length
  // What lies behind is nobody's, and must not pass for the end of a word or a string.
  memory.fill(end, 0, at.PADDING)
  while (start < end) {
    const stop = newlineFrom(start, end)
    if (!isBlank(start, stop)) {
      const fields = readLine(start, stop)
      if (fields < 0) {
        allowed++
        out = answer(out)
      } else {
        const candidate = room.candidates + <usize>candidateCount * at.CANDIDATE_BYTES
        store<u32>(candidate, <u32>(start - room.input))
        store<u32>(candidate, <u32>(stop - room.input), 4)
        store<u32>(candidate, line, 8)
        store<u32>(candidate, fields, 12)
        store<u32>(candidate, <u32>(out - room.output), 16)
        candidateCount++
      }
    }
    start = stop + 1
    line++
  }
  outputLength = <i32>(out - room.output)
  nextLine = line
}

/**
 * Tells of a line among those scanned last, by where it begins and ends, its texts and the words of these fields, in the
 * room: its id as the first text. Answers how many texts.
 */
export function tell(start: i32, end: i32, fields: i32): i32 {
  tellLine(room.input + <usize>start, room.input + <usize>end, <u32>fields)
  return textCount
}

/** The hashes of words that stand in a row in the room's input, each as long as said; 64 bits each, in the output. */
export function hashWords(count: i32): void {
  const lengths = room.candidates
  let place = room.input
  for (let word: usize = 0; word < <usize>count; word++) {
    const length = load<u32>(lengths + (word << 2))
    store<u64>(room.output + (word << 3), hashOf(place, length))
    place += length
  }
}

/** Writes `{"id":"…","outcome":"allow","findings":[]}` and a line end; what stands around the id is in the tables. */
function answer(out: usize): usize {
  const length = idEnd - idStart
  v128.store(out, v128.load(room.answer))
  out += 7
  // What is copied beyond the id is written over.
  for (let place: usize = 0; place < length; place += 16)
    v128.store(out + place, v128.load(idStart + place))
  out += length
  v128.store(out, v128.load(room.answer + 16))
  v128.store(out + 16, v128.load(room.answer + 32))
  store<u32>(out + 32, load<u32>(room.answer + 48))
  return out + 35
}

function newlineFrom(start: usize, end: usize): usize {
  for (let place = start; place < end; place += 64) {
    const first = isNewline(place)
    const second = isNewline(place + 16)
    const third = isNewline(place + 32)
    const fourth = isNewline(place + 48)
    if (!v128.any_true(v128.or(v128.or(first, second), v128.or(third, fourth)))) continue
    return min(place + <usize>ctz<u64>(join(first, second, third, fourth)), end)
  }
  return end
}

function isNewline(place: usize): v128 {
  return i8x16.eq(v128.load(place), i8x16.splat(0x0a))
}

/** Space, tab and carriage return: what JSON too takes for nothing. */
function isBlank(start: usize, end: usize): bool {
  for (let place = start; place < end; place++) {
    const byte = load<u8>(place)
    if (byte != 0x20 && byte != 0x09 && byte != 0x0d) return false
  }
  return true
}
