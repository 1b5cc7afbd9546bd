-- Balances: what the marketplace keeps for a seller and where it may be paid out to. Adds a table; older code still runs.

create table balances (
  seller_id text primary key references sellers,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  -- In the main unit of the currency, as the state owed to payouts has it.
  available numeric(15, 2) not null,
  disputed numeric(15, 2) not null check (disputed >= 0),
  -- [{id, label, addedAt}]
  destinations jsonb not null,
  fact_at timestamptz not null,
  received_at timestamptz not null
);

alter table balances enable row level security;
create policy inside on balances
  using (current_setting('recourse.wall', true) = 'inside')
  with check (current_setting('recourse.wall', true) = 'inside');
create policy own on balances for select
  using (current_setting('recourse.wall', true) = 'seller'
    and seller_id = current_setting('recourse.seller_id', true));

grant select, insert, update on balances to recourse_app;
