-- Why a credit note was given, as a code; and what a credit note takes back of a discount that was granted for paying its
-- invoice early.

alter table invoice add column reason_code text check (reason_code ~ '^[a-z][a-z0-9-]{1,39}$');

-- What was written so far as free text is kept as the words beside the code `other`. The wall and the trigger that keeps issued
-- documents stand aside for the owner of the table while this file runs.
alter table invoice no force row level security;
alter table invoice disable trigger invoice_content_kept;
update invoice set reason_code = 'other' where kind = 'credit_note';
alter table invoice enable trigger invoice_content_kept;
alter table invoice force row level security;

alter table invoice drop constraint invoice_reason;
alter table invoice add constraint invoice_reason check (
  (kind = 'credit_note') = (reason_code is not null)
  and (reason_code is distinct from 'other' or reason is not null or batch_id is not null));

-- Reasons of the tenant's own, besides those that everybody has.
create table credit_reason (
  tenant_id uuid not null references tenant,
  code text not null check (code ~ '^[a-z][a-z0-9-]{1,39}$'),
  label text not null check (length(label) between 1 and 100),
  position smallint not null check (position >= 1),
  primary key (tenant_id, code)
);
alter table credit_reason enable row level security;
alter table credit_reason force row level security;
create policy wall on credit_reason using (tenant_id = (select current_tenant()));

-- What a credit note takes back of the discounts on its invoice: it gives its total less this.
create table discount_reversal (
  tenant_id uuid not null references tenant,
  credit_note_id uuid not null,
  currency char(3) not null,
  discount_minor bigint not null check (discount_minor > 0),
  -- The part of it that is tax, in all and by category and percentage.
  tax_minor bigint not null check (tax_minor between 0 and discount_minor),
  taxes jsonb,
  functional_minor bigint not null check (functional_minor >= 0),
  recorded_at timestamptz not null,
  primary key (tenant_id, credit_note_id),
  foreign key (tenant_id, credit_note_id) references invoice (tenant_id, id)
);
do $$ declare t text; begin
  foreach t in array array['discount_reversal'] loop
    execute format('create trigger %I before update or delete on %I for each statement execute function refuse_change()', t || '_kept', t);
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', t || '_not_truncated', t);
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
