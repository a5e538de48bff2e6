-- Mails to those who decide: how each wants them, and what was told to whom, so that nothing is told twice.
create table approval_notice_setting (
  tenant_id uuid not null references tenant,
  user_id text not null,
  mode text not null check (mode in ('off', 'each', 'daily')),
  changed_at timestamptz not null,
  primary key (tenant_id, user_id)
);

-- Written before the mail is handed over, and taken away again only where it surely was not taken over.
create table approval_notice (
  tenant_id uuid not null references tenant,
  approval_id uuid not null,
  version integer not null,
  user_id text not null,
  -- `waits`: it can be decided now. `expires`: it lapses soon.
  about text not null check (about in ('waits', 'expires')),
  told_at timestamptz not null,
  primary key (tenant_id, approval_id, version, user_id, about),
  foreign key (tenant_id, approval_id, version) references approval_version (tenant_id, approval_id, version)
);

do $$ declare t text; begin
  foreach t in array array['approval_notice_setting','approval_notice'] loop
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', t || '_not_truncated', t);
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
create trigger approval_notice_kept before update on approval_notice for each statement execute function refuse_change();
