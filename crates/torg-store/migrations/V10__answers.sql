-- Standard answers. What people write of one is a document in `content`; the columns beside it are
-- what lists are narrowed and searched by. `look` is all its text folded, `titles` its titles.

create table answers (
  id {id},
  handle text not null,
  department bigint references departments (id),
  stage bigint not null,
  review text not null,
  sort_key text not null,
  titles text not null,
  look text not null,
  tags text not null,
  content text not null,
  version bigint not null,
  changed bigint not null
);
create unique index one_answer_per_handle on answers (handle);
create index answers_by_title on answers (sort_key, id);
create index answers_by_stage on answers (stage, sort_key, id);

create table answer_versions (
  answer bigint not null references answers (id),
  version bigint not null,
  staff bigint references staff (id),
  at bigint not null,
  content text not null,
  primary key (answer, version)
);

-- An answer put into what a colleague writes; with the message it left in, and how much of it was
-- changed before that, in percent.
create table answer_uses (
  id {id},
  answer bigint not null references answers (id),
  version bigint not null,
  language text not null,
  inquiry bigint not null,
  staff bigint not null references staff (id),
  body text not null,
  message bigint,
  edited bigint not null,
  at bigint not null
);
create index answer_uses_open on answer_uses (inquiry, staff, id) where message is null;
create index answer_uses_of_answer on answer_uses (answer, id) where message is not null;
create index answer_uses_of_message on answer_uses (message) where message is not null;
