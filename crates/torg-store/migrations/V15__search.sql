-- How a message came or goes, a word such as 'mail'; nothing for what stays in the house.
alter table messages add column channel text not null default 'mail';
update messages set channel = '' where direction = 3;
