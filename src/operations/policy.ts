/** Policies in the running system: adopted from their documents, with a level that people set. */
import { createHash } from 'node:crypto'
import type { Level, Policy } from '../core/policy.ts'
import { refuse } from '../core/refusal.ts'
import { transact } from '../store/db.ts'
import { recordEvents } from '../store/event.ts'
import {
  countByPolicy,
  currentLevels,
  currentPolicies,
  insertLevel,
  insertPolicy,
  type PolicyCounts,
  type PolicyLevel,
} from '../store/policy.ts'
import type { App } from './app.ts'
import { done, type Result } from './result.ts'
import { type Who, hasRole, refuseReader } from './who.ts'

export interface PolicyView {
  policy: Policy
  level: PolicyLevel
  counts: PolicyCounts
  maySetLevel: boolean
}

/** Adopts policy documents: a new version takes the place of the old; a policy new here starts at its document's level. */
export function adoptPolicies(app: App, policies: Policy[]): Promise<string[]> {
  return transact(app.db, { inside: true }, async (tx) => {
    const now = app.now()
    const levels = await currentLevels(tx)
    const adopted: string[] = []
    for (const policy of policies) {
      const isNew = await insertPolicy(tx, { policy, textKey: textKeyOf(policy) }, now)
      if (isNew) adopted.push(`${policy.policy} version ${policy.version}`)
      if (levels.has(policy.policy)) continue
      const reason = 'As its document has it on the day it was first adopted.'
      await insertLevel(tx, {
        policy: policy.policy,
        level: policy.level,
        setBy: policy.author,
        reason,
        setAt: now,
      })
    }
    return adopted
  })
}

/** The policies in force, each with its level, who set it and why, and what it has done. */
export async function listPolicies(app: App, who: Who): Promise<Result<PolicyView[]>> {
  if (!hasRole(who, 'reviewer', 'policy-manager', 'administrator')) return refuseReader(who)
  return transact(app.db, { inside: true }, async (tx) => {
    const levels = await currentLevels(tx)
    const counts = await countByPolicy(tx)
    const views = (await currentPolicies(tx)).map(({ policy }) => ({
      policy,
      level: levels.get(policy.policy) ?? {
        policy: policy.policy,
        level: policy.level,
        setBy: policy.author,
        reason: '',
        setAt: app.now(),
      },
      counts: counts.get(policy.policy) ?? { deactivate: 0, review: 0, actedAlone: 0, lifted: 0 },
      maySetLevel: hasRole(who, 'policy-manager', 'administrator'),
    }))
    return done(views)
  })
}

/** Sets how far a policy may go by itself, for what is screened from now on. The reason is kept with the name. */
export async function setPolicyLevel(
  app: App,
  who: Who,
  { name, level, reason }: { name: string; level: Level; reason: string },
): Promise<Result<PolicyView>> {
  if (!hasRole(who, 'policy-manager', 'administrator')) return refuseReader(who)
  if (reason.trim() === '') return refuse('reasons_missing')
  const set = await transact(app.db, { inside: true }, async (tx): Promise<Result<null>> => {
    const known = (await currentPolicies(tx)).some(({ policy }) => policy.policy === name)
    if (!known) return refuse('not_found')
    const now = app.now()
    await insertLevel(tx, { policy: name, level, setBy: who.name, reason, setAt: now })
    await recordEvents(tx, [
      {
        at: now,
        kind: 'policy.level_set',
        sellerId: null,
        caseId: null,
        decisionId: null,
        by: who.id,
        detail: { policy: name, level, reason },
      },
    ])
    return done(null)
  })
  if (!set.ok) return set
  const views = await listPolicies(app, who)
  if (!views.ok) return views
  const view = views.value.find(({ policy }) => policy.policy === name)
  return view ? done(view) : refuse('not_found')
}

/** The hash of a policy's words for people: what frees a text that was lifted before (new weights do not). */
export function textKeyOf(policy: Policy): string {
  return createHash('sha256').update(policy.text.trim()).digest('hex')
}
