-- Limits may be stated for every role, of those who only comment too.
alter table difference_limit drop constraint difference_limit_role_check;
alter table difference_limit add constraint difference_limit_role_check
  check (role in ('owner', 'controller', 'collector', 'cash_applier', 'commenter', 'viewer'));
alter table write_off_limit drop constraint write_off_limit_role_check;
alter table write_off_limit add constraint write_off_limit_role_check
  check (role in ('owner', 'controller', 'collector', 'cash_applier', 'commenter', 'viewer'));
