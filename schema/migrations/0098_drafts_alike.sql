-- Other open drafts over the same total of a customer are looked for at each issue; among ten thousand drafts that is no look at all.
create index invoice_draft_alike on invoice_draft (tenant_id, customer_id, total_minor) where state = 'open';
