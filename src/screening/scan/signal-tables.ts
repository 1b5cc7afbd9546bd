/** The tables of signals and policies: what each adds, and how much a policy needs before it comes to a finding. */
import type { CompiledPolicies } from '../compile.ts'
import type { CompiledPolicy, CompiledSignal } from '../compiled-policy.ts'
import { bitsOf } from '../field-kinds.ts'
import * as at from './layout.ts'
import { needleSetsOf } from './needle-tables.ts'
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

/** Lays policies by their number. */
export function layPolicies(
  writer: TableWriter,
  header: Uint32Array,
  { policies }: CompiledPolicies,
): void {
  const table = new DataView(new ArrayBuffer(policies.length * at.POLICY_BYTES))
  policies.forEach((policy, index) => {
    const { onlyIn, exceptIn } = policy
    const start = index * at.POLICY_BYTES
    const { base, least, isAlways } = scaleOf(policy)
    table.setFloat64(start, base, true)
    table.setFloat64(start + 8, least, true)
    table.setInt32(start + 16, onlyIn ?? -1, true)
    table.setUint32(start + 20, isAlways ? 1 : 0, true)
    table.setUint32(start + 24, onlyIn === null && exceptIn === null ? 0 : at.CATEGORY, true)
  })
  header[at.POLICIES] = writer.lay(new Uint8Array(table.buffer))
  header[at.POLICY_COUNT] = policies.length
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
