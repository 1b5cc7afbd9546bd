/** Policies in the running system: adopted from their documents, with a level that people set. */
import { createHash } from 'node:crypto'
import { canonicalJson } from '../core/canonical-json.ts'
import {
  isForPeople,
  Policy,
  policyIn,
  watchesAccounts,
  type Jurisdiction,
  type Level,
} from '../core/policy.ts'
import { refuse } from '../core/refusal.ts'
import { transact, type Tx } from '../store/db.ts'
import { recordEvents } from '../store/event.ts'
import {
  countByPolicy,
  currentLevels,
  currentPolicies,
  currentPolicy,
  insertLevel,
  insertPolicy,
  lockPolicies,
  readPolicy,
  type AdoptedPolicy,
  type PolicyCounts,
  type PolicyLevel,
} from '../store/policy.ts'
import {
  beginRescreening,
  cutShort,
  latestRescreenings,
  type Rescreening,
} from '../store/rescreening.ts'
import { countScreenedByPolicy, type ScreenedCounts } from '../store/screening.ts'
import type { App } from './app.ts'
import { isPermitted, permit } from './permit.ts'
import { done, type Result } from './result.ts'
import type { Who } from './who.ts'

export interface PolicyView {
  policy: Policy
  level: PolicyLevel
  counts: PolicyCounts
  screened: ScreenedCounts
  rescreening: Rescreening | null
  mayManage: boolean
}

/** A document under the name and number of a version that was adopted with other contents; the server does not start on it. */
export class ChangedPolicy extends Error {
  override name = 'ChangedPolicy'
  readonly changes: readonly PolicyChange[]
  constructor(changes: readonly PolicyChange[]) {
    super(changes.map(sayChange).join('\n'))
    this.changes = changes
  }
}

export interface PolicyChange {
  policy: string
  version: number
  adoptedAt: Date
  /** The parts of the document that differ, or where it holds. */
  parts: string[]
}

/**
 * Adopts policy documents as they read in a jurisdiction: a new version takes the place of the old and screens every
 * listing on sale anew; a policy new here starts at its document's level. Throws `ChangedPolicy` where a version that
 * decisions may quote would read otherwise.
 */
export function adoptPolicies(
  app: App,
  documents: Policy[],
  jurisdiction: Jurisdiction,
): Promise<string[]> {
  return transact(app.db, { inside: true }, async (tx) => {
    await lockPolicies(tx)
    const now = app.now()
    const levels = await currentLevels(tx)
    const adopted: string[] = []
    const changes: PolicyChange[] = []
    for (const document of documents) {
      const { policy: name, version } = document
      const held = await readPolicy(tx, name, version)
      if (held !== null) {
        const parts = partsThatDiffer(held, document, jurisdiction)
        if (parts.length > 0)
          changes.push({ policy: name, version, adoptedAt: held.adoptedAt, parts })
        continue
      }
      const before = await currentPolicy(tx, name)
      const textKey = textKeyOf(policyIn(document, jurisdiction))
      await insertPolicy(tx, { document, jurisdiction, textKey, adoptedAt: now })
      if (!levels.has(name)) await insertLevel(tx, firstLevel(document, now))
      if (before !== null && before.policy.version > version) {
        app.log(
          'a policy version older than the one in force was adopted; the newer one stays in force',
          {
            policy: name,
            version,
            inForce: before.policy.version,
          },
        )
        continue
      }
      adopted.push(`${name} version ${version}`)
      const level = levels.get(name)?.level ?? document.level
      if (level !== 'off' && !watchesAccounts(document))
        await rescreen(app, tx, { policy: name, version, because: 'version' })
    }
    if (changes.length > 0) throw new ChangedPolicy(changes)
    return adopted
  })
}

function firstLevel({ policy, level, author }: Policy, now: Date): PolicyLevel {
  const reason = 'As its document has it on the day it was first adopted.'
  return { policy, level, setBy: author, reason, setAt: now }
}

async function rescreen(
  app: App,
  tx: Tx,
  begun: { policy: string; version: number; because: 'version' | 'level' },
): Promise<void> {
  await beginRescreening(tx, { ...begun, id: app.newId('rsc'), startedAt: app.now() })
}

