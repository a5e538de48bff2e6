-- Reminders that should not have been sent, found afterwards. Facts: one for what was said of a subject in a message and each kind.

create table breach (
  tenant_id uuid not null references tenant,
  id uuid not null,
  message_id uuid not null,
  -- The item that was asked for wrongly, or the message where it was wrong as a whole.
  subject_id uuid not null,
  kind text not null check (kind in ('paid', 'overstated', 'promised', 'disputed', 'held', 'stopped_address', 'too_many', 'quiet_hour',
    'twice', 'not_judged')),
  -- Whether what speaks against it was recorded before it left.
  was_knowable boolean not null,
  seen jsonb not null,
  handed_over_at timestamptz not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, message_id) references message (tenant_id, id),
  constraint breach_once unique (tenant_id, message_id, subject_id, kind)
);
create index breach_newest on breach (tenant_id, handed_over_at desc, id desc);

-- When they were last looked for, and how many messages were looked at; rows are never changed.
create table breach_search (
  tenant_id uuid not null references tenant,
  id uuid not null,
  since timestamptz not null,
  messages integer not null check (messages >= 0),
  found integer not null check (found >= 0),
  recorded_at timestamptz not null,
  primary key (tenant_id, id)
);
create index breach_search_newest on breach_search (tenant_id, recorded_at desc);

create index message_attempt_started on message_attempt (tenant_id, started_at);

do $$ declare t text; begin
  foreach t in array array['breach', 'breach_search'] loop
    execute format('create trigger %I before update or delete on %I for each statement execute function refuse_change()', t || '_kept', t);
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', t || '_not_truncated', t);
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
