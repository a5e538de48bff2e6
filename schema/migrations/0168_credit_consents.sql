-- What a customer said of its money on account: whether it may be applied to the next invoice by itself. The latest counts.
create table credit_consent (
  tenant_id uuid not null references tenant,
  id uuid not null,
  customer_id uuid not null,
  is_given boolean not null,
  -- Who said so at the customer, and when.
  said_by text not null check (length(said_by) between 1 and 200),
  said_on date not null,
  note text check (length(note) between 1 and 500),
  recorded_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id)
);
create index credit_consent_customer on credit_consent (tenant_id, customer_id, recorded_at desc);

-- An application that was made by such a consent.
create table consented_application (
  tenant_id uuid not null references tenant,
  application_id uuid not null,
  consent_id uuid not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, application_id),
  foreign key (tenant_id, application_id) references application (tenant_id, id),
  foreign key (tenant_id, consent_id) references credit_consent (tenant_id, id)
);
create index consented_application_consent on consented_application (tenant_id, consent_id);

do $$ declare t text; begin
  foreach t in array array['credit_consent','consented_application'] loop
    execute format('create trigger %I before update or delete on %I for each statement execute function refuse_change()', t || '_kept', t);
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', t || '_not_truncated', t);
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
