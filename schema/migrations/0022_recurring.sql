-- Invoices that come again and again: what is agreed, and each period it was invoiced for, once.

create table recurring_invoice (
  tenant_id uuid not null references tenant,
  id uuid not null,
  name text not null check (length(name) between 1 and 200),
  company_id uuid not null,
  customer_id uuid not null,
  -- What an invoice for a whole period says, without its dates.
  body jsonb not null,
  unit text not null check (unit in ('week', 'month', 'year')),
  every smallint not null check (every between 1 and 60),
  -- The day of the month periods begin on; in shorter months the last one.
  anchor_day smallint check (anchor_day between 1 and 31),
  starts_on date not null,
  ends_on date,
  -- Invoiced on the first day of the period, or on its last.
  timing text not null check (timing in ('advance', 'arrears')),
  prorates boolean not null,
  -- From which days prices change by how many per cent.
  price_steps jsonb not null,
  -- By how many per cent they change each year.
  yearly_percent numeric,
  mode text not null check (mode in ('draft', 'issue')),
  -- No further invoice while one before is overdue.
  stops_when_unpaid boolean not null,
  paused_on date,
  version integer not null default 1,
  created_by text not null,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id),
  constraint recurring_invoice_dates check (ends_on is null or ends_on >= starts_on),
  constraint recurring_invoice_anchor check ((anchor_day is null) = (unit = 'week'))
);
create index recurring_invoice_newest on recurring_invoice (tenant_id, created_at desc, id desc);

create table recurring_period (
  tenant_id uuid not null references tenant,
  recurring_id uuid not null,
  period_from date not null,
  period_to date not null,
  draft_id uuid not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, recurring_id, period_from),
  foreign key (tenant_id, recurring_id) references recurring_invoice (tenant_id, id),
  foreign key (tenant_id, draft_id) references invoice_draft (tenant_id, id),
  constraint recurring_period_days check (period_to >= period_from)
);

do $$ declare t text; begin
  foreach t in array array['recurring_invoice','recurring_period'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
-- That a period was invoiced is a fact: forgotten, it would be invoiced again.
create trigger recurring_period_kept before update or delete on recurring_period for each statement execute function refuse_change();
create trigger recurring_period_not_truncated before truncate on recurring_period for each statement execute function refuse_change();
