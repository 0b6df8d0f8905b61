-- What the judge of spam said of letters, what people told it, and what it learnt.

-- The newest letter of it is perhaps spam.
alter table inquiries add column suspect bigint not null default 0;

-- The score in millionths; the reasons as JSON, the strongest first.
create table judgements (
  message bigint primary key references messages (id),
  verdict bigint not null,
  score bigint not null,
  reasons text not null
);

-- What people told the judge, in order and without gaps; only ever added to. `lesson` is 0 for a
-- letter, 1 for spam, 2 takes the one in `takes_back` back, 3 forgets all before (message 0).
create table spam_lessons (
  n bigint primary key,
  message bigint not null,
  lesson bigint not null,
  takes_back bigint,
  staff bigint references staff (id),
  at bigint not null
);
create index spam_lessons_of_message on spam_lessons (message, n);
create index spam_lessons_taken_back on spam_lessons (takes_back) where takes_back is not null;

-- The one row of the model: the newest lesson, the newest that `learnt` holds, and what was learnt
-- until then, with its hash.
create table spam_model (
  id bigint primary key,
  last bigint not null,
  upto bigint not null,
  revision bigint not null,
  learnt {bytes}
);
insert into spam_model (id, last, upto, revision) values (1, 0, 0, 0);
