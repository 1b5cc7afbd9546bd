-- Measures against reporters who complain, again and again, of what is manifestly not so (DSA Art. 23). Adds a table and columns; older code still runs, and sets nothing aside.

create table reporter_measures (
  id text primary key,
  reporter_id text not null references reporters,
  -- At which it was taken, and by whose number and code it is contested.
  complaint_id text not null references complaints,
  complaint_number integer not null,
  kind text not null check (kind in ('warning', 'set-aside')),
  taken_by text not null references staff,
  taken_by_name text not null,
  taken_at timestamptz not null,
  until timestamptz,
  -- In which the reporter is told why.
  reasons text not null check (btrim(reasons) <> ''),
  -- The four factors as the person saw them.
  factors jsonb not null check (jsonb_array_length(factors) = 4),
  lifted_by text references staff,
  lifted_by_name text,
  lifted_at timestamptz,
  lifted_reasons text check (btrim(lifted_reasons) <> ''),
  check ((kind = 'set-aside') = (until is not null)),
  check (until > taken_at and until <= taken_at + interval '90 days'),
  check (num_nulls(lifted_by, lifted_by_name, lifted_at, lifted_reasons) in (0, 4))
);
create index reporter_measures_by_reporter on reporter_measures (reporter_id, taken_at);
create index reporter_measures_by_complaint on reporter_measures (complaint_id);

alter table complaints
  -- Whether the person who refuted it said that it was manifestly unfounded.
  add column is_unfounded boolean not null default false,
  -- By what it was set aside when it came.
  add column set_aside_by text references reporter_measures,
  add check (not is_unfounded or finding is not distinct from 'refuted');
create index complaints_set_aside on complaints (set_aside_by) where set_aside_by is not null;

-- Whoever writes it: nothing is set aside without a warning before, and what was said stays said.
create function keep_reporter_measure() returns trigger
language plpgsql
as $$
begin
  if tg_op = 'INSERT' and new.kind = 'set-aside' and not exists (
    select from reporter_measures w
    where w.reporter_id = new.reporter_id and w.kind = 'warning' and w.lifted_at is null and w.taken_at < new.taken_at)
  then
    raise insufficient_privilege using message = 'whoever was not warned is not set aside';
  end if;
  if tg_op = 'UPDATE' and old.lifted_at is not null then
    raise insufficient_privilege using message = 'what is lifted stays lifted';
  end if;
  return new;
end
$$;
create trigger kept_reporter_measure before insert or update on reporter_measures
  for each row execute function keep_reporter_measure();

alter table reporter_measures enable row level security;
create policy inside on reporter_measures
  using ((select wall()) = 'inside') with check ((select wall()) = 'inside');
create policy works on reporter_measures for select
  using ((select works()) or (select holds('auditor')));
-- A reporter reads what was taken at the complaint that they opened, and by what that was set aside.
create policy reported on reporter_measures for select
  using ((select wall()) = 'reporter' and exists (
    select from complaints c where c.id = complaint_id or c.set_aside_by = reporter_measures.id));
create function is_complaint_at_own_desk(this_complaint text) returns boolean
language sql stable
return decides() and exists (
  select from complaints c join cases k on k.id = c.case_id
  where c.id = this_complaint and staffs(k.desk) and decides_on(k.kind, k.matter));
create policy taken on reporter_measures for insert
  with check (taken_by = staff_id() and lifted_at is null and is_complaint_at_own_desk(complaint_id));
create policy lifted on reporter_measures for update
  using (is_complaint_at_own_desk(complaint_id)) with check (lifted_by = staff_id());

-- What complaints about a seller are worth now: of what was set aside when it came, that it was, until that is lifted.
drop function scores_of(text);
create function scores_of(seller text)
returns table (complaint_id text, case_id text, at timestamptz, finding text, credibility double precision,
  counts boolean, is_of_confirmed_ring boolean, ring_id text, weighed_at timestamptz, is_set_aside boolean)
language sql stable security definer set search_path = public, pg_temp
as $$
  select c.id, c.case_id, c.at, c.finding, s.credibility, s.counts, coalesce(f.is_of_ring, false),
    case when is_of(seller) then null else s.ring_id end, w.weighed_at,
    m.id is not null and m.lifted_at is null
  from complaints c
  join lateral (
    select * from complaint_scores n where n.complaint_id = c.id order by n.weighing desc limit 1
  ) s on true
  join weighings w on w.number = s.weighing
  left join lateral (
    select * from ring_found(c.id)
  ) f on true
  left join reporter_measures m on m.id = c.set_aside_by
  where c.seller_id = seller
    and (wall() = 'inside' or works() or holds('auditor') or is_of(seller))
  order by c.at, c.id
$$;

-- The same for what complaints weigh on the account of a seller.
create or replace function complaints_weighing_on(this_seller text, since timestamptz, until timestamptz) returns table (
  "complaintId" text, "caseId" text, number integer, at timestamptz, source text, finding text,
  counts boolean, credibility double precision, "ringId" text
)
language sql stable security definer set search_path = public, pg_temp
as $$
  select c.id, c.case_id, c.number, least(c.at, c.received_at), dense_rank() over (order by c.reporter_id)::text,
    c.finding,
    -- A person who looked at a ring and left this complaint out of it said that it stands by itself.
    -- What was set aside when it came is as if it had not been weighed.
    case when not exists (select from reporter_measures m where m.id = c.set_aside_by and m.lifted_at is null)
      then n.counts or f.is_of_ring is false end,
    n.credibility,
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

grant select, insert on reporter_measures to recourse_app;
grant update (lifted_by, lifted_by_name, lifted_at, lifted_reasons) on reporter_measures to recourse_app;
grant update (is_unfounded) on complaints to recourse_app;
