-- Webhooks: who hears of what, and what came of each telling. Older code still runs; it tells nobody.

create table webhooks (
  id text primary key,
  name text not null check (btrim(name) <> ''),
  url text not null,
  kinds jsonb not null,
  -- The events of ours behind the kinds, as core/webhook.ts has them.
  events text[] not null,
  is_on boolean not null,
  -- Secrets are worked out from the server's own, so that none lies here; the number says which one.
  secret_number integer not null check (secret_number >= 1),
  secret_made_at timestamptz not null,
  made_at timestamptz not null,
  made_by text not null,
  removed_at timestamptz
);

create table webhook_deliveries (
  -- The same at every attempt: whoever hears it twice knows it by this.
  id text primary key,
  webhook_id text not null references webhooks,
  event_id bigint references events,
  kind text not null,
  body text not null,
  state text not null check (state in ('waiting', 'delivered', 'dead')),
  attempts integer not null default 0,
  made_at timestamptz not null,
  attempted_at timestamptz,
  delivered_at timestamptz,
  next_at timestamptz,
  last_status integer,
  last_error text,
  unique (webhook_id, event_id, kind),
  check ((state = 'delivered') = (delivered_at is not null))
);
create index webhook_deliveries_latest on webhook_deliveries (webhook_id, made_at desc, id desc);

alter table deliveries drop constraint deliveries_kind_check;
alter table deliveries add constraint deliveries_kind_check check (kind in ('notice', 'state', 'webhook'));

-- An event is recorded behind whichever wall it happened; whether anybody outside listens is not for that wall to see.
create function tell_webhooks() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
as $$
begin
  insert into deliveries (kind, ref, due_at)
  select 'webhook', 'event:' || new.id, new.at
  where exists (select from webhooks w where w.is_on and w.removed_at is null and new.kind = any (w.events));
  return null;
end
$$;
revoke execute on function tell_webhooks() from public;
create trigger events_are_told after insert on events
  for each row execute function tell_webhooks();

do $$
declare
  kept text;
begin
  foreach kept in array array['webhooks', 'webhook_deliveries']
  loop
    execute format('alter table %I enable row level security', kept);
    execute format($policy$create policy inside on %I using (wall() = 'inside') with check (wall() = 'inside')$policy$, kept);
    execute format($policy$create policy administered on %I
      using (holds('administrator')) with check (holds('administrator'))$policy$, kept);
    execute format($policy$create policy audited on %I for select using (holds('auditor'))$policy$, kept);
  end loop;
end
$$;
-- An administrator's acts are events too, and a test or a repetition is due at once.
create policy webhooks_administered on events for insert
  with check (holds('administrator') and kind like 'webhook.%' and seller_id is null);
create policy webhooks_administered on deliveries
  using (kind = 'webhook' and holds('administrator')) with check (kind = 'webhook' and holds('administrator'));

grant select, insert on webhooks, webhook_deliveries to recourse_app;
grant update (name, url, kinds, events, is_on, secret_number, secret_made_at, removed_at) on webhooks to recourse_app;
grant update (state, attempts, attempted_at, delivered_at, next_at, last_status, last_error) on webhook_deliveries to recourse_app;
