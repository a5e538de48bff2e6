-- When a letter service was last asked what became of a letter.
alter table message add column carrier_asked_at timestamptz;
create index message_letter_service on message (tenant_id, carrier_asked_at nulls first)
  where transport = 'letter_service' and state = 'sent';
