-- A schedule of statements can rest, and a customer can want its statements by mail or by post whatever else goes how.

alter table statement_schedule add column paused_on date;
alter table statement_preference add column channel text check (channel in ('email', 'post'));
