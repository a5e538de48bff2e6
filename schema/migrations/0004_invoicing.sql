-- Invoices and credit notes: immutable once issued, numbered at issue without gaps per company, kind and series.

create table invoice (
  tenant_id uuid not null references tenant,
  id uuid not null,
  kind text not null check (kind in ('invoice', 'credit_note')),
  company_id uuid not null,
  customer_id uuid not null,
  number text not null check (length(number) between 1 and 64),
  -- Null for documents taken over from another system, which have numbers of their own.
  series text,
  series_number bigint,
  external_id text,
  issued_on date not null,
  due_on date not null,
  currency char(3) not null,
  net_minor bigint not null check (net_minor >= 0),
  tax_minor bigint not null check (tax_minor >= 0),
  total_minor bigint not null check (total_minor > 0),
  rate numeric(24, 12) not null default 1 check (rate > 0),
  functional_minor bigint not null check (functional_minor >= 0),
  purchase_order text,
  payment_reference text,
  note text,
  -- A credit note's invoice, and why it was given.
  corrects_id uuid,
  reason text,
  batch_id uuid,
  recorded_at timestamptz not null,
  voided_on date,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id),
  foreign key (tenant_id, corrects_id) references invoice (tenant_id, id),
  constraint invoice_total check (total_minor = net_minor + tax_minor),
  constraint invoice_numbered check ((series is null) = (series_number is null)),
  constraint invoice_reason check (kind = 'invoice' or reason is not null or batch_id is not null)
);
create unique index invoice_series_number on invoice (tenant_id, company_id, kind, series, series_number) where series is not null;
create unique index invoice_number on invoice (tenant_id, company_id, kind, number) where voided_on is null;
create unique index invoice_external_id on invoice (tenant_id, company_id, external_id) where external_id is not null and voided_on is null;
create index invoice_customer on invoice (tenant_id, customer_id, issued_on);
create index invoice_issued on invoice (tenant_id, company_id, issued_on) include (kind, functional_minor, voided_on);
create index invoice_batch on invoice (tenant_id, batch_id) where batch_id is not null;

create table invoice_line (
  tenant_id uuid not null references tenant,
  invoice_id uuid not null,
  line_no smallint not null check (line_no >= 1),
  description text not null,
  quantity numeric not null,
  unit text,
  unit_price numeric not null,
  tax_category text not null,
  tax_percent numeric(7, 4) not null check (tax_percent >= 0),
  net_minor bigint not null,
  primary key (tenant_id, invoice_id, line_no),
  foreign key (tenant_id, invoice_id) references invoice (tenant_id, id)
);

create table invoice_tax (
  tenant_id uuid not null references tenant,
  invoice_id uuid not null,
  tax_category text not null,
  tax_percent numeric(7, 4) not null,
  net_minor bigint not null,
  tax_minor bigint not null,
  primary key (tenant_id, invoice_id, tax_category, tax_percent),
  foreign key (tenant_id, invoice_id) references invoice (tenant_id, id)
);

create function invoice_content_kept() returns trigger language plpgsql as $$
begin
  if old.voided_on is not null or new.voided_on is null
     or to_jsonb(new) - 'voided_on' is distinct from to_jsonb(old) - 'voided_on' then
    raise exception 'an issued invoice is never changed; credit it or void it' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger invoice_content_kept before update on invoice for each row execute function invoice_content_kept();
create trigger invoice_not_deleted before delete on invoice for each statement execute function refuse_change();
create trigger invoice_not_truncated before truncate on invoice for each statement execute function refuse_change();

do $$ declare t text; begin
  foreach t in array array['invoice_line','invoice_tax'] loop
    execute format('create trigger %I before update or delete on %I for each statement execute function refuse_change()', t || '_kept', t);
  end loop;
  foreach t in array array['invoice','invoice_line','invoice_tax'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
