-- A past day knows no reference rate that was recorded since: what late payment had cost by then is told as it was reckoned then.
create or replace function draw_known_views() returns void language plpgsql as $$
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
    ('charge_policy', 'recorded_at'), ('charge_fee', 'recorded_at'), ('message_template', 'written_at'), ('message_attempt', 'started_at'),
    ('receiving_account', 'recorded_at'), ('letterhead', 'recorded_at'), ('reference_rate', 'recorded_at')
  ) as f(name, learned) loop
    execute format('create view as_known.%1$I with (security_invoker = true) as select %2$s from public.%1$I r where r.%3$I <= known_at()',
      t.name, known_columns(t.name, '{}'), t.learned);
  end loop;

  -- Facts that can be ended or taken back: their end counts from when that was learned.
  for t in select * from (values
    ('dispute_closing', 'recorded_at', 'reopened_at', array['reopened_on', 'reopened_by', 'reopened_note', 'reopened_at']),
    ('suppression', 'added_at', 'lifted_at', array['lifted_at', 'lifted_by', 'lift_reason']),
    ('step_act', 'recorded_at', 'taken_back_at', array['taken_back_by', 'taken_back_at']),
    ('receiving_account_given', 'given_at', 'retired_at', array['retired_by', 'retired_at'])
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
    ('pay_account', null, array['company_id', 'currency'], null), ('company_print', null, array['company_id'], null),
    ('customer_print', 'customer_id', array['customer_id'], null)
  ) as f(name, whose, keys, made) loop
    execute format('create view as_known.%1$I with (security_invoker = true) as
      select %2$s from public.%1$I r where %3$s and (select b.id from public.row_before b
        where b.tenant_id = r.tenant_id and b.table_name = %4$L and b.row_key = %5$s and b.ended_at > known_at() limit 1) is null
      union all
      select %6$s from public.row_before b cross join lateral jsonb_populate_record(null::public.%1$I, b.was) r
      where b.table_name = %4$L and b.was is not null and b.ended_at > known_at() and %3$s and b.id = (select e.id from public.row_before e
        where e.tenant_id = b.tenant_id and e.table_name = %4$L and e.row_key = b.row_key and e.ended_at > known_at() order by e.id limit 1)',
      t.name, known_columns(t.name, '{}'), case when t.made is null then 'true' else format('r.%I <= known_at()', t.made) end, t.name,
      (select string_agg(format('r.%I::text', k), $q$ || ' ' || $q$ order by n) from unnest(t.keys) with ordinality x(k, n)),
      known_columns(t.name, known_defaults(t.name) || jsonb_build_object('tenant_id', 'b.tenant_id')
        || case when t.whose is null then '{}' else jsonb_build_object(t.whose, 'b.customer_id') end));
  end loop;
end $$;
select draw_known_views();
