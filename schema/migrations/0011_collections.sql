-- Messages are written in the moment of sending and every try is kept; reminder runs; what was left out of a reminder.

-- What a message is about is written when it leaves, and kept with the try that carried it.
alter table message drop column raw;
alter table message add column transport text check (transport in ('smtp', 'outbox'));
-- When it is tried again; null while nothing is waited for.
alter table message add column next_try_at timestamptz;

-- One handing over of a message. Its row is there, with the bytes, before the first of them leaves.
create table message_attempt (
  tenant_id uuid not null references tenant,
  message_id uuid not null,
  attempt_no smallint not null check (attempt_no >= 1),
  transport text not null check (transport in ('smtp', 'outbox')),
  -- Exactly the bytes handed over, kept as proof. Let go only where a later try follows one that was surely not taken.
  raw bytea,
  raw_sha256 bytea not null,
  started_at timestamptz not null,
  -- The last sign of life of the process that waits for the answer; real time, whatever day it is for the books.
  alive_at timestamptz not null default clock_timestamp(),
  -- Null while no answer is known.
  ended_at timestamptz,
  outcome text check (outcome in ('sent', 'refused', 'later', 'unknown')),
  answer text,
  primary key (tenant_id, message_id, attempt_no),
  foreign key (tenant_id, message_id) references message (tenant_id, id),
  constraint message_attempt_kept check (raw is not null or outcome in ('refused', 'later')),
  constraint message_attempt_ended check ((ended_at is null) = (outcome is null))
);
-- Mail is mostly base64 of files compressed already: keep it plain.
alter table message_attempt alter column raw set storage external;

-- The outbox is read by the business day of the messages, the newest first; by customer; by state.
drop index message_newest;
drop index message_customer;
drop index message_unfinished;
create index message_newest on message (tenant_id, run_on desc, id desc);
create index message_customer on message (tenant_id, customer_id, run_on desc, id desc);
create index message_state on message (tenant_id, state, run_on desc, id desc);

create table reminder_run (
  tenant_id uuid not null references tenant,
  id uuid not null,
  company_id uuid not null,
  run_on date not null,
  started_by text not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  messages integer not null default 0,
  items integer not null default 0,
  left_out integer not null default 0,
  without_email integer not null default 0,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id)
);
create index reminder_run_newest on reminder_run (tenant_id, started_at desc, id desc);

-- A step said, whatever version of the cadence says it: no day of the cadence is said twice about an item.
alter table reminder_item add column run_id uuid not null;
alter table reminder_item add column offset_days integer not null;
alter table reminder_item add column phase text not null;
-- What was open in the moment of sending; null until then.
alter table reminder_item add column open_minor bigint;
alter table reminder_item add constraint reminder_item_offset_days_key unique (tenant_id, item_id, offset_days);
alter table reminder_item add foreign key (tenant_id, run_id) references reminder_run (tenant_id, id);
create index reminder_item_run on reminder_item (tenant_id, run_id);

-- What was planned for a message and not said by it after all: its promise is given back, so that a later run may say it.
create table reminder_left_out (
  tenant_id uuid not null references tenant,
  message_id uuid not null,
  item_id uuid not null,
  cadence_id uuid not null,
  step smallint not null,
  run_id uuid not null,
  offset_days integer not null,
  phase text not null,
  open_minor bigint not null,
  reason text not null check (reason in ('on_hold', 'covered_by_credit', 'no_email', 'closed', 'said_later_step')),
  run_on date not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, message_id, item_id),
  foreign key (tenant_id, item_id) references open_item (tenant_id, id),
  foreign key (tenant_id, message_id) references message (tenant_id, id),
  foreign key (tenant_id, cadence_id, step) references cadence_step (tenant_id, cadence_id, step)
);
create index reminder_left_out_item on reminder_left_out (tenant_id, item_id);
create index reminder_left_out_run on reminder_left_out (tenant_id, run_id);

-- Holds in force are looked for by item as well; a hold has an end, so that nothing is forgotten.
create index hold_item on hold (tenant_id, item_id) where released_at is null and item_id is not null;
create index hold_newest on hold (tenant_id, recorded_at desc, id desc);

do $$ declare t text; begin
  foreach t in array array['message_attempt','reminder_run','reminder_left_out'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
