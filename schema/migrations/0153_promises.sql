-- Promises to pay: amounts of items by days. Whether they were kept follows from the money that came, and is never stored; what ended one
-- by a person's act, and that a broken one was told, are facts.

create table promise (
  tenant_id uuid not null references tenant,
  id uuid not null,
  company_id uuid not null,
  customer_id uuid not null,
  currency char(3) not null,
  promised_on date not null,
  -- 1 for the first; counts up when a promise takes the place of one that was not kept.
  level smallint not null check (level >= 1),
  -- Who promised, by which way.
  contact_id uuid,
  said_by text check (length(said_by) between 1 and 200),
  way text not null check (way in ('phone', 'mail', 'letter', 'meeting', 'portal', 'other')),
  note text check (length(note) between 1 and 1000),
  taken_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id),
  foreign key (tenant_id, contact_id) references contact (tenant_id, id)
);
create index promise_customer on promise (tenant_id, customer_id, recorded_at desc);
create index promise_newest on promise (tenant_id, recorded_at desc, id desc);

create table promise_part (
  tenant_id uuid not null references tenant,
  promise_id uuid not null,
  part_no smallint not null check (part_no >= 1),
  item_id uuid not null,
  promised_for date not null,
  amount_minor bigint not null check (amount_minor > 0),
  -- What was open of the item when it was promised.
  open_minor bigint not null check (open_minor > 0),
  primary key (tenant_id, promise_id, part_no),
  foreign key (tenant_id, promise_id) references promise (tenant_id, id),
  foreign key (tenant_id, item_id) references open_item (tenant_id, id),
  constraint promise_part_day unique (tenant_id, promise_id, item_id, promised_for)
);
create index promise_part_item on promise_part (tenant_id, item_id);

-- Withdrawn by a person, or replaced by a later promise about the same.
create table promise_end (
  tenant_id uuid not null references tenant,
  promise_id uuid not null,
  kind text not null check (kind in ('withdrawn', 'replaced')),
  replaced_by uuid,
  ended_on date not null,
  note text check (length(note) between 1 and 1000),
  ended_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, promise_id),
  foreign key (tenant_id, promise_id) references promise (tenant_id, id),
  foreign key (tenant_id, replaced_by) references promise (tenant_id, id),
  constraint promise_end_replaced check ((kind = 'replaced') = (replaced_by is not null))
);

-- That a promise was not kept was told, once.
create table promise_break (
  tenant_id uuid not null references tenant,
  promise_id uuid not null,
  short_minor bigint not null check (short_minor > 0),
  recorded_at timestamptz not null,
  primary key (tenant_id, promise_id),
  foreign key (tenant_id, promise_id) references promise (tenant_id, id)
);

-- How many days late money may come and the promise counts as kept; the latest of a company counts.
create table promise_setting (
  tenant_id uuid not null references tenant,
  id uuid not null,
  company_id uuid not null,
  tolerance_days smallint not null check (tolerance_days between 0 and 30),
  stated_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id)
);
create index promise_setting_company on promise_setting (tenant_id, company_id, recorded_at desc, id desc);

-- Reminders leave out what is promised.
alter table reminder_left_out drop constraint reminder_left_out_reason_check;
alter table reminder_left_out add constraint reminder_left_out_reason_check
  check (reason in ('on_hold', 'in_dispute', 'not_posted', 'promised', 'covered_by_credit', 'no_email', 'closed', 'said_later_step'));

do $$ declare t text; begin
  foreach t in array array['promise', 'promise_part', 'promise_end', 'promise_break', 'promise_setting'] loop
    execute format('create trigger %I before update or delete on %I for each statement execute function refuse_change()', t || '_kept', t);
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', t || '_not_truncated', t);
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
