-- PostgreSQL tidies a table up when a fifth of its rows have changed. A year of work changes fewer of
-- a large archive, and all of them where folders are counted and listed: a page took half as long
-- again after some thousand changes. To tidy up the indexes of a million inquiries takes a second.
-- only postgres
alter table inquiries set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000,
  vacuum_index_cleanup = on);
alter table arrivals set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000,
  vacuum_index_cleanup = on);
alter table outbox set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000,
  vacuum_index_cleanup = on);
-- end
