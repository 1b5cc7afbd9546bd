/** What a policy did week by week, and what people said of it, counted in PostgreSQL. */
import { sql } from 'kysely'
import type { Tx } from './db.ts'

export interface PolicyWeek {
  /** Monday 00:00 UTC. */
  start: Date
  found: number
  acted: number
  looked: number
  overturned: number
  overturnedSince: number
}

/** The last weeks, oldest first; the last is the one that `now` lies in. */
export async function weeksOf(
  tx: Tx,
  policy: string,
  { weeks, now }: { weeks: number; now: Date },
): Promise<PolicyWeek[]> {
  const { rows } = await sql<PolicyWeek>`
    with week as (
      select generate_series(
        date_trunc('week', ${now}::timestamptz) - make_interval(weeks => ${weeks - 1}::integer),
        date_trunc('week', ${now}::timestamptz),
        interval '1 week') as start
    ), found as (
      -- A listing version that is screened anew was found once.
      select min(found_at) as at
      from findings
      where policy = ${policy}
      group by listing_id, listing_version
    ), acted as (
      select d.taken_at as at, o.taken_at as overturned_at
      from decisions d
      left join decisions o on o.about = d.id and o.kind = 'lift' and o.taken_by ->> 'kind' = 'person'
        -- What a repair lifts says who did it, and nothing against the rule.
        and not exists (
          select from objections r join cases c on c.id = r.case_id
          where r.decision_id = d.id and c.kind = 'repair' and r.outcome = 'measure_lifted')
      where d.policy = ${policy} and d.kind = 'impose' and d.taken_by ->> 'kind' = 'policy'
    ), looked as (
      select o.answered_at as at
      from objections o join decisions d on d.id = o.decision_id
      where d.policy = ${policy} and o.answered_by in (select id from staff)
      union all
      select c.decided_at
      from cases c
      where c.kind = 'check'
        and c."check" ->> 'conclusion' is not null
        and exists (
          select from findings f
          where f.listing_id = c."check" ->> 'listingId'
            and f.listing_version = (c."check" ->> 'listingVersion')::integer
            and f.policy = ${policy})
    )
    select week.start,
      (select count(*) from found where at >= week.start and at < week.start + interval '1 week') as found,
      (select count(*) from acted where at >= week.start and at < week.start + interval '1 week') as acted,
      (select count(*) from looked where at >= week.start and at < week.start + interval '1 week') as looked,
      (select count(*) from acted
        where overturned_at >= week.start and overturned_at < week.start + interval '1 week') as overturned,
      (select count(*) from acted
        where at >= week.start and at < week.start + interval '1 week' and overturned_at is not null) as "overturnedSince"
    from week
    order by week.start`.execute(tx)
  return rows
}
