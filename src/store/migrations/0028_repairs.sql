-- Why a repair judges decisions anew. Adds to cases; older code still runs, and opens repairs that do not say it.

alter table cases
  add column repair jsonb,
  add check (repair is null or kind = 'repair');
