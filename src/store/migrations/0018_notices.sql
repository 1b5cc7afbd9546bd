-- Notices: in which language a seller reads them, what became of each at each address, and which members hear of cases.
-- Adds columns; older code still runs, and takes an address that has only failed so far for one that took its mail.

-- What the marketplace told, and what was chosen on the account page; the choice counts first. Null where nobody said.
alter table sellers add column language text, add column chosen_language text;

-- A sending is now there from the first try on: at an address that has not taken the notice `accepted_at` is null.
alter table sendings alter column accepted_at drop not null;
alter table sendings
  add column tried_at timestamptz,
  add column tries integer not null default 1,
  -- When it is tried again; null where it was taken, or refused for good.
  add column next_at timestamptz,
  -- To a member: what their mailbox takes tells the seller nothing.
  add column is_member boolean not null default false;
update sendings set tried_at = accepted_at;
alter table sendings alter column tried_at set not null;
-- Older code names no time of its own.
alter table sendings alter column tried_at set default now();
grant update (tried_at, tries, next_at) on sendings to recourse_app;

-- What a mail of the demo brought.
alter table dev_mails add column attached_name text, add column attached bytea;

-- Members who chose to hear of cases by mail.
alter table members add column hears boolean not null default false;

-- An address as whoever may not know it reads it: its first letter and its host.
create function masked(address text) returns text
language sql immutable
return regexp_replace(address, '^(.).*@', '\1…@');

-- What mail servers say quotes addresses; whoever may not know them reads the rest.
create function without_addresses(words text) returns text
language sql immutable
return regexp_replace(words, '[^[:space:]<>"]+@[^[:space:]<>"]+', '…', 'g');

-- Who reads addresses of sellers whole: who works on cases, and the auditor.
create function reads_addresses() returns boolean
language sql stable
return wall() = 'inside' or works() or holds('auditor');

-- What became of notices, for whoever may read that they were sent. The addresses are a seller's contacts, which neither
-- a link nor a representative opens: outside the desks they are masked for everybody.
create function sendings_of(wanted text[])
returns table (notice_id text, address text, is_member boolean, accepted_at timestamptz, bounced_at timestamptz,
  tried_at timestamptz, next_at timestamptz, diagnosis text)
language sql stable security definer set search_path = public, pg_temp
as $$
  select s.notice_id,
    case when reads_addresses() then s.address else masked(s.address) end,
    s.is_member, s.accepted_at, s.bounced_at, s.tried_at, s.next_at,
    case when reads_addresses() then s.diagnosis else without_addresses(s.diagnosis) end
  from sendings s
  join notices n on n.id = s.notice_id
  where s.notice_id = any (wanted)
    and (wall() = 'inside' or is_staff()
      or (is_of(n.seller_id) and n.address is null
        and (wall() = 'seller' or n.case_id = any (linked_cases()) or n.decision_id = any (linked_decisions()))))
  order by s.notice_id, s.is_member, s.tried_at, s.address
$$;

-- A seller says in which language it reads, and changes nothing else of what the marketplace told.
create policy own_language on sellers for update
  using (owns(id) and (select acts_as()) in ('owner', 'staff'))
  with check (owns(id));
create function keep_sellers() returns trigger
language plpgsql
as $$
begin
  if to_jsonb(new) - 'chosen_language' is distinct from to_jsonb(old) - 'chosen_language' then
    raise insufficient_privilege using message = 'what a seller is, the marketplace tells';
  end if;
  return new;
end
$$;
create trigger kept before update on sellers for each row
  when (wall() in ('seller', 'link')) execute function keep_sellers();

-- A member says whether they hear of cases by mail: of themselves alone, while they act.
create function choose_hearing(hearing boolean) returns boolean
language plpgsql security definer set search_path = public, pg_temp
as $$
begin
  -- An owner hears whatever they choose.
  if wall() = 'seller' and acts_as() = 'owner' then
    return true;
  end if;
  update members set hears = hearing
  where id = nullif(current_setting('recourse.member_id', true), '')
    and seller_id = current_setting('recourse.seller_id', true)
    and removed_at is null and wall() in ('seller', 'link');
  return found;
end
$$;
create function own_hearing() returns boolean
language sql stable security definer set search_path = public, pg_temp
return (select hears from members
  where id = nullif(current_setting('recourse.member_id', true), '')
    and seller_id = current_setting('recourse.seller_id', true));
