/** A writer lays parts one after another in what becomes the tables, and tells where each begins. */
import { Column } from '../column.ts'
import * as at from './layout.ts'
import { Layout } from './memory.ts'

/** Words are compared sixteen letters at a time. */
const LETTERS_UNIT = 16

export class TableWriter {
  #layout = new Layout(at.HEADER_WORDS * 4)
  #laid: { start: number; bytes: Uint8Array }[] = []

  /** Lays a part, at the beginning of a cache line or of another unit. */
  lay(part: Uint8Array | Uint32Array | Int32Array, unit?: number): number {
    const bytes = new Uint8Array(part.buffer, part.byteOffset, part.byteLength)
    const start = this.#layout.add(bytes.length, unit)
    this.#laid.push({ start, bytes })
    return start
  }

  layLetters(letters: string): number {
    return this.lay(asBytes(letters), LETTERS_UNIT)
  }

  /** Lays so many lists of numbers one after another; answers where each begins. */
  layLists(lists: number, write: (list: number, numbers: Column) => void): Uint32Array {
    const numbers = new Column()
    const begins = new Uint32Array(lists)
    for (let list = 0; list < lists; list++) {
      begins[list] = numbers.length * 4
      write(list, numbers)
    }
    const start = this.lay(numbers.toArray())
    return begins.map((begin) => start + begin)
  }

  /** Everything, behind the header. */
  finish(header: Uint32Array): Uint8Array {
    const tables = new Uint8Array(this.#layout.length + at.PADDING)
    tables.set(new Uint8Array(header.buffer))
    for (const { start, bytes } of this.#laid) tables.set(bytes, start)
    return tables
  }
}

/** ASCII letters as bytes. */
export function asBytes(letters: string): Uint8Array {
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0))
}

const QUARTET = 0x9e3779b1 | 0

/** Two or four letters as they are compared: without case, and with some signs alike. */
export function quartetOf(letters: string): number {
  let value = 0
  for (let index = 0; index < Math.min(4, letters.length); index++)
    value |= (letters.charCodeAt(index) | 0x20) << (8 * index)
  return value >>> 0
}

/** The hash of such letters: its highest bits are a place in flags, bits, or a table. */
export function hashQuartet(quartet: number): number {
  return Math.imul(quartet, QUARTET)
}

export function setBit(bits: Uint8Array, bit: number): void {
  bits[bit >>> 3] = (bits[bit >>> 3] ?? 0) | (1 << (bit & 7))
}

/** Rows of so many numbers by open addressing, for so many entries; a row is free while its number at `used` is 0. */
export class OpenTable {
  readonly rows: Uint32Array
  readonly mask: number
  #width: number
  #used: number

  constructor(entries: number, { width, used }: { width: number; used: number }) {
    // At least half of it stays free.
    const size = 2 ** Math.ceil(Math.log2(entries * 2 + 2))
    this.rows = new Uint32Array(size * width)
    this.mask = size - 1
    this.#width = width
    this.#used = used
  }

  /** Puts a row in the first free place from that of its hash on, which its highest bits tell: the lowest say little. */
  put(hash: number, row: readonly number[]): void {
    let place = hash >>> Math.clz32(this.mask)
    while ((this.rows[place * this.#width + this.#used] ?? 0) !== 0) place = (place + 1) & this.mask
    this.rows.set(row, place * this.#width)
  }
}
