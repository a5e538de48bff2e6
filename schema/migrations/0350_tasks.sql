-- Tasks: what one person is to do about one cause, by when. Made by rules, once for each cause, or by a person. A task is closed by whoever
-- did it, or by itself once its cause is gone; all that happened to it are facts.

-- Which causes make tasks, within how many hours of business they are to be done, and how long one takes; the latest counts.
create table task_rules (
  tenant_id uuid not null references tenant,
  id uuid not null,
  number int not null check (number >= 1),
  rules jsonb not null,
  stated_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  constraint task_rules_number unique (tenant_id, number)
);

create table task (
  tenant_id uuid not null references tenant,
  id uuid not null,
  kind text not null check (kind in ('due_today', 'high_due', 'broken_promise', 'bounce', 'step_for_person', 'reply_waits', 'hold_ends',
    'dispute_waits', 'manual')),
  -- What it was made for, so that there is one task for each cause.
  cause text not null check (length(cause) between 1 and 200),
  company_id uuid,
  customer_id uuid,
  -- The promise, item, hold, dispute, conversation or problem that it is about.
  subject_id uuid,
  title text check (length(title) between 1 and 200),
  note text check (length(note) between 1 and 2000),
  -- What was seen when it was made.
  seen jsonb not null,
  currency char(3),
  amount_minor bigint,
  is_urgent boolean not null,
  minutes smallint not null check (minutes between 1 and 600),
  -- By when it is to be done, and when somebody higher hears that it was not.
  due_at timestamptz not null,
  escalate_at timestamptz not null check (escalate_at >= due_at),
  made_by text not null,
  recorded_at timestamptz not null,
  state text not null check (state in ('open', 'done', 'gone')),
  assigned_to text,
  assigned_how text not null check (assigned_how in ('owner', 'substitute', 'skill', 'person', 'nobody')),
  snoozed_until date,
  outcome text check (outcome in ('done', 'called', 'visited', 'written', 'skipped')),
  escalated_at timestamptz,
  closed_at timestamptz,
  -- The last change, so that what was done since is not undone unseen.
  change_id uuid,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id),
  constraint task_once unique (tenant_id, kind, cause),
  check ((assigned_to is null) = (assigned_how = 'nobody')),
  check ((state = 'open') = (closed_at is null)),
  check ((state = 'done') = (outcome is not null)),
  check ((currency is null) = (amount_minor is null)),
  check ((kind = 'manual') = (title is not null))
);
create index task_open on task (tenant_id, is_urgent desc, due_at, id) where state = 'open';
create index task_open_of on task (tenant_id, assigned_to) where state = 'open';
create index task_closed on task (tenant_id, closed_at desc, id desc) where state <> 'open';
create index task_customer on task (tenant_id, customer_id, recorded_at desc) where customer_id is not null;

-- What is so of a task changes; what it is about never does.
create function task_kept() returns trigger language plpgsql as $$
declare free text[] := '{state,assigned_to,assigned_how,snoozed_until,outcome,due_at,escalate_at,escalated_at,closed_at,change_id}';
begin
  if to_jsonb(new) - free is distinct from to_jsonb(old) - free then
    raise exception 'what a task is about does not change' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger task_kept before update on task for each row execute function task_kept();
create trigger task_not_deleted before delete on task for each statement execute function refuse_change();

-- What happened to tasks. Those of one act have one act_id, by which it is undone.
create table task_change (
  tenant_id uuid not null references tenant,
  id uuid not null,
  act_id uuid not null,
  task_id uuid not null,
  kind text not null check (kind in ('done', 'snoozed', 'assigned', 'undone', 'gone', 'back', 'escalated')),
  -- How it stood before, which undoing brings back.
  state_before text not null,
  assigned_before text,
  how_before text not null,
  snoozed_before date,
  outcome_before text,
  note text check (length(note) between 1 and 2000),
  changed_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, task_id) references task (tenant_id, id),
  constraint task_change_one unique (tenant_id, act_id, task_id)
);
create index task_change_task on task_change (tenant_id, task_id, recorded_at);

-- What a member is given tasks about, and how many minutes of a day they have for them; the latest of a member counts. What is empty or
-- null asks for nothing.
create table task_skill (
  tenant_id uuid not null references tenant,
  id uuid not null,
  user_id text not null,
  takes boolean not null,
  languages text[] not null,
  company_ids uuid[] not null,
  policies text[] not null,
  kinds text[] not null,
  -- Whole units of the currency in which a company keeps its books.
  amount_from bigint check (amount_from >= 0),
  amount_to bigint check (amount_to > amount_from),
  minutes_a_day int not null check (minutes_a_day between 10 and 1440),
  stated_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id)
);
create index task_skill_user on task_skill (tenant_id, user_id, recorded_at desc, id desc);

-- That a person did what a step asks about an item in another way than by a message: it moves the step on as a message would. Taken back once
-- where it was noted wrongly.
create table step_act (
  tenant_id uuid not null references tenant,
  id uuid not null,
  item_id uuid not null,
  customer_id uuid not null,
  policy text not null,
  step smallint not null,
  offset_days integer not null,
  phase text not null,
  way text not null check (way in ('called', 'visited', 'written', 'skipped')),
  done_on date not null,
  done_by text not null,
  recorded_at timestamptz not null,
  taken_back_by text,
  taken_back_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, item_id) references open_item (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id),
  check (num_nulls(taken_back_by, taken_back_at) in (0, 2))
);
create unique index step_act_once on step_act (tenant_id, item_id, offset_days) where taken_back_at is null;
create index step_act_customer on step_act (tenant_id, customer_id, done_on desc);
create trigger step_act_kept before update on step_act
  for each row execute function ended_once('{taken_back_at,taken_back_by}');
create trigger step_act_not_deleted before delete on step_act for each statement execute function refuse_change();

do $$ declare t text; begin
  foreach t in array array['task_rules', 'task_change', 'task_skill'] loop
    execute format('create trigger %I before update or delete on %I for each statement execute function refuse_change()', t || '_kept', t);
  end loop;
  foreach t in array array['task_rules', 'task', 'task_change', 'task_skill', 'step_act'] loop
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', t || '_not_truncated', t);
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
