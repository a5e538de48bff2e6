-- Finding: customers by what somebody types, documents by number and state. And what must not be there twice.

-- What a customer is found by: name and number, without case and accents. The walls between tenants keep operators that
-- could leak (like, ilike, trigrams) from using an index; `^@` (starts with) may, and is what the two indexes below are for.
alter table customer add column search_text text not null default '';
alter table customer no force row level security;
update customer set search_text = lower(name || ' ' || number);
alter table customer force row level security;
drop index customer_search;
create index customer_search_text on customer (tenant_id, search_text text_pattern_ops);
create index customer_number_prefix on customer (tenant_id, number text_pattern_ops);
create index customer_parent on customer (tenant_id, parent_id) where parent_id is not null;
create unique index customer_bank_account_once on customer_bank_account (tenant_id, customer_id, account) where archived_at is null;

-- Two series that print the same numbers would collide at their first invoice.
create unique index number_series_pattern on number_series (tenant_id, company_id, document_kind, pattern);

-- Documents in the order people read them: newest first, by number, the voided ones, the settled ones.
create index invoice_newest on invoice (tenant_id, issued_on desc, id desc);
create index invoice_number_prefix on invoice (tenant_id, number text_pattern_ops);
create index invoice_voided on invoice (tenant_id, issued_on desc, id desc) where voided_on is not null;
create index invoice_corrects on invoice (tenant_id, corrects_id) where corrects_id is not null;
create index open_item_settled on open_item (tenant_id, posted_on desc, document_id desc)
  where open_minor = 0 and instalment = 1 and kind in ('invoice', 'credit_note');
