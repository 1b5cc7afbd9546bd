-- Help that leads to people: calls at times that sellers pick, and questions that are turned into appeals. Adds a table and a column; older code still runs.

-- The appeal that a question was turned into; both name each other in their threads.
alter table cases
  add column joined_to text references cases,
  add check (joined_to is null or state = 'closed');

create table calls (
  id text primary key,
  case_id text not null references cases,
  seller_id text not null references sellers,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  -- Which of those who call at the same time.
  seat integer not null check (seat >= 1),
  number text not null check (btrim(number) <> ''),
  state text not null check (state in ('booked', 'made', 'missed', 'lapsed', 'cancelled')),
  said text,
  by_id text,
  booked_at timestamptz not null,
  ended_at timestamptz,
  check ((state = 'booked') = (ended_at is null)),
  check (state <> 'made' or (btrim(said) <> '' and by_id is not null)),
  -- Two sellers never have the same person at the same time, also where the length of calls was changed meanwhile.
  constraint calls_seat_once exclude using gist (int4range(seat, seat, '[]') with &&, tstzrange(starts_at, ends_at) with &&)
    where (state = 'booked')
);
-- Nobody takes more places than one.
create unique index calls_booked_once on calls (seller_id) where state = 'booked';
create index calls_by_case on calls (case_id, booked_at);

-- Which times are taken, and by nobody in particular.
create function calls_taken(at timestamptz) returns table ("startsAt" timestamptz, "endsAt" timestamptz)
language sql stable security definer set search_path = public, pg_temp
as $$
  select starts_at, ends_at from calls where state = 'booked' and ends_at > at and wall() in ('seller', 'link', 'inside')
$$;

-- Whether the person of the marketplace who asks holds a question or letter of this seller at a desk of theirs.
create function turns_question_of(seller text) returns boolean
language sql stable security definer set search_path = public, pg_temp
return exists (
  select from cases q
  where q.seller_id = seller and q.kind in ('question', 'letter') and q.state = 'open'
    and q.held_by = staff_id() and staffs(q.desk) and works_on(q.kind, q.matter));

-- Whether a question that one holds can go on in this appeal, which stays as it is until the transaction ends. The earliest
-- date counts: what the question asked for was asked for when it was.
create function joins_appeal(appeal text, since timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp
as $$
declare
  found_open boolean;
begin
  if not exists (select from cases c where c.id = appeal and c.kind = 'appeal' and turns_question_of(c.seller_id)) then
    return false;
  end if;
  select c.state in ('open', 'asking', 'deciding') into found_open from cases c where c.id = appeal for update;
  if found_open then
    -- It may be at another desk, which is where it is changed otherwise.
    perform set_config('recourse.wall', 'inside', true);
    update cases set opened_at = since where id = appeal and since < opened_at;
    perform set_config('recourse.wall', 'staff', true);
  end if;
  return found_open;
end
$$;

alter table calls enable row level security;
create policy inside on calls using ((select wall()) = 'inside') with check ((select wall()) = 'inside');
create policy auditor_reads on calls for select using ((select holds('auditor')));
create policy staff_reads on calls for select using ((select is_staff()));
create policy own on calls for select
  using (is_of(seller_id) and exists (select from cases c where c.id = case_id));
create policy own_insert on calls for insert
  with check (is_of(seller_id) and state = 'booked' and exists (select from cases c where c.id = case_id));
create policy own_update on calls for update
  using (is_of(seller_id) and state = 'booked' and exists (select from cases c where c.id = case_id))
  with check (is_of(seller_id) and state = 'cancelled' and by_id is null);
-- As for cases: who was let in to read changes nothing.
create policy written_by_who_may on calls as restrictive for insert with check ((select writes()));
create policy changed_by_who_may on calls as restrictive for update using ((select writes()));
create policy at_own_desk on calls for update
  using ((select works()) and exists (
    select from cases c where c.id = case_id and staffs(c.desk) and works_on(c.kind, c.matter)))
  with check (by_id = staff_id() and state in ('made', 'missed'));
create policy of_own_call on clocks
  using ((select wall()) in ('seller', 'link') and kind = 'call.lapse' and exists (select from calls where id = ref))
  with check ((select wall()) in ('seller', 'link') and kind = 'call.lapse' and exists (select from calls where id = ref));

-- A question is turned into an appeal by who holds it: a new one, or one that is open, with its files and its call.
create policy turned on cases for insert
  with check ((select works()) and kind = 'appeal' and channel = 'contact' and state = 'open' and held_by is null
    and turns_question_of(seller_id));
create policy turned on objections for insert
  with check ((select works()) and outcome is null and turns_question_of(seller_id)
    and exists (select from cases c where c.id = case_id and c.kind = 'appeal' and c.channel = 'contact' and c.state = 'open'));
create policy turned on files for update
  using ((select works()) and turns_question_of(seller_id)
    and exists (select from cases c where c.id = case_id and c.kind in ('question', 'letter') and c.held_by = staff_id()))
  with check ((select works()) and exists (select from cases c where c.id = case_id and c.kind = 'appeal'));
create policy turned on calls for update
  using ((select works()) and state = 'booked' and turns_question_of(seller_id)
    and exists (select from cases c where c.id = case_id and c.kind in ('question', 'letter') and c.held_by = staff_id()))
  with check ((select works()) and state = 'booked' and exists (select from cases c where c.id = case_id and c.kind = 'appeal'));

-- Nobody of the marketplace closes what a seller asked, whatever has become of the account: it is answered, or it goes on.
create function keep_questions_open() returns trigger
language plpgsql
as $$
begin
  if new.state = 'closed' and old.state not in ('closed', 'answered') and new.joined_to is null then
    raise insufficient_privilege using message = 'a question is answered before it is closed';
  end if;
  return new;
end
$$;
create trigger kept_open before update on cases for each row
  when (wall() = 'staff' and old.kind in ('question', 'letter') and new.state = 'closed')
  execute function keep_questions_open();

grant select, insert, update on calls to recourse_app;
