-- What administrators change on pages, with its history.

-- The journal's lines that changed something of a topic ("municipality", "department:7"). Old and
-- new value stand in the line itself.
create table changes (
  topic text not null,
  line bigint not null references journal (id),
  primary key (topic, line)
);

-- Links sent by mail that let somebody choose a password: kept by their hash, good once.
create table passes (
  token {bytes} primary key,
  staff bigint not null references staff (id),
  kind text not null,
  lapses bigint not null
);
create index passes_of_staff on passes (staff);
create index passes_by_time on passes (lapses);

-- Departments lie in departments, and one that was removed keeps its name in histories.
alter table departments add column parent bigint references departments (id);
alter table departments add column removed bigint not null default 0;
drop index one_department_per_name;
create unique index one_department_per_name on departments (name) where removed = 0;

-- What stands under a department's answers in one language; departments.signature in all others.
create table signatures (
  department bigint not null references departments (id),
  language text not null,
  text text not null,
  primary key (department, language)
);

-- How many letters took how long, by day: the bucket is the upper bound in seconds.
create table service_days (
  day bigint not null,
  what text not null,
  bucket bigint not null,
  letters bigint not null,
  primary key (day, what, bucket)
);
