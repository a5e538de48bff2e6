-- A person looked at what would go out and left some of it out: a customer of a company, or one item, from a day to a day, with the
-- reason. What was skipped is a fact; that it was taken back is another.

create table reminder_skip (
  tenant_id uuid not null references tenant,
  id uuid not null,
  company_id uuid not null,
  customer_id uuid not null,
  -- Null: all that this company would tell the customer.
  item_id uuid,
  -- Reminders of these days leave it out, the first and the last included.
  from_on date not null,
  until_on date not null,
  reason text not null check (length(reason) between 1 and 300),
  skipped_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id),
  foreign key (tenant_id, item_id) references open_item (tenant_id, id),
  constraint reminder_skip_days check (until_on between from_on and from_on + 92)
);
create index reminder_skip_customer on reminder_skip (tenant_id, customer_id, until_on);
create index reminder_skip_newest on reminder_skip (tenant_id, recorded_at desc, id desc);

create table reminder_skip_end (
  tenant_id uuid not null references tenant,
  skip_id uuid not null,
  ended_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, skip_id),
  foreign key (tenant_id, skip_id) references reminder_skip (tenant_id, id)
);

do $$ declare t text; begin
  foreach t in array array['reminder_skip', 'reminder_skip_end'] loop
    execute format('create trigger %I before update or delete on %I for each statement execute function refuse_change()', t || '_kept', t);
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', t || '_not_truncated', t);
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;

-- Which reasons there are is the list of the program (LEFT_OUT_REASONS), which grows with what can stop a reminder.
alter table reminder_left_out drop constraint reminder_left_out_reason_check;
alter table reminder_left_out add constraint reminder_left_out_reason_check check (reason ~ '^[a-z][a-z_]{1,39}$');
