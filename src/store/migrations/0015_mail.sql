-- Mail comes in: every message that was accepted, what became of it, and whom ours reached. Adds tables and columns; older code still runs.

-- A message is a file before anybody knows whose it is; so are the files in one that waits for a person.
alter table files alter column seller_id drop not null;

create sequence mail_numbers start 1001;
create table mails (
  id text primary key,
  -- What people quote of one that waits: M-1001.
  number integer not null unique default nextval('mail_numbers'),
  -- The same message, sent again or by two ways, has the same key: its id, sender, date, subject and body, hashed.
  key text not null unique,
  -- The whole of it, as it came.
  raw_file_id text not null references files,
  door text not null check (door in ('smtp', 'hook')),
  -- Empty where the envelope names no sender, as of bounces.
  envelope_from text not null,
  client_ip text,
  helo text,
  arrived_at timestamptz not null,
  -- `arrived`: accepted and not yet looked at. `filed`: in its case. `held`: waits for a person, who `settled` it.
  -- `undelivered`: said that a notice of ours came back. `kept`: a machine's, answered by nobody.
  state text not null check (state in ('arrived', 'filed', 'held', 'settled', 'undelivered', 'kept')),
  attempts integer not null default 0,
  from_address text,
  subject text,
  message_id text,
  words text,
  "authentication" jsonb,
  -- The files that it brought, and what was not taken apart.
  file_ids jsonb not null default '[]',
  left_in jsonb not null default '[]',
  seller_id text references sellers,
  case_id text references cases,
  notice_id text references notices,
  held_because text,
  due_at timestamptz,
  overdue_since timestamptz,
  settled_by text,
  settled_at timestamptz,
  settlement text,
  check ((state = 'held') = (held_because is not null and settled_at is null)),
  check ((state = 'held') = (due_at is not null)),
  check ((state = 'settled') = (settled_at is not null))
);
create index mails_arrived on mails (arrived_at) where state = 'arrived';
create index mails_held on mails (due_at) where state = 'held';
create index mails_by_case on mails (case_id);

-- The addresses that it came to: the same message at two doors is one matter with two entries.
create table mail_entries (
  mail_id text not null references mails,
  recipient text not null,
  -- Null for the address of bounces.
  channel text,
  tag text not null,
  at timestamptz not null,
  -- When what became of the mail became of this entry too.
  joined_at timestamptz,
  primary key (mail_id, recipient)
);
create index mail_entries_to_join on mail_entries (at) where joined_at is null;

-- Which addresses took a notice, and which gave it back later.
create table sendings (
  notice_id text not null references notices,
  address text not null,
  accepted_at timestamptz not null,
  bounced_at timestamptz,
  diagnosis text,
  primary key (notice_id, address)
);

-- The message that a notice answers, and in the built-in mailbox where an answer goes.
alter table notices add column in_reply_to text;
alter table dev_mails add column reply_to text;

do $$
declare
  kept text;
begin
  foreach kept in array array['mails', 'mail_entries', 'sendings']
  loop
    execute format('alter table %I enable row level security', kept);
    execute format($policy$create policy inside on %I
      using ((select wall()) = 'inside') with check ((select wall()) = 'inside')$policy$, kept);
    execute format($policy$create policy auditor_reads on %I for select using ((select holds('auditor')))$policy$, kept);
  end loop;
end
$$;

-- Who reads and settles what waits, as core/permission.ts has it.
create function sorts_mail() returns boolean
language sql stable
return holds('support', 'reviewer', 'executive', 'legal');
create policy sorted_read on mails for select using ((select sorts_mail()));
create policy sorted_read on mail_entries for select using ((select sorts_mail()));
create policy sorted on mails for update
  using ((select sorts_mail()) and state = 'held')
  with check (state = 'settled' and settled_by = staff_id());
create policy sorted_files on files for update
  using ((select sorts_mail()) and seller_id is null and case_id is null)
  with check (case_id is not null and exists (select from mails m where m.file_ids ? files.id and m.state in ('held', 'settled')));
create policy sorted_cases on cases for insert
  with check ((select sorts_mail()) and kind in ('question', 'letter') and state = 'open' and held_by is null
    and matter in ('matter.question', 'matter.letter'));

-- The marketplace hands over what its own mail server took.
create policy handed_over on mails for select using ((select wall()) = 'marketplace');
create policy handed_over_insert on mails for insert with check ((select wall()) = 'marketplace' and state = 'arrived' and door = 'hook');
create policy handed_over on mail_entries for select using ((select wall()) = 'marketplace');
create policy handed_over_insert on mail_entries for insert with check ((select wall()) = 'marketplace' and joined_at is null);
create policy handed_over_insert on files for insert
  with check ((select wall()) = 'marketplace' and seller_id is null and case_id is null and media_type = 'message/rfc822');

grant select, insert on mails, mail_entries, sendings to recourse_app;
grant update (state, attempts, from_address, subject, message_id, words, "authentication", file_ids, left_in, seller_id, case_id,
  notice_id, held_because, due_at, overdue_since, settled_by, settled_at, settlement) on mails to recourse_app;
grant update (joined_at) on mail_entries to recourse_app;
grant update (accepted_at, bounced_at, diagnosis) on sendings to recourse_app;
grant update (seller_id) on files to recourse_app;
grant usage on sequence mail_numbers to recourse_app;
