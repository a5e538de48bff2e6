-- What was said so far, by how far it went: a run over a million open items leaves out at once what heard its step.
create index reminder_item_offset on reminder_item (tenant_id, offset_days, item_id);
