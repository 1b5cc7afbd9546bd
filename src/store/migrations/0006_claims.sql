-- Claims: somebody who has neither account nor mailbox says that an account is theirs. Older code takes every case for a seller's, so stop it first.

create table claims (
  id text primary key,
  -- What the claimant quotes: the number of the case that it opened, whatever case goes on with it later.
  number integer not null unique,
  -- The account in the claimant's own words.
  account text not null check (btrim(account) <> ''),
  -- Where the claimant can be reached; never a contact of the account.
  address text not null check (btrim(address) <> ''),
  -- SHA-256 of the code that opens it: 80 random bits, so a plain hash keeps it.
  code_hash text not null,
  -- The account that it means: found by its words, or linked by a person; null while nobody knows.
  seller_id text references sellers,
  linked_by text,
  linked_at timestamptz,
  opened_at timestamptz not null,
  check ((linked_by is null) = (linked_at is null))
);
create index claims_by_seller on claims (seller_id);

-- The cases in which a claim is answered: one, and another where a clock ended the first before a person had.
create table claim_cases (
  case_id text primary key references cases,
  claim_id text not null references claims
);
create index claim_cases_by_claim on claim_cases (claim_id);

-- A claim is nobody's behind a seller's wall: it is not the seller's appeal, and a hijacker must not read it.
alter table cases
  alter column seller_id drop not null,
  add check ((seller_id is null) = (kind = 'recovery'));
alter table objections alter column seller_id drop not null;
drop index objections_open_once;
create unique index objections_open_once on objections (decision_id) where outcome is null and seller_id is not null;

-- A claim names an account by its id, its name or an address that it had.
create index sellers_by_lower_id on sellers (lower(id));
create index sellers_by_lower_name on sellers (lower(name));

-- The third wall, `claim`: a claimant's own claim and nothing else; of the account not one row.
do $$
declare
  owned text;
begin
  foreach owned in array array['claims', 'claim_cases']
  loop
    execute format('alter table %I enable row level security', owned);
    execute format($policy$create policy inside on %I
      using (current_setting('recourse.wall', true) = 'inside')
      with check (current_setting('recourse.wall', true) = 'inside')$policy$, owned);
  end loop;
end
$$;
create policy claimed on claims for select
  using (current_setting('recourse.wall', true) = 'claim' and id = current_setting('recourse.claim_id', true));
create policy claimed on claim_cases for select
  using (current_setting('recourse.wall', true) = 'claim' and claim_id = current_setting('recourse.claim_id', true));

create function is_claimed(this_case text) returns boolean
language sql stable
return current_setting('recourse.wall', true) = 'claim'
  and exists (
    select from claim_cases k
    where k.case_id = this_case and k.claim_id = current_setting('recourse.claim_id', true)
  );
create policy claimed on cases for select using (is_claimed(id));
create policy claimed_update on cases for update using (is_claimed(id));
create policy claimed on objections for select using (is_claimed(case_id));
create policy claimed_update on objections for update using (is_claimed(case_id));
-- What happened to the account carries its seller, also where the claim's case is named beside it; and whom
-- the claim was linked with is for the desk to know.
create policy claimed on events for select
  using (seller_id is null and kind <> 'case.linked' and is_claimed(case_id));
create policy claimed_insert on events for insert with check (seller_id is null and is_claimed(case_id));
create policy claimed_insert on notices for insert with check (seller_id is null and is_claimed(case_id));

grant select, insert on claims, claim_cases to recourse_app;
grant update (seller_id, linked_by, linked_at) on claims to recourse_app;
