-- The cheques of a lockbox are announced as well: the file says what a deposit on the statement is made of.
alter table announcement drop constraint announcement_origin_check;
alter table announcement add constraint announcement_origin_check
  check (origin in ('camt.052', 'camt.054', 'mt942', 'lockbox'));
