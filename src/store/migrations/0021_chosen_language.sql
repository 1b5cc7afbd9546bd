-- The language that a seller chose is the seller's own word: the marketplace, which tells all else of a seller, leaves it. Older code still runs.

create function keep_chosen_language() returns trigger
language plpgsql
as $$
begin
  raise insufficient_privilege using message = 'in which language a seller reads, the seller chooses';
end
$$;
create trigger chosen before update on sellers for each row
  when (wall() = 'marketplace' and new.chosen_language is distinct from old.chosen_language)
  execute function keep_chosen_language();
