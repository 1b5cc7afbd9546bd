/** The rules that listings are screened against: policies in force that are not off, their levels, and the procedure. */
import { watchesAccounts, type Jurisdiction, type Level, type Policy } from '../core/policy.ts'
import { compilePolicies, type CompiledPolicies } from '../screening/compile.ts'
import { tellingAll } from '../screening/examples.ts'
import { openPool, type ScreeningPool } from '../screening/pool.ts'
import type { Tx } from '../store/db.ts'
import { currentLevels, currentPolicies, type AdoptedPolicy } from '../store/policy.ts'
import { currentProcedure, type AdoptedProcedure } from '../store/procedure.ts'

/** Policies in force that are not off, by name, and the level at which each stands. */
export interface LivePolicies {
  policies: AdoptedPolicy[]
  levels: Map<string, Level>
}

/** Policies made ready to screen by: one text at a time as it is read, or many as they are written. Each is made when asked for. */
export interface Screener {
  readonly compiled: CompiledPolicies
  readonly pool: ScreeningPool
}

export interface Rules {
  screener: Screener
  policies: Map<string, AdoptedPolicy>
  levels: Map<string, Level>
  adopted: AdoptedProcedure
}

/** Reads what listings are screened against as it is now. */
export async function readLive(tx: Tx): Promise<LivePolicies> {
  const [policies, set] = [await currentPolicies(tx), await currentLevels(tx)]
  const levelOf = ({ policy: { policy, level } }: AdoptedPolicy) => set.get(policy)?.level ?? level
  const live = policies.filter(
    (adopted) => levelOf(adopted) !== 'off' && !watchesAccounts(adopted.policy),
  )
  return {
    policies: live,
    levels: new Map(live.map((adopted) => [adopted.policy.policy, levelOf(adopted)])),
  }
}

/** Reads the rules as they are now; once per batch. */
export async function readRules(tx: Tx, jurisdiction: Jurisdiction): Promise<Rules> {
  const [{ policies, levels }, adopted] = [await readLive(tx), await currentProcedure(tx)]
  return {
    screener: prepareOnce(
      'live',
      policies.map(({ policy }) => policy),
      jurisdiction,
    ),
    policies: new Map(
      policies.map((adoptedPolicy) => [adoptedPolicy.policy.policy, adoptedPolicy]),
    ),
    levels,
    adopted,
  }
}

/** The policies as they weigh a text, also where it passes: no threshold keeps a sum back. */
export function weighingAll({ policies }: Rules, jurisdiction: Jurisdiction): CompiledPolicies {
  const telling = [...policies.values()].map(({ policy }) => tellingAll(policy))
  return compileOnce('weighing', telling, jurisdiction)
}

type Use = 'live' | 'weighing' | 'rescreening' | 'trying' | 'trying-against'

/** What was made ready last for each use. */
const kept = new Map<Use, { key: string; screener: Screener }>()

/** Compiles policies, or answers what was compiled of the same for the same use. */
export function compileOnce(
  use: Use,
  policies: readonly Policy[],
  jurisdiction: Jurisdiction,
): CompiledPolicies {
  return prepareOnce(use, policies, jurisdiction).compiled
}

/** Makes policies ready to screen by, or answers what was made ready of the same for the same use. */
export function prepareOnce(
  use: Use,
  policies: readonly Policy[],
  jurisdiction: Jurisdiction,
): Screener {
  const key = JSON.stringify([jurisdiction, policies.map(keyOf)])
  const last = kept.get(use)
  if (last?.key === key) return last.screener
  // The level that people set counts, not the one in the document: whoever asks has left out what is off.
  const acting = policies.map((policy) => ({ ...policy, level: 'act' as const }))
  const screener = prepare(acting, jurisdiction)
  kept.set(use, { key, screener })
  return screener
}

function prepare(policies: readonly Policy[], jurisdiction: Jurisdiction): Screener {
  let compiled: CompiledPolicies | null = null
  let pool: ScreeningPool | null = null
  return {
    get compiled() {
      return (compiled ??= compilePolicies(policies, { jurisdiction }))
    },
    get pool() {
      // One worker is this very thread, so there is nothing to close.
      return (pool ??= openPool({ policies, jurisdiction, explanation: 'full' }, { workers: 1 }))
    },
  }
}

/** Documents hold thousands of phrases and never change, so each is written down once. */
const keys = new WeakMap<Policy, string>()

function keyOf(policy: Policy): string {
  const known = keys.get(policy)
  if (known !== undefined) return known
  const key = JSON.stringify({ ...policy, examples: [] })
  keys.set(policy, key)
  return key
}
