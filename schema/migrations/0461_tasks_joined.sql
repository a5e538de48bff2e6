-- Steps of a customer that wait for a person are one task: what joins the step later is joined to it, what drops out is left out of it.
-- A task whose steps went on meanwhile, by a message or by somebody else, is closed as superseded.
create or replace function task_kept() returns trigger language plpgsql as $$
declare free text[] := '{state,assigned_to,assigned_how,snoozed_until,outcome,due_at,escalate_at,escalated_at,closed_at,change_id}';
begin
  if old.kind = 'step_for_person' and old.state = 'open' then free := free || '{seen,currency,amount_minor}'; end if;
  if to_jsonb(new) - free is distinct from to_jsonb(old) - free then
    raise exception 'what a task is about does not change' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

alter table task drop constraint task_outcome_check;
alter table task add constraint task_outcome_check
  check (outcome in ('done', 'called', 'visited', 'written', 'skipped', 'superseded'));
alter table task_change drop constraint task_change_kind_check;
-- `items`: items joined its step or dropped out of it. `routed`: whoever had it is no member any more.
alter table task_change add constraint task_change_kind_check
  check (kind in ('done', 'snoozed', 'assigned', 'undone', 'gone', 'back', 'escalated', 'items', 'routed'));
create index task_open_steps on task (tenant_id, company_id, customer_id) where state = 'open' and kind = 'step_for_person';

-- By which act steps were noted as done, so that undoing it takes back what it noted and nothing else.
alter table step_act add column act_id uuid;
create index step_act_act on step_act (tenant_id, act_id) where act_id is not null;
