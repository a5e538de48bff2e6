-- Documents that a customer wants posted in a portal of its own, where a person uploads them: what each customer wants, one upload
-- for each document, and each step of it as a fact. The posting itself is a message of delivery, with its proof.

-- A message by which a person posted a document in the customer's portal.
alter table message drop constraint message_channel_check;
alter table message add constraint message_channel_check
  check (channel in ('email', 'post', 'sms', 'network', 'ap_portal'));
alter table message drop constraint message_transport_check;
alter table message add constraint message_transport_check
  check (transport in ('smtp', 'outbox', 'print', 'letter_service', 'sms_service', 'network_folder', 'by_hand'));
alter table message_attempt drop constraint message_attempt_transport_check;
alter table message_attempt add constraint message_attempt_transport_check
  check (transport in ('smtp', 'outbox', 'print', 'letter_service', 'sms_service', 'network_folder', 'by_hand'));
-- `taken_back`: what was noted before was noted by mistake.
alter table message_signal drop constraint message_signal_kind_check;
alter table message_signal add constraint message_signal_kind_check
  check (kind in ('delivered', 'delayed', 'bounced', 'displayed', 'auto_reply', 'complained', 'posted', 'handed_over', 'accepted',
    'rejected', 'approved', 'paid', 'viewed', 'opted_out', 'redirect_wished', 'printed', 'returned', 'taken_back'));

-- From a day on nothing goes to a customer by itself, because a person posts its documents in a portal.
create table delivery_by_portal (
  tenant_id uuid not null references tenant,
  customer_id uuid not null,
  portal text not null,
  from_on date not null,
  changed_by text not null,
  changed_at timestamptz not null,
  primary key (tenant_id, customer_id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id)
);

-- A file that proves what became of a message: a picture of the portal, its receipt. It is sent to nobody.
alter table attachment add column message_id uuid;
alter table attachment add foreign key (tenant_id, message_id) references message (tenant_id, id);
alter table attachment drop constraint attachment_of_one;
alter table attachment add constraint attachment_of_one check (num_nonnulls(draft_id, document_id, message_id) = 1);
alter table attachment drop constraint attachment_of_document_stays;
alter table attachment add constraint attachment_of_document_stays
  check ((document_id is null and message_id is null) or removed_at is null);
create index attachment_message on attachment (tenant_id, message_id) where message_id is not null;
create or replace function attachment_kept() returns trigger language plpgsql as $$
begin
  if old.document_id is not null or old.message_id is not null
     or to_jsonb(new) - 'removed_at' is distinct from to_jsonb(old) - 'removed_at' then
    raise exception 'a file of an issued document is never changed; add another one' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
drop trigger attachment_not_deleted on attachment;
create trigger attachment_not_deleted before delete on attachment for each row
  when (old.document_id is not null or old.message_id is not null or old.removed_at is null) execute function refuse_change();

-- What a customer wants; the latest counts.
create table portal_setting (
  tenant_id uuid not null references tenant,
  id uuid not null,
  customer_id uuid not null,
  in_use boolean not null,
  portal text not null check (length(portal) between 1 and 80),
  -- Where its page is.
  address text check (address like 'https://%' and length(address) <= 500),
  -- What the portal calls us: the number of the supplier or of the account there.
  supplier_number text check (length(supplier_number) between 1 and 80),
  -- Who uploads; null for whoever comes to it.
  user_id text,
  -- Days of business after the issue, or after a rejection.
  within_days smallint not null check (within_days between 0 and 30),
  uploads text[] not null check (uploads <@ array['pdf', 'ubl', 'cii', 'attachments'] and cardinality(uploads) >= 1),
  from_on date not null,
  -- Nothing else goes to the customer by itself.
  instead boolean not null,
  -- Reminders ask for documents that are not posted, too.
  chases_unposted boolean not null,
  stated_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id)
);
create index portal_setting_customer on portal_setting (tenant_id, customer_id, recorded_at desc, id desc);

-- One for each document that is to be posted. What it stands at follows from its steps and is kept beside them.
create table portal_upload (
  tenant_id uuid not null references tenant,
  document_id uuid not null,
  company_id uuid not null,
  customer_id uuid not null,
  issued_on date not null,
  first_due_on date not null,
  state text not null check (state in ('waiting', 'uploaded', 'accepted', 'rejected', 'not_needed', 'closed')),
  due_on date not null,
  attempts smallint not null default 0 check (attempts >= 0),
  steps smallint not null default 0 check (steps >= 0),
  recorded_at timestamptz not null,
  primary key (tenant_id, document_id),
  foreign key (tenant_id, document_id) references invoice (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id)
);
create index portal_upload_state on portal_upload (tenant_id, state, due_on, document_id);
create index portal_upload_customer on portal_upload (tenant_id, customer_id, state);

-- What was done, or said by the portal. Never changed; taken back by another step.
create table portal_step (
  tenant_id uuid not null references tenant,
  document_id uuid not null,
  step_no smallint not null check (step_no >= 1),
  kind text not null check (kind in ('uploaded', 'accepted', 'rejected', 'not_needed', 'closed', 'undone')),
  -- The day in the portal.
  happened_on date not null,
  -- What the portal calls the document.
  portal_number text check (length(portal_number) between 1 and 100),
  reason text check (length(reason) between 1 and 40),
  note text check (length(note) between 1 and 1000),
  -- Of an upload: the message that it is in delivery.
  message_id uuid,
  -- By when it is to be posted anew, of a rejection.
  due_on date,
  undoes_no smallint,
  taken_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, document_id, step_no),
  foreign key (tenant_id, document_id) references portal_upload (tenant_id, document_id),
  foreign key (tenant_id, message_id) references message (tenant_id, id),
  foreign key (tenant_id, document_id, undoes_no) references portal_step (tenant_id, document_id, step_no),
  constraint portal_step_undoes check ((kind = 'undone') = (undoes_no is not null)),
  constraint portal_step_posted check ((kind = 'uploaded') = (message_id is not null)),
  constraint portal_step_due check ((kind = 'rejected') = (due_on is not null)),
  constraint portal_step_undone_once unique (tenant_id, document_id, undoes_no)
);

-- Reminders leave out what was not posted.
alter table reminder_left_out drop constraint reminder_left_out_reason_check;
alter table reminder_left_out add constraint reminder_left_out_reason_check
  check (reason in ('on_hold', 'in_dispute', 'not_posted', 'covered_by_credit', 'no_email', 'closed', 'said_later_step'));

do $$ declare t text; begin
  foreach t in array array['portal_setting', 'portal_step'] loop
    execute format('create trigger %I before update or delete on %I for each statement execute function refuse_change()', t || '_kept', t);
  end loop;
  execute 'create trigger portal_upload_not_deleted before delete on portal_upload for each statement execute function refuse_change()';
  foreach t in array array['delivery_by_portal', 'portal_setting', 'portal_upload', 'portal_step'] loop
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', t || '_not_truncated', t);
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
