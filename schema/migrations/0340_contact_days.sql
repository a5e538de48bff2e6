-- What contacts brought is asked by the day on which they were made, and by the item they were about.

create index message_reminder_sent on message (tenant_id, sent_at) where purpose = 'reminder' and sent_at is not null;
create index call_called on call (tenant_id, called_on);
create index call_item_item on call_item (tenant_id, item_id);
