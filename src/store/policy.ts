/** Policies in PostgreSQL: every version as adopted, and every level as it was set. */
import { sql } from 'kysely'
import { Policy, type Level } from '../core/policy.ts'
import { json, type Tx } from './db.ts'

export interface AdoptedPolicy {
  policy: Policy
  textKey: string
}

export interface PolicyLevel {
  policy: string
  level: Level
  setBy: string
  reason: string
  setAt: Date
}

/** Keeps a policy version; answers false when this version is kept already. */
export async function insertPolicy(
  tx: Tx,
  { policy, textKey }: AdoptedPolicy,
  now: Date,
): Promise<boolean> {
  const result = await tx
    .insertInto('policies')
    .values({
      name: policy.policy,
      version: policy.version,
      document: json(policy),
      text_key: textKey,
      adopted_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** The newest version of each policy, by name. */
export async function currentPolicies(tx: Tx): Promise<AdoptedPolicy[]> {
  const rows = await tx
    .selectFrom('policies')
    .distinctOn('name')
    .select(['document', 'text_key'])
    .orderBy('name')
    .orderBy('version', 'desc')
    .execute()
  return rows.map((row) => ({ policy: Policy.parse(row.document), textKey: row.text_key }))
}

/** One policy version exactly as it was adopted, or null. */
export async function readPolicy(
  tx: Tx,
  name: string,
  version: number,
): Promise<AdoptedPolicy | null> {
  const row = await tx
    .selectFrom('policies')
    .select(['document', 'text_key'])
    .where('name', '=', name)
    .where('version', '=', version)
    .executeTakeFirst()
  return row ? { policy: Policy.parse(row.document), textKey: row.text_key } : null
}

/** Sets a level; the ones before stay in the list. */
export async function insertLevel(tx: Tx, level: PolicyLevel): Promise<void> {
  await tx
    .insertInto('policy_levels')
    .values({
      policy: level.policy,
      level: level.level,
      set_by: level.setBy,
      reason: level.reason,
      set_at: level.setAt,
    })
    .execute()
}

/** The level that each policy stands at now. */
export async function currentLevels(tx: Tx): Promise<Map<string, PolicyLevel>> {
  const rows = await tx
    .selectFrom('policy_levels')
    .distinctOn('policy')
    .selectAll()
    .orderBy('policy')
    .orderBy('id', 'desc')
    .execute()
  return new Map(
    rows.map((row) => [
      row.policy,
      {
        policy: row.policy,
        level: row.level,
        setBy: row.set_by,
        reason: row.reason,
        setAt: row.set_at,
      },
    ]),
  )
}

export interface PolicyCounts {
  deactivate: number
  review: number
  actedAlone: number
  lifted: number
}

/** What each policy found and did, and what of that was taken back. */
export async function countByPolicy(tx: Tx): Promise<Map<string, PolicyCounts>> {
  const { rows } = await sql<{ policy: string } & PolicyCounts>`
    select p.name as policy,
      (select count(*) from findings f where f.policy = p.name and f.outcome = 'deactivate') as deactivate,
      (select count(*) from findings f where f.policy = p.name and f.outcome = 'review') as review,
      (select count(*) from decisions d where d.policy = p.name and d.kind = 'impose' and d.taken_by ->> 'kind' = 'policy') as "actedAlone",
      (select count(*) from decisions d join decisions a on a.id = d.about
        where d.policy = p.name and d.kind = 'lift' and a.taken_by ->> 'kind' = 'policy') as lifted
    from (select distinct name from policies) p`.execute(tx)
  return new Map(rows.map(({ policy, ...counts }) => [policy, counts]))
}
