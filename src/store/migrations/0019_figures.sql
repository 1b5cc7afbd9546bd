-- Figures for anybody: sums over a period, worked out for who may see no case; who sold an order; and which open cases have no running clock. Adds functions, indices and a column; older code still runs.

-- Whether the marketplace itself sold it; what was told before was told of sellers.
alter table orders
  add column sold_by text not null default 'seller' check (sold_by in ('seller', 'marketplace'));

-- Of everything that was ever here, a period is a small part, and each of these finds it.
create index cases_by_opening on cases (opened_at) where kind = 'appeal';
create index cases_by_decision on cases (decided_at) where decided_at is not null;
create index cases_looked_at_once on cases (decided_at) where not second_look and contest_by is null;
create index objections_by_decision on objections (decision_id);
create index objections_that_stand on objections (case_id) where outcome = 'measure_stands';
create index decisions_imposed on decisions (taken_at) where kind = 'impose';
create index events_of_hands on events (case_id, at) where kind in ('case.arrived', 'case.taken');
create index orders_by_time on orders (at) include (sold_by, state, currency, amount);
create index calls_by_time on calls (starts_at);

-- Who got one look and not two, because the desk that would have looked again stood in for one that was late. Whoever could
-- have contested was told until when; where nobody could, there is no such day.
create function looked_at_once(since timestamptz, at timestamptz) returns bigint
language sql stable
return (
  select count(*)
  from cases c
  where c.decided_at >= since and c.decided_at <= at and not c.second_look and c.contest_by is null
    and c.state in ('closed', 'restoring')
    and exists (select from objections o where o.case_id = c.id and o.outcome = 'measure_stands')
    and exists (select from events e where e.case_id = c.id and e.kind = 'case.arrived' and e.detail ->> 'why' = 'late')
);

