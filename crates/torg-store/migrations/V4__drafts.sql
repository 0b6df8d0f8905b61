-- What colleagues are writing: drafts with their files, who is there, and letters with several
-- recipients.

alter table staff add column signature text not null default '';
-- How long an answer waits to be taken back.
alter table staff add column undo_seconds bigint not null default 10;

-- One draft for each colleague, inquiry and kind of writing (1 reply, 2 note, 3 forward). Once it
-- is sent it waits under its message, with what the inquiry was before, until it cannot be taken
-- back any more.
create table drafts (
  id {id},
  inquiry bigint not null references inquiries (id),
  staff bigint not null references staff (id),
  kind bigint not null,
  version bigint not null,
  -- The window that saved it last.
  composer text not null,
  body text not null,
  send_to text not null,
  send_cc text not null,
  send_bcc text not null,
  signature text not null,
  -- The letter that is sent on, and which of its files go along.
  letter bigint,
  carried text not null,
  at bigint not null,
  message bigint,
  held_until bigint not null,
  before text not null
);
create unique index one_draft_per_writer on drafts (inquiry, staff, kind) where message is null;
create index drafts_of_staff on drafts (staff, at, inquiry) where message is null;
create index drafts_held on drafts (message) where message is not null;

-- What another window of hers saved meanwhile.
create table draft_versions (
  draft bigint not null references drafts (id),
  composer text not null,
  body text not null,
  at bigint not null,
  primary key (draft, composer)
);

create table draft_files (
  id {id},
  draft bigint not null references drafts (id),
  name text not null,
  content_type text not null,
  size bigint not null,
  raw {bytes} not null,
  is_inline bigint not null
);
create index files_of_draft on draft_files (draft, id);

-- Whom a letter was for beside its sender, or went to; only where there is more than one.
create table recipients (message bigint primary key, written text not null);

-- Who has an inquiry open, and who writes in it. Lapses by itself.
create table presence (
  inquiry bigint not null,
  staff bigint not null,
  at bigint not null,
  writing_at bigint not null,
  primary key (inquiry, staff)
);
create index presence_by_time on presence (at);
