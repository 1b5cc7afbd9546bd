/** What may stand in a listing is told by the endings met in its fields, so that no signal is looked at that cannot be found. */
import type { FieldKind } from '../core/policy.ts'
import type { CompiledPolicy, CompiledSignal } from './compiled-policy.ts'
import { bitsOf, kindBits } from './field-kinds.ts'
import type { Page } from './page.ts'
import { slotsOf } from './phrase-tree.ts'
import type { PhraseTree, Slot } from './phrase-tree.ts'

/** What was met in a field. */
interface Met {
  readonly kind: FieldKind
  /** From which place on the page to which its endings stand. */
  readonly from: number
  readonly to: number
  /** The patterns that may speak for a finding in it. */
  readonly speaking: readonly number[]
}

/**
 * Counts up, for one listing at a time, the signals of which in a field some phrase stands, or one of every group, or a
 * needle. It keeps its columns from listing to listing, and forgets what was in them by a number that goes up.
 */
export interface Standing {
  /** Begins a listing. */
  clear(): void
  /** Takes in the endings met in a field, and the patterns that may speak for a finding in it. */
  addField(field: number, met: Met): void
  /** The policies with a signal that may stand, and the sum of the weights of those that speak for a finding. */
  readonly policies: readonly number[]
  sumOf(policy: number): number
  /** The signals of a policy that may stand. */
  signalsOf(policy: number): readonly number[]
  /** The fields in which a signal may stand, in order. */
  fieldsOf(signal: number): readonly number[]
}

const NO_FIELD: readonly number[] = []
/** What a column can hold; two hours of fields. */
const LAST_TURN = 0x7fffffff

export function openStanding(
  { tree, page }: { tree: PhraseTree; page: Page },
  policies: readonly CompiledPolicy[],
): Standing {
  const signals = policies.flatMap((policy) => policy.signals)
  const policyOf = Int32Array.from(
    policies.flatMap((policy, number) => policy.signals.map(() => number)),
  )
  const weights = Float64Array.from(signals, ({ speaksFor, weight }) => (speaksFor ? weight : 0))
  const kinds = Uint8Array.from(signals, ({ fields }) => bitsOf(fields))
  /** By ending: the signals that it is enough for, those whose first group it is in, and the groups that it is in. */
  const rows = (slotsOfSignal: (signal: CompiledSignal) => readonly (Slot | null)[]) => {
    const bySlot = new Map<Slot, number[]>()
    for (const signal of signals)
      for (const slot of slotsOfSignal(signal))
        if (slot !== null) {
          const known = bySlot.get(slot)
          if (known) known.push(signal.number)
          else bySlot.set(slot, [signal.number])
        }
    return rowsOf(tree, (slot) => bySlot.get(slot) ?? [])
  }
  const namers = rows(({ phrases }) => [phrases])
  const claimers = rows(({ together }) => together.slice(0, 1))
  const grouped = new Set(signals.flatMap(({ together }) => together))
  const groups = rowsOf(tree, (slot) => (grouped.has(slot) ? [slot] : []))
  const matchers: number[][] = []
  for (const { number, patterns } of signals)
    for (const pattern of patterns) (matchers[pattern.number] ??= []).push(number)

  let turn = 0
  const seenGroups = new Int32Array(tree.slots)
  const seenEndings = new Int32Array(tree.endingBegins.length)
  const unique = new Int32Array(tree.endingBegins.length)
  const fields: number[][] = signals.map(() => [])
  const sums = new Float64Array(policies.length)
  const standing: number[][] = policies.map(() => [])
  let touched: number[] = []

  const add = (number: number, field: number, bit: number): void => {
    if (((kinds[number] ?? 0) & bit) === 0) return
    const before = fields[number]
    if (before === undefined || before.at(-1) === field) return
    if (before.push(field) > 1) return
    const policy = policyOf[number] ?? 0
    if (standing[policy]?.push(number) === 1) touched.push(policy)
    sums[policy] = (sums[policy] ?? 0) + (weights[number] ?? 0)
  }
  const standTogether = (number: number): boolean => {
    for (const slot of signals[number]?.together ?? []) if (seenGroups[slot] !== turn) return false
    return true
  }

  return {
    clear() {
      for (const policy of touched) {
        for (const signal of standing[policy] ?? []) fields[signal] = []
        standing[policy] = []
        sums[policy] = 0
      }
      touched = []
    },
    addField(field, met) {
      if (turn++ === LAST_TURN) {
        seenGroups.fill(0)
        seenEndings.fill(0)
        turn = 1
      }
      const bit = kindBits[met.kind]
      for (const pattern of met.speaking)
        for (const number of matchers[pattern] ?? []) add(number, field, bit)
      let endings = 0
      for (let place = met.from; place < met.to; place++) {
        const ending = page.endings[place] ?? 0
        if (seenEndings[ending] === turn) continue
        seenEndings[ending] = turn
        unique[endings++] = ending
        const to = groups.begins[ending + 1] ?? 0
        for (let at = groups.begins[ending] ?? 0; at < to; at++)
          seenGroups[groups.values[at] ?? 0] = turn
      }
      for (let index = 0; index < endings; index++) {
        const ending = unique[index] ?? 0
        let to = namers.begins[ending + 1] ?? 0
        for (let at = namers.begins[ending] ?? 0; at < to; at++)
          add(namers.values[at] ?? 0, field, bit)
        to = claimers.begins[ending + 1] ?? 0
        for (let at = claimers.begins[ending] ?? 0; at < to; at++) {
          const number = claimers.values[at] ?? 0
          if (standTogether(number)) add(number, field, bit)
        }
      }
    },
    get policies() {
      return touched
    },
    sumOf: (policy) => sums[policy] ?? 0,
    signalsOf: (policy) => standing[policy] ?? NO_FIELD,
    fieldsOf: (signal) => fields[signal] ?? NO_FIELD,
  }
}

interface Rows {
  readonly begins: Int32Array
  readonly values: Int32Array
}

/** Of each ending what its sets stand for, each once. */
function rowsOf(tree: PhraseTree, standsFor: (slot: Slot) => readonly number[]): Rows {
  const endings = tree.endingBegins.length - 1
  const begins = new Int32Array(endings + 1)
  const values: number[] = []
  for (let ending = 0; ending < endings; ending++) {
    begins[ending] = values.length
    for (const value of new Set([...slotsOf(tree, ending)].flatMap(standsFor))) values.push(value)
  }
  begins[endings] = values.length
  return { begins, values: Int32Array.from(values) }
}
