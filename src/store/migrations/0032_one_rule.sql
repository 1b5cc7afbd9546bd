-- What complaints weigh is told by one function, complaints_weighing_on. Older code cannot open a complaint at its desk, so stop it first.
drop function scores_of(text);
