/** How long everybody waits now, against what the version that each case follows promises. */
import { sql } from 'kysely'
import type { Tx } from './db.ts'

export interface Waiting {
  /** At the desks, of every kind. */
  open: number
  /** A clock has run out, and the case is with the officer or about to move. */
  overdue: number
  /** No person with power to decide has it, for longer than promised. */
  beyondPerson: number
  /** No last answer, for longer than promised. */
  beyondAnswer: number
  /** Lifted or narrowed, and not yet seen so in the shop. */
  notYetBack: number
  /** Denied for good at the first look, because it came late to the desk that would have looked again. */
  oneLook: number
  longestMs: number
}

/** Counts what is open at this moment, on the marketplace's own clock: it stands still while a question waits. */
export async function countWaiting(tx: Tx, now: Date): Promise<Waiting> {
  const { rows } = await sql<Waiting>`
    with waiting as (
      select
        c.overdue_since is not null or (c.state = 'open' and c.due_at <= ${now}) as overdue,
        extract(epoch from (${now}::timestamptz - coalesce(c.reopened_at, c.opened_at))) * 1000
          - c.stood_still_ms
          - coalesce(extract(epoch from (${now}::timestamptz - (c.ask ->> 'at')::timestamptz)) * 1000, 0) as ms,
        (p.document #>> '{promise,person}')::float8 as person,
        (p.document #>> '{promise,answer}')::float8 as answer,
        coalesce(
          p.document #>> array['desks', c.desk, 'staff'] = 'people'
            and (p.document #> array['desks', c.desk, 'may']) ?| array['grant', 'narrow', 'deny'],
          false
        ) as with_a_person
      from cases c
      join procedures p on p.id = c.procedure_id
      where c.state in ('open', 'asking', 'deciding')
    )
    select
      count(*) as open,
      count(*) filter (where overdue) as overdue,
      count(*) filter (where not with_a_person and ms > person) as "beyondPerson",
      count(*) filter (where ms > answer) as "beyondAnswer",
      (select count(*) from subjects where restoring_since is not null) as "notYetBack",
      -- Whoever could have contested was told until when; where nobody could, there is no such day.
      (select count(*) from cases c
        where c.state in ('closed', 'restoring') and not c.second_look and c.contest_by is null
          and exists (select from objections o where o.case_id = c.id and o.outcome = 'measure_stands')
          and exists (select from events e where e.case_id = c.id and e.kind = 'case.arrived' and e.detail ->> 'why' = 'late')
      ) as "oneLook",
      coalesce(max(ms), 0)::float8 as "longestMs"
    from waiting`.execute(tx)
  const [row] = rows
  if (!row) throw new Error('count what waits: the database answered nothing')
  return row
}
