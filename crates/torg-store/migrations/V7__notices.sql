-- Notices: what each is about, by which ways it reaches a colleague, which ways she wants, when it
-- is quiet, and her digests.

-- Nobody was shown one until now.
delete from notices;

-- What was done, as the journal calls it, who did it (null: a citizen, or Torg), the message it is about, and what caused it: one cause,
-- one notice. One that was not seen yet is brought up to date instead of joined by another.
alter table notices add column verb text not null default '';
alter table notices add column by_staff bigint references staff (id);
alter table notices add column message bigint;
alter table notices add column cause bigint not null default 0;
alter table notices add column times bigint not null default 1;
-- The ways she had chosen when it was written.
alter table notices add column in_page bigint not null default 1;
alter table notices add column sound bigint not null default 0;
alter table notices add column by_mail bigint not null default 0;
-- When a page told of it, and when a digest did.
alter table notices add column told_at bigint;
alter table notices add column mailed_at bigint;

drop index notices_of_staff;
drop index notices_unread;
create index notices_of_staff on notices (staff, id) where in_page = 1;
create index notices_unseen on notices (staff, id) where read_at is null and in_page = 1;
create index notices_untold on notices (staff, id) where told_at is null and read_at is null and in_page = 1;
create index notices_unmailed on notices (staff, id) where mailed_at is null and read_at is null and by_mail = 1;
create unique index one_unseen_notice on notices (inquiry, staff, kind) where read_at is null;
create index notices_by_cause on notices (inquiry, cause, staff);
create index notices_by_time on notices (at);

-- The ways of a kind that a colleague has chosen; what has no row is as usual.
create table notice_ways (
  staff bigint not null references staff (id),
  kind text not null,
  in_page bigint not null,
  sound bigint not null,
  by_mail bigint not null,
  primary key (staff, kind)
);

-- Quiet hours and digests as core writes them, and when the next digest is due.
create table notice_times (
  staff bigint primary key references staff (id),
  quiet text not null,
  digest text not null,
  next_digest bigint
);
create index digests_due on notice_times (next_digest, staff) where next_digest is not null;
