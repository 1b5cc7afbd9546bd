/** A scanner is the fast pass at work: it takes lines in and says of each that nothing is found, or who must read it. */
import type { CompiledPolicies } from '../compile.ts'
import * as at from './layout.ts'
import { Layout, PAGE } from './memory.ts'
import type { WasmApi, WasmMemory } from './memory.ts'
import type { Frequency, HashWords } from './phrases.ts'
import { makeTables } from './tables.ts'
import { ToldLine } from './told-line.ts'
import { lengthMasks } from './word-tables.ts'

/** So many bytes are scanned at once. */
export const INPUT_BYTES = 1 << 20
/** The shortest line that is a listing, and its line end. */
const SHORTEST_LINE = 20
const ANSWER_BYTES = 44

/** The compiled WebAssembly. */
export type ScanModule = object

/** Tables in the memory that all workers share, and how large a room each needs. */
export interface ScanTables {
  readonly memory: WasmMemory
  readonly tables: number
  readonly rooms: readonly number[]
}

interface Exports {
  open(tables: number, room: number): void
  scan(length: number, firstLine: number): void
  tell(start: number, end: number, fields: number): number
  hashWords(count: number): void
  allowed: { value: number }
  candidateCount: { value: number }
  outputLength: { value: number }
  nextLine: { value: number }
}

/** A line that the exact engine must read. */
export interface Candidate {
  readonly start: number
  readonly end: number
  readonly line: number
  /** Bits of the fields to be read, or `WHOLE`. */
  readonly fields: number
  /** Where its answer goes among those of the others. */
  readonly answerAt: number
}

export interface Scanned {
  readonly allowed: number
  /** The answers of the lines that were allowed; good until the next scan. */
  readonly answers: Uint8Array
  readonly candidates: readonly Candidate[]
  readonly nextLine: number
}

export interface Scanner {
  /** Scans whole lines, at most `INPUT_BYTES` of them. */
  scan(lines: Uint8Array, firstLine: number): Scanned
  /** What of a line that was scanned last the exact engine need not look for; good until the next is told. */
  tell(candidate: Candidate): ToldLine
}

/** Makes tables of the policies with rooms for so many workers. */
export function makeScanTables(
  wasm: WasmApi,
  module: object,
  {
    compiled,
    workers,
    frequency,
  }: { compiled: CompiledPolicies; workers: number; frequency: Frequency },
): ScanTables {
  const tables = makeTables(compiled, { hashWords: hashWith(wasm, module), frequency })
  const header = new Uint32Array(tables.buffer, tables.byteOffset, at.HEADER_WORDS)
  const layout = new Layout(PAGE)
  const tablesAt = layout.add(tables.length)
  const room = layOutRoom(header)
  const rooms = Array.from({ length: workers }, () => layout.add(room.length))
  const memory = openMemory(wasm, layout.length)
  const bytes = new Uint8Array(memory.buffer)
  bytes.set(tables, tablesAt)
  for (const start of rooms) bytes.set(new Uint8Array(room.header.buffer), start)
  return { memory, tables: tablesAt, rooms }
}

/** Opens a scanner in one of the rooms. */
export function openScanner(
  wasm: WasmApi,
  module: object,
  { memory, tables, rooms }: ScanTables,
  worker: number,
): Scanner {
  const room = rooms[worker] ?? 0
  const exports = instantiate(wasm, module, memory)
  exports.open(tables, room)
  const header = new Uint32Array(memory.buffer, room, at.WORK_HEADER_WORDS)
  const bytes = new Uint8Array(memory.buffer)
  const [input, output, found] = [
    room + (header[at.WORK_INPUT] ?? 0),
    room + (header[at.WORK_OUTPUT] ?? 0),
    room + (header[at.WORK_CANDIDATES] ?? 0),
  ]
  const numbers = (part: number, length: number) =>
    new Int32Array(memory.buffer, room + (header[part] ?? 0), length)
  const told = new ToldLine({
    texts: numbers(at.WORK_TOLD_TEXTS, at.TOLD_TEXTS * at.TOLD_TEXT_NUMBERS),
    words: numbers(at.WORK_TOLD_WORDS, at.TOLD_WORDS * at.TOLD_WORD_NUMBERS),
    met: numbers(at.WORK_MET, (at.MET_BYTES << at.MET_LOG) / 4),
  })
  return {
    scan(lines, firstLine) {
      if (lines.length > INPUT_BYTES) throw new Error(`scan ${lines.length} bytes: too many`)
      bytes.set(lines, input)
      exports.scan(lines.length, firstLine)
      const count = exports.candidateCount.value
      const numbers = new Uint32Array(memory.buffer, found, (count * at.CANDIDATE_BYTES) / 4)
      return {
        allowed: exports.allowed.value,
        answers: bytes.subarray(output, output + exports.outputLength.value),
        candidates: Array.from({ length: count }, (_, index) => candidateAt(numbers, index * 5)),
        nextLine: exports.nextLine.value,
      }
    },
    tell({ start, end, fields }) {
      told.open(exports.tell(start, end, fields))
      return told
    },
  }
}

