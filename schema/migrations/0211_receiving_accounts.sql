-- Numbers of accounts that a bank lets a company give to its customers (virtual accounts): what is paid to one names its payer. A number
-- that was given stays its customer's for good, since customers pay to old numbers for years; retired, it is printed no more.

create table receiving_account (
  tenant_id uuid not null references tenant,
  id uuid not null,
  company_id uuid not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  account text not null check (account ~ '^[A-Z0-9]{6,34}$'),
  bank_name text check (length(bank_name) between 1 and 100),
  bic text check (bic ~ '^[A-Z0-9]{8}([A-Z0-9]{3})?$'),
  routing_number text check (length(routing_number) between 1 and 40),
  recorded_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  constraint receiving_account_once unique (tenant_id, company_id, currency, account)
);

create table receiving_account_given (
  tenant_id uuid not null references tenant,
  account_id uuid not null,
  company_id uuid not null,
  currency text not null,
  customer_id uuid not null,
  given_by text not null,
  given_at timestamptz not null,
  retired_by text,
  retired_at timestamptz,
  -- Given once, to one customer.
  constraint receiving_account_given_once primary key (tenant_id, account_id),
  foreign key (tenant_id, account_id) references receiving_account (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id),
  constraint receiving_account_retired check (num_nulls(retired_by, retired_at) in (0, 2))
);
-- A customer is shown one account of a company in a currency.
create unique index receiving_account_shown on receiving_account_given (tenant_id, company_id, currency, customer_id)
  where retired_at is null;
create index receiving_account_of on receiving_account_given (tenant_id, customer_id);

create function keep_receiving_account() returns trigger language plpgsql as $$
begin
  if old.retired_at is not null
    or (new.tenant_id, new.account_id, new.company_id, new.currency, new.customer_id, new.given_by, new.given_at)
      is distinct from (old.tenant_id, old.account_id, old.company_id, old.currency, old.customer_id, old.given_by, old.given_at)
  then raise exception 'an account that was given stays its customer''s' using errcode = 'P0001'; end if;
  return new;
end $$;
create trigger receiving_account_given_kept before update on receiving_account_given for each row execute function keep_receiving_account();
create trigger receiving_account_given_not_deleted before delete on receiving_account_given for each statement execute function refuse_change();
create trigger receiving_account_kept before update or delete on receiving_account for each statement execute function refuse_change();

do $$ declare t text; begin
  foreach t in array array['receiving_account', 'receiving_account_given'] loop
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', t || '_not_truncated', t);
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
