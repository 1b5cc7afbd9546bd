/** Labelled decisions are what people decided about listing versions, as far as it tells whether a policy was right. */
import { sql } from 'kysely'
import type { ListingText } from '../core/listing.ts'
import type { Tx } from './db.ts'

export interface LabelledDecision {
  policy: string
  text: ListingText
  sellerId: string
  isViolation: boolean
  decidedAt: Date
}

/**
 * The last word of a person on each text and policy. Lifting a policy's measure says that the text is innocent, and so
 * does clearing a check; confirming or taking a measure, and acting on a check, say that it is a violation. Machines
 * and clocks say nothing here, nor does a measure taken back within its minute, nor one lifted because the seller
 * mended what was wrong: the text was a violation then; nor one that a repair lifted, which says whose act it was.
 */
export async function labelledDecisions(
  tx: Tx,
  by: { policy: string | null },
): Promise<LabelledDecision[]> {
  const { rows } = await sql<LabelledDecision>`
    with words as (
      select d.policy, d.listing_id, d.listing_version, answer.kind = 'confirm' as "isViolation", answer.taken_at as at
      from decisions answer
      join decisions d on d.id = answer.about
      where answer.kind in ('lift', 'confirm') and answer.taken_by ->> 'kind' = 'person'
        and answer.taken_at >= d.notice_at
        and not exists (
          select from objections o
          where o.decision_id = d.id and o.outcome = 'measure_lifted'
            and (o.track = 'remedy' or o.case_id in (select id from cases where kind = 'repair'))
        )
      union all
      select d.policy, d.listing_id, d.listing_version, true, d.taken_at
      from decisions d
      where d.kind = 'impose' and d.taken_by ->> 'kind' = 'person'
        and not exists (
          select from decisions undone
          where undone.about = d.id and undone.kind = 'lift' and undone.taken_at < d.notice_at
        )
      union all
      select coalesce(d.policy, f.policy), c."check" ->> 'listingId', (c."check" ->> 'listingVersion')::integer,
        c."check" ->> 'conclusion' = 'acted', c.decided_at
      from cases c
      left join decisions d on d.id = c."check" ->> 'decisionId'
      left join lateral (
        select f.policy
        from findings f
        where f.listing_id = c."check" ->> 'listingId' and f.listing_version = (c."check" ->> 'listingVersion')::integer
        order by f.score desc
        limit 1
      ) f on true
      where c.kind = 'check' and c."check" ->> 'conclusion' is not null and c.decided_at is not null
    )
    select distinct on (w.policy, v.text_key) w.policy, v.text, v.seller_id as "sellerId", w."isViolation", w.at as "decidedAt"
    from words w
    join listing_versions v on v.listing_id = w.listing_id and v.version = w.listing_version
    where ${by.policy}::text is null or w.policy = ${by.policy}
    order by w.policy, v.text_key, w.at desc`.execute(tx)
  return rows
}
