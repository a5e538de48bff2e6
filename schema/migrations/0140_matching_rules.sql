-- How far the machine may go when it says what a receipt is for, what is remembered of how customers pay, and why each receipt
-- was applied that no person applied.

-- A version of a company's thresholds. The latest counts.
create table matching_rules (
  tenant_id uuid not null references tenant,
  id uuid not null,
  company_id uuid not null,
  -- Percent: from which probability on a receipt is applied, and shown as a suggestion.
  apply_from smallint not null check (apply_from between 50 and 100),
  suggest_from smallint not null check (suggest_from between 1 and 100),
  -- What may become of a receipt where nothing but its amount says who paid.
  unknown_payers text not null check (unknown_payers in ('apply', 'suggest', 'never')),
  recorded_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  constraint matching_rules_ordered check (suggest_from <= apply_from)
);
create index matching_rules_company on matching_rules (tenant_id, company_id, recorded_at desc, id desc);

-- A version of how receipts of one customer are applied. The latest counts.
create table customer_matching (
  tenant_id uuid not null references tenant,
  id uuid not null,
  customer_id uuid not null,
  method text not null check (method in ('engine', 'by_reference', 'oldest_first', 'proportional', 'manual')),
  -- Whether what is disputed is paid too where the customer's money goes to the oldest or to all alike.
  with_disputed boolean not null,
  recorded_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id)
);
create index customer_matching_customer on customer_matching (tenant_id, customer_id, recorded_at desc, id desc);

-- Counts of how a customer has paid a company. Learnt anew from the payments that stand whenever somebody asks for it.
create table payer_habit (
  tenant_id uuid not null references tenant,
  company_id uuid not null,
  customer_id uuid not null,
  payments integer not null check (payments >= 0),
  habits jsonb not null check (jsonb_typeof(habits) = 'object'),
  learnt_at timestamptz not null,
  primary key (tenant_id, company_id, customer_id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id)
);

-- The same of all customers of a company together, and how far its applications were learnt from.
create table payer_habit_pool (
  tenant_id uuid not null references tenant,
  company_id uuid not null,
  habits jsonb not null check (jsonb_typeof(habits) = 'object'),
  amounts jsonb not null check (jsonb_typeof(amounts) = 'object'),
  -- The last application learnt from, in the order in which they were recorded.
  learnt_to uuid,
  learnt_at timestamptz not null,
  primary key (tenant_id, company_id),
  foreign key (tenant_id, company_id) references company (tenant_id, id)
);

-- Why a receipt was applied without a person.
create table match_certificate (
  tenant_id uuid not null references tenant,
  payment_id uuid not null,
  -- A receipt that was applied and wholly taken back is not applied by itself again, so that there is one of each at most.
  rule text not null check (rule ~ '^[a-z_]{2,40}$'),
  -- Null where documents were named and paid to the cent, which is not weighed.
  probability numeric(7, 6) check (probability between 0 and 1),
  certificate jsonb not null check (jsonb_typeof(certificate) = 'object'),
  recorded_at timestamptz not null,
  primary key (tenant_id, payment_id),
  foreign key (tenant_id, payment_id) references payment (tenant_id, id)
);

do $$ declare t text; begin
  foreach t in array array['matching_rules', 'customer_matching', 'match_certificate'] loop
    execute format('create trigger %I before update or delete on %I for each statement execute function refuse_change()', t || '_kept', t);
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()',
      t || '_not_truncated', t);
  end loop;
  foreach t in array array['matching_rules', 'customer_matching', 'payer_habit', 'payer_habit_pool', 'match_certificate'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
