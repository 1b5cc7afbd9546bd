-- The spine: sellers, listings, policies, decisions, cases, and what leaves the building. First migration; no older code runs.

-- The server works under this role. It owns nothing, so row-level security binds it.
do $$
begin
  if not exists (select from pg_roles where rolname = 'recourse_app') then
    create role recourse_app nologin;
  end if;
exception
  -- Two migrators of two databases in one cluster may meet here; the role is the same.
  when duplicate_object or unique_violation then null;
end
$$;
do $$
begin
  execute format('grant recourse_app to %I', current_user);
end
$$;
grant usage on schema public to recourse_app;

create table sellers (
  id text primary key,
  name text,
  locale text not null default 'en',
  time_zone text not null default 'UTC',
  fact_at timestamptz not null,
  received_at timestamptz not null
);

create table contacts (
  id text primary key,
  seller_id text not null references sellers,
  kind text not null check (kind = 'email'),
  address text not null,
  verified_at timestamptz,
  removed_at timestamptz,
  fact_at timestamptz not null,
  received_at timestamptz not null
);
create index contacts_by_seller on contacts (seller_id);
create index contacts_by_address on contacts (lower(address));

create table listings (
  id text primary key,
  seller_id text not null references sellers,
  version integer not null,
  fact_at timestamptz not null,
  received_at timestamptz not null
);
create index listings_by_seller on listings (seller_id);

create table listing_versions (
  listing_id text not null references listings deferrable initially deferred,
  version integer not null check (version >= 1),
  seller_id text not null,
  text jsonb not null,
  title text not null,
  text_key text not null,
  received_at timestamptz not null,
  screened_at timestamptz,
  outcome text check (outcome in ('allow', 'review', 'deactivate')),
  primary key (listing_id, version)
);
-- What waits for screening, oldest first: a listing is taken in even while screening is behind.
create index listing_versions_unscreened on listing_versions (received_at) where screened_at is null;

create table policies (
  name text not null,
  version integer not null,
  document jsonb not null,
  -- SHA-256 of the text for people: new words free what an earlier decision protects, new weights do not.
  text_key text not null,
  adopted_at timestamptz not null,
  primary key (name, version)
);
create table policy_levels (
  id bigint generated always as identity primary key,
  policy text not null,
  level text not null check (level in ('off', 'shadow', 'suggest', 'act-with-review', 'act')),
  set_by text not null,
  reason text not null,
  set_at timestamptz not null
);
create index policy_levels_latest on policy_levels (policy, id desc);

create table procedures (
  id text primary key,
  name text not null,
  -- The document as written; its hash is part of the id, so cases stay on the version they started with.
  source text not null,
  document jsonb not null,
  adopted_at timestamptz not null
);

create table findings (
  id text primary key,
  listing_id text not null,
  listing_version integer not null,
  seller_id text not null,
  policy text not null,
  policy_version integer not null,
  level text not null,
  outcome text not null check (outcome in ('review', 'deactivate')),
  score double precision not null,
  evidence jsonb not null,
  would_reverse jsonb not null,
  found_at timestamptz not null,
  foreign key (listing_id, listing_version) references listing_versions,
  foreign key (policy, policy_version) references policies
);
create index findings_by_listing on findings (listing_id, listing_version);
create index findings_latest on findings (found_at desc, id desc);

create sequence decision_numbers start 1001;
create table decisions (
  id text primary key,
  number integer not null unique default nextval('decision_numbers'),
  kind text not null check (kind in ('impose', 'narrow', 'lift', 'confirm')),
  measure text not null,
  subject_kind text not null check (subject_kind in ('listing', 'account', 'payouts')),
  subject_id text not null,
  seller_id text not null references sellers,
  listing_version integer not null,
  policy text not null,
  policy_version integer not null,
  taken_by jsonb not null,
  taken_at timestamptz not null,
  effective_at timestamptz not null check (effective_at >= taken_at),
  rests_on jsonb not null,
  about text references decisions,
  reasons text not null check (kind <> 'confirm' or btrim(reasons) <> ''),
  -- Core says the same (decision.ts): a machine or a clock may never say no.
  check (kind <> 'confirm' or taken_by ->> 'kind' = 'person'),
  -- A clock imposes nothing; what it narrows to is milder than what was there.
  check (kind <> 'impose' or taken_by ->> 'kind' <> 'clock'),
  check ((about is null) = (kind = 'impose')),
  foreign key (policy, policy_version) references policies
);
create index decisions_by_subject on decisions (subject_kind, subject_id, taken_at);
create index decisions_by_seller on decisions (seller_id, taken_at);
create index decisions_by_about on decisions (about);

