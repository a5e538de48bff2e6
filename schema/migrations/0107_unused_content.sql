-- Bytes that no file names can be taken away: those that were handed in and never attached, and those of files that were taken off
-- their draft long ago. That nothing else is taken away the foreign key of attachment keeps.

drop trigger attachment_content_kept on attachment_content;
create trigger attachment_content_kept before update on attachment_content for each row
  when (old.tenant_id <> new.tenant_id or old.sha256 <> new.sha256 or old.content <> new.content)
  execute function refuse_change();
comment on column attachment_content.recorded_at is 'When the bytes were handed in last';

drop trigger attachment_not_deleted on attachment;
create trigger attachment_not_deleted before delete on attachment for each row
  when (old.document_id is not null or old.removed_at is null) execute function refuse_change();
create index attachment_removed on attachment (tenant_id, removed_at) where removed_at is not null;
