/** The tables by which words are known: as they stand, by how they begin and end, and by the parts that they may be in. */
import * as at from './layout.ts'
import type { HashWords, Phrases, Word } from './phrases.ts'
import { hashQuartet, OpenTable, quartetOf, setBit } from './writer.ts'
import type { TableWriter } from './writer.ts'

/** So many bits for each word of a set keep words of no set out. */
const BITS_A_WORD = 20
/** The same for a part, which is set in two places. */
const BITS_A_PART = 16

/** For 0 to 16 letters, which bytes of a vector they are. */
export function lengthMasks(): Uint8Array {
  const masks = new Uint8Array(17 * 16)
  for (let length = 0; length <= 16; length++) masks.fill(0xff, length * 16, length * 16 + length)
  return masks
}

/** Lays the parts in which words may be written; which really are, the exact engine knows. */
export function layParts(
  writer: TableWriter,
  header: Uint32Array,
  { words }: Phrases,
  hashWords: HashWords,
): void {
  const firsts = new Set<string>()
  const lasts = new Set<string>()
  for (const { letters, isWhole, isUsed } of words) {
    if (!isWhole || !isUsed) continue
    const shortest = /\d/.test(letters) ? 1 : 3
    for (let length = shortest; length <= letters.length - shortest; length++) {
      firsts.add(letters.slice(0, length))
      lasts.add(letters.slice(length))
    }
  }
  const log = Math.max(
    13,
    Math.ceil(Math.log2(Math.max(firsts.size, lasts.size) * BITS_A_PART + 1)),
  )
  const bits = new Uint8Array(1 << (log - 2))
  for (const [bit, parts] of [firsts, lasts].entries()) {
    const hashes = hashWords([...parts])
    for (let part = 0; part < hashes.length; part += 2) {
      setBit(bits, ((hashes[part + 1] ?? 0) >>> (32 - log)) * 2 + bit)
      setBit(bits, (hashQuartet(hashes[part] ?? 0) >>> (32 - log)) * 2 + bit)
    }
  }
  header[at.PART_BITS] = writer.lay(bits)
  header[at.PART_BITS_SHIFT] = 32 - log
}

/** Lays the words of which others may be glued, and those that stand for all that begin so. */
export function layWords(writer: TableWriter, header: Uint32Array, { words }: Phrases): void {
  const pieces = words.filter(({ letters, isWhole }) => isWhole && letters.length >= 4)
  const starred = words.filter(({ isStarred, isUsed }) => isStarred && isUsed)
  layPieces(writer, header, pieces)
  layStarred(writer, header, starred)
  const flags = new Uint32Array(1 << at.QUARTET_LOG)
  const set = (letters: string, flag: number) => {
    const place = hashQuartet(quartetOf(letters)) >>> (32 - at.QUARTET_LOG)
    flags[place] = ((flags[place] ?? 0) | flag) >>> 0
  }
  for (const { letters } of pieces) {
    const length = Math.min(letters.length, 15) - 4
    set(letters, 1 << length)
    set(letters.slice(-4), 1 << (31 - length))
  }
  for (const { letters } of starred) set(letters, at.BEGINS_STARRED)
  header[at.QUARTET_FLAGS] = writer.lay(flags)
}

/** Lays what each word may be, by its hash; `anchors` are the words on which phrases hang. */
export function layWordFlags(
  writer: TableWriter,
  header: Uint32Array,
  { words }: Phrases,
  anchors: readonly number[],
): void {
  const used = words.filter(({ isUsed }) => isUsed)
  const log = Math.max(13, Math.ceil(Math.log2(used.length * 8 + 1)))
  const flags = new Uint8Array(1 << log)
  const set = (high: number, flag: number) => {
    flags[high >>> (32 - log)] = (flags[high >>> (32 - log)] ?? 0) | flag
  }
  for (const { high } of used) set(high, at.IS_USED)
  for (const word of anchors) set(words[word]?.high ?? 0, at.IS_ANCHOR)
  header[at.WORD_FLAGS] = writer.lay(flags)
  header[at.WORD_FLAGS_SHIFT] = 64 - log
}

function layPieces(writer: TableWriter, header: Uint32Array, pieces: readonly Word[]): void {
  const log = Math.max(13, Math.ceil(Math.log2(pieces.length * BITS_A_WORD + 1)))
  const bits = new Uint8Array(1 << (log - 3))
  for (const { high } of pieces) setBit(bits, high >>> (32 - log))
  header[at.PIECE_BITS] = writer.lay(bits)
  header[at.PIECE_BITS_SHIFT] = 64 - log
  header[at.PIECE_LONGEST] = pieces.reduce(
    (longest, { letters }) => Math.max(longest, letters.length),
    0,
  )
}

function layStarred(writer: TableWriter, header: Uint32Array, starred: readonly Word[]): void {
  const table = new OpenTable(starred.length, { width: 6, used: 1 })
  for (const { letters, low, high } of starred) {
    const head = quartetOf(letters)
    const start = writer.layLetters(letters)
    const tail = quartetOf(letters.slice(4))
    table.put(hashQuartet(head), [head, letters.length, start, tail, low, high])
  }
  header[at.STAR_TABLE] = writer.lay(table.rows)
  header[at.STAR_TABLE_MASK] = table.mask
}
