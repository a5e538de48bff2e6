-- How often in a row the mail after `last_uid` could not be kept: after a few times it is put aside, and those behind it are read.
alter table mail_account add column failed_tries integer not null default 0 check (failed_tries >= 0);
