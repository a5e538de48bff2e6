-- What agencies say they collected and pass on: statements, line by line, each booked with the receipt that brought the money.

-- What an item loses beside the money may be what an agency kept; what of it is tax that may be deducted goes to input tax.
alter table application add column difference_tax_minor bigint not null default 0;
alter table application drop constraint application_difference_kind;
alter table application add constraint application_difference_kind
  check (difference_kind in ('small_balance', 'bank_charge', 'agency_fee'));
alter table application add constraint application_difference_tax check (
  (difference_minor >= 0 and difference_tax_minor between 0 and difference_minor)
  or (difference_minor < 0 and difference_tax_minor between difference_minor and 0));
alter table application drop constraint application_method_check;
alter table application add constraint application_method_check
  check (method in ('manual', 'reference', 'amount', 'import', 'credit', 'write_off', 'void', 'return', 'transfer', 'agency'));

-- Ledger accounts for it. Numbers a company gave to something else are left to it.
alter table company no force row level security;
alter table ledger_account no force row level security;
insert into ledger_account (tenant_id, company_id, account, code, name, kind, control)
select c.tenant_id, c.id, n.account,
  case when exists (select 1 from ledger_account a where a.tenant_id = c.tenant_id and a.company_id = c.id and a.code = n.code)
    then n.code || '-' || n.account else n.code end, n.name, n.kind, false
from company c cross join (values
    ('input-tax', '1570', 'Input tax', 'asset'),
    ('collection-costs', '6850', 'Fees of collection agencies', 'expense')) as n(account, code, name, kind);
alter table company force row level security;
alter table ledger_account force row level security;

-- Which columns of an agency's files say what; the latest of an agency and kind counts.
create table agency_columns (
  tenant_id uuid not null references tenant,
  id uuid not null,
  agency_id uuid not null,
  -- What collected amounts are told by, or what became of claims.
  kind text not null check (kind in ('statement', 'status')),
  columns jsonb not null,
  stated_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id)
);
create index agency_columns_of on agency_columns (tenant_id, agency_id, kind, recorded_at desc, id desc);

create table agency_statement (
  tenant_id uuid not null references tenant,
  id uuid not null,
  agency_id uuid not null,
  company_id uuid not null,
  -- Their number of it.
  reference text not null check (length(reference) between 1 and 100),
  stated_on date not null,
  currency char(3) not null,
  -- What debtors paid them; what they keep of it; tax on that; what they pass on.
  collected_minor bigint not null check (collected_minor > 0),
  fee_minor bigint not null check (fee_minor >= 0),
  tax_minor bigint not null check (tax_minor >= 0),
  remitted_minor bigint not null check (remitted_minor >= 0),
  payment_id uuid not null,
  -- Why fees other than those agreed were let pass.
  note text check (length(note) between 1 and 2000),
  booked_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  foreign key (tenant_id, payment_id) references payment (tenant_id, id)
);
create index agency_statement_newest on agency_statement (tenant_id, agency_id, recorded_at desc, id desc);
create index agency_statement_payment on agency_statement (tenant_id, payment_id);

create table agency_statement_line (
  tenant_id uuid not null references tenant,
  statement_id uuid not null,
  line_no int not null check (line_no >= 1),
  hand_over_id uuid not null,
  item_id uuid not null,
  collected_minor bigint not null check (collected_minor > 0),
  fee_minor bigint not null check (fee_minor >= 0),
  tax_minor bigint not null check (tax_minor >= 0),
  remitted_minor bigint not null check (remitted_minor >= 0),
  -- What was agreed for so much.
  agreed_fee_minor bigint not null check (agreed_fee_minor >= 0),
  agreed_tax_minor bigint not null check (agreed_tax_minor >= 0),
  primary key (tenant_id, statement_id, line_no),
  foreign key (tenant_id, statement_id) references agency_statement (tenant_id, id),
  foreign key (tenant_id, hand_over_id, item_id) references hand_over_item (tenant_id, hand_over_id, item_id)
);
create index agency_statement_line_of on agency_statement_line (tenant_id, hand_over_id);
create index agency_statement_line_item on agency_statement_line (tenant_id, item_id);

do $$ declare t text; begin
  foreach t in array array['agency_columns', 'agency_statement', 'agency_statement_line'] loop
    execute format('create trigger %I before update or delete on %I for each statement execute function refuse_change()', t || '_kept', t);
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', t || '_not_truncated', t);
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
