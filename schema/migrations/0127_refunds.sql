-- Refunds that we order: granted from credit that nothing was applied of, with a second person; paid by a file for the bank once the
-- waiting time after a change of bank details is over; shown by a line of the bank.

-- Days between a new account of a customer and the first refund to it. The latest counts.
create table refund_setting (
  tenant_id uuid not null references tenant,
  id uuid not null,
  company_id uuid not null,
  waiting_days integer not null check (waiting_days between 0 and 90),
  recorded_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id)
);
create index refund_setting_company on refund_setting (tenant_id, company_id, recorded_at);

create table refund (
  tenant_id uuid not null references tenant,
  id uuid not null,
  company_id uuid not null,
  customer_id uuid not null,
  currency char(3) not null,
  amount_minor bigint not null check (amount_minor > 0),
  -- The account as it was when the refund was granted.
  bank_account_id uuid not null,
  account text not null,
  reason text not null check (length(reason) between 1 and 500),
  -- When that account became known, and the first day on which the refund may be paid.
  account_since date not null,
  payable_from date not null check (payable_from >= account_since),
  granted_by text not null,
  granted_on date not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id),
  foreign key (tenant_id, bank_account_id) references customer_bank_account (tenant_id, id)
);
create index refund_newest on refund (tenant_id, recorded_at desc, id desc);
create index refund_customer on refund (tenant_id, customer_id, company_id);

-- A second person let a refund be paid before the waiting time was over.
create table refund_shortening (
  tenant_id uuid not null references tenant,
  refund_id uuid not null,
  reason text not null check (length(reason) between 1 and 500),
  shortened_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, refund_id),
  foreign key (tenant_id, refund_id) references refund (tenant_id, id)
);

-- How a refund ended: with a file for the bank, which booked it as a payment, or withdrawn before that. One of the two, once.
create table refund_file (
  tenant_id uuid not null references tenant,
  id uuid not null,
  company_id uuid not null,
  bank_account_id uuid not null,
  message_id text not null check (message_id ~ '^[A-Za-z0-9-]{1,35}$'),
  currency char(3) not null,
  total_minor bigint not null check (total_minor > 0),
  refunds integer not null check (refunds > 0),
  content text not null,
  sha256 bytea not null check (length(sha256) = 32),
  ordered_on date not null,
  exported_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  foreign key (tenant_id, bank_account_id) references bank_account (tenant_id, id)
);
create index refund_file_newest on refund_file (tenant_id, recorded_at desc);

create table refund_end (
  tenant_id uuid not null references tenant,
  refund_id uuid not null,
  file_id uuid,
  payment_id uuid,
  withdrawn_reason text check (length(withdrawn_reason) between 1 and 500),
  ended_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, refund_id),
  foreign key (tenant_id, refund_id) references refund (tenant_id, id),
  foreign key (tenant_id, file_id) references refund_file (tenant_id, id),
  foreign key (tenant_id, payment_id) references payment (tenant_id, id),
  constraint refund_end_one check (num_nulls(file_id, payment_id) in (0, 2) and num_nulls(file_id, withdrawn_reason) = 1)
);
create unique index refund_end_payment on refund_end (tenant_id, payment_id) where payment_id is not null;
create index refund_end_file on refund_end (tenant_id, file_id) where file_id is not null;

do $$ declare t text; begin
  foreach t in array array['refund_setting','refund','refund_shortening','refund_file','refund_end'] loop
    execute format('create trigger %I before update or delete on %I for each statement execute function refuse_change()', t || '_kept', t);
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', t || '_not_truncated', t);
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
