-- Complaints: who says what is wrong with a listing, an order or a seller, and what was found of it. Adds to cases; older code reads a complaint as a case without words, so stop it first.

-- What its case carries of a complaint; the seller reads the case, so nothing of the reporter stands here.
alter table cases
  add column complaint jsonb,
  add check ((kind = 'complaint') = (complaint is not null));

-- A machine shows what it matched; or, where it holds a listing on a complaint alone, what that said.
create or replace function statement_is_complete(body jsonb) returns boolean
language sql immutable
return (
  select coalesce(bool_and(btrim(coalesce(body #>> path, '')) <> ''), false)
  from (values
    ('{decisionId}'::text[]), ('{number}'), ('{seller,id}'), ('{seller,name}'),
    ('{subject,kind}'), ('{subject,id}'), ('{subject,title}'),
    ('{measure,name}'), ('{measure,tag}'), ('{measure,effect}'),
    ('{scope}'), ('{duration,words}'), ('{takenAt}'), ('{effectiveAt}'),
    ('{facts,narrative}'),
    ('{ground,policy}'), ('{ground,version}'), ('{ground,title}'), ('{ground,text}'),
    ('{automation,detection}'), ('{automation,decision}'), ('{automation,words}'),
    ('{wouldReverse,0}'), ('{redress,channels,0}'), ('{redress,desk}'),
    ('{redress,words}'), ('{redress,outside,0}')
  ) as required (path)
) and body ->> 'kind' in ('impose', 'narrow')
  and (body #>> '{redress,windowMonths}')::integer >= 6
  and (
    (body #>> '{subject,kind}' <> 'listing' and body #>> '{facts,listingVersion}' is null and body #>> '{facts,text}' is null)
    or (btrim(coalesce(body #>> '{facts,listingVersion}', '')) <> '' and btrim(coalesce(body #>> '{facts,text,title}', '')) <> '')
  )
  and ((body #>> '{automation,decision}') = 'false' or jsonb_array_length(body #> '{facts,evidence}') > 0
    or btrim(coalesce(body #>> '{facts,complaint}', '')) <> '');

-- Whoever complains. No seller has a way to a row of this, and none of it stands anywhere else but beside it.
create table reporters (
  id text primary key,
  -- What they say they are; nobody is believed more for it.
  kind text not null check (kind in ('customer', 'rights-owner', 'authority', 'rival')),
  name text check (btrim(name) <> ''),
  address text check (btrim(address) <> ''),
  -- Whether the marketplace knows them under this id, or they are only an address to us.
  is_known boolean not null,
  first_at timestamptz not null
);
create unique index reporters_by_address on reporters (lower(address)) where not is_known;

create table complaints (
  id text primary key,
  -- What the reporter quotes: the number of the case.
  number integer not null unique,
  case_id text not null unique references cases deferrable initially deferred,
  -- The name that the marketplace gave it.
  told_id text unique,
  -- When it was made, as told; and when it came.
  at timestamptz not null,
  received_at timestamptz not null,
  seller_id text not null references sellers,
  listing_id text,
  order_id text,
  reporter_id text not null references reporters,
  kind text not null check (kind in ('unsafe', 'not-as-described', 'counterfeit', 'rights', 'never-arrived', 'other')),
  text text not null check (btrim(text) <> ''),
  -- SHA-256 of who says which words of what: the same complaint again is the first one.
  same_key text not null unique,
  -- What the marketplace knew of the reporter then: since when, orders, devices, networks, payment and address hashes.
  traces jsonb not null,
  -- What was found, by whom, and the words in which the reporter is told.
  finding text check (finding in ('confirmed', 'refuted', 'undetermined')),
  words text,
  found_by text,
  found_at timestamptz,
  -- What the reporter wrote against it.
  contested_text text,
  contested_at timestamptz,
  check ((finding is null) = (found_at is null) and (finding is null) = (words is null))
);
create index complaints_by_seller on complaints (seller_id, received_at desc);
create index complaints_by_listing on complaints (listing_id) where listing_id is not null;
create index complaints_by_reporter on complaints (reporter_id, received_at desc);
create index complaints_in_time on complaints (at, id);

-- What the marketplace knows of a seller beside its name: what links of reporters to sellers are found by.
create table seller_traces (
  seller_id text primary key references sellers,
  created_at timestamptz,
  categories jsonb not null,
  devices jsonb not null,
  ip_prefixes jsonb not null,
  payment_hashes jsonb not null,
  address_hashes jsonb not null,
  told_at timestamptz not null
);

do $$
declare
  ours text;
begin
  foreach ours in array array['reporters', 'complaints', 'seller_traces'] loop
    execute format('alter table %I enable row level security', ours);
    execute format($policy$create policy inside on %I
      using ((select wall()) = 'inside') with check ((select wall()) = 'inside')$policy$, ours);
    execute format($policy$create policy works on %I for select
      using ((select works()) or (select holds('auditor')))$policy$, ours);
  end loop;
end
$$;

-- A reporter, by the code of a complaint: that complaint, its case, and not one row of the seller's.
create policy reported on complaints for select
  using ((select wall()) = 'reporter' and id = current_setting('recourse.complaint_id', true));
create policy reported on reporters for select
  using ((select wall()) = 'reporter' and exists (select from complaints c where c.reporter_id = reporters.id));
create function is_reported(this_case text) returns boolean
language sql stable security definer set search_path = public, pg_temp
return wall() = 'reporter' and exists (
  select from complaints c
  where c.case_id = this_case and c.id = current_setting('recourse.complaint_id', true));
create policy reported on cases for select using ((select wall()) = 'reporter' and is_reported(id));
create policy reported on files for select
  using ((select wall()) = 'reporter' and seller_id is null and is_reported(case_id));
create policy reported on procedures for select using ((select wall()) = 'reporter');

-- Who may bring a complaint, or say more of one: the marketplace, by the public page anybody, and who sorts mail. What follows, a case with
-- its clock and perhaps a hold, is the work of machines of ours, and nobody else comes inside by this.
create function brings_complaints() returns boolean
language sql stable
return wall() in ('marketplace', 'nobody')
  or works()
  or (wall() = 'reporter' and exists (
    select from complaints where id = current_setting('recourse.complaint_id', true)));

-- People who find what is so: their words to the reporter, and the hold that stands or falls with it.
create policy found on complaints for update
  using ((select decides())
    and exists (select from cases c where c.id = case_id and staffs(c.desk) and decides_on(c.kind, c.matter)))
  with check (found_by is not distinct from staff_id());
create function is_complained_at_own_desk(decision text) returns boolean
language sql stable security definer set search_path = public, pg_temp
return exists (
  select from decisions d
  join cases c on d.rests_on @> jsonb_build_array(jsonb_build_object('kind', 'complaint', 'id', c.complaint ->> 'complaintId'))
  where d.id = decision and c.kind = 'complaint' and staffs(c.desk) and decides_on(c.kind, c.matter));
create policy found on decisions for insert
  with check ((select decides())
    and taken_by ->> 'kind' = 'person'
    and taken_by ->> 'id' = staff_id()
    and kind in ('lift', 'confirm')
    and is_complained_at_own_desk(about)
    and not took(about));

create index decisions_resting_on_complaints on decisions using gin (rests_on jsonb_path_ops) where kind in ('impose', 'narrow');

-- What a complaint is about, and what was found of it, no seller changes.
create function keep_complaint() returns trigger
language plpgsql
as $$
begin
  if new.complaint is distinct from old.complaint then
    raise insufficient_privilege using message = 'what was found of a complaint is said at a desk';
  end if;
  return new;
end
$$;
create trigger kept_complaint before update on cases for each row
  when (wall() in ('seller', 'link', 'claim')) execute function keep_complaint();

grant select, insert on reporters, complaints to recourse_app;
grant update (kind, name, address) on reporters to recourse_app;
grant update (finding, words, found_by, found_at, contested_text, contested_at) on complaints to recourse_app;
grant select, insert, update on seller_traces to recourse_app;
