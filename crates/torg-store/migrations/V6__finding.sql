-- Finding one's way: what a colleague answered lately, the language a citizen writes in as a list
-- filters by it, how dense a colleague likes her lists, and views that are kept.

create index answers_by_staff on messages (staff, at, inquiry) where direction = 2 and staff is not null;

alter table inquiries add column language text not null default '';
alter table staff add column density text not null default 'comfortable';

-- A folder, narrowed and sorted, under a name. Shared with nobody, one department, or everybody.
-- One that was taken away stays, so that it can be brought back.
create table views (
  id {id},
  name text not null,
  folder text not null,
  query text not null,
  owner bigint not null references staff (id),
  department bigint references departments (id),
  everybody bigint not null,
  gone bigint not null,
  created bigint not null
);
create index views_of_owner on views (owner, id) where gone = 0;
create index views_of_department on views (department, id) where gone = 0;
create index views_of_everybody on views (id) where gone = 0 and everybody = 1;
