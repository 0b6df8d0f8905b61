-- What folders count stands in the index whole: no row is read to be counted. Each index ends with
-- the wall, which every count asks for.

drop index inquiries_by_department;
create index inquiries_by_department on inquiries (department, state, last_at, id, wall);
drop index inquiries_by_owner;
create index inquiries_by_owner on inquiries (owner, state, last_at, id, wall);
drop index inquiries_by_person;
create index inquiries_by_person on inquiries (person, last_at, id, wall, created);
drop index inquiries_lent;
create index inquiries_lent on inquiries (lent_by, state, id, wall) where lent_by is not null;

-- Whether anything of a contact point lies where one may look is one step, not one for each letter.
create index messages_of_contact_point on messages (contact_point, inquiry) where contact_point is not null;
