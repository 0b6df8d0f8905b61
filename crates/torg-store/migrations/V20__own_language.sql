-- Whether she set the language of her pages herself: then none that is chosen at sign-in replaces it.
alter table staff add column own_language bigint not null default 0;
