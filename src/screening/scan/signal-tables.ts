/** The tables of signals and policies: what each adds, and how much a policy needs before it comes to a finding. */
import type { CompiledPolicies } from '../compile.ts'
import type { CompiledPolicy, CompiledSignal } from '../compiled-policy.ts'
import { bitsOf } from '../field-kinds.ts'
import { rarestGroup } from './anchor-tables.ts'
import * as at from './layout.ts'
import { needleSetsOf } from './needle-tables.ts'
import { frequencyOf } from './phrases.ts'
import type { Phrases } from './phrases.ts'
import type { TableWriter } from './writer.ts'

/** What a policy weighs before a word is read. */
interface Scale {
  /** With all that may stand although no word and no needle says so, and all that learned words may add. */
  base: number
  /** From this sum on there may be a finding. */
  least: number
  /** Whether something that speaks for a finding may stand without a word. */
  isAlways: boolean
}

/** Lays signals by their number. */
export function laySignals(
  writer: TableWriter,
  header: Uint32Array,
  { signals, policies }: CompiledPolicies,
): void {
  const table = new DataView(new ArrayBuffer(signals.length * at.SIGNAL_BYTES))
  policies.forEach((policy, index) => {
    for (const signal of policy.signals) {
      const start = signal.number * at.SIGNAL_BYTES
      table.setUint32(start, bitsOf(signal.fields), true)
      table.setUint32(start + 4, index, true)
      table.setInt32(start + 8, signal.phrases ?? -1, true)
      table.setInt32(start + 12, signal.together.length, true)
      signal.together.forEach((slot, group) => table.setInt32(start + 16 + group * 4, slot, true))
      table.setFloat64(start + 32, signal.speaksFor ? signal.weight : 0, true)
    }
  })
  header[at.SIGNALS] = writer.lay(new Uint8Array(table.buffer))
  header[at.SIGNAL_COUNT] = signals.length
}

/** Lays policies for each of the readings: in the first, what brings a finding nearer is reason enough for the second. */
export function layPolicies(
  writer: TableWriter,
  { first, second }: { first: Uint32Array; second: Uint32Array },
  { policies }: CompiledPolicies,
): void {
  const scales = policies.map(scaleOf)
  first[at.POLICIES] = writer.lay(
    policyTable(
      policies,
      scales.map(({ base, least, isAlways }) => ({
        base,
        least: -Infinity,
        isAlways: isAlways && base >= least,
      })),
    ),
  )
  second[at.POLICIES] = writer.lay(policyTable(policies, scales))
  first[at.POLICY_COUNT] = policies.length
  second[at.POLICY_COUNT] = policies.length
}

/** Of each policy the signals without which it cannot come to a finding; those most often met are left out. */
export function triggersOf({ policies }: CompiledPolicies, phrases: Phrases): CompiledSignal[] {
  return policies.flatMap((policy) => {
    const { base, least } = scaleOf(policy)
    const own = policy.signals
      .filter((signal) => signal.speaksFor && !needsNoWord(signal))
      .map((signal) => ({ signal, met: metOf(phrases, signal) }))
    let sum = base
    return own
      .sort((one, other) => other.met - one.met)
      .filter(({ signal }) => {
        if (sum + signal.weight >= least) return true
        sum += signal.weight
        return false
      })
      .map(({ signal }) => signal)
  })
}

/** How often the words are met on which a signal hangs; what has a pattern is taken for common. */
function metOf(phrases: Phrases, signal: CompiledSignal): number {
  if (signal.patterns.length > 0) return Number.MAX_SAFE_INTEGER
  return frequencyOf(phrases, signal.phrases) + frequencyOf(phrases, rarestGroup(phrases, signal))
}

function scaleOf(policy: CompiledPolicy): Scale {
  const always = policy.signals.filter((signal) => signal.speaksFor && needsNoWord(signal))
  return {
    base: always.reduce((sum, { weight }) => sum + weight, policy.base) + mostLearned(policy),
    least: lowestSum(policy.policy.thresholds.review),
    isAlways: always.length > 0,
  }
}

/** Whether a signal may stand although no word and no needle says so. */
function needsNoWord(signal: CompiledSignal): boolean {
  if (signal.patterns.length > 0) return needleSetsOf(signal) === null
  return !hasWords(signal)
}

function hasWords({ phrases, together }: CompiledSignal): boolean {
  return phrases !== null || together.length > 0
}

function policyTable(policies: readonly CompiledPolicy[], scales: readonly Scale[]): Uint8Array {
  const table = new DataView(new ArrayBuffer(policies.length * at.POLICY_BYTES))
  policies.forEach(({ onlyIn, exceptIn }, index) => {
    const start = index * at.POLICY_BYTES
    const { base, least, isAlways } = scales[index] ?? { base: 0, least: 0, isAlways: true }
    const category = onlyIn === null && exceptIn === null ? 0 : at.CATEGORY
    table.setFloat64(start, base, true)
    table.setFloat64(start + 8, least, true)
    table.setInt32(start + 16, onlyIn ?? -1, true)
    table.setUint32(start + 20, isAlways ? 1 : 0, true)
    table.setUint32(start + 24, category, true)
  })
  return new Uint8Array(table.buffer)
}

/** The most that learned words may add: each counts once. */
function mostLearned({ policy: { learned } }: CompiledPolicy): number {
  if (learned === undefined) return 0
  // The sign of a word says which way its weight speaks, so either may.
  return Object.values(learned.words).reduce((sum, weight) => sum + Math.abs(weight), 0)
}

/** The least sum whose score is so high, with more room than rounding needs; a score of 1 is that of any large sum. */
function lowestSum(score: number): number {
  if (score <= 0) return -Infinity
  return (score >= 1 ? 36 : Math.log(score / (1 - score))) - 1e-6
}
