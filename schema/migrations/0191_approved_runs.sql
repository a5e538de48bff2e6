-- Steps that wait for a person are said by runs that a person starts for them, and by no other; a run counts those it left waiting.
alter table reminder_run add column approved boolean not null default false;
alter table reminder_run add column for_person integer not null default 0;
