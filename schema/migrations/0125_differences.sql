-- What payments may be short by: what a company lets drop by rule, how much people may drop by hand, and each difference that
-- was dropped with the rule it rests on.

-- Underpayments that are dropped by rule, by currency of the receipt, from a value date on. A customer can have its own, none at
-- all (blocked, in any currency), or the company's again. Versions are kept; of two from the same day the later recorded counts.
create table tolerance_rule (
  tenant_id uuid not null references tenant,
  id uuid not null,
  company_id uuid not null,
  customer_id uuid,
  -- Null: every currency, for customers that are blocked or go by the company's rule again.
  currency char(3),
  stance text not null check (stance in ('limit', 'blocked', 'as_company')),
  -- The smaller of both counts; null: it does not limit.
  amount_max_minor bigint check (amount_max_minor >= 0),
  percent_max numeric(7, 4) check (percent_max >= 0 and percent_max <= 100),
  valid_from date not null,
  recorded_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id),
  constraint tolerance_rule_limit check ((stance = 'limit') = (amount_max_minor is not null or percent_max is not null)),
  constraint tolerance_rule_currency check (stance <> 'limit' or currency is not null),
  constraint tolerance_rule_company check (customer_id is not null or (currency is not null and stance <> 'as_company'))
);
create index tolerance_rule_company_days on tolerance_rule (tenant_id, company_id, customer_id, valid_from);

-- How much of an item people of a role, or one person, may drop by hand, by currency. More needs an approval.
create table difference_limit (
  tenant_id uuid not null references tenant,
  id uuid not null,
  company_id uuid not null,
  role text check (role in ('owner', 'controller', 'collector', 'cash_applier', 'viewer')),
  user_id uuid,
  currency char(3) not null,
  stance text not null check (stance in ('limit', 'withdrawn')),
  amount_max_minor bigint check (amount_max_minor >= 0),
  percent_max numeric(7, 4) check (percent_max >= 0 and percent_max <= 100),
  valid_from date not null,
  recorded_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  constraint difference_limit_who check (num_nulls(role, user_id) = 1),
  constraint difference_limit_limit check ((stance = 'limit') = (amount_max_minor is not null or percent_max is not null))
);
create index difference_limit_company on difference_limit (tenant_id, company_id, valid_from);

-- A difference that was dropped with an application, and by which right.
create table dropped_difference (
  tenant_id uuid not null references tenant,
  application_id uuid not null,
  item_id uuid not null,
  payment_id uuid not null,
  customer_id uuid,
  currency char(3) not null,
  difference_minor bigint not null check (difference_minor > 0),
  basis text not null check (basis in ('tolerance', 'limit', 'approval')),
  -- The rule as it was then, with what it allowed.
  evidence jsonb not null check (jsonb_typeof(evidence) = 'object'),
  dropped_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, application_id),
  foreign key (tenant_id, application_id) references application (tenant_id, id),
  foreign key (tenant_id, item_id) references open_item (tenant_id, id),
  foreign key (tenant_id, payment_id) references payment (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id)
);
create index dropped_difference_newest on dropped_difference (tenant_id, recorded_at desc, application_id desc);
create index dropped_difference_customer on dropped_difference (tenant_id, customer_id, recorded_at desc);
create index dropped_difference_item on dropped_difference (tenant_id, item_id);
create index dropped_difference_payment on dropped_difference (tenant_id, payment_id);

do $$ declare t text; begin
  foreach t in array array['tolerance_rule','difference_limit','dropped_difference'] loop
    execute format('create trigger %I before update or delete on %I for each statement execute function refuse_change()', t || '_kept', t);
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', t || '_not_truncated', t);
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
