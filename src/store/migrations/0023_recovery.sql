-- Recovery: how a claim on an account is proved, what two specialists think of it, and what a hand-over does. Older code cannot decide claims made after this, so stop it first.

-- Beside each claim. What its claimant sees of it names nothing of the account.
create table provings (
  claim_id text primary key references claims,
  state text not null default 'open' check (state in (
    'open', 'frozen', 'proved', 'split', 'agreed', 'refused', 'handed-over', 'settled', 'over')),
  frozen_until timestamptz,
  proved_at timestamptz,
  told_at timestamptz,
  contested_at timestamptz,
  hand_over_at timestamptz,
  handed_over_at timestamptz,
  probation_until timestamptz,
  -- Which look at it this is: who thought about it in an earlier one thinks about it no more.
  look integer not null default 1,
  -- When the claimant's address was made the account's.
  bound_at timestamptz,
  check ((state = 'frozen') = (frozen_until is not null)),
  check ((state = 'agreed') = (hand_over_at is not null)),
  check ((state = 'handed-over') = (probation_until is not null))
);
insert into provings (claim_id) select id from claims;

-- The first sign of a takeover as a specialist found it, apart, because it tells of the account.
create table first_signs (
  id text primary key,
  claim_id text not null references claims,
  at timestamptz not null,
  by_id text not null,
  reasons text not null check (btrim(reasons) <> ''),
  said_at timestamptz not null
);
create index first_signs_by_claim on first_signs (claim_id);

-- Each kind counts once. `applied_at`: when it was made to count, which happens within moments and apart from who gave it.
create table claim_proofs (
  claim_id text not null references claims,
  kind text not null check (kind in ('contact', 'saved-code', 'passkey', 'payout', 'document')),
  at timestamptz not null,
  by_id text,
  said text,
  applied_at timestamptz,
  primary key (claim_id, kind)
);

-- What each specialist thinks, seen by nobody else before it is decided.
create table claim_opinions (
  id text primary key,
  claim_id text not null references claims,
  look integer not null,
  by_id text not null,
  is_head boolean not null,
  says text not null check (says in ('yes', 'no')),
  identity text not null check (identity in ('matches', 'differs', 'not-seen')),
  reasons text not null check (btrim(reasons) <> ''),
  at timestamptz not null,
  applied_at timestamptz,
  -- When something new came up, so that it no longer counts.
  fell_at timestamptz
);
create unique index claim_opinions_one_part on claim_opinions (claim_id, by_id) where fell_at is null;

-- Who of the known said that it was not them. `heard`: it was before the specialists when they said yes.
create table claim_objections (
  claim_id text not null references claims,
  contact_id text not null,
  at timestamptz not null,
  is_heard boolean not null default false,
  applied_at timestamptz,
  primary key (claim_id, contact_id)
);

-- One-use letters; their codes are worked out from the id by a secret of ours and kept nowhere.
create table claim_letters (
  id text primary key,
  claim_id text not null references claims,
  purpose text not null check (purpose in ('proof', 'binding')),
  made_at timestamptz not null,
  until timestamptz not null,
  used_at timestamptz
);
create index claim_letters_by_claim on claim_letters (claim_id);
create table letter_requests (
  claim_id text primary key references claims,
  asked_at timestamptz not null,
  sent_at timestamptz
);

create table payout_requests (
  claim_id text primary key references claims,
  asked_at timestamptz not null
);

-- How long what runs against a seller stands still, because an account is shut by a claim.
create table standstills (
  id text primary key,
  seller_id text not null references sellers,
  claim_id text not null references claims,
  began_at timestamptz not null,
  -- Up to when it was added to what runs.
  carried_to timestamptz not null,
  ended_at timestamptz,
  -- Whether one proof alone began it: of these there are at most two in thirty days.
  is_freeze boolean not null,
  -- The measure that it put in force; null where another shut the account already.
  decision_id text references decisions
);
create index standstills_by_seller on standstills (seller_id);
create unique index standstills_one_of_claim on standstills (claim_id) where ended_at is null;
-- What a standstill added to the time in which a decision can be contested.
alter table statements add column stood_still_ms bigint not null default 0;
grant update (stood_still_ms) on statements to recourse_app;

