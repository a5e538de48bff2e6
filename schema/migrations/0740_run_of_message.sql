-- Which run queued a reminder is so of the message, and not of each of the items it speaks of, of which there are ten times as many.
alter table message add column run_id uuid;
do $$ declare t text; begin
  foreach t in array array['message', 'reminder_item', 'reminder_left_out'] loop
    execute format('alter table %I no force row level security', t);
  end loop;
  update message m set run_id = r.run_id
    from (select tenant_id, message_id, run_id from reminder_item union select tenant_id, message_id, run_id from reminder_left_out) r
    where m.tenant_id = r.tenant_id and m.id = r.message_id;
  foreach t in array array['message', 'reminder_item', 'reminder_left_out'] loop
    execute format('alter table %I force row level security', t);
  end loop;
end $$;
alter table message add foreign key (tenant_id, run_id) references reminder_run;
create index message_run on message (tenant_id, run_id) where run_id is not null;
drop schema as_known cascade;
alter table reminder_item drop column run_id;
alter table reminder_left_out drop column run_id;
select draw_known_views();
-- How far the last message to a customer was is asked by way of its messages, of which it has a tenth.
drop index reminder_item_customer;
-- Whose tenant a row is, is certain where its key leads to another row of that tenant. PostgreSQL looks that up for each row that is
-- added: of these the most are added in a run, and when its messages leave.
alter table reminder_item drop constraint reminder_item_tenant_id_fkey;
alter table reminder_left_out drop constraint reminder_left_out_tenant_id_fkey;
alter table message drop constraint message_tenant_id_fkey;
alter table stop_link drop constraint stop_link_tenant_id_fkey;
alter table message_attempt drop constraint message_attempt_tenant_id_fkey;
alter table gate_result drop constraint gate_result_tenant_id_fkey;
