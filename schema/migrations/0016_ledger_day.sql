-- What moved on the control accounts, day by day: the totals of any past day are sums of these few rows instead of sums over
-- a million items. Each statement that adds lines adds its sums here, as rows of its own, so that no two postings ever wait
-- for each other; a job melts them into one row for each day and due date. The proof of the books compares it with the journal.
create table ledger_day (
  tenant_id uuid not null references tenant,
  posted_on date not null,
  id uuid not null default gen_random_uuid(),
  company_id uuid not null,
  account text not null,
  currency char(3) not null,
  -- Whether the items moved are owed by us: credit notes, payments.
  is_credit boolean not null,
  due_on date not null,
  amount_minor bigint not null,
  functional_minor bigint not null,
  -- The one row that others are melted into.
  is_melted boolean not null default false,
  primary key (tenant_id, posted_on, id)
);
create unique index ledger_day_melted on ledger_day (tenant_id, posted_on, company_id, account, currency, is_credit, due_on)
  where is_melted;
create index ledger_day_fresh on ledger_day (tenant_id) where not is_melted;

create function ledger_day_add() returns trigger language plpgsql as $$
begin
  insert into ledger_day (tenant_id, posted_on, company_id, account, currency, is_credit, due_on, amount_minor, functional_minor)
  select l.tenant_id, l.posted_on, l.company_id, l.account, l.currency, i.amount_minor < 0, l.due_on,
    sum(l.amount_minor), sum(l.functional_minor)
  from added l join open_item i on i.tenant_id = l.tenant_id and i.id = l.item_id
  where l.item_id is not null
  group by 1, 2, 3, 4, 5, 6, 7
  having sum(l.amount_minor) <> 0 or sum(l.functional_minor) <> 0;
  return null;
end $$;

alter table journal_line no force row level security;
alter table open_item no force row level security;
insert into ledger_day
  (tenant_id, posted_on, company_id, account, currency, is_credit, due_on, amount_minor, functional_minor, is_melted)
select l.tenant_id, l.posted_on, l.company_id, l.account, l.currency, i.amount_minor < 0, l.due_on,
  sum(l.amount_minor), sum(l.functional_minor), true
from journal_line l join open_item i on i.tenant_id = l.tenant_id and i.id = l.item_id
where l.item_id is not null
group by 1, 2, 3, 4, 5, 6, 7
having sum(l.amount_minor) <> 0 or sum(l.functional_minor) <> 0;
alter table journal_line force row level security;
alter table open_item force row level security;

create trigger ledger_day_add after insert on journal_line
  referencing new table as added for each statement execute function ledger_day_add();
create trigger ledger_day_not_truncated before truncate on ledger_day for each statement execute function refuse_change();

alter table ledger_day enable row level security;
alter table ledger_day force row level security;
create policy wall on ledger_day using (tenant_id = (select current_tenant()));
