-- Alarms of the watchdog, and the moves of a demo's clock. Old code still runs.

-- Clocks that were due and had not fired. At most one alarm is open, whoever watches.
create table alarms (
  id text primary key,
  raised_at timestamptz not null,
  clocks integer not null check (clocks > 0),
  -- When the longest due of them was due.
  since timestamptz not null,
  -- The first mail to our officer; its own row says when it went out.
  notice_id text not null references notices,
  -- When a mail about it was last written.
  told_at timestamptz not null check (told_at >= raised_at),
  ended_at timestamptz check (ended_at >= raised_at)
);
create unique index alarms_open_once on alarms ((ended_at is null)) where ended_at is null;

-- How far a demo's clock is ahead of the real one: each move adds a row, and time never goes back.
create table time_moves (
  id bigint generated always as identity primary key,
  -- By the real clock.
  moved_at timestamptz not null,
  ahead_ms bigint not null check (ahead_ms > 0)
);

-- One search per seller, however many notices wait.
create index events_seller_sought on events (seller_id, at) where kind = 'seller.sought';
create index notices_unsent on notices (seller_id, created_at) where state in ('held', 'queued', 'waiting');

grant select, insert, update on alarms to recourse_app;
grant select, insert on time_moves to recourse_app;
grant usage on all sequences in schema public to recourse_app;
