-- A batch has its letters from the moment it is begun, and its file once they are joined, which takes a while and is done outside of
-- transactions. Should the process that does it die, another one does it from what stands here.
alter table post_batch add column is_duplex boolean not null default true;
alter table post_batch add column separates boolean not null default false;
alter table post_batch alter column file drop not null;
alter table post_batch alter column sha256 drop not null;
alter table post_batch drop constraint post_batch_check1;
alter table post_batch add constraint post_batch_made check ((file is null) = (sha256 is null)) not valid;
alter table post_batch add constraint post_batch_counted
  check ((form = 'pdf' and file is not null) = (pages is not null and sheets is not null)) not valid;
alter table post_batch add constraint post_batch_posted_whole check (posted_on is null or file is not null) not valid;
alter table post_batch validate constraint post_batch_made;
alter table post_batch validate constraint post_batch_counted;
alter table post_batch validate constraint post_batch_posted_whole;
