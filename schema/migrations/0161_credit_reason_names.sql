-- What the tenant's own reasons for credit notes are called on paper, by language; where a language has no name, the label.
alter table credit_reason add column names jsonb not null default '{}' check (jsonb_typeof(names) = 'object');
