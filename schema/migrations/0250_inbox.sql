-- The inbox: what customers wrote, brought together in conversations, with what they seem to want proposed to a person. Mails, notes and
-- what was proposed are facts; only who looks after a conversation, and whether it is done, changes.

create table inbox_conversation (
  tenant_id uuid not null references tenant,
  id uuid not null,
  company_id uuid,
  -- Null where nobody knows yet who writes.
  customer_id uuid,
  subject text not null check (length(subject) <= 500),
  state text not null check (state in ('open', 'done')),
  assigned_to uuid,
  -- Since when somebody waits for an answer; null where nobody does.
  waiting_since timestamptz,
  last_at timestamptz not null,
  -- Counts what happened: whoever answers says what they had seen.
  version integer not null check (version >= 1),
  begun_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id)
);
create index inbox_conversation_open on inbox_conversation (tenant_id, state, last_at desc, id desc);
create index inbox_conversation_customer on inbox_conversation (tenant_id, customer_id, last_at desc) where customer_id is not null;
create index inbox_conversation_assigned on inbox_conversation (tenant_id, assigned_to, last_at desc) where assigned_to is not null;

-- A mail of a customer as people read it; its bytes are kept in inbound_mail.
create table inbox_mail (
  tenant_id uuid not null references tenant,
  id uuid not null,
  conversation_id uuid not null,
  inbound_mail_id uuid not null,
  -- Its Message-ID without brackets.
  identifier text check (length(identifier) between 1 and 500),
  kind text not null check (kind in ('mail', 'auto_reply')),
  sender text not null check (length(sender) <= 320),
  subject text not null check (length(subject) <= 500),
  words text not null check (length(words) <= 100000),
  files jsonb not null,
  -- The message of ours that it answers.
  message_id uuid,
  -- How it found its conversation and customer.
  known_by text check (known_by in ('message', 'conversation', 'document', 'sender')),
  received_on date not null,
  received_at timestamptz not null,
  primary key (tenant_id, id),
  constraint inbox_mail_once unique (tenant_id, inbound_mail_id),
  foreign key (tenant_id, conversation_id) references inbox_conversation (tenant_id, id),
  foreign key (tenant_id, inbound_mail_id) references inbound_mail (tenant_id, id),
  foreign key (tenant_id, message_id) references message (tenant_id, id)
);
create index inbox_mail_conversation on inbox_mail (tenant_id, conversation_id, received_at);
create unique index inbox_mail_identifier on inbox_mail (tenant_id, identifier, sender) where identifier is not null;

create table inbox_proposal (
  tenant_id uuid not null references tenant,
  id uuid not null,
  mail_id uuid not null,
  intent text not null check (intent in ('promise', 'dispute', 'paid_already', 'remittance', 'copy_request', 'contact_change',
    'insolvency', 'stop', 'away')),
  -- Where in the words of the mail the quotation stands.
  from_at integer not null check (from_at >= 0),
  to_at integer not null,
  quote text not null check (length(quote) between 1 and 2000),
  confidence numeric(3, 2) not null check (confidence between 0 and 1),
  facts jsonb not null,
  decision text check (decision in ('accepted', 'rejected')),
  -- Whether what was done differs from what was proposed.
  is_changed boolean,
  outcome jsonb,
  decided_by text,
  decided_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, mail_id) references inbox_mail (tenant_id, id),
  constraint inbox_proposal_once unique (tenant_id, mail_id, intent),
  check (to_at > from_at),
  check (num_nonnulls(decision, decided_by, decided_at, is_changed) in (0, 4))
);
create index inbox_proposal_decided on inbox_proposal (tenant_id, decided_at desc) where decided_at is not null;
create trigger inbox_proposal_kept before update on inbox_proposal
  for each row execute function ended_once('{decision,is_changed,outcome,decided_by,decided_at}');

-- What people say to each other about a conversation; customers never see it.
create table inbox_note (
  tenant_id uuid not null references tenant,
  id uuid not null,
  conversation_id uuid not null,
  words text not null check (length(words) between 1 and 4000),
  -- Members who are told.
  mentions uuid[] not null,
  written_by text not null,
  written_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, conversation_id) references inbox_conversation (tenant_id, id)
);
create index inbox_note_conversation on inbox_note (tenant_id, conversation_id, written_at);

-- Whose an address is, as a person said; the latest counts.
create table inbox_sender (
  tenant_id uuid not null references tenant,
  id uuid not null,
  address text not null check (length(address) between 3 and 320),
  customer_id uuid not null,
  said_by text not null,
  said_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id)
);
create index inbox_sender_address on inbox_sender (tenant_id, address, said_at desc);

-- From which confidence on a proposal is accepted unasked; none where nobody set one. The latest of an intent counts.
create table inbox_bar (
  tenant_id uuid not null references tenant,
  id uuid not null,
  intent text not null check (intent in ('promise', 'dispute', 'paid_already', 'away')),
  -- Null: never.
  bar numeric(3, 2) check (bar between 0.8 and 1),
  set_by text not null,
  set_at timestamptz not null,
  primary key (tenant_id, id)
);
create index inbox_bar_intent on inbox_bar (tenant_id, intent, set_at desc);

do $$ declare t text; begin
  foreach t in array array['inbox_mail','inbox_note','inbox_sender','inbox_bar'] loop
    execute format('create trigger %I before update or delete on %I for each statement execute function refuse_change()', t || '_kept', t);
  end loop;
  foreach t in array array['inbox_conversation','inbox_proposal'] loop
    execute format('create trigger %I before delete on %I for each statement execute function refuse_change()', t || '_not_deleted', t);
  end loop;
  foreach t in array array['inbox_conversation','inbox_mail','inbox_proposal','inbox_note','inbox_sender','inbox_bar'] loop
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', t || '_not_truncated', t);
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
