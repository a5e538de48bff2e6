-- Whether reminders go out by themselves, and from what time of the company's day on. A tenant without a cadence of its own
-- sends nothing by itself: the first run is started by a person, who has seen what it would say.
alter table cadence add column runs_daily boolean not null default true;
alter table cadence add column runs_at text not null default '07:00' check (runs_at ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$');
