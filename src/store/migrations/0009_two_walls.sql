-- Who asks is said to the database too, so that it holds by itself what operations decide.
-- `recourse.wall` is 'inside' for machines of ours, 'staff', 'seller', 'link', 'claim', 'marketplace', 'nobody', or one of
-- two small doors: 'entrance', which works out who comes in, and 'recovery', which takes claims on accounts. Unset, nothing
-- is visible. The rows below say what core/permission.ts says; either has to hold alone. Older code reads nothing any more.
-- What is asked once of the caller and not of each row stands in a select of its own, so that it is worked out once.

create function wall() returns text
language sql stable
return coalesce(current_setting('recourse.wall', true), '');

-- Whether a person of the marketplace asks who has one of these roles.
create function holds(variadic wanted text[]) returns boolean
language sql stable
return wall() = 'staff' and string_to_array(current_setting('recourse.roles', true), ',') && wanted;

-- Whether a person of the marketplace asks who works at this desk.
create function staffs(desk text) returns boolean
language sql stable
return wall() = 'staff' and desk = any(string_to_array(current_setting('recourse.desks', true), ','));

-- The person of the marketplace who asks, or null.
create function staff_id() returns text
language sql stable
return case when wall() = 'staff' then current_setting('recourse.staff_id', true) end;

-- Whether the seller asks to whom this belongs.
create function owns(seller_id text) returns boolean
language sql stable
return wall() = 'seller' and seller_id = current_setting('recourse.seller_id', true);

-- Whether a person of the marketplace asks who has some role.
create function is_staff() returns boolean
language sql stable
return wall() = 'staff' and coalesce(current_setting('recourse.roles', true), '') <> '';

-- Who works on cases, who of them decides, and who of those imposes by hand.
create function works() returns boolean
language sql stable
return holds('support', 'reviewer', 'identity-specialist', 'executive', 'legal');
create function decides() returns boolean
language sql stable
return holds('reviewer', 'identity-specialist', 'executive', 'legal');
create function imposes() returns boolean
language sql stable
return holds('reviewer', 'executive', 'legal');

-- As core/permission.ts has it (worksOn): who owns an account is for specialists, and a claim for nobody else.
create function asks_who_owns(kind text, matter text) returns boolean
language sql immutable
return kind = 'recovery' or matter in ('account.lock', 'account.secure', 'matter.recovery');
create function works_on(kind text, matter text) returns boolean
language sql stable
return (kind <> 'recovery' and holds('support', 'reviewer', 'executive', 'legal'))
  or (asks_who_owns(kind, matter) and holds('identity-specialist'));
create function decides_on(kind text, matter text) returns boolean
language sql stable
return (kind <> 'recovery' and imposes())
  or (asks_who_owns(kind, matter) and holds('identity-specialist'));

-- Whether the seller asks, signed in or by a link, to whom this belongs.
create function is_of(seller_id text) returns boolean
language sql stable
return wall() in ('seller', 'link') and seller_id = current_setting('recourse.seller_id', true);

-- The functions that follow look past the rows that the caller sees, to say of one thing only whether it is so.

-- Whether the person who asks took this decision.
create function took(decision text) returns boolean
language sql stable security definer set search_path = public, pg_temp
return exists (
  select from decisions d
  where d.id = decision and d.taken_by ->> 'kind' = 'person' and d.taken_by ->> 'id' = staff_id());

-- Whether the person who asks took this decision, or wrote the rule behind it.
create function is_barred_from(decision text) returns boolean
language sql stable security definer set search_path = public, pg_temp
return took(decision) or exists (
  select from decisions d
  join policies p on p.name = d.policy and p.version = d.policy_version
  join staff s on lower(s.email) = lower(p.document ->> 'author') and s.removed_at is null
  where d.id = decision and s.id = staff_id());

