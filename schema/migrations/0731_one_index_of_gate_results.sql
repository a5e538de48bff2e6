-- A message has a few results at most: they are found by the index that keeps each try from having two, and need none of their own by
-- time. Those without a try, which stand for waiting and dropping, are in it beside each other.
drop index gate_result_message;
drop index gate_result_once;
create unique index gate_result_once on gate_result (tenant_id, message_id, attempt_no);
