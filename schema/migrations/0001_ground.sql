-- The walls between tenants, people and their keys, and the door's memory: which command was carried out, and what happened.

create extension if not exists btree_gist;
create extension if not exists pg_trgm;

-- The tenant of this transaction; null when none is set, so that nothing is seen.
create function current_tenant() returns uuid language sql stable parallel safe
  return nullif(current_setting('app.tenant_id', true), '')::uuid;

-- The signed-in user of this transaction; null for machines.
create function current_user_id() returns text language sql stable parallel safe
  return nullif(current_setting('app.user_id', true), '');

-- Facts are never changed or deleted, only reversed by further facts.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% of % is refused: recorded facts are reversed by new facts, never changed', tg_op, tg_table_name
    using errcode = 'restrict_violation';
end $$;

create table tenant (
  id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  name text not null check (length(name) between 1 and 200),
  time_zone text not null default 'UTC',
  created_at timestamptz not null default now()
);

create table member (
  tenant_id uuid not null references tenant,
  user_id text not null,
  role text not null check (role in ('owner', 'controller', 'collector', 'cash_applier', 'viewer')),
  created_at timestamptz not null default now(),
  removed_at timestamptz,
  primary key (tenant_id, user_id)
);
create index member_user on member (user_id);

create table api_key (
  tenant_id uuid not null references tenant,
  id uuid not null,
  name text not null check (length(name) between 1 and 100),
  prefix text not null,
  key_hash bytea not null unique,
  role text not null check (role in ('owner', 'controller', 'collector', 'cash_applier', 'viewer')),
  created_by text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_at timestamptz,
  primary key (tenant_id, id)
);

create table command_log (
  tenant_id uuid not null references tenant,
  id uuid not null,
  name text not null,
  input_hash bytea not null,
  actor text not null,
  -- json, not jsonb: a repeat gives the same bytes.
  result json not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id)
);

create table event (
  tenant_id uuid not null references tenant,
  id uuid not null,
  type text not null,
  subject_id uuid not null,
  customer_id uuid,
  actor text not null,
  command_id uuid not null,
  data jsonb not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id)
);
create index event_subject on event (tenant_id, subject_id, id);
create index event_customer on event (tenant_id, customer_id, id) where customer_id is not null;
create trigger event_kept before update or delete on event for each statement execute function refuse_change();
create trigger event_not_truncated before truncate on event for each statement execute function refuse_change();

alter table tenant enable row level security;
alter table tenant force row level security;
create policy wall on tenant using (
  id = (select current_tenant())
  or id in (select m.tenant_id from member m where m.user_id = (select current_user_id()) and m.removed_at is null)
) with check (id = (select current_tenant()));

alter table member enable row level security;
alter table member force row level security;
create policy wall on member using (
  tenant_id = (select current_tenant()) or user_id = (select current_user_id())
) with check (tenant_id = (select current_tenant()));

-- A key is found by its hash before its tenant is known: whoever has the key may see its row.
alter table api_key enable row level security;
alter table api_key force row level security;
create policy wall on api_key using (
  tenant_id = (select current_tenant())
  or key_hash = decode(nullif(current_setting('app.key_hash', true), ''), 'hex')
) with check (tenant_id = (select current_tenant()));

alter table command_log enable row level security;
alter table command_log force row level security;
create policy wall on command_log using (tenant_id = (select current_tenant()));

alter table event enable row level security;
alter table event force row level security;
create policy wall on event using (tenant_id = (select current_tenant()));
