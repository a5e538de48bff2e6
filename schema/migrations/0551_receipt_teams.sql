-- Teams that apply receipts: a receipt may wait for a team instead of a person, and escalates to its lead.

create table receipt_team (
  tenant_id uuid not null references tenant,
  id uuid not null,
  made_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id)
);

-- What was said of a team; the latest version counts.
create table receipt_team_version (
  tenant_id uuid not null references tenant,
  team_id uuid not null,
  version integer not null check (version > 0),
  name text not null check (length(name) between 1 and 100),
  lead_id text not null,
  -- With the lead.
  member_ids text[] not null check (cardinality(member_ids) between 1 and 200 and lead_id = any(member_ids)),
  -- It is given nothing any more, and what it has is nobody's.
  is_ended boolean not null,
  stated_by text not null,
  recorded_at timestamptz not null,
  constraint receipt_team_version_once primary key (tenant_id, team_id, version),
  foreign key (tenant_id, team_id) references receipt_team (tenant_id, id)
);

alter table receipt_owner add column team_id uuid;
alter table receipt_owner add constraint receipt_owner_team foreign key (tenant_id, team_id) references receipt_team (tenant_id, id);
alter table receipt_owner add constraint receipt_owner_one check (user_id is null or team_id is null);
alter table receipt_escalation add column team_id uuid;

do $$ declare t text; begin
  foreach t in array array['receipt_team','receipt_team_version'] loop
    execute format('create trigger %I before update or delete on %I for each statement execute function refuse_change()', t || '_kept', t);
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', t || '_not_truncated', t);
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
