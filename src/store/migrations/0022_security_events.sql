-- What happens to accounts, as the marketplace saw it; each telling sets a clock that weighs it. Adds a table and a kind of delivery; older code still runs.

create table security_events (
  id text primary key,
  seller_id text not null references sellers,
  at timestamptz not null,
  kind text not null check (kind in ('sign-in', 'contact-changed', 'factor-changed', 'payout-target-changed', 'listings-changed')),
  -- Names that the marketplace gives: of a browser or telephone, and of a country (ISO 3166-1).
  device text,
  country text check (country ~ '^[A-Z]{2}$'),
  -- In words for people, and never a secret.
  before text,
  after text,
  count integer not null check (count > 0),
  received_at timestamptz not null
);
create index security_events_by_seller on security_events (seller_id, at);

alter table security_events enable row level security;
create policy inside on security_events using (wall() = 'inside') with check (wall() = 'inside');
create policy told on security_events for select using ((select wall()) = 'marketplace');
create policy told_insert on security_events for insert with check ((select wall()) = 'marketplace');
-- Who works here reads it beside a case; a seller never does, for a thief may be reading.
create policy staff_reads on security_events for select using ((select works()) or (select holds('auditor')));
-- What happened is neither changed nor taken away.
grant select, insert on security_events to recourse_app;

-- Told is weighed, in a transaction of its own: the marketplace's key may tell, and nothing else.
create function weigh_security() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
as $$
begin
  insert into clocks (kind, ref, due_at) values ('security.weigh', new.seller_id, new.received_at)
  on conflict (kind, ref) do update set due_at = least(clocks.due_at, excluded.due_at);
  return null;
end
$$;
revoke execute on function weigh_security() from public;
create trigger security_events_are_weighed after insert on security_events
  for each row execute function weigh_security();

alter table deliveries drop constraint deliveries_kind_check;
alter table deliveries add constraint deliveries_kind_check check (kind in ('notice', 'state', 'webhook', 'sessions'));
