-- What colleagues say to each other about a customer, a dispute or a task, and who is to hear of it; also those who only comment.
create table comment (
  tenant_id uuid not null references tenant,
  id uuid not null,
  subject_kind text not null check (subject_kind in ('customer', 'dispute', 'task')),
  subject_id uuid not null,
  -- The customer it is about, if any.
  customer_id uuid,
  words text not null check (length(words) between 1 and 4000),
  -- Members who are told.
  mentions uuid[] not null,
  written_by text not null,
  written_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id)
);
create index comment_subject on comment (tenant_id, subject_kind, subject_id, written_at desc, id desc);
create index comment_written on comment (tenant_id, written_at) where mentions <> '{}';

do $$ begin
  create trigger comment_kept before update or delete on comment for each statement execute function refuse_change();
  create trigger comment_not_truncated before truncate on comment for each statement execute function refuse_change();
  alter table comment enable row level security;
  alter table comment force row level security;
  create policy wall on comment using (tenant_id = (select current_tenant()));
end $$;

alter table alert_notice drop constraint alert_notice_kind_check;
alter table alert_notice add constraint alert_notice_kind_check check (kind in ('task_assigned', 'task_nobodys', 'task_escalated',
  'promise_broken', 'due', 'breach', 'mentioned', 'digest'));

alter table member drop constraint member_role_check;
alter table member add constraint member_role_check
  check (role in ('owner', 'controller', 'collector', 'cash_applier', 'commenter', 'viewer'));
alter table api_key drop constraint api_key_role_check;
alter table api_key add constraint api_key_role_check
  check (role in ('owner', 'controller', 'collector', 'cash_applier', 'commenter', 'viewer'));