-- Anew: beside what it counted, the open cases without a running clock, and mail that waits. It reads the rows of cases and
-- of clocks, and nothing that says of itself that it is in order.
drop function waiting(timestamptz);
create function waiting(at timestamptz) returns table (
  open bigint, overdue bigint, "withoutClock" bigint, "beyondPerson" bigint, "beyondAnswer" bigint, "notYetBack" bigint,
  "oneLook" bigint, "mailsHeld" bigint, "mailsLate" bigint, "longestMs" double precision
)
language sql stable security definer set search_path = public, pg_temp
as $$
  with waiting as (
    select
      c.overdue_since is not null or (c.state = 'open' and c.due_at <= at) as overdue,
      -- The desk's time, the seller's, or the minute of undoing: whichever runs, a clock rings at its end, and a clock that
      -- should have rung five minutes ago rings no more. The desk has to be one that its procedure knows.
      k.due_at is not null
        and k.due_at >= at - interval '5 minutes'
        and k.due_at <= case c.state
          when 'open' then c.due_at
          when 'asking' then (c.ask ->> 'until')::timestamptz
          when 'deciding' then (c.pending ->> 'until')::timestamptz
        end
        and p.document -> 'desks' ? c.desk as "hasClock",
      extract(epoch from (at - coalesce(c.reopened_at, c.opened_at))) * 1000
        - c.stood_still_ms
        - coalesce(extract(epoch from (at - (c.ask ->> 'at')::timestamptz)) * 1000, 0) as ms,
      (p.document #>> '{promise,person}')::float8 as person,
      (p.document #>> '{promise,answer}')::float8 as answer,
      coalesce(
        p.document #>> array['desks', c.desk, 'staff'] = 'people'
          and (p.document #> array['desks', c.desk, 'may']) ?| array['grant', 'narrow', 'deny'],
        false
      ) as with_a_person
    from cases c
    join procedures p on p.id = c.procedure_id
    left join clocks k on k.kind = 'case.due' and k.ref = c.id
    where c.state in ('open', 'asking', 'deciding')
  )
  select
    count(*) as open,
    count(*) filter (where overdue) as overdue,
    count(*) filter (where "hasClock" is not true) as "withoutClock",
    count(*) filter (where not with_a_person and ms > person) as "beyondPerson",
    count(*) filter (where ms > answer) as "beyondAnswer",
    (select count(*) from subjects where restoring_since is not null) as "notYetBack",
    looked_at_once('-infinity', at) as "oneLook",
    (select count(*) from mails where state = 'held') as "mailsHeld",
    (select count(*) from mails where state = 'held' and (overdue_since is not null or due_at <= at)) as "mailsLate",
    coalesce(max(ms), 0)::float8 as "longestMs"
  from waiting
$$;

-- The functions that follow tell of a period until `at`, or of all time where `days` is null. No time shorter than thirty
-- days is told of, however they are asked, and no row of theirs names a seller, a case or a listing.

create function told_since(days integer, at timestamptz) returns timestamptz
language sql stable
return case when days is null then '-infinity'::timestamptz else at - make_interval(days => greatest(days, 30)) end;

-- Measures that were imposed in the period: in all, by rule, by who decided, by what found them, and by the week or month. Each
-- with how many were contested, and how many taken back since because somebody looked again.
create function figures_of_measures(days integer, at timestamptz) returns table (
  by text, "group" text, title text, taken bigint, contested bigint, overturned bigint
)
language sql stable security definer set search_path = public, pg_temp
as $$
  with recursive imposed as (
    select d.id, d.policy, d.taken_at, d.listing_version,
      case d.taken_by ->> 'kind' when 'person' then 'person' else 'machine' end as decider,
      case
        when d.rests_on @> '[{"kind": "complaint"}]' then 'complaint'
        when d.taken_by ->> 'kind' = 'policy' or d.rests_on @> '[{"kind": "finding"}]' or w.by_machine then 'machine'
        else 'person'
      end as finder
    from decisions d
    left join withholdings w on w.decision_id = d.id
    where d.kind = 'impose' and d.taken_at >= told_since(days, at) and d.notice_at <= at
      -- Taken back in the minute before anybody heard of it, it was never there.
      and not exists (select from decisions u where u.about = d.id and u.kind = 'lift' and u.taken_at < d.notice_at)
  ), holding (imposed, id, listing_version) as (
    select id, id, listing_version from imposed
    union all
    select h.imposed, n.id, h.listing_version
    from holding h
    join decisions n on n.about = h.id and n.kind = 'narrow'
  ), contested as (
    select distinct h.imposed as id
    from holding h
    join objections o on o.decision_id = h.id
    where o.seller_id is not null
  ), overturned as (
    select distinct h.imposed as id
    from holding h
    join decisions c on c.about = h.id and c.kind in ('lift', 'narrow')
    where case c.taken_by ->> 'kind'
      -- What the seller had to mend first was no mistake.
      when 'person' then not exists (
        select from objections o
        where o.decision_id = h.id and o.track = 'remedy' and o.outcome in ('measure_lifted', 'measure_narrowed'))
      when 'policy' then not exists (
        select from listing_versions v
        where v.listing_id = c.listing_id and v.version > h.listing_version and v.received_at <= c.taken_at)
      -- Nobody looked at what a clock gave back.
      else false
    end
  ), marked as (
    select i.policy, i.decider, i.finder,
      to_char(date_trunc(case when days is null then 'month' else 'week' end, i.taken_at at time zone 'UTC'), 'YYYY-MM-DD') as span,
      c.id is not null as is_contested,
      o.id is not null as is_overturned
    from imposed i
    left join contested c on c.id = i.id
    left join overturned o on o.id = i.id
  )
  select
    case
      when grouping(policy) = 0 then 'policy'
      when grouping(decider) = 0 then 'decider'
      when grouping(finder) = 0 then 'finder'
      when grouping(span) = 0 then 'span'
      else 'all'
    end as by,
    coalesce(policy, decider, finder, span) as "group",
    (select p.document ->> 'title' from policies p where p.name = marked.policy order by p.version desc limit 1) as title,
    count(*) as taken,
    count(*) filter (where is_contested) as contested,
    count(*) filter (where is_overturned) as overturned
  from marked
  group by grouping sets ((), (policy), (decider), (finder), (span))
$$;

-- Appeals that were filed in the period, by what came of them and who said so. A case counts by its least favourable
-- objection, as core/case.ts has it, and is open as long as one of them is.
create function figures_of_appeals(days integer, at timestamptz) returns table (
  filed bigint, lifted bigint, narrowed bigint, stands bigint, withdrawn bigint, open bigint,
  "byMachine" bigint, "byClock" bigint, "byPerson" bigint, "secondLooks" bigint, "secondLooksChanged" bigint,
  "secondLooksOpen" bigint, "oneLook" bigint
)
language sql stable security definer set search_path = public, pg_temp
as $$
  with filed as (
    select c.id, c.second_look, worst.outcome, worst.answered_by, s.id is not null as by_person
    from cases c
    left join lateral (
      select o.outcome, o.answered_by
      from objections o
      where o.case_id = c.id
      order by case o.outcome
        when 'measure_stands' then 1 when 'measure_narrowed' then 2 when 'measure_lifted' then 3 when 'withdrawn' then 4 else 0 end
      limit 1
    ) worst on true
    left join staff s on s.id = worst.answered_by
    where c.kind = 'appeal' and c.opened_at >= told_since(days, at) and c.opened_at <= at
  )
  select
    count(*) as filed,
    count(*) filter (where outcome = 'measure_lifted') as lifted,
    count(*) filter (where outcome = 'measure_narrowed') as narrowed,
    count(*) filter (where outcome = 'measure_stands') as stands,
    count(*) filter (where outcome = 'withdrawn') as withdrawn,
    count(*) filter (where outcome is null) as open,
    count(*) filter (where outcome in ('measure_lifted', 'measure_narrowed') and answered_by is not null and not by_person) as "byMachine",
    count(*) filter (where outcome in ('measure_lifted', 'measure_narrowed') and answered_by is null) as "byClock",
    count(*) filter (where outcome in ('measure_lifted', 'measure_narrowed') and by_person) as "byPerson",
    count(*) filter (where second_look) as "secondLooks",
    count(*) filter (where second_look and outcome in ('measure_lifted', 'measure_narrowed')) as "secondLooksChanged",
    count(*) filter (where second_look and outcome is null) as "secondLooksOpen",
    looked_at_once(told_since(days, at), at) as "oneLook"
  from filed
$$;

-- How long whoever wrote to us waited, on the marketplace's own clock: until a desk that may decide had it, until somebody
-- took it up there, and until the answer. Of what was answered in the period; in all, and in steps of so many milliseconds.
create function figures_of_waits(days integer, at timestamptz, person_step double precision, answer_step double precision)
returns table (
  until text, place integer, ended bigint, beyond bigint, median double precision, p95 double precision, worst double precision
)
language sql stable security definer set search_path = public, pg_temp
as $$
  with desks as (
    select p.id as procedure_id, d.key as desk
    from procedures p, jsonb_each(p.document -> 'desks') d
    where d.value ->> 'staff' = 'people' and (d.value -> 'may') ?| array['grant', 'narrow', 'deny']
  ), answered as (
    select c.id, c.procedure_id, c.asks, c.decided_at, c.stood_still_ms,
      coalesce(c.reopened_at, c.opened_at) as began,
      (p.document #>> '{promise,person}')::float8 as person,
      (p.document #>> '{promise,answer}')::float8 as answer
    from cases c
    join procedures p on p.id = c.procedure_id
    where c.decided_at >= told_since(days, at) and c.decided_at <= at
      and c.state in ('restoring', 'answered', 'closed')
      -- What nobody sent, nobody waits for (core/case.ts: hasSender).
      and c.kind not in ('check', 'repair')
      and (c.channel <> 'system' or c.matter not like 'matter.%')
  ), had as (
    select a.id, min(e.at) as at
    from answered a
    join events e on e.case_id = a.id and e.kind = 'case.arrived' and e.at >= a.began
    join desks d on d.procedure_id = a.procedure_id and d.desk = e.detail ->> 'desk'
    group by a.id
  ), taken as (
    select h.id, min(e.at) as at
    from had h
    join events e on e.case_id = h.id and e.kind = 'case.taken' and e.at >= h.at
    group by h.id
  ), reached as (
    select a.*, least(h.at, a.decided_at) as had_at, least(t.at, a.decided_at) as taken_at
    from answered a
    left join had h on h.id = a.id
    left join taken t on t.id = a.id
  ), asked as (
    -- A question that waited for the seller, from when it was put until it was answered or its time was over.
    select r.id, e.at as began,
      least((e.detail ->> 'until')::timestamptz, (
        select min(n.at) from events n where n.case_id = r.id and n.id > e.id and n.kind in ('case.written', 'case.silent')
      )) as ended
    from reached r
    join events e on e.case_id = r.id and e.kind = 'case.asked' and e.at >= r.began
    where r.asks > 0
  ), stood as (
    select r.id,
      sum(greatest(extract(epoch from least(q.ended, r.had_at) - q.began), 0)) * 1000 as until_had,
      sum(greatest(extract(epoch from least(q.ended, r.taken_at) - q.began), 0)) * 1000 as until_taken
    from reached r
    join asked q on q.id = r.id
    group by r.id
  ), waits as (
    select w.until, greatest(w.ms, 0)::float8 as ms, w.promised, w.step
    from reached r
    left join stood s on s.id = r.id
    cross join lateral (values
      -- What ended before such a desk had it ended in the seller's favour, or with the answer to a question.
      ('person', case when r.had_at < r.decided_at
        then extract(epoch from r.had_at - r.began) * 1000 - coalesce(s.until_had, 0)
        else extract(epoch from r.decided_at - r.began) * 1000 - r.stood_still_ms end, r.person, person_step),
      ('takenUp', case when r.taken_at < r.decided_at
        then extract(epoch from r.taken_at - r.began) * 1000 - coalesce(s.until_taken, 0)
        else extract(epoch from r.decided_at - r.began) * 1000 - r.stood_still_ms end, null, person_step),
      ('answer', extract(epoch from r.decided_at - r.began) * 1000 - r.stood_still_ms, r.answer, answer_step)
    ) as w (until, ms, promised, step)
  ), placed as (
    -- Whoever waited exactly one step is in the first; the last place holds all that is longer.
    select until, ms, ms > promised as is_beyond, greatest(least(ceil(ms / step) - 1, 99), 0)::integer as place
    from waits
  )
  select until, place, count(*) as ended, count(*) filter (where is_beyond) as beyond,
    percentile_disc(0.5) within group (order by ms) as median,
    percentile_disc(0.95) within group (order by ms) as p95,
    max(ms) as worst
  from placed
  group by grouping sets ((until), (until, place))
$$;

-- Orders of the period and of the one as long before it, by currency and in all: how many, of what value, and of them how
-- many that sellers sold and not the marketplace. What was called off was not sold.
create function figures_of_sales(days integer, at timestamptz) returns table (
  "isBefore" boolean, currency text, orders bigint, "bySellers" bigint, value double precision, "valueBySellers" double precision
)
language sql stable security definer set search_path = public, pg_temp
as $$
  with sold as (
    select o.at < told_since(days, figures_of_sales.at) as is_before, o.currency, o.amount, o.sold_by
    from orders o
    where o.state <> 'cancelled'
      and o.at <= figures_of_sales.at
      and o.at >= told_since(case when days is not null then 2 * greatest(days, 30) end, figures_of_sales.at)
  )
  select is_before as "isBefore", currency, count(*) as orders,
    count(*) filter (where sold_by = 'seller') as "bySellers",
    coalesce(sum(amount), 0)::float8 as value,
    coalesce(sum(amount) filter (where sold_by = 'seller'), 0)::float8 as "valueBySellers"
  from sold
  group by grouping sets ((is_before), (is_before, currency))
  having grouping(currency) = 1 or currency is not null
$$;

-- Calls of the period that sellers booked and did not take back, and of them those that nobody of ours made.
create function figures_of_calls(days integer, at timestamptz) returns table (booked bigint, "notMade" bigint)
language sql stable security definer set search_path = public, pg_temp
as $$
  select count(*) as booked, count(*) filter (where state = 'lapsed') as "notMade"
  from calls
  where state <> 'cancelled' and starts_at >= told_since(days, figures_of_calls.at) and ends_at <= figures_of_calls.at
$$;