create function is_barred_from_case(this_case text) returns boolean
language sql stable security definer set search_path = public, pg_temp
return exists (
  select from objections o
  where o.case_id = this_case and o.outcome is null and is_barred_from(o.decision_id));

-- Whether this act takes one's own measure back within its minute of undoing.
create function undoes(decision text, at timestamptz) returns boolean
language sql stable security definer set search_path = public, pg_temp
return took(decision) and exists (select from decisions d where d.id = decision and at < d.notice_at);

-- Whether what this decision put there is contested, or was looked at, in a case that the person who asks decides at
-- their desk: itself, or what it stands in place of.
create function is_decided_at_own_desk(decision text) returns boolean
language sql stable security definer set search_path = public, pg_temp
as $$
  with recursive stands_for (id) as (
    select decision
    union all
    select d.about from stands_for f join decisions d on d.id = f.id where d.kind = 'narrow'
  )
  select exists (
    select from stands_for f
    join cases c on c."check" ->> 'decisionId' = f.id
      or exists (select from objections o where o.case_id = c.id and o.decision_id = f.id)
    where staffs(c.desk) and decides_on(c.kind, c.matter))
$$;

-- What a signed link opens: its decision, and what the case of its matter contests.
create function linked_decisions() returns text[]
language sql stable security definer set search_path = public, pg_temp
return case when wall() = 'link' then array(
  select nullif(current_setting('recourse.decision_id', true), '')
  union
  select o.decision_id
  from cases c join objections o on o.case_id = c.id
  where c.seller_id = current_setting('recourse.seller_id', true)
    and c.kind <> 'recovery'
    and case when current_setting('recourse.case_id', true) <> '' then c.id = current_setting('recourse.case_id', true)
      else exists (select from objections x
        where x.case_id = c.id and x.decision_id = current_setting('recourse.decision_id', true)) end
) end;

create function linked_cases() returns text[]
language sql stable security definer set search_path = public, pg_temp
return case when wall() = 'link' then array(
  select c.id
  from cases c
  where c.seller_id = current_setting('recourse.seller_id', true)
    and (c.id = current_setting('recourse.case_id', true)
      or exists (select from objections o where o.case_id = c.id and o.decision_id = any (linked_decisions())))
) end;

-- Whether a notice goes to the seller or the claimant who asks.
create function is_to_asker(notice text) returns boolean
language sql stable security definer set search_path = public, pg_temp
return exists (
  select from notices n
  where n.id = notice
    and (is_of(n.seller_id) or (wall() = 'claim' and n.seller_id is null and is_claimed(n.case_id))));

-- What the page of promises tells everybody.
create function adoption_in_force() returns bigint
language sql stable security definer set search_path = public, pg_temp
return (select max(id) from adoptions);
create function procedure_in_force() returns text
language sql stable security definer set search_path = public, pg_temp
return (select procedure_id from adoptions order by id desc limit 1);

-- Sellers read who decided, and nothing else of the people of the marketplace.
create function staff_names() returns table (id text, name text)
language sql stable security definer set search_path = public, pg_temp
as 'select id, name from staff';

