-- What a company adds to all of its printed documents, where it has chosen: a second language, a link and an address to pay by.
-- A customer may have another second language than the company's documents.

create table company_print (
  tenant_id uuid not null references tenant,
  company_id uuid not null,
  second_language text not null check (second_language in ('none', 'company', 'english', 'customer')),
  -- With places for number, amount, currency and reference; filled in for each document.
  pay_link text check (pay_link ~ '^https://' and length(pay_link) <= 500),
  -- An address of the Unified Payments Interface of India.
  upi_id text check (length(upi_id) between 3 and 320),
  primary key (tenant_id, company_id),
  foreign key (tenant_id, company_id) references company (tenant_id, id)
);
alter table company_print enable row level security;
alter table company_print force row level security;
create policy wall on company_print using (tenant_id = (select current_tenant()));
create trigger company_print_not_truncated before truncate on company_print for each statement execute function refuse_change();

create table customer_print (
  tenant_id uuid not null references tenant,
  customer_id uuid not null,
  second_language text not null check (second_language in ('none', 'company', 'english', 'customer')),
  primary key (tenant_id, customer_id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id)
);
alter table customer_print enable row level security;
alter table customer_print force row level security;
create policy wall on customer_print using (tenant_id = (select current_tenant()));
create trigger customer_print_not_truncated before truncate on customer_print for each statement execute function refuse_change();
