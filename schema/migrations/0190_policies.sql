-- Policies: how the accounts of a segment are asked for what they owe. A set is a version of all of them, as a document; the
-- cadence that was there becomes a set of one policy for everybody, with its id, so that what was said by it stays readable.

create table policy_set (
  tenant_id uuid not null references tenant,
  id uuid not null,
  number integer not null check (number >= 1),
  name text not null check (length(name) between 1 and 100),
  stage text not null check (stage in ('draft', 'live', 'retired')),
  -- The set as its file says it, with its tests.
  file jsonb not null check (jsonb_typeof(file) = 'object'),
  note text not null check (length(note) <= 500),
  made_by text not null,
  made_at timestamptz not null,
  changed_at timestamptz not null,
  live_by text,
  live_at timestamptz,
  retired_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, number),
  constraint policy_set_staged check ((stage = 'draft') = (live_at is null) and (stage = 'retired') = (retired_at is not null)
    and (live_at is null) = (live_by is null))
);
create unique index policy_set_live on policy_set (tenant_id) where stage = 'live';

alter table cadence no force row level security;
alter table cadence_step no force row level security;
insert into policy_set (tenant_id, id, number, name, stage, file, note, made_by, made_at, changed_at, live_by, live_at, retired_at)
select c.tenant_id, c.id, row_number() over (partition by c.tenant_id order by c.created_at, c.id), c.name,
  case when c.replaced_at is null then 'live' else 'retired' end,
  jsonb_build_object('format', 'quittance-policies', 'version', 1, 'name', c.name, 'runsDaily', c.runs_daily, 'runsAt', c.runs_at,
    'policies', jsonb_build_array(jsonb_build_object('code', 'everybody', 'name', c.name, 'segment', 'everybody', 'steps',
      (select jsonb_agg(jsonb_build_object('offsetDays', s.offset_days, 'phase', s.phase, 'template', s.template) order by s.step)
        from cadence_step s where s.tenant_id = c.tenant_id and s.cadence_id = c.id))),
    'tests', '[]'::jsonb),
  '', 'system', c.created_at, c.created_at, 'system', c.created_at, c.replaced_at
from cadence c;

-- A policy of a set that is or was live. What was said names it.
alter table cadence rename to policy;
alter table policy rename constraint cadence_pkey to policy_pkey;
alter table policy rename constraint cadence_tenant_id_fkey to policy_tenant_id_fkey;
drop index cadence_current;
alter table policy add column set_id uuid;
update policy set set_id = id;
alter table policy alter column set_id set not null;
alter table policy add column place smallint not null default 1 check (place >= 1);
alter table policy alter column place drop default;
alter table policy add column code text not null default 'everybody';
alter table policy alter column code drop default;
alter table policy drop column created_at, drop column replaced_at, drop column runs_daily, drop column runs_at;
alter table policy add foreign key (tenant_id, set_id) references policy_set (tenant_id, id);
alter table policy add unique (tenant_id, set_id, place);
alter table policy add unique (tenant_id, set_id, code);

alter table cadence_step rename to policy_step;
alter table policy_step rename column cadence_id to policy_id;
alter table policy_step rename constraint cadence_step_pkey to policy_step_pkey;
alter table policy_step rename constraint cadence_step_phase_check to policy_step_phase_check;
alter table policy_step rename constraint cadence_step_step_check to policy_step_step_check;
alter table policy_step rename constraint cadence_step_tenant_id_fkey to policy_step_tenant_id_fkey;
alter table policy_step rename constraint cadence_step_tenant_id_cadence_id_fkey to policy_step_tenant_id_policy_id_fkey;
alter table policy_step rename constraint cadence_step_tenant_id_cadence_id_offset_days_key
  to policy_step_tenant_id_policy_id_offset_days_key;
alter table policy force row level security;
alter table policy_step force row level security;

-- A step that is repeated is said on several days of the cadence: the day is what is said once, not the step.
alter table reminder_item rename column cadence_id to policy_id;
alter table reminder_item drop constraint reminder_item_pkey;
alter table reminder_item drop constraint reminder_item_offset_days_key;
alter table reminder_item add primary key (tenant_id, item_id, offset_days);
alter table reminder_item rename constraint reminder_item_tenant_id_cadence_id_step_fkey
  to reminder_item_tenant_id_policy_id_step_fkey;
-- When a customer last heard from us.
create index reminder_item_customer on reminder_item (tenant_id, customer_id, run_on desc);

alter table reminder_left_out rename column cadence_id to policy_id;
alter table reminder_left_out rename constraint reminder_left_out_tenant_id_cadence_id_step_fkey
  to reminder_left_out_tenant_id_policy_id_step_fkey;
alter table reminder_left_out drop constraint reminder_left_out_reason_check;
alter table reminder_left_out add constraint reminder_left_out_reason_check check (reason in ('on_hold', 'in_dispute',
  'not_posted', 'promised', 'covered_by_credit', 'no_email', 'closed', 'said_later_step', 'too_soon', 'below_minimum', 'for_person'));

-- What a set says is changed while it is a draft, and never after; then it only moves on.
create function policy_set_kept() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    if old.stage <> 'draft' then raise exception 'a set of policies that went live is kept'; end if;
    return old;
  end if;
  if (new.tenant_id, new.id, new.number, new.made_by, new.made_at) is distinct from
    (old.tenant_id, old.id, old.number, old.made_by, old.made_at) then raise exception 'who made a set of policies is kept'; end if;
  if old.stage <> 'draft' and (new.file, new.name, new.note, new.live_at, new.live_by) is distinct from
    (old.file, old.name, old.note, old.live_at, old.live_by) then raise exception 'what a set of policies said is kept'; end if;
  if (old.stage, new.stage) not in (('draft', 'draft'), ('draft', 'live'), ('live', 'retired')) then
    raise exception 'a set of policies goes from draft to live to retired';
  end if;
  return new;
end $$;
create trigger policy_set_kept before update or delete on policy_set for each row execute function policy_set_kept();
create trigger policy_set_not_truncated before truncate on policy_set for each statement execute function refuse_change();
do $$ declare t text; begin
  foreach t in array array['policy', 'policy_step'] loop
    execute format('create trigger %I before update or delete on %I for each statement execute function refuse_change()', t || '_kept', t);
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()',
      t || '_not_truncated', t);
  end loop;
end $$;
alter table policy_set enable row level security;
alter table policy_set force row level security;
create policy wall on policy_set using (tenant_id = (select current_tenant()));
