-- From which facts a message was written, so that a letter that lies ready is written anew once they are others.
alter table message_attempt add column written_from bytea check (length(written_from) = 32);

-- A batch is printed once it was looked at for the last time; from then on its file is what is posted. None of its letters may be left.
alter table post_batch add column printed_by text, add column printed_at timestamptz;
alter table post_batch drop constraint post_batch_letters_check;
update post_batch set printed_by = made_by, printed_at = made_at where file is not null;
alter table post_batch
  add constraint post_batch_letters_check check (letters >= 0),
  add constraint post_batch_printed check ((printed_by is null) = (printed_at is null)),
  add constraint post_batch_printed_whole check (printed_at is null or file is not null),
  add constraint post_batch_posted_printed check (posted_on is null or printed_at is not null);

-- What a statement said, each time it was written; the latest is what was sent.
alter table statement_sent drop constraint statement_sent_pkey;
alter table statement_sent add column version smallint not null default 1 check (version >= 1);
alter table statement_sent add primary key (tenant_id, message_id, version);

-- The fee of a reminder, each time it was written; the latest counts, and is zero where none is asked any more.
alter table charge_fee drop constraint charge_fee_tenant_id_message_id_key;
alter table charge_fee drop constraint charge_fee_amount_minor_check;
alter table charge_fee add column version smallint not null default 1 check (version >= 1);
alter table charge_fee
  add constraint charge_fee_amount_minor_check check (amount_minor >= 0),
  add constraint charge_fee_once unique (tenant_id, message_id, version);
