-- Changed policies screen the catalogue anew, and trials screen the last month in shadow. Old code still runs, but takes findings that were replaced for standing ones.

-- Where the policy was adopted to hold: its text for people is the one that reads so there. Null for what was adopted before.
alter table policies add column jurisdiction text check (jurisdiction in ('us', 'eu'));

-- A listing version is screened anew when a policy changes: what the policy said before is kept, and no longer stands.
alter table findings add column replaced_at timestamptz;
create index findings_by_policy on findings (policy, found_at);
create index decisions_by_policy on decisions (policy, taken_at);
create index listing_versions_received on listing_versions (received_at, listing_id, version);
grant update (replaced_at) on findings to recourse_app;

-- How far a changed policy has come through the listings on sale; each step is one transaction.
create table rescreenings (
  id text primary key,
  policy text not null,
  version integer not null,
  because text not null check (because in ('version', 'level')),
  started_at timestamptz not null,
  -- The last listing that was looked at, in the order of ids.
  after_listing text not null,
  listings integer not null check (listings >= 0),
  screened integer not null,
  found integer not null,
  acted integer not null,
  asked integer not null,
  lifted integer not null,
  ended_at timestamptz,
  is_cut_short boolean not null,
  check (not is_cut_short or ended_at is not null),
  foreign key (policy, version) references policies
);
create unique index rescreenings_run_once on rescreenings (policy) where ended_at is null;
create index rescreenings_latest on rescreenings (policy, started_at desc);

-- Trials: what a policy that does not act would have said of what came lately.
create table trials (
  id text primary key,
  policy text not null,
  -- The document tried, as it would be adopted; null for the version in force as it is.
  document jsonb,
  -- The version in force that it is compared with; null where there was none.
  against integer,
  asked_by text not null,
  asked_by_name text not null check (btrim(asked_by_name) <> ''),
  asked_at timestamptz not null,
  since timestamptz not null,
  until timestamptz not null check (until >= since),
  listings integer not null check (listings >= 0),
  screened integer not null,
  -- The last listing version that was looked at, in the order in which they came.
  after_received timestamptz not null,
  after_listing text not null,
  after_version integer not null,
  state text not null check (state in ('running', 'done', 'stopped')),
  ended_at timestamptz,
  check ((state = 'running') = (ended_at is null)),
  check (document is not null or against is not null),
  foreign key (policy, against) references policies (name, version)
);
create unique index trials_run_once on trials (policy) where state = 'running';
create index trials_latest on trials (policy, asked_at desc);

-- What a trial says, wherever it or the version in force says anything. Never more than a shadow: nothing rests on these.
create table trial_findings (
  trial_id text not null references trials,
  listing_id text not null,
  listing_version integer not null,
  seller_id text not null,
  outcome text not null check (outcome in ('allow', 'review', 'deactivate')),
  score double precision,
  evidence jsonb not null,
  outcome_before text not null check (outcome_before in ('allow', 'review', 'deactivate')),
  score_before double precision,
  primary key (trial_id, listing_id, listing_version),
  foreign key (listing_id, listing_version) references listing_versions
);
alter table trial_findings enable row level security;
create policy inside on trial_findings
  using (current_setting('recourse.wall', true) = 'inside')
  with check (current_setting('recourse.wall', true) = 'inside');

grant select, insert, update on rescreenings, trials to recourse_app;
grant select, insert on trial_findings to recourse_app;
