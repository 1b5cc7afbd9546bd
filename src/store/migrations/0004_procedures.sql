-- Adoptions of procedures: which version came into force when, by whom, why, and with which gaps accepted. Older code still reads, but what it adopts is not seen.

create table adoptions (
  id bigint generated always as identity primary key,
  procedure_id text not null references procedures,
  adopted_at timestamptz not null,
  -- A person of staff, or null for the start of the server.
  adopted_by text,
  adopted_by_name text not null check (btrim(adopted_by_name) <> ''),
  -- 'file': the text given at start; 'start': the version in force again, with other gaps accepted; 'studio': a person.
  origin text not null check (origin in ('file', 'start', 'studio')),
  reason text not null check (btrim(reason) <> ''),
  -- Each gap that was accepted by name, in the words of the day.
  accepted_gaps jsonb not null,
  moved_cases integer not null,
  check ((origin = 'studio') = (adopted_by is not null))
);
create index adoptions_of_version on adoptions (procedure_id, id desc);

insert into adoptions (procedure_id, adopted_at, adopted_by_name, origin, reason, accepted_gaps, moved_cases)
select id, adopted_at, 'The start of the server', 'file', 'Given at the start of the server.', '[]', 0
from procedures
order by adopted_at;

create index cases_open_by_procedure on cases (procedure_id) where state in ('open', 'asking', 'deciding');

grant select, insert on adoptions to recourse_app;
grant usage on all sequences in schema public to recourse_app;
