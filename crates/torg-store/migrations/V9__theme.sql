-- The look of a municipality, and who has seen the guide.

-- Every logo that was ever set, so that a change can be taken back. Named after its content.
create table logos (
  name text primary key,
  bytes {bytes} not null
);

-- When a colleague put the guide away; 0 until then.
alter table staff add column guided bigint not null default 0;
