-- The send gate: what a tenant asks before a reminder leaves, and what was seen each time one was about to.

-- The latest statement counts. Empty: not asked for.
create table gate_setting (
  tenant_id uuid not null references tenant,
  id uuid not null,
  -- Hours of bank business that the data of an account may be old.
  fresh_hours integer check (fresh_hours between 1 and 720),
  -- What happens where a company has no bank data at all.
  without_bank text not null check (without_bank in ('send', 'hold')),
  -- Bank accounts that nobody waits for: closed ones, or ones that no customer pays to.
  unwatched uuid[] not null,
  contacts_max integer check (contacts_max between 1 and 1000),
  contacts_days integer check (contacts_days between 1 and 366),
  -- One sign for each hour of a week from Monday 0:00 on, 1 where messages may leave; the customer's own time.
  open_hours text check (open_hours ~ '^[01]{168}$'),
  quiet_holidays text not null check (quiet_holidays in ('none', 'company', 'customer', 'both')),
  -- Rule packs that are kept, by their codes.
  packs text[] not null,
  stated_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  constraint gate_contacts check ((contacts_max is null) = (contacts_days is null))
);
create index gate_setting_latest on gate_setting (tenant_id, recorded_at desc, id desc);

-- What the gate saw and said. One for each handing over, and one each time a message waits for a reason it did not wait for before.
create table gate_result (
  tenant_id uuid not null references tenant,
  id uuid not null,
  message_id uuid not null,
  attempt_no smallint,
  verdict text not null check (verdict in ('passed', 'waits', 'dropped')),
  reason text check (length(reason) between 1 and 100),
  waits_until timestamptz,
  checks jsonb not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, message_id) references message (tenant_id, id),
  constraint gate_result_passed check ((verdict = 'passed') = (attempt_no is not null)),
  constraint gate_result_waits check ((verdict = 'waits') = (waits_until is not null))
);
create unique index gate_result_once on gate_result (tenant_id, message_id, attempt_no) where attempt_no is not null;
create index gate_result_message on gate_result (tenant_id, message_id, recorded_at desc);

do $$ declare t text; begin
  foreach t in array array['gate_setting', 'gate_result'] loop
    execute format('create trigger %I before update or delete on %I for each statement execute function refuse_change()', t || '_kept', t);
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', t || '_not_truncated', t);
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;

-- Receipts of a bank's announcements that no statement has booked yet are looked for by their bank account and day.
create index announcement_waiting on announcement (tenant_id, bank_account_id, booked_on);

-- A reminder leaves an item out that money which waits could pay.
do $$ declare known text; begin
  select pg_get_constraintdef(oid) into strict known from pg_constraint
    where conname = 'reminder_left_out_reason_check' and conrelid = 'reminder_left_out'::regclass;
  alter table reminder_left_out drop constraint reminder_left_out_reason_check;
  execute format('alter table reminder_left_out add constraint reminder_left_out_reason_check %s',
    replace(known, 'ARRAY[', 'ARRAY[''money_waits''::text, '));
end $$;
