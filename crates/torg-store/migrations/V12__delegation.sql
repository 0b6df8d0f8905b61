-- Delegation: which department gets a new inquiry, and who of it.

-- How the judge knows a department: what it does, and letters it gets (between blank lines). And
-- who of it gets what comes: nobody (''), each in turn ('rota'), who has the fewest ('fewest').
alter table departments add column description text not null default '';
alter table departments add column examples text not null default '';
alter table departments add column staffing text not null default '';
-- When she was last given an inquiry in that way; microseconds UTC.
alter table memberships add column last_given bigint not null default 0;

-- What the judge said of a new inquiry when it came to `home`: waiting (0), judged (1). `guesses`
-- are core's as JSON; `guess` is the first of them if that is another department, and `sureness`
-- how sure it was, in parts of ten thousand. `ended_in` is where it was answered.
create table delegations (
  inquiry bigint primary key references inquiries (id) on delete cascade,
  home bigint not null references departments (id),
  state bigint not null,
  guesses text not null,
  guess bigint,
  sureness bigint not null,
  ended_in bigint
);
create index delegations_waiting on delegations (inquiry) where state = 0;
create index delegations_ended on delegations (home, inquiry) where ended_in is not null and guess is not null;

-- What colleagues taught: this letter is that department's, or not. Only added to; a lesson goes
-- with its letter, and when the line of the journal that taught it is undone.
create table lessons (
  id {id},
  message bigint not null references messages (id) on delete cascade,
  department bigint not null references departments (id),
  is_its bigint not null,
  line bigint not null
);
create index lessons_of_message on lessons (message, id);
create index lessons_of_line on lessons (line);

-- Rules, which come before the judge; as JSON, which core reads.
create table delegation_rules (id {id}, sort bigint not null, rule text not null);
create index delegation_rules_in_order on delegation_rules (sort, id);
