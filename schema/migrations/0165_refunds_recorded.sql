-- A granted refund may also be paid otherwise than by a file of ours (at the bank's own page, in cash, by cheque): then it ends with
-- the payment that books it, and no file.
alter table refund_end drop constraint refund_end_one;
alter table refund_end add constraint refund_end_one check (
  num_nulls(payment_id, withdrawn_reason) = 1 and (file_id is null or payment_id is not null)
);
