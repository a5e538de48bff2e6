-- Answers that people write in a conversation: their words and what goes with them, sent as a message of its own.
alter table message drop constraint message_purpose_check;
alter table message add constraint message_purpose_check
  check (purpose in ('reminder', 'invoice', 'statement', 'charge', 'reply')) not valid;
alter table message validate constraint message_purpose_check;

create table inbox_reply (
  tenant_id uuid not null references tenant,
  id uuid not null,
  conversation_id uuid not null,
  -- The mail that is answered: the latest of a person when it was written.
  mail_id uuid not null,
  message_id uuid not null,
  subject text not null check (length(subject) between 1 and 500),
  words text not null check (length(words) between 1 and 20000),
  -- Invoices whose copies go with it, and the day of a statement of account.
  invoice_ids uuid[] not null,
  statement_on date,
  written_by text not null,
  written_at timestamptz not null,
  primary key (tenant_id, id),
  constraint inbox_reply_once unique (tenant_id, message_id),
  foreign key (tenant_id, conversation_id) references inbox_conversation (tenant_id, id),
  foreign key (tenant_id, mail_id) references inbox_mail (tenant_id, id),
  foreign key (tenant_id, message_id) references message (tenant_id, id)
);
create index inbox_reply_conversation on inbox_reply (tenant_id, conversation_id, written_at);

-- Words that are said again and again; what changes is a row more, and the latest counts. Without words it is gone.
create table inbox_snippet (
  tenant_id uuid not null references tenant,
  id uuid not null,
  name text not null check (length(name) between 1 and 80),
  words text check (length(words) between 1 and 8000),
  set_by text not null,
  set_at timestamptz not null,
  primary key (tenant_id, id)
);
create index inbox_snippet_name on inbox_snippet (tenant_id, lower(name), set_at desc);

do $$ declare t text; begin
  foreach t in array array['inbox_reply','inbox_snippet'] loop
    execute format('create trigger %I before update or delete on %I for each statement execute function refuse_change()', t || '_kept', t);
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', t || '_not_truncated', t);
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
