-- That a call was made although a rule pack spoke against it: what did, and why it was made all the same.
create table call_override (
  tenant_id uuid not null references tenant,
  call_id uuid not null,
  bars jsonb not null,
  reason text not null check (length(reason) between 1 and 500),
  decided_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, call_id),
  foreign key (tenant_id, call_id) references call (tenant_id, id)
);
create trigger call_override_kept before update or delete on call_override for each statement execute function refuse_change();
create trigger call_override_not_truncated before truncate on call_override for each statement execute function refuse_change();
alter table call_override enable row level security;
alter table call_override force row level security;
create policy wall on call_override using (tenant_id = (select current_tenant()));
