-- How long money received may wait before it is applied: whose it is to apply, what a company allows, and who was told that it waited
-- too long.

create table receipt_owner (
  tenant_id uuid not null references tenant,
  id uuid not null,
  payment_id uuid not null,
  -- Who is to apply it; null: nobody any more. The latest counts.
  user_id text,
  assigned_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, payment_id) references payment (tenant_id, id)
);
create index receipt_owner_payment on receipt_owner (tenant_id, payment_id, recorded_at desc);

create table clock_setting (
  tenant_id uuid not null references tenant,
  id uuid not null,
  company_id uuid not null,
  apply_hours integer not null check (apply_hours between 1 and 720),
  escalate_hours integer not null check (escalate_hours between 1 and 2160),
  -- `business`: hours of days without business, by the calendar of the company's country and the tenant's own days, do not count.
  counts text not null check (counts in ('business', 'all')),
  stated_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  constraint clock_setting_order check (escalate_hours >= apply_hours)
);
create index clock_setting_company on clock_setting (tenant_id, company_id, recorded_at desc);

-- Once for each receipt, however long it waits.
create table receipt_escalation (
  tenant_id uuid not null references tenant,
  payment_id uuid not null,
  waited_hours integer not null check (waited_hours >= 0),
  owner_id text,
  recorded_at timestamptz not null,
  primary key (tenant_id, payment_id),
  foreign key (tenant_id, payment_id) references payment (tenant_id, id)
);

-- Written before the mail is handed over, and taken away again only where it surely was not taken over.
create table escalation_notice (
  tenant_id uuid not null references tenant,
  payment_id uuid not null,
  user_id text not null,
  told_at timestamptz not null,
  primary key (tenant_id, payment_id, user_id),
  foreign key (tenant_id, payment_id) references receipt_escalation (tenant_id, payment_id)
);
create trigger escalation_notice_kept before update on escalation_notice for each statement execute function refuse_change();

do $$ declare t text; begin
  foreach t in array array['receipt_owner','clock_setting','receipt_escalation'] loop
    execute format('create trigger %I before update or delete on %I for each statement execute function refuse_change()', t || '_kept', t);
  end loop;
  foreach t in array array['receipt_owner','clock_setting','receipt_escalation','escalation_notice'] loop
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', t || '_not_truncated', t);
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
