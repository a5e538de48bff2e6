-- A run knows the set of policies it was started under. One that a person approved says the steps of that set alone, since
-- those are what was looked at: where another is in force by the time, it ends, with the reason.
alter table reminder_run add column set_id uuid;
alter table reminder_run add foreign key (tenant_id, set_id) references policy_set (tenant_id, id);
alter table reminder_run add column stopped_for text check (stopped_for = 'policies_replaced');
alter table reminder_run add constraint reminder_run_stopped check (stopped_for is null or (approved and finished_at is not null));

-- How often a draft was given another file: whoever changes it names the one that was read.
alter table policy_set add column revision integer not null default 1 check (revision >= 1);
alter table policy_set alter column revision drop default;

-- A day in the shadow is one of a file: of one that was changed since, it is said. 0 is a file before the first that was counted.
alter table shadow_day no force row level security;
alter table policy_set no force row level security;
alter table shadow_day disable trigger shadow_day_kept;
alter table shadow_day add column revision integer not null default 1 check (revision >= 0);
alter table shadow_day alter column revision drop default;
update shadow_day d set revision = 0
  from policy_set s where s.tenant_id = d.tenant_id and s.id = d.set_id and d.recorded_at < s.changed_at;
alter table shadow_day enable trigger shadow_day_kept;
alter table shadow_day drop constraint shadow_day_pkey;
alter table shadow_day add primary key (tenant_id, set_id, company_id, on_day, revision);
alter table shadow_day force row level security;
alter table policy_set force row level security;
