-- What stood in rows that are overwritten or deleted, so that what is decided today can be decided again by what was known then.
-- Facts need none of this: they carry when they were learned. Written by triggers alone, one row for each change, as the row was until then.
create table row_before (
  tenant_id uuid not null references tenant,
  id bigint generated always as identity,
  table_name text not null,
  -- The key of the row without the tenant; its parts with a space between.
  row_key text not null,
  customer_id uuid,
  ended_at timestamptz not null,
  -- Null: there was no such row until then.
  was jsonb,
  primary key (tenant_id, id)
);
create index row_before_key on row_before (tenant_id, table_name, row_key, id) include (ended_at);
create index row_before_customer on row_before (tenant_id, table_name, customer_id) where customer_id is not null;

-- Since when rows are kept, of tenants that were there before; of all others there is nothing from before.
create table row_before_begin (
  tenant_id uuid primary key references tenant,
  begins_at timestamptz not null
);
select set_config('app.every_tenant', 'yes', true);
insert into row_before_begin select id, now() from tenant;
select set_config('app.every_tenant', '', true);

-- Of what was kept nothing goes, and nothing is changed but what a row said: that is where names and addresses are,
-- should they have to be taken out.
create function row_before_kept() returns trigger language plpgsql as $$
begin
  if to_jsonb(new) - 'was' is distinct from to_jsonb(old) - 'was' or (new.was is null) <> (old.was is null) then
    raise exception 'of a row as it was, its key and its time are never changed' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger row_before_kept before update on row_before for each row execute function row_before_kept();
create trigger row_before_begin_kept before update on row_before_begin for each statement execute function refuse_change();
do $$ declare t text; begin
  foreach t in array array['row_before', 'row_before_begin'] loop
    execute format('create trigger %I before delete on %I for each statement execute function refuse_change()', t || '_not_deleted', t);
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', t || '_not_truncated', t);
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;

-- The moment that the transaction looks back to; none, where it looks at what is.
create function known_at() returns timestamptz language sql stable parallel safe
return nullif(current_setting('app.known_at', true), '')::timestamptz;

-- Keeps the row as it was: which column names its customer (empty: none), then the columns of its key.
-- The moment is that of the command, as that of facts is.
create function keep_row_before() returns trigger language plpgsql as $$
declare
  one jsonb := case when tg_op = 'INSERT' then to_jsonb(new) else to_jsonb(old) end;
begin
  insert into row_before (tenant_id, table_name, row_key, customer_id, ended_at, was)
  values ((one ->> 'tenant_id')::uuid, tg_table_name,
    (select string_agg(one ->> tg_argv[n], ' ' order by n) from generate_series(1, tg_nargs - 1) n),
    (one ->> nullif(tg_argv[0], ''))::uuid,
    coalesce(nullif(current_setting('app.now', true), '')::timestamptz, now()),
    case when tg_op <> 'INSERT' then one end);
  return null;
end $$;

-- Tables whose rows say themselves when they were made.
create trigger customer_before after update on customer for each row
  when (old.* is distinct from new.*) execute function keep_row_before('id', 'id');
create trigger customer_before_deleted after delete on customer for each row execute function keep_row_before('id', 'id');
create trigger contact_before after update on contact for each row
  when (old.* is distinct from new.*) execute function keep_row_before('customer_id', 'id');
create trigger contact_before_deleted after delete on contact for each row execute function keep_row_before('customer_id', 'id');
create trigger address_before after update on address for each row
  when (old.* is distinct from new.*) execute function keep_row_before('customer_id', 'id');
create trigger address_before_deleted after delete on address for each row execute function keep_row_before('customer_id', 'id');
create trigger company_before after update on company for each row
  when (old.* is distinct from new.*) execute function keep_row_before('', 'id');
create trigger customer_tag_before after delete on customer_tag for each row execute function keep_row_before('customer_id', 'customer_id', 'tag');
create trigger portal_upload_before after update on portal_upload for each row
  when (old.* is distinct from new.*) execute function keep_row_before('customer_id', 'document_id');
create trigger hand_over_item_before after update on hand_over_item for each row
  when (old.* is distinct from new.*) execute function keep_row_before('', 'hand_over_id', 'item_id');
-- A claim that is given back. What was open in the moment of sending is added to it later, and changes nothing of it.
create trigger reminder_item_before after delete on reminder_item for each row
  execute function keep_row_before('customer_id', 'item_id', 'offset_days');
-- Of messages, whether one counts as said: most never change that.
create trigger message_before after update on message for each row
  when (old.purpose = 'reminder' and (old.state in ('refused', 'failed', 'dropped')) is distinct from (new.state in ('refused', 'failed', 'dropped')))
  execute function keep_row_before('customer_id', 'id');

-- Tables whose rows do not: that there was none is kept too.
create trigger delivery_setting_before after insert or delete on delivery_setting for each row execute function keep_row_before('', 'company_id');
create trigger delivery_setting_before_changed after update on delivery_setting for each row
  when (old.* is distinct from new.*) execute function keep_row_before('', 'company_id');
