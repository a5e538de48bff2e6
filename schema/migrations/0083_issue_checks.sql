-- Checks before an invoice is issued: what a company looks at, what one customer wants otherwise, and what was found and issued
-- all the same.

-- A version of the rules. The latest counts: of a company for all its invoices, of a customer for what it states itself.
create table check_rules (
  tenant_id uuid not null references tenant,
  id uuid not null,
  company_id uuid,
  customer_id uuid,
  -- Check to mode and measure; what is left out goes by the company, or by what everybody starts with.
  rules jsonb not null check (jsonb_typeof(rules) = 'object'),
  recorded_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id),
  constraint check_rules_of_one check ((company_id is null) <> (customer_id is null))
);
create index check_rules_company on check_rules (tenant_id, company_id, recorded_at desc) where company_id is not null;
create index check_rules_customer on check_rules (tenant_id, customer_id, recorded_at desc) where customer_id is not null;

-- A warning in spite of which an invoice was issued.
create table issue_finding (
  tenant_id uuid not null references tenant,
  invoice_id uuid not null,
  finding_no smallint not null check (finding_no >= 1),
  check_code text not null check (check_code ~ '^[a-z_]{2,30}$'),
  field text not null,
  message text not null check (length(message) between 1 and 500),
  -- Who saw it and issued all the same; null where nobody was asked, as in a run.
  accepted_by text,
  recorded_at timestamptz not null,
  primary key (tenant_id, invoice_id, finding_no),
  foreign key (tenant_id, invoice_id) references invoice (tenant_id, id)
);

-- Invoices of a customer over the same total, to see whether one is asked for twice.
create index invoice_alike on invoice (tenant_id, customer_id, total_minor);

do $$ declare t text; begin
  foreach t in array array['check_rules','issue_finding'] loop
    execute format('create trigger %I before update or delete on %I for each statement execute function refuse_change()', t || '_kept', t);
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()',
      t || '_not_truncated', t);
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
