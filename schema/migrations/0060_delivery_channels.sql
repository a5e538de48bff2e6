-- Messages go by several channels, about a document, to copies too; what is learned of them afterwards is kept as signals.
alter table message drop constraint message_channel_check;
alter table message add constraint message_channel_check check (channel in ('email', 'post', 'sms', 'network'));
alter table message drop constraint message_state_check;
-- `ready`: a letter that lies ready to be printed and posted by a person.
alter table message add constraint message_state_check
  check (state in ('queued', 'sending', 'ready', 'sent', 'refused', 'failed', 'unknown', 'dropped'));
alter table message drop constraint message_transport_check;
alter table message add constraint message_transport_check
  check (transport in ('smtp', 'outbox', 'print', 'letter_service', 'sms_service', 'network_folder'));
alter table message_attempt drop constraint message_attempt_transport_check;
alter table message_attempt add constraint message_attempt_transport_check
  check (transport in ('smtp', 'outbox', 'print', 'letter_service', 'sms_service', 'network_folder'));
alter table message add column document_id uuid;
alter table message add column copies text[] not null default '{}';
-- Random; known only to who got the message. Null for messages older than this.
alter table message add column return_token text;
-- Its identifier where it was handed over to, e.g. of the letter service.
alter table message add column carrier_reference text;
-- The message it takes the place of, which did not arrive.
alter table message add column replaces_id uuid;
alter table message add foreign key (tenant_id, replaces_id) references message (tenant_id, id);
create unique index message_return_token on message (tenant_id, return_token) where return_token is not null;
-- One message takes the place of another at most once, however often its bounce is reported.
create unique index message_replaces on message (tenant_id, replaces_id) where replaces_id is not null;
create index message_document on message (tenant_id, document_id, created_at) where document_id is not null;
create index message_recipient on message (tenant_id, lower(recipient), sent_at desc) where sent_at is not null;
create index message_carrier_reference on message (tenant_id, carrier_reference) where carrier_reference is not null;

-- A mail that came in for a return address, as it came, for the proof.
create table inbound_mail (
  tenant_id uuid not null references tenant,
  id uuid not null,
  raw bytea not null,
  sha256 bytea not null,
  kind text not null check (kind in ('report', 'displayed', 'complaint', 'auto_reply', 'mail')),
  sender text not null,
  subject text not null,
  -- The message it is about, and how that is known: by its return address, by its Message-ID, or guessed from the reader.
  message_id uuid,
  known_by text check (known_by in ('return_address', 'message_id', 'reader')),
  received_at timestamptz not null,
  primary key (tenant_id, id),
  constraint inbound_mail_once unique (tenant_id, sha256),
  foreign key (tenant_id, message_id) references message (tenant_id, id),
  check ((message_id is null) = (known_by is null))
);
alter table inbound_mail alter column raw set storage external;
create index inbound_mail_newest on inbound_mail (tenant_id, received_at desc, id desc);

-- What was learned of a message after it was handed over. Never changed: the proof.
create table message_signal (
  tenant_id uuid not null references tenant,
  id uuid not null,
  message_id uuid not null,
  kind text not null check (kind in ('delivered', 'delayed', 'bounced', 'displayed', 'auto_reply', 'complained', 'posted',
    'handed_over', 'accepted', 'rejected', 'approved', 'paid', 'viewed')),
  severity text check (severity in ('hard', 'soft', 'policy')),
  -- The reader it is about, where there are several.
  address text,
  -- What was said, word for word.
  detail text not null,
  inbound_mail_id uuid,
  -- When it happened, as far as is known; and when we learned it.
  happened_at timestamptz not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, message_id) references message (tenant_id, id),
  foreign key (tenant_id, inbound_mail_id) references inbound_mail (tenant_id, id),
  check ((kind = 'bounced') = (severity is not null))
);
create index message_signal_message on message_signal (tenant_id, message_id, recorded_at, id);

-- An address nothing is sent to any more, for all purposes or one, until somebody lifts it.
create table suppression (
  tenant_id uuid not null references tenant,
  id uuid not null,
  address text not null check (address = lower(address)),
  purpose text check (purpose in ('reminder', 'invoice', 'statement')),
  reason text not null check (reason in ('hard_bounce', 'complaint', 'opt_out', 'by_hand')),
  detail text not null default '',
  message_id uuid,
  added_by text not null,
  added_at timestamptz not null,
  lifted_at timestamptz,
  lifted_by text,
  lift_reason text,
  primary key (tenant_id, id),
  foreign key (tenant_id, message_id) references message (tenant_id, id),
  check ((lifted_at is null) = (lifted_by is null))
);
create unique index suppression_in_force on suppression (tenant_id, address, coalesce(purpose, '')) where lifted_at is null;
create index suppression_newest on suppression (tenant_id, added_at desc, id desc);