/** The parts in which a document differs from the version that was adopted under its number. */
function partsThatDiffer(
  held: AdoptedPolicy,
  document: Policy,
  jurisdiction: Jurisdiction,
): string[] {
  const parts = differingParts(held.document, document)
  if (parts.length > 0 || held.jurisdiction === null || held.jurisdiction === jurisdiction)
    return parts
  const elsewhere = differingParts(held.policy, policyIn(document, jurisdiction))
  return elsewhere.length === 0 ? [] : [`what reads otherwise in ${jurisdiction}`]
}

function differingParts(one: Policy, other: Policy): string[] {
  const names = Object.keys(Policy.shape) as (keyof Policy)[] // the names of a schema's shape are those of its type
  return names.filter((name) => canonicalJson(one[name]) !== canonicalJson(other[name]))
}

function sayChange({ policy, version, adoptedAt, parts }: PolicyChange): string {
  const day = adoptedAt.toISOString().slice(0, 10)
  return `Version ${version} of the policy ${policy} was adopted on ${day} with other contents (${parts.join(', ')}). Decisions may quote it, so a version never changes: give the changed document a higher version.`
}

/** The policies in force, each with its level, who set it and why, and what it has done. */
export async function listPolicies(app: App, who: Who): Promise<Result<PolicyView[]>> {
  const may = permit(app, who, 'policies.list')
  if (!may.ok) return may
  return transact(app.db, may.wall, async (tx) => {
    const view = await viewer(app, tx, who)
    return done((await currentPolicies(tx)).map(view))
  })
}

/** How every policy in force is seen by this reader. */
export async function viewer(
  app: App,
  tx: Tx,
  who: Who,
): Promise<(adopted: AdoptedPolicy) => PolicyView> {
  const levels = await currentLevels(tx)
  const counts = await countByPolicy(tx)
  const screened = await countScreenedByPolicy(tx)
  const rescreenings = await latestRescreenings(tx)
  return ({ policy }) => ({
    policy,
    level: levels.get(policy.policy) ?? { ...firstLevel(policy, app.now()), reason: '' },
    counts: counts.get(policy.policy) ?? { deactivate: 0, review: 0, actedAlone: 0, lifted: 0 },
    screened: screened.get(policy.policy) ?? { versions: 0, review: 0, deactivate: 0 },
    rescreening: rescreenings.get(policy.policy) ?? null,
    mayManage: isPermitted(app, who, 'policies.setLevel'),
  })
}

/**
 * Sets how far a policy may go by itself, for what is screened from now on. The reason is kept with the name. One that
 * leaves `off` screens every listing on sale anew.
 */
export async function setPolicyLevel(
  app: App,
  who: Who,
  { name, level, reason }: { name: string; level: Level; reason: string },
): Promise<Result<PolicyView>> {
  const may = permit(app, who, 'policies.setLevel')
  if (!may.ok) return may
  const { reader } = may
  if (reason.trim() === '') return refuse('reasons_missing')
  return transact(app.db, may.wall, async (tx): Promise<Result<PolicyView>> => {
    await lockPolicies(tx)
    const adopted = await currentPolicy(tx, name)
    if (adopted === null) return refuse('not_found')
    if (level !== 'off' && isForPeople(adopted.policy)) return refuse('policy_for_people')
    const now = app.now()
    const before = (await currentLevels(tx)).get(name)?.level ?? adopted.policy.level
    await insertLevel(tx, { policy: name, level, setBy: reader.name, reason, setAt: now })
    await recordEvents(tx, [
      {
        at: now,
        kind: 'policy.level_set',
        sellerId: null,
        caseId: null,
        decisionId: null,
        by: reader.id,
        detail: { policy: name, level, reason },
      },
    ])
    if (level === 'off') await cutShort(tx, name, now)
    else if (before === 'off' && !watchesAccounts(adopted.policy))
      await rescreen(app, tx, { policy: name, version: adopted.policy.version, because: 'level' })
    const view = await viewer(app, tx, who)
    return done(view(adopted))
  })
}

/** The hash of a policy's words for people: what frees a text that was lifted before (new weights do not). */
export function textKeyOf(policy: Policy): string {
  return createHash('sha256').update(policy.text.trim()).digest('hex')
}
