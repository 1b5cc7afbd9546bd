-- What becomes due is said at once to whoever made it so, who wakes those that wait for it. Adds triggers; older code still runs, and looks as often as it did.

-- Said as a notice on the connection, and not told by `notify`: a commit that notifies waits for every other that does.
-- It is a hint: what is due is a row, and who waits looks every two seconds anyhow and sees what is coming.
-- So of what is due later than that nothing is said.
create function say_due() returns trigger
language plpgsql
as $$
begin
  raise notice 'recourse_due' using detail = tg_argv[0];
  return null;
end
$$;

-- Soon by the clock of this database, which a demo moves ahead.
create function is_soon(due timestamptz) returns boolean
language sql stable
as $$
  select due < clock_timestamp() + interval '4 seconds'
    + coalesce((select ahead_ms from time_moves order by id desc limit 1), 0) * interval '1 millisecond'
$$;

create function say_clock_due() returns trigger
language plpgsql
as $$
begin
  if is_soon(new.due_at) then
    raise notice 'recourse_due' using detail = 'clock';
  end if;
  return null;
end
$$;
create trigger due after insert or update of due_at on clocks
  for each row execute function say_clock_due();

create function say_delivery_due() returns trigger
language plpgsql
as $$
begin
  if is_soon(new.due_at) then
    raise notice 'recourse_due' using detail = new.kind;
  end if;
  return null;
end
$$;
create trigger due after insert or update of due_at on deliveries
  for each row execute function say_delivery_due();

-- A state waits for its statement, until there was one attempt to send it.
create trigger frees_state after update of attempted_at on notices
  for each row when (old.attempted_at is null and new.attempted_at is not null)
  execute function say_due('state');

create trigger due after insert on waiting_versions
  for each statement execute function say_due('screening');
create trigger due after insert on rescreenings
  for each statement execute function say_due('rescreening');
create trigger due after insert on trials
  for each statement execute function say_due('trial');
create trigger due after insert on weighing_calls
  for each statement execute function say_due('weighing');
create trigger due after insert on mail_entries
  for each statement execute function say_due('mail');
create trigger due after insert on time_moves
  for each statement execute function say_due('time');
