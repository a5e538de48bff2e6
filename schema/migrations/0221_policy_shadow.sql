-- A set of policies can be planned beside the one in force: it says nothing, and what it would have said is kept.

alter table policy_set drop constraint policy_set_stage_check;
alter table policy_set add constraint policy_set_stage_check check (stage in ('draft', 'shadow', 'live', 'retired'));
alter table policy_set drop constraint policy_set_staged;
alter table policy_set add constraint policy_set_staged check ((stage in ('draft', 'shadow')) = (live_at is null)
  and (stage = 'retired') = (retired_at is not null) and (live_at is null) = (live_by is null));
create unique index policy_set_shadow on policy_set (tenant_id) where stage = 'shadow';

create or replace function policy_set_kept() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    if old.stage <> 'draft' then raise exception 'a set of policies that was tried or went live is kept'; end if;
    return old;
  end if;
  if (new.tenant_id, new.id, new.number, new.made_by, new.made_at) is distinct from
    (old.tenant_id, old.id, old.number, old.made_by, old.made_at) then raise exception 'who made a set of policies is kept'; end if;
  if old.stage <> 'draft' and (new.file, new.name, new.note) is distinct from (old.file, old.name, old.note) then
    raise exception 'what a set of policies said is kept';
  end if;
  if old.stage not in ('draft', 'shadow') and (new.live_at, new.live_by) is distinct from (old.live_at, old.live_by) then
    raise exception 'what a set of policies said is kept';
  end if;
  if (old.stage, new.stage) not in (('draft', 'draft'), ('draft', 'shadow'), ('shadow', 'draft'), ('draft', 'live'), ('shadow', 'live'),
    ('live', 'retired')) then
    raise exception 'a set of policies goes from draft, perhaps by way of a shadow, to live to retired';
  end if;
  return new;
end $$;

-- What a set in the shadow would have said on a day, beside the set that was in force: counts, and some of the differences.
create table shadow_day (
  tenant_id uuid not null references tenant,
  set_id uuid not null,
  company_id uuid not null,
  on_day date not null,
  summary jsonb not null check (jsonb_typeof(summary) = 'object'),
  recorded_at timestamptz not null,
  primary key (tenant_id, set_id, company_id, on_day),
  foreign key (tenant_id, set_id) references policy_set (tenant_id, id) on delete cascade,
  foreign key (tenant_id, company_id) references company (tenant_id, id)
);
create trigger shadow_day_kept before update on shadow_day for each statement execute function refuse_change();
create trigger shadow_day_not_truncated before truncate on shadow_day for each statement execute function refuse_change();
alter table shadow_day enable row level security;
alter table shadow_day force row level security;
create policy wall on shadow_day using (tenant_id = (select current_tenant()));
