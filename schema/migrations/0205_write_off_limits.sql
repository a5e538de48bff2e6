-- How much a role, or one person, may write off of an item without anybody else: by kind of write-off and currency,
-- from a least to a most. Outside of that others decide. Where nothing is stated, the rules of approvals alone count.
create table write_off_limit (
  tenant_id uuid not null references tenant,
  id uuid not null,
  company_id uuid not null,
  role text check (role in ('owner', 'controller', 'collector', 'cash_applier', 'viewer')),
  user_id uuid,
  currency char(3) not null,
  -- Null: every kind of which nothing else is said.
  kind text check (kind in ('bad_debt', 'small_balance', 'dispute', 'goodwill', 'fx_rounding')),
  stance text not null check (stance in ('limit', 'withdrawn')),
  amount_min_minor bigint check (amount_min_minor >= 0),
  amount_max_minor bigint check (amount_max_minor >= 0),
  valid_from date not null,
  recorded_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  constraint write_off_limit_who check (num_nulls(role, user_id) = 1),
  constraint write_off_limit_amounts check ((stance = 'limit') = (amount_max_minor is not null) and
    (amount_min_minor is null or stance = 'limit' and amount_min_minor <= amount_max_minor))
);
create index write_off_limit_company on write_off_limit (tenant_id, company_id, valid_from);

create trigger write_off_limit_kept before update or delete on write_off_limit for each statement execute function refuse_change();
create trigger write_off_limit_not_truncated before truncate on write_off_limit for each statement execute function refuse_change();
alter table write_off_limit enable row level security;
alter table write_off_limit force row level security;
create policy wall on write_off_limit using (tenant_id = (select current_tenant()));
