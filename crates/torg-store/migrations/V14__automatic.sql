-- Automatic answers. Shares are kept in thousandths.

-- Which standard answers may go out by themselves, until when (that day included), and since which
-- version of their text it is counted how they fare. A paused one is not sent.
create table answer_permits (
  answer bigint primary key references answers (id),
  until text not null,
  version bigint not null,
  paused bigint
);

-- New letters that were not looked at yet.
create table automatic_letters (
  message bigint primary key references messages (id) on delete cascade,
  at bigint not null
);

-- What a computer answered, or would have. Rows are never changed; they go with their letter.
create table automatic_answers (
  id {id},
  letter bigint not null references messages (id) on delete cascade,
  -- The message it left in; nothing if it was only written down.
  sent bigint references messages (id) on delete cascade,
  answer bigint not null references answers (id),
  version bigint not null,
  language text not null,
  body text not null,
  address text not null,
  sureness bigint not null,
  threshold bigint not null,
  model text not null,
  sampled bigint not null,
  at bigint not null
);
create unique index one_automatic_answer_per_letter on automatic_answers (letter);
create index automatic_answers_of_answer on automatic_answers (answer, id);
create index automatic_answers_to_address on automatic_answers (address, at);
create index automatic_answers_sampled on automatic_answers (id) where sampled = 1;
create index automatic_answers_sent on automatic_answers (at) where sent is not null;

-- How one of them turned out, once for each kind; `staff` if a colleague looked at it on purpose.
create table automatic_outcomes (
  automatic bigint not null references automatic_answers (id) on delete cascade,
  kind bigint not null,
  staff bigint references staff (id),
  at bigint not null,
  primary key (automatic, kind)
);

alter table inquiries add column automatic bigint not null default 0;
