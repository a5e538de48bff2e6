-- The link in reminders and statements by which whoever reads them stops them for an address, or names a better one. The token is
-- 128 random bits, known to nobody but who has the mail.
create table stop_link (
  tenant_id uuid not null references tenant,
  message_id uuid not null,
  token text not null check (length(token) = 26),
  made_at timestamptz not null,
  primary key (tenant_id, message_id),
  unique (tenant_id, token),
  foreign key (tenant_id, message_id) references message (tenant_id, id)
);
alter table stop_link enable row level security;
alter table stop_link force row level security;
create policy wall on stop_link using (tenant_id = (select current_tenant()));
create trigger stop_link_not_truncated before truncate on stop_link for each statement execute function refuse_change();
create trigger stop_link_kept before update or delete on stop_link for each statement execute function refuse_change();

-- Whether reminders and statements carry that link. What went out with one keeps working.
alter table delivery_setting add column offers_stop boolean not null default false;

alter table message_signal drop constraint message_signal_kind_check;
alter table message_signal add constraint message_signal_kind_check check (kind in ('delivered', 'delayed', 'bounced',
  'displayed', 'auto_reply', 'complained', 'posted', 'handed_over', 'accepted', 'rejected', 'approved', 'paid', 'viewed',
  'opted_out', 'redirect_wished', 'printed', 'returned'));
alter table delivery_problem drop constraint delivery_problem_kind_check;
alter table delivery_problem add constraint delivery_problem_kind_check check (kind in ('bounced', 'not_taken', 'no_way',
  'complained', 'rejected', 'suppressed', 'opted_out', 'redirect_wished', 'returned'));
