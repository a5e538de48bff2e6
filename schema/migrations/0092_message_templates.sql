-- The words of messages as a company writes them: every version is kept, the latest is used. A version without words goes
-- back to those that come with the program.
create table message_template (
  tenant_id uuid not null references tenant,
  company_id uuid not null,
  kind text not null check (kind in ('invoice_mail', 'credit_note_mail', 'upcoming', 'due_today', 'first_reminder',
    'second_reminder', 'third_reminder', 'sms_notice')),
  language text not null,
  version integer not null check (version >= 1),
  subject text,
  plain text,
  html text,
  note text,
  written_by text not null,
  written_at timestamptz not null,
  primary key (tenant_id, company_id, kind, language, version),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  check (plain is not null or (subject is null and html is null))
);

-- A mail to see what a mail would look like, to whoever asked for it. No message to a customer, and counted nowhere.
create table test_mail (
  tenant_id uuid not null references tenant,
  id uuid not null,
  company_id uuid not null,
  recipient text not null,
  subject text not null,
  plain text not null,
  html text,
  state text not null check (state in ('queued', 'sending', 'sent', 'refused', 'later', 'unknown')),
  -- What the mail server said, word for word.
  answer text,
  asked_by text not null,
  asked_at timestamptz not null,
  ended_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  check ((state in ('queued', 'sending')) = (ended_at is null))
);

-- What goes with a mail of a test; let go once its end is known.
create table test_mail_file (
  tenant_id uuid not null references tenant,
  test_mail_id uuid not null,
  file_no integer not null check (file_no >= 1),
  name text not null,
  media_type text not null,
  content bytea not null,
  primary key (tenant_id, test_mail_id, file_no),
  foreign key (tenant_id, test_mail_id) references test_mail (tenant_id, id)
);
alter table test_mail_file alter column content set storage external;

do $$ declare t text; begin
  foreach t in array array['message_template','test_mail','test_mail_file'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()',
      t || '_not_truncated', t);
  end loop;
  create trigger message_template_kept before update or delete on message_template
    for each statement execute function refuse_change();
  create trigger test_mail_not_deleted before delete on test_mail for each statement execute function refuse_change();
end $$;
