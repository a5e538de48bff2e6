-- A word in what payers write (a contract, a project, their own number) can stand for a customer too.
alter table payer_alias drop constraint payer_alias_kind_check;
alter table payer_alias add constraint payer_alias_kind_check check (kind in ('name', 'account', 'word'));
