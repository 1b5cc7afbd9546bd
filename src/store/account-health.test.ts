/** What is known of complaints, and what of it weighs on their seller. */
import pg from 'pg'
import { expect, test } from 'vitest'
import { complaintsAbout } from '../../test/told-complaints.ts'
import { world } from '../../test/world.ts'
import type { ComplaintFinding } from '../core/complaint.ts'

interface Told {
  id: string
  /** What the newest weighing said. */
  counts: boolean
  inRing: boolean
  /** What a person found of a ring with it in it. */
  ring: 'nobody looked' | 'of it' | 'not of it'
  finding: ComplaintFinding | null
  /** Whether the complaint itself was looked into after the ring was. */
  later: boolean
  aside: 'no' | 'yes' | 'lifted'
}

/** Everything that may be known of a complaint, together; of a ring that nobody looked at nothing is later. */
const all: Told[] = [true, false].flatMap((counts) =>
  [true, false].flatMap((inRing) =>
    (['nobody looked', 'of it', 'not of it'] as const).flatMap((ring) =>
      ([null, 'confirmed', 'refuted', 'undetermined'] as const).flatMap((finding) =>
        [true, false]
          .filter((later) => !later || (finding !== null && ring !== 'nobody looked'))
          .flatMap((later) =>
            (['no', 'yes', 'lifted'] as const).map((aside) => ({
              id: `${counts} ${inRing} ${ring} ${finding} ${later} ${aside}`,
              ...{ counts, inRing, ring, finding, later, aside },
            })),
          ),
      ),
    ),
  ),
)

/** As if all of it had happened, each by a reporter of its own. */
const happened = `
  set session_replication_role = replica;
  insert into weighings (number, engine, weights, weighed_at, complaints, counting, rings, took_ms)
    values (1, 'test', '{}', '2026-11-22', 1, 1, 1, 1);
  insert into reporter_measures (id, reporter_id, complaint_id, complaint_number, kind, taken_by, taken_by_name, taken_at, until, reasons,
      factors, lifted_by, lifted_by_name, lifted_at, lifted_reasons)
    values ('yes', 'r', 'c', 1, 'set-aside', 's', 'S', '2026-11-01', '2026-11-10', 'Often.', '[1,2,3,4]', null, null, null, null),
      ('lifted', 'r', 'c', 1, 'set-aside', 's', 'S', '2026-11-01', '2026-11-10', 'Often.', '[1,2,3,4]', 's', 'S', '2026-11-02', 'No.');
  create temporary table told as select row_number() over () as n, t.*
    from jsonb_to_recordset($1::jsonb) as t (id text, counts boolean, "inRing" boolean, ring text, finding text, later boolean, aside text);
  insert into complaints (id, number, case_id, at, received_at, seller_id, reporter_id, kind, text, same_key, traces, finding, words,
      found_by, found_at, set_aside_by)
    select id, n, 'cas_' || n, '2026-11-20', '2026-11-20', 'clay', 'r' || n, 'other', 'It is so.', n::text, '{}', finding,
      case when finding is not null then 'Found.' end, case when finding is not null then 's' end,
      case when finding is not null then case when later then '2026-11-22'::timestamptz else '2026-11-21'::timestamptz - interval '1 hour' end end,
      nullif(aside, 'no')
    from told;
  insert into complaint_scores (complaint_id, weighing, credibility, counts, ring_id, reasons)
    select id, 1, 0.5, counts, case when "inRing" then 'ring' end, '[]' from told;
  insert into ring_findings (ring_id, complaint_id, is_of_ring, found_at)
    select 'ring', id, ring = 'of it', '2026-11-21' from told where ring <> 'nobody looked'`

/** Of a ring nothing counts unless a person took it out. Then a finding says it; what nobody looked into, the score. */
function weighs({ counts, inRing, ring, finding, aside }: Told): boolean {
  if (ring !== 'not of it' && (inRing || ring === 'of it')) return false
  if (finding !== null) return finding === 'confirmed'
  return aside !== 'yes' && (counts || ring === 'not of it')
}

test('whatever is known of a complaint, one rule says whether it weighs on its seller', async () => {
  await using w = await world()
  await w.seller('clay')
  const owner = new pg.Client({ connectionString: w.url })
  await owner.connect()
  for (const statement of happened.split(/;\n/))
    await owner.query(statement, statement.includes('$1') ? [JSON.stringify(all)] : [])
  await owner.end()
  const said = await w.inside((tx) => complaintsAbout(tx, 'clay'))
  const counting = said.filter(({ counts }) => counts).map(({ complaintId }) => complaintId)
  expect(said).toHaveLength(all.length)
  expect(counting.toSorted()).toEqual(
    all
      .filter(weighs)
      .map(({ id }) => id)
      .toSorted(),
  )
})
