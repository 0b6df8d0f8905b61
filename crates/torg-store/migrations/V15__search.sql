-- How a message came or goes, a word such as 'mail'; nothing for what stays in the house.
alter table messages add column channel text not null default 'mail';
update messages set channel = '' where direction = 3;

-- What was read in a file, for the search, and how often reading it may still be begun.
alter table attachments add column tries bigint not null default 0;
alter table attachments add column text text;
create index attachments_to_read on attachments (id) where tries > 0;
