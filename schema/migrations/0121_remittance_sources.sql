-- Remittances come by mail and with the bank's own data too; and the file itself is kept beside what was read of it.

alter table remittance add column original bytea check (length(original) between 1 and 5242880);
alter table remittance drop constraint remittance_origin_check;
alter table remittance add constraint remittance_origin_check check (origin in ('upload', 'typed', 'mail', 'bank'));

-- What a bank says of a receipt in its own data belongs to that receipt: nothing had to be found.
alter table remittance_join drop constraint remittance_join_rule_check;
alter table remittance_join add constraint remittance_join_rule_check
  check (rule in ('person', 'payment_reference', 'payer_amount_date', 'bank_line'));
