/** The rules that listings are screened against: policies in force that are not off, their levels, and the procedure. */
import type { Jurisdiction, Level, Policy } from '../core/policy.ts'
import { compilePolicies, type CompiledPolicies } from '../screening/compile.ts'
import { tellingAll } from '../screening/examples.ts'
import type { Tx } from '../store/db.ts'
import { currentLevels, currentPolicies, type AdoptedPolicy } from '../store/policy.ts'
import { currentProcedure, type AdoptedProcedure } from '../store/procedure.ts'

/** Policies in force that are not off, by name, and the level at which each stands. */
export interface LivePolicies {
  policies: AdoptedPolicy[]
  levels: Map<string, Level>
}

export interface Rules {
  compiled: CompiledPolicies
  policies: Map<string, AdoptedPolicy>
  levels: Map<string, Level>
  adopted: AdoptedProcedure
}

/** Reads what listings are screened against as it is now. */
export async function readLive(tx: Tx): Promise<LivePolicies> {
  const [policies, set] = [await currentPolicies(tx), await currentLevels(tx)]
  const levelOf = ({ policy: { policy, level } }: AdoptedPolicy) => set.get(policy)?.level ?? level
  const live = policies.filter((adopted) => levelOf(adopted) !== 'off')
  return {
    policies: live,
    levels: new Map(live.map((adopted) => [adopted.policy.policy, levelOf(adopted)])),
  }
}

/** Reads the rules as they are now; once per batch. */
export async function readRules(tx: Tx, jurisdiction: Jurisdiction): Promise<Rules> {
  const [{ policies, levels }, adopted] = [await readLive(tx), await currentProcedure(tx)]
  return {
    compiled: compileOnce(
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

/** What was compiled last for each use. */
const kept = new Map<Use, { key: string; compiled: CompiledPolicies }>()

/** Compiles policies, or answers what was compiled of the same for the same use. */
export function compileOnce(
  use: Use,
  policies: readonly Policy[],
  jurisdiction: Jurisdiction,
): CompiledPolicies {
  const key = JSON.stringify([
    jurisdiction,
    policies.map((policy) => ({ ...policy, examples: [] })),
  ])
  const last = kept.get(use)
  if (last?.key === key) return last.compiled
  // The level that people set counts, not the one in the document: whoever asks has left out what is off.
  const compiled = compilePolicies(
    policies.map((policy) => ({ ...policy, level: 'act' })),
    { jurisdiction },
  )
  kept.set(use, { key, compiled })
  return compiled
}
