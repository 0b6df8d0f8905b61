-- Files on their way to a draft: the pieces that came, until all are there or a day has passed.

create table uploads (
  id {id},
  staff bigint not null references staff (id),
  inquiry bigint not null references inquiries (id),
  -- What the page calls the file, so that the same file goes on where it was cut off.
  page_key text not null,
  name text not null,
  content_type text not null,
  size bigint not null,
  received bigint not null,
  at bigint not null,
  -- The draft's file it became; its pieces are gone then.
  file bigint
);
create unique index one_upload_per_file on uploads (staff, inquiry, page_key) where file is null;
create index uploads_by_time on uploads (at);

create table upload_pieces (
  upload bigint not null references uploads (id) on delete cascade,
  begins bigint not null,
  data {bytes} not null,
  primary key (upload, begins)
);

-- What a colleague who was let go had, and who has it since (null: everybody), so that it can be
-- given back.
create table handed_over (
  staff bigint not null references staff (id),
  inquiry bigint not null references inquiries (id),
  heir bigint references staff (id),
  primary key (staff, inquiry)
);
