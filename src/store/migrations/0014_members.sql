-- Members: who acts for a seller beside its owner, in what and until when, and what the database holds of that. Older code still runs; it lets no member in.

create table members (
  id text primary key,
  seller_id text not null references sellers,
  email text not null check (btrim(email) <> ''),
  name text not null check (btrim(name) <> ''),
  role text not null check (role in ('staff', 'representative')),
  -- The matters that a representative was let in for; both null for every one of the seller.
  decisions text[],
  cases text[],
  may_write boolean not null,
  until timestamptz,
  added_at timestamptz not null,
  removed_at timestamptz,
  check ((decisions is null) = (cases is null)),
  check (case role when 'staff' then decisions is null and may_write and until is null else until is not null end)
);
create unique index members_by_address on members (lower(email), seller_id) where removed_at is null;
create index members_by_any_address on members (lower(email));
create index members_by_seller on members (seller_id);

-- A member who asks comes in by name, and it is this row that says what they are told they are: nobody where they were
-- removed or their time is over, a link to their matters where these were named, and the seller otherwise.
create function member_acting(member text, seller text, at timestamptz)
returns table (wall text, role text, writes boolean)
language sql stable security definer set search_path = public, pg_temp
as $$
  select case when m.decisions is null then 'seller' else 'link' end, m.role, m.may_write
  from members m
  where m.id = member and m.seller_id = seller and m.removed_at is null and (m.until is null or m.until > at)
$$;

-- What somebody of a seller's is: its owner, unless they came in as a member.
create function acts_as() returns text
language sql stable
return coalesce(nullif(current_setting('recourse.acts_as', true), ''), 'owner');

-- Whether who asks may change anything.
create function writes() returns boolean
language sql stable
return coalesce(current_setting('recourse.writes', true), '') <> 'no';

-- The matters that were named to who asks: by a signed link its one, by their row those of a member.
create function named_decisions() returns text[]
language sql stable security definer set search_path = public, pg_temp
return case when wall() <> 'link' then null
  when coalesce(current_setting('recourse.member_id', true), '') <> ''
    then (select decisions from members where id = current_setting('recourse.member_id', true))
  else array_remove(array[nullif(current_setting('recourse.decision_id', true), '')], null) end;
create function named_cases() returns text[]
language sql stable security definer set search_path = public, pg_temp
return case when wall() <> 'link' then null
  when coalesce(current_setting('recourse.member_id', true), '') <> ''
    then (select cases from members where id = current_setting('recourse.member_id', true))
  else array_remove(array[nullif(current_setting('recourse.case_id', true), '')], null) end;

-- What they open: the decisions named, and what the cases of these matters contest. A link that names its case opens that one.
create or replace function linked_decisions() returns text[]
language sql stable security definer set search_path = public, pg_temp
return case when wall() = 'link' then array(
  select unnest(named_decisions())
  union
  select o.decision_id
  from cases c join objections o on o.case_id = c.id
  where c.seller_id = current_setting('recourse.seller_id', true)
    and c.kind <> 'recovery'
    and (c.id = any (named_cases())
      or ((coalesce(current_setting('recourse.member_id', true), '') <> '' or cardinality(named_cases()) = 0)
        and exists (select from objections x where x.case_id = c.id and x.decision_id = any (named_decisions()))))
) end;

create or replace function linked_cases() returns text[]
language sql stable security definer set search_path = public, pg_temp
return case when wall() = 'link' then array(
  select c.id
  from cases c
  where c.seller_id = current_setting('recourse.seller_id', true)
    and (c.id = any (named_cases())
      or exists (select from objections o where o.case_id = c.id and o.decision_id = any (linked_decisions())))
) end;

alter table members enable row level security;
create policy inside on members using ((select wall()) = 'inside') with check ((select wall()) = 'inside');
create policy auditor_reads on members for select using ((select holds('auditor')));
create policy staff_reads on members for select using ((select is_staff()));
create policy entrance on members for select using ((select wall()) = 'entrance');
create policy own on members for select using (owns(seller_id) and (select acts_as()) in ('owner', 'staff'));
create policy own_insert on members for insert with check (owns(seller_id) and (select acts_as()) = 'owner');
create policy own_update on members for update
  using (owns(seller_id) and (select acts_as()) = 'owner')
  with check (owns(seller_id) and (select acts_as()) = 'owner');
grant select, insert on members to recourse_app;
grant update (name, role, decisions, cases, may_write, until, removed_at) on members to recourse_app;

-- Changes of a seller's members wait for each other, so that what holds for one holds for two at once.
create function lock_members(seller text) returns void
language sql
as $$ select pg_advisory_xact_lock(hashtext('recourse members ' || seller)) $$;

-- As core/member.ts has it: who was removed stays as they were, and is let in anew as somebody else.
create function keep_members() returns trigger
language plpgsql
as $$
begin
  if old.removed_at is not null then
    raise insufficient_privilege using message = 'who was removed stays as they were';
  end if;
  return new;
end
$$;
create trigger kept before update on members for each row execute function keep_members();

-- Whoever reads a case reads who wrote in it, and nothing else of them.
create function member_names(seller text) returns table (id text, name text, role text)
language sql stable security definer set search_path = public, pg_temp
as $$
  select m.id, m.name, m.role from members m
  where m.seller_id = seller and (wall() = 'inside' or is_staff() or is_of(seller))
$$;

-- A representative acts in matters: whom the account is known by, its parcels and its money are none.
do $$
declare
  kept text;
begin
  foreach kept in array array['contacts', 'balances', 'orders'] loop
    execute format($policy$create policy not_represented on %I as restrictive for select
      using ((select wall()) <> 'seller' or (select acts_as()) <> 'representative')$policy$, kept);
  end loop;
  -- Who was let in to read changes nothing.
  foreach kept in array array['cases', 'objections', 'files', 'events', 'notices', 'clocks', 'deliveries', 'statements'] loop
    execute format($policy$create policy written_by_who_may on %I as restrictive for insert with check ((select writes()))$policy$, kept);
    execute format($policy$create policy changed_by_who_may on %I as restrictive for update using ((select writes()))$policy$, kept);
  end loop;
end
$$;

-- What happened to members is for the owner and staff of their seller, beside the people of the marketplace; and on record
-- by the owner alone.
create index events_of_members on events (seller_id, id) where kind like 'member.%';
create policy of_members on events for select
  using (owns(seller_id) and kind like 'member.%' and (select acts_as()) in ('owner', 'staff'));
create policy members_recorded on events as restrictive for insert
  with check (kind not like 'member.%' or (select wall()) = 'inside'
    or ((select wall()) = 'seller' and (select acts_as()) = 'owner'));

-- An invitation is a mail by the owner to an address of nobody's yet.
create policy invited_by_owner on notices for insert
  with check (owns(seller_id) and (select acts_as()) = 'owner' and kind = 'invited' and address is not null
    and case_id is null and decision_id is null);

-- An administrator lets somebody who works here set up anew what lets them in; never themselves, and never a seller.
create function forget_factors(person text) returns void
language plpgsql security definer set search_path = public, pg_temp
as $$
declare
  theirs text := (select lower(email) from staff where id = person and removed_at is null);
begin
  if not holds('administrator') or person = staff_id() then
    raise insufficient_privilege using message = 'factors of others are for administrators to forget';
  end if;
  delete from passkeys where address = theirs;
  delete from authenticators where address = theirs;
  delete from saved_codes where address = theirs;
end
$$;
