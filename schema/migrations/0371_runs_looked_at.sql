-- A run that a person started by what they saw says exactly that: what each customer would be told is kept with it, and who would be
-- told something else by the time is passed over and shown.
alter table reminder_run add column looked_at boolean not null default false;
alter table reminder_run add column changed integer not null default 0 check (changed >= 0);
alter table reminder_run add column appeared integer not null default 0 check (appeared >= 0);

create table reminder_run_line (
  tenant_id uuid not null references tenant,
  run_id uuid not null,
  customer_id uuid not null,
  -- What was seen, as canonical JSON: each message with its way, reader, template and items with what was open of them.
  line text not null check (length(line) between 2 and 1000000),
  primary key (tenant_id, run_id, customer_id),
  foreign key (tenant_id, run_id) references reminder_run (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id)
);
create trigger reminder_run_line_kept before update or delete on reminder_run_line for each statement execute function refuse_change();
create trigger reminder_run_line_not_truncated before truncate on reminder_run_line for each statement execute function refuse_change();
alter table reminder_run_line enable row level security;
alter table reminder_run_line force row level security;
create policy wall on reminder_run_line using (tenant_id = (select current_tenant()));
