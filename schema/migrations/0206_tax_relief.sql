-- What the tax office gives back of the tax on what was written off, as a ledger of its own: claimed, taken back
-- with the write-off, given back in proportion where money came after all.
alter table company no force row level security;
alter table ledger_account no force row level security;
insert into ledger_account (tenant_id, company_id, account, code, name, kind, control)
select c.tenant_id, c.id, n.account,
  case when exists (select 1 from ledger_account a where a.tenant_id = c.tenant_id and a.company_id = c.id and a.code = n.code)
    then n.code || '-' || n.account else n.code end, n.name, n.kind, false
from company c cross join (values
    ('tax-relief', '1710', 'Output tax relief for bad debts', 'liability'),
    ('bad-debt-recovered', '6910', 'Written off and recovered', 'income')) as n(account, code, name, kind);
alter table company force row level security;
alter table ledger_account force row level security;

create table tax_relief (
  tenant_id uuid not null references tenant,
  id uuid not null,
  write_off_id uuid not null,
  -- The item that was written off.
  item_id uuid not null,
  why text not null check (why in ('claimed', 'undone', 'recovered', 'recovery_undone')),
  currency char(3) not null,
  -- Signed: what is claimed is above zero, what goes back below.
  tax_minor bigint not null check (tax_minor <> 0),
  functional_minor bigint not null,
  -- By which rule and ground it was claimed; null where it goes back.
  rule jsonb check (jsonb_typeof(rule) = 'object'),
  posted_on date not null,
  recorded_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, write_off_id) references write_off (tenant_id, id),
  foreign key (tenant_id, item_id) references open_item (tenant_id, id),
  constraint tax_relief_sign check ((why in ('claimed', 'recovery_undone')) = (tax_minor > 0)),
  constraint tax_relief_rule check ((why = 'claimed') = (rule is not null))
);
create index tax_relief_write_off on tax_relief (tenant_id, write_off_id, item_id);
-- The tax on an item is claimed once.
create unique index tax_relief_once on tax_relief (tenant_id, write_off_id, item_id) where why = 'claimed';

create trigger tax_relief_kept before update or delete on tax_relief for each statement execute function refuse_change();
create trigger tax_relief_not_truncated before truncate on tax_relief for each statement execute function refuse_change();
alter table tax_relief enable row level security;
alter table tax_relief force row level security;
create policy wall on tax_relief using (tenant_id = (select current_tenant()));
