/** Similar past cases: how the same rule and measure were decided before, those with the same matched words first. */
import { sql } from 'kysely'
import type { CaseKind } from '../core/case.ts'
import type { ObjectionOutcome } from '../core/objection.ts'
import type { Tx } from './db.ts'

export interface SimilarCase {
  caseId: string
  number: number
  kind: CaseKind
  /** What it was about, as its statement has it. */
  title: string
  sellerId: string
  outcome: Exclude<ObjectionOutcome, 'withdrawn'>
  answer: string
  answeredAt: Date
  /** How many of the matched words are the same. */
  sameWords: number
}

/** At most five, with the most matched words in common first, then the newest; never the case itself. */
export async function similarCases(
  tx: Tx,
  by: { caseId: string; policy: string; measure: string; words: string[] },
): Promise<SimilarCase[]> {
  const { rows } = await sql<SimilarCase>`
    select c.id as "caseId", c.number, c.kind, t.body #>> '{subject,title}' as title, d.seller_id as "sellerId",
      o.outcome, o.answer, o.answered_at as "answeredAt",
      (select count(distinct lower(e ->> 'text'))
        from jsonb_array_elements(t.body #> '{facts,evidence}') e
        where lower(e ->> 'text') = any(${by.words.map((word) => word.toLowerCase())}::text[])) as "sameWords"
    from objections o
    join cases c on c.id = o.case_id
    join decisions d on d.id = o.decision_id
    join statements t on t.decision_id = d.id
    where o.outcome in ('measure_lifted', 'measure_narrowed', 'measure_stands')
      and d.policy = ${by.policy} and d.measure = ${by.measure} and c.id <> ${by.caseId}
    order by "sameWords" desc, o.answered_at desc
    limit 5`.execute(tx)
  return rows
}
