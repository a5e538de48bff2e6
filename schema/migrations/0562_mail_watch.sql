-- Which worker waits at a mailbox to be told what comes in, and until when another may not.
alter table mail_account add column watched_by uuid, add column watched_until timestamptz;
alter table mail_account add check ((watched_by is null) = (watched_until is null));
