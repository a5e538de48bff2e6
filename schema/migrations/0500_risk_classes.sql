-- What people say of the risk that a customer does not pay: the last word counts, and one without a class goes back to what is reckoned
-- from how the customer paid.
create table risk_class (
  tenant_id uuid not null references tenant,
  id uuid not null,
  customer_id uuid not null,
  class text check (class in ('low', 'medium', 'high')),
  note text not null check (length(note) <= 500),
  stated_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id)
);
create index risk_class_customer on risk_class (tenant_id, customer_id, recorded_at desc, id desc);
create trigger risk_class_kept before update or delete on risk_class for each statement execute function refuse_change();
create trigger risk_class_not_truncated before truncate on risk_class for each statement execute function refuse_change();
alter table risk_class enable row level security;
alter table risk_class force row level security;
create policy wall on risk_class using (tenant_id = (select current_tenant()));
