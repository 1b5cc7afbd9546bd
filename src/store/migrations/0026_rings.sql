-- Scores of complaints and rings: what the engine said of all that is held at a time, and what people found of each ring. Adds tables; older code still runs, and weighs nothing.

-- That something arrived which complaints are weighed by. Whoever weighs takes away what they saw, and no more.
create table weighing_calls (
  id bigint generated always as identity primary key
);

-- One weighing of all that is held. Its number goes in first, so of two at once the second fails and looks anew.
create table weighings (
  number integer primary key,
  -- Which engine with which weights: another one weighs anew.
  engine text not null,
  weights jsonb not null,
  weighed_at timestamptz not null,
  complaints integer not null,
  counting integer not null,
  rings integer not null,
  took_ms integer not null
);

-- A ring as people see it: as the newest weighing has it until a person decided, and as that person saw it from then on.
create table rings (
  id text primary key,
  number integer generated always as identity unique,
  -- The ring that people decided on before, of which more came.
  follows text references rings,
  state text not null check (state in ('open', 'gone', 'confirmed', 'dismissed')),
  -- Goes up with everything that shows.
  version integer not null,
  found_at timestamptz not null,
  weighing integer not null references weighings,
  report jsonb not null,
  -- Whom people took out, why and when; and what is left without them, null where that is no ring.
  pruned jsonb not null,
  remainder jsonb,
  is_remainder_due boolean not null,
  decided_by text references staff,
  decided_by_name text,
  decided_at timestamptz,
  reasons text check (btrim(reasons) <> ''),
  outcome jsonb,
  check (num_nulls(decided_by, decided_by_name, decided_at, reasons) in (0, 4)),
  check ((state in ('confirmed', 'dismissed')) = (decided_at is not null))
);
create index rings_by_state on rings (state, found_at desc);

-- What a complaint was worth at a weighing, kept where it is another than before: the newest row is what it is worth now.
create table complaint_scores (
  complaint_id text not null references complaints,
  weighing integer not null references weighings,
  credibility double precision not null check (credibility between 0 and 1),
  counts boolean not null,
  ring_id text references rings,
  reasons jsonb not null,
  primary key (complaint_id, weighing)
);
create index complaint_scores_by_ring on complaint_scores (ring_id) where ring_id is not null;

-- What a person found of each complaint of a ring: that it is of it, or that it stands by itself.
create table ring_findings (
  ring_id text not null references rings,
  complaint_id text not null references complaints,
  is_of_ring boolean not null,
  found_at timestamptz not null,
  primary key (ring_id, complaint_id)
);
create index ring_findings_by_complaint on ring_findings (complaint_id, found_at desc);

do $$
declare
  ours text;
begin
  foreach ours in array array['weighing_calls', 'weighings', 'rings', 'complaint_scores', 'ring_findings'] loop
    execute format('alter table %I enable row level security', ours);
    execute format($policy$create policy inside on %I
      using ((select wall()) = 'inside') with check ((select wall()) = 'inside')$policy$, ours);
  end loop;
  -- Who reports stands in them, so they are for the eyes that complaints are for.
  foreach ours in array array['weighings', 'complaint_scores', 'ring_findings'] loop
    execute format($policy$create policy works on %I for select
      using ((select works()) or (select holds('auditor')))$policy$, ours);
  end loop;
end
$$;

-- Facts come in through several doors, and each leaves a call.
create policy called on weighing_calls for insert with check ((select wall()) in ('marketplace', 'staff'));

-- Who looks into rings, as core/permission.ts has it.
create function looks_into_rings() returns boolean
language sql stable
return holds('reviewer', 'executive', 'legal');
create policy looks on rings for select using ((select looks_into_rings()) or (select holds('auditor')));
create policy pruned on rings for update
  using ((select looks_into_rings()) and state = 'open')
  with check (decided_by is null or decided_by = staff_id());

-- An order calls where somebody who bought it or named it complained, which the marketplace may not see.
create function call_for_order(this_order text, reporter text) returns void
language sql security definer set search_path = public, pg_temp
as $$
  insert into weighing_calls
  select where wall() in ('inside', 'marketplace')
    and exists (select from complaints where reporter_id = reporter or order_id = this_order)
$$;
create index complaints_by_order on complaints (order_id) where order_id is not null;

-- What complaints about a seller are worth now. A seller learns which of them count, and not in which ring they are.
create function scores_of(seller text)
returns table (complaint_id text, case_id text, at timestamptz, finding text, credibility double precision,
  counts boolean, is_of_confirmed_ring boolean, ring_id text, weighed_at timestamptz)
language sql stable security definer set search_path = public, pg_temp
as $$
  select c.id, c.case_id, c.at, c.finding, s.credibility, s.counts, coalesce(f.is_of_ring, false),
    case when is_of(seller) then null else s.ring_id end, w.weighed_at
  from complaints c
  join lateral (
    select * from complaint_scores n where n.complaint_id = c.id order by n.weighing desc limit 1
  ) s on true
  join weighings w on w.number = s.weighing
  left join lateral (
    select is_of_ring from ring_findings n where n.complaint_id = c.id order by n.found_at desc limit 1
  ) f on true
  where c.seller_id = seller
    and (wall() = 'inside' or works() or holds('auditor') or is_of(seller))
  order by c.at, c.id
$$;

-- What follows from a ring that a person decided on lies at every desk and with every seller: it is the work of machines of ours, in
-- the name of that person.
create function decided_ring(ring text) returns boolean
language sql stable
return looks_into_rings() and exists (
  select from rings where id = ring and state in ('confirmed', 'dismissed') and decided_by = staff_id());

create index orders_by_reporter on orders (reporter_id);

grant select, insert, delete on weighing_calls to recourse_app;
grant select, insert on weighings, complaint_scores, ring_findings to recourse_app;
grant select, insert, update on rings to recourse_app;
