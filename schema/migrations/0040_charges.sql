-- Late payment: reference rates and policies by their days, what is left out of interest, charges and their credits with the
-- sheet that shows how each cent was reckoned.

alter table open_item drop constraint open_item_kind_check;
alter table open_item add constraint open_item_kind_check check (kind in
  ('invoice', 'credit_note', 'payment', 'refund', 'write_off', 'void', 'return', 'transfer', 'charge', 'charge_credit'));

-- What a reference rate was from a day on, as somebody stated it. A later statement for the same day counts instead.
create table reference_rate (
  tenant_id uuid not null references tenant,
  id uuid not null,
  code text not null check (code ~ '^[a-z][a-z0-9-]{1,29}$'),
  valid_from date not null,
  percent numeric(12, 6) not null,
  source text not null check (length(source) between 1 and 200),
  recorded_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id)
);
create index reference_rate_code on reference_rate (tenant_id, code, valid_from, recorded_at);

-- What is asked for late payment, from a day of issue on: of everybody, or of one customer. Versions are kept.
create table charge_policy (
  tenant_id uuid not null references tenant,
  id uuid not null,
  company_id uuid not null,
  customer_id uuid,
  valid_from date not null,
  -- Null: nothing is asked; of a customer that is not exempt, that the company's terms count again.
  terms jsonb check (jsonb_typeof(terms) = 'object'),
  exempt boolean not null default false,
  recorded_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id),
  constraint charge_policy_exempt check (not exempt or (customer_id is not null and terms is null))
);
create index charge_policy_company on charge_policy (tenant_id, company_id, customer_id, valid_from);

-- Who owes, where it is not a business. The latest counts.
create table debtor_kind (
  tenant_id uuid not null references tenant,
  id uuid not null,
  customer_id uuid not null,
  kind text not null check (kind in ('business', 'authority', 'consumer')),
  recorded_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id)
);
create index debtor_kind_customer on debtor_kind (tenant_id, customer_id, recorded_at);

-- A part of an item that bears no interest for some days. Taken back, it counts until a day, or as if it had never been.
create table charge_exclusion (
  tenant_id uuid not null references tenant,
  id uuid not null,
  item_id uuid not null,
  -- Null: all of the item.
  amount_minor bigint check (amount_minor > 0),
  from_on date not null,
  to_on date,
  reason text not null check (length(reason) between 1 and 500),
  placed_by text not null,
  recorded_at timestamptz not null,
  released_at timestamptz,
  annulled boolean not null default false,
  primary key (tenant_id, id),
  foreign key (tenant_id, item_id) references open_item (tenant_id, id),
  constraint charge_exclusion_days check (annulled or to_on is null or to_on >= from_on)
);
create index charge_exclusion_item on charge_exclusion (tenant_id, item_id);

create table charge (
  tenant_id uuid not null references tenant,
  id uuid not null,
  kind text not null check (kind in ('charge', 'charge_credit')),
  company_id uuid not null,
  customer_id uuid not null,
  number text not null check (length(number) between 1 and 64),
  charged_on date not null,
  -- The last day that interest was reckoned for.
  through_on date not null,
  due_on date not null,
  currency char(3) not null,
  interest_minor bigint not null check (interest_minor >= 0),
  fee_minor bigint not null check (fee_minor >= 0),
  total_minor bigint not null check (total_minor > 0),
  rate numeric(24, 12) not null check (rate > 0),
  functional_minor bigint not null check (functional_minor >= 0),
  -- UNCL 5305: interest and compensation for late payment are outside the scope of value-added tax.
  tax_category text not null default 'O' check (tax_category = 'O'),
  because text check (because in ('correction', 'waiver')),
  reason text check (length(reason) between 1 and 500),
  corrects_id uuid,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id),
  foreign key (tenant_id, corrects_id) references charge (tenant_id, id),
  constraint charge_total check (total_minor = interest_minor + fee_minor),
  constraint charge_because check ((kind = 'charge') = (because is null)),
  constraint charge_waiver check ((because is not distinct from 'waiver') = (corrects_id is not null))
);
create unique index charge_number on charge (tenant_id, company_id, kind, number);
create index charge_customer on charge (tenant_id, customer_id, charged_on);
create index charge_newest on charge (tenant_id, charged_on desc, id desc);
create index charge_corrects on charge (tenant_id, corrects_id) where corrects_id is not null;

-- A waiver taken back.
create table charge_undo (
  tenant_id uuid not null references tenant,
  charge_id uuid not null,
  undone_on date not null,
  reason text not null check (length(reason) between 1 and 500),
  recorded_at timestamptz not null,
  primary key (tenant_id, charge_id),
  foreign key (tenant_id, charge_id) references charge (tenant_id, id)
);

-- A fee that a reminder brought about when it left; charged with the next charge of the customer.
create table charge_fee (
  tenant_id uuid not null references tenant,
  id uuid not null,
  company_id uuid not null,
  customer_id uuid not null,
  message_id uuid not null,
  phase text not null,
  currency char(3) not null,
  amount_minor bigint not null check (amount_minor > 0),
  incurred_on date not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, message_id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id)
);
create index charge_fee_customer on charge_fee (tenant_id, customer_id);