-- What a hand-over orders of the marketplace: each at least once, and told by the same id.
create table claim_orders (
  id text primary key,
  claim_id text not null references claims,
  seller_id text not null references sellers,
  ability text not null check (ability in ('endSessions', 'resetAccess', 'changesSince', 'revert')),
  detail jsonb not null,
  made_at timestamptz not null,
  done_at timestamptz,
  is_unable boolean not null default false
);
create index claim_orders_by_claim on claim_orders (claim_id);
alter table deliveries drop constraint deliveries_kind_check;
alter table deliveries add constraint deliveries_kind_check check (kind in ('notice', 'state', 'webhook', 'sessions', 'order'));

create table account_changes (
  claim_id text not null references claims,
  id text not null,
  seller_id text not null references sellers,
  at timestamptz not null,
  kind text not null,
  subject_id text,
  before text,
  after text,
  revertible boolean not null,
  state text not null default 'there' check (state in ('there', 'asked', 'returned', 'refused')),
  detail text,
  primary key (claim_id, id)
);

-- What was opened before then opens nothing any more: sessions of an address (by the real time), and links of a seller.
create table sign_in_floors (
  address text primary key,
  since timestamptz not null
);
create table link_floors (
  seller_id text primary key references sellers,
  since timestamptz not null
);

do $$
declare
  kept text;
begin
  foreach kept in array array['provings', 'first_signs', 'claim_proofs', 'claim_opinions', 'claim_objections', 'claim_letters',
    'letter_requests', 'payout_requests', 'standstills', 'claim_orders', 'account_changes', 'sign_in_floors', 'link_floors']
  loop
    execute format('alter table %I enable row level security', kept);
    execute format($policy$create policy inside on %I
      using ((select wall()) = 'inside') with check ((select wall()) = 'inside')$policy$, kept);
    execute format($policy$create policy auditor_reads on %I for select using ((select holds('auditor')))$policy$, kept);
    execute format('grant select, insert, update on %I to recourse_app', kept);
  end loop;
  -- Of others' opinions staff see nothing before it is decided; whom they are for is said below.
  foreach kept in array array['provings', 'first_signs', 'claim_proofs', 'claim_objections', 'letter_requests',
    'payout_requests', 'standstills', 'claim_orders', 'account_changes']
  loop
    execute format('create policy staff_reads on %I for select using ((select is_staff()))', kept);
  end loop;
end
$$;

-- Whether the claim whose code was shown asks about this.
create function is_own_claim(claim text) returns boolean
language sql stable
return wall() = 'claim' and claim = current_setting('recourse.claim_id', true);

create policy own on provings for select using (is_own_claim(claim_id));
create policy own on claim_proofs for select using (is_own_claim(claim_id));
create policy own on letter_requests for select using (is_own_claim(claim_id));
create policy own on payout_requests for select using (is_own_claim(claim_id));
-- What runs against a seller is counted by whoever asks for them.
create policy own on standstills for select using (is_of(seller_id));
create policy own on claim_orders for select using (is_own_claim(claim_id));
-- What was changed is the new owner's to read, and nobody's before.
create policy own on account_changes for select
  using (is_own_claim(claim_id) and exists (select from provings p where p.claim_id = account_changes.claim_id and p.bound_at is not null));

-- The small door for claims files them, checks what is shown against what is known, and hears who objects.
create policy recovery on provings for select using ((select wall()) = 'recovery');
create policy recovery_insert on provings for insert with check ((select wall()) = 'recovery' and state = 'open');
create policy recovery on claim_proofs for select using ((select wall()) = 'recovery');
create policy recovery_insert on claim_proofs for insert
  with check ((select wall()) = 'recovery' and kind in ('contact', 'saved-code', 'passkey') and by_id is null and applied_at is null);
