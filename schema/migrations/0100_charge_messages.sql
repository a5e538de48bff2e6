-- Charges are sent as messages of their own.
alter table message drop constraint message_purpose_check;
alter table message add constraint message_purpose_check
  check (purpose in ('reminder', 'invoice', 'statement', 'charge'));
alter table suppression drop constraint suppression_purpose_check;
alter table suppression add constraint suppression_purpose_check
  check (purpose in ('reminder', 'invoice', 'statement', 'charge'));
