-- Opening hours, service targets, categories, and what is due when.

-- Opening hours with a name; the hours themselves as JSON, which core reads.
create table calendars (id {id}, name text not null, sort_key text not null, hours text not null);
create unique index one_calendar_per_name on calendars (name);

-- What kind of matter an inquiry is, for a department or for all (department 0). One that is used
-- no more keeps its name.
create table categories (
  id {id},
  name text not null,
  sort_key text not null,
  department bigint not null,
  sort bigint not null,
  active bigint not null
);
create unique index one_category_per_name on categories (department, name);

-- Promises and deadlines, for a department and a category or for all (0); the measure as JSON.
create table targets (
  id {id},
  aim bigint not null,
  measure text not null,
  department bigint not null,
  category bigint not null,
  calendar bigint not null references calendars (id),
  remind bigint not null
);
create unique index one_target_per_matter on targets (aim, department, category);
create index targets_by_calendar on targets (calendar);

-- When the clock began (null: when it came in), when the citizen had an answer since, what is due
-- next (kind 0: nothing runs), and when somebody is to be told of it (1 reminded, 2 told overdue).
alter table inquiries add column category bigint references categories (id);
alter table inquiries add column clock_from bigint;
alter table inquiries add column answered_at bigint;
alter table inquiries add column due_at bigint;
alter table inquiries add column due_kind bigint not null default 0;
alter table inquiries add column tell_at bigint;
alter table inquiries add column told bigint not null default 0;
create index inquiries_due on inquiries (wall, due_at, id) where due_at is not null;
create index inquiries_due_in_department on inquiries (department, due_at, id, wall) where due_at is not null;
create index inquiries_due_of_owner on inquiries (owner, due_at, id, wall) where due_at is not null;
create index inquiries_to_tell on inquiries (tell_at, id) where tell_at is not null;
create index inquiries_running on inquiries (id) where state <> 2;
create index inquiries_of_category on inquiries (category, id) where category is not null;

-- When it was not the municipality's turn.
create table pauses (
  inquiry bigint not null references inquiries (id),
  began bigint not null,
  ended bigint,
  primary key (inquiry, began)
);

-- What colleagues are told, whichever way it reaches them.
create table notices (
  id {id},
  staff bigint not null references staff (id),
  kind text not null,
  inquiry bigint references inquiries (id),
  at bigint not null,
  read_at bigint
);
create index notices_of_staff on notices (staff, id);
create index notices_unread on notices (staff, id) where read_at is null;