function candidateAt(numbers: Uint32Array, index: number): Candidate {
  return {
    start: numbers[index] ?? 0,
    end: numbers[index + 1] ?? 0,
    line: numbers[index + 2] ?? 0,
    fields: numbers[index + 3] ?? 0,
    answerAt: numbers[index + 4] ?? 0,
  }
}

function layOutRoom(tables: Uint32Array): { header: Uint32Array; length: number } {
  const header = new Uint32Array(at.WORK_HEADER_WORDS)
  const layout = new Layout(at.WORK_HEADER_WORDS * 4)
  const add = (index: number, bytes: number) => {
    header[index] = layout.add(bytes + at.PADDING)
  }
  const [anchors, slots, signals, policies] = [
    tables[at.ANCHOR_COUNT] ?? 0,
    tables[at.SLOT_COUNT] ?? 0,
    tables[at.SIGNAL_COUNT] ?? 0,
    tables[at.POLICY_COUNT] ?? 0,
  ]
  const lines = Math.ceil(INPUT_BYTES / SHORTEST_LINE)
  add(at.BLOOM, 1 << at.BLOOM_LOG)
  // From here to the end of stamps all is wiped together.
  add(at.WORK_ANCHOR_STAMPS, anchors * 4)
  add(at.WORK_ANCHOR_HITS, anchors * 4)
  add(at.WORK_SLOT_STAMPS, slots * 4)
  add(at.WORK_SLOT_LIST, slots * 4)
  add(at.WORK_SIGNAL_STAMPS, signals * 4)
  add(at.WORK_PATTERN_STAMPS, (tables[at.NEEDLE_PATTERN_COUNT] ?? 0) * 4)
  add(at.WORK_PATTERN_SETS, (tables[at.NEEDLE_PATTERN_COUNT] ?? 0) * 4)
  add(at.WORK_POLICY_SUMS, policies * 8)
  add(at.WORK_POLICY_STAMPS, policies * 4)
  add(at.WORK_POLICY_FIELDS, policies * 4)
  add(at.WORK_POLICY_CATEGORIES, policies * 4)
  add(at.WORK_STAMPS_END, 0)
  add(at.WORK_MET, at.MET_BYTES * ((1 << at.MET_LOG) + 1))
  add(at.WORK_GUARDED, at.GUARDED_ANCHORS * 16)
  add(at.WORK_SPELLED, 512)
  add(at.WORK_REACH, 256)
  add(at.WORK_PLAIN, INPUT_BYTES * 2)
  add(at.WORK_INPUT, INPUT_BYTES)
  add(at.WORK_OUTPUT, INPUT_BYTES + lines * ANSWER_BYTES)
  add(at.WORK_TOLD_TEXTS, at.TOLD_TEXTS * at.TOLD_TEXT_NUMBERS * 4)
  add(at.WORK_TOLD_WORDS, at.TOLD_WORDS * at.TOLD_WORD_NUMBERS * 4)
  // Any byte may be a line that cannot be read.
  add(at.WORK_CANDIDATES, Math.ceil(INPUT_BYTES / 2) * at.CANDIDATE_BYTES)
  return { header, length: layout.length }
}

function hashWith(wasm: WasmApi, module: object): HashWords {
  const layout = new Layout(PAGE)
  const tables = layout.add(at.HEADER_WORDS * 4)
  const masks = layout.add(lengthMasks().length)
  const room = layOutRoom(new Uint32Array(at.HEADER_WORDS))
  const roomAt = layout.add(room.length)
  const memory = openMemory(wasm, layout.length)
  const bytes = new Uint8Array(memory.buffer)
  new Uint32Array(memory.buffer, tables)[at.LENGTH_MASKS] = masks - tables
  bytes.set(lengthMasks(), masks)
  bytes.set(new Uint8Array(room.header.buffer), roomAt)
  const exports = instantiate(wasm, module, memory)
  exports.open(tables, roomAt)
  const [input, output, lengths] = [
    roomAt + (room.header[at.WORK_INPUT] ?? 0),
    roomAt + (room.header[at.WORK_OUTPUT] ?? 0),
    roomAt + (room.header[at.WORK_CANDIDATES] ?? 0),
  ]
  return (words) => {
    const hashes = new Uint32Array(words.length * 2)
    // As many at a time as surely have room.
    const most = 4000
    for (let from = 0; from < words.length; from += most) {
      const some = words.slice(from, from + most)
      let place = input
      some.forEach((word, index) => {
        for (let letter = 0; letter < word.length; letter++)
          bytes[place++] = word.charCodeAt(letter)
        new Uint32Array(memory.buffer, lengths + index * 4, 1)[0] = word.length
      })
      exports.hashWords(some.length)
      hashes.set(new Uint32Array(memory.buffer, output, some.length * 2), from * 2)
    }
    return hashes
  }
}

function openMemory(wasm: WasmApi, bytes: number): WasmMemory {
  const pages = Math.ceil(bytes / PAGE) + 1
  return new wasm.Memory({ initial: pages, maximum: pages, shared: true })
}

function instantiate(wasm: WasmApi, module: object, memory: WasmMemory): Exports {
  const { exports } = new wasm.Instance(module, { env: { memory } })
  return exports as Exports // what index.ts exports
}
