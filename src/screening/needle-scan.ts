/** A needle scan reads a text once and tells which patterns may stand in it (after Aho and Corasick). */
import type { WordCursor } from './words.ts'

export interface NeedleScan {
  /** The numbers of the patterns that have a needle of each of their sets in the text, and of those that have none. */
  patternsIn(text: Pick<WordCursor, 'units' | 'length'>): readonly number[]
}

/** What a column can hold. */
const LAST_TURN = 0x7fffffff
const KELVIN = 0x212a
const LONG_S = 0x17f

/** Lays out the needles of patterns. */
export function openScan(
  patterns: readonly { number: number; needles: readonly (readonly string[])[] }[],
): NeedleScan {
  const sets = patterns.flatMap(({ needles }, pattern) =>
    needles.map((own) => ({ pattern, needles: own })),
  )
  const always = patterns.flatMap(({ number, needles }) => (needles.length === 0 ? [number] : []))
  if (sets.length === 0) return { patternsIn: () => always }
  const signs = new Set(sets.flatMap(({ needles }) => [...needles.join('')]))
  /** The column of each ASCII sign; 0 for those in no needle. */
  const columnOf = new Uint8Array(128)
  for (const [at, sign] of [...signs].entries()) {
    columnOf[sign.charCodeAt(0)] = at + 1
    columnOf[sign.toUpperCase().charCodeAt(0)] = at + 1
  }
  const width = signs.size + 1
  const states = layOut(
    sets.map(({ needles }) => needles),
    columnOf,
    width,
  )
  /** Where each state leads by each column, as the place of its own row; below 0 where a needle ends. */
  const next = new Int32Array(states.length * width)
  for (const [state, { next: to }] of states.entries())
    for (const [column, other] of to.entries())
      next[state * width + column] = states[other]?.sets.size ? -other * width : other * width
  const setsAt = states.map((state) => [...state.sets])
  /** The turn in which a set was last met, and in which turn how many of a pattern's were. */
  const seen = new Int32Array(sets.length)
  const counted = new Int32Array(patterns.length)
  const counts = new Int32Array(patterns.length)
  let turn = 0

  return {
    patternsIn({ units, length }) {
      let found: number[] | null = null
      let row = 0
      if (turn++ === LAST_TURN) {
        seen.fill(0)
        counted.fill(0)
        turn = 1
      }
      for (let at = 0; at < length; at++) {
        const code = units[at] ?? 0
        row = next[row + (columnOf[code < 128 ? code : foldWide(code)] ?? 0)] ?? 0
        if (row >= 0) continue
        row = -row
        for (const set of setsAt[row / width] ?? []) {
          if (seen[set] === turn) continue
          seen[set] = turn
          const pattern = sets[set]?.pattern ?? 0
          counts[pattern] = counted[pattern] === turn ? (counts[pattern] ?? 0) + 1 : 1
          counted[pattern] = turn
          const own = patterns[pattern]
          if (counts[pattern] === own?.needles.length) (found ??= [...always]).push(own.number)
        }
      }
      return found ?? always
    },
  }
}

/** The letter of needles that folds to this one. */
function foldWide(code: number): number {
  return code === KELVIN ? 107 : code === LONG_S ? 115 : 0
}

interface State {
  next: number[]
  sets: Set<number>
}

/** One state for each beginning of a needle, and from it, by each sign, to the longest beginning that then ends there. */
function layOut(
  sets: readonly (readonly string[])[],
  columnOf: Uint8Array,
  width: number,
): State[] {
  const open = (): State => ({ next: new Array<number>(width).fill(0), sets: new Set() })
  const states = [open()]
  for (const [set, needles] of sets.entries()) {
    for (const needle of needles) {
      let state = states[0]
      for (const sign of needle) {
        const column = columnOf[sign.charCodeAt(0)] ?? 0
        const known = state?.next[column] ?? 0
        if (state && known === 0) state.next[column] = states.push(open()) - 1
        state = states[state?.next[column] ?? 0]
      }
      state?.sets.add(set)
    }
  }
  const fallsTo = [0]
  const queue = (states[0]?.next ?? []).filter((to) => to !== 0)
  for (let at = 0; at < queue.length; at++) {
    const number = queue[at] ?? 0
    const state = states[number]
    const fall = states[fallsTo[number] ?? 0]
    for (const set of fall?.sets ?? []) state?.sets.add(set)
    for (let column = 1; column < width; column++) {
      const to = state?.next[column] ?? 0
      const otherwise = fall?.next[column] ?? 0
      if (to === 0) state?.next.splice(column, 1, otherwise)
      else {
        fallsTo[to] = otherwise
        queue.push(to)
      }
    }
  }
  return states
}
