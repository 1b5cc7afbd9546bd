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
  longestMs: number
}

/** Counts what is open at this moment. The time between an answer and its contest is the seller's own. */
export async function countWaiting(tx: Tx, now: Date): Promise<Waiting> {
  const { rows } = await sql<Waiting>`
    with waiting as (
      select
        c.overdue_since is not null or c.due_at <= ${now} as overdue,
        extract(epoch from (${now}::timestamptz - c.opened_at - coalesce(asked.at - answered.at, interval '0'))) * 1000 as ms,
        (p.document #>> '{promise,person}')::float8 as person,
        (p.document #>> '{promise,answer}')::float8 as answer,
        coalesce(
          p.document #>> array['desks', c.desk, 'staff'] = 'people'
            and (p.document #> array['desks', c.desk, 'may']) ?| array['grant', 'narrow', 'deny'],
          false
        ) as with_a_person
      from cases c
      join procedures p on p.id = c.procedure_id
      left join lateral (
        select max(e.at) as at from events e where e.case_id = c.id and e.kind = 'case.contested'
      ) asked on true
      left join lateral (
        select max(e.at) as at from events e where e.case_id = c.id and e.kind = 'case.decided' and e.at <= asked.at
      ) answered on true
      where c.state = 'open'
    )
    select
      count(*) as open,
      count(*) filter (where overdue) as overdue,
      count(*) filter (where not with_a_person and ms > person) as "beyondPerson",
      count(*) filter (where ms > answer) as "beyondAnswer",
      (select count(*) from subjects where restoring_since is not null) as "notYetBack",
      coalesce(max(ms), 0)::float8 as "longestMs"
    from waiting`.execute(tx)
  const [row] = rows
  if (!row) throw new Error('count what waits: the database answered nothing')
  return row
}
