-- What an invoice says besides what it costs, in the terms of EN 16931: references, delivery, allowances and charges, why no
-- tax is taken, the rounding of the total, and who seller and buyer were on the day of issue.

-- What the total was rounded by (BT-114), as in Switzerland to 5 Rappen.
alter table invoice add column rounding_minor bigint not null default 0;
alter table invoice drop constraint invoice_total;
alter table invoice add constraint invoice_total check (total_minor = net_minor + tax_minor + rounding_minor);

alter table invoice_line
  add column detail text,
  -- UN/ECE recommendation 20; `unit` is what people read.
  add column unit_code text,
  -- The price is for so many units (BT-149).
  add column base_quantity numeric not null default 1 check (base_quantity > 0),
  add column seller_item text,
  add column buyer_item text,
  add column period_from date,
  add column period_to date,
  add column order_line text,
  add column note text,
  add constraint invoice_line_period check (period_from <= period_to);

alter table invoice_tax
  add column exemption_reason text,
  add column exemption_code text;

-- Allowances and charges: of a line, or of the whole document where line_no is 0; those have a tax of their own.
create table invoice_allowance (
  tenant_id uuid not null references tenant,
  invoice_id uuid not null,
  line_no smallint not null check (line_no >= 0),
  allowance_no smallint not null check (allowance_no >= 1),
  kind text not null check (kind in ('allowance', 'charge')),
  amount_minor bigint not null,
  base_minor bigint,
  percent numeric,
  reason text,
  reason_code text,
  tax_category text,
  tax_percent numeric(7, 4),
  primary key (tenant_id, invoice_id, line_no, allowance_no),
  foreign key (tenant_id, invoice_id) references invoice (tenant_id, id),
  constraint invoice_allowance_tax check (line_no = 0 and tax_category is not null and tax_percent is not null
    or line_no > 0 and tax_category is null and tax_percent is null),
  constraint invoice_allowance_percent check ((percent is null) = (base_minor is null))
);

-- One row for each document issued here; documents taken over from another system have none.
create table invoice_content (
  tenant_id uuid not null references tenant,
  invoice_id uuid not null,
  buyer_reference text,
  sales_order text,
  contract text,
  project text,
  despatch_advice text,
  receiving_advice text,
  object text,
  delivered_on date,
  period_from date,
  period_to date,
  tax_point_on date,
  -- Whom and where it was delivered to: name and address.
  delivery jsonb,
  -- Seller and buyer as they were when it was issued.
  seller jsonb not null,
  buyer jsonb not null,
  footnotes jsonb not null,
  primary key (tenant_id, invoice_id),
  foreign key (tenant_id, invoice_id) references invoice (tenant_id, id),
  constraint invoice_content_period check (period_from <= period_to)
);

-- What a company says under all its documents, by language: on paying, on what paying late costs, where it is registered.
create table company_footnote (
  tenant_id uuid not null references tenant,
  company_id uuid not null,
  language text not null,
  position smallint not null check (position >= 1),
  text text not null check (length(text) between 1 and 2000),
  primary key (tenant_id, company_id, language, position),
  foreign key (tenant_id, company_id) references company (tenant_id, id)
);
alter table company_footnote enable row level security;
alter table company_footnote force row level security;
create policy wall on company_footnote using (tenant_id = (select current_tenant()));

do $$ declare t text; begin
  foreach t in array array['invoice_allowance','invoice_content'] loop
    execute format('create trigger %I before update or delete on %I for each statement execute function refuse_change()', t || '_kept', t);
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()',
      t || '_not_truncated', t);
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
