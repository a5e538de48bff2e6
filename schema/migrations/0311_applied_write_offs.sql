-- What a payment left open of an item was written off in the same act. The write-off goes when the application is taken back.
create table applied_write_off (
  tenant_id uuid not null references tenant,
  write_off_id uuid not null,
  payment_id uuid not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, write_off_id),
  foreign key (tenant_id, write_off_id) references write_off (tenant_id, id),
  foreign key (tenant_id, payment_id) references payment (tenant_id, id)
);
create index applied_write_off_payment on applied_write_off (tenant_id, payment_id);

-- Its items, each with the application it went with.
create table applied_write_off_item (
  tenant_id uuid not null references tenant,
  write_off_id uuid not null,
  application_id uuid not null,
  primary key (tenant_id, write_off_id, application_id),
  foreign key (tenant_id, write_off_id) references applied_write_off (tenant_id, write_off_id),
  foreign key (tenant_id, application_id) references application (tenant_id, id)
);
create index applied_write_off_item_application on applied_write_off_item (tenant_id, application_id);

do $$ declare t text; begin
  foreach t in array array['applied_write_off', 'applied_write_off_item'] loop
    execute format('create trigger %I before update or delete on %I for each statement execute function refuse_change()', t || '_kept', t);
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', t || '_not_truncated', t);
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
