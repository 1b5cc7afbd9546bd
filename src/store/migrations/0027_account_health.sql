-- Account health: what its points are worked out from, which written thresholds are met, and the measures that rest on one. Adds tables and functions; older code still runs, and works out nothing.

-- Whoever may know how an account stands: its seller, whoever works here, and machines of ours. Of what they are told
-- by the functions below some lies where they see no row: who complains, what people checked, who claims an account.
create function may_know_health(this_seller text) returns boolean
language sql stable
return wall() = 'inside' or is_staff() or owns(this_seller);

-- When a stranger had the account: up to its hand-over, or until now where a claim keeps it shut and is not decided.
create function takeovers_of(this_seller text, at timestamptz) returns table (since timestamptz, until timestamptz)
language sql stable security definer set search_path = public, pg_temp
as $$
  select (o.detail ->> 'since')::timestamptz, p.handed_over_at
  from claims c
  join provings p on p.claim_id = c.id
  join claim_orders o on o.claim_id = c.id and o.ability = 'changesSince'
  where c.seller_id = this_seller and p.state in ('handed-over', 'settled') and may_know_health(this_seller)
  union all
  select coalesce(
      (select s.at from first_signs s where s.claim_id = c.id order by s.said_at desc, s.id desc limit 1),
      (select min(d.taken_at) from decisions d
        where d.seller_id = this_seller and d.kind = 'impose' and d.measure like 'account.secure%'
          and d.policy <> 'account-recovery' and d.taken_at between c.opened_at - interval '30 days' and c.opened_at),
      c.opened_at),
    greatest(takeovers_of.at, t.began_at)
  from standstills t
  join claims c on c.id = t.claim_id
  where t.seller_id = this_seller and t.ended_at is null and may_know_health(this_seller)
$$;

-- Every measure that was imposed on a seller since then and told by now, and what became of it; what narrowed it is the same measure.
create function violations_of(this_seller text, since timestamptz, at timestamptz) returns table (
  "decisionId" text, number integer, measure text, subject text, title text, policy text, "policyTitle" text,
  "takenAt" timestamptz, "isInForce" boolean, "isLifted" boolean, "byMachine" boolean, "isSeen" boolean,
  "isOnComplaint" boolean, "isContested" boolean, "isInTakeover" boolean, "remediedAt" timestamptz
)
language sql stable security definer set search_path = public, pg_temp
as $$
  with recursive chain (root, id) as (
    select d.id, d.id from decisions d
    where d.seller_id = this_seller and d.kind = 'impose' and d.taken_at > violations_of.since
      and d.notice_at <= violations_of.at and may_know_health(this_seller)
    union all
    select c.root, n.id from chain c join decisions n on n.about = c.id and n.kind = 'narrow'
  ), whole as (
    select c.root, array_agg(c.id) as ids,
      bool_or(e.kind = 'lift') is true as lifted,
      bool_or(a.ended_at is null and (a.ends_at is null or a.ends_at > violations_of.at)) as in_force
    from chain c
    join actions a on a.decision_id = c.id
    left join decisions e on e.id = a.ended_by
    group by c.root
  ), windows as (
    select t.since, t.until from takeovers_of(this_seller, violations_of.at) t
  )
  select d.id, d.number, d.measure, d.subject_kind, s.body #>> '{subject,title}', d.policy, s.body #>> '{ground,title}',
    d.taken_at, w.in_force, w.lifted,
    d.taken_by ->> 'kind' <> 'person',
    -- That its seller contested it and it stands is not what makes a person stand behind it: an appeal never costs.
    d.taken_by ->> 'kind' = 'person'
      or exists (select from cases c
        where (c."check" ->> 'decisionId' = any (w.ids) and c."check" ->> 'conclusion' = 'acted')
          or (c.complaint ->> 'decisionId' = any (w.ids) and c.complaint ->> 'finding' = 'confirmed'))
      or kept.by_repair,
    jsonb_array_length(d.rests_on) > 0
      and not exists (select from jsonb_array_elements(d.rests_on) r where r ->> 'kind' <> 'complaint'),
    exists (select from objections o where o.decision_id = any (w.ids) and o.outcome is null),
    not kept.by_repair and exists (select from windows t where d.taken_at between t.since and t.until),
    least(
      (select v.received_at from listings l
        join listing_versions v on v.listing_id = l.id and v.version = l.version
        where d.subject_kind = 'listing' and l.id = d.listing_id and l.version > d.listing_version
          and not exists (select from waiting_versions q where q.listing_id = l.id and q.version = l.version)
          and not exists (select from findings f
            where f.listing_id = l.id and f.listing_version = l.version and f.policy = d.policy and f.replaced_at is null)),
      (select max(o.answered_at) from objections o
        where o.decision_id = any (w.ids) and o.track = 'remedy' and o.outcome = 'measure_narrowed'))
  from whole w
  join decisions d on d.id = w.root
  join statements s on s.decision_id = w.root
  cross join lateral (select exists (
    select from objections o join cases c on c.id = o.case_id and c.kind = 'repair'
    where o.decision_id = any (w.ids) and o.outcome = 'measure_stands') as by_repair) kept
  order by d.number
