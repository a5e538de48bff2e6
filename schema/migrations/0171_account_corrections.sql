-- What banks want changed before the next payment (notices of change of the ACH network), and what people decided of it.

create table account_correction (
  tenant_id uuid not null references tenant,
  id uuid not null,
  company_id uuid not null,
  identity bytea not null check (length(identity) = 32),
  code text not null check (code ~ '^C\d{2}$'),
  -- The account, its bank and its holder as the payment named them.
  account text check (length(account) between 1 and 64),
  routing text check (routing ~ '^\d{8,9}$'),
  holder text check (length(holder) between 1 and 200),
  original_trace text not null check (length(original_trace) <= 15),
  -- What is right, as the bank wrote it and as it was read.
  said text not null check (length(said) <= 100),
  right_account text check (length(right_account) between 1 and 64),
  right_routing text check (right_routing ~ '^\d{9}$'),
  file_name text not null,
  recorded_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  constraint account_correction_once unique (tenant_id, identity)
);
create index account_correction_newest on account_correction (tenant_id, recorded_at desc, id desc);

-- `changed`: the customer pays from the right account now; `noted`: nothing of an account was to be changed, or it was done elsewhere.
create table account_correction_end (
  tenant_id uuid not null references tenant,
  correction_id uuid not null,
  kind text not null check (kind in ('changed', 'noted')),
  customer_id uuid,
  account_before text,
  account_after text,
  note text check (length(note) between 1 and 500),
  decided_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, correction_id),
  foreign key (tenant_id, correction_id) references account_correction (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id),
  check ((kind = 'changed') = (customer_id is not null and account_after is not null))
);

do $$ declare t text; begin
  foreach t in array array['account_correction', 'account_correction_end'] loop
    execute format('create trigger %I before update or delete on %I for each statement execute function refuse_change()', t || '_kept', t);
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', t || '_not_truncated', t);
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
