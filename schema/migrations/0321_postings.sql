-- What the accounting system of a company has of its receipts: each receipt, and each return of one, is to be posted, sent, posted or
-- refused there. Only companies that say so, from a day on.

-- From which value date on receipts of a company are posted elsewhere; null: none any more. The latest counts.
create table posting_setting (
  tenant_id uuid not null references tenant,
  id uuid not null,
  company_id uuid not null,
  from_on date,
  stated_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id)
);
create index posting_setting_latest on posting_setting (tenant_id, company_id, recorded_at desc, id desc);

-- Receipts that were handed out together.
create table posting_export (
  tenant_id uuid not null references tenant,
  id uuid not null,
  company_id uuid not null,
  exported_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id)
);

-- What was done or said of one receipt, or of its return. The latest counts.
create table posting_step (
  tenant_id uuid not null references tenant,
  id uuid not null,
  payment_id uuid not null,
  part text not null check (part in ('receipt', 'return')),
  state text not null check (state in ('sent', 'posted', 'refused')),
  export_id uuid check ((export_id is not null) = (state = 'sent')),
  -- Number under which it stands there.
  reference text check ((reference is not null) = (state = 'posted') and length(reference) between 1 and 100),
  -- Why it was refused there.
  reason text check ((reason is not null) = (state = 'refused') and length(reason) between 1 and 500),
  -- The day it is posted on there.
  posted_on date check (posted_on is null or state = 'posted'),
  recorded_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, payment_id) references payment (tenant_id, id),
  foreign key (tenant_id, export_id) references posting_export (tenant_id, id)
);
create index posting_step_latest on posting_step (tenant_id, payment_id, part, recorded_at desc, id desc);
create index posting_step_export on posting_step (tenant_id, export_id) where export_id is not null;

do $$ declare t text; begin
  foreach t in array array['posting_setting', 'posting_export', 'posting_step'] loop
    execute format('create trigger %I before update or delete on %I for each statement execute function refuse_change()', t || '_kept', t);
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', t || '_not_truncated', t);
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