$$;

-- What is known of the complaints about a seller in this time. `source` tells reporters apart and names none of them.
create function complaints_weighing_on(this_seller text, since timestamptz, until timestamptz) returns table (
  "complaintId" text, "caseId" text, number integer, at timestamptz, source text, finding text,
  counts boolean, credibility double precision, "ringId" text
)
language sql stable security definer set search_path = public, pg_temp
as $$
  select c.id, c.case_id, c.number, least(c.at, c.received_at), dense_rank() over (order by c.reporter_id)::text,
    c.finding,
    -- A person who looked at a ring and left this complaint out of it said that it stands by itself.
    n.counts or f.is_of_ring is false, n.credibility,
    case when f.is_of_ring is false then null else coalesce(n.ring_id, f.ring_id) end
  from complaints c
  left join lateral (
    select * from complaint_scores s where s.complaint_id = c.id order by s.weighing desc limit 1
  ) n on true
  left join lateral (
    select * from ring_findings r where r.complaint_id = c.id order by r.found_at desc limit 1
  ) f on true
  where c.seller_id = this_seller and may_know_health(this_seller)
    and least(c.at, c.received_at) > complaints_weighing_on.since
    and least(c.at, c.received_at) <= complaints_weighing_on.until
  order by c.number
$$;

-- How many orders a seller had in this time that nobody called off.
create function orders_in(this_seller text, since timestamptz, until timestamptz) returns bigint
language sql stable security definer set search_path = public, pg_temp
return (
  select count(*) from orders o
  where o.seller_id = this_seller and o.state <> 'cancelled' and o.at > since and o.at <= until
    and may_know_health(this_seller));

-- That a written threshold was met, from when to when, and what was done about it: once for each time that it is met.
create table thresholds_met (
  id text primary key,
  seller_id text not null references sellers,
  threshold text not null,
  met_at timestamptz not null,
  over_at timestamptz,
  -- The points, sources and decisions of that moment, and what they came from.
  sums jsonb not null,
  -- The check that was opened; null where the seller was asked.
  case_id text references cases deferrable initially deferred
);
create unique index thresholds_met_now on thresholds_met (seller_id, threshold) where over_at is null;

-- The threshold on which a measure rests, and the rules by which it was computed, word for word: it is computed again by these.
create table threshold_measures (
  decision_id text primary key references decisions,
  seller_id text not null references sellers,
  threshold jsonb not null,
  rules jsonb not null,
  computed_at timestamptz not null
);
create index threshold_measures_by_seller on threshold_measures (seller_id);

-- Whether anything rests on how this account stands.
create function health_matters(this_seller text) returns boolean
language sql stable security definer set search_path = public, pg_temp
return exists (select from thresholds_met t where t.seller_id = this_seller and t.over_at is null)
  or exists (select from threshold_measures t where t.seller_id = this_seller);

-- Complaints that were weighed anew may change what is met: a clock computes it again. In one order, so that two never
-- wait for each other.
create function call_for_health() returns trigger
language plpgsql security definer set search_path = public, pg_temp
as $$
begin
  insert into clocks (kind, ref, due_at)
  select 'health.recheck', c.seller_id, max(w.weighed_at)
  from weighed n
  join complaints c on c.id = n.complaint_id
  join weighings w on w.number = n.weighing
  group by c.seller_id
  order by c.seller_id
  on conflict (kind, ref) do update set due_at = least(clocks.due_at, excluded.due_at);
  return null;
end
$$;
create trigger called_for_health after insert on complaint_scores
  referencing new table as weighed for each statement execute function call_for_health();

do $$
declare
  ours text;
begin
  foreach ours in array array['thresholds_met', 'threshold_measures'] loop
    execute format('alter table %I enable row level security', ours);
    execute format($policy$create policy inside on %I
      using ((select wall()) = 'inside') with check ((select wall()) = 'inside')$policy$, ours);
    execute format('create policy staff_reads on %I for select using ((select is_staff()))', ours);
  end loop;
end
$$;
-- A person who imposes what a threshold proposes, in their own name.
create policy imposed on threshold_measures for insert
  with check ((select imposes()) and took(decision_id));

grant select, insert, update on thresholds_met to recourse_app;
grant select, insert on threshold_measures to recourse_app;
