-- A later promise takes the place of an earlier one for the items it is about; about the others the earlier one stands.

create table promise_item_end (
  tenant_id uuid not null references tenant,
  promise_id uuid not null,
  item_id uuid not null,
  replaced_by uuid not null,
  ended_on date not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, promise_id, item_id),
  foreign key (tenant_id, promise_id) references promise (tenant_id, id),
  foreign key (tenant_id, item_id) references open_item (tenant_id, id),
  foreign key (tenant_id, replaced_by) references promise (tenant_id, id),
  constraint promise_item_end_by_another check (replaced_by <> promise_id)
);

create trigger promise_item_end_kept before update or delete on promise_item_end for each statement execute function refuse_change();
create trigger promise_item_end_not_truncated before truncate on promise_item_end for each statement execute function refuse_change();
alter table promise_item_end enable row level security;
alter table promise_item_end force row level security;
create policy wall on promise_item_end using (tenant_id = (select current_tenant()));
