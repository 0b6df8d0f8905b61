-- What belongs to nobody is counted and listed wall by wall. SQLite weighs an index by how many of its
-- columns are asked for, also those whose value the index fixes: by wall and time alone it went through
-- all that has no owner, a million steps where the viewer is also inside the wall of a small department.
drop index inquiries_unowned;
create index inquiries_unowned on inquiries (wall, state, owner, last_at, id)
  where owner is null and state = 0;