create policy recovery on claim_objections for select using ((select wall()) = 'recovery');
create policy recovery_insert on claim_objections for insert
  with check ((select wall()) = 'recovery' and not is_heard and applied_at is null);
create policy recovery on claim_letters using ((select wall()) = 'recovery') with check ((select wall()) = 'recovery');
create policy recovery on letter_requests using ((select wall()) = 'recovery') with check ((select wall()) = 'recovery');
create policy recovery on payout_requests using ((select wall()) = 'recovery') with check ((select wall()) = 'recovery');
create policy recovery on first_signs for select using ((select wall()) = 'recovery');
create policy recovery on saved_codes for select using ((select wall()) = 'recovery');
create policy recovery_use on saved_codes for update
  using ((select wall()) = 'recovery' and used_at is null) with check ((select wall()) = 'recovery' and used_at is not null);
create policy recovery on members for select using ((select wall()) = 'recovery');
-- What the marketplace saw tells when a takeover began.
create policy recovery on security_events for select using ((select wall()) = 'recovery');

-- Whether the specialist who asks staffs a desk at which the claim was.
create function staffs_claim(claim text) returns boolean
language sql stable security definer set search_path = public, pg_temp
return holds('identity-specialist') and exists (
  select from claim_cases k join events e on e.case_id = k.case_id and e.kind = 'case.arrived'
  where k.claim_id = claim and staffs(e.detail ->> 'desk'));

-- Specialists: papers, the first sign, and what they think, each in their own name.
create policy recorded on claim_proofs for insert
  with check (staffs_claim(claim_id) and kind = 'document' and by_id = staff_id() and applied_at is null);
create policy said on first_signs for insert
  with check (staffs_claim(claim_id) and by_id = staff_id());
create policy own on claim_opinions for select using (by_id = (select staff_id()));
create policy decided on claim_opinions for select
  using ((select is_staff()) and exists (select from provings p
    where p.claim_id = claim_opinions.claim_id and p.state in ('agreed', 'refused', 'handed-over', 'settled')));
create policy own_insert on claim_opinions for insert
  with check (staffs_claim(claim_id) and by_id = staff_id() and applied_at is null and fell_at is null);

-- Who thought about a claim, for who may not think about the next: of what they thought it says nothing.
create function who_thought(claim text) returns setof text
language sql stable security definer set search_path = public, pg_temp
as $$
  select by_id from claim_opinions where claim_id = claim and (wall() = 'inside' or is_staff())
  union
  select jsonb_array_elements_text(c.decided_by) from cases c join claim_cases k on k.case_id = c.id
  where k.claim_id = claim and (wall() = 'inside' or is_staff())
$$;

-- A claimant who writes has it looked at again.
create policy of_own_claim on clocks
  using ((select wall()) = 'claim' and kind = 'claim.follow' and ref = current_setting('recourse.claim_id', true))
  with check ((select wall()) = 'claim' and kind = 'claim.follow' and ref = current_setting('recourse.claim_id', true));

-- When ways in were set up, for who tells owners of accounts apart; of what they are made it says nothing.
create function factor_moments(addresses text[]) returns table (at timestamptz, what text, words text)
language sql stable security definer set search_path = public, pg_temp
as $$
  select added_at, 'passkey-added', name || ', ' || address from passkeys
  where lower(address) = any (addresses) and (wall() = 'inside' or is_staff())
  union all
  select added_at, 'app-added', address from authenticators
  where lower(address) = any (addresses) and (wall() = 'inside' or is_staff())
  union all
  select min(made_at), 'codes-made', address from saved_codes
  where lower(address) = any (addresses) and (wall() = 'inside' or is_staff())
  group by address
$$;

-- Whoever comes in is asked first whether it was ended.
create policy entrance on sign_in_floors for select using ((select wall()) = 'entrance');
create policy entrance on link_floors for select using ((select wall()) = 'entrance');
