-- Torg's first house. One text for both databases; tokens in braces and the blocks marked
-- "only" are replaced before it runs. Times are microseconds UTC, booleans 0 or 1, and
-- whatever has an id has one made in Rust.

create table settings (name text primary key, value text not null);

-- Who may know what -------------------------------------------------------------------------

create table walls (id {id}, kind text not null);
insert into walls (id, kind) values (1, 'open');

create table departments (
  id {id},
  name text not null,
  sort_key text not null,
  wall bigint not null references walls (id),
  signature text not null
);
create unique index one_department_per_name on departments (name);

create table mailboxes (
  id {id},
  address text not null,
  department bigint not null references departments (id)
);
create unique index one_mailbox_per_address on mailboxes (address);

create table staff (
  id {id},
  name text not null,
  sort_key text not null,
  email text not null,
  password text,
  role text not null,
  language text not null,
  theme text not null,
  active bigint not null,
  created bigint not null
);
create unique index one_colleague_per_email on staff (email);

create table memberships (
  staff bigint not null references staff (id),
  department bigint not null references departments (id),
  primary key (staff, department)
);
create index members_of_department on memberships (department, staff);

create table wall_members (
  staff bigint not null references staff (id),
  wall bigint not null references walls (id),
  primary key (staff, wall)
);
create index inside_wall on wall_members (wall, staff);

create table sessions (
  id {id},
  token {bytes} not null,
  staff bigint not null references staff (id),
  device text not null,
  created bigint not null,
  last_seen bigint not null
);
create unique index one_session_per_token on sessions (token);
create index sessions_of_staff on sessions (staff);

-- How often a sign-in failed lately, by account and by address of the caller (both hashed).
create table sign_in_failures (what text primary key, failures bigint not null, since bigint not null);

-- Citizens ----------------------------------------------------------------------------------

create table persons (id {id}, name text not null, created bigint not null);

create table contact_points (
  id {id},
  kind bigint not null,
  value text not null,
  person bigint not null references persons (id)
);
create unique index one_person_per_contact_point on contact_points (kind, value);
create index contact_points_of_person on contact_points (person);

-- Two persons that were made one, so that it can be taken back: who the other one was, and what
-- was hers.
create table person_joins (
  id {id},
  person bigint not null,
  other bigint not null,
  name text not null,
  created bigint not null,
  at bigint not null,
  staff bigint not null references staff (id)
);
create index joins_of_person on person_joins (person, id);
create table joined_contact_points (
  joining bigint not null,
  contact_point bigint not null,
  primary key (joining, contact_point)
);
create table joined_inquiries (
  joining bigint not null,
  inquiry bigint not null,
  primary key (joining, inquiry)
);

-- Inquiries ---------------------------------------------------------------------------------

create table inquiry_numbers (year bigint primary key, last bigint not null);

create table inquiries (
  id {id},
  number bigint not null,
  public_key text not null,
  subject text not null,
  person bigint references persons (id),
  department bigint not null references departments (id),
  wall bigint not null references walls (id),
  owner bigint references staff (id),
  state bigint not null,
  urgent bigint not null,
  version bigint not null,
  created bigint not null,
  -- What a list shows, kept with every message so that a list joins nothing that grows.
  last_at bigint not null,
  sender text not null,
  snippet text not null,
  has_files bigint not null,
  trouble bigint not null,
  messages bigint not null,
  newest_word bigint not null,
  -- The end of its journal chain.
  steps bigint not null,
  head {bytes} not null
);
create unique index one_inquiry_per_number on inquiries (number);
create index inquiries_by_wall on inquiries (wall, state, last_at, id);
create index inquiries_by_department on inquiries (department, state, last_at, id);
create index inquiries_by_owner on inquiries (owner, state, last_at, id);
create index inquiries_by_person on inquiries (person, last_at, id);
create index inquiries_unowned on inquiries (wall, last_at, id) where owner is null and state = 0;

-- Letters that were also sent to another department's address. State and time repeat the
-- inquiry's, so that a department's list is two index reads.
create table shown (
  inquiry bigint not null references inquiries (id),
  department bigint not null references departments (id),
  state bigint not null,
  last_at bigint not null,
  primary key (inquiry, department)
);
create index shown_to_department on shown (department, state, last_at, inquiry);

create table links (
  inquiry bigint not null references inquiries (id),
  other bigint not null references inquiries (id),
  state bigint not null,
  why text not null,
  at bigint not null,
  primary key (inquiry, other)
);
create index links_back on links (other, inquiry);

-- How far a colleague has read.
create table seen (
  staff bigint not null references staff (id),
  inquiry bigint not null references inquiries (id),
  position bigint not null,
  primary key (staff, inquiry)
);

create table messages (
  id {id},
  inquiry bigint not null references inquiries (id),
  position bigint not null,
  direction bigint not null,
  kind bigint not null,
  staff bigint references staff (id),
  contact_point bigint references contact_points (id),
  author text not null,
  address text,
  subject text not null,
  body text not null,
  quoted text not null,
  language text not null,
  has_html bigint not null,
  raw {bytes},
  mail_id text,
  composer_key text,
  at bigint not null,
  send_state bigint not null,
  send_error text
);
create unique index one_message_per_position on messages (inquiry, position);
create unique index one_message_per_composer on messages (composer_key) where composer_key is not null;

