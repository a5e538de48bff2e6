-- Which export an answer of the accounting system is of, where it names it: an older answer is told from a new one by it.
alter table posting_step add column answered_export_id uuid
  check (answered_export_id is null or state <> 'sent');
alter table posting_step add constraint posting_step_answered_export
  foreign key (tenant_id, answered_export_id) references posting_export (tenant_id, id);
create index posting_export_company on posting_export (tenant_id, company_id, recorded_at desc, id desc);
