-- Every kind of case, and measures on accounts and payouts. Older code reads the new rows wrongly, so stop it first.

alter table decisions
  alter column listing_version drop not null,
  add column listing_id text,
  -- From when the seller is told; a closing counts only 30 days after it.
  add column notice_at timestamptz,
  add column terms jsonb,
  add column exception text check (exception in ('legal_obligation', 'imperative_reason', 'repeated_infringement'));
update decisions
  set listing_id = subject_id,
    notice_at = effective_at
  where subject_kind = 'listing';
alter table decisions
  alter column notice_at set not null,
  add check (notice_at >= taken_at and effective_at >= notice_at),
  add check ((listing_id is null) = (listing_version is null)),
  add check (subject_kind <> 'listing' or listing_id = subject_id),
  -- Core says the same (decision.ts): an account is closed 30 days after its statement, never sooner by one person.
  add check (measure <> 'account.close' or kind <> 'impose' or effective_at >= notice_at + interval '30 days');
create index decisions_by_listing on decisions (listing_id, listing_version);

-- A second person agreed that a closing counts at once; nobody agrees with themselves.
create table approvals (
  decision_id text primary key references decisions,
  by_id text not null,
  reasons text not null check (btrim(reasons) <> ''),
  at timestamptz not null
);

-- As core/statement.ts has it: the text is there where a listing was judged, and never for half of it.
create or replace function statement_is_complete(body jsonb) returns boolean
language sql immutable
return (
  select coalesce(bool_and(btrim(coalesce(body #>> path, '')) <> ''), false)
  from (values
    ('{decisionId}'::text[]), ('{number}'), ('{seller,id}'), ('{seller,name}'),
    ('{subject,kind}'), ('{subject,id}'), ('{subject,title}'),
    ('{measure,name}'), ('{measure,tag}'), ('{measure,effect}'),
    ('{scope}'), ('{duration,words}'), ('{takenAt}'), ('{effectiveAt}'),
    ('{facts,narrative}'),
    ('{ground,policy}'), ('{ground,version}'), ('{ground,title}'), ('{ground,text}'),
    ('{automation,detection}'), ('{automation,decision}'), ('{automation,words}'),
    ('{wouldReverse,0}'), ('{redress,channels,0}'), ('{redress,desk}'),
    ('{redress,words}'), ('{redress,outside,0}')
  ) as required (path)
) and body ->> 'kind' in ('impose', 'narrow')
  and (body #>> '{redress,windowMonths}')::integer >= 6
  and (
    (body #>> '{subject,kind}' <> 'listing' and body #>> '{facts,listingVersion}' is null and body #>> '{facts,text}' is null)
    or (btrim(coalesce(body #>> '{facts,listingVersion}', '')) <> '' and btrim(coalesce(body #>> '{facts,text,title}', '')) <> '')
  )
  and ((body #>> '{automation,decision}') = 'false' or jsonb_array_length(body #> '{facts,evidence}') > 0);

do $$
declare
  old text;
begin
  for old in
    select conname from pg_constraint
    where conrelid = 'cases'::regclass and contype = 'c'
      and (pg_get_constraintdef(oid) like '%kind = ANY%' or pg_get_constraintdef(oid) like '%state = ANY%')
  loop
    execute format('alter table cases drop constraint %I', old);
  end loop;
end
$$;
alter table cases
  add column forwards integer not null default 0 check (forwards >= 0),
  add column asks integer not null default 0 check (asks >= 0),
  -- The question that waits for the seller: question, by, at, until.
  add column ask jsonb,
  -- What a person decided and may still take back: by, at, until, answers, conclusion.
  add column pending jsonb,
  add column stood_still_ms bigint not null default 0 check (stood_still_ms >= 0),
  add column reopened_at timestamptz,
  add check (kind in ('appeal', 'question', 'letter', 'recovery', 'complaint', 'check', 'repair')),
  add check (state in ('open', 'asking', 'deciding', 'restoring', 'answered', 'closed')),
  add check ((state = 'asking') = (ask is not null)),
  add check ((state = 'deciding') = (pending is not null));
alter table cases
  alter column forwards drop default,
  alter column asks drop default,
  alter column stood_still_ms drop default;

-- The queue shows what is at a desk, also while a question waits or an answer may still be taken back.
drop index cases_at_desk;
create index cases_at_desk on cases (desk, due_at) where state in ('open', 'asking', 'deciding');

alter table approvals enable row level security;
create policy inside on approvals
  using (current_setting('recourse.wall', true) = 'inside')
  with check (current_setting('recourse.wall', true) = 'inside');
create policy own on approvals for select
  using (current_setting('recourse.wall', true) = 'seller'
    and exists (select from decisions d where d.id = decision_id and d.seller_id = current_setting('recourse.seller_id', true)));

grant select, insert on approvals to recourse_app;
grant update (in_force_from) on actions to recourse_app;
