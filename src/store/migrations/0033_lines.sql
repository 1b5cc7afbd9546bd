-- To one address mails set out in the order in which their notices were written. Adds columns, defaults and indexes; older code still runs, and what it makes due or claims has no order.

-- Where a notice stands among all, in the order in which they were written. Of what has gone out nobody asks.
alter table notices add column place bigint;
create sequence notices_place owned by notices.place;
alter table notices alter column place set default nextval('notices_place');
grant usage on sequence notices_place to recourse_app;

with pending as (
  select id, row_number() over (order by created_at, id) as place
  from notices
  where state in ('held', 'queued', 'waiting')
)
update notices set place = pending.place from pending where notices.id = pending.id;
select setval('notices_place', coalesce(max(place), 0) + 1) from notices;

-- Deliveries of one line set out one after another, each first attempt in its place; without a line there is no order.
alter table deliveries add column line text;
alter table deliveries add column place bigint;

drop index deliveries_due;
create index deliveries_due on deliveries (kind, due_at, place);
-- What stands before a delivery in its line, and which lines have one under way.
create index deliveries_in_line on deliveries (line, place) where line is not null and attempts = 0;
create index deliveries_under_way on deliveries (line)
  where line is not null and attempts = 1 and last_error is null;