create trigger delivery_preference_before after insert or delete on delivery_preference for each row
  execute function keep_row_before('customer_id', 'customer_id');
create trigger delivery_preference_before_changed after update on delivery_preference for each row
  when (old.* is distinct from new.*) execute function keep_row_before('customer_id', 'customer_id');
create trigger delivery_by_portal_before after insert or delete on delivery_by_portal for each row
  execute function keep_row_before('customer_id', 'customer_id', 'of_company');
create trigger delivery_by_portal_before_changed after update on delivery_by_portal for each row
  when (old.* is distinct from new.*) execute function keep_row_before('customer_id', 'customer_id', 'of_company');
create trigger terms_setting_before after insert or delete on terms_setting for each row execute function keep_row_before('', 'company_id');
create trigger terms_setting_before_changed after update on terms_setting for each row
  when (old.* is distinct from new.*) execute function keep_row_before('', 'company_id');
create trigger pay_account_before after insert or delete on pay_account for each row
  execute function keep_row_before('', 'company_id', 'currency');
create trigger pay_account_before_changed after update on pay_account for each row
  when (old.* is distinct from new.*) execute function keep_row_before('', 'company_id', 'currency');

-- The columns of a table, in their order, some of them reckoned otherwise.
create function known_columns(named text, instead jsonb) returns text language sql stable as $$
  select string_agg(case when instead ? a.attname then format('(%s) as %I', instead ->> a.attname, a.attname)
    else format('r.%I', a.attname) end, ', ' order by a.attnum)
  from pg_attribute a where a.attrelid = ('public.' || quote_ident(named))::regclass and a.attnum > 0 and not a.attisdropped
$$;

-- Draws `as_known` anew: for each table that planning reads a view of the same name and columns, with the rows as they were known at
-- `known_at()`. A transaction that looks there first reads the past by the very statements that read the present. It is drawn
-- anew after every migration; one that changes what a view stands on drops the schema before.
create function draw_known_views() returns void language plpgsql as $$
declare
  t record;
  own text;
