-- One receipt for invoices of several companies: money that one company received and that settles what another is owed.

-- The counter-items, their entries, and what closes them.
alter table open_item drop constraint open_item_kind_check;
alter table open_item add constraint open_item_kind_check check (kind in ('invoice', 'credit_note', 'payment', 'refund',
  'write_off', 'void', 'return', 'transfer', 'charge', 'charge_credit', 'recovery', 'handover'));
alter table application drop constraint application_method_check;
alter table application add constraint application_method_check check (method in ('manual', 'reference', 'amount', 'import',
  'credit', 'write_off', 'void', 'return', 'transfer', 'agency', 'handover'));

-- What companies owe each other for it. Numbers a company gave to something else are left to it.
alter table company no force row level security;
alter table ledger_account no force row level security;
insert into ledger_account (tenant_id, company_id, account, code, name, kind, control)
select c.tenant_id, c.id, n.account,
  case when exists (select 1 from ledger_account a where a.tenant_id = c.tenant_id and a.company_id = c.id and a.code = n.code)
    then n.code || '-' || n.account else n.code end, n.name, n.kind, false
from company c cross join (values
    ('due-from-companies', '1360', 'Money other companies received for us', 'asset'),
    ('due-to-companies', '1760', 'Money received for other companies', 'liability')) as n(account, code, name, kind);
alter table company force row level security;
alter table ledger_account force row level security;

-- What a company's customer owes was settled with money that another company received; or, with the signs changed, that was taken back.
create table company_handover (
  tenant_id uuid not null references tenant,
  id uuid not null,
  payment_id uuid not null,
  -- Who received the money, and whose it is.
  from_company_id uuid not null,
  to_company_id uuid not null,
  -- Whose item it settles there.
  customer_id uuid not null,
  currency char(3) not null,
  amount_minor bigint not null check (amount_minor <> 0),
  -- What it is worth in the functional currency of either: as it came in there, and at the rate of that day.
  from_functional_minor bigint not null,
  to_functional_minor bigint not null,
  handed_on date not null,
  -- The item and the entry it made in either.
  from_item_id uuid not null,
  to_item_id uuid not null,
  from_entry_id uuid not null,
  to_entry_id uuid not null,
  reverses_id uuid,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, reverses_id),
  unique (tenant_id, from_entry_id),
  unique (tenant_id, to_entry_id),
  unique (tenant_id, from_item_id),
  unique (tenant_id, to_item_id),
  foreign key (tenant_id, payment_id) references payment (tenant_id, id),
  foreign key (tenant_id, from_company_id) references company (tenant_id, id),
  foreign key (tenant_id, to_company_id) references company (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id),
  foreign key (tenant_id, from_item_id) references open_item (tenant_id, id),
  foreign key (tenant_id, to_item_id) references open_item (tenant_id, id),
  foreign key (tenant_id, from_entry_id) references journal_entry (tenant_id, id),
  foreign key (tenant_id, to_entry_id) references journal_entry (tenant_id, id),
  foreign key (tenant_id, reverses_id) references company_handover (tenant_id, id),
  constraint company_handover_two_companies check (from_company_id <> to_company_id),
  constraint company_handover_signs check ((amount_minor > 0) = (reverses_id is null)
    and from_functional_minor * sign(amount_minor) >= 0 and to_functional_minor * sign(amount_minor) >= 0)
);
create index company_handover_payment on company_handover (tenant_id, payment_id);

-- Whether a company may receive money for another, as either of the two states it. The latest of each side counts; both have to
-- allow it. Empty: no.
create table handover_setting (
  tenant_id uuid not null references tenant,
  id uuid not null,
  from_company_id uuid not null,
  to_company_id uuid not null,
  -- Who states it: who receives the money, or whose it is.
  side text not null check (side in ('from', 'to')),
  allowed boolean not null,
  stated_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, from_company_id) references company (tenant_id, id),
  foreign key (tenant_id, to_company_id) references company (tenant_id, id),
  constraint handover_setting_two_companies check (from_company_id <> to_company_id)
);
create index handover_setting_latest on handover_setting (tenant_id, from_company_id, to_company_id, side, recorded_at desc, id desc);

do $$ declare t text; begin
  foreach t in array array['company_handover', 'handover_setting'] loop
    execute format('create trigger %I before update or delete on %I for each statement execute function refuse_change()', t || '_kept', t);
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', t || '_not_truncated', t);
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