-- Complete by type, as core/statement.ts has it: every part is there and says something.
create function statement_is_complete(body jsonb) returns boolean
language sql immutable
return (
  select coalesce(bool_and(btrim(coalesce(body #>> path, '')) <> ''), false)
  from (values
    ('{decisionId}'::text[]), ('{number}'), ('{seller,id}'), ('{seller,name}'),
    ('{subject,kind}'), ('{subject,id}'), ('{subject,title}'),
    ('{measure,name}'), ('{measure,tag}'), ('{measure,effect}'),
    ('{scope}'), ('{duration,words}'), ('{takenAt}'), ('{effectiveAt}'),
    ('{facts,narrative}'), ('{facts,listingVersion}'), ('{facts,text,title}'),
    ('{ground,policy}'), ('{ground,version}'), ('{ground,title}'), ('{ground,text}'),
    ('{automation,detection}'), ('{automation,decision}'), ('{automation,words}'),
    ('{wouldReverse,0}'), ('{redress,channels,0}'), ('{redress,desk}'),
    ('{redress,words}'), ('{redress,outside,0}')
  ) as required (path)
) and body ->> 'kind' in ('impose', 'narrow')
  and (body #>> '{redress,windowMonths}')::integer >= 6
  and ((body #>> '{automation,decision}') = 'false' or jsonb_array_length(body #> '{facts,evidence}') > 0);

create table statements (
  decision_id text primary key references decisions,
  seller_id text not null references sellers,
  body jsonb not null,
  -- When the seller was told or saw it; the appeal window runs from here.
  informed_at timestamptz,
  constraint statement_complete check (statement_is_complete(body)),
  constraint statement_is_of_its_decision check (body ->> 'decisionId' = decision_id)
);

create table actions (
  -- No measure without a statement: the row that puts it in force cannot be committed before its reasons.
  decision_id text primary key references statements (decision_id) deferrable initially deferred,
  subject_kind text not null,
  subject_id text not null,
  seller_id text not null references sellers,
  measure text not null,
  in_force_from timestamptz not null,
  ends_at timestamptz,
  ended_at timestamptz,
  ended_by text references decisions
);
create index actions_by_subject on actions (subject_kind, subject_id) where ended_at is null;
create index actions_by_seller on actions (seller_id);

-- The state owed to each subject, and what the marketplace last showed.
create table subjects (
  kind text not null,
  id text not null,
  seller_id text not null references sellers,
  sequence bigint not null check (sequence >= 1),
  state jsonb not null,
  because jsonb not null,
  changed_at timestamptz not null,
  told_at timestamptz,
  seen jsonb,
  seen_at timestamptz,
  read_back text check (read_back in ('agrees', 'not-in-shop', 'differs')),
  -- Since when it has been closer to open again without the shop showing so; null when nothing is to be brought back.
  restoring_since timestamptz,
  primary key (kind, id)
);
create index subjects_by_seller on subjects (seller_id);

create sequence case_numbers start 7001;
create table cases (
  id text primary key,
  number integer not null unique,
  kind text not null check (kind in ('appeal', 'check')),
  matter text not null,
  channel text not null,
  seller_id text not null references sellers,
  procedure_id text not null references procedures,
  state text not null check (state in ('open', 'restoring', 'answered', 'closed')),
  desk text not null,
  arrived_at timestamptz not null,
  due_at timestamptz not null,
  held_by text,
  held_until timestamptz,
  second_look boolean not null,
  overdue_since timestamptz,
  decided_by jsonb not null,
  opened_at timestamptz not null,
  decided_at timestamptz,
  closed_at timestamptz,
  contest_by timestamptz,
  -- The check of a finding: listing, version, decision, conclusion, reasons.
  "check" jsonb,
  check ((kind = 'check') = ("check" is not null)),
  check ((state = 'closed') = (closed_at is not null))
);
create index cases_at_desk on cases (desk, due_at) where state = 'open';
create index cases_by_seller on cases (seller_id, opened_at);

create table objections (
  id text primary key,
  case_id text not null references cases,
  seller_id text not null references sellers,
  position integer not null,
  decision_id text not null references decisions,
  measure text not null,
  track text not null check (track in ('dispute', 'remedy')),
  text text not null check (btrim(text) <> ''),
  remedy jsonb,
  outcome text check (outcome in ('measure_lifted', 'measure_narrowed', 'measure_stands', 'withdrawn')),
  answer text,
  answered_by text,
  answered_at timestamptz,
  check (outcome is null or outcome = 'withdrawn' or btrim(answer) <> ''),
  check (outcome is distinct from 'measure_stands' or answered_by is not null)
);
create index objections_by_case on objections (case_id, position);
-- One open objection per decision: the second filing of the same appeal finds the first.
create unique index objections_open_once on objections (decision_id) where outcome is null;

create table files (
  id text primary key,
  seller_id text not null references sellers,
  case_id text references cases,
  name text not null,
  media_type text not null,
  size integer not null check (size > 0),
  sha256 text not null,
  bytes bytea not null,
  received_at timestamptz not null
);
create index files_by_case on files (case_id);

create table notices (
  id text primary key,
  -- Null for a notice to the marketplace's own officer.
  seller_id text references sellers,
  kind text not null,
  decision_id text references decisions,
  case_id text references cases,
  address text,
  subject text not null,
  body jsonb not null,
  state text not null check (state in ('held', 'queued', 'waiting', 'sent', 'cancelled')),
  created_at timestamptz not null,
  attempted_at timestamptz,
  sent_at timestamptz,
  last_error text
);
create index notices_by_decision on notices (decision_id);
create index notices_by_case on notices (case_id);
create index notices_waiting on notices (seller_id) where state = 'waiting';

-- What happened, in the transaction of the change. Nothing here is ever edited.
create table events (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  kind text not null,
  seller_id text,
  case_id text,
  decision_id text,
  by text,
  detail jsonb not null
);
create index events_by_case on events (case_id, id);
create index events_by_decision on events (decision_id);

-- What is due by itself. Claimed and carried out in one transaction.
create table clocks (
  kind text not null,
  ref text not null,
  due_at timestamptz not null,
  primary key (kind, ref)
);
create index clocks_due on clocks (due_at);

-- What must leave the building. A claim moves due_at ahead, so that a killed carrier's work is taken up again.
create table deliveries (
  kind text not null check (kind in ('notice', 'state')),
  ref text not null,
  due_at timestamptz not null,
  attempts integer not null default 0,
  last_error text,
  primary key (kind, ref)
);
create index deliveries_due on deliveries (due_at);

create table idempotency_keys (
  caller text not null,
  key text not null,
  request_key text not null,
  answer jsonb,
  created_at timestamptz not null,
  primary key (caller, key)
);

create table marketplace_keys (
  id text primary key,
  name text not null,
  key_hash text not null unique,
  created_at timestamptz not null,
  revoked_at timestamptz
);

create table staff (
  id text primary key,
  email text not null,
  name text not null,
  roles jsonb not null,
  desks jsonb not null,
  added_at timestamptz not null,
  removed_at timestamptz
);
create unique index staff_by_email on staff (lower(email)) where removed_at is null;

-- Mail of the demo, kept instead of sent; only ever used where no SMTP_URL is set and never in production.
create table dev_mails (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  address text not null,
  subject text not null,
  text text not null,
  html text not null
);

-- Two walls: operations decide who may, and these rows show themselves to nobody else.
-- `recourse.wall` is 'inside' for staff and machines, 'seller' for one seller; unset, nothing is visible.
do $$
declare
  owned text;
begin
  foreach owned in array array['contacts', 'listings', 'listing_versions', 'findings', 'decisions', 'statements',
    'actions', 'subjects', 'cases', 'objections', 'files', 'notices', 'events', 'sellers']
  loop
    execute format('alter table %I enable row level security', owned);
    execute format($policy$create policy inside on %I
      using (current_setting('recourse.wall', true) = 'inside')
      with check (current_setting('recourse.wall', true) = 'inside')$policy$, owned);
    execute format($policy$create policy own on %I for select
      using (current_setting('recourse.wall', true) = 'seller'
        and %I = current_setting('recourse.seller_id', true))$policy$,
      owned, case owned when 'sellers' then 'id' else 'seller_id' end);
  end loop;
  -- What a seller may write: its own cases and what goes with them. Decisions are never among these.
  foreach owned in array array['cases', 'objections', 'files', 'events', 'notices']
  loop
    execute format($policy$create policy own_insert on %I for insert
      with check (current_setting('recourse.wall', true) = 'seller'
        and seller_id = current_setting('recourse.seller_id', true))$policy$, owned);
  end loop;
  foreach owned in array array['cases', 'objections', 'files', 'statements']
  loop
    execute format($policy$create policy own_update on %I for update
      using (current_setting('recourse.wall', true) = 'seller'
        and seller_id = current_setting('recourse.seller_id', true))$policy$, owned);
  end loop;
end
$$;

grant select, insert, update on sellers, contacts, listings, subjects, cases, objections, notices, staff, marketplace_keys to recourse_app;
grant select, insert on policies, policy_levels, procedures, findings, decisions, statements, files, events, dev_mails to recourse_app;
grant select, insert, update, delete on clocks, deliveries, idempotency_keys to recourse_app;
grant select, insert on listing_versions, actions to recourse_app;
grant update (screened_at, outcome) on listing_versions to recourse_app;
grant update (ended_at, ended_by) on actions to recourse_app;
grant update (informed_at) on statements to recourse_app;
grant update (case_id) on files to recourse_app;
grant usage on all sequences in schema public to recourse_app;
