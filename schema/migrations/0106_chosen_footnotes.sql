-- Whether the footnotes of a document were chosen for it, so that a document written after it says the same; otherwise they were those
-- of the company.
alter table invoice_content add column footnotes_chosen boolean not null default false;
