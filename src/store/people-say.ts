/** What people decided of listings under a policy, in PostgreSQL: the latest word of a person on each text of a seller. */
import { sql, type RawBuilder } from 'kysely'
import { PeopleSay, type Scored } from '../core/precision.ts'
import type { Tx } from './db.ts'

/**
 * Which policy a check was about: that of the measure taken, or of the finding that whoever looked was shown.
 * `c` is the case.
 */
const policyOfCheck = sql`coalesce(
  (select d.policy from decisions d where d.id = c."check" ->> 'decisionId'),
  (select f.policy from findings f
    where f.listing_id = c."check" ->> 'listingId'
      and f.listing_version = (c."check" ->> 'listingVersion')::integer
    order by f.replaced_at desc nulls first, f.score desc
    limit 1)
)`

/** One row for each text of a seller that people decided about under this policy: `seller_id`, `text_key`, `says`. */
export function peopleSay(policy: string): RawBuilder<unknown> {
  return sql`
    select distinct on (v.seller_id, v.text_key) v.seller_id, v.text_key, said.says
    from (
      select d.listing_id, d.listing_version, d.taken_at as at,
        case d.kind when 'lift' then 'innocent' else 'violation' end as says
      from decisions d left join decisions a on a.id = d.about
      where d.policy = ${policy}
        and d.kind in ('impose', 'lift', 'confirm')
        and d.taken_by ->> 'kind' = 'person'
        -- A measure undone within its minute was a slip of the hand, not a judgement on the text.
        and (d.kind <> 'lift' or d.taken_at >= a.notice_at)
        and (d.kind <> 'impose' or not exists (
          select from decisions u where u.about = d.id and u.kind = 'lift' and u.taken_at < d.notice_at))
      union all
      select c."check" ->> 'listingId', (c."check" ->> 'listingVersion')::integer, c.decided_at,
        case c."check" ->> 'conclusion' when 'cleared' then 'innocent' else 'violation' end
      from cases c
      where c.kind = 'check'
        and c."check" ->> 'conclusion' is not null
        and ${policyOfCheck} = ${policy}
    ) said
    join listing_versions v on v.listing_id = said.listing_id and v.version = said.listing_version
    order by v.seller_id, v.text_key, said.at desc`
}

/** The scores of what a policy found since then and still stands, newest first, with what people said of each; at most 5,000. */
export async function scoredSince(tx: Tx, policy: string, since: Date): Promise<Scored[]> {
  const { rows } = await sql<{ score: number; people: string | null }>`
    with people as (${peopleSay(policy)})
    select f.score, p.says as people
    from findings f
    join listing_versions v on v.listing_id = f.listing_id and v.version = f.listing_version
    left join people p on p.seller_id = v.seller_id and p.text_key = v.text_key
    where f.policy = ${policy}
      and f.replaced_at is null
      and f.found_at >= ${since}
    order by f.found_at desc, f.id
    limit 5000`.execute(tx)
  return rows.map(({ score, people }) => ({ score, people: PeopleSay.nullable().parse(people) }))
}

export interface ClearedCheck {
  number: number
  reasons: string
  at: Date
}

/** Checks in which a person cleared this very text of this seller under this very policy text, newest first. */
export async function clearedChecks(
  tx: Tx,
  by: { sellerId: string; textKey: string; policy: string; policyTextKey: string },
): Promise<ClearedCheck[]> {
  const { rows } = await sql<ClearedCheck>`
    select c.number, c."check" ->> 'reasons' as reasons, c.decided_at as at
    from cases c
    join listing_versions v on v.listing_id = c."check" ->> 'listingId'
      and v.version = (c."check" ->> 'listingVersion')::integer
    where c.kind = 'check'
      and c.seller_id = ${by.sellerId}
      and c."check" ->> 'conclusion' = 'cleared'
      and v.text_key = ${by.textKey}
      and ${policyOfCheck} = ${by.policy}
      and exists (
        select from findings f join policies p on p.name = f.policy and p.version = f.policy_version
        where f.listing_id = v.listing_id
          and f.listing_version = v.version
          and f.policy = ${by.policy}
          and f.found_at <= c.decided_at
          and p.text_key = ${by.policyTextKey})
    order by c.decided_at desc
    limit 5`.execute(tx)
  return rows
}
