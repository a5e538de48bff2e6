-- A batch is made by a worker: how many of its letters were looked at, of how many, and how many were set aside because they could not
-- be read or joined.
alter table post_batch
  add column looked integer not null default 0,
  add column to_look integer not null default 0,
  add column set_aside integer not null default 0,
  add constraint post_batch_looked check (looked between 0 and to_look),
  add constraint post_batch_set_aside check (set_aside >= 0);
