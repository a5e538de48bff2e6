-- To which account of a company customers pay: the one that stands with the company, unless it has another for the currency. An
-- account is an IBAN, or a number and the code of its bank where payers know no IBANs.

alter table company add column account_number text check (length(account_number) between 1 and 40);
alter table company add column routing_number text check (length(routing_number) between 1 and 40);

create table pay_account (
  tenant_id uuid not null references tenant,
  company_id uuid not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  bank_name text check (length(bank_name) between 1 and 100),
  iban text check (iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{1,30}$'),
  bic text check (bic ~ '^[A-Z0-9]{8}([A-Z0-9]{3})?$'),
  account_number text check (length(account_number) between 1 and 40),
  routing_number text check (length(routing_number) between 1 and 40),
  primary key (tenant_id, company_id, currency),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  constraint pay_account_is_one check (iban is not null or account_number is not null),
  constraint pay_account_routing check (routing_number is null or account_number is not null)
);
alter table pay_account enable row level security;
alter table pay_account force row level security;
create policy wall on pay_account using (tenant_id = (select current_tenant()));
create trigger pay_account_not_truncated before truncate on pay_account for each statement execute function refuse_change();
