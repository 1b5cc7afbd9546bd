-- The lock with a door: what is kept back of how a suspicion was detected, and orders as the marketplace tells them. Adds tables; older code still runs.

-- Apart from decisions and statements, because a seller reads those: no policy here lets one in.
create table withholdings (
  decision_id text primary key references decisions,
  seller_id text not null references sellers,
  -- Whether software took part; the seller is told so all the same (DSA Art. 17(3)(c)).
  by_machine boolean not null,
  method text not null check (btrim(method) <> ''),
  reason text not null check (btrim(reason) <> '')
);

create table orders (
  id text primary key,
  seller_id text not null references sellers,
  -- As the marketplace names it; the listing may be told later, or never.
  listing_id text not null,
  -- Who bought: the name under which the same person may complain.
  reporter_id text not null,
  at timestamptz not null,
  state text not null check (state in ('open', 'shipped', 'delivered', 'cancelled')),
  -- In the main unit of the currency, as in balances.
  amount numeric(15, 2) check (amount >= 0),
  currency text check (currency ~ '^[A-Z]{3}$'),
  -- By when the buyer was told that it is sent.
  ship_by timestamptz,
  fact_at timestamptz not null,
  received_at timestamptz not null,
  check ((amount is null) = (currency is null))
);
create index orders_by_seller on orders (seller_id, id);
create index orders_to_ship on orders (seller_id, coalesce(ship_by, at), id) where state = 'open';

-- By id, page by page, as the whole file of an account is read.
create index files_by_seller on files (seller_id, id);
create index listings_by_seller_and_id on listings (seller_id, id);

do $$
declare
  owned text;
begin
  foreach owned in array array['withholdings', 'orders']
  loop
    execute format('alter table %I enable row level security', owned);
    execute format($policy$create policy inside on %I using (wall() = 'inside') with check (wall() = 'inside')$policy$, owned);
  end loop;
end
$$;
-- Who may decide an appeal sees it whole, and so does an auditor; who imposes or narrows writes it.
create policy decides on withholdings for select using (decides() or holds('auditor'));
create policy decides_insert on withholdings for insert with check (decides());
create policy marketplace on orders using (wall() = 'marketplace') with check (wall() = 'marketplace');
create policy own on orders for select using (owns(seller_id));
create policy works on orders for select using (works() or holds('auditor'));

-- Whether the link that was followed opens all that stays its seller's, as core/belongings.ts has it: it is that of a lock
-- or a closing that keeps sign-in shut, and nothing secures the account. It looks past what a link sees, to say only that.
create function opens_belongings(at timestamptz) returns boolean
language sql stable security definer set search_path = public, pg_temp
return wall() = 'link' and (
  select coalesce(bool_and(a.measure not like 'account.secure%'), false)
    and coalesce(bool_or(
      a.measure in ('account.lock', 'account.lock.narrowed', 'account.close')
      and (d.id = any (linked_decisions()) or d.about = any (linked_decisions()))), false)
  from actions a join decisions d on d.id = a.decision_id
  where a.subject_kind = 'account' and a.subject_id = current_setting('recourse.seller_id', true)
    and a.in_force_from <= at and (a.ended_at is null or a.ended_at > at) and (a.ends_at is null or a.ends_at > at));

grant select, insert on withholdings to recourse_app;
grant select, insert, update on orders to recourse_app;
