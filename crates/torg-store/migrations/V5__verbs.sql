-- What colleagues do beyond answering: snoozing, tags, merging, following, bulk work, absences.

-- When a snoozed inquiry wakes; what it was merged into; whose it was before an absence; and its
-- tags as the list shows them: their ids, each followed by a comma.
alter table inquiries add column wake_at bigint;
alter table inquiries add column merged_into bigint references inquiries (id);
alter table inquiries add column lent_by bigint references staff (id);
alter table inquiries add column tags text not null default '';
create index inquiries_asleep on inquiries (wake_at, id) where state = 3;
create index inquiries_merged on inquiries (merged_into, id) where merged_into is not null;
create index inquiries_lent on inquiries (lent_by, state, id) where lent_by is not null;

-- A tag of a department, or of all (department 0). One that is used no more keeps its name.
create table tags (
  id {id},
  name text not null,
  key text not null,
  colour text not null,
  department bigint not null,
  active bigint not null
);
create unique index one_tag_per_name on tags (department, key);

create table inquiry_tags (
  tag bigint not null references tags (id),
  inquiry bigint not null references inquiries (id),
  primary key (inquiry, tag)
);
create index inquiries_of_tag on inquiry_tags (tag, inquiry);

-- Who follows an inquiry. The time repeats the inquiry's, so that her list is one index read.
create table follows (
  staff bigint not null references staff (id),
  inquiry bigint not null references inquiries (id),
  last_at bigint not null,
  primary key (inquiry, staff)
);
create index followed_by on follows (staff, last_at, inquiry);

-- One act on many inquiries: each its own transaction, and its own result.
create table bulks (
  id {id},
  staff bigint not null references staff (id),
  act text not null,
  total bigint not null,
  done bigint not null,
  refused bigint not null,
  state bigint not null,
  undoes bigint,
  created bigint not null
);
create table bulk_items (
  bulk bigint not null references bulks (id),
  n bigint not null,
  inquiry bigint not null,
  state bigint not null,
  why text not null,
  line bigint,
  primary key (bulk, n)
);
create index bulks_running on bulks (id) where state = 0;
create index bulks_undone on bulks (undoes) where undoes is not null;
create index bulk_items_waiting on bulk_items (bulk, n) where state = 0;
create index bulk_items_refused on bulk_items (bulk, n) where state = 2;

-- Who is away, from when until when, and who takes what comes meanwhile.
create table absences (
  id {id},
  staff bigint not null references staff (id),
  begins bigint not null,
  ends bigint not null,
  word text not null,
  deputy bigint references staff (id),
  set_by bigint not null references staff (id),
  ended bigint
);
create index absences_of_staff on absences (staff, ends);
create index absences_to_come on absences (ends) where ended is null;