create table charge_part (
  tenant_id uuid not null references tenant,
  charge_id uuid not null,
  part_no smallint not null check (part_no >= 1),
  kind text not null check (kind in ('interest', 'fixed_sum', 'reminder_fee', 'correction', 'fee_correction', 'waiver')),
  item_id uuid,
  document_id uuid,
  fee_id uuid,
  reference text not null,
  from_on date,
  to_on date,
  -- Signed: negative where it is given back.
  amount_minor bigint not null check (amount_minor <> 0),
  policy_id uuid,
  primary key (tenant_id, charge_id, part_no),
  foreign key (tenant_id, charge_id) references charge (tenant_id, id),
  foreign key (tenant_id, item_id) references open_item (tenant_id, id),
  foreign key (tenant_id, fee_id) references charge_fee (tenant_id, id),
  foreign key (tenant_id, policy_id) references charge_policy (tenant_id, id),
  constraint charge_part_interest check (kind <> 'interest' or
    (item_id is not null and from_on is not null and to_on >= from_on and amount_minor > 0)),
  -- A day of an item bears interest once.
  constraint charge_part_day_once exclude using gist
    (tenant_id with =, item_id with =, daterange(from_on, to_on, '[]') with &&) where (kind = 'interest')
);
-- The fixed sum is asked once for each invoice, a reminder's fee once.
create unique index charge_part_fixed_once on charge_part (tenant_id, document_id) where kind = 'fixed_sum';
create unique index charge_part_fee_once on charge_part (tenant_id, fee_id) where kind = 'reminder_fee';
create index charge_part_item on charge_part (tenant_id, item_id) where item_id is not null;
create index charge_part_document on charge_part (tenant_id, document_id) where document_id is not null;

-- The calculation sheet: days on which base and rate were the same.
create table charge_span (
  tenant_id uuid not null references tenant,
  charge_id uuid not null,
  part_no smallint not null,
  line_no integer not null check (line_no >= 1),
  from_on date not null,
  to_on date not null check (to_on >= from_on),
  -- Days as the policy counts them, and how many of them make a year.
  days integer not null check (days >= 0),
  year_days smallint not null check (year_days in (360, 365, 366)),
  base_minor bigint not null check (base_minor > 0),
  percent numeric(12, 6) not null check (percent >= 0),
  source text not null,
  -- Not rounded; 160308000000000 of it are one minor unit, so that days, rates and years always come out even.
  exact numeric(40, 0) not null check (exact >= 0),
  primary key (tenant_id, charge_id, part_no, line_no),
  foreign key (tenant_id, charge_id, part_no) references charge_part (tenant_id, charge_id, part_no)
);

-- An exclusion is never changed but for being released, once.
create function charge_exclusion_kept() returns trigger language plpgsql as $$
begin
  if old.released_at is not null or new.released_at is null
     or to_jsonb(new) - array['released_at', 'to_on', 'annulled'] is distinct from to_jsonb(old) - array['released_at', 'to_on', 'annulled'] then
    raise exception 'what is left out of interest is released once, and not changed otherwise' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger charge_exclusion_kept before update on charge_exclusion for each row execute function charge_exclusion_kept();
create trigger charge_exclusion_not_deleted before delete on charge_exclusion for each statement execute function refuse_change();

do $$ declare t text; begin
  foreach t in array array['reference_rate','charge_policy','debtor_kind','charge','charge_undo','charge_fee','charge_part','charge_span'] loop
    execute format('create trigger %I before update or delete on %I for each statement execute function refuse_change()', t || '_kept', t);
  end loop;
  foreach t in array array['reference_rate','charge_policy','debtor_kind','charge_exclusion','charge','charge_undo','charge_fee','charge_part',
    'charge_span'] loop
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', t || '_not_truncated', t);
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;

-- Companies that are there already get the accounts and number series that new ones start with. A number or pattern that a
-- company gave to something else is left to it.
alter table company no force row level security;
alter table ledger_account no force row level security;
alter table number_series no force row level security;
insert into ledger_account (tenant_id, company_id, account, code, name, kind, control)
select c.tenant_id, c.id, n.account,
  case when exists (select 1 from ledger_account a where a.tenant_id = c.tenant_id and a.company_id = c.id and a.code = n.code)
    then n.code || '-' || n.account else n.code end, n.name, 'income', false
from company c cross join (values ('late-fees', '4800', 'Late payment fees'), ('interest-income', '7100', 'Interest for late payment'))
  as n(account, code, name);
insert into number_series (tenant_id, company_id, document_kind, series, pattern)
select c.tenant_id, c.id, n.kind, 'main', n.pattern
from company c cross join (values ('charge', 'LC-{year}-{nnnnn}'), ('charge_credit', 'LCC-{year}-{nnnnn}')) as n(kind, pattern);
alter table company force row level security;
alter table ledger_account force row level security;
alter table number_series force row level security;
