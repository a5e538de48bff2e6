-- Decisions that need a second person: what the rules say, what was asked for in its exact words, and who decided.

-- The rules for one kind of decision, each change a version of its own.
create table approval_policy (
  tenant_id uuid not null references tenant,
  kind text not null check (kind ~ '^[a-z][a-z_]*(\.[a-z][a-z_]*)?$'),
  version integer not null check (version >= 1),
  rules jsonb not null,
  recorded_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, kind, version)
);

create table approval (
  tenant_id uuid not null references tenant,
  id uuid not null,
  operation text not null,
  kind text not null,
  -- A request past its expires_at has expired, whatever stands here.
  state text not null check (state in ('requested', 'carried_out', 'rejected', 'withdrawn', 'failed')),
  version integer not null check (version >= 1),
  requested_by text not null,
  -- The person behind the request: for a key, who made the key. Null where no person is.
  requester_id text,
  customer_id uuid,
  requested_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > requested_at),
  -- Roles whose decision is awaited now; none once it has ended.
  waiting_roles text[] not null,
  -- Under this id the command is carried out; the log of commands holds each id once.
  command_id uuid not null,
  ended_at timestamptz,
  -- What the command answered, or which refusal it met.
  outcome jsonb,
  primary key (tenant_id, id),
  unique (tenant_id, command_id),
  constraint approval_ended check ((state = 'requested') = (ended_at is null)),
  constraint approval_waits check ((state = 'requested') = (waiting_roles <> '{}'))
);
create index approval_waiting on approval (tenant_id, expires_at, id) where state = 'requested';
create index approval_requester on approval (tenant_id, requester_id, id);

-- What was asked for. A change makes a new version, which is decided anew.
create table approval_version (
  tenant_id uuid not null references tenant,
  approval_id uuid not null,
  version integer not null check (version >= 1),
  -- The request of the operation, word for word.
  request jsonb not null,
  -- What it is about: kind, amounts, and the parts they are made of.
  matter jsonb not null,
  -- What it would have answered when it was asked for.
  rehearsal jsonb not null,
  reason text not null,
  -- SHA-256 of operation, request and matter. Who decides names it.
  content_hash bytea not null check (octet_length(content_hash) = 32),
  -- Who has to decide, as the rules said then.
  route jsonb not null,
  policy_kind text,
  policy_version integer,
  recorded_at timestamptz not null,
  primary key (tenant_id, approval_id, version),
  foreign key (tenant_id, approval_id) references approval (tenant_id, id),
  foreign key (tenant_id, policy_kind, policy_version) references approval_policy (tenant_id, kind, version)
);

-- A person decides once about a version.
create table approval_decision (
  tenant_id uuid not null references tenant,
  approval_id uuid not null,
  version integer not null,
  decided_by text not null,
  -- For whom, where duties were delegated.
  on_behalf_of text,
  step smallint not null check (step >= 1),
  verdict text not null check (verdict in ('approved', 'rejected')),
  note text,
  content_hash bytea not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, approval_id, version, decided_by),
  foreign key (tenant_id, approval_id, version) references approval_version (tenant_id, approval_id, version)
);

-- Who decides for whom, from one day to another.
create table delegation (
  tenant_id uuid not null references tenant,
  id uuid not null,
  from_user text not null,
  to_user text not null check (to_user <> from_user),
  starts_on date not null,
  ends_on date not null check (ends_on >= starts_on),
  reason text not null,
  created_by text not null,
  created_at timestamptz not null,
  -- Ended before its time.
  ended_at timestamptz,
  primary key (tenant_id, id)
);
create index delegation_to on delegation (tenant_id, to_user, ends_on) where ended_at is null;

create function approval_kept() returns trigger language plpgsql as $$
begin
  if old.ended_at is not null then
    raise exception 'an approval that has ended is never changed' using errcode = 'restrict_violation';
  end if;
  if row(new.operation, new.requested_by, new.requester_id, new.requested_at, new.command_id)
     is distinct from row(old.operation, old.requested_by, old.requester_id, old.requested_at, old.command_id) then
    raise exception 'who asked for what is never changed' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger approval_kept before update on approval for each row execute function approval_kept();

do $$ declare t text; begin
  foreach t in array array['approval_policy','approval_version','approval_decision'] loop
    execute format('create trigger %I before update or delete on %I for each statement execute function refuse_change()', t || '_kept', t);
  end loop;
  foreach t in array array['approval','delegation'] loop
    execute format('create trigger %I before delete on %I for each statement execute function refuse_change()', t || '_not_deleted', t);
  end loop;
  foreach t in array array['approval_policy','approval','approval_version','approval_decision','delegation'] loop
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', t || '_not_truncated', t);
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
