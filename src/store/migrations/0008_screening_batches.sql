-- Screening in counted batches: what waits is a row of its own, and what was screened needs none. Older code marks versions instead, so stop it first.

-- In which order the versions came, and how many bytes each text has: reading many at once is bounded by both.
alter table listing_versions
  add column arrival bigint generated always as identity,
  add column size integer not null generated always as (octet_length(text::text)) stored;

-- What waits for its first screening, in the order in which it came; written and taken out with the version's own change.
create table waiting_versions (
  arrival bigint primary key,
  listing_id text not null,
  version integer not null
);
insert into waiting_versions (arrival, listing_id, version)
select arrival, listing_id, version from listing_versions where screened_at is null;

create table screening_batches (
  id text primary key,
  at timestamptz not null,
  -- Null where it was not kept.
  jurisdiction text check (jurisdiction in ('us', 'eu')),
  -- The rescreening that it is a step of; null for the first screening of what came.
  rescreening_id text references rescreenings,
  screened integer not null check (screened > 0),
  allowed integer not null,
  review integer not null,
  deactivate integer not null,
  -- Exactly which versions it read; empty where it was not kept.
  arrivals int8multirange not null,
  -- SHA-256 over a line for each of them in that order: listing, version and key of the text.
  digest text,
  check (allowed >= 0 and review >= 0 and deactivate >= 0 and allowed + review + deactivate = screened),
  check ((digest is null) = isempty(arrivals))
);
-- When a version was first screened.
create index screening_batches_first on screening_batches using gist (arrivals) where rescreening_id is null;

-- Which versions of which policies judged a batch, and what each of them found in it.
create table batch_policies (
  batch_id text not null references screening_batches,
  policy text not null,
  version integer not null,
  review integer not null check (review >= 0),
  deactivate integer not null check (deactivate >= 0),
  primary key (batch_id, policy),
  foreign key (policy, version) references policies
);
create index batch_policies_of on batch_policies (policy, version);

-- What was marked until now: the versions of one batch have the same time, what it found was found before they were
-- marked, and its policies are those that were in force then.
with marked as (
  select v.*,
    (select max(case f.outcome when 'deactivate' then 2 else 1 end)
      from findings f
      where f.listing_id = v.listing_id and f.listing_version = v.version and f.found_at <= v.screened_at) as worst
  from listing_versions v
  where v.screened_at is not null
)
insert into screening_batches (id, at, screened, allowed, review, deactivate, arrivals, digest)
select 'bat_' || md5(screened_at::text), screened_at, count(*),
  count(*) filter (where worst is null), count(*) filter (where worst = 1), count(*) filter (where worst = 2),
  range_agg(int8range(arrival, arrival, '[]')),
  encode(sha256(convert_to(
    string_agg(listing_id || ' ' || version || ' ' || text_key || E'\n', '' order by arrival), 'UTF8')), 'hex')
from marked
group by screened_at;

insert into batch_policies (batch_id, policy, version, review, deactivate)
select b.id, p.name, p.version,
  count(f.id) filter (where f.outcome = 'review'), count(f.id) filter (where f.outcome = 'deactivate')
from screening_batches b
cross join lateral (
  select distinct on (name) name, version
  from policies
  where adopted_at <= b.at
  order by name, version desc
) p
left join (
  findings f join listing_versions v on v.listing_id = f.listing_id and v.version = f.listing_version
) on v.screened_at = b.at and f.found_at <= b.at and f.policy = p.name and f.policy_version = p.version
where coalesce(
  (select l.level from policy_levels l where l.policy = p.name and l.set_at <= b.at order by l.id desc limit 1), '') <> 'off'
group by b.id, p.name, p.version;

-- Of a rescreening until now its count was kept and what it found, but not which versions it read.
with read as (
  select r.*,
    (select count(*) from findings f join listing_versions v on v.listing_id = f.listing_id and v.version = f.listing_version
      where f.policy = r.policy and f.policy_version = r.version and f.outcome = o.outcome
        and f.found_at > v.screened_at and f.found_at >= r.started_at
        and f.found_at <= coalesce(r.ended_at, 'infinity')) as found_so,
    o.outcome
  from rescreenings r cross join (values ('review'), ('deactivate')) as o (outcome)
  where r.screened > 0
), counted as (
  select id, policy, version, coalesce(ended_at, started_at) as at, screened,
    max(found_so) filter (where outcome = 'review') as review,
    max(found_so) filter (where outcome = 'deactivate') as deactivate
  from read
  group by id, policy, version, ended_at, started_at, screened
), kept as (
  insert into screening_batches (id, at, rescreening_id, screened, allowed, review, deactivate, arrivals)
  select 'bat_' || id, at, id, screened, screened - review - deactivate, review, deactivate, '{}'
  from counted
)
insert into batch_policies (batch_id, policy, version, review, deactivate)
select 'bat_' || id, policy, version, review, deactivate
from counted;

drop index listing_versions_unscreened;
alter table listing_versions
  drop column screened_at,
  drop column outcome;

-- Whether a version has a check, and what people cleared, is looked up for everything that is flagged.
create index cases_checks on cases (("check" ->> 'listingId')) where kind = 'check';

-- What one policy found in one listing is looked up for every listing that is screened anew.
create index findings_of_policy_in on findings (policy, listing_id, listing_version);

-- A row is locked by whoever takes it, and for that PostgreSQL wants this right.
grant select, insert, update, delete on waiting_versions to recourse_app;
grant select, insert on screening_batches, batch_policies to recourse_app;
grant usage on all sequences in schema public to recourse_app;
