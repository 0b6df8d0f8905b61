-- Where letters come from: how they were brought, and what could be found out since.

-- The stranger's server that brought it, and what it called itself; null if a mail server of ours did.
alter table arrivals add column peer text;
alter table arrivals add column helo text;

-- Letters about which others are still to be asked. `person` is the sender if we knew her before;
-- `is_proven` says that it answers a letter of ours beyond doubt.
create table spam_questions (
  message bigint primary key references messages (id),
  arrival bigint not null,
  person bigint,
  is_proven bigint not null,
  attempts bigint not null,
  due_at bigint not null
);
create index spam_questions_due on spam_questions (due_at, message);

-- What was found out, as JSON.
create table spam_findings (
  message bigint primary key references messages (id),
  found text not null
);
