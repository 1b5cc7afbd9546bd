-- What a policy asks for and a seller shows with an objection: numbers, photos, papers. Adds a column; older code still runs.

alter table objections
  add column exhibits jsonb not null default '[]' check (jsonb_typeof(exhibits) = 'array');
