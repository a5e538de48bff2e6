-- Money in: bank accounts, statements and their lines, payments received or refunded, write-offs.

create table bank_account (
  tenant_id uuid not null references tenant,
  id uuid not null,
  company_id uuid not null,
  name text not null,
  -- IBAN without blanks, or the account number the bank writes in its statements.
  account text not null,
  currency char(3) not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, account, currency),
  foreign key (tenant_id, company_id) references company (tenant_id, id)
);

create table bank_statement (
  tenant_id uuid not null references tenant,
  id uuid not null,
  bank_account_id uuid not null,
  statement_ref text not null,
  sequence_no text,
  from_on date,
  to_on date,
  currency char(3) not null,
  opening_minor bigint,
  closing_minor bigint,
  entries_minor bigint not null,
  -- closing − opening − entries; null when the file gives no balances.
  difference_minor bigint,
  lines integer not null check (lines >= 0),
  file_name text not null,
  file_sha256 bytea not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, bank_account_id) references bank_account (tenant_id, id)
);
create index bank_statement_account on bank_statement (tenant_id, bank_account_id, recorded_at);

create table statement_line (
  tenant_id uuid not null references tenant,
  id uuid not null,
  statement_id uuid not null,
  bank_account_id uuid not null,
  line_no integer not null check (line_no >= 1),
  -- What makes the line itself whatever file it came in: bank reference, or date, amount, texts and ordinal. SHA-256.
  identity bytea not null,
  booked_on date not null,
  value_on date not null,
  currency char(3) not null,
  amount_minor bigint not null,
  payer_name text,
  payer_account text,
  end_to_end_id text,
  bank_reference text,
  structured_reference text,
  remittance text not null default '',
  returned boolean not null default false,
  details jsonb,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, bank_account_id, identity),
  foreign key (tenant_id, statement_id) references bank_statement (tenant_id, id)
);
create index statement_line_statement on statement_line (tenant_id, statement_id, line_no);

create table payment (
  tenant_id uuid not null references tenant,
  id uuid not null,
  company_id uuid not null,
  -- Null while nobody knows who paid.
  customer_id uuid,
  direction text not null check (direction in ('received', 'refunded')),
  number text not null,
  external_id text,
  statement_line_id uuid,
  received_on date not null,
  currency char(3) not null,
  amount_minor bigint not null check (amount_minor > 0),
  rate numeric(24, 12) not null default 1 check (rate > 0),
  functional_minor bigint not null check (functional_minor >= 0),
  payer_name text,
  payer_account text,
  reference text not null default '',
  method text not null check (method in ('transfer', 'direct_debit', 'card', 'cheque', 'cash', 'other')),
  batch_id uuid,
  recorded_at timestamptz not null,
  returned_on date,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id),
  foreign key (tenant_id, statement_line_id) references statement_line (tenant_id, id)
);
create unique index payment_external_id on payment (tenant_id, company_id, external_id) where external_id is not null and returned_on is null;
create unique index payment_statement_line on payment (tenant_id, statement_line_id) where statement_line_id is not null;
create index payment_customer on payment (tenant_id, customer_id, received_on);
create index payment_received on payment (tenant_id, received_on, id);
create index payment_batch on payment (tenant_id, batch_id) where batch_id is not null;

create function payment_content_kept() returns trigger language plpgsql as $$
begin
  if to_jsonb(new) - 'returned_on' - 'customer_id' is distinct from to_jsonb(old) - 'returned_on' - 'customer_id'
     or (old.returned_on is not null)
     or (old.customer_id is not null and new.customer_id is distinct from old.customer_id) then
    raise exception 'a recorded payment is never changed; return it or move it' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger payment_content_kept before update on payment for each row execute function payment_content_kept();
create trigger payment_not_deleted before delete on payment for each statement execute function refuse_change();

create table write_off (
  tenant_id uuid not null references tenant,
  id uuid not null,
  company_id uuid not null,
  customer_id uuid not null,
  kind text not null check (kind in ('bad_debt', 'small_balance', 'dispute', 'goodwill')),
  reason text not null check (length(reason) between 1 and 500),
  currency char(3) not null,
  amount_minor bigint not null check (amount_minor > 0),
  functional_minor bigint not null,
  written_off_on date not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id)
);
create index write_off_day on write_off (tenant_id, company_id, written_off_on);
create trigger write_off_kept before update or delete on write_off for each statement execute function refuse_change();
create trigger statement_line_kept before update or delete on statement_line for each statement execute function refuse_change();
create trigger bank_statement_kept before update or delete on bank_statement for each statement execute function refuse_change();

do $$ declare t text; begin
  foreach t in array array['bank_account','bank_statement','statement_line','payment','write_off'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
