-- How often a task changed, so that nobody acts on one as it was before a colleague did. That it escalated is no change of what is to be done.
alter table task add column revision int not null default 1 check (revision >= 1);

create or replace function task_kept() returns trigger language plpgsql as $$
declare
  free text[] := '{state,assigned_to,assigned_how,snoozed_until,outcome,due_at,escalate_at,escalated_at,closed_at,change_id,revision}';
begin
  if old.kind = 'step_for_person' and old.state = 'open' then free := free || '{seen,currency,amount_minor}'; end if;
  if to_jsonb(new) - free is distinct from to_jsonb(old) - free then
    raise exception 'what a task is about does not change' using errcode = 'restrict_violation';
  end if;
  new.revision := old.revision + ((new.state, new.assigned_to, new.assigned_how, new.snoozed_until, new.outcome, new.seen)
    is distinct from (old.state, old.assigned_to, old.assigned_how, old.snoozed_until, old.outcome, old.seen))::int;
  return new;
end $$;
