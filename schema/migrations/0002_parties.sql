-- Who owes and who is owed: the creditor's legal entities, and the customers with their contacts, addresses and bank accounts.

create table company (
  tenant_id uuid not null references tenant,
  id uuid not null,
  code text not null check (code ~ '^[A-Z0-9][A-Z0-9_-]{0,19}$'),
  name text not null check (length(name) between 1 and 200),
  functional_currency char(3) not null,
  country char(2) not null,
  language text not null default 'en',
  time_zone text not null default 'UTC',
  street text, postal_code text, city text,
  tax_id text, registration_no text,
  bank_name text, iban text, bic text,
  email text, phone text,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, code)
);

create table payment_terms (
  tenant_id uuid not null references tenant,
  id uuid not null,
  code text not null,
  name text not null,
  net_days integer not null check (net_days between 0 and 730),
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, code)
);

create table customer (
  tenant_id uuid not null references tenant,
  id uuid not null,
  number text not null check (length(number) between 1 and 64),
  name text not null check (length(name) between 1 and 200),
  parent_id uuid,
  tax_id text,
  country char(2),
  language text not null default 'en',
  time_zone text not null default 'UTC',
  payment_terms_id uuid,
  batch_id uuid,
  created_at timestamptz not null default now(),
  archived_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, number),
  foreign key (tenant_id, parent_id) references customer (tenant_id, id),
  foreign key (tenant_id, payment_terms_id) references payment_terms (tenant_id, id),
  check (parent_id <> id)
);
create index customer_name on customer (tenant_id, name, id);
create index customer_search on customer using gin ((number || ' ' || name) gin_trgm_ops);

create table contact (
  tenant_id uuid not null references tenant,
  id uuid not null,
  customer_id uuid not null,
  name text not null,
  role text not null check (role in ('billing', 'reminders', 'management', 'other')),
  email text, phone text,
  language text,
  created_at timestamptz not null default now(),
  archived_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id)
);
create index contact_customer on contact (tenant_id, customer_id);

create table address (
  tenant_id uuid not null references tenant,
  id uuid not null,
  customer_id uuid not null,
  kind text not null check (kind in ('billing', 'delivery')),
  street text not null, postal_code text not null, city text not null, region text, country char(2) not null,
  created_at timestamptz not null default now(),
  archived_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id)
);
create index address_customer on address (tenant_id, customer_id);

create table customer_bank_account (
  tenant_id uuid not null references tenant,
  id uuid not null,
  customer_id uuid not null,
  account text not null,
  source text not null check (source in ('typed', 'import', 'learned')),
  created_at timestamptz not null default now(),
  archived_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id)
);
create index customer_bank_account_account on customer_bank_account (tenant_id, account) where archived_at is null;

do $$ declare t text; begin
  foreach t in array array['company','payment_terms','customer','contact','address','customer_bank_account'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
