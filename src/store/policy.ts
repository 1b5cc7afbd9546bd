/** Policies in PostgreSQL: every version as adopted, and every level as it was set. */
import { sql, type Selectable } from 'kysely'
import { Policy, policyIn, type Jurisdiction, type Level } from '../core/policy.ts'
import { json, type Tx } from './db.ts'
import type { Tables } from './tables.ts'

export interface AdoptedPolicy {
  /** As it reads where it holds: what statements quote and listings are screened against. */
  policy: Policy
  /** Whole, with what reads otherwise elsewhere. */
  document: Policy
  /** Where it was adopted to hold; null for what was adopted before documents differed by place. */
  jurisdiction: Jurisdiction | null
  textKey: string
  adoptedAt: Date
}

export interface PolicyLevel {
  policy: string
  level: Level
  setBy: string
  reason: string
  setAt: Date
}

/** Adoptions and levels are settled one after the other, and never in the middle of a batch that is screened. */
export async function lockPolicies(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('recourse policies'))`.execute(tx)
}

/** Whoever screens keeps policies and levels as they are until the end of its transaction; others may screen as well. */
export async function holdPolicies(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(hashtext('recourse policies'))`.execute(tx)
}

/** Keeps a policy version. */
export async function insertPolicy(
  tx: Tx,
  { document, jurisdiction, textKey, adoptedAt }: Omit<AdoptedPolicy, 'policy'>,
): Promise<void> {
  await tx
    .insertInto('policies')
    .values({
      name: document.policy,
      version: document.version,
      document: json(document),
      text_key: textKey,
      adopted_at: adoptedAt,
      jurisdiction,
    })
    .execute()
}

const policies = (tx: Tx) =>
  tx
    .selectFrom('policies')
    .select(['document', 'text_key', 'adopted_at', 'jurisdiction'])
    .orderBy('name')
    .orderBy('version', 'desc')

type Row = Awaited<ReturnType<ReturnType<typeof policies>['executeTakeFirstOrThrow']>>

function adoptedOf(row: Row): AdoptedPolicy {
  const document = Policy.parse(row.document)
  return {
    policy: row.jurisdiction === null ? document : policyIn(document, row.jurisdiction),
    document,
    jurisdiction: row.jurisdiction,
    textKey: row.text_key,
    adoptedAt: row.adopted_at,
  }
}

/** Documents hold thousands of phrases and never change, so each is read once; by all that was adopted of it. */
const read = new Map<string, AdoptedPolicy>()
const REMEMBERED = 100

/** The newest version of each policy, by name. */
export async function currentPolicies(tx: Tx): Promise<AdoptedPolicy[]> {
  const newest = await tx
    .selectFrom('policies')
    .distinctOn('name')
    .select(['name', 'version', 'jurisdiction', 'adopted_at', 'text_key'])
    .select(sql<string>`md5(document::text)`.as('hash'))
    .orderBy('name')
    .orderBy('version', 'desc')
    .execute()
  const current: AdoptedPolicy[] = []
  for (const { name, version, jurisdiction, adopted_at, text_key, hash } of newest) {
    const key = JSON.stringify([name, version, jurisdiction, adopted_at, text_key, hash])
    const known = read.get(key) ?? (await readPolicy(tx, name, version))
    if (known === null) throw new Error(`read policy ${name} version ${version}: it is gone`)
    if (read.size >= REMEMBERED) read.clear()
    read.set(key, known)
    current.push(known)
  }
  return current
}

/** The newest version of one policy, or null. */
export async function currentPolicy(tx: Tx, name: string): Promise<AdoptedPolicy | null> {
  const row = await policies(tx).where('name', '=', name).limit(1).executeTakeFirst()
  return row ? adoptedOf(row) : null
}

/** Every version of one policy, newest first. */
export async function policyVersions(tx: Tx, name: string): Promise<AdoptedPolicy[]> {
  const rows = await policies(tx).where('name', '=', name).execute()
  return rows.map(adoptedOf)
}

/** One policy version exactly as it was adopted, or null. */
export async function readPolicy(
  tx: Tx,
  name: string,
  version: number,
): Promise<AdoptedPolicy | null> {
  const row = await policies(tx)
    .where('name', '=', name)
    .where('version', '=', version)
    .executeTakeFirst()
  return row ? adoptedOf(row) : null
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
  return new Map(rows.map((row) => [row.policy, levelOf(row)]))
}

/** Every level that was set for one policy, newest first; at most 100. */
export async function levelsOf(tx: Tx, policy: string): Promise<PolicyLevel[]> {
  const rows = await tx
    .selectFrom('policy_levels')
    .selectAll()
    .where('policy', '=', policy)
    .orderBy('id', 'desc')
    .limit(100)
    .execute()
  return rows.map(levelOf)
}

function levelOf(row: Selectable<Tables['policy_levels']>): PolicyLevel {
  return {
    policy: row.policy,
    level: row.level,
    setBy: row.set_by,
    reason: row.reason,
    setAt: row.set_at,
  }
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
      (select count(*) from findings f
        where f.policy = p.name and f.outcome = 'deactivate' and f.replaced_at is null) as deactivate,
      (select count(*) from findings f
        where f.policy = p.name and f.outcome = 'review' and f.replaced_at is null) as review,
      (select count(*) from decisions d where d.policy = p.name and d.kind = 'impose' and d.taken_by ->> 'kind' = 'policy') as "actedAlone",
      (select count(*) from decisions d join decisions a on a.id = d.about
        where d.policy = p.name and d.kind = 'lift' and a.taken_by ->> 'kind' = 'policy') as lifted
    from (select distinct name from policies) p`.execute(tx)
  return new Map(rows.map(({ policy, ...counts }) => [policy, counts]))
}
