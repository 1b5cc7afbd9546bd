-- Letters: who wrote, when it was received, what they want by when, and what came of it. Adds a table and columns; older code still runs.

create table letters (
  id text primary key,
  -- The case that it opened, or that it was put into.
  case_id text not null references cases,
  -- Whom it is about.
  seller_id text not null references sellers,
  sender_kind text not null check (sender_kind in ('seller', 'representative', 'authority', 'body')),
  sender_name text not null check (btrim(sender_name) <> ''),
  -- Where an answer goes: an address of mail or of post.
  answer_to text not null check (btrim(answer_to) <> ''),
  -- Their own reference.
  reference text,
  -- Days are days where the marketplace is, and no instants.
  written_on text check (written_on ~ '^\d{4}-\d\d-\d\d$'),
  received_on text not null check (received_on ~ '^\d{4}-\d\d-\d\d$'),
  -- From when clocks count it; never when it was typed.
  received_at timestamptz not null,
  recorded_at timestamptz not null check (recorded_at >= received_at),
  recorded_by text not null references staff,
  text text not null check (btrim(text) <> ''),
  -- Of a representative: an authority to act for the seller is enclosed.
  shows_authority boolean not null,
  seller_hears boolean not null check (seller_hears or sender_kind in ('authority', 'body')),
  -- The sender's own clock, beside that of the desk.
  wants text check (wants in ('file', 'answer')),
  due_at timestamptz,
  overdue_since timestamptz,
  met_at timestamptz,
  met_by text,
  -- What a body decided, in its words, and what was done with it.
  outcome text check (outcome in ('lifted', 'narrowed', 'stands')),
  outcome_text text,
  outcome_on text check (outcome_on ~ '^\d{4}-\d\d-\d\d$'),
  follows boolean,
  outcome_by text,
  outcome_at timestamptz,
  check (written_on is null or written_on <= received_on),
  check ((wants is null) = (due_at is null)),
  check (overdue_since is null or due_at is not null),
  check ((met_at is null) = (met_by is null)),
  check (num_nulls(outcome, outcome_text, outcome_on, follows, outcome_by, outcome_at) in (0, 6)),
  check (outcome is null or sender_kind = 'body')
);
create index letters_by_case on letters (case_id, received_at);
create index letters_waited_for on letters (due_at) where due_at is not null and met_at is null;
create index letters_by_reference on letters (lower(reference)) where reference is not null;

-- A scan is nobody's until its letter is recorded; what the sender of a letter keeps from the seller keeps its scans, too.
alter table files
  add column scanned_by text references staff,
  add column kept_from_seller boolean not null default false;

alter table letters enable row level security;
create policy inside on letters using ((select wall()) = 'inside') with check ((select wall()) = 'inside');
-- No seller, link, claim or key has a line here: what a seller hears of a letter stands in their case and in a notice.
create policy staff_reads on letters for select using ((select is_staff()));
create policy recorded on letters for insert with check ((select works()) and recorded_by = staff_id() and met_at is null and outcome is null);
create policy met on letters for update
  using ((select works()))
  with check ((met_by is null or met_by = staff_id()) and (outcome_by is null or outcome_by = staff_id()));

create policy scanned on files for insert
  with check ((select works()) and seller_id is null and case_id is null and scanned_by = staff_id());
create policy scanned_filed on files for update
  using ((select works()) and scanned_by = staff_id() and case_id is null)
  with check (case_id is not null);
create policy kept_back on files as restrictive for select
  using (not kept_from_seller or (select wall()) not in ('seller', 'link', 'claim'));

-- What a letter opens: a case of its own, which is its seller's only where it acts for them, or an appeal.
create policy by_letter on cases for insert
  with check ((select works()) and state = 'open' and held_by is null
    and ((kind = 'letter' and channel in ('letter', 'system') and matter = 'matter.letter') or (kind = 'appeal' and channel = 'letter')));
create policy by_letter on objections for insert
  with check ((select works()) and outcome is null
    and exists (select from cases c where c.id = case_id and c.kind = 'appeal' and c.channel = 'letter' and c.state = 'open' and c.held_by is null));

-- Whether a letter can be put into this case, which stays as it is until the transaction ends. The earliest date counts.
create function letter_joins(this_case text, since timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp
as $$
declare
  found_open boolean;
begin
  if not works() then
    return false;
  end if;
  select c.state <> 'closed' and c.kind in ('appeal', 'question', 'letter', 'complaint') into found_open
    from cases c where c.id = this_case for update;
  if found_open then
    -- It may be at another desk, which is where it is changed otherwise.
    perform set_config('recourse.wall', 'inside', true);
    update cases set opened_at = since where id = this_case and since < opened_at;
    perform set_config('recourse.wall', 'staff', true);
  end if;
  return coalesce(found_open, false);
end
$$;

-- Who took the whole file out is on record; also an auditor, who changes nothing else.
create policy bundled on events for insert
  with check ((select holds('legal', 'executive', 'auditor')) and kind = 'case.bundled' and seller_id is null and by = staff_id());
create policy bundled_by_who_may on events as restrictive for insert
  with check (kind <> 'case.bundled' or (select holds('legal', 'executive', 'auditor')));

-- A letter is answered at the desk that has its case, by who works on its kind.
create policy answered_at_own_desk on events as restrictive for insert
  with check (kind <> 'case.letter_answered' or (select wall()) = 'inside'
    or exists (select from cases c where c.id = case_id and staffs(c.desk) and works_on(c.kind, c.matter)));

grant select, insert on letters to recourse_app;
grant update (due_at, overdue_since, met_at, met_by, outcome, outcome_text, outcome_on, follows, outcome_by, outcome_at) on letters to recourse_app;
grant update (kept_from_seller) on files to recourse_app;
