-- The accounting systems of both companies are told of money that one received and that settled what the other is owed: each
-- handing over, and each taking back, is a posting of its own in either.
alter table posting_step add column handover_id uuid;
alter table posting_step drop constraint posting_step_part_check;
alter table posting_step add constraint posting_step_part_check
  check (part in ('receipt', 'return', 'handover', 'handover_back', 'elsewhere', 'elsewhere_back'));
alter table posting_step add constraint posting_step_of_handover check ((handover_id is not null) = (part not in ('receipt', 'return')));
alter table posting_step add constraint posting_step_handover
  foreign key (tenant_id, handover_id) references company_handover (tenant_id, id);
create index posting_step_of_handover on posting_step (tenant_id, handover_id) where handover_id is not null;
create index company_handover_day on company_handover (tenant_id, handed_on);

-- Files of receipts said what of them was due to other companies. What such a file had is not to be posted once more.
alter table posting_step no force row level security;
alter table company_handover no force row level security;
insert into posting_step (tenant_id, id, payment_id, part, state, export_id, reference, reason, posted_on, answered_export_id,
  recorded_by, recorded_at, handover_id)
select s.tenant_id, gen_random_uuid(), s.payment_id, case when h.reverses_id is null then 'handover' else 'handover_back' end, s.state,
  s.export_id, s.reference, s.reason, s.posted_on, s.answered_export_id, s.recorded_by, s.recorded_at, h.id
from company_handover h join posting_step s on s.tenant_id = h.tenant_id and s.payment_id = h.payment_id and s.part = 'receipt'
where exists (select from posting_step e where e.tenant_id = s.tenant_id and e.payment_id = s.payment_id and e.part = 'receipt'
  and e.state = 'sent' and e.recorded_at >= h.recorded_at and e.recorded_at <= s.recorded_at);
alter table posting_step force row level security;
alter table company_handover force row level security;
