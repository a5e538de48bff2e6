-- The calls by which tasks were done: one noted in the act that closed the task, or one noted on that day before.
create table task_call (
  tenant_id uuid not null references tenant,
  act_id uuid not null,
  call_id uuid not null,
  -- Noted by the act itself, and taken back with it.
  is_own boolean not null,
  primary key (tenant_id, act_id, call_id),
  foreign key (tenant_id, call_id) references call (tenant_id, id)
);

do $$ begin
  create trigger task_call_kept before update or delete on task_call for each statement execute function refuse_change();
  create trigger task_call_not_truncated before truncate on task_call for each statement execute function refuse_change();
  alter table task_call enable row level security;
  alter table task_call force row level security;
  create policy wall on task_call using (tenant_id = (select current_tenant()));
end $$;
