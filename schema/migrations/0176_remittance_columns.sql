-- What the columns of payers' lists mean where their headings do not say it to the program: a person said it once. Changed, it is
-- another version; the one before stays.
create table remittance_columns (
  tenant_id uuid not null references tenant,
  id uuid not null,
  -- Of lists of this customer only; null for whoever sends such headings.
  customer_id uuid,
  -- The row of headings as it was written, and the same for comparing.
  headings jsonb not null check (jsonb_typeof(headings) = 'array'),
  key text collate "C" not null check (length(key) between 1 and 2000),
  -- What a column holds → its place from 0.
  roles jsonb not null check (jsonb_typeof(roles) = 'object'),
  decimal_mark char(1) check (decimal_mark in ('.', ',')),
  version integer not null check (version >= 1),
  chosen_by text not null,
  chosen_at timestamptz not null,
  ended_by text,
  ended_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id),
  check ((ended_by is null) = (ended_at is null))
);
create unique index remittance_columns_once on remittance_columns (tenant_id, key, customer_id) nulls not distinct
  where ended_at is null;
create trigger remittance_columns_kept before update on remittance_columns
  for each row execute function ended_once('{ended_by,ended_at}');
create trigger remittance_columns_not_deleted before delete on remittance_columns for each statement execute function refuse_change();
create trigger remittance_columns_not_truncated before truncate on remittance_columns for each statement execute function refuse_change();
alter table remittance_columns enable row level security;
alter table remittance_columns force row level security;
create policy wall on remittance_columns using (tenant_id = (select current_tenant()));
