-- Tens of thousands of rows are written at a time, and each was looked at by functions of ours and followed along keys that say
-- the same twice. What is refused is as it was.

-- That nothing but what may change is changed is compared by the trigger itself: its function runs only to refuse. A guard
-- names the columns that each leaves out.
create or replace function open_item_identity_kept() returns trigger language plpgsql as $$
begin
  raise exception 'of an open item only what is left may change' using errcode = 'restrict_violation';
end $$;
drop trigger open_item_identity_kept on open_item;
create trigger open_item_identity_kept before update on open_item for each row when (
  (new.tenant_id, new.id, new.company_id, new.customer_id, new.kind, new.document_id, new.instalment, new.account, new.currency,
    new.amount_minor, new.functional_minor, new.posted_on, new.due_on, new.recorded_at)
  is distinct from
  (old.tenant_id, old.id, old.company_id, old.customer_id, old.kind, old.document_id, old.instalment, old.account, old.currency,
    old.amount_minor, old.functional_minor, old.posted_on, old.due_on, old.recorded_at)
) execute function open_item_identity_kept();

create or replace function payment_content_kept() returns trigger language plpgsql as $$
begin
  raise exception 'a recorded payment is never changed; return it or move it' using errcode = 'restrict_violation';
end $$;
drop trigger payment_content_kept on payment;
create trigger payment_content_kept before update on payment for each row when (
  old.returned_on is not null or
  (new.tenant_id, new.id, new.company_id, new.direction, new.number, new.external_id, new.statement_line_id, new.received_on,
    new.currency, new.amount_minor, new.rate, new.functional_minor, new.payer_name, new.payer_account, new.reference, new.method,
    new.batch_id, new.recorded_at)
  is distinct from
  (old.tenant_id, old.id, old.company_id, old.direction, old.number, old.external_id, old.statement_line_id, old.received_on,
    old.currency, old.amount_minor, old.rate, old.functional_minor, old.payer_name, old.payer_account, old.reference, old.method,
    old.batch_id, old.recorded_at)
) execute function payment_content_kept();

create or replace function invoice_content_kept() returns trigger language plpgsql as $$
begin
  raise exception 'an issued invoice is never changed; credit it or void it' using errcode = 'restrict_violation';
end $$;
drop trigger invoice_content_kept on invoice;
create trigger invoice_content_kept before update on invoice for each row when (
  old.voided_on is not null or new.voided_on is null or
  (new.tenant_id, new.id, new.kind, new.company_id, new.customer_id, new.number, new.series, new.series_number, new.external_id,
    new.issued_on, new.due_on, new.currency, new.net_minor, new.tax_minor, new.total_minor, new.rate, new.functional_minor,
    new.purchase_order, new.payment_reference, new.note, new.corrects_id, new.reason, new.batch_id, new.recorded_at,
    new.rounding_minor, new.reason_code)
  is distinct from
  (old.tenant_id, old.id, old.kind, old.company_id, old.customer_id, old.number, old.series, old.series_number, old.external_id,
    old.issued_on, old.due_on, old.currency, old.net_minor, old.tax_minor, old.total_minor, old.rate, old.functional_minor,
    old.purchase_order, old.payment_reference, old.note, old.corrects_id, old.reason, old.batch_id, old.recorded_at,
    old.rounding_minor, old.reason_code)
) execute function invoice_content_kept();

-- A company, an entry, a payment and an invoice are of a tenant that is there; what must name one of them, in its own tenant,
-- is so too without a key of its own to the tenant, which was followed once more for each row.
alter table journal_entry drop constraint journal_entry_tenant_id_fkey;
alter table journal_line drop constraint journal_line_tenant_id_fkey;
alter table open_item drop constraint open_item_tenant_id_fkey;
alter table application drop constraint application_tenant_id_fkey;
alter table invoice drop constraint invoice_tenant_id_fkey;
alter table payment drop constraint payment_tenant_id_fkey;
alter table payment_return drop constraint payment_return_tenant_id_fkey;
