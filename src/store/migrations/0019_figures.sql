-- Figures for anybody: sums over a period, worked out for who may see no case; who sold an order; and which open cases have no running clock. Adds functions, indices and a column; older code still runs.

-- Whether the marketplace itself sold it; what was told before was told of sellers.
alter table orders
  add column sold_by text not null default 'seller' check (sold_by in ('seller', 'marketplace'));

-- Of everything that was ever here, a period is a small part, and each of these finds it.
create index cases_by_opening on cases (opened_at) where kind = 'appeal';
create index cases_looked_at_once on cases (decided_at) where not second_look and contest_by is null;
create index objections_by_decision on objections (decision_id);
create index decisions_that_change on decisions (taken_at) where kind in ('lift', 'narrow');
create index decisions_that_narrow on decisions (about) where kind = 'narrow';
create index objections_that_stand on objections (case_id) where outcome = 'measure_stands';
create index decisions_imposed on decisions (taken_at) where kind = 'impose';
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
  with versions as materialized (
    -- Read once for each version and not for each case: the documents are long.
    select p.id,
      (p.document #>> '{promise,person}')::float8 as person,
      (p.document #>> '{promise,answer}')::float8 as answer,
      array(select d.key from jsonb_each(p.document -> 'desks') d) as desks,
      array(
        select d.key from jsonb_each(p.document -> 'desks') d
        where d.value ->> 'staff' = 'people' and (d.value -> 'may') ?| array['grant', 'narrow', 'deny']
      ) as deciding
    from procedures p
    where p.id in (select c.procedure_id from cases c where c.state in ('open', 'asking', 'deciding'))
  ), waiting as (
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
        and c.desk = any (v.desks) as has_clock,
      extract(epoch from (at - coalesce(c.reopened_at, c.opened_at))) * 1000
        - c.stood_still_ms
        - coalesce(extract(epoch from (at - (c.ask ->> 'at')::timestamptz)) * 1000, 0) as ms,
      v.person,
      v.answer,
      c.desk = any (v.deciding) as with_a_person
    from cases c
    join versions v on v.id = c.procedure_id
    left join clocks k on k.kind = 'case.due' and k.ref = c.id
    where c.state in ('open', 'asking', 'deciding')
  )
  select
    count(*) as open,
    count(*) filter (where overdue) as overdue,
    count(*) filter (where has_clock is not true) as "withoutClock",
    count(*) filter (where not with_a_person and ms > person) as "beyondPerson",
    count(*) filter (where ms > answer) as "beyondAnswer",
    (select count(*) from subjects where restoring_since is not null) as "notYetBack",
    looked_at_once('-infinity', at) as "oneLook",
    (select count(*) from mails where state = 'held') as "mailsHeld",
    (select count(*) from mails where state = 'held' and (overdue_since is not null or due_at <= at)) as "mailsLate",
    coalesce(max(ms), 0)::float8 as "longestMs"
  from waiting
$$;

create function milliseconds(length interval) returns double precision
language sql immutable
return extract(epoch from length)::float8 * 1000;

-- How long whoever wrote to us waited for an answer, on the marketplace's own clock: worked out from the events of the case in
-- the transaction that answers it, because to do so for a year of cases at once takes long. Taken away when it is opened again.
create table waits (
  case_id text primary key references cases,
  answered_at timestamptz not null,
  -- Milliseconds until a desk of people who may decide had it, until one of them took it up, and until the answer.
  person double precision not null,
  taken_up double precision not null,
  answer double precision not null,
  -- By the version of the procedure that the case follows.
  is_beyond_person boolean not null,
  is_beyond_answer boolean not null
);
create index waits_by_answer on waits (answered_at) include (person, taken_up, answer, is_beyond_person, is_beyond_answer);
alter table waits enable row level security;
create policy inside on waits using ((select wall()) = 'inside') with check ((select wall()) = 'inside');
create policy auditor_reads on waits for select using ((select holds('auditor')));

-- The wait of a case that is answered; of what nobody sent, nobody waits for (core/case.ts: hasSender), there is none.
create function wait_of(c cases) returns setof waits
language sql stable
as $$
  with began as (
    select coalesce(c.reopened_at, c.opened_at) as at, p.document
    from procedures p
    where p.id = c.procedure_id
      and c.decided_at is not null
      and c.kind not in ('check', 'repair')
      and (c.channel <> 'system' or c.matter not like 'matter.%')
  ), had as (
    select min(e.at) as at
    from began b
    join events e on e.case_id = c.id and e.kind = 'case.arrived' and e.at >= b.at
    where b.document #>> array['desks', e.detail ->> 'desk', 'staff'] = 'people'
      and (b.document #> array['desks', e.detail ->> 'desk', 'may']) ?| array['grant', 'narrow', 'deny']
  ), reached as (
    -- What ended before ended in the seller's favour, or with the answer to a question.
    select least(h.at, c.decided_at) as had,
      least(
        (select min(e.at) from events e where e.case_id = c.id and e.kind = 'case.taken' and e.at >= h.at),
        c.decided_at
      ) as taken
    from had h
  ), asked as (
    -- A question that waited for the seller, from when it was put until it was answered or its time was over.
    select e.at,
      least((e.detail ->> 'until')::timestamptz, (
        select min(n.at) from events n where n.case_id = c.id and n.id > e.id and n.kind in ('case.written', 'case.silent')
      )) as until
    from began b
    join events e on c.asks > 0 and e.case_id = c.id and e.kind = 'case.asked' and e.at >= b.at
  ), waited as (
    select
      case when r.had < c.decided_at then milliseconds(r.had - b.at)
        - coalesce((select sum(greatest(milliseconds(least(a.until, r.had) - a.at), 0)) from asked a), 0)
        else milliseconds(c.decided_at - b.at) - c.stood_still_ms end as person,
      case when r.taken < c.decided_at then milliseconds(r.taken - b.at)
        - coalesce((select sum(greatest(milliseconds(least(a.until, r.taken) - a.at), 0)) from asked a), 0)
        else milliseconds(c.decided_at - b.at) - c.stood_still_ms end as taken_up,
      milliseconds(c.decided_at - b.at) - c.stood_still_ms as answer,
      (b.document #>> '{promise,person}')::float8 as person_promised,
      (b.document #>> '{promise,answer}')::float8 as answer_promised
    from began b, reached r
  )
  select c.id, c.decided_at, greatest(person, 0), greatest(taken_up, 0), greatest(answer, 0),
    person > person_promised, answer > answer_promised
  from waited
$$;

create function keep_wait() returns trigger
language plpgsql security definer set search_path = public, pg_temp
as $$
begin
  delete from waits where case_id = new.id;
  insert into waits select * from wait_of(new);
  return null;
end
$$;
create trigger waited after insert on cases for each row when (new.decided_at is not null) execute function keep_wait();
create trigger waited_anew after update on cases for each row
  when ((old.decided_at, old.opened_at, old.reopened_at, old.stood_still_ms)
    is distinct from (new.decided_at, new.opened_at, new.reopened_at, new.stood_still_ms)
    and (old.decided_at is not null or new.decided_at is not null))
  execute function keep_wait();
insert into waits
select w.* from cases c cross join lateral wait_of(c) w;

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
  with recursive narrowed (id, root) as (
    select n.id, d.id from decisions n join decisions d on d.id = n.about and d.kind = 'impose' where n.kind = 'narrow'
    union all
    select n.id, r.root from narrowed r join decisions n on n.about = r.id and n.kind = 'narrow'
  ), contested as (
    select distinct coalesce(n.root, o.decision_id) as id
    from objections o
    left join narrowed n on n.id = o.decision_id
    where o.seller_id is not null
  ), overturned as (
    select distinct coalesce(n.root, c.about) as id
    from decisions c
    left join narrowed n on n.id = c.about
    where c.kind in ('lift', 'narrow') and c.taken_at >= told_since(days, at)
      and case c.taken_by ->> 'kind'
        -- What the seller had to mend first was no mistake.
        when 'person' then not exists (
          select from objections o
          where o.decision_id = c.about and o.track = 'remedy' and o.outcome in ('measure_lifted', 'measure_narrowed'))
        when 'policy' then not exists (
          select from listing_versions v
          where v.listing_id = c.listing_id and v.version > c.listing_version and v.received_at <= c.taken_at)
        -- Nobody looked at what a clock gave back.
        else false
      end
  ), imposed as (
    select d.policy collate "C" as policy,
      case d.taken_by ->> 'kind' when 'person' then 'person' else 'machine' end as decider,
      case
        when d.rests_on @> '[{"kind": "complaint"}]' then 'complaint'
        when d.taken_by ->> 'kind' = 'policy' or d.rests_on @> '[{"kind": "finding"}]' or w.by_machine then 'machine'
        else 'person'
      end as finder,
      date_trunc(case when days is null then 'month' else 'week' end, d.taken_at at time zone 'UTC') as span,
      count(*) as taken,
      count(c.id) as contested,
      count(o.id) as overturned
    from decisions d
    left join withholdings w on w.decision_id = d.id
    left join contested c on c.id = d.id
    left join overturned o on o.id = d.id
    where d.kind = 'impose' and d.taken_at >= told_since(days, at) and d.notice_at <= at
      -- Taken back in the minute before anybody heard of it, it was never there.
      and not exists (select from decisions u where u.about = d.id and u.kind = 'lift' and u.taken_at < d.notice_at)
    group by 1, 2, 3, 4
  )
  select
    case
      when grouping(policy) = 0 then 'policy'
      when grouping(decider) = 0 then 'decider'
      when grouping(finder) = 0 then 'finder'
      when grouping(span) = 0 then 'span'
      else 'all'
    end as by,
    coalesce(policy, decider, finder, to_char(span, 'YYYY-MM-DD')) as "group",
    (select p.document ->> 'title' from policies p where p.name = imposed.policy order by p.version desc limit 1) as title,
    coalesce(sum(taken), 0)::bigint as taken,
    coalesce(sum(contested), 0)::bigint as contested,
    coalesce(sum(overturned), 0)::bigint as overturned
  from imposed
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
  with worst as (
    -- Of each case the outcome that counts, by its rank and who said so.
    select o.case_id,
      min(case o.outcome
        when 'measure_stands' then '1' when 'measure_narrowed' then '2' when 'measure_lifted' then '3' when 'withdrawn' then '4'
        else '0'
      end || coalesce(o.answered_by, '') collate "C") as said
    from objections o
    join cases c on c.id = o.case_id
    where c.kind = 'appeal' and c.opened_at >= told_since(days, at) and c.opened_at <= at
    group by o.case_id
  ), filed as (
    select c.second_look,
      case left(w.said, 1)
        when '1' then 'measure_stands' when '2' then 'measure_narrowed' when '3' then 'measure_lifted' when '4' then 'withdrawn'
      end as outcome,
      nullif(substr(w.said, 2), '') as answered_by,
      s.id is not null as by_person
    from cases c
    left join worst w on w.case_id = c.id
    left join staff s on s.id = substr(w.said, 2)
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

-- In which step of a histogram a wait is: whoever waited exactly one step is in the first, and the last holds all that is longer.
create function place_of(ms double precision, step double precision) returns integer
language sql immutable
return greatest(least(ceil(ms / step) - 1, 99), 0)::integer;

-- The waits that ended with an answer in the period: in all, and in steps of so many milliseconds.
create function figures_of_waits(days integer, at timestamptz, person_step double precision, answer_step double precision)
returns table (
  until text, place integer, ended bigint, beyond bigint, median double precision, p95 double precision, worst double precision
)
language sql stable security definer set search_path = public, pg_temp
as $$
  with ended as (
    select * from waits where answered_at >= told_since(days, at) and answered_at <= at
  ), spread as (
    select count(*) as many,
      count(*) filter (where is_beyond_person) as beyond_person,
      count(*) filter (where is_beyond_answer) as beyond_answer,
      percentile_disc(array[0.5, 0.95, 1]) within group (order by person) as person,
      percentile_disc(array[0.5, 0.95, 1]) within group (order by taken_up) as taken_up,
      percentile_disc(array[0.5, 0.95, 1]) within group (order by answer) as answer
    from ended
    having count(*) > 0
  )
  select 'person', null::integer, many, beyond_person, person[1], person[2], person[3] from spread
  union all
  select 'takenUp', null, many, 0, taken_up[1], taken_up[2], taken_up[3] from spread
  union all
  select 'answer', null, many, beyond_answer, answer[1], answer[2], answer[3] from spread
  union all
  select 'person', place_of(person, person_step), count(*), 0, null, null, null from ended group by 2
  union all
  select 'takenUp', place_of(taken_up, person_step), count(*), 0, null, null, null from ended group by 2
  union all
  select 'answer', place_of(answer, answer_step), count(*), 0, null, null, null from ended group by 2
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
