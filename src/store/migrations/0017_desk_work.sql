-- Work at the desks: notes for colleagues, prepared words, and who looks at which case. Adds tables; older code still runs.

-- No event tells of a note: events of a case are its seller's to read. The row itself is the record.
create table notes (
  id text primary key,
  case_id text not null references cases,
  by_id text not null references staff,
  at timestamptz not null,
  -- Gone once it was taken back; that something stood there is not.
  text text check (btrim(text) <> '' and char_length(text) <= 5000),
  taken_back_at timestamptz,
  check ((text is null) = (taken_back_at is not null))
);
create index notes_by_case on notes (case_id, at);

-- Prepared words of a desk. A row is never changed: other words are another row, and what was prepared once is still known.
create table macros (
  id text primary key,
  desk text not null,
  use text not null check (use in ('answer', 'ask', 'forward', 'reasons')),
  name text not null check (btrim(name) <> '' and char_length(name) <= 100),
  text text not null check (btrim(text) <> '' and char_length(text) <= 5000),
  made_by text not null references staff,
  made_at timestamptz not null,
  -- The words in whose place these stand.
  replaces text references macros,
  ended_by text references staff,
  ended_at timestamptz,
  check ((ended_by is null) = (ended_at is null))
);
create unique index macros_name_once on macros (desk, use, lower(name)) where ended_at is null;

-- Who has a case open right now. Worth nothing after some seconds, so it needs no log; every server process sees the same.
create unlogged table presences (
  person_id text not null references staff,
  case_id text not null references cases,
  seen_at timestamptz not null,
  is_writing boolean not null,
  primary key (person_id, case_id)
);
create index presences_by_case on presences (case_id);

do $$
declare
  kept text;
begin
  foreach kept in array array['notes', 'macros', 'presences']
  loop
    execute format('alter table %I enable row level security', kept);
    execute format($policy$create policy inside on %I
      using ((select wall()) = 'inside') with check ((select wall()) = 'inside')$policy$, kept);
    -- People of the marketplace and nobody else: no seller, link, claim or key has a line here.
    execute format('create policy staff_reads on %I for select using ((select is_staff()))', kept);
  end loop;
end
$$;

-- Whoever works at a desk writes, as oneself; the words of a note go only by its author's hand.
create policy written on notes for insert
  with check ((select works()) and by_id = staff_id() and text is not null);
create policy taken_back on notes for update
  using ((select works()) and by_id = staff_id() and text is not null)
  with check (by_id = staff_id() and text is null);

-- The words of a desk are its people's.
create policy prepared on macros for insert
  with check ((select works()) and staffs(desk) and made_by = staff_id() and ended_at is null);
create policy ended on macros for update
  using ((select works()) and staffs(desk) and ended_at is null)
  with check (ended_by = staff_id());

create policy shown on presences for insert with check ((select works()) and person_id = staff_id());
create policy shown_again on presences for update
  using ((select works()) and person_id = staff_id()) with check (person_id = staff_id());
create policy gone on presences for delete using ((select works()) and person_id = staff_id());

grant select, insert on notes, macros to recourse_app;
grant update (text, taken_back_at) on notes to recourse_app;
grant update (ended_by, ended_at) on macros to recourse_app;
grant select, insert, update, delete on presences to recourse_app;
