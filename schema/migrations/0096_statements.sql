-- Statements of account: when they go out and to whom, each run of a schedule once for its day, and what was sent.

create table statement_schedule (
  tenant_id uuid not null references tenant,
  id uuid not null,
  company_id uuid not null,
  name text not null check (length(name) between 1 and 100),
  kind text not null check (kind in ('open_item', 'balance_forward')),
  rhythm text not null check (rhythm in ('weekly', 'monthly', 'month_end', 'quarter_end')),
  -- Weekly: of the week, Monday is 1. Monthly: of the month; in shorter months the last one.
  day smallint,
  audience text not null check (audience in ('all', 'with_balance', 'with_overdue', 'chosen')),
  customer_ids uuid[] not null default '{}',
  -- In the functional currency of the company.
  minimum_minor bigint not null default 0 check (minimum_minor >= 0),
  skips_unchanged boolean not null,
  needs_approval boolean not null,
  starts_on date not null,
  ended_at timestamptz,
  changed_by text not null,
  changed_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  constraint statement_schedule_day check ((rhythm = 'weekly' and day between 1 and 7)
    or (rhythm = 'monthly' and day between 1 and 31) or (rhythm in ('month_end', 'quarter_end') and day is null))
);

-- What a customer wants; what is null goes by the schedule.
create table statement_preference (
  tenant_id uuid not null references tenant,
  customer_id uuid not null,
  kind text check (kind in ('none', 'open_item', 'balance_forward')),
  email_to text,
  copies text[] not null default '{}',
  changed_by text not null,
  changed_at timestamptz not null,
  primary key (tenant_id, customer_id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id)
);

create table statement_run (
  tenant_id uuid not null references tenant,
  id uuid not null,
  schedule_id uuid not null,
  from_on date not null,
  as_of date not null check (as_of >= from_on),
  state text not null check (state in ('planning', 'waiting', 'sending', 'done')),
  -- The last customer looked at, in the order of ids.
  planned_through uuid,
  started_by text not null,
  started_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  finished_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, schedule_id) references statement_schedule (tenant_id, id),
  -- However many workers look at the clock, a day of a schedule is run once.
  constraint statement_run_once unique (tenant_id, schedule_id, as_of)
);
create index statement_run_newest on statement_run (tenant_id, started_at desc, id desc);

create table statement (
  tenant_id uuid not null references tenant,
  id uuid not null,
  -- Null: sent by hand.
  run_id uuid,
  company_id uuid not null,
  customer_id uuid not null,
  kind text not null check (kind in ('open_item', 'balance_forward')),
  from_on date not null,
  as_of date not null,
  state text not null check (state in ('planned', 'left_out', 'queued')),
  -- Why it was left out.
  reason text,
  -- Balances by currency when it was planned, as text.
  balances jsonb not null,
  -- The open items it was about, to see whether anything changed since.
  fingerprint text not null,
  message_id uuid,
  made_by text not null,
  made_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, run_id) references statement_run (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id),
  constraint statement_once_in_run unique (tenant_id, run_id, customer_id),
  constraint statement_message_once unique (tenant_id, message_id),
  constraint statement_left_out_why check ((state = 'left_out') = (reason is not null)),
  constraint statement_queued_as check ((state = 'queued') = (message_id is not null))
);
create index statement_customer on statement (tenant_id, customer_id, made_at desc);
create index statement_planned on statement (tenant_id, run_id, customer_id) where state = 'planned';

-- What a statement said when it left; the message keeps the very bytes.
create table statement_sent (
  tenant_id uuid not null references tenant,
  message_id uuid not null,
  statement_id uuid not null,
  figures jsonb not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, message_id),
  foreign key (tenant_id, statement_id) references statement (tenant_id, id)
);

do $$ declare t text; begin
  foreach t in array array['statement_schedule','statement_preference','statement_run','statement','statement_sent'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', t || '_not_truncated', t);
  end loop;
  foreach t in array array['statement_schedule','statement_run','statement'] loop
    execute format('create trigger %I before delete on %I for each statement execute function refuse_change()', t || '_not_deleted', t);
  end loop;
end $$;
create trigger statement_sent_kept before update or delete on statement_sent for each statement execute function refuse_change();