begin
  drop schema if exists as_known cascade;
  create schema as_known;

  -- Facts: what had been learned.
  for t in select * from (values
    ('application', 'recorded_at'), ('journal_line', 'recorded_at'), ('exchange_rate', 'recorded_at'), ('dispute', 'recorded_at'),
    ('dispute_release', 'recorded_at'), ('dispute_remedy', 'recorded_at'), ('promise', 'recorded_at'), ('promise_end', 'recorded_at'),
    ('promise_item_end', 'recorded_at'), ('promise_break', 'recorded_at'), ('promise_setting', 'recorded_at'), ('risk_class', 'recorded_at'),
    ('reminder_skip', 'recorded_at'), ('reminder_skip_end', 'recorded_at'), ('experiment', 'recorded_at'), ('experiment_end', 'recorded_at'),
    ('experiment_entry', 'recorded_at'), ('worklist_owner', 'recorded_at'), ('debtor_kind', 'recorded_at'),
    ('payment_terms_version', 'recorded_at'), ('portal_setting', 'recorded_at'), ('hand_over', 'recorded_at'), ('hold_change', 'recorded_at'),
    ('charge_policy', 'recorded_at'), ('charge_fee', 'recorded_at'), ('message_template', 'written_at'), ('message_attempt', 'started_at')
  ) as f(name, learned) loop
    execute format('create view as_known.%1$I with (security_invoker = true) as select %2$s from public.%1$I r where r.%3$I <= known_at()',
      t.name, known_columns(t.name, '{}'), t.learned);
  end loop;

  -- Facts that can be ended or taken back: their end counts from when that was learned.
  for t in select * from (values
    ('dispute_closing', 'recorded_at', 'reopened_at', array['reopened_on', 'reopened_by', 'reopened_note', 'reopened_at']),
    ('suppression', 'added_at', 'lifted_at', array['lifted_at', 'lifted_by', 'lift_reason']),
    ('step_act', 'recorded_at', 'taken_back_at', array['taken_back_by', 'taken_back_at'])
  ) as f(name, learned, undone, ends) loop
    execute format('create view as_known.%1$I with (security_invoker = true) as select %2$s from public.%1$I r where r.%3$I <= known_at()',
      t.name,
      known_columns(t.name, (select jsonb_object_agg(e, format('case when r.%I <= known_at() then r.%I end', t.undone, e)) from unnest(t.ends) e)),
      t.learned);
  end loop;

  own := known_columns('hold', jsonb_build_object(
    'released_at', 'case when r.released_at <= known_at() then r.released_at end',
    'released_by', 'case when r.released_at <= known_at() then r.released_by end',
    'ends_on', 'coalesce((select c.ended_on from public.hold_change c where c.tenant_id = r.tenant_id and c.hold_id = r.id
      and c.recorded_at > known_at() order by c.recorded_at, c.id limit 1), r.ends_on)',
    'owner_id', 'coalesce((select c.owned_by from public.hold_change c where c.tenant_id = r.tenant_id and c.hold_id = r.id
      and c.recorded_at > known_at() order by c.recorded_at, c.id limit 1), r.owner_id)'));
  execute 'create view as_known.hold with (security_invoker = true) as select ' || own || ' from public.hold r where r.recorded_at <= known_at()';

  -- What was open: what is open, less what was learned since. Items are apart that are open, were closed since, or long before, so
  -- that who asks for open ones is not led through all that ever were.
  own := known_columns('open_item', jsonb_build_object(
    'open_minor', '(r.open_minor - since.minor)::bigint', 'open_functional_minor', '(r.open_functional_minor - since.functional_minor)::bigint'));
  execute format('create view as_known.open_item with (security_invoker = true) as
    select %1$s from public.open_item r cross join lateral (%2$s) since where r.open_minor <> 0 and r.recorded_at <= known_at()
    union all
    select %1$s from public.open_item r cross join lateral (%2$s) since where r.open_minor = 0 and r.recorded_at <= known_at() and exists (%3$s)
    union all
    select %4$s from public.open_item r where r.open_minor = 0 and r.recorded_at <= known_at() and not exists (%3$s)',
    own,
    'select coalesce(sum(l.amount_minor), 0) as minor, coalesce(sum(l.functional_minor), 0) as functional_minor
      from public.journal_line l where l.tenant_id = r.tenant_id and l.item_id = r.id and l.recorded_at > known_at()',
    'select from public.journal_line l where l.tenant_id = r.tenant_id and l.item_id = r.id and l.recorded_at > known_at()',
    known_columns('open_item', '{"open_minor": "0::bigint"}'));

  -- Which set of policies was in force. What a set says is never changed once it is.
  own := known_columns('policy_set', jsonb_build_object(
    'stage', $q$case when r.retired_at <= known_at() then 'retired' when r.live_at <= known_at() then 'live' else 'draft' end$q$,
    'live_at', 'case when r.live_at <= known_at() then r.live_at end',
    'live_by', 'case when r.live_at <= known_at() then r.live_by end',
    'retired_at', 'case when r.retired_at <= known_at() then r.retired_at end'));
  execute 'create view as_known.policy_set with (security_invoker = true) as select ' || own || ' from public.policy_set r where r.made_at <= known_at()';
  own := known_columns('payment_terms', jsonb_build_object('version', 'coalesce((select max(v.version) from public.payment_terms_version v
    where v.tenant_id = r.tenant_id and v.payment_terms_id = r.id and v.recorded_at <= known_at()), r.version)'));
  execute 'create view as_known.payment_terms with (security_invoker = true) as select ' || own || ' from public.payment_terms r';

  -- Rows that are overwritten: those that stand since, and those that stood until later.
  for t in select * from (values
    ('customer', 'id', array['id'], 'created_at'), ('contact', 'customer_id', array['id'], 'created_at'),
    ('address', 'customer_id', array['id'], 'created_at'), ('company', null, array['id'], null),
    ('customer_tag', 'customer_id', array['customer_id', 'tag'], 'recorded_at'),
    ('portal_upload', 'customer_id', array['document_id'], 'recorded_at'),
    ('hand_over_item', null, array['hand_over_id', 'item_id'], null),
    ('reminder_item', 'customer_id', array['item_id', 'offset_days'], 'recorded_at'),
    ('message', 'customer_id', array['id'], 'created_at'),
    ('delivery_setting', null, array['company_id'], null), ('delivery_preference', 'customer_id', array['customer_id'], null),
    ('delivery_by_portal', 'customer_id', array['customer_id', 'of_company'], null), ('terms_setting', null, array['company_id'], null),
    ('pay_account', null, array['company_id', 'currency'], null)
  ) as f(name, whose, keys, made) loop
    execute format('create view as_known.%1$I with (security_invoker = true) as
      select %2$s from public.%1$I r where %3$s and not exists (select from public.row_before b
        where b.tenant_id = r.tenant_id and b.table_name = %4$L and b.row_key = %5$s and b.ended_at > known_at())
      union all
      select %6$s from public.row_before b cross join lateral jsonb_populate_record(null::public.%1$I, b.was) r
      where b.table_name = %4$L and b.was is not null and b.ended_at > known_at() and %3$s and not exists (select from public.row_before e
        where e.tenant_id = b.tenant_id and e.table_name = b.table_name and e.row_key = b.row_key and e.id < b.id and e.ended_at > known_at())',
      t.name, known_columns(t.name, '{}'), case when t.made is null then 'true' else format('r.%I <= known_at()', t.made) end, t.name,
      (select string_agg(format('r.%I::text', k), $q$ || ' ' || $q$ order by n) from unnest(t.keys) with ordinality x(k, n)),
      known_columns(t.name, jsonb_build_object('tenant_id', 'b.tenant_id')
        || case when t.whose is null then '{}' else jsonb_build_object(t.whose, 'b.customer_id') end));
  end loop;
end $$;
select draw_known_views();
