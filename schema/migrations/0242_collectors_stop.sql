-- Whoever collects no more is stated so; accounts are spread over the others. What was stated before was of people who collect.
alter table collector_setting add column collects boolean not null default true;
