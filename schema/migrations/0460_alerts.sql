-- Alerts to our own people: how each wants them, and what was told to whom, so that nothing is told twice.

-- At which hour of the tenant's day somebody's mail of the day comes, and which kinds they do not want; the latest of a member counts.
create table alert_setting (
  tenant_id uuid not null references tenant,
  id uuid not null,
  user_id text not null,
  hour smallint not null check (hour between 0 and 23),
  off text[] not null,
  stated_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id)
);
create index alert_setting_user on alert_setting (tenant_id, user_id, recorded_at desc, id desc);
create trigger alert_setting_kept before update or delete on alert_setting for each statement execute function refuse_change();

-- Written before the mail is handed over, and taken away again only where it surely was not taken over. `digest` stands for the mail of a day.
create table alert_notice (
  tenant_id uuid not null references tenant,
  user_id text not null,
  kind text not null check (kind in ('task_assigned', 'task_nobodys', 'task_escalated', 'promise_broken', 'due', 'breach', 'digest')),
  subject text not null check (length(subject) between 1 and 200),
  told_at timestamptz not null,
  primary key (tenant_id, user_id, kind, subject)
);
create trigger alert_notice_kept before update on alert_notice for each statement execute function refuse_change();

do $$ declare t text; begin
  foreach t in array array['alert_setting', 'alert_notice'] loop
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', t || '_not_truncated', t);
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
