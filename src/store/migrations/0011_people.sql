-- People of the marketplace: when they last came in, and what an administrator may not do by any way. Older code still runs.

alter table staff add column signed_in_at timestamptz;

-- Changes of people wait for each other, so that what holds for one holds for two at once.
create function lock_staff() returns void
language sql
as $$ select pg_advisory_xact_lock(hashtext('recourse people')) $$;

-- As core/person.ts has it: nobody gives themselves roles or desks, the last administrator stays one, and who has left stays
-- as they were. Who runs the server is not held by it.
create function keep_administrators() returns trigger
language plpgsql
as $$
begin
  perform lock_staff();
  if old.removed_at is not null then
    raise insufficient_privilege using message = 'who has left stays as they were';
  end if;
  if new.id <> old.id or new.email <> old.email or new.added_at <> old.added_at then
    raise insufficient_privilege using message = 'a person stays who they are';
  end if;
  if old.id = staff_id() and not (old.roles @> new.roles and old.desks @> new.desks) then
    raise insufficient_privilege using message = 'nobody gives themselves roles or desks';
  end if;
  if old.roles ? 'administrator' and (new.removed_at is not null or not new.roles ? 'administrator')
    and not exists (select from staff s where s.id <> old.id and s.removed_at is null and s.roles ? 'administrator') then
    raise insufficient_privilege using message = 'the last administrator stays one';
  end if;
  return new;
end
$$;
create trigger kept before update on staff for each row
  when (wall() = 'staff') execute function keep_administrators();

-- What happened to people is for administrators and auditors, and on record by administrators alone.
create index events_of_people on events (id) where kind like 'person.%';
create policy people_read on events as restrictive for select
  using (kind not like 'person.%' or (select wall()) = 'inside' or (select holds('administrator', 'auditor')));
create policy people_recorded on events as restrictive for insert
  with check (kind not like 'person.%' or (select wall()) = 'inside' or (select holds('administrator')));

-- An invitation is a mail by an administrator, to nobody's account.
create policy invited on notices for insert
  with check ((select holds('administrator')) and kind = 'invited' and seller_id is null
    and case_id is null and decision_id is null);
create policy invited on deliveries
  using (kind = 'notice' and (select holds('administrator'))
    and exists (select from notices n where n.id = ref and n.kind = 'invited'))
  with check (kind = 'notice' and (select holds('administrator'))
    and exists (select from notices n where n.id = ref and n.kind = 'invited'));

-- Whether this person may go on with a case that they hold.
create function may_hold(person text, kind text, matter text, desk text) returns boolean
language sql stable
return exists (
  select from staff s
  where s.id = person and s.removed_at is null and s.desks ? desk
    and ((kind <> 'recovery' and s.roles ?| array['support', 'reviewer', 'executive', 'legal'])
      or (asks_who_owns(kind, matter) and s.roles ? 'identity-specialist')));

-- What somebody held who may not go on with it is put back to its desk, by whoever took that from them.
create policy given_back on cases for update
  using ((select holds('administrator')) and held_by is not null and not may_hold(held_by, kind, matter, desk))
  with check ((select holds('administrator')) and held_by is null);

-- Of such a case nothing else is changed; then, and only then, it need not be at a desk of whoever does it.
create function is_given_back(before cases, after cases) returns boolean
language sql stable
return holds('administrator')
  and before.held_by is not null and after.held_by is null and after.held_until is null
  and to_jsonb(before) - 'held_by' - 'held_until' = to_jsonb(after) - 'held_by' - 'held_until'
  and not may_hold(before.held_by, before.kind, before.matter, before.desk);
drop trigger kept on cases;
create trigger kept before update on cases for each row
  when (wall() in ('staff', 'seller', 'link', 'claim') and not is_given_back(old, new))
  execute function keep_what_is_not_theirs();