create table attachments (
  id {id},
  message bigint not null references messages (id),
  part bigint not null,
  name text not null,
  content_type text not null,
  size bigint not null,
  is_inline bigint not null,
  content_id text,
  sha256 {bytes} not null
);
create index attachments_of_message on attachments (message);

-- Who looked into a restricted inquiry: once per colleague, inquiry and hour.
create table read_log (
  staff bigint not null,
  inquiry bigint not null,
  hour bigint not null,
  primary key (inquiry, staff, hour)
);

-- What arrives -------------------------------------------------------------------------------

create table blobs (hash {bytes} primary key, size bigint not null, refs bigint not null);
create table blob_chunks (
  hash {bytes} not null,
  n bigint not null,
  data {bytes} not null,
  primary key (hash, n)
);

create table arrivals (
  id {id},
  recipients text not null,
  envelope_from text,
  source_key text,
  raw {bytes} not null,
  size bigint not null,
  received_at bigint not null,
  silent bigint not null,
  state bigint not null,
  attempts bigint not null,
  error text,
  message bigint,
  -- When it was discarded (state 3).
  discarded bigint
);
create unique index one_arrival_per_source on arrivals (source_key) where source_key is not null;
create index arrivals_waiting on arrivals (id) where state = 0;
create index arrivals_quarantined on arrivals (id) where state = 2;
create index arrivals_discarded on arrivals (discarded, id) where state = 3;

-- What lies in quarantine lies behind the walls of all departments it was sent to.
create table arrival_walls (
  arrival bigint not null,
  wall bigint not null references walls (id),
  primary key (arrival, wall)
);

-- The same mail to the same mailbox is one message, however often it is delivered.
create table deliveries (
  mailbox bigint not null,
  mail_id text not null,
  body_hash {bytes} not null,
  message bigint not null,
  inquiry bigint not null,
  primary key (mailbox, mail_id, body_hash)
);
create index deliveries_by_mail_id on deliveries (mail_id);

-- Message-IDs seen in a mailbox: of mails we have (strong = 1 if a human's letter), and of mails
-- we know only because somebody referred to them.
create table mail_references (
  mailbox bigint not null,
  mail_id text not null,
  inquiry bigint not null,
  strong bigint not null,
  primary key (mailbox, mail_id)
);

-- What leaves --------------------------------------------------------------------------------

create table outbox (
  id {id},
  message bigint,
  envelope_from text,
  recipients text not null,
  raw {bytes} not null,
  state bigint not null,
  attempts bigint not null,
  due bigint not null,
  lease_until bigint not null,
  error text,
  created bigint not null,
  sent_at bigint
);
create index outbox_due on outbox (due, id) where state = 0;
create index outbox_of_message on outbox (message);

-- Automatic receipts, so that two machines never talk to each other for long.
create table receipts (
  id {id},
  address text not null,
  mailbox bigint not null,
  at bigint not null
);
create index receipts_to_address on receipts (address, mailbox, at);
create index receipts_by_time on receipts (at);

-- Background work ----------------------------------------------------------------------------

create table jobs (
  id {id},
  kind text not null,
  payload text not null,
  unique_key text,
  due bigint not null,
  attempts bigint not null,
  lease_until bigint not null,
  error text
);
create unique index one_job_per_key on jobs (unique_key) where unique_key is not null;
create index jobs_due on jobs (due, id);

create table leases (name text primary key, holder text not null, until bigint not null);

-- The journal --------------------------------------------------------------------------------

-- Chains: an inquiry's (chain = its id), or one per node and day (chain below 2^40).
create table journal (
  id {id},
  chain bigint not null,
  step bigint not null,
  inquiry bigint,
  staff bigint,
  verb text not null,
  at bigint not null,
  salt {bytes},
  payload text,
  hash {bytes} not null
  -- only postgres
  , xact bigint not null default (pg_current_xact_id()::text::bigint)
  -- end
);
create unique index one_line_per_step on journal (chain, step);
-- only postgres
create index journal_by_transaction on journal (xact);
-- end

create table journal_days (chain bigint primary key, steps bigint not null, head {bytes} not null);

-- One root a day over all lines until then.
create table journal_roots (until bigint primary key, lines bigint not null, root {bytes} not null);

-- Search -------------------------------------------------------------------------------------

-- only sqlite
create virtual table search using fts5 (
  words, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 0 tokenchars '~@._-'"
);
-- end
-- only postgres
create table search (rowid bigint primary key, words tsvector not null);
create index search_words on search using gin (words);
-- end

-- The demo's citizens and their mailboxes ------------------------------------------------------

create table demo_letters (
  id {id},
  address text not null,
  name text not null,
  from_us bigint not null,
  counterpart text not null,
  subject text not null,
  body text not null,
  mail_id text,
  mail_references text not null,
  at bigint not null
);
create index demo_letters_of_address on demo_letters (address, id);
