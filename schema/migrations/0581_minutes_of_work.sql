-- How long a collector has for the worklist in a day, and since when whoever dealt with an account had it in hand, from which it is
-- learnt how long one takes.
alter table collector_setting add column minutes_a_day int check (minutes_a_day between 10 and 1440);
alter table worklist_done add column taken_at timestamptz check (taken_at <= recorded_at);
create index worklist_done_taken on worklist_done (tenant_id, recorded_at desc) where taken_at is not null;
