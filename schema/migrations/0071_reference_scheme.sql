-- In which structured form payers are to quote the invoices of a company; null: by the number of the invoice.
alter table company add column reference_scheme text
  check (reference_scheme in ('rf', 'ch_qrr', 'fi', 'no_kid', 'be_ogm', 'se_ocr', 'dk_fik', 'nl', 'si', 'hr'));
