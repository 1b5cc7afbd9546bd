/** The tables of needles: of each pattern that speaks for a finding, letters that must stand where it does. */
import type { CompiledSignal } from '../compiled-policy.ts'
import { bitsOf } from '../field-kinds.ts'
import { rarityOf } from '../needles.ts'
import * as at from './layout.ts'
import { hashQuartet, OpenTable, quartetOf, setBit } from './writer.ts'
import type { TableWriter } from './writer.ts'

interface Entry {
  needle: string
  mark: Mark
  pattern: number
  /** A bit for the set of needles of its pattern that it is in. */
  set: number
  /** The kinds of fields in which it is looked for. */
  kinds: number
}

/** Letters by which a needle is found, and where in it they stand. */
interface Mark {
  letters: string
  at: number
}

/** Longer than any needle: then none is looked for in words. */
const NONE = 1000

/** Lays the needles of some signals. */
export function layNeedles(
  writer: TableWriter,
  header: Uint32Array,
  signals: readonly CompiledSignal[],
): void {
  const entries: Entry[] = []
  const patterns: number[] = []
  let [kinds, wordKinds, shortest] = [0, 0, NONE]
  for (const signal of signals) {
    for (const sets of needleSetsOf(signal) ?? []) {
      sets.forEach((needles, set) => {
        for (const needle of needles) {
          if (isInWord(needle)) {
            wordKinds |= bitsOf(signal.fields)
            shortest = Math.min(shortest, needle.length)
          } else kinds |= bitsOf(signal.fields)
          entries.push({
            needle,
            mark: markOf(needle),
            pattern: patterns.length / 2,
            set: 1 << set,
            kinds: bitsOf(signal.fields),
          })
        }
      })
      patterns.push(signal.number, (1 << sets.length) - 1)
    }
  }
  layByMark(writer, header, entries)
  const halves = new Uint8Array(128)
  halves.set(halvesOf(entries.filter(({ kinds: own }) => (own & at.TITLE) !== 0)))
  halves.set(halvesOf(entries.filter(({ kinds: own }) => (own & ~at.TITLE) !== 0)), 64)
  header[at.NEEDLE_HALVES] = writer.lay(halves)
  header[at.NEEDLE_PATTERNS] = writer.lay(Uint32Array.from(patterns))
  header[at.NEEDLE_PATTERN_COUNT] = patterns.length / 2
  header[at.NEEDLE_KINDS] = kinds
  header[at.WORD_NEEDLE_KINDS] = wordKinds
  header[at.SHORTEST_NEEDLE] = shortest
}

/**
 * For each pattern of a signal sets of needles of which each must have one; null where a pattern has none to look for. Words
 * are looked at once and texts each time, so that in long texts needles are looked for in words, if any are.
 */
export function needleSetsOf({ patterns, fields }: CompiledSignal): string[][][] | null {
  const all: string[][][] = []
  for (const { needles } of patterns) {
    const sets = needles
      .map((set) => [...new Set(set.map(asFound))])
      .filter((set) => set.every(isFindable))
    if (sets.length === 0) return null
    const inWords = sets.filter((set) => set.every(isInWord))
    all.push(bitsOf(fields) === at.TITLE || inWords.length === 0 ? sets : inWords)
  }
  return all
}

/**
 * By the lower and the upper half of a byte, and of the one after it, a bit for each group of needles in which they may
 * stand; those whose pairs are alike are in one group (after the Teddy of Hyperscan).
 */
function halvesOf(entries: readonly Entry[]): Uint8Array {
  const pairs = new Set(
    entries.filter(({ needle }) => !isInWord(needle)).map(({ mark }) => quartetOf(mark.letters)),
  )
  const sorted = [...pairs].sort((a, b) => upperFirst(a) - upperFirst(b))
  const halves = new Uint8Array(64)
  for (const [index, pair] of sorted.entries()) {
    const group = 1 << Math.floor((index * 8) / sorted.length)
    const [first, second] = [pair & 0xff, pair >>> 8]
    const rows = [first & 15, 16 + (first >>> 4), 32 + (second & 15), 48 + (second >>> 4)]
    for (const place of rows) halves[place] = (halves[place] ?? 0) | group
  }
  return halves
}

/** A pair with the upper halves of its bytes before the lower ones: signs, digits and letters lie apart. */
function upperFirst(pair: number): number {
  return ((pair & 0xf0f0) << 16) | (pair & 0x0f0f)
}

/** The marks by which needles are found, and where in each they stand. */
function layByMark(writer: TableWriter, header: Uint32Array, entries: readonly Entry[]): void {
  const byMark = new Map<number, Entry[]>()
  for (const entry of entries) {
    const mark = quartetOf(entry.mark.letters)
    const own = byMark.get(mark)
    if (own) own.push(entry)
    else byMark.set(mark, [entry])
  }
  // Those of titles, those of other fields, and all.
  const size = 1 << at.NEEDLE_LOG
  const bits = new Uint8Array((3 * size) / 8)
  const table = new OpenTable(byMark.size, { width: 2, used: 1 })
  for (const [mark, own] of byMark) {
    const hash = hashQuartet(mark)
    const bit = hash >>> (32 - at.NEEDLE_LOG)
    if (own.some(({ kinds }) => (kinds & at.TITLE) !== 0)) setBit(bits, bit)
    if (own.some(({ kinds }) => (kinds & ~at.TITLE) !== 0)) setBit(bits, size + bit)
    setBit(bits, 2 * size + bit)
    const numbers = own.flatMap(({ needle, mark: { at: start }, pattern, set }) => [
      writer.layLetters(needle),
      needle.length | (start << at.NEEDLE_MARK_SHIFT),
      pattern,
      set,
    ])
    table.put(hash, [mark, writer.lay(Uint32Array.from([own.length, ...numbers]))])
  }
  header[at.NEEDLE_BITS] = writer.lay(bits)
  header[at.NEEDLE_TABLE] = writer.lay(table.rows)
  header[at.NEEDLE_TABLE_MASK] = table.mask
}

/**
 * By what a needle is found: in a word, which is looked at once, by its first four letters, or two where it is shorter;
 * in a text by the two letters of it that are met the least.
 */
function markOf(needle: string): Mark {
  if (isInWord(needle)) return { letters: needle.slice(0, needle.length < 4 ? 2 : 4), at: 0 }
  const pairs = Array.from({ length: needle.length - 1 }, (_, start) => ({
    letters: needle.slice(start, start + 2),
    at: start,
  }))
  // Digits are rare and stand beside digits.
  const rarity = (pair: string) => (/[0-9]{2}/.test(pair) ? 6 : 1) * rarityOf([pair])
  return pairs.reduce((rarest, pair) =>
    rarity(pair.letters) < rarity(rarest.letters) ? pair : rarest,
  )
}

/** What is of letters and digits alone stands within a word, wherever it stands. */
function isInWord(needle: string): boolean {
  return /^[a-z0-9]+$/.test(needle)
}

/** In a list of texts a comma and a space may stand where none is read: in no needle, and not before one. */
function asFound(needle: string): string {
  return needle.replace(/\s/g, ' ').trimStart()
}

function isFindable(needle: string): boolean {
  const isOfLength = needle.length >= 2 && needle.length < 1 << at.NEEDLE_MARK_SHIFT
  return isOfLength && /^[ -~]+$/.test(needle) && !needle.includes(',')
}