-- Work for a person: something was not delivered, and what to do about it.
create table delivery_problem (
  tenant_id uuid not null references tenant,
  id uuid not null,
  company_id uuid not null,
  customer_id uuid not null,
  message_id uuid,
  document_id uuid,
  kind text not null check (kind in ('bounced', 'not_taken', 'no_way', 'complained', 'rejected', 'suppressed')),
  severity text check (severity in ('hard', 'soft', 'policy')),
  address text,
  detail text not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  closed_by text,
  resolution text,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id),
  foreign key (tenant_id, message_id) references message (tenant_id, id),
  check ((closed_at is null) = (closed_by is null))
);
create unique index delivery_problem_once on delivery_problem (tenant_id, message_id, kind, coalesce(address, ''))
  where closed_at is null and message_id is not null;
create unique index delivery_problem_document on delivery_problem (tenant_id, document_id, kind)
  where closed_at is null and message_id is null;
create index delivery_problem_open on delivery_problem (tenant_id, opened_at desc, id desc) where closed_at is null;
create index delivery_problem_customer on delivery_problem (tenant_id, customer_id, opened_at desc);
create index delivery_problem_document_all on delivery_problem (tenant_id, document_id) where document_id is not null;

-- How a company sends: who it is as a sender, and by which channels, the first first.
create table delivery_setting (
  tenant_id uuid not null references tenant,
  company_id uuid not null,
  channels text[] not null default '{email,post}',
  delivers_on_issue boolean not null default false,
  from_name text,
  from_address text,
  reply_to text,
  signature text,
  bounce_address text,
  asks_for_receipt boolean not null default false,
  attaches text[] not null default '{pdf}',
  changed_by text not null,
  changed_at timestamptz not null,
  primary key (tenant_id, company_id),
  foreign key (tenant_id, company_id) references company (tenant_id, id)
);

-- What a customer wants; what is null goes by the company's setting.
create table delivery_preference (
  tenant_id uuid not null references tenant,
  customer_id uuid not null,
  channels text[],
  falls_back boolean not null default true,
  email_to text,
  copies text[] not null default '{}',
  attaches text[],
  sms_number text,
  network_address text,
  -- When the customer agreed to electronic invoices, and by what.
  consent_on date,
  consent_note text,
  changed_by text not null,
  changed_at timestamptz not null,
  primary key (tenant_id, customer_id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id)
);

-- Letters that were put together to be printed, and when they were posted.
create table post_batch (
  tenant_id uuid not null references tenant,
  id uuid not null,
  company_id uuid not null,
  window_format text not null check (window_format in ('din_a', 'din_b', 'us_10', 'ch_right')),
  duplex boolean not null,
  letters integer not null check (letters >= 1),
  pages integer not null check (pages >= 1),
  pdf bytea not null,
  sha256 bytea not null,
  made_by text not null,
  made_at timestamptz not null,
  posted_on date,
  posted_by text,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  check ((posted_on is null) = (posted_by is null))
);
alter table post_batch alter column pdf set storage external;
create index post_batch_newest on post_batch (tenant_id, made_at desc, id desc);
alter table message add column post_batch_id uuid;
alter table message add foreign key (tenant_id, post_batch_id) references post_batch (tenant_id, id);
create index message_post_batch on message (tenant_id, post_batch_id) where post_batch_id is not null;

do $$ declare t text; begin
  foreach t in array array['inbound_mail','message_signal','suppression','delivery_problem','delivery_setting','delivery_preference',
    'post_batch'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()',
      t || '_not_truncated', t);
  end loop;
  foreach t in array array['inbound_mail','message_signal'] loop
    execute format('create trigger %I before update or delete on %I for each statement execute function refuse_change()', t || '_kept', t);
  end loop;
  foreach t in array array['suppression','delivery_problem','post_batch'] loop
    execute format('create trigger %I before delete on %I for each statement execute function refuse_change()', t || '_not_deleted', t);
  end loop;
end $$;
