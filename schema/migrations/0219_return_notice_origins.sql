-- What a gateway tells of returns stands in its report, whose rows are lines of its account: it comes as a line like that of a bank, and
-- nothing ever wrote an origin of its own for it.
alter table return_notice drop constraint return_notice_origin_check;
alter table return_notice add constraint return_notice_origin_check check (origin in ('bank_line', 'ach'));
