-- Statements by schedule can speak of a whole group, to whom stands above it, and of all companies; the schedule's own company is then
-- the one that writes.

alter table statement_schedule
  add column groups boolean not null default false,
  add column all_companies boolean not null default false;
alter table statement
  add column is_group boolean not null default false,
  add column all_companies boolean not null default false;
