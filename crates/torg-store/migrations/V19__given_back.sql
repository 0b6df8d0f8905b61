-- Who got what a removed department had.
alter table departments add column heir bigint references departments (id);

-- What a removed department had, so that it can be given back: members (1), addresses (2), the
-- departments in it (3), inquiries (4).
create table left_behind (
  department bigint not null references departments (id),
  what bigint not null,
  id bigint not null,
  primary key (department, what, id)
);
