-- How far a company's applications were learnt from, by the moment they were recorded and their payment: what one payment did at one
-- moment is learnt together, whatever was recorded beside it.
alter table payer_habit_pool add column learnt_moment timestamptz, add column learnt_payment uuid;
update payer_habit_pool p set learnt_moment = a.recorded_at, learnt_payment = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
  from application a where a.tenant_id = p.tenant_id and a.id = p.learnt_to;
alter table payer_habit_pool drop column learnt_to;
alter table payer_habit_pool add constraint payer_habit_pool_learnt_to
  check ((learnt_moment is null) = (learnt_payment is null));
create index application_recorded on application (tenant_id, company_id, recorded_at) where reverses_id is null;
