-- Holds of every reach: everything, a company, a customer, an item, or one contact. Each has a reason, an owner and an end, always; that it
-- was extended, given to somebody else or released are facts.

alter table hold no force row level security;
alter table hold rename column reason to note;
alter table hold rename constraint hold_reason_check to hold_note_check;
alter table hold alter column note drop not null;
alter table hold alter column customer_id drop not null;
alter table hold add column company_id uuid, add column contact_id uuid;
alter table hold add column reason text not null default 'other' check (reason ~ '^[a-z][a-z0-9_]{1,39}$');
alter table hold alter column reason drop default;
alter table hold add column owner_id text;
update hold set owner_id = case when placed_by like 'user:%' then substr(placed_by, 6) else placed_by end;
alter table hold alter column owner_id set not null;
update hold set ends_on = starts_on + 366 where ends_on is null;
alter table hold alter column ends_on set not null;
alter table hold add column scope text not null generated always as (case when item_id is not null then 'item'
  when contact_id is not null then 'contact' when customer_id is not null then 'customer' when company_id is not null then 'company'
  else 'tenant' end) stored;
alter table hold add constraint hold_one_scope check ((item_id is null or (customer_id is not null and contact_id is null))
  and (contact_id is null or customer_id is not null) and (company_id is null or customer_id is null));
alter table hold add constraint hold_other_said check (reason <> 'other' or note is not null);
alter table hold add foreign key (tenant_id, company_id) references company (tenant_id, id);
alter table hold add foreign key (tenant_id, contact_id) references contact (tenant_id, id);
alter table hold force row level security;
create index hold_wide on hold (tenant_id) where released_at is null and customer_id is null;
create index hold_ends on hold (tenant_id, ends_on) where released_at is null;

-- What a hold is about stays; it may end later or earlier, and be somebody else's. What was released stays released.
create function hold_kept() returns trigger language plpgsql as $$
begin
  if old.released_at is not null or (new.tenant_id, new.id, new.customer_id, new.item_id, new.company_id, new.contact_id, new.reason,
      new.note, new.starts_on, new.placed_by, new.recorded_at)
     is distinct from
     (old.tenant_id, old.id, old.customer_id, old.item_id, old.company_id, old.contact_id, old.reason,
      old.note, old.starts_on, old.placed_by, old.recorded_at) then
    raise exception 'of a hold only its end and its owner may change' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger hold_kept before update on hold for each row execute function hold_kept();
create trigger hold_not_deleted before delete on hold for each statement execute function refuse_change();

create table hold_change (
  tenant_id uuid not null references tenant,
  id uuid not null,
  hold_id uuid not null,
  kind text not null check (kind in ('extended', 'given', 'released')),
  -- Its end, and whose it was, before and after.
  ended_on date not null,
  ends_on date not null,
  owned_by text not null,
  owner_id text not null,
  note text check (length(note) between 1 and 500),
  changed_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, hold_id) references hold (tenant_id, id),
  constraint hold_change_later check (kind <> 'extended' or ends_on > ended_on)
);
create index hold_change_hold on hold_change (tenant_id, hold_id, recorded_at);

-- A tenant's own reasons, and names and use of the built-in ones; the latest of a code counts.
create table hold_reason_kind (
  tenant_id uuid not null references tenant,
  id uuid not null,
  code text not null check (code ~ '^[a-z][a-z0-9_]{1,39}$'),
  name text not null check (length(name) between 1 and 80),
  in_use boolean not null,
  recorded_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id)
);
create index hold_reason_kind_code on hold_reason_kind (tenant_id, code, recorded_at);

-- That a hold is about to end was told to its owner, once for each end and owner; taken away again only where the mail surely did not leave.
create table hold_notice (
  tenant_id uuid not null references tenant,
  hold_id uuid not null,
  ends_on date not null,
  owner_id text not null,
  told_at timestamptz not null,
  primary key (tenant_id, hold_id, ends_on, owner_id),
  foreign key (tenant_id, hold_id) references hold (tenant_id, id)
);
create trigger hold_notice_kept before update on hold_notice for each statement execute function refuse_change();

do $$ declare t text; begin
  foreach t in array array['hold_change', 'hold_reason_kind'] loop
    execute format('create trigger %I before update or delete on %I for each statement execute function refuse_change()', t || '_kept', t);
  end loop;
  foreach t in array array['hold', 'hold_change', 'hold_reason_kind', 'hold_notice'] loop
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', t || '_not_truncated', t);
  end loop;
  foreach t in array array['hold_change', 'hold_reason_kind', 'hold_notice'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
