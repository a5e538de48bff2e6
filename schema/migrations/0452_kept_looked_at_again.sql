-- Money kept on account is looked at again: from the moment stated on it waits as a receipt that nobody said anything of, and it is late
-- and escalates anew. What was kept without a moment before is looked at again 30 days after it was.
alter table receipt_mark add column look_again_at timestamptz
  check (look_again_at is null or (kind = 'kept' and look_again_at > marked_at));

-- A receipt escalates once for each time it began to wait: round 0 since it came, a later one for each time it had been kept.
alter table escalation_notice drop constraint escalation_notice_tenant_id_payment_id_fkey;
alter table escalation_notice drop constraint escalation_notice_pkey;
alter table receipt_escalation drop constraint receipt_escalation_pkey;
alter table receipt_escalation add column round integer not null default 0 check (round >= 0);
alter table receipt_escalation add primary key (tenant_id, payment_id, round);
alter table escalation_notice add column round integer not null default 0 check (round >= 0);
alter table escalation_notice add primary key (tenant_id, payment_id, round, user_id);
alter table escalation_notice add constraint escalation_notice_round
  foreign key (tenant_id, payment_id, round) references receipt_escalation (tenant_id, payment_id, round);
