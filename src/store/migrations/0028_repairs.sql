-- Repairs: why decisions are judged anew, each by itself, and what is kept can be contested from the start. Adds to cases and statements; older code still runs, and decides a repair as a whole.

alter table cases
  add column repair jsonb,
  add check (repair is null or kind = 'repair');

-- What a repair kept: the decision that says so. From when its seller hears of that, it can be contested anew.
alter table statements add column kept_by text references decisions;
grant update (kept_by) on statements to recourse_app;
create policy kept on statements for update
  using ((select decides()) and is_decided_at_own_desk(decision_id))
  with check (took(kept_by));

-- A repair is decided one by one: who had a part in some of its decisions judges the others.
create or replace function is_barred_from_case(this_case text) returns boolean
language sql stable security definer set search_path = public, pg_temp
return exists (
  select from objections o
  join cases c on c.id = o.case_id
  where o.case_id = this_case and o.outcome is null and is_barred_from(o.decision_id)
    and (c.kind <> 'repair' or not exists (
      select from objections p
      where p.case_id = this_case and p.outcome is null and not is_barred_from(p.decision_id))));

-- Once the account is the claimant's, what was changed is read where they sign in, too, and no more by the claim alone.
create function number_of_bound_claim(claim text) returns integer
language sql stable security definer set search_path = public, pg_temp
return (
  select c.number from claims c join provings p on p.claim_id = c.id
  where c.id = claim and p.bound_at is not null
    and (is_of(c.seller_id) or wall() = 'inside'));
create policy of_owner on claim_orders for select
  using (owns(seller_id) and (select acts_as()) = 'owner' and number_of_bound_claim(claim_id) is not null);
create policy of_owner on account_changes for select
  using (owns(seller_id) and (select acts_as()) = 'owner' and number_of_bound_claim(claim_id) is not null);
