-- Some policies ask whether another row can be seen. Written into a policy, such a question is planned with every statement
-- on the table, behind whatever wall, and with it the policies of the other table: setting a clock took longer to plan than
-- all else that a command does. As a function it is planned when it is asked. Each of these runs as whoever asks, so the
-- other table's own policies answer, as before. Older code still runs.
create function sees_case(this_case text) returns boolean
language plpgsql stable
as $$
begin
  return exists (select from cases where id = this_case);
end
$$;
create function sees_call(this_call text) returns boolean
language plpgsql stable
as $$
begin
  return exists (select from calls where id = this_call);
end
$$;
create function sees_invitation(this_notice text) returns boolean
language plpgsql stable
as $$
begin
  return exists (select from notices where id = this_notice and kind = 'invited');
end
$$;
create function takes_back(this_notice text) returns boolean
language plpgsql stable
as $$
begin
  return exists (select from notices where id = this_notice and state = 'held' and took(decision_id));
end
$$;
-- A case at one of one's own desks, of a kind that one's role works on.
create function works_at(this_case text) returns boolean
language plpgsql stable
as $$
begin
  return exists (select from cases c where c.id = this_case and staffs(c.desk) and works_on(c.kind, c.matter));
end
$$;
-- Whether one may be who answers an objection: at a desk that decides, and without a part in what is contested.
create function may_answer(this_case text, this_decision text) returns boolean
language plpgsql stable
as $$
begin
  return exists (
    select from cases c where c.id = this_case and decides_on(c.kind, c.matter) and not is_barred_from(this_decision));
end
$$;

alter policy of_own_case on clocks
  using ((select wall()) in ('seller', 'link', 'claim') and kind in ('case.due', 'case.lapse') and sees_case(ref))
  with check ((select wall()) in ('seller', 'link', 'claim') and kind in ('case.due', 'case.lapse') and sees_case(ref));
alter policy of_own_call on clocks
  using ((select wall()) in ('seller', 'link') and kind = 'call.lapse' and sees_call(ref))
  with check ((select wall()) in ('seller', 'link') and kind = 'call.lapse' and sees_call(ref));

alter policy invited on deliveries
  using (kind = 'notice' and (select holds('administrator')) and sees_invitation(ref))
  with check (kind = 'notice' and (select holds('administrator')) and sees_invitation(ref));
alter policy cancelled on deliveries
  using ((select imposes()) and kind = 'notice' and takes_back(ref));

alter policy at_own_desk on calls
  using ((select works()) and works_at(case_id));
alter policy own on calls
  using (is_of(seller_id) and sees_case(case_id));
alter policy own_insert on calls
  with check (is_of(seller_id) and state = 'booked' and sees_case(case_id));
alter policy own_update on calls
  using (is_of(seller_id) and state = 'booked' and sees_case(case_id));

alter policy at_own_desk on objections
  using ((select works()) and works_at(case_id))
  with check (sees_case(case_id) and (answered_by is distinct from staff_id() or may_answer(case_id, decision_id)));

alter policy own on files
  using (is_of(seller_id) and (case_id is null or sees_case(case_id)));
alter policy own_update on files
  with check (is_of(seller_id) and sees_case(case_id));
