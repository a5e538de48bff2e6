-- Calls: what was said with a customer by telephone, in person or another way that leaves no message. Facts: a call that was noted wrongly is
-- corrected by another row.

create table call (
  tenant_id uuid not null references tenant,
  id uuid not null,
  customer_id uuid not null,
  -- In whose name; empty where it was about several companies.
  company_id uuid,
  direction text not null check (direction in ('out', 'in')),
  way text not null check (way in ('phone', 'visit', 'video', 'other')),
  contact_id uuid,
  spoke_with text check (length(spoke_with) between 1 and 200),
  number text check (length(number) between 1 and 50),
  outcome text not null check (outcome in
    ('reached', 'no_answer', 'voicemail', 'wrong_number', 'promised', 'disputed', 'refused', 'call_back')),
  note text check (length(note) between 1 and 2000),
  -- The day on which the customer is to be looked at again.
  next_on date,
  called_on date not null,
  promise_id uuid,
  dispute_id uuid,
  recorded_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  foreign key (tenant_id, contact_id) references contact (tenant_id, id),
  foreign key (tenant_id, promise_id) references promise (tenant_id, id),
  foreign key (tenant_id, dispute_id) references dispute (tenant_id, id),
  constraint call_promised check ((outcome = 'promised') = (promise_id is not null)),
  constraint call_disputed check ((outcome = 'disputed') = (dispute_id is not null)),
  constraint call_back_day check (outcome <> 'call_back' or next_on is not null),
  constraint call_wrong_number check (outcome <> 'wrong_number' or number is not null)
);
create index call_customer on call (tenant_id, customer_id, recorded_at desc);
create index call_newest on call (tenant_id, recorded_at desc, id desc);
create index call_wrong on call (tenant_id, contact_id) where outcome = 'wrong_number';

-- The items a call was about, where it was not about everything.
create table call_item (
  tenant_id uuid not null references tenant,
  call_id uuid not null,
  item_id uuid not null,
  primary key (tenant_id, call_id, item_id),
  foreign key (tenant_id, call_id) references call (tenant_id, id),
  foreign key (tenant_id, item_id) references open_item (tenant_id, id)
);

-- That a call was noted wrongly: another stands in its place, or none.
create table call_correction (
  tenant_id uuid not null references tenant,
  call_id uuid not null,
  replaced_by uuid,
  note text not null check (length(note) between 1 and 1000),
  corrected_by text not null,
  recorded_at timestamptz not null,
  constraint call_correction_once primary key (tenant_id, call_id),
  foreign key (tenant_id, call_id) references call (tenant_id, id),
  foreign key (tenant_id, replaced_by) references call (tenant_id, id),
  check (replaced_by <> call_id)
);

-- The address that a click on a number opens, with a place for the number; the latest counts.
create table soft_phone (
  tenant_id uuid not null references tenant,
  id uuid not null,
  template text not null check (length(template) between 1 and 300 and position('{number}' in template) > 0),
  stated_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id)
);

do $$ declare t text; begin
  foreach t in array array['call', 'call_item', 'call_correction', 'soft_phone'] loop
    execute format('create trigger %I before update or delete on %I for each statement execute function refuse_change()', t || '_kept', t);
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', t || '_not_truncated', t);
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