-- How everybody waits now, against what the version that each case follows promises: sums, of nobody in particular.
create function waiting(at timestamptz) returns table (
  open bigint, overdue bigint, "beyondPerson" bigint, "beyondAnswer" bigint, "notYetBack" bigint, "oneLook" bigint,
  "longestMs" double precision
)
language sql stable security definer set search_path = public, pg_temp
as $$
  with waiting as (
    select
      c.overdue_since is not null or (c.state = 'open' and c.due_at <= at) as overdue,
      extract(epoch from (at - coalesce(c.reopened_at, c.opened_at))) * 1000
        - c.stood_still_ms
        - coalesce(extract(epoch from (at - (c.ask ->> 'at')::timestamptz)) * 1000, 0) as ms,
      (p.document #>> '{promise,person}')::float8 as person,
      (p.document #>> '{promise,answer}')::float8 as answer,
      coalesce(
        p.document #>> array['desks', c.desk, 'staff'] = 'people'
          and (p.document #> array['desks', c.desk, 'may']) ?| array['grant', 'narrow', 'deny'],
        false
      ) as with_a_person
    from cases c
    join procedures p on p.id = c.procedure_id
    where c.state in ('open', 'asking', 'deciding')
  )
  select
    count(*) as open,
    count(*) filter (where overdue) as overdue,
    count(*) filter (where not with_a_person and ms > person) as "beyondPerson",
    count(*) filter (where ms > answer) as "beyondAnswer",
    (select count(*) from subjects where restoring_since is not null) as "notYetBack",
    -- Whoever could have contested was told until when; where nobody could, there is no such day.
    (select count(*) from cases c
      where c.state in ('closed', 'restoring') and not c.second_look and c.contest_by is null
        and exists (select from objections o where o.case_id = c.id and o.outcome = 'measure_stands')
        and exists (select from events e where e.case_id = c.id and e.kind = 'case.arrived' and e.detail ->> 'why' = 'late')
    ) as "oneLook",
    coalesce(max(ms), 0)::float8 as "longestMs"
  from waiting
$$;

-- Every table anew: deny by default, and one permission at a time.
do $$
declare
  it record;
begin
  for it in select policyname, tablename from pg_policies where schemaname = 'public' loop
    execute format('drop policy %I on %I', it.policyname, it.tablename);
  end loop;
  for it in select tablename from pg_tables where schemaname = 'public' and tablename <> 'migrations' loop
    execute format('alter table %I enable row level security', it.tablename);
    execute format($policy$create policy inside on %I
      using ((select wall()) = 'inside') with check ((select wall()) = 'inside')$policy$, it.tablename);
    -- The auditor reads all and changes nothing.
    execute format($policy$create policy auditor_reads on %I for select using ((select holds('auditor')))$policy$, it.tablename);
  end loop;

  -- Who works here reads what there is on sellers, cases and rules.
  foreach it.tablename in array array['sellers', 'contacts', 'listings', 'listing_versions', 'findings', 'decisions',
    'statements', 'actions', 'approvals', 'subjects', 'balances', 'cases', 'objections', 'files', 'notices', 'events',
    'claims', 'claim_cases', 'clocks', 'deliveries', 'alarms', 'policies', 'policy_levels', 'rescreenings',
    'screening_batches', 'batch_policies', 'procedures', 'adoptions', 'staff']
  loop
    execute format('create policy staff_reads on %I for select using ((select is_staff()))', it.tablename);
  end loop;
  foreach it.tablename in array array['trials', 'trial_findings'] loop
    execute format($policy$create policy trial_read on %I for select
      using ((select holds('policy-manager', 'administrator')))$policy$, it.tablename);
  end loop;
end
$$;

-- Sellers: what is theirs, and by a signed link what belongs to its matter.
create policy own on sellers for select using (is_of(id));
create policy own on contacts for select using (owns(seller_id));
create policy own on balances for select using (owns(seller_id));
create policy own on findings for select using (owns(seller_id));
create policy own on decisions for select
  using (owns(seller_id)
    or (is_of(seller_id) and (id = any ((select linked_decisions())::text[]) or about = any ((select linked_decisions())::text[]))));
create policy own on statements for select
  using (owns(seller_id) or (is_of(seller_id) and decision_id = any ((select linked_decisions())::text[])));
create policy own on actions for select
  using (owns(seller_id) or (is_of(seller_id) and decision_id = any ((select linked_decisions())::text[])));
create policy own on approvals for select
  using ((select wall()) in ('seller', 'link') and exists (select from decisions d where d.id = decision_id));
create policy own on subjects for select
  using (owns(seller_id)
    or (is_of(seller_id) and exists (select from decisions d where d.subject_id = subjects.id)));
create policy own on listings for select
  using (owns(seller_id) or (is_of(seller_id) and exists (select from decisions d where d.listing_id = listings.id)));
create policy own on listing_versions for select
  using (owns(seller_id)
    or (is_of(seller_id) and exists (select from decisions d where d.listing_id = listing_versions.listing_id)));
-- What the system asks people of the marketplace is theirs alone, though it is about a seller.
create policy own on cases for select
  using (is_of(seller_id)
    and kind not in ('check', 'repair')
    and (channel <> 'system' or matter not like 'matter.%')
    and (wall() = 'seller' or id = any ((select linked_cases())::text[])));
create policy own on objections for select
  using (is_of(seller_id) and (wall() = 'seller' or case_id = any ((select linked_cases())::text[])));
create policy own on events for select
  using (is_of(seller_id) and exists (select from cases c where c.id = case_id));
create policy own on files for select
  using (is_of(seller_id) and (case_id is null or exists (select from cases c where c.id = case_id)));
create policy own on notices for select
  using (is_of(seller_id)
    and address is null
    and (wall() = 'seller' or case_id = any ((select linked_cases())::text[])
      or decision_id = any ((select linked_decisions())::text[])));

-- What a seller may write: its own cases and what goes with them. Decisions are never among these.
create policy own_insert on cases for insert
  with check (is_of(seller_id) and state = 'open' and held_by is null
    and (kind = 'appeal' or (kind = 'question' and wall() = 'seller')));
create policy own_insert on objections for insert with check (is_of(seller_id) and outcome is null);
create policy own_insert on files for insert with check (is_of(seller_id));
create policy own_insert on events for insert with check (is_of(seller_id));
create policy own_insert on notices for insert with check (is_of(seller_id) and address is null);
create policy own_update on cases for update
  using (is_of(seller_id) and (wall() = 'seller' or id = any ((select linked_cases())::text[])))
  with check (is_of(seller_id));
create policy own_update on objections for update
  using (is_of(seller_id) and (wall() = 'seller' or case_id = any ((select linked_cases())::text[])))
  with check (is_of(seller_id));
create policy own_update on files for update
  using (is_of(seller_id) and case_id is null)
  with check (is_of(seller_id) and exists (select from cases c where c.id = case_id));
create policy own_update on statements for update
  using (is_of(seller_id) and (wall() = 'seller' or decision_id = any ((select linked_decisions())::text[])))
  with check (is_of(seller_id));

-- A claimant: the own claim, and of the account not one row.
create policy claimed on claims for select
  using ((select wall()) = 'claim' and id = current_setting('recourse.claim_id', true));
create policy claimed on claim_cases for select
  using ((select wall()) = 'claim' and claim_id = current_setting('recourse.claim_id', true));
create policy claimed on cases for select using ((select wall()) = 'claim' and is_claimed(id));
create policy claimed_update on cases for update
  using ((select wall()) = 'claim' and is_claimed(id))
  with check (is_claimed(id));
create policy claimed on objections for select using ((select wall()) = 'claim' and is_claimed(case_id));
create policy claimed_update on objections for update
  using ((select wall()) = 'claim' and is_claimed(case_id))
  with check (is_claimed(case_id));
-- What happened to the account carries its seller, also where the claim's case is named beside it; and whom
-- the claim was linked with is for the desk to know.
create policy claimed on events for select
  using ((select wall()) = 'claim' and seller_id is null and kind <> 'case.linked' and is_claimed(case_id));
create policy claimed_insert on events for insert
  with check ((select wall()) = 'claim' and seller_id is null and is_claimed(case_id));
create policy claimed_insert on notices for insert
  with check ((select wall()) = 'claim' and seller_id is null and is_claimed(case_id));

-- What a seller or claimant does to a case moves its clock and sends its notices; the case and the notice are seen by
-- whoever they belong to, and so nobody moves another's.
create policy of_own_case on clocks
  using ((select wall()) in ('seller', 'link', 'claim')
    and kind in ('case.due', 'case.lapse') and exists (select from cases c where c.id = ref))
  with check ((select wall()) in ('seller', 'link', 'claim')
    and kind in ('case.due', 'case.lapse') and exists (select from cases c where c.id = ref));
create policy of_own_notice on deliveries
  using ((select wall()) in ('seller', 'link', 'claim') and kind = 'notice' and is_to_asker(ref))
  with check ((select wall()) in ('seller', 'link', 'claim') and kind = 'notice' and is_to_asker(ref));

-- Procedures are what sellers are promised; the one in force is everybody's to read.
create policy promised on procedures for select
  using ((select wall()) in ('seller', 'link', 'claim', 'recovery')
    or ((select wall()) <> '' and id = (select procedure_in_force())));
create policy promised on adoptions for select
  using ((select wall()) in ('seller', 'link', 'claim', 'recovery')
    or ((select wall()) <> '' and id = (select adoption_in_force())));

-- The marketplace tells facts, and reads what we hold about a listing.
do $$
declare
  told text;
begin
  foreach told in array array['sellers', 'contacts', 'listings', 'listing_versions', 'waiting_versions', 'balances'] loop
    execute format($policy$create policy told on %I for select using ((select wall()) = 'marketplace')$policy$, told);
    execute format($policy$create policy told_insert on %I for insert with check ((select wall()) = 'marketplace')$policy$, told);
  end loop;
  foreach told in array array['sellers', 'contacts', 'listings', 'balances'] loop
    execute format($policy$create policy told_update on %I for update
      using ((select wall()) = 'marketplace') with check ((select wall()) = 'marketplace')$policy$, told);
  end loop;
  foreach told in array array['findings', 'screening_batches', 'policies', 'policy_levels'] loop
    execute format($policy$create policy marketplace_reads on %I for select using ((select wall()) = 'marketplace')$policy$, told);
  end loop;
end
$$;
create policy marketplace_reads on subjects for select using ((select wall()) = 'marketplace' and kind = 'listing');
-- A contact that becomes known sends what waited for one.
create policy marketplace_wakes on notices for select
  using ((select wall()) = 'marketplace' and seller_id is not null and state in ('waiting', 'queued'));
create policy marketplace_wakes_update on notices for update
  using ((select wall()) = 'marketplace' and seller_id is not null and state = 'waiting')
  with check (state = 'queued');
create policy marketplace_wakes on deliveries
  using ((select wall()) = 'marketplace' and kind = 'notice')
  with check ((select wall()) = 'marketplace' and kind = 'notice');

-- People at the desks: cases at their own desks, of the kinds that their role works on; and never what they had a part in.
create policy at_own_desk on cases for update
  using (staffs(desk) and works_on(kind, matter))
  with check ((select works())
    and (state <> 'deciding' or decides_on(kind, matter))
    and (held_by is distinct from staff_id() or not is_barred_from_case(id))
    and (pending ->> 'by' is distinct from staff_id() or not is_barred_from_case(id)));
create policy letter on cases for insert
  with check ((select works()) and kind = 'letter' and channel = 'letter' and state = 'open' and held_by is null);
create policy at_own_desk on objections for update
  using ((select works()) and exists (select from cases c where c.id = case_id and staffs(c.desk) and works_on(c.kind, c.matter)))
  with check (exists (select from cases c where c.id = case_id
    and (answered_by is distinct from staff_id() or (decides_on(c.kind, c.matter) and not is_barred_from(decision_id)))));
create policy linked on objections for insert
  with check ((select holds('identity-specialist')) and outcome is null
    and exists (select from cases c where c.id = case_id and c.kind = 'recovery' and staffs(c.desk)));
create policy linked on claims for update
  using ((select holds('identity-specialist'))
    and exists (select from claim_cases k join cases c on c.id = k.case_id where k.claim_id = claims.id and staffs(c.desk)))
  with check (linked_by = staff_id());

-- Decisions: with a role that decides, as oneself, and on nothing that one had a part in but to undo it within its minute.
create policy taken on decisions for insert
  with check ((select decides())
    and taken_by ->> 'kind' = 'person'
    and taken_by ->> 'id' = staff_id()
    and case kind
      when 'impose' then imposes()
      when 'lift' then (imposes() and undoes(about, taken_at)) or (is_decided_at_own_desk(about) and not took(about))
      else is_decided_at_own_desk(about) and not is_barred_from(about)
    end);
create policy taken on statements for insert with check ((select decides()) and took(decision_id));
create policy taken on actions for insert with check ((select decides()) and took(decision_id));
create policy ended on actions for update
  using ((select decides()))
  with check (ended_by is null or took(ended_by));
create policy second_person on approvals for insert
  with check ((select imposes()) and by_id = staff_id() and not took(decision_id));
create policy owed_insert on subjects for insert with check ((select decides()));
create policy owed_update on subjects for update using ((select decides())) with check ((select decides()));

-- What follows from what people at the desks do: their notices, clocks and deliveries.
create policy written on notices for insert with check ((select works()));
create policy cancelled on notices for update
  using ((select imposes()) and state = 'held' and took(decision_id))
  with check (state = 'cancelled');
create policy followed on clocks using ((select works())) with check ((select works()));
create policy followed_insert on deliveries for insert with check ((select works()));
create policy followed_update on deliveries for update using ((select works())) with check ((select works()));
create policy cancelled on deliveries for delete
  using ((select imposes()) and kind = 'notice'
    and exists (select from notices n where n.id = ref and n.state = 'held' and took(n.decision_id)));

-- Who manages policies and procedures: new versions and levels, trials, and which version open cases follow.
create policy managed on policies for insert with check ((select holds('policy-manager')));
create policy managed on policy_levels for insert with check ((select holds('policy-manager')));
create policy managed on rescreenings for insert with check ((select holds('policy-manager')));
create policy managed_update on rescreenings for update
  using ((select holds('policy-manager'))) with check ((select holds('policy-manager')));
create policy managed on trials for insert with check ((select holds('policy-manager')) and asked_by = staff_id());
create policy managed_update on trials for update
  using ((select holds('policy-manager'))) with check ((select holds('policy-manager')));
create policy managed on procedures for insert with check ((select holds('policy-manager')));
create policy managed on adoptions for insert
  with check ((select holds('policy-manager')) and adopted_by = staff_id() and origin = 'studio');
create policy moved on cases for update
  using ((select holds('policy-manager')) and state in ('open', 'asking', 'deciding'))
  with check ((select holds('policy-manager'))
    and held_by is distinct from staff_id()
    and pending ->> 'by' is distinct from staff_id());

-- Events say who did what, and nobody says it of another.
create policy recorded on events for insert
  with check ((select holds('support', 'reviewer', 'identity-specialist', 'executive', 'legal', 'policy-manager', 'administrator'))
    and (by is null or by = staff_id()));

-- Administrators: people and keys.
create policy administered on staff for insert with check ((select holds('administrator')));
create policy administered_update on staff for update
  using ((select holds('administrator'))) with check ((select holds('administrator')));
create policy administered_read on marketplace_keys for select using ((select holds('administrator')));
create policy administered on marketplace_keys for insert with check ((select holds('administrator')));
create policy administered_update on marketplace_keys for update
  using ((select holds('administrator'))) with check ((select holds('administrator')));

-- A request told twice: each caller has keys of their own.
create function is_caller(caller text) returns boolean
language sql stable
return case wall()
  when 'staff' then caller = 'staff:' || staff_id()
  when 'seller' then starts_with(caller, 'seller:' || current_setting('recourse.seller_id', true) || ':')
  when 'link' then starts_with(caller, 'seller:' || current_setting('recourse.seller_id', true) || ':')
  when 'claim' then caller = 'claim:' || current_setting('recourse.claim_id', true)
  when 'marketplace' then caller = 'marketplace:' || current_setting('recourse.key_id', true)
  when 'recovery' then true
  else false
end;
create policy once on idempotency_keys using (is_caller(caller)) with check (is_caller(caller));

-- How far a demo's clock is ahead is everybody's to read: whoever asks, it is the time.
create policy told on time_moves for select using (true);

-- The entrance works out who comes in, before anybody is known.
create policy entrance on staff for select using ((select wall()) = 'entrance');
create policy entrance on contacts for select using ((select wall()) = 'entrance');
create policy entrance on sellers for select using ((select wall()) = 'entrance');
create policy entrance on subjects for select using ((select wall()) = 'entrance' and kind = 'account');
create policy entrance on marketplace_keys for select using ((select wall()) = 'entrance');

-- The door for who has neither account nor mailbox finds the account that is meant, and answers nothing of it.
do $$
declare
  needed text;
begin
  foreach needed in array array['sellers', 'contacts', 'decisions', 'statements', 'actions', 'claims', 'claim_cases', 'cases',
    'objections', 'events', 'notices', 'clocks', 'deliveries']
  loop
    execute format($policy$create policy recovery on %I for select using ((select wall()) = 'recovery')$policy$, needed);
  end loop;
  foreach needed in array array['claims', 'claim_cases', 'objections', 'events', 'notices', 'clocks', 'deliveries'] loop
    execute format($policy$create policy recovery_insert on %I for insert with check ((select wall()) = 'recovery')$policy$, needed);
  end loop;
  foreach needed in array array['clocks', 'deliveries'] loop
    execute format($policy$create policy recovery_update on %I for update
      using ((select wall()) = 'recovery') with check ((select wall()) = 'recovery')$policy$, needed);
  end loop;
end
$$;
create policy recovery_insert on cases for insert
  with check ((select wall()) = 'recovery' and state = 'open'
    and (kind = 'recovery' or (kind = 'question' and matter = 'matter.recovery' and channel = 'link')));

-- What a policy cannot say, because it sees the row before or after but never both.
create function keep_what_is_not_theirs() returns trigger
language plpgsql
as $$
begin
  if tg_table_name = 'cases' and wall() <> 'staff' then
    if (new.held_by is not null and new.held_by is distinct from old.held_by)
      or (new.pending is not null and new.pending is distinct from old.pending)
      or new.decided_by is distinct from old.decided_by then
      raise insufficient_privilege using message = 'a case is held and decided at its desk';
    end if;
  elsif tg_table_name = 'cases' then
    -- Who manages procedures says which version a case follows, and nothing else of it.
    if not (staffs(old.desk) and works_on(old.kind, old.matter))
      and to_jsonb(new) - 'procedure_id' is distinct from to_jsonb(old) - 'procedure_id' then
      raise insufficient_privilege using message = 'a case is changed at its desk';
    end if;
    -- Who had a part in what is contested gives the case back, and does nothing else with it.
    if to_jsonb(new) - array['procedure_id', 'held_by', 'held_until']
        is distinct from to_jsonb(old) - array['procedure_id', 'held_by', 'held_until']
      and is_barred_from_case(old.id) then
      raise insufficient_privilege using message = 'a case is not for who had a part in what it contests';
    end if;
  elsif new.outcome is distinct from old.outcome and new.outcome is not null and new.outcome <> 'withdrawn' then
    raise insufficient_privilege using message = 'an objection is answered at a desk';
  end if;
  return new;
end
$$;
create trigger kept before update on cases for each row
  when (wall() in ('staff', 'seller', 'link', 'claim')) execute function keep_what_is_not_theirs();
create trigger kept before update on objections for each row
  when (wall() in ('seller', 'link', 'claim')) execute function keep_what_is_not_theirs();
