-- The whole database, written from its catalog. Do not edit: change it by a migration.

CREATE OR REPLACE FUNCTION public.approval_kept()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.ended_at is not null then
    raise exception 'an approval that has ended is never changed' using errcode = 'restrict_violation';
  end if;
  if row(new.operation, new.requested_by, new.requester_id, new.requested_at, new.command_id)
     is distinct from row(old.operation, old.requested_by, old.requester_id, old.requested_at, old.command_id) then
    raise exception 'who asked for what is never changed' using errcode = 'restrict_violation';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.attachment_kept()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.document_id is not null or old.message_id is not null
     or to_jsonb(new) - 'removed_at' is distinct from to_jsonb(old) - 'removed_at' then
    raise exception 'a file of an issued document is never changed; add another one' using errcode = 'restrict_violation';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.bank_day_open()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare wrong record;
begin
  perform 1 from bank_account b
    where (b.tenant_id, b.id) in (select tenant_id, bank_account_id from added) for key share;
  select a.booked_on into wrong from (select distinct tenant_id, bank_account_id, booked_on from added) a
  join day_sign_off s on s.tenant_id = a.tenant_id and s.bank_account_id = a.bank_account_id and s.day = a.booked_on
  where s.reopened_at is null limit 1;
  if found then
    raise exception 'the day % of this bank account is signed off', wrong.booked_on
      using errcode = 'check_violation', constraint = 'bank_day_open';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.charge_exclusion_kept()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.released_at is not null or new.released_at is null
     or to_jsonb(new) - array['released_at', 'to_on', 'annulled'] is distinct from to_jsonb(old) - array['released_at', 'to_on', 'annulled'] then
    raise exception 'what is left out of interest is released once, and not changed otherwise' using errcode = 'restrict_violation';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.current_tenant()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid;

CREATE OR REPLACE FUNCTION public.current_user_id()
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN NULLIF(current_setting('app.user_id'::text, true), ''::text);

CREATE OR REPLACE FUNCTION public.dispute_closing_kept()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.reopened_at is not null or new.reopened_at is null
     or to_jsonb(new) - array['reopened_on', 'reopened_by', 'reopened_note', 'reopened_at']
        is distinct from to_jsonb(old) - array['reopened_on', 'reopened_by', 'reopened_note', 'reopened_at'] then
    raise exception 'the closing of a dispute is taken back once, and not changed otherwise' using errcode = 'restrict_violation';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.draw_known_views()
 RETURNS void
 LANGUAGE plpgsql
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION public.ended_once()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare free text[] := tg_argv[0]::text[];
begin
  if to_jsonb(old) ->> free[1] is not null or to_jsonb(new) ->> free[1] is null
     or to_jsonb(new) - free is distinct from to_jsonb(old) - free then
    raise exception 'a row of % is ended once, and not changed otherwise', tg_table_name using errcode = 'restrict_violation';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.evidence_pack_kept()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.ended_at is not null and to_jsonb(new) - 'removed_at' is distinct from to_jsonb(old) - 'removed_at' then
    raise exception 'an evidence pack that ended is never changed; ask for another one' using errcode = 'restrict_violation';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.hand_over_item_kept()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.ended_on is not null or (new.tenant_id, new.hand_over_id, new.item_id, new.amount_minor, new.interest_exclusion_id)
     is distinct from (old.tenant_id, old.hand_over_id, old.item_id, old.amount_minor, old.interest_exclusion_id) then
    raise exception 'of an item that was handed over only its end is noted, once' using errcode = 'restrict_violation';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.hold_kept()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.released_at is not null or (new.tenant_id, new.id, new.customer_id, new.item_id, new.company_id, new.contact_id, new.reason,
      new.note, new.starts_on, new.placed_by, new.recorded_at)
     is distinct from
     (old.tenant_id, old.id, old.customer_id, old.item_id, old.company_id, old.contact_id, old.reason,
      old.note, old.starts_on, old.placed_by, old.recorded_at) then
    raise exception 'of a hold only its end and its owner may change' using errcode = 'restrict_violation';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.invoice_content_kept()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'an issued invoice is never changed; credit it or void it' using errcode = 'restrict_violation';
end $function$;

CREATE OR REPLACE FUNCTION public.journal_entry_period_open()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare wrong record;
begin
  select p.starts_on, p.ends_on into wrong
  from (select distinct tenant_id, company_id, posted_on from added) a
  join accounting_period p on p.tenant_id = a.tenant_id and p.company_id = a.company_id
    and a.posted_on between p.starts_on and p.ends_on
  where p.locked_at is not null limit 1;
  if found then
    raise exception 'the period % to % is locked', wrong.starts_on, wrong.ends_on
      using errcode = 'check_violation', constraint = 'journal_entry_period_open';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.journal_lines_balance()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare wrong record;
begin
  select entry_id, currency, sum(amount_minor) as amount, sum(functional_minor) as functional into wrong
  from added group by entry_id, currency having sum(amount_minor) <> 0 limit 1;
  if found then
    raise exception 'entry % does not balance: % % left over', wrong.entry_id, wrong.amount, wrong.currency
      using errcode = 'check_violation', constraint = 'journal_lines_balance';
  end if;
  select entry_id, sum(functional_minor) as functional into wrong
  from added group by entry_id having sum(functional_minor) <> 0 limit 1;
  if found then
    raise exception 'entry % does not balance: functional % left over', wrong.entry_id, wrong.functional
      using errcode = 'check_violation', constraint = 'journal_lines_balance';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.keep_receiving_account()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.retired_at is not null
    or (new.tenant_id, new.account_id, new.company_id, new.currency, new.customer_id, new.given_by, new.given_at)
      is distinct from (old.tenant_id, old.account_id, old.company_id, old.currency, old.customer_id, old.given_by, old.given_at)
  then raise exception 'an account that was given stays its customer''s' using errcode = 'P0001'; end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.keep_row_before()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION public.known_at()
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (NULLIF(current_setting('app.known_at'::text, true), ''::text))::timestamp with time zone;

CREATE OR REPLACE FUNCTION public.known_columns(named text, instead jsonb)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
  select string_agg(case when instead ? a.attname then format('(%s) as %I', instead ->> a.attname, a.attname)
    else format('r.%I', a.attname) end, ', ' order by a.attnum)
  from pg_attribute a where a.attrelid = ('public.' || quote_ident(named))::regclass and a.attnum > 0 and not a.attisdropped
$function$;

CREATE OR REPLACE FUNCTION public.known_defaults(named text)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
AS $function$
  select coalesce(jsonb_object_agg(a.attname, format('coalesce(r.%I, (%s)::%s)', a.attname,
    pg_get_expr(d.adbin, d.adrelid), format_type(a.atttypid, a.atttypmod))), '{}')
  from pg_attribute a join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where a.attrelid = ('public.' || quote_ident(named))::regclass and a.attnotnull and a.attgenerated = ''
$function$;

CREATE OR REPLACE FUNCTION public.ledger_day_add()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into ledger_day (tenant_id, posted_on, company_id, account, currency, is_credit, due_on, amount_minor, functional_minor)
  select l.tenant_id, l.posted_on, l.company_id, l.account, l.currency, i.amount_minor < 0, l.due_on,
    sum(l.amount_minor), sum(l.functional_minor)
  from added l join open_item i on i.tenant_id = l.tenant_id and i.id = l.item_id
  where l.item_id is not null
  group by 1, 2, 3, 4, 5, 6, 7
  having sum(l.amount_minor) <> 0 or sum(l.functional_minor) <> 0;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.line_shows_one_thing()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if exists (select from line_explanation x where x.tenant_id = new.tenant_id
      and x.statement_line_id = new.statement_line_id and x.undone_at is null) then
    raise exception 'the bank line is explained' using errcode = 'check_violation', constraint = 'line_shows_one_thing';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.match_key(given text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN regexp_replace(translate(given, 'abcdefghijklmnopqrstuvwxyz'::text, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'::text), '[^A-Z0-9]'::text, ''::text, 'g'::text);

CREATE OR REPLACE FUNCTION public.open_item_identity_kept()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'of an open item only what is left may change' using errcode = 'restrict_violation';
end $function$;

CREATE OR REPLACE FUNCTION public.payment_content_kept()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'a recorded payment is never changed; return it or move it' using errcode = 'restrict_violation';
end $function$;

CREATE OR REPLACE FUNCTION public.policy_set_kept()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'DELETE' then
    if old.stage <> 'draft' then raise exception 'a set of policies that was tried or went live is kept'; end if;
    return old;
  end if;
  if (new.tenant_id, new.id, new.number, new.made_by, new.made_at) is distinct from
    (old.tenant_id, old.id, old.number, old.made_by, old.made_at) then raise exception 'who made a set of policies is kept'; end if;
  if old.stage <> 'draft' and (new.file, new.name, new.note) is distinct from (old.file, old.name, old.note) then
    raise exception 'what a set of policies said is kept';
  end if;
  if old.stage not in ('draft', 'shadow') and (new.live_at, new.live_by) is distinct from (old.live_at, old.live_by) then
    raise exception 'what a set of policies said is kept';
  end if;
  if (old.stage, new.stage) not in (('draft', 'draft'), ('draft', 'shadow'), ('shadow', 'draft'), ('draft', 'live'), ('shadow', 'live'),
    ('live', 'retired')) then
    raise exception 'a set of policies goes from draft, perhaps by way of a shadow, to live to retired';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception '% of % is refused: recorded facts are reversed by new facts, never changed', tg_op, tg_table_name
    using errcode = 'restrict_violation';
end $function$;

CREATE OR REPLACE FUNCTION public.remittance_join_kept()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.parted_at is not null or new.parted_at is null
     or to_jsonb(new) - array['parted_by', 'parted_at'] is distinct from to_jsonb(old) - array['parted_by', 'parted_at'] then
    raise exception 'a remittance is parted from its payment once, and its join not changed otherwise' using errcode = 'restrict_violation';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.row_before_kept()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if to_jsonb(new) - 'was' is distinct from to_jsonb(old) - 'was' or (new.was is null) <> (old.was is null) then
    raise exception 'of a row as it was, its key and its time are never changed' using errcode = 'restrict_violation';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.signing_certificate_kept()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare free text[] := '{signs_invoices,removed_by,removed_at,sealed_key}';
begin
  if to_jsonb(new) - free is distinct from to_jsonb(old) - free or old.removed_at is not null
    or (new.sealed_key is distinct from old.sealed_key and (new.removed_at is null or length(new.sealed_key) > 0)) then
    raise exception 'a certificate that is kept does not change' using errcode = 'restrict_violation';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.task_kept()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  free text[] := '{state,assigned_to,assigned_how,snoozed_until,outcome,due_at,escalate_at,escalated_at,closed_at,change_id,revision}';
begin
  if old.kind = 'step_for_person' and old.state = 'open' then free := free || '{seen,currency,amount_minor}'; end if;
  if to_jsonb(new) - free is distinct from to_jsonb(old) - free then
    raise exception 'what a task is about does not change' using errcode = 'restrict_violation';
  end if;
  new.revision := old.revision + ((new.state, new.assigned_to, new.assigned_how, new.snoozed_until, new.outcome, new.seen)
    is distinct from (old.state, old.assigned_to, old.assigned_how, old.snoozed_until, old.outcome, old.seen))::int;
  return new;
end $function$;

create table account_correction (
  tenant_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  identity bytea not null,
  code text not null,
  account text,
  routing text,
  holder text,
  original_trace text not null,
  said text not null,
  right_account text,
  right_routing text,
  file_name text not null,
  recorded_by text not null,
  recorded_at timestamp with time zone not null,
  constraint account_correction_account_check CHECK (((length(account) >= 1) AND (length(account) <= 64))),
  constraint account_correction_code_check CHECK ((code ~ '^C\d{2}$'::text)),
  constraint account_correction_holder_check CHECK (((length(holder) >= 1) AND (length(holder) <= 200))),
  constraint account_correction_identity_check CHECK ((length(identity) = 32)),
  constraint account_correction_original_trace_check CHECK ((length(original_trace) <= 15)),
  constraint account_correction_right_account_check CHECK (((length(right_account) >= 1) AND (length(right_account) <= 64))),
  constraint account_correction_right_routing_check CHECK ((right_routing ~ '^\d{9}$'::text)),
  constraint account_correction_routing_check CHECK ((routing ~ '^\d{8,9}$'::text)),
  constraint account_correction_said_check CHECK ((length(said) <= 100)),
  constraint account_correction_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint account_correction_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint account_correction_pkey PRIMARY KEY (tenant_id, id),
  constraint account_correction_once UNIQUE (tenant_id, identity)
);
CREATE INDEX account_correction_newest ON public.account_correction USING btree (tenant_id, recorded_at DESC, id DESC);
CREATE TRIGGER account_correction_kept BEFORE DELETE OR UPDATE ON public.account_correction FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER account_correction_not_truncated BEFORE TRUNCATE ON public.account_correction FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table account_correction_end (
  tenant_id uuid not null,
  correction_id uuid not null,
  kind text not null,
  customer_id uuid,
  account_before text,
  account_after text,
  note text,
  decided_by text not null,
  recorded_at timestamp with time zone not null,
  constraint account_correction_end_check CHECK (((kind = 'changed'::text) = ((customer_id IS NOT NULL) AND (account_after IS NOT NULL)))),
  constraint account_correction_end_kind_check CHECK ((kind = ANY (ARRAY['changed'::text, 'noted'::text]))),
  constraint account_correction_end_note_check CHECK (((length(note) >= 1) AND (length(note) <= 500))),
  constraint account_correction_end_tenant_id_correction_id_fkey FOREIGN KEY (tenant_id, correction_id) REFERENCES account_correction(tenant_id, id),
  constraint account_correction_end_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint account_correction_end_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint account_correction_end_pkey PRIMARY KEY (tenant_id, correction_id)
);
CREATE TRIGGER account_correction_end_kept BEFORE DELETE OR UPDATE ON public.account_correction_end FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER account_correction_end_not_truncated BEFORE TRUNCATE ON public.account_correction_end FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table accounting_period (
  tenant_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  starts_on date not null,
  ends_on date not null,
  locked_at timestamp with time zone,
  locked_by text,
  constraint accounting_period_check CHECK ((ends_on >= starts_on)),
  constraint accounting_period_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint accounting_period_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint accounting_period_pkey PRIMARY KEY (tenant_id, id),
  constraint accounting_period_tenant_id_company_id_daterange_excl EXCLUDE USING gist (tenant_id WITH =, company_id WITH =, daterange(starts_on, ends_on, '[]'::text) WITH &&)
);
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table address (
  tenant_id uuid not null,
  id uuid not null,
  customer_id uuid not null,
  kind text not null,
  street text not null,
  postal_code text not null,
  city text not null,
  region text,
  country character(2) not null,
  created_at timestamp with time zone not null default now(),
  archived_at timestamp with time zone,
  constraint address_kind_check CHECK ((kind = ANY (ARRAY['billing'::text, 'delivery'::text]))),
  constraint address_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint address_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint address_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX address_customer ON public.address USING btree (tenant_id, customer_id);
CREATE TRIGGER address_before AFTER UPDATE ON public.address FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION keep_row_before('customer_id', 'id');
CREATE TRIGGER address_before_deleted AFTER DELETE ON public.address FOR EACH ROW EXECUTE FUNCTION keep_row_before('customer_id', 'id');
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table agency (
  tenant_id uuid not null,
  id uuid not null,
  agency_id uuid not null,
  kind text not null,
  name text not null,
  email text,
  client_number text,
  fees jsonb not null,
  remits text not null,
  in_use boolean not null,
  stated_by text not null,
  recorded_at timestamp with time zone not null,
  constraint agency_client_number_check CHECK (((length(client_number) >= 1) AND (length(client_number) <= 60))),
  constraint agency_email_check CHECK (((length(email) >= 3) AND (length(email) <= 254))),
  constraint agency_kind_check CHECK ((kind = ANY (ARRAY['agency'::text, 'lawyer'::text]))),
  constraint agency_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint agency_remits_check CHECK ((remits = ANY (ARRAY['net'::text, 'gross'::text]))),
  constraint agency_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint agency_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX agency_version ON public.agency USING btree (tenant_id, agency_id, recorded_at DESC, id DESC);
CREATE TRIGGER agency_kept BEFORE DELETE OR UPDATE ON public.agency FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER agency_not_truncated BEFORE TRUNCATE ON public.agency FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table agency_columns (
  tenant_id uuid not null,
  id uuid not null,
  agency_id uuid not null,
  kind text not null,
  columns jsonb not null,
  stated_by text not null,
  recorded_at timestamp with time zone not null,
  constraint agency_columns_kind_check CHECK ((kind = ANY (ARRAY['statement'::text, 'status'::text]))),
  constraint agency_columns_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint agency_columns_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX agency_columns_of ON public.agency_columns USING btree (tenant_id, agency_id, kind, recorded_at DESC, id DESC);
CREATE TRIGGER agency_columns_kept BEFORE DELETE OR UPDATE ON public.agency_columns FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER agency_columns_not_truncated BEFORE TRUNCATE ON public.agency_columns FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table agency_notice (
  tenant_id uuid not null,
  id uuid not null,
  hand_over_id uuid not null,
  kind text not null,
  reason text,
  message_id uuid not null,
  recorded_at timestamp with time zone not null,
  constraint agency_notice_kind_check CHECK ((kind = ANY (ARRAY['recalled'::text, 'changed'::text]))),
  constraint agency_notice_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 2000))),
  constraint agency_notice_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint agency_notice_tenant_id_hand_over_id_fkey FOREIGN KEY (tenant_id, hand_over_id) REFERENCES hand_over(tenant_id, id),
  constraint agency_notice_tenant_id_message_id_fkey FOREIGN KEY (tenant_id, message_id) REFERENCES message(tenant_id, id),
  constraint agency_notice_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX agency_notice_of ON public.agency_notice USING btree (tenant_id, hand_over_id, recorded_at);
CREATE TRIGGER agency_notice_kept BEFORE DELETE OR UPDATE ON public.agency_notice FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER agency_notice_not_truncated BEFORE TRUNCATE ON public.agency_notice FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table agency_notice_item (
  tenant_id uuid not null,
  notice_id uuid not null,
  hand_over_id uuid not null,
  item_id uuid not null,
  known_minor bigint not null,
  constraint agency_notice_item_known_minor_check CHECK ((known_minor >= 0)),
  constraint agency_notice_item_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint agency_notice_item_tenant_id_hand_over_id_item_id_fkey FOREIGN KEY (tenant_id, hand_over_id, item_id) REFERENCES hand_over_item(tenant_id, hand_over_id, item_id),
  constraint agency_notice_item_tenant_id_notice_id_fkey FOREIGN KEY (tenant_id, notice_id) REFERENCES agency_notice(tenant_id, id),
  constraint agency_notice_item_pkey PRIMARY KEY (tenant_id, notice_id, item_id)
);
CREATE INDEX agency_notice_item_of ON public.agency_notice_item USING btree (tenant_id, hand_over_id, item_id);
CREATE TRIGGER agency_notice_item_kept BEFORE DELETE OR UPDATE ON public.agency_notice_item FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER agency_notice_item_not_truncated BEFORE TRUNCATE ON public.agency_notice_item FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table agency_statement (
  tenant_id uuid not null,
  id uuid not null,
  agency_id uuid not null,
  company_id uuid not null,
  reference text not null,
  stated_on date not null,
  currency character(3) not null,
  collected_minor bigint not null,
  fee_minor bigint not null,
  tax_minor bigint not null,
  remitted_minor bigint not null,
  payment_id uuid not null,
  note text,
  booked_by text not null,
  recorded_at timestamp with time zone not null,
  constraint agency_statement_collected_minor_check CHECK ((collected_minor > 0)),
  constraint agency_statement_fee_minor_check CHECK ((fee_minor >= 0)),
  constraint agency_statement_note_check CHECK (((length(note) >= 1) AND (length(note) <= 2000))),
  constraint agency_statement_reference_check CHECK (((length(reference) >= 1) AND (length(reference) <= 100))),
  constraint agency_statement_remitted_minor_check CHECK ((remitted_minor >= 0)),
  constraint agency_statement_tax_minor_check CHECK ((tax_minor >= 0)),
  constraint agency_statement_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint agency_statement_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint agency_statement_tenant_id_payment_id_fkey FOREIGN KEY (tenant_id, payment_id) REFERENCES payment(tenant_id, id),
  constraint agency_statement_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX agency_statement_newest ON public.agency_statement USING btree (tenant_id, agency_id, recorded_at DESC, id DESC);
CREATE INDEX agency_statement_payment ON public.agency_statement USING btree (tenant_id, payment_id);
CREATE TRIGGER agency_statement_kept BEFORE DELETE OR UPDATE ON public.agency_statement FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER agency_statement_not_truncated BEFORE TRUNCATE ON public.agency_statement FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table agency_statement_line (
  tenant_id uuid not null,
  statement_id uuid not null,
  line_no integer not null,
  hand_over_id uuid not null,
  item_id uuid not null,
  collected_minor bigint not null,
  fee_minor bigint not null,
  tax_minor bigint not null,
  remitted_minor bigint not null,
  agreed_fee_minor bigint not null,
  agreed_tax_minor bigint not null,
  constraint agency_statement_line_agreed_fee_minor_check CHECK ((agreed_fee_minor >= 0)),
  constraint agency_statement_line_agreed_tax_minor_check CHECK ((agreed_tax_minor >= 0)),
  constraint agency_statement_line_collected_minor_check CHECK ((collected_minor > 0)),
  constraint agency_statement_line_fee_minor_check CHECK ((fee_minor >= 0)),
  constraint agency_statement_line_line_no_check CHECK ((line_no >= 1)),
  constraint agency_statement_line_remitted_minor_check CHECK ((remitted_minor >= 0)),
  constraint agency_statement_line_tax_minor_check CHECK ((tax_minor >= 0)),
  constraint agency_statement_line_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint agency_statement_line_tenant_id_hand_over_id_item_id_fkey FOREIGN KEY (tenant_id, hand_over_id, item_id) REFERENCES hand_over_item(tenant_id, hand_over_id, item_id),
  constraint agency_statement_line_tenant_id_statement_id_fkey FOREIGN KEY (tenant_id, statement_id) REFERENCES agency_statement(tenant_id, id),
  constraint agency_statement_line_pkey PRIMARY KEY (tenant_id, statement_id, line_no)
);
CREATE INDEX agency_statement_line_item ON public.agency_statement_line USING btree (tenant_id, item_id);
CREATE INDEX agency_statement_line_of ON public.agency_statement_line USING btree (tenant_id, hand_over_id);
CREATE TRIGGER agency_statement_line_kept BEFORE DELETE OR UPDATE ON public.agency_statement_line FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER agency_statement_line_not_truncated BEFORE TRUNCATE ON public.agency_statement_line FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table alert_channel (
  tenant_id uuid not null,
  id uuid not null,
  channel_id uuid not null,
  name text not null,
  sealed_url bytea not null,
  host text not null,
  sealed_key bytea,
  kinds text[] not null,
  in_use boolean not null,
  stated_by text not null,
  recorded_at timestamp with time zone not null,
  constraint alert_channel_host_check CHECK (((length(host) >= 1) AND (length(host) <= 253))),
  constraint alert_channel_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
  constraint alert_channel_sealed_key_check CHECK (((length(sealed_key) >= 28) AND (length(sealed_key) <= 1000))),
  constraint alert_channel_sealed_url_check CHECK (((length(sealed_url) >= 28) AND (length(sealed_url) <= 4000))),
  constraint alert_channel_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint alert_channel_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX alert_channel_version ON public.alert_channel USING btree (tenant_id, channel_id, recorded_at DESC, id DESC);
CREATE TRIGGER alert_channel_kept BEFORE DELETE OR UPDATE ON public.alert_channel FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER alert_channel_not_truncated BEFORE TRUNCATE ON public.alert_channel FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table alert_channel_post (
  tenant_id uuid not null,
  id uuid not null,
  channel_id uuid not null,
  alerts jsonb not null,
  made_at timestamp with time zone not null,
  claimed_until timestamp with time zone not null,
  tries integer not null,
  ended_at timestamp with time zone,
  constraint alert_channel_post_tries_check CHECK ((tries > 0)),
  constraint alert_channel_post_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint alert_channel_post_pkey PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX alert_channel_post_open ON public.alert_channel_post USING btree (tenant_id, channel_id) WHERE (ended_at IS NULL);
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table alert_channel_try (
  tenant_id uuid not null,
  id uuid not null,
  channel_id uuid not null,
  alerts integer not null,
  outcome text not null,
  words text not null,
  recorded_at timestamp with time zone not null,
  constraint alert_channel_try_alerts_check CHECK ((alerts > 0)),
  constraint alert_channel_try_outcome_check CHECK ((outcome = ANY (ARRAY['sent'::text, 'later'::text, 'refused'::text]))),
  constraint alert_channel_try_words_check CHECK ((length(words) <= 500)),
  constraint alert_channel_try_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint alert_channel_try_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX alert_channel_try_last ON public.alert_channel_try USING btree (tenant_id, channel_id, recorded_at DESC, id DESC);
CREATE TRIGGER alert_channel_try_kept BEFORE DELETE OR UPDATE ON public.alert_channel_try FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER alert_channel_try_not_truncated BEFORE TRUNCATE ON public.alert_channel_try FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table alert_notice (
  tenant_id uuid not null,
  user_id text not null,
  kind text not null,
  subject text not null,
  told_at timestamp with time zone not null,
  constraint alert_notice_kind_check CHECK ((kind = ANY (ARRAY['task_assigned'::text, 'task_nobodys'::text, 'task_escalated'::text, 'promise_broken'::text, 'due'::text, 'breach'::text, 'mentioned'::text, 'certificate_ending'::text, 'digest'::text]))),
  constraint alert_notice_subject_check CHECK (((length(subject) >= 1) AND (length(subject) <= 200))),
  constraint alert_notice_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint alert_notice_pkey PRIMARY KEY (tenant_id, user_id, kind, subject)
);
CREATE TRIGGER alert_notice_kept BEFORE UPDATE ON public.alert_notice FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER alert_notice_not_truncated BEFORE TRUNCATE ON public.alert_notice FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table alert_setting (
  tenant_id uuid not null,
  id uuid not null,
  user_id text not null,
  hour smallint not null,
  off text[] not null,
  stated_by text not null,
  recorded_at timestamp with time zone not null,
  constraint alert_setting_hour_check CHECK (((hour >= 0) AND (hour <= 23))),
  constraint alert_setting_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint alert_setting_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX alert_setting_user ON public.alert_setting USING btree (tenant_id, user_id, recorded_at DESC, id DESC);
CREATE TRIGGER alert_setting_kept BEFORE DELETE OR UPDATE ON public.alert_setting FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER alert_setting_not_truncated BEFORE TRUNCATE ON public.alert_setting FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table announcement (
  tenant_id uuid not null,
  id uuid not null,
  bank_account_id uuid not null,
  origin text not null,
  status text not null,
  identity bytea not null,
  booked_on date not null,
  value_on date not null,
  currency character(3) not null,
  amount_minor bigint not null,
  bank_reference text,
  batch_message_id text,
  batch_payment_id text,
  message_id text,
  part_count integer not null,
  file_name text not null,
  file_sha256 bytea not null,
  recorded_by text not null,
  recorded_at timestamp with time zone not null,
  constraint announcement_bank_reference_check CHECK (((length(bank_reference) >= 1) AND (length(bank_reference) <= 100))),
  constraint announcement_batch_message_id_check CHECK (((length(batch_message_id) >= 1) AND (length(batch_message_id) <= 100))),
  constraint announcement_batch_payment_id_check CHECK (((length(batch_payment_id) >= 1) AND (length(batch_payment_id) <= 100))),
  constraint announcement_file_sha256_check CHECK ((length(file_sha256) = 32)),
  constraint announcement_message_id_check CHECK (((length(message_id) >= 1) AND (length(message_id) <= 100))),
  constraint announcement_origin_check CHECK ((origin = ANY (ARRAY['camt.052'::text, 'camt.054'::text, 'mt942'::text, 'lockbox'::text]))),
  constraint announcement_part_count_check CHECK ((part_count >= 1)),
  constraint announcement_status_check CHECK ((length(status) <= 20)),
  constraint announcement_tenant_id_bank_account_id_fkey FOREIGN KEY (tenant_id, bank_account_id) REFERENCES bank_account(tenant_id, id),
  constraint announcement_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint announcement_pkey PRIMARY KEY (tenant_id, id),
  constraint announcement_once UNIQUE (tenant_id, bank_account_id, identity, part_count)
);
CREATE INDEX announcement_amount ON public.announcement USING btree (tenant_id, bank_account_id, amount_minor, booked_on);
CREATE INDEX announcement_newest ON public.announcement USING btree (tenant_id, booked_on DESC, id DESC);
CREATE INDEX announcement_waiting ON public.announcement USING btree (tenant_id, bank_account_id, booked_on);
CREATE TRIGGER announcement_kept BEFORE DELETE OR UPDATE ON public.announcement FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER announcement_not_truncated BEFORE TRUNCATE ON public.announcement FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table announcement_part (
  tenant_id uuid not null,
  announcement_id uuid not null,
  position integer not null,
  amount_minor bigint not null,
  payer_name text,
  payer_account text,
  end_to_end_id text,
  structured_reference text,
  remittance text not null,
  returned boolean not null,
  details jsonb not null,
  constraint announcement_part_position_check CHECK (("position" >= 1)),
  constraint announcement_part_tenant_id_announcement_id_fkey FOREIGN KEY (tenant_id, announcement_id) REFERENCES announcement(tenant_id, id),
  constraint announcement_part_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint announcement_part_pkey PRIMARY KEY (tenant_id, announcement_id, "position")
);
CREATE TRIGGER announcement_part_kept BEFORE DELETE OR UPDATE ON public.announcement_part FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER announcement_part_not_truncated BEFORE TRUNCATE ON public.announcement_part FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table announcement_use (
  tenant_id uuid not null,
  announcement_id uuid not null,
  statement_line_id uuid not null,
  recorded_at timestamp with time zone not null,
  constraint announcement_use_tenant_id_announcement_id_fkey FOREIGN KEY (tenant_id, announcement_id) REFERENCES announcement(tenant_id, id),
  constraint announcement_use_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint announcement_use_tenant_id_statement_line_id_fkey FOREIGN KEY (tenant_id, statement_line_id) REFERENCES statement_line(tenant_id, id),
  constraint announcement_use_pkey PRIMARY KEY (tenant_id, announcement_id),
  constraint announcement_use_line UNIQUE (tenant_id, statement_line_id)
);
CREATE TRIGGER announcement_use_kept BEFORE DELETE OR UPDATE ON public.announcement_use FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER announcement_use_not_truncated BEFORE TRUNCATE ON public.announcement_use FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table api_key (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  prefix text not null,
  key_hash bytea not null,
  role text not null,
  created_by text not null,
  created_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone,
  revoked_at timestamp with time zone,
  last_used_at timestamp with time zone,
  constraint api_key_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
  constraint api_key_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'controller'::text, 'collector'::text, 'cash_applier'::text, 'commenter'::text, 'viewer'::text]))),
  constraint api_key_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint api_key_pkey PRIMARY KEY (tenant_id, id),
  constraint api_key_key_hash_key UNIQUE (key_hash)
);
-- policy wall using (((tenant_id = ( SELECT current_tenant() AS current_tenant)) OR (key_hash = decode(NULLIF(current_setting('app.key_hash'::text, true), ''::text), 'hex'::text)))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table application (
  tenant_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  debit_item_id uuid not null,
  credit_item_id uuid not null,
  currency character(3) not null,
  amount_minor bigint not null,
  discount_minor bigint not null default 0,
  difference_minor bigint not null default 0,
  debit_functional_minor bigint not null,
  credit_functional_minor bigint not null,
  method text not null,
  evidence jsonb,
  applied_on date not null,
  recorded_at timestamp with time zone not null,
  entry_id uuid not null,
  reverses_id uuid,
  discount_tax_minor bigint not null default 0,
  discount_taxes jsonb,
  difference_kind text not null default 'small_balance'::text,
  difference_tax_minor bigint not null default 0,
  constraint application_check CHECK ((debit_item_id <> credit_item_id)),
  constraint application_difference_kind CHECK ((difference_kind = ANY (ARRAY['small_balance'::text, 'bank_charge'::text, 'agency_fee'::text]))),
  constraint application_difference_tax CHECK ((((difference_minor >= 0) AND ((difference_tax_minor >= 0) AND (difference_tax_minor <= difference_minor))) OR ((difference_minor < 0) AND ((difference_tax_minor >= difference_minor) AND (difference_tax_minor <= 0))))),
  constraint application_discount_tax CHECK ((((discount_minor >= 0) AND ((discount_tax_minor >= 0) AND (discount_tax_minor <= discount_minor))) OR ((discount_minor < 0) AND ((discount_tax_minor >= discount_minor) AND (discount_tax_minor <= 0))))),
  constraint application_method_check CHECK ((method = ANY (ARRAY['manual'::text, 'reference'::text, 'amount'::text, 'import'::text, 'credit'::text, 'write_off'::text, 'void'::text, 'return'::text, 'transfer'::text, 'agency'::text, 'handover'::text]))),
  constraint application_sign CHECK ((((reverses_id IS NULL) AND (amount_minor >= 0) AND (discount_minor >= 0) AND (difference_minor >= 0) AND (((amount_minor + discount_minor) + difference_minor) > 0)) OR ((reverses_id IS NOT NULL) AND (amount_minor <= 0) AND (discount_minor <= 0) AND (difference_minor <= 0) AND (((amount_minor + discount_minor) + difference_minor) < 0)))),
  constraint application_tenant_id_credit_item_id_fkey FOREIGN KEY (tenant_id, credit_item_id) REFERENCES open_item(tenant_id, id),
  constraint application_tenant_id_debit_item_id_fkey FOREIGN KEY (tenant_id, debit_item_id) REFERENCES open_item(tenant_id, id),
  constraint application_tenant_id_entry_id_fkey FOREIGN KEY (tenant_id, entry_id) REFERENCES journal_entry(tenant_id, id),
  constraint application_tenant_id_reverses_id_fkey FOREIGN KEY (tenant_id, reverses_id) REFERENCES application(tenant_id, id),
  constraint application_pkey PRIMARY KEY (tenant_id, id),
  constraint application_tenant_id_reverses_id_key UNIQUE (tenant_id, reverses_id)
);
CREATE INDEX application_credit ON public.application USING btree (tenant_id, credit_item_id);
CREATE INDEX application_debit ON public.application USING btree (tenant_id, debit_item_id) INCLUDE (id, credit_item_id, amount_minor, debit_functional_minor, applied_on, recorded_at, reverses_id);
CREATE INDEX application_recorded ON public.application USING btree (tenant_id, company_id, recorded_at) WHERE (reverses_id IS NULL);
CREATE TRIGGER application_kept BEFORE DELETE OR UPDATE ON public.application FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER application_not_truncated BEFORE TRUNCATE ON public.application FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table applied_write_off (
  tenant_id uuid not null,
  write_off_id uuid not null,
  payment_id uuid not null,
  recorded_at timestamp with time zone not null,
  constraint applied_write_off_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint applied_write_off_tenant_id_payment_id_fkey FOREIGN KEY (tenant_id, payment_id) REFERENCES payment(tenant_id, id),
  constraint applied_write_off_tenant_id_write_off_id_fkey FOREIGN KEY (tenant_id, write_off_id) REFERENCES write_off(tenant_id, id),
  constraint applied_write_off_pkey PRIMARY KEY (tenant_id, write_off_id)
);
CREATE INDEX applied_write_off_payment ON public.applied_write_off USING btree (tenant_id, payment_id);
CREATE TRIGGER applied_write_off_kept BEFORE DELETE OR UPDATE ON public.applied_write_off FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER applied_write_off_not_truncated BEFORE TRUNCATE ON public.applied_write_off FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table applied_write_off_item (
  tenant_id uuid not null,
  write_off_id uuid not null,
  application_id uuid not null,
  constraint applied_write_off_item_tenant_id_application_id_fkey FOREIGN KEY (tenant_id, application_id) REFERENCES application(tenant_id, id),
  constraint applied_write_off_item_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint applied_write_off_item_tenant_id_write_off_id_fkey FOREIGN KEY (tenant_id, write_off_id) REFERENCES applied_write_off(tenant_id, write_off_id),
  constraint applied_write_off_item_pkey PRIMARY KEY (tenant_id, write_off_id, application_id)
);
CREATE INDEX applied_write_off_item_application ON public.applied_write_off_item USING btree (tenant_id, application_id);
CREATE TRIGGER applied_write_off_item_kept BEFORE DELETE OR UPDATE ON public.applied_write_off_item FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER applied_write_off_item_not_truncated BEFORE TRUNCATE ON public.applied_write_off_item FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table approval (
  tenant_id uuid not null,
  id uuid not null,
  operation text not null,
  kind text not null,
  state text not null,
  version integer not null,
  requested_by text not null,
  requester_id text,
  customer_id uuid,
  requested_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  waiting_roles text[] not null,
  command_id uuid not null,
  ended_at timestamp with time zone,
  outcome jsonb,
  constraint approval_check CHECK ((expires_at > requested_at)),
  constraint approval_ended CHECK (((state = 'requested'::text) = (ended_at IS NULL))),
  constraint approval_state_check CHECK ((state = ANY (ARRAY['requested'::text, 'carried_out'::text, 'rejected'::text, 'withdrawn'::text, 'failed'::text]))),
  constraint approval_version_check CHECK ((version >= 1)),
  constraint approval_waits CHECK (((state = 'requested'::text) = (waiting_roles <> '{}'::text[]))),
  constraint approval_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint approval_pkey PRIMARY KEY (tenant_id, id),
  constraint approval_tenant_id_command_id_key UNIQUE (tenant_id, command_id)
);
CREATE INDEX approval_requester ON public.approval USING btree (tenant_id, requester_id, id);
CREATE INDEX approval_waiting ON public.approval USING btree (tenant_id, expires_at, id) WHERE (state = 'requested'::text);
CREATE TRIGGER approval_kept BEFORE UPDATE ON public.approval FOR EACH ROW EXECUTE FUNCTION approval_kept();
CREATE TRIGGER approval_not_deleted BEFORE DELETE ON public.approval FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER approval_not_truncated BEFORE TRUNCATE ON public.approval FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table approval_decision (
  tenant_id uuid not null,
  approval_id uuid not null,
  version integer not null,
  decided_by text not null,
  on_behalf_of text,
  step smallint not null,
  verdict text not null,
  note text,
  content_hash bytea not null,
  recorded_at timestamp with time zone not null,
  constraint approval_decision_step_check CHECK ((step >= 1)),
  constraint approval_decision_verdict_check CHECK ((verdict = ANY (ARRAY['approved'::text, 'rejected'::text]))),
  constraint approval_decision_tenant_id_approval_id_version_fkey FOREIGN KEY (tenant_id, approval_id, version) REFERENCES approval_version(tenant_id, approval_id, version),
  constraint approval_decision_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint approval_decision_pkey PRIMARY KEY (tenant_id, approval_id, version, decided_by)
);
CREATE TRIGGER approval_decision_kept BEFORE DELETE OR UPDATE ON public.approval_decision FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER approval_decision_not_truncated BEFORE TRUNCATE ON public.approval_decision FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table approval_notice (
  tenant_id uuid not null,
  approval_id uuid not null,
  version integer not null,
  user_id text not null,
  about text not null,
  told_at timestamp with time zone not null,
  constraint approval_notice_about_check CHECK ((about = ANY (ARRAY['waits'::text, 'expires'::text]))),
  constraint approval_notice_tenant_id_approval_id_version_fkey FOREIGN KEY (tenant_id, approval_id, version) REFERENCES approval_version(tenant_id, approval_id, version),
  constraint approval_notice_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint approval_notice_pkey PRIMARY KEY (tenant_id, approval_id, version, user_id, about)
);
CREATE TRIGGER approval_notice_kept BEFORE UPDATE ON public.approval_notice FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER approval_notice_not_truncated BEFORE TRUNCATE ON public.approval_notice FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table approval_notice_setting (
  tenant_id uuid not null,
  user_id text not null,
  mode text not null,
  changed_at timestamp with time zone not null,
  constraint approval_notice_setting_mode_check CHECK ((mode = ANY (ARRAY['off'::text, 'each'::text, 'daily'::text]))),
  constraint approval_notice_setting_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint approval_notice_setting_pkey PRIMARY KEY (tenant_id, user_id)
);
CREATE TRIGGER approval_notice_setting_not_truncated BEFORE TRUNCATE ON public.approval_notice_setting FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table approval_policy (
  tenant_id uuid not null,
  kind text not null,
  version integer not null,
  rules jsonb not null,
  recorded_by text not null,
  recorded_at timestamp with time zone not null,
  constraint approval_policy_kind_check CHECK ((kind ~ '^[a-z][a-z_]*(\.[a-z][a-z_]*)?$'::text)),
  constraint approval_policy_version_check CHECK ((version >= 1)),
  constraint approval_policy_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint approval_policy_pkey PRIMARY KEY (tenant_id, kind, version)
);
CREATE TRIGGER approval_policy_kept BEFORE DELETE OR UPDATE ON public.approval_policy FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER approval_policy_not_truncated BEFORE TRUNCATE ON public.approval_policy FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table approval_version (
  tenant_id uuid not null,
  approval_id uuid not null,
  version integer not null,
  request jsonb not null,
  matter jsonb not null,
  rehearsal jsonb not null,
  reason text not null,
  content_hash bytea not null,
  route jsonb not null,
  policy_kind text,
  policy_version integer,
  recorded_at timestamp with time zone not null,
  constraint approval_version_content_hash_check CHECK ((octet_length(content_hash) = 32)),
  constraint approval_version_version_check CHECK ((version >= 1)),
  constraint approval_version_tenant_id_approval_id_fkey FOREIGN KEY (tenant_id, approval_id) REFERENCES approval(tenant_id, id),
  constraint approval_version_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint approval_version_tenant_id_policy_kind_policy_version_fkey FOREIGN KEY (tenant_id, policy_kind, policy_version) REFERENCES approval_policy(tenant_id, kind, version),
  constraint approval_version_pkey PRIMARY KEY (tenant_id, approval_id, version)
);
CREATE TRIGGER approval_version_kept BEFORE DELETE OR UPDATE ON public.approval_version FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER approval_version_not_truncated BEFORE TRUNCATE ON public.approval_version FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table attachment (
  tenant_id uuid not null,
  id uuid not null,
  draft_id uuid,
  document_id uuid,
  sha256 bytea not null,
  name text not null,
  media_type text not null,
  bytes integer not null,
  is_supplement boolean not null,
  added_by text not null,
  recorded_at timestamp with time zone not null,
  removed_at timestamp with time zone,
  message_id uuid,
  constraint attachment_bytes_check CHECK ((bytes > 0)),
  constraint attachment_media_type_check CHECK (((length(media_type) >= 1) AND (length(media_type) <= 100))),
  constraint attachment_name_check CHECK (((length(name) >= 1) AND (length(name) <= 120))),
  constraint attachment_of_document_stays CHECK ((((document_id IS NULL) AND (message_id IS NULL)) OR (removed_at IS NULL))),
  constraint attachment_of_one CHECK ((num_nonnulls(draft_id, document_id, message_id) = 1)),
  constraint attachment_supplements_document CHECK (((NOT is_supplement) OR (document_id IS NOT NULL))),
  constraint attachment_tenant_id_document_id_fkey FOREIGN KEY (tenant_id, document_id) REFERENCES invoice(tenant_id, id),
  constraint attachment_tenant_id_draft_id_fkey FOREIGN KEY (tenant_id, draft_id) REFERENCES invoice_draft(tenant_id, id),
  constraint attachment_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint attachment_tenant_id_message_id_fkey FOREIGN KEY (tenant_id, message_id) REFERENCES message(tenant_id, id),
  constraint attachment_tenant_id_sha256_fkey FOREIGN KEY (tenant_id, sha256) REFERENCES attachment_content(tenant_id, sha256),
  constraint attachment_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX attachment_document ON public.attachment USING btree (tenant_id, document_id) WHERE (document_id IS NOT NULL);
CREATE INDEX attachment_draft ON public.attachment USING btree (tenant_id, draft_id) WHERE (draft_id IS NOT NULL);
CREATE INDEX attachment_message ON public.attachment USING btree (tenant_id, message_id) WHERE (message_id IS NOT NULL);
CREATE INDEX attachment_removed ON public.attachment USING btree (tenant_id, removed_at) WHERE (removed_at IS NOT NULL);
CREATE INDEX attachment_sha256 ON public.attachment USING btree (tenant_id, sha256);
CREATE TRIGGER attachment_kept BEFORE UPDATE ON public.attachment FOR EACH ROW EXECUTE FUNCTION attachment_kept();
CREATE TRIGGER attachment_not_deleted BEFORE DELETE ON public.attachment FOR EACH ROW WHEN (((old.document_id IS NOT NULL) OR (old.message_id IS NOT NULL) OR (old.removed_at IS NULL))) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER attachment_not_truncated BEFORE TRUNCATE ON public.attachment FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table attachment_content (
  tenant_id uuid not null,
  sha256 bytea not null,
  content bytea not null,
  recorded_at timestamp with time zone not null,
  constraint attachment_content_content_check CHECK (((length(content) >= 1) AND (length(content) <= 10485760))),
  constraint attachment_content_named_by_itself CHECK ((sha256 = sha256(content))),
  constraint attachment_content_sha256_check CHECK ((length(sha256) = 32)),
  constraint attachment_content_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint attachment_content_pkey PRIMARY KEY (tenant_id, sha256)
);
CREATE TRIGGER attachment_content_kept BEFORE UPDATE ON public.attachment_content FOR EACH ROW WHEN (((old.tenant_id <> new.tenant_id) OR (old.sha256 <> new.sha256) OR (old.content <> new.content))) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER attachment_content_not_truncated BEFORE TRUNCATE ON public.attachment_content FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table bank_account (
  tenant_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  name text not null,
  account text not null,
  currency character(3) not null,
  created_at timestamp with time zone not null default now(),
  csv_profile jsonb,
  constraint bank_account_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint bank_account_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint bank_account_pkey PRIMARY KEY (tenant_id, id),
  constraint bank_account_tenant_id_account_currency_key UNIQUE (tenant_id, account, currency)
);
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table bank_rule (
  tenant_id uuid not null,
  id uuid not null,
  bank_account_id uuid,
  text text not null,
  direction text not null,
  kind text not null,
  added_by text not null,
  recorded_at timestamp with time zone not null,
  retired_by text,
  retired_at timestamp with time zone,
  constraint bank_rule_direction_check CHECK ((direction = ANY (ARRAY['in'::text, 'out'::text, 'both'::text]))),
  constraint bank_rule_kind_check CHECK ((kind = ANY (ARRAY['fee'::text, 'interest'::text, 'transfer'::text, 'sweep'::text, 'other'::text]))),
  constraint bank_rule_retired CHECK ((num_nulls(retired_by, retired_at) = ANY (ARRAY[0, 2]))),
  constraint bank_rule_text_check CHECK (((length(text) >= 3) AND (length(text) <= 100))),
  constraint bank_rule_tenant_id_bank_account_id_fkey FOREIGN KEY (tenant_id, bank_account_id) REFERENCES bank_account(tenant_id, id),
  constraint bank_rule_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint bank_rule_pkey PRIMARY KEY (tenant_id, id)
);
CREATE TRIGGER bank_rule_kept BEFORE UPDATE ON public.bank_rule FOR EACH ROW EXECUTE FUNCTION ended_once('{retired_at,retired_by}');
CREATE TRIGGER bank_rule_not_deleted BEFORE DELETE ON public.bank_rule FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER bank_rule_not_truncated BEFORE TRUNCATE ON public.bank_rule FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table bank_statement (
  tenant_id uuid not null,
  id uuid not null,
  bank_account_id uuid not null,
  statement_ref text not null,
  sequence_no text,
  from_on date,
  to_on date,
  currency character(3) not null,
  opening_minor bigint,
  closing_minor bigint,
  entries_minor bigint not null,
  difference_minor bigint,
  lines integer not null,
  file_name text not null,
  file_sha256 bytea not null,
  recorded_at timestamp with time zone not null,
  constraint bank_statement_lines_check CHECK ((lines >= 0)),
  constraint bank_statement_tenant_id_bank_account_id_fkey FOREIGN KEY (tenant_id, bank_account_id) REFERENCES bank_account(tenant_id, id),
  constraint bank_statement_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint bank_statement_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX bank_statement_account ON public.bank_statement USING btree (tenant_id, bank_account_id, recorded_at);
CREATE TRIGGER bank_statement_kept BEFORE DELETE OR UPDATE ON public.bank_statement FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER bank_statement_not_truncated BEFORE TRUNCATE ON public.bank_statement FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table breach (
  tenant_id uuid not null,
  id uuid not null,
  message_id uuid not null,
  subject_id uuid not null,
  kind text not null,
  was_knowable boolean not null,
  seen jsonb not null,
  handed_over_at timestamp with time zone not null,
  recorded_at timestamp with time zone not null,
  constraint breach_kind_check CHECK ((kind = ANY (ARRAY['paid'::text, 'overstated'::text, 'promised'::text, 'disputed'::text, 'held'::text, 'stopped_address'::text, 'too_many'::text, 'quiet_hour'::text, 'twice'::text, 'not_judged'::text]))),
  constraint breach_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint breach_tenant_id_message_id_fkey FOREIGN KEY (tenant_id, message_id) REFERENCES message(tenant_id, id),
  constraint breach_pkey PRIMARY KEY (tenant_id, id),
  constraint breach_once UNIQUE (tenant_id, message_id, subject_id, kind)
);
CREATE INDEX breach_newest ON public.breach USING btree (tenant_id, handed_over_at DESC, id DESC);
CREATE TRIGGER breach_kept BEFORE DELETE OR UPDATE ON public.breach FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER breach_not_truncated BEFORE TRUNCATE ON public.breach FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table breach_search (
  tenant_id uuid not null,
  id uuid not null,
  since timestamp with time zone not null,
  messages integer not null,
  found integer not null,
  recorded_at timestamp with time zone not null,
  constraint breach_search_found_check CHECK ((found >= 0)),
  constraint breach_search_messages_check CHECK ((messages >= 0)),
  constraint breach_search_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint breach_search_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX breach_search_newest ON public.breach_search USING btree (tenant_id, recorded_at DESC);
CREATE TRIGGER breach_search_kept BEFORE DELETE OR UPDATE ON public.breach_search FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER breach_search_not_truncated BEFORE TRUNCATE ON public.breach_search FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table call (
  tenant_id uuid not null,
  id uuid not null,
  customer_id uuid not null,
  company_id uuid,
  direction text not null,
  way text not null,
  contact_id uuid,
  spoke_with text,
  number text,
  outcome text not null,
  note text,
  next_on date,
  called_on date not null,
  promise_id uuid,
  dispute_id uuid,
  recorded_by text not null,
  recorded_at timestamp with time zone not null,
  constraint call_back_day CHECK (((outcome <> 'call_back'::text) OR (next_on IS NOT NULL))),
  constraint call_direction_check CHECK ((direction = ANY (ARRAY['out'::text, 'in'::text]))),
  constraint call_disputed CHECK (((outcome = 'disputed'::text) = (dispute_id IS NOT NULL))),
  constraint call_note_check CHECK (((length(note) >= 1) AND (length(note) <= 2000))),
  constraint call_number_check CHECK (((length(number) >= 1) AND (length(number) <= 50))),
  constraint call_outcome_check CHECK ((outcome = ANY (ARRAY['reached'::text, 'no_answer'::text, 'voicemail'::text, 'wrong_number'::text, 'promised'::text, 'disputed'::text, 'refused'::text, 'call_back'::text]))),
  constraint call_promised CHECK (((outcome = 'promised'::text) = (promise_id IS NOT NULL))),
  constraint call_spoke_with_check CHECK (((length(spoke_with) >= 1) AND (length(spoke_with) <= 200))),
  constraint call_way_check CHECK ((way = ANY (ARRAY['phone'::text, 'visit'::text, 'video'::text, 'other'::text]))),
  constraint call_wrong_number CHECK (((outcome <> 'wrong_number'::text) OR (number IS NOT NULL))),
  constraint call_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint call_tenant_id_contact_id_fkey FOREIGN KEY (tenant_id, contact_id) REFERENCES contact(tenant_id, id),
  constraint call_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint call_tenant_id_dispute_id_fkey FOREIGN KEY (tenant_id, dispute_id) REFERENCES dispute(tenant_id, id),
  constraint call_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint call_tenant_id_promise_id_fkey FOREIGN KEY (tenant_id, promise_id) REFERENCES promise(tenant_id, id),
  constraint call_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX call_called ON public.call USING btree (tenant_id, called_on);
CREATE INDEX call_customer ON public.call USING btree (tenant_id, customer_id, recorded_at DESC);
CREATE INDEX call_newest ON public.call USING btree (tenant_id, recorded_at DESC, id DESC);
CREATE INDEX call_wrong ON public.call USING btree (tenant_id, contact_id) WHERE (outcome = 'wrong_number'::text);
CREATE TRIGGER call_kept BEFORE DELETE OR UPDATE ON public.call FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER call_not_truncated BEFORE TRUNCATE ON public.call FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table call_correction (
  tenant_id uuid not null,
  call_id uuid not null,
  replaced_by uuid,
  note text not null,
  corrected_by text not null,
  recorded_at timestamp with time zone not null,
  constraint call_correction_check CHECK ((replaced_by <> call_id)),
  constraint call_correction_note_check CHECK (((length(note) >= 1) AND (length(note) <= 1000))),
  constraint call_correction_tenant_id_call_id_fkey FOREIGN KEY (tenant_id, call_id) REFERENCES call(tenant_id, id),
  constraint call_correction_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint call_correction_tenant_id_replaced_by_fkey FOREIGN KEY (tenant_id, replaced_by) REFERENCES call(tenant_id, id),
  constraint call_correction_once PRIMARY KEY (tenant_id, call_id)
);
CREATE TRIGGER call_correction_kept BEFORE DELETE OR UPDATE ON public.call_correction FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER call_correction_not_truncated BEFORE TRUNCATE ON public.call_correction FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table call_item (
  tenant_id uuid not null,
  call_id uuid not null,
  item_id uuid not null,
  constraint call_item_tenant_id_call_id_fkey FOREIGN KEY (tenant_id, call_id) REFERENCES call(tenant_id, id),
  constraint call_item_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint call_item_tenant_id_item_id_fkey FOREIGN KEY (tenant_id, item_id) REFERENCES open_item(tenant_id, id),
  constraint call_item_pkey PRIMARY KEY (tenant_id, call_id, item_id)
);
CREATE INDEX call_item_item ON public.call_item USING btree (tenant_id, item_id);
CREATE TRIGGER call_item_kept BEFORE DELETE OR UPDATE ON public.call_item FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER call_item_not_truncated BEFORE TRUNCATE ON public.call_item FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table call_override (
  tenant_id uuid not null,
  call_id uuid not null,
  bars jsonb not null,
  reason text not null,
  decided_by text not null,
  recorded_at timestamp with time zone not null,
  constraint call_override_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 500))),
  constraint call_override_tenant_id_call_id_fkey FOREIGN KEY (tenant_id, call_id) REFERENCES call(tenant_id, id),
  constraint call_override_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint call_override_pkey PRIMARY KEY (tenant_id, call_id)
);
CREATE TRIGGER call_override_kept BEFORE DELETE OR UPDATE ON public.call_override FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER call_override_not_truncated BEFORE TRUNCATE ON public.call_override FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table charge (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null,
  company_id uuid not null,
  customer_id uuid not null,
  number text not null,
  charged_on date not null,
  through_on date not null,
  due_on date not null,
  currency character(3) not null,
  interest_minor bigint not null,
  fee_minor bigint not null,
  total_minor bigint not null,
  rate numeric(24,12) not null,
  functional_minor bigint not null,
  tax_category text not null default 'O'::text,
  because text,
  reason text,
  corrects_id uuid,
  recorded_at timestamp with time zone not null,
  constraint charge_because CHECK (((kind = 'charge'::text) = (because IS NULL))),
  constraint charge_because_check CHECK ((because = ANY (ARRAY['correction'::text, 'waiver'::text]))),
  constraint charge_fee_minor_check CHECK ((fee_minor >= 0)),
  constraint charge_functional_minor_check CHECK ((functional_minor >= 0)),
  constraint charge_interest_minor_check CHECK ((interest_minor >= 0)),
  constraint charge_kind_check CHECK ((kind = ANY (ARRAY['charge'::text, 'charge_credit'::text]))),
  constraint charge_number_check CHECK (((length(number) >= 1) AND (length(number) <= 64))),
  constraint charge_rate_check CHECK ((rate > (0)::numeric)),
  constraint charge_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 500))),
  constraint charge_tax_category_check CHECK ((tax_category = 'O'::text)),
  constraint charge_total CHECK ((total_minor = (interest_minor + fee_minor))),
  constraint charge_total_minor_check CHECK ((total_minor > 0)),
  constraint charge_waiver CHECK (((NOT (because IS DISTINCT FROM 'waiver'::text)) = (corrects_id IS NOT NULL))),
  constraint charge_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint charge_tenant_id_corrects_id_fkey FOREIGN KEY (tenant_id, corrects_id) REFERENCES charge(tenant_id, id),
  constraint charge_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint charge_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint charge_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX charge_corrects ON public.charge USING btree (tenant_id, corrects_id) WHERE (corrects_id IS NOT NULL);
CREATE INDEX charge_customer ON public.charge USING btree (tenant_id, customer_id, charged_on);
CREATE INDEX charge_newest ON public.charge USING btree (tenant_id, charged_on DESC, id DESC);
CREATE UNIQUE INDEX charge_number ON public.charge USING btree (tenant_id, company_id, kind, number);
CREATE TRIGGER charge_kept BEFORE DELETE OR UPDATE ON public.charge FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER charge_not_truncated BEFORE TRUNCATE ON public.charge FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table charge_exclusion (
  tenant_id uuid not null,
  id uuid not null,
  item_id uuid not null,
  amount_minor bigint,
  from_on date not null,
  to_on date,
  reason text not null,
  placed_by text not null,
  recorded_at timestamp with time zone not null,
  released_at timestamp with time zone,
  annulled boolean not null default false,
  constraint charge_exclusion_amount_minor_check CHECK ((amount_minor > 0)),
  constraint charge_exclusion_days CHECK ((annulled OR (to_on IS NULL) OR (to_on >= from_on))),
  constraint charge_exclusion_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 500))),
  constraint charge_exclusion_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint charge_exclusion_tenant_id_item_id_fkey FOREIGN KEY (tenant_id, item_id) REFERENCES open_item(tenant_id, id),
  constraint charge_exclusion_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX charge_exclusion_item ON public.charge_exclusion USING btree (tenant_id, item_id);
CREATE TRIGGER charge_exclusion_kept BEFORE UPDATE ON public.charge_exclusion FOR EACH ROW EXECUTE FUNCTION charge_exclusion_kept();
CREATE TRIGGER charge_exclusion_not_deleted BEFORE DELETE ON public.charge_exclusion FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER charge_exclusion_not_truncated BEFORE TRUNCATE ON public.charge_exclusion FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table charge_fee (
  tenant_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  customer_id uuid not null,
  message_id uuid not null,
  phase text not null,
  currency character(3) not null,
  amount_minor bigint not null,
  incurred_on date not null,
  recorded_at timestamp with time zone not null,
  version smallint not null default 1,
  constraint charge_fee_amount_minor_check CHECK ((amount_minor >= 0)),
  constraint charge_fee_version_check CHECK ((version >= 1)),
  constraint charge_fee_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint charge_fee_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint charge_fee_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint charge_fee_pkey PRIMARY KEY (tenant_id, id),
  constraint charge_fee_once UNIQUE (tenant_id, message_id, version)
);
CREATE INDEX charge_fee_customer ON public.charge_fee USING btree (tenant_id, customer_id);
CREATE TRIGGER charge_fee_kept BEFORE DELETE OR UPDATE ON public.charge_fee FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER charge_fee_not_truncated BEFORE TRUNCATE ON public.charge_fee FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table charge_part (
  tenant_id uuid not null,
  charge_id uuid not null,
  part_no smallint not null,
  kind text not null,
  item_id uuid,
  document_id uuid,
  fee_id uuid,
  reference text not null,
  from_on date,
  to_on date,
  amount_minor bigint not null,
  policy_id uuid,
  constraint charge_part_amount_minor_check CHECK ((amount_minor <> 0)),
  constraint charge_part_interest CHECK (((kind <> 'interest'::text) OR ((item_id IS NOT NULL) AND (from_on IS NOT NULL) AND (to_on >= from_on) AND (amount_minor > 0)))),
  constraint charge_part_kind_check CHECK ((kind = ANY (ARRAY['interest'::text, 'fixed_sum'::text, 'reminder_fee'::text, 'return_fee'::text, 'correction'::text, 'fee_correction'::text, 'waiver'::text]))),
  constraint charge_part_part_no_check CHECK ((part_no >= 1)),
  constraint charge_part_tenant_id_charge_id_fkey FOREIGN KEY (tenant_id, charge_id) REFERENCES charge(tenant_id, id),
  constraint charge_part_tenant_id_fee_id_fkey FOREIGN KEY (tenant_id, fee_id) REFERENCES charge_fee(tenant_id, id),
  constraint charge_part_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint charge_part_tenant_id_item_id_fkey FOREIGN KEY (tenant_id, item_id) REFERENCES open_item(tenant_id, id),
  constraint charge_part_tenant_id_policy_id_fkey FOREIGN KEY (tenant_id, policy_id) REFERENCES charge_policy(tenant_id, id),
  constraint charge_part_pkey PRIMARY KEY (tenant_id, charge_id, part_no),
  constraint charge_part_day_once EXCLUDE USING gist (tenant_id WITH =, item_id WITH =, daterange(from_on, to_on, '[]'::text) WITH &&) WHERE ((kind = 'interest'::text))
);
CREATE INDEX charge_part_document ON public.charge_part USING btree (tenant_id, document_id) WHERE (document_id IS NOT NULL);
CREATE INDEX charge_part_item ON public.charge_part USING btree (tenant_id, item_id) WHERE (item_id IS NOT NULL);
CREATE UNIQUE INDEX charge_part_fee_once ON public.charge_part USING btree (tenant_id, fee_id) WHERE (kind = 'reminder_fee'::text);
CREATE UNIQUE INDEX charge_part_fixed_once ON public.charge_part USING btree (tenant_id, document_id) WHERE (kind = 'fixed_sum'::text);
CREATE UNIQUE INDEX charge_part_return_once ON public.charge_part USING btree (tenant_id, document_id) WHERE (kind = 'return_fee'::text);
CREATE TRIGGER charge_part_kept BEFORE DELETE OR UPDATE ON public.charge_part FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER charge_part_not_truncated BEFORE TRUNCATE ON public.charge_part FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table charge_policy (
  tenant_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  customer_id uuid,
  valid_from date not null,
  terms jsonb,
  exempt boolean not null default false,
  recorded_by text not null,
  recorded_at timestamp with time zone not null,
  constraint charge_policy_exempt CHECK (((NOT exempt) OR ((customer_id IS NOT NULL) AND (terms IS NULL)))),
  constraint charge_policy_terms_check CHECK ((jsonb_typeof(terms) = 'object'::text)),
  constraint charge_policy_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint charge_policy_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint charge_policy_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint charge_policy_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX charge_policy_company ON public.charge_policy USING btree (tenant_id, company_id, customer_id, valid_from);
CREATE TRIGGER charge_policy_kept BEFORE DELETE OR UPDATE ON public.charge_policy FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER charge_policy_not_truncated BEFORE TRUNCATE ON public.charge_policy FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table charge_span (
  tenant_id uuid not null,
  charge_id uuid not null,
  part_no smallint not null,
  line_no integer not null,
  from_on date not null,
  to_on date not null,
  days integer not null,
  year_days smallint not null,
  base_minor bigint not null,
  percent numeric(12,6) not null,
  source text not null,
  exact numeric(40,0) not null,
  constraint charge_span_base_minor_check CHECK ((base_minor > 0)),
  constraint charge_span_check CHECK ((to_on >= from_on)),
  constraint charge_span_days_check CHECK ((days >= 0)),
  constraint charge_span_exact_check CHECK ((exact >= (0)::numeric)),
  constraint charge_span_line_no_check CHECK ((line_no >= 1)),
  constraint charge_span_percent_check CHECK ((percent >= (0)::numeric)),
  constraint charge_span_year_days_check CHECK ((year_days = ANY (ARRAY[360, 365, 366]))),
  constraint charge_span_tenant_id_charge_id_part_no_fkey FOREIGN KEY (tenant_id, charge_id, part_no) REFERENCES charge_part(tenant_id, charge_id, part_no),
  constraint charge_span_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint charge_span_pkey PRIMARY KEY (tenant_id, charge_id, part_no, line_no)
);
CREATE TRIGGER charge_span_kept BEFORE DELETE OR UPDATE ON public.charge_span FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER charge_span_not_truncated BEFORE TRUNCATE ON public.charge_span FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table charge_undo (
  tenant_id uuid not null,
  charge_id uuid not null,
  undone_on date not null,
  reason text not null,
  recorded_at timestamp with time zone not null,
  constraint charge_undo_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 500))),
  constraint charge_undo_tenant_id_charge_id_fkey FOREIGN KEY (tenant_id, charge_id) REFERENCES charge(tenant_id, id),
  constraint charge_undo_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint charge_undo_pkey PRIMARY KEY (tenant_id, charge_id)
);
CREATE TRIGGER charge_undo_kept BEFORE DELETE OR UPDATE ON public.charge_undo FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER charge_undo_not_truncated BEFORE TRUNCATE ON public.charge_undo FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table check_rules (
  tenant_id uuid not null,
  id uuid not null,
  company_id uuid,
  customer_id uuid,
  rules jsonb not null,
  recorded_by text not null,
  recorded_at timestamp with time zone not null,
  constraint check_rules_of_one CHECK (((company_id IS NULL) <> (customer_id IS NULL))),
  constraint check_rules_rules_check CHECK ((jsonb_typeof(rules) = 'object'::text)),
  constraint check_rules_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint check_rules_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint check_rules_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint check_rules_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX check_rules_company ON public.check_rules USING btree (tenant_id, company_id, recorded_at DESC) WHERE (company_id IS NOT NULL);
CREATE INDEX check_rules_customer ON public.check_rules USING btree (tenant_id, customer_id, recorded_at DESC) WHERE (customer_id IS NOT NULL);
CREATE TRIGGER check_rules_kept BEFORE DELETE OR UPDATE ON public.check_rules FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER check_rules_not_truncated BEFORE TRUNCATE ON public.check_rules FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table claim_code (
  tenant_id uuid not null,
  id uuid not null,
  customer_id uuid,
  code_key text not null,
  reason text,
  recorded_by text not null,
  recorded_at timestamp with time zone not null,
  constraint claim_code_code_key_check CHECK (((length(code_key) >= 1) AND (length(code_key) <= 50))),
  constraint claim_code_reason_check CHECK ((reason ~ '^[a-z][a-z0-9_]{1,39}$'::text)),
  constraint claim_code_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint claim_code_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint claim_code_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX claim_code_key ON public.claim_code USING btree (tenant_id, code_key, recorded_at);
CREATE TRIGGER claim_code_kept BEFORE DELETE OR UPDATE ON public.claim_code FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER claim_code_not_truncated BEFORE TRUNCATE ON public.claim_code FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table clock_setting (
  tenant_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  apply_hours integer not null,
  escalate_hours integer not null,
  counts text not null,
  stated_by text not null,
  recorded_at timestamp with time zone not null,
  constraint clock_setting_apply_hours_check CHECK (((apply_hours >= 1) AND (apply_hours <= 720))),
  constraint clock_setting_counts_check CHECK ((counts = ANY (ARRAY['business'::text, 'all'::text]))),
  constraint clock_setting_escalate_hours_check CHECK (((escalate_hours >= 1) AND (escalate_hours <= 2160))),
  constraint clock_setting_order CHECK ((escalate_hours >= apply_hours)),
  constraint clock_setting_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint clock_setting_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint clock_setting_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX clock_setting_company ON public.clock_setting USING btree (tenant_id, company_id, recorded_at DESC);
CREATE TRIGGER clock_setting_kept BEFORE DELETE OR UPDATE ON public.clock_setting FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER clock_setting_not_truncated BEFORE TRUNCATE ON public.clock_setting FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table collector_setting (
  tenant_id uuid not null,
  id uuid not null,
  user_id text not null,
  customers_a_day integer,
  substitute_id text,
  away_from date,
  away_to date,
  target_calls integer,
  target_currency character(3),
  target_promised_minor bigint,
  target_collected_minor bigint,
  stated_by text not null,
  recorded_at timestamp with time zone not null,
  collects boolean not null default true,
  minutes_a_day integer,
  constraint collector_setting_check CHECK ((num_nulls(substitute_id, away_from, away_to) = ANY (ARRAY[0, 3]))),
  constraint collector_setting_check1 CHECK ((away_to >= away_from)),
  constraint collector_setting_check2 CHECK ((substitute_id <> user_id)),
  constraint collector_setting_check3 CHECK (((target_currency IS NOT NULL) OR (num_nonnulls(target_promised_minor, target_collected_minor) = 0))),
  constraint collector_setting_customers_a_day_check CHECK (((customers_a_day >= 1) AND (customers_a_day <= 1000))),
  constraint collector_setting_minutes_a_day_check CHECK (((minutes_a_day >= 10) AND (minutes_a_day <= 1440))),
  constraint collector_setting_target_calls_check CHECK (((target_calls >= 1) AND (target_calls <= 1000))),
  constraint collector_setting_target_collected_minor_check CHECK ((target_collected_minor > 0)),
  constraint collector_setting_target_promised_minor_check CHECK ((target_promised_minor > 0)),
  constraint collector_setting_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint collector_setting_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX collector_setting_user ON public.collector_setting USING btree (tenant_id, user_id, recorded_at DESC, id DESC);
CREATE TRIGGER collector_setting_kept BEFORE DELETE OR UPDATE ON public.collector_setting FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER collector_setting_not_truncated BEFORE TRUNCATE ON public.collector_setting FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table command_log (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  input_hash bytea not null,
  actor text not null,
  result json not null,
  recorded_at timestamp with time zone not null,
  constraint command_log_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint command_log_pkey PRIMARY KEY (tenant_id, id)
);
CREATE TRIGGER command_log_kept BEFORE DELETE OR UPDATE ON public.command_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER command_log_not_truncated BEFORE TRUNCATE ON public.command_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table comment (
  tenant_id uuid not null,
  id uuid not null,
  subject_kind text not null,
  subject_id uuid not null,
  customer_id uuid,
  words text not null,
  mentions uuid[] not null,
  written_by text not null,
  written_at timestamp with time zone not null,
  constraint comment_subject_kind_check CHECK ((subject_kind = ANY (ARRAY['customer'::text, 'dispute'::text, 'task'::text]))),
  constraint comment_words_check CHECK (((length(words) >= 1) AND (length(words) <= 4000))),
  constraint comment_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint comment_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint comment_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX comment_subject ON public.comment USING btree (tenant_id, subject_kind, subject_id, written_at DESC, id DESC);
CREATE INDEX comment_written ON public.comment USING btree (tenant_id, written_at) WHERE (mentions <> '{}'::uuid[]);
CREATE TRIGGER comment_kept BEFORE DELETE OR UPDATE ON public.comment FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER comment_not_truncated BEFORE TRUNCATE ON public.comment FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table company (
  tenant_id uuid not null,
  id uuid not null,
  code text not null,
  name text not null,
  functional_currency character(3) not null,
  country character(2) not null,
  language text not null default 'en'::text,
  time_zone text not null default 'UTC'::text,
  street text,
  postal_code text,
  city text,
  tax_id text,
  registration_no text,
  bank_name text,
  iban text,
  bic text,
  email text,
  phone text,
  created_at timestamp with time zone not null default now(),
  reference_scheme text,
  network_address text,
  account_number text,
  routing_number text,
  constraint company_account_number_check CHECK (((length(account_number) >= 1) AND (length(account_number) <= 40))),
  constraint company_code_check CHECK ((code ~ '^[A-Z0-9][A-Z0-9_-]{0,19}$'::text)),
  constraint company_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint company_reference_scheme_check CHECK ((reference_scheme = ANY (ARRAY['rf'::text, 'ch_qrr'::text, 'fi'::text, 'no_kid'::text, 'be_ogm'::text, 'se_ocr'::text, 'dk_fik'::text, 'nl'::text, 'si'::text, 'hr'::text]))),
  constraint company_routing_number_check CHECK (((length(routing_number) >= 1) AND (length(routing_number) <= 40))),
  constraint company_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint company_pkey PRIMARY KEY (tenant_id, id),
  constraint company_tenant_id_code_key UNIQUE (tenant_id, code)
);
CREATE TRIGGER company_before AFTER UPDATE ON public.company FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION keep_row_before('', 'id');
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table company_footnote (
  tenant_id uuid not null,
  company_id uuid not null,
  language text not null,
  position smallint not null,
  text text not null,
  constraint company_footnote_position_check CHECK (("position" >= 1)),
  constraint company_footnote_text_check CHECK (((length(text) >= 1) AND (length(text) <= 2000))),
  constraint company_footnote_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint company_footnote_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint company_footnote_pkey PRIMARY KEY (tenant_id, company_id, language, "position")
);
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table company_handover (
  tenant_id uuid not null,
  id uuid not null,
  payment_id uuid not null,
  from_company_id uuid not null,
  to_company_id uuid not null,
  customer_id uuid not null,
  currency character(3) not null,
  amount_minor bigint not null,
  from_functional_minor bigint not null,
  to_functional_minor bigint not null,
  handed_on date not null,
  from_item_id uuid not null,
  to_item_id uuid not null,
  from_entry_id uuid not null,
  to_entry_id uuid not null,
  reverses_id uuid,
  recorded_at timestamp with time zone not null,
  constraint company_handover_amount_minor_check CHECK ((amount_minor <> 0)),
  constraint company_handover_signs CHECK ((((amount_minor > 0) = (reverses_id IS NULL)) AND (((from_functional_minor)::double precision * sign((amount_minor)::double precision)) >= (0)::double precision) AND (((to_functional_minor)::double precision * sign((amount_minor)::double precision)) >= (0)::double precision))),
  constraint company_handover_two_companies CHECK ((from_company_id <> to_company_id)),
  constraint company_handover_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint company_handover_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint company_handover_tenant_id_from_company_id_fkey FOREIGN KEY (tenant_id, from_company_id) REFERENCES company(tenant_id, id),
  constraint company_handover_tenant_id_from_entry_id_fkey FOREIGN KEY (tenant_id, from_entry_id) REFERENCES journal_entry(tenant_id, id),
  constraint company_handover_tenant_id_from_item_id_fkey FOREIGN KEY (tenant_id, from_item_id) REFERENCES open_item(tenant_id, id),
  constraint company_handover_tenant_id_payment_id_fkey FOREIGN KEY (tenant_id, payment_id) REFERENCES payment(tenant_id, id),
  constraint company_handover_tenant_id_reverses_id_fkey FOREIGN KEY (tenant_id, reverses_id) REFERENCES company_handover(tenant_id, id),
  constraint company_handover_tenant_id_to_company_id_fkey FOREIGN KEY (tenant_id, to_company_id) REFERENCES company(tenant_id, id),
  constraint company_handover_tenant_id_to_entry_id_fkey FOREIGN KEY (tenant_id, to_entry_id) REFERENCES journal_entry(tenant_id, id),
  constraint company_handover_tenant_id_to_item_id_fkey FOREIGN KEY (tenant_id, to_item_id) REFERENCES open_item(tenant_id, id),
  constraint company_handover_pkey PRIMARY KEY (tenant_id, id),
  constraint company_handover_tenant_id_from_entry_id_key UNIQUE (tenant_id, from_entry_id),
  constraint company_handover_tenant_id_from_item_id_key UNIQUE (tenant_id, from_item_id),
  constraint company_handover_tenant_id_reverses_id_key UNIQUE (tenant_id, reverses_id),
  constraint company_handover_tenant_id_to_entry_id_key UNIQUE (tenant_id, to_entry_id),
  constraint company_handover_tenant_id_to_item_id_key UNIQUE (tenant_id, to_item_id)
);
CREATE INDEX company_handover_day ON public.company_handover USING btree (tenant_id, handed_on);
CREATE INDEX company_handover_payment ON public.company_handover USING btree (tenant_id, payment_id);
CREATE TRIGGER company_handover_kept BEFORE DELETE OR UPDATE ON public.company_handover FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER company_handover_not_truncated BEFORE TRUNCATE ON public.company_handover FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table company_look (
  tenant_id uuid not null,
  company_id uuid not null,
  paper text not null,
  address_window text not null,
  accent text not null,
  font text not null,
  marks boolean not null,
  logo bytea,
  constraint company_look_accent_check CHECK ((accent ~ '^#[0-9a-f]{6}$'::text)),
  constraint company_look_address_window_check CHECK ((address_window = ANY (ARRAY['din_b'::text, 'din_a'::text, 'us'::text, 'ch_right'::text]))),
  constraint company_look_font_check CHECK ((font = ANY (ARRAY['noto_sans'::text, 'noto_serif'::text]))),
  constraint company_look_paper_check CHECK ((paper = ANY (ARRAY['a4'::text, 'us_letter'::text]))),
  constraint company_look_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint company_look_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint company_look_pkey PRIMARY KEY (tenant_id, company_id)
);
CREATE TRIGGER company_look_not_truncated BEFORE TRUNCATE ON public.company_look FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table company_print (
  tenant_id uuid not null,
  company_id uuid not null,
  second_language text not null,
  pay_link text,
  upi_id text,
  constraint company_print_pay_link_check CHECK (((pay_link ~ '^https://'::text) AND (length(pay_link) <= 500))),
  constraint company_print_second_language_check CHECK ((second_language = ANY (ARRAY['none'::text, 'company'::text, 'english'::text, 'customer'::text]))),
  constraint company_print_upi_id_check CHECK (((length(upi_id) >= 3) AND (length(upi_id) <= 320))),
  constraint company_print_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint company_print_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint company_print_pkey PRIMARY KEY (tenant_id, company_id)
);
CREATE TRIGGER company_print_before AFTER INSERT OR DELETE ON public.company_print FOR EACH ROW EXECUTE FUNCTION keep_row_before('', 'company_id');
CREATE TRIGGER company_print_before_changed AFTER UPDATE ON public.company_print FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION keep_row_before('', 'company_id');
CREATE TRIGGER company_print_not_truncated BEFORE TRUNCATE ON public.company_print FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table consented_application (
  tenant_id uuid not null,
  application_id uuid not null,
  consent_id uuid not null,
  recorded_at timestamp with time zone not null,
  constraint consented_application_tenant_id_application_id_fkey FOREIGN KEY (tenant_id, application_id) REFERENCES application(tenant_id, id),
  constraint consented_application_tenant_id_consent_id_fkey FOREIGN KEY (tenant_id, consent_id) REFERENCES credit_consent(tenant_id, id),
  constraint consented_application_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint consented_application_pkey PRIMARY KEY (tenant_id, application_id)
);
CREATE INDEX consented_application_consent ON public.consented_application USING btree (tenant_id, consent_id);
CREATE TRIGGER consented_application_kept BEFORE DELETE OR UPDATE ON public.consented_application FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER consented_application_not_truncated BEFORE TRUNCATE ON public.consented_application FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table contact (
  tenant_id uuid not null,
  id uuid not null,
  customer_id uuid not null,
  name text not null,
  role text not null,
  email text,
  phone text,
  language text,
  created_at timestamp with time zone not null default now(),
  archived_at timestamp with time zone,
  constraint contact_role_check CHECK ((role = ANY (ARRAY['billing'::text, 'reminders'::text, 'management'::text, 'other'::text]))),
  constraint contact_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint contact_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint contact_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX contact_customer ON public.contact USING btree (tenant_id, customer_id);
CREATE TRIGGER contact_before AFTER UPDATE ON public.contact FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION keep_row_before('customer_id', 'id');
CREATE TRIGGER contact_before_deleted AFTER DELETE ON public.contact FOR EACH ROW EXECUTE FUNCTION keep_row_before('customer_id', 'id');
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table credit_consent (
  tenant_id uuid not null,
  id uuid not null,
  customer_id uuid not null,
  is_given boolean not null,
  said_by text not null,
  said_on date not null,
  note text,
  recorded_by text not null,
  recorded_at timestamp with time zone not null,
  constraint credit_consent_note_check CHECK (((length(note) >= 1) AND (length(note) <= 500))),
  constraint credit_consent_said_by_check CHECK (((length(said_by) >= 1) AND (length(said_by) <= 200))),
  constraint credit_consent_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint credit_consent_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint credit_consent_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX credit_consent_customer ON public.credit_consent USING btree (tenant_id, customer_id, recorded_at DESC);
CREATE TRIGGER credit_consent_kept BEFORE DELETE OR UPDATE ON public.credit_consent FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER credit_consent_not_truncated BEFORE TRUNCATE ON public.credit_consent FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table credit_reason (
  tenant_id uuid not null,
  code text not null,
  label text not null,
  position smallint not null,
  names jsonb not null default '{}'::jsonb,
  constraint credit_reason_code_check CHECK ((code ~ '^[a-z][a-z0-9-]{1,39}$'::text)),
  constraint credit_reason_label_check CHECK (((length(label) >= 1) AND (length(label) <= 100))),
  constraint credit_reason_names_check CHECK ((jsonb_typeof(names) = 'object'::text)),
  constraint credit_reason_position_check CHECK (("position" >= 1)),
  constraint credit_reason_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint credit_reason_pkey PRIMARY KEY (tenant_id, code)
);
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table customer (
  tenant_id uuid not null,
  id uuid not null,
  number text not null,
  name text not null,
  parent_id uuid,
  tax_id text,
  country character(2),
  language text not null default 'en'::text,
  time_zone text not null default 'UTC'::text,
  payment_terms_id uuid,
  batch_id uuid,
  created_at timestamp with time zone not null default now(),
  archived_at timestamp with time zone,
  name_key text default match_key(name),
  search_text text not null default ''::text,
  constraint customer_check CHECK ((parent_id <> id)),
  constraint customer_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint customer_number_check CHECK (((length(number) >= 1) AND (length(number) <= 64))),
  constraint customer_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint customer_tenant_id_parent_id_fkey FOREIGN KEY (tenant_id, parent_id) REFERENCES customer(tenant_id, id),
  constraint customer_tenant_id_payment_terms_id_fkey FOREIGN KEY (tenant_id, payment_terms_id) REFERENCES payment_terms(tenant_id, id),
  constraint customer_pkey PRIMARY KEY (tenant_id, id),
  constraint customer_tenant_id_number_key UNIQUE (tenant_id, number)
);
CREATE INDEX customer_name ON public.customer USING btree (tenant_id, name, id);
CREATE INDEX customer_name_key ON public.customer USING btree (tenant_id, name_key) WHERE (archived_at IS NULL);
CREATE INDEX customer_number_prefix ON public.customer USING btree (tenant_id, number text_pattern_ops);
CREATE INDEX customer_parent ON public.customer USING btree (tenant_id, parent_id) WHERE (parent_id IS NOT NULL);
CREATE INDEX customer_search_text ON public.customer USING btree (tenant_id, search_text text_pattern_ops);
CREATE TRIGGER customer_before AFTER UPDATE ON public.customer FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION keep_row_before('id', 'id');
CREATE TRIGGER customer_before_deleted AFTER DELETE ON public.customer FOR EACH ROW EXECUTE FUNCTION keep_row_before('id', 'id');
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table customer_bank_account (
  tenant_id uuid not null,
  id uuid not null,
  customer_id uuid not null,
  account text not null,
  source text not null,
  created_at timestamp with time zone not null default now(),
  archived_at timestamp with time zone,
  constraint customer_bank_account_source_check CHECK ((source = ANY (ARRAY['typed'::text, 'import'::text, 'learned'::text]))),
  constraint customer_bank_account_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint customer_bank_account_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint customer_bank_account_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX customer_bank_account_account ON public.customer_bank_account USING btree (tenant_id, account) WHERE (archived_at IS NULL);
CREATE UNIQUE INDEX customer_bank_account_once ON public.customer_bank_account USING btree (tenant_id, customer_id, account) WHERE (archived_at IS NULL);
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table customer_figures (
  tenant_id uuid not null,
  company_id uuid not null,
  customer_id uuid not null,
  open_minor bigint not null,
  overdue_minor bigint not null,
  constraint customer_figures_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint customer_figures_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint customer_figures_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint customer_figures_pkey PRIMARY KEY (tenant_id, company_id, customer_id)
);
CREATE INDEX customer_figures_open ON public.customer_figures USING btree (tenant_id, company_id, open_minor DESC, customer_id DESC);
CREATE INDEX customer_figures_overdue ON public.customer_figures USING btree (tenant_id, company_id, overdue_minor DESC, customer_id DESC);
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table customer_figures_state (
  tenant_id uuid not null,
  as_of date not null,
  refreshed_at timestamp with time zone not null,
  constraint customer_figures_state_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint customer_figures_state_pkey PRIMARY KEY (tenant_id)
);
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table customer_matching (
  tenant_id uuid not null,
  id uuid not null,
  customer_id uuid not null,
  method text not null,
  with_disputed boolean not null,
  recorded_by text not null,
  recorded_at timestamp with time zone not null,
  constraint customer_matching_method_check CHECK ((method = ANY (ARRAY['engine'::text, 'by_reference'::text, 'oldest_first'::text, 'proportional'::text, 'manual'::text]))),
  constraint customer_matching_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint customer_matching_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint customer_matching_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX customer_matching_customer ON public.customer_matching USING btree (tenant_id, customer_id, recorded_at DESC, id DESC);
CREATE TRIGGER customer_matching_kept BEFORE DELETE OR UPDATE ON public.customer_matching FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER customer_matching_not_truncated BEFORE TRUNCATE ON public.customer_matching FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table customer_print (
  tenant_id uuid not null,
  customer_id uuid not null,
  second_language text not null,
  constraint customer_print_second_language_check CHECK ((second_language = ANY (ARRAY['none'::text, 'company'::text, 'english'::text, 'customer'::text]))),
  constraint customer_print_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint customer_print_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint customer_print_pkey PRIMARY KEY (tenant_id, customer_id)
);
CREATE TRIGGER customer_print_before AFTER INSERT OR DELETE ON public.customer_print FOR EACH ROW EXECUTE FUNCTION keep_row_before('customer_id', 'customer_id');
CREATE TRIGGER customer_print_before_changed AFTER UPDATE ON public.customer_print FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION keep_row_before('customer_id', 'customer_id');
CREATE TRIGGER customer_print_not_truncated BEFORE TRUNCATE ON public.customer_print FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table customer_tag (
  tenant_id uuid not null,
  customer_id uuid not null,
  tag text not null,
  tagged_by text not null,
  recorded_at timestamp with time zone not null,
  constraint customer_tag_tag_check CHECK ((((length(tag) >= 1) AND (length(tag) <= 40)) AND (tag = lower(tag)) AND (tag = btrim(tag)))),
  constraint customer_tag_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint customer_tag_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint customer_tag_pkey PRIMARY KEY (tenant_id, customer_id, tag)
);
CREATE INDEX customer_tag_tag ON public.customer_tag USING btree (tenant_id, tag, customer_id);
CREATE TRIGGER customer_tag_before AFTER DELETE ON public.customer_tag FOR EACH ROW EXECUTE FUNCTION keep_row_before('customer_id', 'customer_id', 'tag');
CREATE TRIGGER customer_tag_kept BEFORE UPDATE ON public.customer_tag FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER customer_tag_not_truncated BEFORE TRUNCATE ON public.customer_tag FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table day_sign_off (
  tenant_id uuid not null,
  id uuid not null,
  bank_account_id uuid not null,
  day date not null,
  figures jsonb not null,
  figures_sha256 bytea not null,
  note text,
  signed_by text not null,
  signed_at timestamp with time zone not null,
  reopened_by text,
  reopened_at timestamp with time zone,
  reopened_reason text,
  constraint day_sign_off_figures_sha256_check CHECK ((length(figures_sha256) = 32)),
  constraint day_sign_off_note_check CHECK (((length(note) >= 1) AND (length(note) <= 500))),
  constraint day_sign_off_reopened CHECK ((num_nulls(reopened_by, reopened_at, reopened_reason) = ANY (ARRAY[0, 3]))),
  constraint day_sign_off_reopened_reason_check CHECK (((length(reopened_reason) >= 1) AND (length(reopened_reason) <= 500))),
  constraint day_sign_off_second_person CHECK ((reopened_by <> signed_by)),
  constraint day_sign_off_tenant_id_bank_account_id_fkey FOREIGN KEY (tenant_id, bank_account_id) REFERENCES bank_account(tenant_id, id),
  constraint day_sign_off_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint day_sign_off_pkey PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX day_sign_off_once ON public.day_sign_off USING btree (tenant_id, bank_account_id, day) WHERE (reopened_at IS NULL);
CREATE TRIGGER day_sign_off_kept BEFORE UPDATE ON public.day_sign_off FOR EACH ROW EXECUTE FUNCTION ended_once('{reopened_at,reopened_by,reopened_reason}');
CREATE TRIGGER day_sign_off_not_deleted BEFORE DELETE ON public.day_sign_off FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER day_sign_off_not_truncated BEFORE TRUNCATE ON public.day_sign_off FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table debtor_kind (
  tenant_id uuid not null,
  id uuid not null,
  customer_id uuid not null,
  kind text not null,
  recorded_by text not null,
  recorded_at timestamp with time zone not null,
  constraint debtor_kind_kind_check CHECK ((kind = ANY (ARRAY['business'::text, 'authority'::text, 'consumer'::text]))),
  constraint debtor_kind_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint debtor_kind_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint debtor_kind_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX debtor_kind_customer ON public.debtor_kind USING btree (tenant_id, customer_id, recorded_at);
CREATE TRIGGER debtor_kind_kept BEFORE DELETE OR UPDATE ON public.debtor_kind FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER debtor_kind_not_truncated BEFORE TRUNCATE ON public.debtor_kind FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table delegation (
  tenant_id uuid not null,
  id uuid not null,
  from_user text not null,
  to_user text not null,
  starts_on date not null,
  ends_on date not null,
  reason text not null,
  created_by text not null,
  created_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint delegation_check CHECK ((to_user <> from_user)),
  constraint delegation_check1 CHECK ((ends_on >= starts_on)),
  constraint delegation_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint delegation_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX delegation_to ON public.delegation USING btree (tenant_id, to_user, ends_on) WHERE (ended_at IS NULL);
CREATE TRIGGER delegation_not_deleted BEFORE DELETE ON public.delegation FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER delegation_not_truncated BEFORE TRUNCATE ON public.delegation FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table delivery_by_portal (
  tenant_id uuid not null,
  customer_id uuid not null,
  portal text,
  from_on date,
  changed_by text not null,
  changed_at timestamp with time zone not null,
  company_id uuid,
  of_company uuid not null default COALESCE(company_id, '00000000-0000-0000-0000-000000000000'::uuid),
  constraint delivery_by_portal_whole CHECK (((num_nonnulls(portal, from_on) = ANY (ARRAY[0, 2])) AND ((company_id IS NOT NULL) OR (portal IS NOT NULL)))),
  constraint delivery_by_portal_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint delivery_by_portal_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint delivery_by_portal_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint delivery_by_portal_pkey PRIMARY KEY (tenant_id, customer_id, of_company)
);
CREATE TRIGGER delivery_by_portal_before AFTER INSERT OR DELETE ON public.delivery_by_portal FOR EACH ROW EXECUTE FUNCTION keep_row_before('customer_id', 'customer_id', 'of_company');
CREATE TRIGGER delivery_by_portal_before_changed AFTER UPDATE ON public.delivery_by_portal FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION keep_row_before('customer_id', 'customer_id', 'of_company');
CREATE TRIGGER delivery_by_portal_not_truncated BEFORE TRUNCATE ON public.delivery_by_portal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table delivery_preference (
  tenant_id uuid not null,
  customer_id uuid not null,
  channels text[],
  falls_back boolean not null default true,
  email_to text,
  copies text[] not null default '{}'::text[],
  attaches text[],
  sms_number text,
  network_address text,
  consent_on date,
  consent_note text,
  changed_by text not null,
  changed_at timestamp with time zone not null,
  e_invoice text,
  buyer_reference text,
  purchase_order text,
  constraint delivery_preference_e_invoice_check CHECK ((e_invoice = ANY (ARRAY['peppol'::text, 'xrechnung_ubl'::text, 'xrechnung_cii'::text, 'factur_x'::text, 'en16931_ubl'::text, 'en16931_cii'::text]))),
  constraint delivery_preference_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint delivery_preference_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint delivery_preference_pkey PRIMARY KEY (tenant_id, customer_id)
);
CREATE TRIGGER delivery_preference_before AFTER INSERT OR DELETE ON public.delivery_preference FOR EACH ROW EXECUTE FUNCTION keep_row_before('customer_id', 'customer_id');
CREATE TRIGGER delivery_preference_before_changed AFTER UPDATE ON public.delivery_preference FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION keep_row_before('customer_id', 'customer_id');
CREATE TRIGGER delivery_preference_not_truncated BEFORE TRUNCATE ON public.delivery_preference FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table delivery_problem (
  tenant_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  customer_id uuid not null,
  message_id uuid,
  document_id uuid,
  kind text not null,
  severity text,
  address text,
  detail text not null,
  opened_at timestamp with time zone not null,
  closed_at timestamp with time zone,
  closed_by text,
  resolution text,
  constraint delivery_problem_check CHECK (((closed_at IS NULL) = (closed_by IS NULL))),
  constraint delivery_problem_kind_check CHECK ((kind = ANY (ARRAY['bounced'::text, 'not_taken'::text, 'no_way'::text, 'complained'::text, 'rejected'::text, 'suppressed'::text, 'opted_out'::text, 'redirect_wished'::text, 'returned'::text]))),
  constraint delivery_problem_severity_check CHECK ((severity = ANY (ARRAY['hard'::text, 'soft'::text, 'policy'::text]))),
  constraint delivery_problem_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint delivery_problem_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint delivery_problem_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint delivery_problem_tenant_id_message_id_fkey FOREIGN KEY (tenant_id, message_id) REFERENCES message(tenant_id, id),
  constraint delivery_problem_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX delivery_problem_customer ON public.delivery_problem USING btree (tenant_id, customer_id, opened_at DESC);
CREATE INDEX delivery_problem_document_all ON public.delivery_problem USING btree (tenant_id, document_id) WHERE (document_id IS NOT NULL);
CREATE INDEX delivery_problem_open ON public.delivery_problem USING btree (tenant_id, opened_at DESC, id DESC) WHERE (closed_at IS NULL);
CREATE UNIQUE INDEX delivery_problem_document ON public.delivery_problem USING btree (tenant_id, document_id, kind) WHERE ((closed_at IS NULL) AND (message_id IS NULL));
CREATE UNIQUE INDEX delivery_problem_once ON public.delivery_problem USING btree (tenant_id, message_id, kind, COALESCE(address, ''::text)) WHERE ((closed_at IS NULL) AND (message_id IS NOT NULL));
CREATE TRIGGER delivery_problem_not_deleted BEFORE DELETE ON public.delivery_problem FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER delivery_problem_not_truncated BEFORE TRUNCATE ON public.delivery_problem FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table delivery_setting (
  tenant_id uuid not null,
  company_id uuid not null,
  channels text[] not null default '{email,post}'::text[],
  delivers_on_issue boolean not null default false,
  from_name text,
  from_address text,
  reply_to text,
  signature text,
  bounce_address text,
  asks_for_receipt boolean not null default false,
  attaches text[] not null default '{pdf}'::text[],
  changed_by text not null,
  changed_at timestamp with time zone not null,
  view_days integer,
  offers_stop boolean not null default false,
  constraint delivery_setting_view_days_check CHECK (((view_days >= 1) AND (view_days <= 3650))),
  constraint delivery_setting_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint delivery_setting_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint delivery_setting_pkey PRIMARY KEY (tenant_id, company_id)
);
CREATE TRIGGER delivery_setting_before AFTER INSERT OR DELETE ON public.delivery_setting FOR EACH ROW EXECUTE FUNCTION keep_row_before('', 'company_id');
CREATE TRIGGER delivery_setting_before_changed AFTER UPDATE ON public.delivery_setting FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION keep_row_before('', 'company_id');
CREATE TRIGGER delivery_setting_not_truncated BEFORE TRUNCATE ON public.delivery_setting FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table difference_limit (
  tenant_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  role text,
  user_id uuid,
  currency character(3) not null,
  stance text not null,
  amount_max_minor bigint,
  percent_max numeric(7,4),
  valid_from date not null,
  recorded_by text not null,
  recorded_at timestamp with time zone not null,
  constraint difference_limit_amount_max_minor_check CHECK ((amount_max_minor >= 0)),
  constraint difference_limit_limit CHECK (((stance = 'limit'::text) = ((amount_max_minor IS NOT NULL) OR (percent_max IS NOT NULL)))),
  constraint difference_limit_percent_max_check CHECK (((percent_max >= (0)::numeric) AND (percent_max <= (100)::numeric))),
  constraint difference_limit_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'controller'::text, 'collector'::text, 'cash_applier'::text, 'commenter'::text, 'viewer'::text]))),
  constraint difference_limit_stance_check CHECK ((stance = ANY (ARRAY['limit'::text, 'withdrawn'::text]))),
  constraint difference_limit_who CHECK ((num_nulls(role, user_id) = 1)),
  constraint difference_limit_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint difference_limit_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint difference_limit_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX difference_limit_company ON public.difference_limit USING btree (tenant_id, company_id, valid_from);
CREATE TRIGGER difference_limit_kept BEFORE DELETE OR UPDATE ON public.difference_limit FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER difference_limit_not_truncated BEFORE TRUNCATE ON public.difference_limit FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table discount_country (
  tenant_id uuid not null,
  company_id uuid not null,
  country character(2) not null,
  discount_base text not null,
  corrects_tax boolean not null,
  constraint discount_country_country_check CHECK ((country ~ '^[A-Z]{2}$'::text)),
  constraint discount_country_discount_base_check CHECK ((discount_base = ANY (ARRAY['gross'::text, 'net'::text]))),
  constraint discount_country_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint discount_country_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint discount_country_pkey PRIMARY KEY (tenant_id, company_id, country)
);
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table discount_offer (
  tenant_id uuid not null,
  id uuid not null,
  item_id uuid not null,
  company_id uuid not null,
  customer_id uuid not null,
  currency character(3) not null,
  amount_minor bigint not null,
  apr numeric(7,4) not null,
  year_days smallint not null,
  due_on date not null,
  offered_on date not null,
  expires_on date not null,
  recorded_at timestamp with time zone not null,
  constraint discount_offer_amount_minor_check CHECK ((amount_minor > 0)),
  constraint discount_offer_apr_check CHECK (((apr > (0)::numeric) AND (apr <= (100)::numeric))),
  constraint discount_offer_check CHECK ((expires_on >= offered_on)),
  constraint discount_offer_year_days_check CHECK ((year_days = ANY (ARRAY[360, 365]))),
  constraint discount_offer_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint discount_offer_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint discount_offer_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint discount_offer_tenant_id_item_id_fkey FOREIGN KEY (tenant_id, item_id) REFERENCES open_item(tenant_id, id),
  constraint discount_offer_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX discount_offer_customer ON public.discount_offer USING btree (tenant_id, customer_id, id DESC);
CREATE INDEX discount_offer_item ON public.discount_offer USING btree (tenant_id, item_id);
CREATE TRIGGER discount_offer_kept BEFORE DELETE OR UPDATE ON public.discount_offer FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER discount_offer_not_truncated BEFORE TRUNCATE ON public.discount_offer FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table discount_offer_answer (
  tenant_id uuid not null,
  offer_id uuid not null,
  answer text not null,
  answered_on date not null,
  pay_on date,
  discount_minor bigint,
  recorded_at timestamp with time zone not null,
  constraint discount_offer_answer_answer_check CHECK ((answer = ANY (ARRAY['accepted'::text, 'withdrawn'::text]))),
  constraint discount_offer_answer_check CHECK ((((answer = 'accepted'::text) = (pay_on IS NOT NULL)) AND ((pay_on IS NULL) = (discount_minor IS NULL)))),
  constraint discount_offer_answer_discount_minor_check CHECK ((discount_minor > 0)),
  constraint discount_offer_answer_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint discount_offer_answer_tenant_id_offer_id_fkey FOREIGN KEY (tenant_id, offer_id) REFERENCES discount_offer(tenant_id, id),
  constraint discount_offer_answered PRIMARY KEY (tenant_id, offer_id)
);
CREATE TRIGGER discount_offer_answer_kept BEFORE DELETE OR UPDATE ON public.discount_offer_answer FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER discount_offer_answer_not_truncated BEFORE TRUNCATE ON public.discount_offer_answer FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table discount_reversal (
  tenant_id uuid not null,
  credit_note_id uuid not null,
  currency character(3) not null,
  discount_minor bigint not null,
  tax_minor bigint not null,
  taxes jsonb,
  functional_minor bigint not null,
  recorded_at timestamp with time zone not null,
  constraint discount_reversal_check CHECK (((tax_minor >= 0) AND (tax_minor <= discount_minor))),
  constraint discount_reversal_discount_minor_check CHECK ((discount_minor > 0)),
  constraint discount_reversal_functional_minor_check CHECK ((functional_minor >= 0)),
  constraint discount_reversal_tenant_id_credit_note_id_fkey FOREIGN KEY (tenant_id, credit_note_id) REFERENCES invoice(tenant_id, id),
  constraint discount_reversal_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint discount_reversal_pkey PRIMARY KEY (tenant_id, credit_note_id)
);
CREATE TRIGGER discount_reversal_kept BEFORE DELETE OR UPDATE ON public.discount_reversal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER discount_reversal_not_truncated BEFORE TRUNCATE ON public.discount_reversal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table dispute (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null,
  company_id uuid not null,
  customer_id uuid not null,
  number text not null,
  currency character(3) not null,
  opened_on date not null,
  opened_by text not null,
  source text not null,
  payment_id uuid,
  claim_number text,
  claim_key text default match_key(claim_number),
  claim_code text,
  duplicate_of uuid,
  recorded_at timestamp with time zone not null,
  constraint dispute_claim_code_check CHECK (((length(claim_code) >= 1) AND (length(claim_code) <= 50))),
  constraint dispute_claim_number_check CHECK (((length(claim_number) >= 1) AND (length(claim_number) <= 100))),
  constraint dispute_kind_check CHECK ((kind = ANY (ARRAY['dispute'::text, 'deduction'::text]))),
  constraint dispute_number_check CHECK (((length(number) >= 1) AND (length(number) <= 64))),
  constraint dispute_short_payment CHECK (((source = 'short_payment'::text) = (payment_id IS NOT NULL))),
  constraint dispute_source_check CHECK ((source = ANY (ARRAY['person'::text, 'short_payment'::text, 'portal'::text, 'message'::text, 'import'::text]))),
  constraint dispute_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint dispute_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint dispute_tenant_id_duplicate_of_fkey FOREIGN KEY (tenant_id, duplicate_of) REFERENCES dispute(tenant_id, id),
  constraint dispute_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint dispute_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX dispute_claim ON public.dispute USING btree (tenant_id, customer_id, claim_key) WHERE (claim_key <> ''::text);
CREATE INDEX dispute_customer ON public.dispute USING btree (tenant_id, customer_id, opened_on);
CREATE INDEX dispute_newest ON public.dispute USING btree (tenant_id, opened_on DESC, id DESC);
CREATE INDEX dispute_payment ON public.dispute USING btree (tenant_id, payment_id) WHERE (payment_id IS NOT NULL);
CREATE UNIQUE INDEX dispute_number ON public.dispute USING btree (tenant_id, company_id, number);
CREATE TRIGGER dispute_kept BEFORE DELETE OR UPDATE ON public.dispute FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER dispute_not_truncated BEFORE TRUNCATE ON public.dispute FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table dispute_closing (
  tenant_id uuid not null,
  id uuid not null,
  dispute_id uuid not null,
  outcome text not null,
  root_cause text,
  note text,
  closed_on date not null,
  closed_by text not null,
  recorded_at timestamp with time zone not null,
  reopened_on date,
  reopened_by text,
  reopened_note text,
  reopened_at timestamp with time zone,
  constraint dispute_closing_note_check CHECK (((length(note) >= 1) AND (length(note) <= 2000))),
  constraint dispute_closing_outcome_check CHECK ((outcome = ANY (ARRAY['valid'::text, 'invalid'::text, 'goodwill'::text, 'withdrawn'::text, 'settled'::text, 'undone'::text]))),
  constraint dispute_closing_reopened CHECK ((num_nulls(reopened_on, reopened_by, reopened_note, reopened_at) = ANY (ARRAY[0, 4]))),
  constraint dispute_closing_reopened_note_check CHECK (((length(reopened_note) >= 1) AND (length(reopened_note) <= 2000))),
  constraint dispute_closing_root_cause_check CHECK ((root_cause ~ '^[a-z][a-z0-9_]{1,39}$'::text)),
  constraint dispute_closing_tenant_id_dispute_id_fkey FOREIGN KEY (tenant_id, dispute_id) REFERENCES dispute(tenant_id, id),
  constraint dispute_closing_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint dispute_closing_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX dispute_closing_dispute ON public.dispute_closing USING btree (tenant_id, dispute_id);
CREATE UNIQUE INDEX dispute_closing_once ON public.dispute_closing USING btree (tenant_id, dispute_id) WHERE (reopened_at IS NULL);
CREATE TRIGGER dispute_closing_kept BEFORE UPDATE ON public.dispute_closing FOR EACH ROW EXECUTE FUNCTION dispute_closing_kept();
CREATE TRIGGER dispute_closing_not_deleted BEFORE DELETE ON public.dispute_closing FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER dispute_closing_not_truncated BEFORE TRUNCATE ON public.dispute_closing FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table dispute_exclusion (
  tenant_id uuid not null,
  exclusion_id uuid not null,
  dispute_id uuid not null,
  item_id uuid not null,
  amount_minor bigint not null,
  recorded_at timestamp with time zone not null,
  constraint dispute_exclusion_amount_minor_check CHECK ((amount_minor > 0)),
  constraint dispute_exclusion_tenant_id_dispute_id_item_id_fkey FOREIGN KEY (tenant_id, dispute_id, item_id) REFERENCES dispute_item(tenant_id, dispute_id, item_id),
  constraint dispute_exclusion_tenant_id_exclusion_id_fkey FOREIGN KEY (tenant_id, exclusion_id) REFERENCES charge_exclusion(tenant_id, id),
  constraint dispute_exclusion_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint dispute_exclusion_pkey PRIMARY KEY (tenant_id, exclusion_id)
);
CREATE INDEX dispute_exclusion_dispute ON public.dispute_exclusion USING btree (tenant_id, dispute_id);
CREATE TRIGGER dispute_exclusion_kept BEFORE DELETE OR UPDATE ON public.dispute_exclusion FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER dispute_exclusion_not_truncated BEFORE TRUNCATE ON public.dispute_exclusion FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table dispute_item (
  tenant_id uuid not null,
  dispute_id uuid not null,
  item_id uuid not null,
  amount_minor bigint not null,
  constraint dispute_item_amount_minor_check CHECK ((amount_minor > 0)),
  constraint dispute_item_tenant_id_dispute_id_fkey FOREIGN KEY (tenant_id, dispute_id) REFERENCES dispute(tenant_id, id),
  constraint dispute_item_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint dispute_item_tenant_id_item_id_fkey FOREIGN KEY (tenant_id, item_id) REFERENCES open_item(tenant_id, id),
  constraint dispute_item_pkey PRIMARY KEY (tenant_id, dispute_id, item_id)
);
CREATE INDEX dispute_item_item ON public.dispute_item USING btree (tenant_id, item_id);
CREATE TRIGGER dispute_item_kept BEFORE DELETE OR UPDATE ON public.dispute_item FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER dispute_item_not_truncated BEFORE TRUNCATE ON public.dispute_item FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table dispute_reason (
  tenant_id uuid not null,
  id uuid not null,
  dispute_id uuid not null,
  reason text not null,
  note text,
  stated_by text not null,
  recorded_at timestamp with time zone not null,
  constraint dispute_reason_note_check CHECK (((length(note) >= 1) AND (length(note) <= 2000))),
  constraint dispute_reason_reason_check CHECK ((reason ~ '^[a-z][a-z0-9_]{1,39}$'::text)),
  constraint dispute_reason_tenant_id_dispute_id_fkey FOREIGN KEY (tenant_id, dispute_id) REFERENCES dispute(tenant_id, id),
  constraint dispute_reason_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint dispute_reason_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX dispute_reason_dispute ON public.dispute_reason USING btree (tenant_id, dispute_id, recorded_at);
CREATE TRIGGER dispute_reason_kept BEFORE DELETE OR UPDATE ON public.dispute_reason FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER dispute_reason_not_truncated BEFORE TRUNCATE ON public.dispute_reason FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table dispute_reason_kind (
  tenant_id uuid not null,
  id uuid not null,
  code text not null,
  name text not null,
  in_use boolean not null,
  recorded_by text not null,
  recorded_at timestamp with time zone not null,
  constraint dispute_reason_kind_code_check CHECK ((code ~ '^[a-z][a-z0-9_]{1,39}$'::text)),
  constraint dispute_reason_kind_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80))),
  constraint dispute_reason_kind_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint dispute_reason_kind_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX dispute_reason_kind_code ON public.dispute_reason_kind USING btree (tenant_id, code, recorded_at);
CREATE TRIGGER dispute_reason_kind_kept BEFORE DELETE OR UPDATE ON public.dispute_reason_kind FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER dispute_reason_kind_not_truncated BEFORE TRUNCATE ON public.dispute_reason_kind FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table dispute_release (
  tenant_id uuid not null,
  id uuid not null,
  dispute_id uuid not null,
  item_id uuid not null,
  amount_minor bigint not null,
  released_on date not null,
  note text not null,
  released_by text not null,
  recorded_at timestamp with time zone not null,
  constraint dispute_release_amount_minor_check CHECK ((amount_minor > 0)),
  constraint dispute_release_note_check CHECK (((length(note) >= 1) AND (length(note) <= 2000))),
  constraint dispute_release_tenant_id_dispute_id_item_id_fkey FOREIGN KEY (tenant_id, dispute_id, item_id) REFERENCES dispute_item(tenant_id, dispute_id, item_id),
  constraint dispute_release_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint dispute_release_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX dispute_release_dispute ON public.dispute_release USING btree (tenant_id, dispute_id);
CREATE TRIGGER dispute_release_kept BEFORE DELETE OR UPDATE ON public.dispute_release FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER dispute_release_not_truncated BEFORE TRUNCATE ON public.dispute_release FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table dispute_remedy (
  tenant_id uuid not null,
  dispute_id uuid not null,
  document_id uuid not null,
  recorded_by text not null,
  recorded_at timestamp with time zone not null,
  constraint dispute_remedy_tenant_id_dispute_id_fkey FOREIGN KEY (tenant_id, dispute_id) REFERENCES dispute(tenant_id, id),
  constraint dispute_remedy_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint dispute_remedy_pkey PRIMARY KEY (tenant_id, document_id)
);
CREATE INDEX dispute_remedy_dispute ON public.dispute_remedy USING btree (tenant_id, dispute_id);
CREATE TRIGGER dispute_remedy_kept BEFORE DELETE OR UPDATE ON public.dispute_remedy FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER dispute_remedy_not_truncated BEFORE TRUNCATE ON public.dispute_remedy FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table drawn_document (
  tenant_id uuid not null,
  named_by bytea not null,
  pdf bytea not null,
  used_on date not null,
  constraint drawn_document_named_by_check CHECK ((length(named_by) = 32)),
  constraint drawn_document_pdf_check CHECK (((length(pdf) >= 1) AND (length(pdf) <= 20971520))),
  constraint drawn_document_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint drawn_document_pkey PRIMARY KEY (tenant_id, named_by)
);
CREATE INDEX drawn_document_used ON public.drawn_document USING btree (tenant_id, used_on);
CREATE TRIGGER drawn_document_kept BEFORE UPDATE ON public.drawn_document FOR EACH ROW WHEN (((old.tenant_id <> new.tenant_id) OR (old.named_by <> new.named_by) OR (old.pdf <> new.pdf))) EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table dropped_difference (
  tenant_id uuid not null,
  application_id uuid not null,
  item_id uuid not null,
  payment_id uuid not null,
  customer_id uuid,
  currency character(3) not null,
  difference_minor bigint not null,
  basis text not null,
  evidence jsonb not null,
  dropped_by text not null,
  recorded_at timestamp with time zone not null,
  kind text not null default 'small_balance'::text,
  constraint dropped_difference_basis_check CHECK ((basis = ANY (ARRAY['tolerance'::text, 'stated'::text, 'limit'::text, 'approval'::text]))),
  constraint dropped_difference_difference_minor_check CHECK ((difference_minor > 0)),
  constraint dropped_difference_evidence_check CHECK ((jsonb_typeof(evidence) = 'object'::text)),
  constraint dropped_difference_kind CHECK ((kind = ANY (ARRAY['small_balance'::text, 'bank_charge'::text]))),
  constraint dropped_difference_tenant_id_application_id_fkey FOREIGN KEY (tenant_id, application_id) REFERENCES application(tenant_id, id),
  constraint dropped_difference_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint dropped_difference_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint dropped_difference_tenant_id_item_id_fkey FOREIGN KEY (tenant_id, item_id) REFERENCES open_item(tenant_id, id),
  constraint dropped_difference_tenant_id_payment_id_fkey FOREIGN KEY (tenant_id, payment_id) REFERENCES payment(tenant_id, id),
  constraint dropped_difference_pkey PRIMARY KEY (tenant_id, application_id)
);
CREATE INDEX dropped_difference_customer ON public.dropped_difference USING btree (tenant_id, customer_id, recorded_at DESC);
CREATE INDEX dropped_difference_item ON public.dropped_difference USING btree (tenant_id, item_id);
CREATE INDEX dropped_difference_newest ON public.dropped_difference USING btree (tenant_id, recorded_at DESC, application_id DESC);
CREATE INDEX dropped_difference_payment ON public.dropped_difference USING btree (tenant_id, payment_id);
CREATE TRIGGER dropped_difference_kept BEFORE DELETE OR UPDATE ON public.dropped_difference FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER dropped_difference_not_truncated BEFORE TRUNCATE ON public.dropped_difference FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table escalation_notice (
  tenant_id uuid not null,
  payment_id uuid not null,
  user_id text not null,
  told_at timestamp with time zone not null,
  round integer not null default 0,
  constraint escalation_notice_round_check CHECK ((round >= 0)),
  constraint escalation_notice_round FOREIGN KEY (tenant_id, payment_id, round) REFERENCES receipt_escalation(tenant_id, payment_id, round),
  constraint escalation_notice_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint escalation_notice_pkey PRIMARY KEY (tenant_id, payment_id, round, user_id)
);
CREATE TRIGGER escalation_notice_kept BEFORE UPDATE ON public.escalation_notice FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER escalation_notice_not_truncated BEFORE TRUNCATE ON public.escalation_notice FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table event (
  tenant_id uuid not null,
  id uuid not null,
  type text not null,
  subject_id uuid not null,
  customer_id uuid,
  actor text not null,
  command_id uuid not null,
  data jsonb not null,
  recorded_at timestamp with time zone not null,
  constraint event_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint event_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX event_customer ON public.event USING btree (tenant_id, customer_id, id) WHERE (customer_id IS NOT NULL);
CREATE INDEX event_customer_recorded ON public.event USING btree (tenant_id, recorded_at) WHERE (customer_id IS NOT NULL);
CREATE INDEX event_subject ON public.event USING btree (tenant_id, subject_id, id);
CREATE TRIGGER event_kept BEFORE DELETE OR UPDATE ON public.event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER event_not_truncated BEFORE TRUNCATE ON public.event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table evidence_pack (
  tenant_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  customer_id uuid not null,
  hand_over_id uuid,
  asked_by text not null,
  asked_at timestamp with time zone not null,
  drawing_no integer not null default 0,
  worked_at timestamp with time zone not null,
  drawn integer not null default 0,
  to_draw integer not null default 0,
  ended_at timestamp with time zone,
  problem text,
  problem_facts jsonb,
  as_of date,
  items jsonb,
  bytes integer,
  sha256 bytea,
  list_sha256 bytea,
  removed_at timestamp with time zone,
  constraint evidence_pack_bytes_check CHECK ((bytes > 0)),
  constraint evidence_pack_drawn_check CHECK ((drawn >= 0)),
  constraint evidence_pack_list_sha256_check CHECK ((length(list_sha256) = 32)),
  constraint evidence_pack_problem CHECK (((problem IS NULL) OR (ended_at IS NOT NULL))),
  constraint evidence_pack_removed CHECK (((removed_at IS NULL) OR (sha256 IS NOT NULL))),
  constraint evidence_pack_sha256_check CHECK ((length(sha256) = 32)),
  constraint evidence_pack_to_draw_check CHECK ((to_draw >= 0)),
  constraint evidence_pack_whole CHECK ((num_nonnulls(as_of, items, bytes, sha256, list_sha256) =
CASE
    WHEN ((ended_at IS NOT NULL) AND (problem IS NULL)) THEN 5
    ELSE 0
END)),
  constraint evidence_pack_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint evidence_pack_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint evidence_pack_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint evidence_pack_tenant_id_hand_over_id_fkey FOREIGN KEY (tenant_id, hand_over_id) REFERENCES hand_over(tenant_id, id),
  constraint evidence_pack_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX evidence_pack_customer ON public.evidence_pack USING btree (tenant_id, customer_id, asked_at DESC, id DESC);
CREATE UNIQUE INDEX evidence_pack_open ON public.evidence_pack USING btree (tenant_id, company_id, customer_id, hand_over_id) NULLS NOT DISTINCT WHERE (ended_at IS NULL);
CREATE TRIGGER evidence_pack_kept BEFORE UPDATE ON public.evidence_pack FOR EACH ROW EXECUTE FUNCTION evidence_pack_kept();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table evidence_pack_part (
  tenant_id uuid not null,
  pack_id uuid not null,
  part_no integer not null,
  content bytea not null,
  constraint evidence_pack_part_part_no_check CHECK ((part_no >= 0)),
  constraint evidence_pack_part_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint evidence_pack_part_tenant_id_pack_id_fkey FOREIGN KEY (tenant_id, pack_id) REFERENCES evidence_pack(tenant_id, id),
  constraint evidence_pack_part_pkey PRIMARY KEY (tenant_id, pack_id, part_no)
);
CREATE TRIGGER evidence_pack_part_kept BEFORE UPDATE ON public.evidence_pack_part FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER evidence_pack_part_not_truncated BEFORE TRUNCATE ON public.evidence_pack_part FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table exchange_rate (
  tenant_id uuid not null,
  id uuid not null,
  base character(3) not null,
  quote character(3) not null,
  valid_on date not null,
  rate numeric(24,12) not null,
  source text not null,
  recorded_at timestamp with time zone not null,
  constraint exchange_rate_check CHECK ((base <> quote)),
  constraint exchange_rate_rate_check CHECK ((rate > (0)::numeric)),
  constraint exchange_rate_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint exchange_rate_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX exchange_rate_day ON public.exchange_rate USING btree (tenant_id, base, quote, valid_on DESC, recorded_at DESC);
CREATE TRIGGER exchange_rate_kept BEFORE DELETE OR UPDATE ON public.exchange_rate FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER exchange_rate_not_truncated BEFORE TRUNCATE ON public.exchange_rate FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table experiment (
  tenant_id uuid not null,
  id uuid not null,
  number integer not null,
  name text not null,
  note text not null,
  policy_code text not null,
  offset_days integer not null,
  phase text not null,
  kind text not null,
  later_days smallint,
  share_percent smallint not null,
  seed text not null,
  metric text not null,
  window_days smallint not null,
  expected smallint not null,
  starts_on date not null,
  ends_on date not null,
  registered_by text not null,
  recorded_at timestamp with time zone not null,
  constraint experiment_days CHECK ((ends_on >= starts_on)),
  constraint experiment_expected_check CHECK (((expected >= 1) AND (expected <= 100))),
  constraint experiment_kind_check CHECK ((kind = ANY (ARRAY['hold_out'::text, 'later'::text, 'other_words'::text]))),
  constraint experiment_later CHECK (((kind = 'later'::text) = (later_days IS NOT NULL))),
  constraint experiment_later_days_check CHECK (((later_days >= 1) AND (later_days <= 60))),
  constraint experiment_metric_check CHECK ((metric = ANY (ARRAY['share_paid'::text, 'days_to_pay'::text]))),
  constraint experiment_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
  constraint experiment_note_check CHECK (((length(note) >= 1) AND (length(note) <= 1000))),
  constraint experiment_number_check CHECK ((number >= 1)),
  constraint experiment_phase_check CHECK ((phase = ANY (ARRAY['upcoming'::text, 'due'::text, 'reminder'::text]))),
  constraint experiment_seed_check CHECK (((length(seed) >= 16) AND (length(seed) <= 100))),
  constraint experiment_share_percent_check CHECK (((share_percent >= 1) AND (share_percent <= 50))),
  constraint experiment_window_days_check CHECK (((window_days >= 1) AND (window_days <= 120))),
  constraint experiment_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint experiment_pkey PRIMARY KEY (tenant_id, id),
  constraint experiment_tenant_id_number_key UNIQUE (tenant_id, number)
);
CREATE TRIGGER experiment_kept BEFORE DELETE OR UPDATE ON public.experiment FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER experiment_not_truncated BEFORE TRUNCATE ON public.experiment FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table experiment_end (
  tenant_id uuid not null,
  experiment_id uuid not null,
  kind text not null,
  note text,
  found jsonb not null,
  ended_on date not null,
  ended_by text not null,
  recorded_at timestamp with time zone not null,
  constraint experiment_end_found_check CHECK ((jsonb_typeof(found) = 'object'::text)),
  constraint experiment_end_kind_check CHECK ((kind = ANY (ARRAY['stopped'::text, 'harm'::text, 'over'::text]))),
  constraint experiment_end_note_check CHECK (((length(note) >= 1) AND (length(note) <= 1000))),
  constraint experiment_end_said CHECK (((kind <> 'stopped'::text) OR (note IS NOT NULL))),
  constraint experiment_end_tenant_id_experiment_id_fkey FOREIGN KEY (tenant_id, experiment_id) REFERENCES experiment(tenant_id, id),
  constraint experiment_end_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint experiment_end_pkey PRIMARY KEY (tenant_id, experiment_id)
);
CREATE TRIGGER experiment_end_kept BEFORE DELETE OR UPDATE ON public.experiment_end FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER experiment_end_not_truncated BEFORE TRUNCATE ON public.experiment_end FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table experiment_entry (
  tenant_id uuid not null,
  experiment_id uuid not null,
  customer_id uuid not null,
  company_id uuid not null,
  arm text not null,
  entered_on date not null,
  recorded_at timestamp with time zone not null,
  constraint experiment_entry_arm_check CHECK ((arm = ANY (ARRAY['usual'::text, 'tried'::text]))),
  constraint experiment_entry_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint experiment_entry_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint experiment_entry_tenant_id_experiment_id_fkey FOREIGN KEY (tenant_id, experiment_id) REFERENCES experiment(tenant_id, id),
  constraint experiment_entry_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint experiment_entry_pkey PRIMARY KEY (tenant_id, experiment_id, customer_id)
);
CREATE TRIGGER experiment_entry_kept BEFORE DELETE OR UPDATE ON public.experiment_entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER experiment_entry_not_truncated BEFORE TRUNCATE ON public.experiment_entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table experiment_item (
  tenant_id uuid not null,
  experiment_id uuid not null,
  customer_id uuid not null,
  item_id uuid not null,
  open_minor bigint not null,
  constraint experiment_item_open_minor_check CHECK ((open_minor > 0)),
  constraint experiment_item_tenant_id_experiment_id_customer_id_fkey FOREIGN KEY (tenant_id, experiment_id, customer_id) REFERENCES experiment_entry(tenant_id, experiment_id, customer_id),
  constraint experiment_item_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint experiment_item_tenant_id_item_id_fkey FOREIGN KEY (tenant_id, item_id) REFERENCES open_item(tenant_id, id),
  constraint experiment_item_pkey PRIMARY KEY (tenant_id, experiment_id, item_id)
);
CREATE INDEX experiment_item_customer ON public.experiment_item USING btree (tenant_id, experiment_id, customer_id);
CREATE TRIGGER experiment_item_kept BEFORE DELETE OR UPDATE ON public.experiment_item FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER experiment_item_not_truncated BEFORE TRUNCATE ON public.experiment_item FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table explained_payment (
  tenant_id uuid not null,
  explanation_id uuid not null,
  payment_id uuid not null,
  constraint explained_payment_tenant_id_explanation_id_fkey FOREIGN KEY (tenant_id, explanation_id) REFERENCES line_explanation(tenant_id, id),
  constraint explained_payment_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint explained_payment_tenant_id_payment_id_fkey FOREIGN KEY (tenant_id, payment_id) REFERENCES payment(tenant_id, id),
  constraint explained_payment_pkey PRIMARY KEY (tenant_id, explanation_id, payment_id)
);
CREATE INDEX explained_payment_payment ON public.explained_payment USING btree (tenant_id, payment_id);
CREATE TRIGGER explained_payment_kept BEFORE DELETE OR UPDATE ON public.explained_payment FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER explained_payment_not_truncated BEFORE TRUNCATE ON public.explained_payment FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table gate_result (
  tenant_id uuid not null,
  id uuid not null,
  message_id uuid not null,
  attempt_no smallint,
  verdict text not null,
  reason text,
  waits_until timestamp with time zone,
  checks jsonb not null,
  recorded_at timestamp with time zone not null,
  constraint gate_result_passed CHECK (((verdict = 'passed'::text) = (attempt_no IS NOT NULL))),
  constraint gate_result_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 100))),
  constraint gate_result_verdict_check CHECK ((verdict = ANY (ARRAY['passed'::text, 'waits'::text, 'dropped'::text]))),
  constraint gate_result_waits CHECK (((verdict = 'waits'::text) = (waits_until IS NOT NULL))),
  constraint gate_result_tenant_id_message_id_fkey FOREIGN KEY (tenant_id, message_id) REFERENCES message(tenant_id, id),
  constraint gate_result_pkey PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX gate_result_once ON public.gate_result USING btree (tenant_id, message_id, attempt_no);
CREATE TRIGGER gate_result_kept BEFORE DELETE OR UPDATE ON public.gate_result FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER gate_result_not_truncated BEFORE TRUNCATE ON public.gate_result FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table gate_setting (
  tenant_id uuid not null,
  id uuid not null,
  fresh_hours integer,
  without_bank text not null,
  unwatched uuid[] not null,
  contacts_max integer,
  contacts_days integer,
  open_hours text,
  quiet_holidays text not null,
  packs text[] not null,
  stated_by text not null,
  recorded_at timestamp with time zone not null,
  constraint gate_contacts CHECK (((contacts_max IS NULL) = (contacts_days IS NULL))),
  constraint gate_setting_contacts_days_check CHECK (((contacts_days >= 1) AND (contacts_days <= 366))),
  constraint gate_setting_contacts_max_check CHECK (((contacts_max >= 1) AND (contacts_max <= 1000))),
  constraint gate_setting_fresh_hours_check CHECK (((fresh_hours >= 1) AND (fresh_hours <= 720))),
  constraint gate_setting_open_hours_check CHECK ((open_hours ~ '^[01]{168}$'::text)),
  constraint gate_setting_quiet_holidays_check CHECK ((quiet_holidays = ANY (ARRAY['none'::text, 'company'::text, 'customer'::text, 'both'::text]))),
  constraint gate_setting_without_bank_check CHECK ((without_bank = ANY (ARRAY['send'::text, 'hold'::text]))),
  constraint gate_setting_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint gate_setting_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX gate_setting_latest ON public.gate_setting USING btree (tenant_id, recorded_at DESC, id DESC);
CREATE TRIGGER gate_setting_kept BEFORE DELETE OR UPDATE ON public.gate_setting FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER gate_setting_not_truncated BEFORE TRUNCATE ON public.gate_setting FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table hand_over (
  tenant_id uuid not null,
  id uuid not null,
  number bigint not null,
  company_id uuid not null,
  customer_id uuid not null,
  currency character(3) not null,
  route text not null,
  agency_version_id uuid,
  handed_on date not null,
  interest text not null,
  conditions jsonb not null,
  note text,
  handed_by text not null,
  recorded_at timestamp with time zone not null,
  constraint hand_over_agency_named CHECK (((route <> 'agency'::text) OR (agency_version_id IS NOT NULL))),
  constraint hand_over_interest_check CHECK ((interest = ANY (ARRAY['goes_on'::text, 'cut_off'::text]))),
  constraint hand_over_note_check CHECK (((length(note) >= 1) AND (length(note) <= 2000))),
  constraint hand_over_number_check CHECK ((number >= 1)),
  constraint hand_over_route_check CHECK ((route = ANY (ARRAY['agency'::text, 'legal'::text]))),
  constraint hand_over_tenant_id_agency_version_id_fkey FOREIGN KEY (tenant_id, agency_version_id) REFERENCES agency(tenant_id, id),
  constraint hand_over_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint hand_over_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint hand_over_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint hand_over_pkey PRIMARY KEY (tenant_id, id),
  constraint hand_over_tenant_id_number_key UNIQUE (tenant_id, number)
);
CREATE INDEX hand_over_customer ON public.hand_over USING btree (tenant_id, customer_id, recorded_at DESC);
CREATE TRIGGER hand_over_kept BEFORE DELETE OR UPDATE ON public.hand_over FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER hand_over_not_truncated BEFORE TRUNCATE ON public.hand_over FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table hand_over_item (
  tenant_id uuid not null,
  hand_over_id uuid not null,
  item_id uuid not null,
  amount_minor bigint not null,
  interest_exclusion_id uuid,
  ended_on date,
  ended text,
  constraint hand_over_item_amount_minor_check CHECK ((amount_minor > 0)),
  constraint hand_over_item_ended CHECK (((ended_on IS NULL) = (ended IS NULL))),
  constraint hand_over_item_ended_check CHECK ((ended = ANY (ARRAY['recalled'::text, 'closed'::text]))),
  constraint hand_over_item_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint hand_over_item_tenant_id_hand_over_id_fkey FOREIGN KEY (tenant_id, hand_over_id) REFERENCES hand_over(tenant_id, id),
  constraint hand_over_item_tenant_id_item_id_fkey FOREIGN KEY (tenant_id, item_id) REFERENCES open_item(tenant_id, id),
  constraint hand_over_item_pkey PRIMARY KEY (tenant_id, hand_over_id, item_id)
);
CREATE UNIQUE INDEX hand_over_item_standing ON public.hand_over_item USING btree (tenant_id, item_id) WHERE (ended_on IS NULL);
CREATE TRIGGER hand_over_item_before AFTER UPDATE ON public.hand_over_item FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION keep_row_before('', 'hand_over_id', 'item_id');
CREATE TRIGGER hand_over_item_kept BEFORE UPDATE ON public.hand_over_item FOR EACH ROW EXECUTE FUNCTION hand_over_item_kept();
CREATE TRIGGER hand_over_item_not_deleted BEFORE DELETE ON public.hand_over_item FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER hand_over_item_not_truncated BEFORE TRUNCATE ON public.hand_over_item FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table hand_over_news (
  tenant_id uuid not null,
  id uuid not null,
  hand_over_id uuid not null,
  status text not null,
  happened_on date not null,
  reference text,
  note text,
  fee_minor bigint,
  told_by text not null,
  recorded_at timestamp with time zone not null,
  document_id uuid,
  constraint hand_over_news_fee_minor_check CHECK ((fee_minor >= 0)),
  constraint hand_over_news_note_check CHECK (((length(note) >= 1) AND (length(note) <= 2000))),
  constraint hand_over_news_reference_check CHECK (((length(reference) >= 1) AND (length(reference) <= 100))),
  constraint hand_over_news_status_check CHECK ((status = ANY (ARRAY['accepted'::text, 'rejected'::text, 'in_progress'::text, 'instalments'::text, 'part_paid'::text, 'paid'::text, 'order_for_payment'::text, 'judgment'::text, 'enforcement'::text, 'insolvent'::text, 'uncollectible'::text, 'returned'::text, 'recall_asked'::text, 'recalled'::text, 'closed'::text]))),
  constraint hand_over_news_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint hand_over_news_tenant_id_hand_over_id_fkey FOREIGN KEY (tenant_id, hand_over_id) REFERENCES hand_over(tenant_id, id),
  constraint hand_over_news_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX hand_over_news_of ON public.hand_over_news USING btree (tenant_id, hand_over_id, recorded_at);
CREATE TRIGGER hand_over_news_kept BEFORE DELETE OR UPDATE ON public.hand_over_news FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER hand_over_news_not_truncated BEFORE TRUNCATE ON public.hand_over_news FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table handover_setting (
  tenant_id uuid not null,
  id uuid not null,
  from_company_id uuid not null,
  to_company_id uuid not null,
  side text not null,
  allowed boolean not null,
  stated_by text not null,
  recorded_at timestamp with time zone not null,
  constraint handover_setting_side_check CHECK ((side = ANY (ARRAY['from'::text, 'to'::text]))),
  constraint handover_setting_two_companies CHECK ((from_company_id <> to_company_id)),
  constraint handover_setting_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint handover_setting_tenant_id_from_company_id_fkey FOREIGN KEY (tenant_id, from_company_id) REFERENCES company(tenant_id, id),
  constraint handover_setting_tenant_id_to_company_id_fkey FOREIGN KEY (tenant_id, to_company_id) REFERENCES company(tenant_id, id),
  constraint handover_setting_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX handover_setting_latest ON public.handover_setting USING btree (tenant_id, from_company_id, to_company_id, side, recorded_at DESC, id DESC);
CREATE TRIGGER handover_setting_kept BEFORE DELETE OR UPDATE ON public.handover_setting FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER handover_setting_not_truncated BEFORE TRUNCATE ON public.handover_setting FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table hold (
  tenant_id uuid not null,
  id uuid not null,
  customer_id uuid,
  item_id uuid,
  note text,
  starts_on date not null,
  ends_on date not null,
  placed_by text not null,
  recorded_at timestamp with time zone not null,
  released_at timestamp with time zone,
  released_by text,
  company_id uuid,
  contact_id uuid,
  reason text not null,
  owner_id text not null,
  scope text not null default 
CASE
    WHEN (item_id IS NOT NULL) THEN 'item'::text
    WHEN (contact_id IS NOT NULL) THEN 'contact'::text
    WHEN (customer_id IS NOT NULL) THEN 'customer'::text
    WHEN (company_id IS NOT NULL) THEN 'company'::text
    ELSE 'tenant'::text
END,
  constraint hold_check CHECK ((ends_on >= starts_on)),
  constraint hold_note_check CHECK (((length(note) >= 1) AND (length(note) <= 500))),
  constraint hold_one_scope CHECK ((((item_id IS NULL) OR ((customer_id IS NOT NULL) AND (contact_id IS NULL))) AND ((contact_id IS NULL) OR (customer_id IS NOT NULL)) AND ((company_id IS NULL) OR (customer_id IS NULL)))),
  constraint hold_other_said CHECK (((reason <> 'other'::text) OR (note IS NOT NULL))),
  constraint hold_reason_check CHECK ((reason ~ '^[a-z][a-z0-9_]{1,39}$'::text)),
  constraint hold_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint hold_tenant_id_contact_id_fkey FOREIGN KEY (tenant_id, contact_id) REFERENCES contact(tenant_id, id),
  constraint hold_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint hold_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint hold_tenant_id_item_id_fkey FOREIGN KEY (tenant_id, item_id) REFERENCES open_item(tenant_id, id),
  constraint hold_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX hold_customer ON public.hold USING btree (tenant_id, customer_id) WHERE (released_at IS NULL);
CREATE INDEX hold_ends ON public.hold USING btree (tenant_id, ends_on) WHERE (released_at IS NULL);
CREATE INDEX hold_item ON public.hold USING btree (tenant_id, item_id) WHERE ((released_at IS NULL) AND (item_id IS NOT NULL));
CREATE INDEX hold_newest ON public.hold USING btree (tenant_id, recorded_at DESC, id DESC);
CREATE INDEX hold_of_customer ON public.hold USING btree (tenant_id, customer_id, recorded_at DESC);
CREATE INDEX hold_wide ON public.hold USING btree (tenant_id) WHERE ((released_at IS NULL) AND (customer_id IS NULL));
CREATE TRIGGER hold_kept BEFORE UPDATE ON public.hold FOR EACH ROW EXECUTE FUNCTION hold_kept();
CREATE TRIGGER hold_not_deleted BEFORE DELETE ON public.hold FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER hold_not_truncated BEFORE TRUNCATE ON public.hold FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table hold_change (
  tenant_id uuid not null,
  id uuid not null,
  hold_id uuid not null,
  kind text not null,
  ended_on date not null,
  ends_on date not null,
  owned_by text not null,
  owner_id text not null,
  note text,
  changed_by text not null,
  recorded_at timestamp with time zone not null,
  constraint hold_change_kind_check CHECK ((kind = ANY (ARRAY['extended'::text, 'given'::text, 'released'::text]))),
  constraint hold_change_later CHECK (((kind <> 'extended'::text) OR (ends_on > ended_on))),
  constraint hold_change_note_check CHECK (((length(note) >= 1) AND (length(note) <= 500))),
  constraint hold_change_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint hold_change_tenant_id_hold_id_fkey FOREIGN KEY (tenant_id, hold_id) REFERENCES hold(tenant_id, id),
  constraint hold_change_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX hold_change_hold ON public.hold_change USING btree (tenant_id, hold_id, recorded_at);
CREATE TRIGGER hold_change_kept BEFORE DELETE OR UPDATE ON public.hold_change FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER hold_change_not_truncated BEFORE TRUNCATE ON public.hold_change FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table hold_notice (
  tenant_id uuid not null,
  hold_id uuid not null,
  ends_on date not null,
  owner_id text not null,
  told_at timestamp with time zone not null,
  constraint hold_notice_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint hold_notice_tenant_id_hold_id_fkey FOREIGN KEY (tenant_id, hold_id) REFERENCES hold(tenant_id, id),
  constraint hold_notice_pkey PRIMARY KEY (tenant_id, hold_id, ends_on, owner_id)
);
CREATE TRIGGER hold_notice_kept BEFORE UPDATE ON public.hold_notice FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER hold_notice_not_truncated BEFORE TRUNCATE ON public.hold_notice FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table hold_reason_kind (
  tenant_id uuid not null,
  id uuid not null,
  code text not null,
  name text not null,
  in_use boolean not null,
  recorded_by text not null,
  recorded_at timestamp with time zone not null,
  constraint hold_reason_kind_code_check CHECK ((code ~ '^[a-z][a-z0-9_]{1,39}$'::text)),
  constraint hold_reason_kind_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80))),
  constraint hold_reason_kind_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint hold_reason_kind_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX hold_reason_kind_code ON public.hold_reason_kind USING btree (tenant_id, code, recorded_at);
CREATE TRIGGER hold_reason_kind_kept BEFORE DELETE OR UPDATE ON public.hold_reason_kind FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER hold_reason_kind_not_truncated BEFORE TRUNCATE ON public.hold_reason_kind FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table import_batch (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null,
  company_id uuid not null,
  file_name text not null,
  file_sha256 bytea not null,
  mapping jsonb not null,
  rows integer not null,
  created integer not null,
  unchanged integer not null,
  recorded_at timestamp with time zone not null,
  recorded_by text not null,
  undone_at timestamp with time zone,
  undone_by text,
  constraint import_batch_kind_check CHECK ((kind = ANY (ARRAY['invoices'::text, 'payments'::text, 'bank'::text]))),
  constraint import_batch_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint import_batch_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint import_batch_pkey PRIMARY KEY (tenant_id, id)
);
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table import_file (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null,
  name text not null,
  bytes bigint not null,
  sha256 bytea not null,
  created_by text not null,
  created_at timestamp with time zone not null,
  constraint import_file_kind_check CHECK ((kind = ANY (ARRAY['invoices'::text, 'payments'::text, 'bank'::text]))),
  constraint import_file_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint import_file_pkey PRIMARY KEY (tenant_id, id)
);
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table import_file_part (
  tenant_id uuid not null,
  file_id uuid not null,
  part_no integer not null,
  content bytea not null,
  constraint import_file_part_part_no_check CHECK ((part_no >= 0)),
  constraint import_file_part_tenant_id_file_id_fkey FOREIGN KEY (tenant_id, file_id) REFERENCES import_file(tenant_id, id) ON DELETE CASCADE,
  constraint import_file_part_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint import_file_part_pkey PRIMARY KEY (tenant_id, file_id, part_no)
);
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table import_mapping (
  tenant_id uuid not null,
  kind text not null,
  header_hash bytea not null,
  mapping jsonb not null,
  recorded_at timestamp with time zone not null,
  constraint import_mapping_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint import_mapping_pkey PRIMARY KEY (tenant_id, kind, header_hash)
);
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table import_run (
  tenant_id uuid not null,
  id uuid not null,
  file_id uuid not null,
  kind text not null,
  company_id uuid not null,
  mode text not null,
  mapping jsonb not null,
  state text not null,
  rows_done integer not null default 0,
  share integer not null default 0,
  result jsonb,
  started_by text not null,
  created_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  constraint import_run_mode_check CHECK ((mode = ANY (ARRAY['check'::text, 'commit'::text]))),
  constraint import_run_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'failed'::text]))),
  constraint import_run_tenant_id_file_id_fkey FOREIGN KEY (tenant_id, file_id) REFERENCES import_file(tenant_id, id) ON DELETE CASCADE,
  constraint import_run_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint import_run_pkey PRIMARY KEY (tenant_id, id)
);
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table inbound_mail (
  tenant_id uuid not null,
  id uuid not null,
  raw bytea not null,
  sha256 bytea not null,
  kind text not null,
  sender text not null,
  subject text not null,
  message_id uuid,
  known_by text,
  received_at timestamp with time zone not null,
  company_id uuid,
  constraint inbound_mail_check CHECK (((message_id IS NULL) = (known_by IS NULL))),
  constraint inbound_mail_kind_check CHECK ((kind = ANY (ARRAY['report'::text, 'displayed'::text, 'complaint'::text, 'auto_reply'::text, 'mail'::text]))),
  constraint inbound_mail_known_by_check CHECK ((known_by = ANY (ARRAY['return_address'::text, 'message_id'::text, 'reader'::text]))),
  constraint inbound_mail_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint inbound_mail_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint inbound_mail_tenant_id_message_id_fkey FOREIGN KEY (tenant_id, message_id) REFERENCES message(tenant_id, id),
  constraint inbound_mail_pkey PRIMARY KEY (tenant_id, id),
  constraint inbound_mail_once UNIQUE (tenant_id, sha256)
);
CREATE INDEX inbound_mail_newest ON public.inbound_mail USING btree (tenant_id, received_at DESC, id DESC);
CREATE TRIGGER inbound_mail_kept BEFORE DELETE OR UPDATE ON public.inbound_mail FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER inbound_mail_not_truncated BEFORE TRUNCATE ON public.inbound_mail FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table inbox_bar (
  tenant_id uuid not null,
  id uuid not null,
  intent text not null,
  bar numeric(3,2),
  set_by text not null,
  set_at timestamp with time zone not null,
  constraint inbox_bar_bar_check CHECK (((bar >= 0.8) AND (bar <= (1)::numeric))),
  constraint inbox_bar_intent_check CHECK ((intent = ANY (ARRAY['promise'::text, 'dispute'::text, 'paid_already'::text, 'away'::text]))),
  constraint inbox_bar_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint inbox_bar_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX inbox_bar_intent ON public.inbox_bar USING btree (tenant_id, intent, set_at DESC);
CREATE TRIGGER inbox_bar_kept BEFORE DELETE OR UPDATE ON public.inbox_bar FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER inbox_bar_not_truncated BEFORE TRUNCATE ON public.inbox_bar FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table inbox_conversation (
  tenant_id uuid not null,
  id uuid not null,
  company_id uuid,
  customer_id uuid,
  subject text not null,
  state text not null,
  assigned_to uuid,
  waiting_since timestamp with time zone,
  last_at timestamp with time zone not null,
  version integer not null,
  begun_at timestamp with time zone not null,
  constraint inbox_conversation_state_check CHECK ((state = ANY (ARRAY['open'::text, 'done'::text]))),
  constraint inbox_conversation_subject_check CHECK ((length(subject) <= 500)),
  constraint inbox_conversation_version_check CHECK ((version >= 1)),
  constraint inbox_conversation_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint inbox_conversation_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint inbox_conversation_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint inbox_conversation_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX inbox_conversation_assigned ON public.inbox_conversation USING btree (tenant_id, assigned_to, last_at DESC) WHERE (assigned_to IS NOT NULL);
CREATE INDEX inbox_conversation_customer ON public.inbox_conversation USING btree (tenant_id, customer_id, last_at DESC) WHERE (customer_id IS NOT NULL);
CREATE INDEX inbox_conversation_open ON public.inbox_conversation USING btree (tenant_id, state, last_at DESC, id DESC);
CREATE TRIGGER inbox_conversation_not_deleted BEFORE DELETE ON public.inbox_conversation FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER inbox_conversation_not_truncated BEFORE TRUNCATE ON public.inbox_conversation FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table inbox_mail (
  tenant_id uuid not null,
  id uuid not null,
  conversation_id uuid not null,
  inbound_mail_id uuid not null,
  identifier text,
  kind text not null,
  sender text not null,
  subject text not null,
  words text not null,
  files jsonb not null,
  message_id uuid,
  known_by text,
  received_at timestamp with time zone not null,
  constraint inbox_mail_identifier_check CHECK (((length(identifier) >= 1) AND (length(identifier) <= 500))),
  constraint inbox_mail_kind_check CHECK ((kind = ANY (ARRAY['mail'::text, 'auto_reply'::text]))),
  constraint inbox_mail_known_by_check CHECK ((known_by = ANY (ARRAY['message'::text, 'conversation'::text, 'document'::text, 'sender'::text]))),
  constraint inbox_mail_sender_check CHECK ((length(sender) <= 320)),
  constraint inbox_mail_subject_check CHECK ((length(subject) <= 500)),
  constraint inbox_mail_words_check CHECK ((length(words) <= 100000)),
  constraint inbox_mail_tenant_id_conversation_id_fkey FOREIGN KEY (tenant_id, conversation_id) REFERENCES inbox_conversation(tenant_id, id),
  constraint inbox_mail_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint inbox_mail_tenant_id_inbound_mail_id_fkey FOREIGN KEY (tenant_id, inbound_mail_id) REFERENCES inbound_mail(tenant_id, id),
  constraint inbox_mail_tenant_id_message_id_fkey FOREIGN KEY (tenant_id, message_id) REFERENCES message(tenant_id, id),
  constraint inbox_mail_pkey PRIMARY KEY (tenant_id, id),
  constraint inbox_mail_once UNIQUE (tenant_id, inbound_mail_id)
);
CREATE INDEX inbox_mail_conversation ON public.inbox_mail USING btree (tenant_id, conversation_id, received_at);
CREATE UNIQUE INDEX inbox_mail_identifier ON public.inbox_mail USING btree (tenant_id, identifier, sender) WHERE (identifier IS NOT NULL);
CREATE TRIGGER inbox_mail_kept BEFORE DELETE OR UPDATE ON public.inbox_mail FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER inbox_mail_not_truncated BEFORE TRUNCATE ON public.inbox_mail FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table inbox_note (
  tenant_id uuid not null,
  id uuid not null,
  conversation_id uuid not null,
  words text not null,
  mentions uuid[] not null,
  written_by text not null,
  written_at timestamp with time zone not null,
  constraint inbox_note_words_check CHECK (((length(words) >= 1) AND (length(words) <= 4000))),
  constraint inbox_note_tenant_id_conversation_id_fkey FOREIGN KEY (tenant_id, conversation_id) REFERENCES inbox_conversation(tenant_id, id),
  constraint inbox_note_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint inbox_note_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX inbox_note_conversation ON public.inbox_note USING btree (tenant_id, conversation_id, written_at);
CREATE TRIGGER inbox_note_kept BEFORE DELETE OR UPDATE ON public.inbox_note FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER inbox_note_not_truncated BEFORE TRUNCATE ON public.inbox_note FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table inbox_proposal (
  tenant_id uuid not null,
  id uuid not null,
  mail_id uuid not null,
  intent text not null,
  from_at integer not null,
  to_at integer not null,
  quote text not null,
  confidence numeric(3,2) not null,
  facts jsonb not null,
  decision text,
  is_changed boolean,
  outcome jsonb,
  decided_by text,
  decided_at timestamp with time zone,
  constraint inbox_proposal_check CHECK ((to_at > from_at)),
  constraint inbox_proposal_check1 CHECK ((num_nonnulls(decision, decided_by, decided_at, is_changed) = ANY (ARRAY[0, 4]))),
  constraint inbox_proposal_confidence_check CHECK (((confidence >= (0)::numeric) AND (confidence <= (1)::numeric))),
  constraint inbox_proposal_decision_check CHECK ((decision = ANY (ARRAY['accepted'::text, 'rejected'::text]))),
  constraint inbox_proposal_from_at_check CHECK ((from_at >= 0)),
  constraint inbox_proposal_intent_check CHECK ((intent = ANY (ARRAY['promise'::text, 'dispute'::text, 'paid_already'::text, 'remittance'::text, 'copy_request'::text, 'contact_change'::text, 'insolvency'::text, 'stop'::text, 'away'::text]))),
  constraint inbox_proposal_quote_check CHECK (((length(quote) >= 1) AND (length(quote) <= 2000))),
  constraint inbox_proposal_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint inbox_proposal_tenant_id_mail_id_fkey FOREIGN KEY (tenant_id, mail_id) REFERENCES inbox_mail(tenant_id, id),
  constraint inbox_proposal_pkey PRIMARY KEY (tenant_id, id),
  constraint inbox_proposal_once UNIQUE (tenant_id, mail_id, intent)
);
CREATE INDEX inbox_proposal_decided ON public.inbox_proposal USING btree (tenant_id, decided_at DESC) WHERE (decided_at IS NOT NULL);
CREATE TRIGGER inbox_proposal_kept BEFORE UPDATE ON public.inbox_proposal FOR EACH ROW EXECUTE FUNCTION ended_once('{decision,is_changed,outcome,decided_by,decided_at}');
CREATE TRIGGER inbox_proposal_not_deleted BEFORE DELETE ON public.inbox_proposal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER inbox_proposal_not_truncated BEFORE TRUNCATE ON public.inbox_proposal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table inbox_reply (
  tenant_id uuid not null,
  id uuid not null,
  conversation_id uuid not null,
  mail_id uuid not null,
  message_id uuid not null,
  subject text not null,
  words text not null,
  invoice_ids uuid[] not null,
  statement_on date,
  written_by text not null,
  written_at timestamp with time zone not null,
  constraint inbox_reply_subject_check CHECK (((length(subject) >= 1) AND (length(subject) <= 500))),
  constraint inbox_reply_words_check CHECK (((length(words) >= 1) AND (length(words) <= 20000))),
  constraint inbox_reply_tenant_id_conversation_id_fkey FOREIGN KEY (tenant_id, conversation_id) REFERENCES inbox_conversation(tenant_id, id),
  constraint inbox_reply_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint inbox_reply_tenant_id_mail_id_fkey FOREIGN KEY (tenant_id, mail_id) REFERENCES inbox_mail(tenant_id, id),
  constraint inbox_reply_tenant_id_message_id_fkey FOREIGN KEY (tenant_id, message_id) REFERENCES message(tenant_id, id),
  constraint inbox_reply_pkey PRIMARY KEY (tenant_id, id),
  constraint inbox_reply_once UNIQUE (tenant_id, message_id)
);
CREATE INDEX inbox_reply_conversation ON public.inbox_reply USING btree (tenant_id, conversation_id, written_at);
CREATE TRIGGER inbox_reply_kept BEFORE DELETE OR UPDATE ON public.inbox_reply FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER inbox_reply_not_truncated BEFORE TRUNCATE ON public.inbox_reply FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table inbox_sender (
  tenant_id uuid not null,
  id uuid not null,
  address text not null,
  customer_id uuid not null,
  said_by text not null,
  said_at timestamp with time zone not null,
  constraint inbox_sender_address_check CHECK (((length(address) >= 3) AND (length(address) <= 320))),
  constraint inbox_sender_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint inbox_sender_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint inbox_sender_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX inbox_sender_address ON public.inbox_sender USING btree (tenant_id, address, said_at DESC);
CREATE TRIGGER inbox_sender_kept BEFORE DELETE OR UPDATE ON public.inbox_sender FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER inbox_sender_not_truncated BEFORE TRUNCATE ON public.inbox_sender FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table inbox_snippet (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  words text,
  set_by text not null,
  set_at timestamp with time zone not null,
  constraint inbox_snippet_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80))),
  constraint inbox_snippet_words_check CHECK (((length(words) >= 1) AND (length(words) <= 8000))),
  constraint inbox_snippet_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint inbox_snippet_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX inbox_snippet_name ON public.inbox_snippet USING btree (tenant_id, lower(name), set_at DESC);
CREATE TRIGGER inbox_snippet_kept BEFORE DELETE OR UPDATE ON public.inbox_snippet FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER inbox_snippet_not_truncated BEFORE TRUNCATE ON public.inbox_snippet FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table invoice (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null,
  company_id uuid not null,
  customer_id uuid not null,
  number text not null,
  series text,
  series_number bigint,
  external_id text,
  issued_on date not null,
  due_on date not null,
  currency character(3) not null,
  net_minor bigint not null,
  tax_minor bigint not null,
  total_minor bigint not null,
  rate numeric(24,12) not null default 1,
  functional_minor bigint not null,
  purchase_order text,
  payment_reference text,
  note text,
  corrects_id uuid,
  reason text,
  batch_id uuid,
  recorded_at timestamp with time zone not null,
  voided_on date,
  rounding_minor bigint not null default 0,
  reason_code text,
  constraint invoice_functional_minor_check CHECK ((functional_minor >= 0)),
  constraint invoice_kind_check CHECK ((kind = ANY (ARRAY['invoice'::text, 'credit_note'::text]))),
  constraint invoice_net_minor_check CHECK ((net_minor >= 0)),
  constraint invoice_number_check CHECK (((length(number) >= 1) AND (length(number) <= 64))),
  constraint invoice_numbered CHECK (((series IS NULL) = (series_number IS NULL))),
  constraint invoice_rate_check CHECK ((rate > (0)::numeric)),
  constraint invoice_reason CHECK ((((kind = 'credit_note'::text) = (reason_code IS NOT NULL)) AND ((reason_code IS DISTINCT FROM 'other'::text) OR (reason IS NOT NULL) OR (batch_id IS NOT NULL)))),
  constraint invoice_reason_code_check CHECK ((reason_code ~ '^[a-z][a-z0-9-]{1,39}$'::text)),
  constraint invoice_tax_minor_check CHECK ((tax_minor >= 0)),
  constraint invoice_total CHECK ((total_minor = ((net_minor + tax_minor) + rounding_minor))),
  constraint invoice_total_minor_check CHECK ((total_minor > 0)),
  constraint invoice_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint invoice_tenant_id_corrects_id_fkey FOREIGN KEY (tenant_id, corrects_id) REFERENCES invoice(tenant_id, id),
  constraint invoice_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint invoice_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX invoice_alike ON public.invoice USING btree (tenant_id, customer_id, total_minor);
CREATE INDEX invoice_batch ON public.invoice USING btree (tenant_id, batch_id) WHERE (batch_id IS NOT NULL);
CREATE INDEX invoice_corrects ON public.invoice USING btree (tenant_id, corrects_id) WHERE (corrects_id IS NOT NULL);
CREATE INDEX invoice_customer ON public.invoice USING btree (tenant_id, customer_id, issued_on);
CREATE INDEX invoice_issued ON public.invoice USING btree (tenant_id, company_id, issued_on) INCLUDE (kind, functional_minor, voided_on);
CREATE INDEX invoice_newest ON public.invoice USING btree (tenant_id, issued_on DESC, id DESC);
CREATE INDEX invoice_number_prefix ON public.invoice USING btree (tenant_id, number text_pattern_ops);
CREATE INDEX invoice_payment_reference ON public.invoice USING btree (tenant_id, payment_reference) WHERE (payment_reference IS NOT NULL);
CREATE INDEX invoice_voided ON public.invoice USING btree (tenant_id, issued_on DESC, id DESC) WHERE (voided_on IS NOT NULL);
CREATE UNIQUE INDEX invoice_external_id ON public.invoice USING btree (tenant_id, company_id, external_id) WHERE ((external_id IS NOT NULL) AND (voided_on IS NULL));
CREATE UNIQUE INDEX invoice_number ON public.invoice USING btree (tenant_id, company_id, kind, number) WHERE (voided_on IS NULL);
CREATE UNIQUE INDEX invoice_series_number ON public.invoice USING btree (tenant_id, company_id, kind, series, series_number) WHERE (series IS NOT NULL);
CREATE TRIGGER invoice_content_kept BEFORE UPDATE ON public.invoice FOR EACH ROW WHEN (((old.voided_on IS NOT NULL) OR (new.voided_on IS NULL) OR ((((((((((((((((((((((((((new.tenant_id IS DISTINCT FROM old.tenant_id) OR (new.id IS DISTINCT FROM old.id)) OR (new.kind IS DISTINCT FROM old.kind)) OR (new.company_id IS DISTINCT FROM old.company_id)) OR (new.customer_id IS DISTINCT FROM old.customer_id)) OR (new.number IS DISTINCT FROM old.number)) OR (new.series IS DISTINCT FROM old.series)) OR (new.series_number IS DISTINCT FROM old.series_number)) OR (new.external_id IS DISTINCT FROM old.external_id)) OR (new.issued_on IS DISTINCT FROM old.issued_on)) OR (new.due_on IS DISTINCT FROM old.due_on)) OR (new.currency IS DISTINCT FROM old.currency)) OR (new.net_minor IS DISTINCT FROM old.net_minor)) OR (new.tax_minor IS DISTINCT FROM old.tax_minor)) OR (new.total_minor IS DISTINCT FROM old.total_minor)) OR (new.rate IS DISTINCT FROM old.rate)) OR (new.functional_minor IS DISTINCT FROM old.functional_minor)) OR (new.purchase_order IS DISTINCT FROM old.purchase_order)) OR (new.payment_reference IS DISTINCT FROM old.payment_reference)) OR (new.note IS DISTINCT FROM old.note)) OR (new.corrects_id IS DISTINCT FROM old.corrects_id)) OR (new.reason IS DISTINCT FROM old.reason)) OR (new.batch_id IS DISTINCT FROM old.batch_id)) OR (new.recorded_at IS DISTINCT FROM old.recorded_at)) OR (new.rounding_minor IS DISTINCT FROM old.rounding_minor)) OR (new.reason_code IS DISTINCT FROM old.reason_code)))) EXECUTE FUNCTION invoice_content_kept();
CREATE TRIGGER invoice_not_deleted BEFORE DELETE ON public.invoice FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER invoice_not_truncated BEFORE TRUNCATE ON public.invoice FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table invoice_allowance (
  tenant_id uuid not null,
  invoice_id uuid not null,
  line_no smallint not null,
  allowance_no smallint not null,
  kind text not null,
  amount_minor bigint not null,
  base_minor bigint,
  percent numeric,
  reason text,
  reason_code text,
  tax_category text,
  tax_percent numeric(7,4),
  constraint invoice_allowance_allowance_no_check CHECK ((allowance_no >= 1)),
  constraint invoice_allowance_kind_check CHECK ((kind = ANY (ARRAY['allowance'::text, 'charge'::text]))),
  constraint invoice_allowance_line_no_check CHECK ((line_no >= 0)),
  constraint invoice_allowance_percent CHECK (((percent IS NULL) = (base_minor IS NULL))),
  constraint invoice_allowance_tax CHECK ((((line_no = 0) AND (tax_category IS NOT NULL) AND (tax_percent IS NOT NULL)) OR ((line_no > 0) AND (tax_category IS NULL) AND (tax_percent IS NULL)))),
  constraint invoice_allowance_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint invoice_allowance_tenant_id_invoice_id_fkey FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoice(tenant_id, id),
  constraint invoice_allowance_pkey PRIMARY KEY (tenant_id, invoice_id, line_no, allowance_no)
);
CREATE TRIGGER invoice_allowance_kept BEFORE DELETE OR UPDATE ON public.invoice_allowance FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER invoice_allowance_not_truncated BEFORE TRUNCATE ON public.invoice_allowance FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table invoice_content (
  tenant_id uuid not null,
  invoice_id uuid not null,
  buyer_reference text,
  sales_order text,
  contract text,
  project text,
  despatch_advice text,
  receiving_advice text,
  object text,
  delivered_on date,
  period_from date,
  period_to date,
  tax_point_on date,
  delivery jsonb,
  seller jsonb not null,
  buyer jsonb not null,
  footnotes jsonb not null,
  footnotes_chosen boolean not null default false,
  letterhead_id uuid,
  constraint invoice_content_period CHECK ((period_from <= period_to)),
  constraint invoice_content_letterhead FOREIGN KEY (tenant_id, letterhead_id) REFERENCES letterhead(tenant_id, id),
  constraint invoice_content_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint invoice_content_tenant_id_invoice_id_fkey FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoice(tenant_id, id),
  constraint invoice_content_pkey PRIMARY KEY (tenant_id, invoice_id)
);
CREATE TRIGGER invoice_content_kept BEFORE DELETE OR UPDATE ON public.invoice_content FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER invoice_content_not_truncated BEFORE TRUNCATE ON public.invoice_content FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table invoice_draft (
  tenant_id uuid not null,
  id uuid not null,
  body jsonb not null,
  company_id uuid,
  customer_id uuid,
  currency character(3),
  total_minor bigint,
  version integer not null default 1,
  source text not null,
  state text not null,
  invoice_id uuid,
  refusal jsonb,
  created_by text not null,
  created_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  constraint invoice_draft_issued CHECK (((state = 'issued'::text) = (invoice_id IS NOT NULL))),
  constraint invoice_draft_source_check CHECK ((source = ANY (ARRAY['written'::text, 'copied'::text, 'recurring'::text]))),
  constraint invoice_draft_state_check CHECK ((state = ANY (ARRAY['open'::text, 'issued'::text, 'discarded'::text]))),
  constraint invoice_draft_version_check CHECK ((version >= 1)),
  constraint invoice_draft_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint invoice_draft_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint invoice_draft_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint invoice_draft_tenant_id_invoice_id_fkey FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoice(tenant_id, id),
  constraint invoice_draft_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX invoice_draft_alike ON public.invoice_draft USING btree (tenant_id, customer_id, total_minor) WHERE (state = 'open'::text);
CREATE INDEX invoice_draft_open ON public.invoice_draft USING btree (tenant_id, changed_at DESC, id DESC) WHERE (state = 'open'::text);
CREATE UNIQUE INDEX invoice_draft_invoice ON public.invoice_draft USING btree (tenant_id, invoice_id) WHERE (invoice_id IS NOT NULL);
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table invoice_line (
  tenant_id uuid not null,
  invoice_id uuid not null,
  line_no smallint not null,
  description text not null,
  quantity numeric not null,
  unit text,
  unit_price numeric not null,
  tax_category text not null,
  tax_percent numeric(7,4) not null,
  net_minor bigint not null,
  detail text,
  unit_code text,
  base_quantity numeric not null default 1,
  seller_item text,
  buyer_item text,
  period_from date,
  period_to date,
  order_line text,
  note text,
  constraint invoice_line_base_quantity_check CHECK ((base_quantity > (0)::numeric)),
  constraint invoice_line_line_no_check CHECK ((line_no >= 1)),
  constraint invoice_line_period CHECK ((period_from <= period_to)),
  constraint invoice_line_tax_percent_check CHECK ((tax_percent >= (0)::numeric)),
  constraint invoice_line_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint invoice_line_tenant_id_invoice_id_fkey FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoice(tenant_id, id),
  constraint invoice_line_pkey PRIMARY KEY (tenant_id, invoice_id, line_no)
);
CREATE TRIGGER invoice_line_kept BEFORE DELETE OR UPDATE ON public.invoice_line FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER invoice_line_not_truncated BEFORE TRUNCATE ON public.invoice_line FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table invoice_tax (
  tenant_id uuid not null,
  invoice_id uuid not null,
  tax_category text not null,
  tax_percent numeric(7,4) not null,
  net_minor bigint not null,
  tax_minor bigint not null,
  exemption_reason text,
  exemption_code text,
  constraint invoice_tax_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint invoice_tax_tenant_id_invoice_id_fkey FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoice(tenant_id, id),
  constraint invoice_tax_pkey PRIMARY KEY (tenant_id, invoice_id, tax_category, tax_percent)
);
CREATE TRIGGER invoice_tax_kept BEFORE DELETE OR UPDATE ON public.invoice_tax FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER invoice_tax_not_truncated BEFORE TRUNCATE ON public.invoice_tax FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table issue_finding (
  tenant_id uuid not null,
  invoice_id uuid not null,
  finding_no smallint not null,
  check_code text not null,
  field text not null,
  message text not null,
  accepted_by text,
  recorded_at timestamp with time zone not null,
  constraint issue_finding_check_code_check CHECK ((check_code ~ '^[a-z_]{2,30}$'::text)),
  constraint issue_finding_finding_no_check CHECK ((finding_no >= 1)),
  constraint issue_finding_message_check CHECK (((length(message) >= 1) AND (length(message) <= 500))),
  constraint issue_finding_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint issue_finding_tenant_id_invoice_id_fkey FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoice(tenant_id, id),
  constraint issue_finding_pkey PRIMARY KEY (tenant_id, invoice_id, finding_no)
);
CREATE TRIGGER issue_finding_kept BEFORE DELETE OR UPDATE ON public.issue_finding FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER issue_finding_not_truncated BEFORE TRUNCATE ON public.issue_finding FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table issue_run (
  tenant_id uuid not null,
  id uuid not null,
  state text not null,
  drafts integer not null,
  started_by text not null,
  created_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  constraint issue_run_drafts_check CHECK ((drafts >= 1)),
  constraint issue_run_finished CHECK (((state = 'done'::text) = (finished_at IS NOT NULL))),
  constraint issue_run_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text]))),
  constraint issue_run_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint issue_run_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX issue_run_newest ON public.issue_run USING btree (tenant_id, created_at DESC, id DESC);
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table issue_run_draft (
  tenant_id uuid not null,
  run_id uuid not null,
  draft_id uuid not null,
  position integer not null,
  outcome text not null,
  refusal jsonb,
  constraint issue_run_draft_outcome_check CHECK ((outcome = ANY (ARRAY['waiting'::text, 'issued'::text, 'refused'::text]))),
  constraint issue_run_draft_position_check CHECK (("position" >= 1)),
  constraint issue_run_draft_refused CHECK (((outcome = 'refused'::text) = (refusal IS NOT NULL))),
  constraint issue_run_draft_tenant_id_draft_id_fkey FOREIGN KEY (tenant_id, draft_id) REFERENCES invoice_draft(tenant_id, id),
  constraint issue_run_draft_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint issue_run_draft_tenant_id_run_id_fkey FOREIGN KEY (tenant_id, run_id) REFERENCES issue_run(tenant_id, id),
  constraint issue_run_draft_pkey PRIMARY KEY (tenant_id, run_id, draft_id)
);
CREATE INDEX issue_run_draft_waiting ON public.issue_run_draft USING btree (tenant_id, run_id, "position") WHERE (outcome = 'waiting'::text);
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table issued_terms (
  tenant_id uuid not null,
  document_id uuid not null,
  payment_terms_id uuid not null,
  version integer not null,
  recorded_at timestamp with time zone not null,
  constraint issued_terms_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint issued_terms_tenant_id_payment_terms_id_version_fkey FOREIGN KEY (tenant_id, payment_terms_id, version) REFERENCES payment_terms_version(tenant_id, payment_terms_id, version),
  constraint issued_terms_pkey PRIMARY KEY (tenant_id, document_id)
);
CREATE TRIGGER issued_terms_kept BEFORE DELETE OR UPDATE ON public.issued_terms FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER issued_terms_not_truncated BEFORE TRUNCATE ON public.issued_terms FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table item_discount (
  tenant_id uuid not null,
  id uuid not null,
  item_id uuid not null,
  source text not null,
  until_on date not null,
  grace_days integer not null,
  percent numeric(7,4),
  currency character(3) not null,
  discount_minor bigint not null,
  pay_minor bigint not null,
  corrects_tax boolean not null,
  pro_rata boolean not null,
  offer_id uuid,
  recorded_at timestamp with time zone not null,
  constraint item_discount_check CHECK (((source = 'offer'::text) = (offer_id IS NOT NULL))),
  constraint item_discount_discount_minor_check CHECK ((discount_minor > 0)),
  constraint item_discount_grace_days_check CHECK (((grace_days >= 0) AND (grace_days <= 60))),
  constraint item_discount_pay_minor_check CHECK ((pay_minor >= 0)),
  constraint item_discount_percent_check CHECK (((percent > (0)::numeric) AND (percent <= (100)::numeric))),
  constraint item_discount_source_check CHECK ((source = ANY (ARRAY['terms'::text, 'offer'::text]))),
  constraint item_discount_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint item_discount_tenant_id_item_id_fkey FOREIGN KEY (tenant_id, item_id) REFERENCES open_item(tenant_id, id),
  constraint item_discount_tenant_id_offer_id_fkey FOREIGN KEY (tenant_id, offer_id) REFERENCES discount_offer(tenant_id, id),
  constraint item_discount_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX item_discount_item ON public.item_discount USING btree (tenant_id, item_id);
CREATE INDEX item_discount_pay ON public.item_discount USING btree (tenant_id, pay_minor, item_id);
CREATE TRIGGER item_discount_kept BEFORE DELETE OR UPDATE ON public.item_discount FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER item_discount_not_truncated BEFORE TRUNCATE ON public.item_discount FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table journal_entry (
  tenant_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  posted_on date not null,
  recorded_at timestamp with time zone not null,
  kind text not null,
  document_id uuid not null,
  reverses_id uuid,
  command_id uuid not null,
  constraint journal_entry_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint journal_entry_tenant_id_reverses_id_fkey FOREIGN KEY (tenant_id, reverses_id) REFERENCES journal_entry(tenant_id, id),
  constraint journal_entry_pkey PRIMARY KEY (tenant_id, id),
  constraint journal_entry_tenant_id_reverses_id_key UNIQUE (tenant_id, reverses_id)
);
CREATE INDEX journal_entry_document ON public.journal_entry USING btree (tenant_id, document_id);
CREATE TRIGGER journal_entry_kept BEFORE DELETE OR UPDATE ON public.journal_entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER journal_entry_not_truncated BEFORE TRUNCATE ON public.journal_entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER journal_entry_period_open AFTER INSERT ON public.journal_entry REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION journal_entry_period_open();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table journal_line (
  tenant_id uuid not null,
  entry_id uuid not null,
  line_no smallint not null,
  company_id uuid not null,
  account text not null,
  customer_id uuid,
  item_id uuid,
  due_on date,
  currency character(3) not null,
  amount_minor bigint not null,
  functional_minor bigint not null,
  posted_on date not null,
  recorded_at timestamp with time zone not null,
  constraint journal_line_check CHECK (((item_id IS NULL) = (due_on IS NULL))),
  constraint journal_line_line_no_check CHECK ((line_no >= 1)),
  constraint journal_line_tenant_id_company_id_account_fkey FOREIGN KEY (tenant_id, company_id, account) REFERENCES ledger_account(tenant_id, company_id, account),
  constraint journal_line_tenant_id_entry_id_fkey FOREIGN KEY (tenant_id, entry_id) REFERENCES journal_entry(tenant_id, id),
  constraint journal_line_pkey PRIMARY KEY (tenant_id, entry_id, line_no)
);
CREATE INDEX journal_line_customer ON public.journal_line USING btree (tenant_id, customer_id, posted_on, entry_id) INCLUDE (company_id, item_id, due_on, account, currency, amount_minor, functional_minor, recorded_at) WHERE (item_id IS NOT NULL);
CREATE INDEX journal_line_item ON public.journal_line USING btree (tenant_id, item_id) WHERE (item_id IS NOT NULL);
CREATE INDEX journal_line_learned ON public.journal_line USING brin (recorded_at) WITH (pages_per_range='32');
CREATE INDEX journal_line_moved ON public.journal_line USING btree (tenant_id, posted_on, due_on) INCLUDE (company_id, customer_id, item_id, account, currency, amount_minor, functional_minor, recorded_at) WHERE (item_id IS NOT NULL);
CREATE TRIGGER journal_line_kept BEFORE DELETE OR UPDATE ON public.journal_line FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER journal_line_not_truncated BEFORE TRUNCATE ON public.journal_line FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER journal_lines_balance AFTER INSERT ON public.journal_line REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION journal_lines_balance();
CREATE TRIGGER ledger_day_add AFTER INSERT ON public.journal_line REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger_day_add();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table late_discount (
  tenant_id uuid not null,
  application_id uuid not null,
  item_id uuid not null,
  payment_id uuid not null,
  customer_id uuid,
  currency character(3) not null,
  discount_minor bigint not null,
  until_on date not null,
  paid_on date not null,
  recorded_at timestamp with time zone not null,
  constraint late_discount_check CHECK ((paid_on > until_on)),
  constraint late_discount_discount_minor_check CHECK ((discount_minor > 0)),
  constraint late_discount_tenant_id_application_id_fkey FOREIGN KEY (tenant_id, application_id) REFERENCES application(tenant_id, id),
  constraint late_discount_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint late_discount_tenant_id_item_id_fkey FOREIGN KEY (tenant_id, item_id) REFERENCES open_item(tenant_id, id),
  constraint late_discount_tenant_id_payment_id_fkey FOREIGN KEY (tenant_id, payment_id) REFERENCES payment(tenant_id, id),
  constraint late_discount_pkey PRIMARY KEY (tenant_id, application_id)
);
CREATE INDEX late_discount_customer ON public.late_discount USING btree (tenant_id, customer_id, paid_on DESC);
CREATE INDEX late_discount_paid ON public.late_discount USING btree (tenant_id, paid_on DESC, application_id DESC);
CREATE TRIGGER late_discount_kept BEFORE DELETE OR UPDATE ON public.late_discount FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER late_discount_not_truncated BEFORE TRUNCATE ON public.late_discount FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table ledger_account (
  tenant_id uuid not null,
  company_id uuid not null,
  account text not null,
  code text not null,
  name text not null,
  kind text not null,
  control boolean not null default false,
  constraint ledger_account_account_check CHECK ((account ~ '^[a-z0-9][a-z0-9_-]{0,39}$'::text)),
  constraint ledger_account_kind_check CHECK ((kind = ANY (ARRAY['asset'::text, 'liability'::text, 'income'::text, 'expense'::text]))),
  constraint ledger_account_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint ledger_account_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint ledger_account_pkey PRIMARY KEY (tenant_id, company_id, account),
  constraint ledger_account_tenant_id_company_id_code_key UNIQUE (tenant_id, company_id, code)
);
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table ledger_day (
  tenant_id uuid not null,
  posted_on date not null,
  id uuid not null default gen_random_uuid(),
  company_id uuid not null,
  account text not null,
  currency character(3) not null,
  is_credit boolean not null,
  due_on date not null,
  amount_minor bigint not null,
  functional_minor bigint not null,
  is_melted boolean not null default false,
  constraint ledger_day_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint ledger_day_pkey PRIMARY KEY (tenant_id, posted_on, id)
);
CREATE INDEX ledger_day_fresh ON public.ledger_day USING btree (tenant_id) WHERE (NOT is_melted);
CREATE UNIQUE INDEX ledger_day_melted ON public.ledger_day USING btree (tenant_id, posted_on, company_id, account, currency, is_credit, due_on) WHERE is_melted;
CREATE TRIGGER ledger_day_not_truncated BEFORE TRUNCATE ON public.ledger_day FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table letterhead (
  tenant_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  version integer not null,
  texts jsonb not null,
  recorded_at timestamp with time zone not null,
  constraint letterhead_texts_check CHECK ((jsonb_typeof(texts) = 'array'::text)),
  constraint letterhead_version_check CHECK ((version > 0)),
  constraint letterhead_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint letterhead_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint letterhead_pkey PRIMARY KEY (tenant_id, id),
  constraint letterhead_version UNIQUE (tenant_id, company_id, version)
);
CREATE TRIGGER letterhead_kept BEFORE DELETE OR UPDATE ON public.letterhead FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER letterhead_not_truncated BEFORE TRUNCATE ON public.letterhead FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table line_explanation (
  tenant_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  bank_account_id uuid not null,
  statement_line_id uuid not null,
  booked_on date not null,
  kind text not null,
  currency character(3) not null,
  amount_minor bigint not null,
  functional_minor bigint,
  note text,
  rule_id uuid,
  given_up_id uuid,
  recorded_id uuid,
  explained_by text not null,
  recorded_at timestamp with time zone not null,
  undone_by text,
  undone_at timestamp with time zone,
  undone_note text,
  constraint line_explanation_amount_minor_check CHECK ((amount_minor <> 0)),
  constraint line_explanation_kind_check CHECK ((kind = ANY (ARRAY['fee'::text, 'interest'::text, 'transfer'::text, 'sweep'::text, 'other'::text, 'deposit'::text, 'refund'::text, 'return'::text]))),
  constraint line_explanation_note_check CHECK (((length(note) >= 1) AND (length(note) <= 500))),
  constraint line_explanation_undone CHECK ((num_nulls(undone_by, undone_at, undone_note) = ANY (ARRAY[0, 3]))),
  constraint line_explanation_undone_note_check CHECK (((length(undone_note) >= 1) AND (length(undone_note) <= 500))),
  constraint line_explanation_tenant_id_bank_account_id_fkey FOREIGN KEY (tenant_id, bank_account_id) REFERENCES bank_account(tenant_id, id),
  constraint line_explanation_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint line_explanation_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint line_explanation_tenant_id_given_up_id_fkey FOREIGN KEY (tenant_id, given_up_id) REFERENCES payment(tenant_id, id),
  constraint line_explanation_tenant_id_recorded_id_fkey FOREIGN KEY (tenant_id, recorded_id) REFERENCES payment(tenant_id, id),
  constraint line_explanation_tenant_id_statement_line_id_fkey FOREIGN KEY (tenant_id, statement_line_id) REFERENCES statement_line(tenant_id, id),
  constraint line_explanation_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX line_explanation_given_up ON public.line_explanation USING btree (tenant_id, given_up_id) WHERE (given_up_id IS NOT NULL);
CREATE INDEX line_explanation_line ON public.line_explanation USING btree (tenant_id, statement_line_id);
CREATE UNIQUE INDEX line_explanation_once ON public.line_explanation USING btree (tenant_id, statement_line_id) WHERE (undone_at IS NULL);
CREATE TRIGGER line_explanation_day_open AFTER INSERT ON public.line_explanation REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION bank_day_open();
CREATE TRIGGER line_explanation_day_open_undo AFTER UPDATE ON public.line_explanation REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION bank_day_open();
CREATE TRIGGER line_explanation_kept BEFORE UPDATE ON public.line_explanation FOR EACH ROW EXECUTE FUNCTION ended_once('{undone_at,undone_by,undone_note}');
CREATE TRIGGER line_explanation_not_deleted BEFORE DELETE ON public.line_explanation FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER line_explanation_not_truncated BEFORE TRUNCATE ON public.line_explanation FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table mail_account (
  tenant_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  brings text not null,
  host text not null,
  port integer not null,
  security text not null,
  user_name text not null,
  sealed_password bytea not null,
  folder text not null,
  read_from date not null,
  afterwards text not null,
  move_to text,
  opened_by text not null,
  opened_at timestamp with time zone not null,
  closed_by text,
  closed_at timestamp with time zone,
  uid_validity bigint,
  last_uid bigint not null,
  mails_taken integer not null,
  in_hand_until timestamp with time zone,
  read_at timestamp with time zone,
  trouble text,
  trouble_words text,
  trouble_since timestamp with time zone,
  failed_tries integer not null default 0,
  sign_in text not null default 'password'::text,
  watched_by uuid,
  watched_until timestamp with time zone,
  constraint mail_account_afterwards_check CHECK ((afterwards = ANY (ARRAY['leave'::text, 'mark_seen'::text, 'move'::text]))),
  constraint mail_account_brings_check CHECK ((brings = ANY (ARRAY['inbox'::text, 'remittances'::text]))),
  constraint mail_account_check CHECK (((afterwards = 'move'::text) = (move_to IS NOT NULL))),
  constraint mail_account_check1 CHECK (((closed_by IS NULL) = (closed_at IS NULL))),
  constraint mail_account_check2 CHECK ((num_nonnulls(trouble, trouble_words, trouble_since) = ANY (ARRAY[0, 3]))),
  constraint mail_account_check3 CHECK (((watched_by IS NULL) = (watched_until IS NULL))),
  constraint mail_account_failed_tries_check CHECK ((failed_tries >= 0)),
  constraint mail_account_folder_check CHECK (((length(folder) >= 1) AND (length(folder) <= 500))),
  constraint mail_account_host_check CHECK (((length(host) >= 1) AND (length(host) <= 253))),
  constraint mail_account_mails_taken_check CHECK ((mails_taken >= 0)),
  constraint mail_account_move_to_check CHECK (((length(move_to) >= 1) AND (length(move_to) <= 500))),
  constraint mail_account_port_check CHECK (((port >= 1) AND (port <= 65535))),
  constraint mail_account_security_check CHECK ((security = ANY (ARRAY['tls'::text, 'starttls'::text, 'none'::text]))),
  constraint mail_account_sign_in_check CHECK ((sign_in = ANY (ARRAY['password'::text, 'oauth2'::text]))),
  constraint mail_account_trouble_words_check CHECK ((length(trouble_words) <= 500)),
  constraint mail_account_user_name_check CHECK (((length(user_name) >= 1) AND (length(user_name) <= 254))),
  constraint mail_account_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint mail_account_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint mail_account_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX mail_account_company ON public.mail_account USING btree (tenant_id, company_id);
CREATE UNIQUE INDEX mail_account_once ON public.mail_account USING btree (tenant_id, lower(host), lower(user_name), folder) WHERE (closed_at IS NULL);
CREATE TRIGGER mail_account_not_deleted BEFORE DELETE ON public.mail_account FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER mail_account_not_truncated BEFORE TRUNCATE ON public.mail_account FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table mail_account_skip (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  uid_validity bigint not null,
  uid bigint not null,
  sender text not null,
  subject text not null,
  bytes bigint not null,
  reason text not null,
  noted_at timestamp with time zone not null,
  constraint mail_account_skip_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 60))),
  constraint mail_account_skip_sender_check CHECK ((length(sender) <= 320)),
  constraint mail_account_skip_subject_check CHECK ((length(subject) <= 500)),
  constraint mail_account_skip_tenant_id_account_id_fkey FOREIGN KEY (tenant_id, account_id) REFERENCES mail_account(tenant_id, id),
  constraint mail_account_skip_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint mail_account_skip_pkey PRIMARY KEY (tenant_id, id),
  constraint mail_account_skip_once UNIQUE (tenant_id, account_id, uid_validity, uid)
);
CREATE TRIGGER mail_account_skip_kept BEFORE DELETE OR UPDATE ON public.mail_account_skip FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER mail_account_skip_not_truncated BEFORE TRUNCATE ON public.mail_account_skip FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table match_certificate (
  tenant_id uuid not null,
  payment_id uuid not null,
  rule text not null,
  probability numeric(7,6),
  certificate jsonb not null,
  recorded_at timestamp with time zone not null,
  constraint match_certificate_certificate_check CHECK ((jsonb_typeof(certificate) = 'object'::text)),
  constraint match_certificate_probability_check CHECK (((probability >= (0)::numeric) AND (probability <= (1)::numeric))),
  constraint match_certificate_rule_check CHECK ((rule ~ '^[a-z_]{2,40}$'::text)),
  constraint match_certificate_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint match_certificate_tenant_id_payment_id_fkey FOREIGN KEY (tenant_id, payment_id) REFERENCES payment(tenant_id, id),
  constraint match_certificate_pkey PRIMARY KEY (tenant_id, payment_id)
);
CREATE TRIGGER match_certificate_kept BEFORE DELETE OR UPDATE ON public.match_certificate FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER match_certificate_not_truncated BEFORE TRUNCATE ON public.match_certificate FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table matching_rules (
  tenant_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  apply_from smallint not null,
  suggest_from smallint not null,
  unknown_payers text not null,
  recorded_by text not null,
  recorded_at timestamp with time zone not null,
  group_payments text not null default 'never'::text,
  constraint matching_rules_apply_from_check CHECK (((apply_from >= 50) AND (apply_from <= 100))),
  constraint matching_rules_group_payments CHECK ((group_payments = ANY (ARRAY['never'::text, 'debts'::text, 'net'::text]))),
  constraint matching_rules_ordered CHECK ((suggest_from <= apply_from)),
  constraint matching_rules_suggest_from_check CHECK (((suggest_from >= 1) AND (suggest_from <= 100))),
  constraint matching_rules_unknown_payers_check CHECK ((unknown_payers = ANY (ARRAY['apply'::text, 'suggest'::text, 'never'::text]))),
  constraint matching_rules_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint matching_rules_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint matching_rules_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX matching_rules_company ON public.matching_rules USING btree (tenant_id, company_id, recorded_at DESC, id DESC);
CREATE TRIGGER matching_rules_kept BEFORE DELETE OR UPDATE ON public.matching_rules FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER matching_rules_not_truncated BEFORE TRUNCATE ON public.matching_rules FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table member (
  tenant_id uuid not null,
  user_id text not null,
  role text not null,
  created_at timestamp with time zone not null default now(),
  removed_at timestamp with time zone,
  constraint member_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'controller'::text, 'collector'::text, 'cash_applier'::text, 'commenter'::text, 'viewer'::text]))),
  constraint member_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint member_pkey PRIMARY KEY (tenant_id, user_id)
);
CREATE INDEX member_user ON public.member USING btree (user_id);
-- policy wall using (((tenant_id = ( SELECT current_tenant() AS current_tenant)) OR (user_id = ( SELECT current_user_id() AS current_user_id)))) with check ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table message (
  tenant_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  customer_id uuid not null,
  purpose text not null,
  channel text not null,
  state text not null,
  recipient text not null,
  language text not null,
  subject text,
  message_header text not null,
  tries integer not null default 0,
  last_answer text,
  run_on date not null,
  created_at timestamp with time zone not null,
  sent_at timestamp with time zone,
  transport text,
  next_try_at timestamp with time zone,
  document_id uuid,
  copies text[] not null default '{}'::text[],
  return_token text,
  carrier_reference text,
  replaces_id uuid,
  post_batch_id uuid,
  carrier_asked_at timestamp with time zone,
  run_id uuid,
  constraint message_channel_check CHECK ((channel = ANY (ARRAY['email'::text, 'post'::text, 'sms'::text, 'network'::text, 'ap_portal'::text]))),
  constraint message_purpose_check CHECK ((purpose = ANY (ARRAY['reminder'::text, 'invoice'::text, 'statement'::text, 'charge'::text, 'reply'::text, 'thanks'::text, 'agency'::text]))),
  constraint message_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sending'::text, 'ready'::text, 'sent'::text, 'refused'::text, 'failed'::text, 'unknown'::text, 'dropped'::text]))),
  constraint message_transport_check CHECK ((transport = ANY (ARRAY['smtp'::text, 'outbox'::text, 'print'::text, 'letter_service'::text, 'sms_service'::text, 'network_folder'::text, 'by_hand'::text]))),
  constraint message_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint message_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint message_tenant_id_post_batch_id_fkey FOREIGN KEY (tenant_id, post_batch_id) REFERENCES post_batch(tenant_id, id),
  constraint message_tenant_id_replaces_id_fkey FOREIGN KEY (tenant_id, replaces_id) REFERENCES message(tenant_id, id),
  constraint message_tenant_id_run_id_fkey FOREIGN KEY (tenant_id, run_id) REFERENCES reminder_run(tenant_id, id),
  constraint message_pkey PRIMARY KEY (tenant_id, id),
  constraint message_tenant_id_message_header_key UNIQUE (tenant_id, message_header)
);
CREATE INDEX message_carrier_reference ON public.message USING btree (tenant_id, carrier_reference) WHERE (carrier_reference IS NOT NULL);
CREATE INDEX message_customer ON public.message USING btree (tenant_id, customer_id, run_on DESC, id DESC);
CREATE INDEX message_document ON public.message USING btree (tenant_id, document_id, created_at) WHERE (document_id IS NOT NULL);
CREATE INDEX message_letter_service ON public.message USING btree (tenant_id, carrier_asked_at NULLS FIRST) WHERE ((transport = 'letter_service'::text) AND (state = 'sent'::text));
CREATE INDEX message_newest ON public.message USING btree (tenant_id, run_on DESC, id DESC);
CREATE INDEX message_post_batch ON public.message USING btree (tenant_id, post_batch_id) WHERE (post_batch_id IS NOT NULL);
CREATE INDEX message_recipient ON public.message USING btree (tenant_id, lower(recipient), sent_at DESC) WHERE (sent_at IS NOT NULL);
CREATE INDEX message_reminder_sent ON public.message USING btree (tenant_id, sent_at) WHERE ((purpose = 'reminder'::text) AND (sent_at IS NOT NULL));
CREATE INDEX message_run ON public.message USING btree (tenant_id, run_id) WHERE (run_id IS NOT NULL);
CREATE INDEX message_state ON public.message USING btree (tenant_id, state, run_on DESC, id DESC);
CREATE UNIQUE INDEX message_replaces ON public.message USING btree (tenant_id, replaces_id) WHERE (replaces_id IS NOT NULL);
CREATE UNIQUE INDEX message_return_token ON public.message USING btree (tenant_id, return_token) WHERE (return_token IS NOT NULL);
CREATE TRIGGER message_before AFTER UPDATE ON public.message FOR EACH ROW WHEN (((old.purpose = 'reminder'::text) AND ((old.state = ANY (ARRAY['refused'::text, 'failed'::text, 'dropped'::text])) IS DISTINCT FROM (new.state = ANY (ARRAY['refused'::text, 'failed'::text, 'dropped'::text]))))) EXECUTE FUNCTION keep_row_before('customer_id', 'id');
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table message_attempt (
  tenant_id uuid not null,
  message_id uuid not null,
  attempt_no smallint not null,
  transport text not null,
  raw bytea,
  raw_sha256 bytea not null,
  started_at timestamp with time zone not null,
  alive_at timestamp with time zone not null default clock_timestamp(),
  ended_at timestamp with time zone,
  outcome text,
  answer text,
  written_from bytea,
  is_handed boolean not null default true,
  is_packed boolean not null default false,
  constraint message_attempt_attempt_no_check CHECK ((attempt_no >= 1)),
  constraint message_attempt_ended CHECK (((ended_at IS NULL) = (outcome IS NULL))),
  constraint message_attempt_kept CHECK (((raw IS NOT NULL) OR (outcome = ANY (ARRAY['refused'::text, 'later'::text])))),
  constraint message_attempt_outcome_check CHECK ((outcome = ANY (ARRAY['sent'::text, 'refused'::text, 'later'::text, 'unknown'::text]))),
  constraint message_attempt_transport_check CHECK ((transport = ANY (ARRAY['smtp'::text, 'outbox'::text, 'print'::text, 'letter_service'::text, 'sms_service'::text, 'network_folder'::text, 'by_hand'::text]))),
  constraint message_attempt_written_from_check CHECK ((length(written_from) = 32)),
  constraint message_attempt_tenant_id_message_id_fkey FOREIGN KEY (tenant_id, message_id) REFERENCES message(tenant_id, id),
  constraint message_attempt_pkey PRIMARY KEY (tenant_id, message_id, attempt_no)
);
CREATE INDEX message_attempt_started ON public.message_attempt USING btree (tenant_id, started_at);
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table message_signal (
  tenant_id uuid not null,
  id uuid not null,
  message_id uuid not null,
  kind text not null,
  severity text,
  address text,
  detail text not null,
  inbound_mail_id uuid,
  happened_at timestamp with time zone not null,
  recorded_at timestamp with time zone not null,
  constraint message_signal_check CHECK (((kind = 'bounced'::text) = (severity IS NOT NULL))),
  constraint message_signal_kind_check CHECK ((kind = ANY (ARRAY['delivered'::text, 'delayed'::text, 'bounced'::text, 'displayed'::text, 'auto_reply'::text, 'complained'::text, 'posted'::text, 'handed_over'::text, 'accepted'::text, 'rejected'::text, 'approved'::text, 'paid'::text, 'viewed'::text, 'opted_out'::text, 'redirect_wished'::text, 'printed'::text, 'returned'::text, 'taken_back'::text]))),
  constraint message_signal_severity_check CHECK ((severity = ANY (ARRAY['hard'::text, 'soft'::text, 'policy'::text]))),
  constraint message_signal_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint message_signal_tenant_id_inbound_mail_id_fkey FOREIGN KEY (tenant_id, inbound_mail_id) REFERENCES inbound_mail(tenant_id, id),
  constraint message_signal_tenant_id_message_id_fkey FOREIGN KEY (tenant_id, message_id) REFERENCES message(tenant_id, id),
  constraint message_signal_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX message_signal_message ON public.message_signal USING btree (tenant_id, message_id, recorded_at, id);
CREATE TRIGGER message_signal_kept BEFORE DELETE OR UPDATE ON public.message_signal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER message_signal_not_truncated BEFORE TRUNCATE ON public.message_signal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table message_template (
  tenant_id uuid not null,
  company_id uuid not null,
  kind text not null,
  language text not null,
  version integer not null,
  subject text,
  plain text,
  html text,
  note text,
  written_by text not null,
  written_at timestamp with time zone not null,
  closing text,
  constraint message_template_check CHECK (((plain IS NOT NULL) OR ((subject IS NULL) AND (html IS NULL)))),
  constraint message_template_closing CHECK (((closing IS NULL) OR ((plain IS NOT NULL) AND (html IS NULL) AND (kind ~~ 'letter\_%'::text)))),
  constraint message_template_kind_check CHECK ((kind = ANY (ARRAY['invoice_mail'::text, 'credit_note_mail'::text, 'statement_mail'::text, 'thanks_mail'::text, 'upcoming'::text, 'due_today'::text, 'first_reminder'::text, 'second_reminder'::text, 'third_reminder'::text, 'legal_announcement'::text, 'other_upcoming'::text, 'other_due_today'::text, 'other_first_reminder'::text, 'other_second_reminder'::text, 'other_third_reminder'::text, 'other_legal_announcement'::text, 'letter_upcoming'::text, 'letter_due_today'::text, 'letter_first_reminder'::text, 'letter_second_reminder'::text, 'letter_third_reminder'::text, 'letter_legal_announcement'::text, 'sms_upcoming'::text, 'sms_due_today'::text, 'sms_first_reminder'::text, 'sms_second_reminder'::text, 'sms_third_reminder'::text, 'sms_legal_announcement'::text, 'sms_notice'::text]))),
  constraint message_template_version_check CHECK ((version >= 1)),
  constraint message_template_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint message_template_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint message_template_pkey PRIMARY KEY (tenant_id, company_id, kind, language, version)
);
CREATE TRIGGER message_template_kept BEFORE DELETE OR UPDATE ON public.message_template FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER message_template_not_truncated BEFORE TRUNCATE ON public.message_template FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table number_series (
  tenant_id uuid not null,
  company_id uuid not null,
  document_kind text not null,
  series text not null,
  pattern text not null,
  next_number bigint not null default 1,
  constraint number_series_next_number_check CHECK ((next_number >= 1)),
  constraint number_series_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint number_series_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint number_series_pkey PRIMARY KEY (tenant_id, company_id, document_kind, series)
);
CREATE UNIQUE INDEX number_series_pattern ON public.number_series USING btree (tenant_id, company_id, document_kind, pattern);
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table open_item (
  tenant_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  customer_id uuid,
  kind text not null,
  document_id uuid not null,
  instalment smallint not null default 1,
  reference text not null,
  account text not null,
  currency character(3) not null,
  amount_minor bigint not null,
  open_minor bigint not null,
  functional_minor bigint not null,
  open_functional_minor bigint not null,
  posted_on date not null,
  due_on date not null,
  recorded_at timestamp with time zone not null,
  reference_key text default match_key(reference),
  constraint open_item_amount_minor_check CHECK ((amount_minor <> 0)),
  constraint open_item_closed_in_both CHECK (((open_minor <> 0) OR (open_functional_minor = 0))),
  constraint open_item_functional_within CHECK ((((functional_minor >= 0) AND ((open_functional_minor >= 0) AND (open_functional_minor <= functional_minor))) OR ((functional_minor <= 0) AND ((open_functional_minor >= functional_minor) AND (open_functional_minor <= 0))))),
  constraint open_item_instalment_check CHECK ((instalment >= 1)),
  constraint open_item_kind_check CHECK ((kind = ANY (ARRAY['invoice'::text, 'credit_note'::text, 'payment'::text, 'refund'::text, 'write_off'::text, 'void'::text, 'return'::text, 'transfer'::text, 'charge'::text, 'charge_credit'::text, 'recovery'::text, 'handover'::text]))),
  constraint open_item_within_amount CHECK ((((amount_minor > 0) AND ((open_minor >= 0) AND (open_minor <= amount_minor))) OR ((amount_minor < 0) AND ((open_minor >= amount_minor) AND (open_minor <= 0))))),
  constraint open_item_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint open_item_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint open_item_pkey PRIMARY KEY (tenant_id, id),
  constraint open_item_tenant_id_document_id_kind_instalment_key UNIQUE (tenant_id, document_id, kind, instalment)
);
CREATE INDEX open_item_amount ON public.open_item USING btree (tenant_id, open_minor, customer_id) WHERE (open_minor > 0);
CREATE INDEX open_item_credit ON public.open_item USING btree (tenant_id, id) WHERE ((amount_minor < 0) AND (account = 'receivables'::text));
CREATE INDEX open_item_customer ON public.open_item USING btree (tenant_id, customer_id, posted_on) INCLUDE (id, kind, due_on);
CREATE INDEX open_item_due ON public.open_item USING btree (tenant_id, due_on, id) INCLUDE (company_id, account, currency, open_minor, open_functional_minor) WHERE (open_minor <> 0);
CREATE INDEX open_item_open ON public.open_item USING btree (tenant_id, customer_id, due_on, id) INCLUDE (company_id, account, currency, open_minor, open_functional_minor) WHERE (open_minor <> 0);
CREATE INDEX open_item_reference ON public.open_item USING btree (tenant_id, reference);
CREATE INDEX open_item_reference_key ON public.open_item USING btree (tenant_id, reference_key);
CREATE INDEX open_item_settled ON public.open_item USING btree (tenant_id, posted_on DESC, document_id DESC) WHERE ((open_minor = 0) AND (instalment = 1) AND (kind = ANY (ARRAY['invoice'::text, 'credit_note'::text])));
CREATE INDEX open_item_unapplied ON public.open_item USING btree (tenant_id, document_id) WHERE ((open_minor <> 0) AND (account = 'unapplied-cash'::text));
CREATE TRIGGER open_item_identity_kept BEFORE UPDATE ON public.open_item FOR EACH ROW WHEN (((((((((((((((new.tenant_id IS DISTINCT FROM old.tenant_id) OR (new.id IS DISTINCT FROM old.id)) OR (new.company_id IS DISTINCT FROM old.company_id)) OR (new.customer_id IS DISTINCT FROM old.customer_id)) OR (new.kind IS DISTINCT FROM old.kind)) OR (new.document_id IS DISTINCT FROM old.document_id)) OR (new.instalment IS DISTINCT FROM old.instalment)) OR (new.account IS DISTINCT FROM old.account)) OR (new.currency IS DISTINCT FROM old.currency)) OR (new.amount_minor IS DISTINCT FROM old.amount_minor)) OR (new.functional_minor IS DISTINCT FROM old.functional_minor)) OR (new.posted_on IS DISTINCT FROM old.posted_on)) OR (new.due_on IS DISTINCT FROM old.due_on)) OR (new.recorded_at IS DISTINCT FROM old.recorded_at))) EXECUTE FUNCTION open_item_identity_kept();
CREATE TRIGGER open_item_not_deleted BEFORE DELETE ON public.open_item FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER open_item_not_truncated BEFORE TRUNCATE ON public.open_item FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table own_day (
  tenant_id uuid not null,
  on_day date not null,
  is_open boolean not null,
  name text not null,
  constraint own_day_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
  constraint own_day_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint own_day_pkey PRIMARY KEY (tenant_id, on_day)
);
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table past_count (
  tenant_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  on_day date not null,
  counts jsonb not null,
  looked integer not null,
  after_id uuid,
  begun_at timestamp with time zone not null,
  looked_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  constraint past_count_looked_check CHECK ((looked >= 0)),
  constraint past_count_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint past_count_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint past_count_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX past_count_day ON public.past_count USING btree (tenant_id, company_id, on_day, begun_at DESC);
CREATE UNIQUE INDEX past_count_open ON public.past_count USING btree (tenant_id, company_id, on_day) WHERE (finished_at IS NULL);
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table pay_account (
  tenant_id uuid not null,
  company_id uuid not null,
  currency text not null,
  bank_name text,
  iban text,
  bic text,
  account_number text,
  routing_number text,
  constraint pay_account_account_number_check CHECK (((length(account_number) >= 1) AND (length(account_number) <= 40))),
  constraint pay_account_bank_name_check CHECK (((length(bank_name) >= 1) AND (length(bank_name) <= 100))),
  constraint pay_account_bic_check CHECK ((bic ~ '^[A-Z0-9]{8}([A-Z0-9]{3})?$'::text)),
  constraint pay_account_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint pay_account_iban_check CHECK ((iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{1,30}$'::text)),
  constraint pay_account_is_one CHECK (((iban IS NOT NULL) OR (account_number IS NOT NULL))),
  constraint pay_account_routing CHECK (((routing_number IS NULL) OR (account_number IS NOT NULL))),
  constraint pay_account_routing_number_check CHECK (((length(routing_number) >= 1) AND (length(routing_number) <= 40))),
  constraint pay_account_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint pay_account_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint pay_account_pkey PRIMARY KEY (tenant_id, company_id, currency)
);
CREATE TRIGGER pay_account_before AFTER INSERT OR DELETE ON public.pay_account FOR EACH ROW EXECUTE FUNCTION keep_row_before('', 'company_id', 'currency');
CREATE TRIGGER pay_account_before_changed AFTER UPDATE ON public.pay_account FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION keep_row_before('', 'company_id', 'currency');
CREATE TRIGGER pay_account_not_truncated BEFORE TRUNCATE ON public.pay_account FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table payer_alias (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null,
  written text not null,
  key text not null,
  customer_id uuid not null,
  right_count integer not null,
  asked_count integer not null,
  payment_id uuid,
  until_on date,
  accepted_by text not null,
  accepted_at timestamp with time zone not null,
  revoked_by text,
  revoked_at timestamp with time zone,
  constraint payer_alias_check CHECK ((asked_count >= right_count)),
  constraint payer_alias_check1 CHECK (((revoked_by IS NULL) = (revoked_at IS NULL))),
  constraint payer_alias_key_check CHECK ((key <> ''::text)),
  constraint payer_alias_kind_check CHECK ((kind = ANY (ARRAY['name'::text, 'account'::text, 'word'::text]))),
  constraint payer_alias_right_count_check CHECK ((right_count >= 0)),
  constraint payer_alias_written_check CHECK (((length(written) >= 1) AND (length(written) <= 200))),
  constraint payer_alias_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint payer_alias_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint payer_alias_tenant_id_payment_id_fkey FOREIGN KEY (tenant_id, payment_id) REFERENCES payment(tenant_id, id),
  constraint payer_alias_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX payer_alias_latest ON public.payer_alias USING btree (tenant_id, accepted_at DESC, id DESC);
CREATE UNIQUE INDEX payer_alias_once ON public.payer_alias USING btree (tenant_id, kind, key, customer_id) WHERE (revoked_at IS NULL);
CREATE TRIGGER payer_alias_kept BEFORE UPDATE ON public.payer_alias FOR EACH ROW EXECUTE FUNCTION ended_once('{revoked_by,revoked_at}');
CREATE TRIGGER payer_alias_not_deleted BEFORE DELETE ON public.payer_alias FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER payer_alias_not_truncated BEFORE TRUNCATE ON public.payer_alias FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table payer_habit (
  tenant_id uuid not null,
  company_id uuid not null,
  customer_id uuid not null,
  payments integer not null,
  habits jsonb not null,
  learnt_at timestamp with time zone not null,
  constraint payer_habit_habits_check CHECK ((jsonb_typeof(habits) = 'object'::text)),
  constraint payer_habit_payments_check CHECK ((payments >= 0)),
  constraint payer_habit_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint payer_habit_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint payer_habit_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint payer_habit_pkey PRIMARY KEY (tenant_id, company_id, customer_id)
);
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table payer_habit_pool (
  tenant_id uuid not null,
  company_id uuid not null,
  habits jsonb not null,
  amounts jsonb not null,
  learnt_at timestamp with time zone not null,
  learnt_moment timestamp with time zone,
  learnt_payment uuid,
  constraint payer_habit_pool_amounts_check CHECK ((jsonb_typeof(amounts) = 'object'::text)),
  constraint payer_habit_pool_habits_check CHECK ((jsonb_typeof(habits) = 'object'::text)),
  constraint payer_habit_pool_learnt_to CHECK (((learnt_moment IS NULL) = (learnt_payment IS NULL))),
  constraint payer_habit_pool_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint payer_habit_pool_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint payer_habit_pool_pkey PRIMARY KEY (tenant_id, company_id)
);
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table payment (
  tenant_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  customer_id uuid,
  direction text not null,
  number text not null,
  external_id text,
  statement_line_id uuid,
  received_on date not null,
  currency character(3) not null,
  amount_minor bigint not null,
  rate numeric(24,12) not null default 1,
  functional_minor bigint not null,
  payer_name text,
  payer_account text,
  reference text not null default ''::text,
  method text not null,
  batch_id uuid,
  recorded_at timestamp with time zone not null,
  returned_on date,
  number_key text default match_key(number),
  payer_key text default match_key(payer_name),
  reference_key text default match_key("left"(reference, 100)),
  constraint payment_amount_minor_check CHECK ((amount_minor > 0)),
  constraint payment_direction_check CHECK ((direction = ANY (ARRAY['received'::text, 'refunded'::text]))),
  constraint payment_functional_minor_check CHECK ((functional_minor >= 0)),
  constraint payment_method_check CHECK ((method = ANY (ARRAY['transfer'::text, 'direct_debit'::text, 'card'::text, 'cheque'::text, 'cash'::text, 'other'::text]))),
  constraint payment_rate_check CHECK ((rate > (0)::numeric)),
  constraint payment_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint payment_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint payment_tenant_id_statement_line_id_fkey FOREIGN KEY (tenant_id, statement_line_id) REFERENCES statement_line(tenant_id, id),
  constraint payment_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX payment_amount ON public.payment USING btree (tenant_id, amount_minor, received_on);
CREATE INDEX payment_batch ON public.payment USING btree (tenant_id, batch_id) WHERE (batch_id IS NOT NULL);
CREATE INDEX payment_customer ON public.payment USING btree (tenant_id, customer_id, received_on);
CREATE INDEX payment_number_key ON public.payment USING btree (tenant_id, number_key);
CREATE INDEX payment_payer_account ON public.payment USING btree (tenant_id, payer_account) WHERE (payer_account IS NOT NULL);
CREATE INDEX payment_payer_key ON public.payment USING btree (tenant_id, payer_key) WHERE (payer_key <> ''::text);
CREATE INDEX payment_received ON public.payment USING btree (tenant_id, received_on, id);
CREATE INDEX payment_reference_key ON public.payment USING btree (tenant_id, reference_key) WHERE (reference_key <> ''::text);
CREATE INDEX payment_unbanked ON public.payment USING btree (tenant_id, company_id, received_on) WHERE (statement_line_id IS NULL);
CREATE UNIQUE INDEX payment_external_id ON public.payment USING btree (tenant_id, company_id, external_id) WHERE ((external_id IS NOT NULL) AND (returned_on IS NULL));
CREATE UNIQUE INDEX payment_statement_line ON public.payment USING btree (tenant_id, statement_line_id) WHERE (statement_line_id IS NOT NULL);
CREATE TRIGGER payment_content_kept BEFORE UPDATE ON public.payment FOR EACH ROW WHEN (((old.returned_on IS NOT NULL) OR ((((((((((((((((((new.tenant_id IS DISTINCT FROM old.tenant_id) OR (new.id IS DISTINCT FROM old.id)) OR (new.company_id IS DISTINCT FROM old.company_id)) OR (new.direction IS DISTINCT FROM old.direction)) OR (new.number IS DISTINCT FROM old.number)) OR (new.external_id IS DISTINCT FROM old.external_id)) OR (new.statement_line_id IS DISTINCT FROM old.statement_line_id)) OR (new.received_on IS DISTINCT FROM old.received_on)) OR (new.currency IS DISTINCT FROM old.currency)) OR (new.amount_minor IS DISTINCT FROM old.amount_minor)) OR (new.rate IS DISTINCT FROM old.rate)) OR (new.functional_minor IS DISTINCT FROM old.functional_minor)) OR (new.payer_name IS DISTINCT FROM old.payer_name)) OR (new.payer_account IS DISTINCT FROM old.payer_account)) OR (new.reference IS DISTINCT FROM old.reference)) OR (new.method IS DISTINCT FROM old.method)) OR (new.batch_id IS DISTINCT FROM old.batch_id)) OR (new.recorded_at IS DISTINCT FROM old.recorded_at)))) EXECUTE FUNCTION payment_content_kept();
CREATE TRIGGER payment_not_deleted BEFORE DELETE ON public.payment FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER payment_not_truncated BEFORE TRUNCATE ON public.payment FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table payment_return (
  tenant_id uuid not null,
  payment_id uuid not null,
  returned_on date not null,
  reason text not null,
  statement_line_id uuid,
  recorded_at timestamp with time zone not null,
  code text,
  fee_minor bigint not null default 0,
  constraint payment_return_code_check CHECK ((code ~ '^[A-Z0-9]{2,8}$'::text)),
  constraint payment_return_fee_minor_check CHECK ((fee_minor >= 0)),
  constraint payment_return_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 500))),
  constraint payment_return_tenant_id_payment_id_fkey FOREIGN KEY (tenant_id, payment_id) REFERENCES payment(tenant_id, id),
  constraint payment_return_tenant_id_statement_line_id_fkey FOREIGN KEY (tenant_id, statement_line_id) REFERENCES statement_line(tenant_id, id),
  constraint payment_return_pkey PRIMARY KEY (tenant_id, payment_id),
  constraint payment_return_line UNIQUE (tenant_id, statement_line_id)
);
CREATE TRIGGER payment_return_kept BEFORE DELETE OR UPDATE ON public.payment_return FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER payment_return_line_free AFTER INSERT ON public.payment_return FOR EACH ROW WHEN ((new.statement_line_id IS NOT NULL)) EXECUTE FUNCTION line_shows_one_thing();
CREATE TRIGGER payment_return_not_truncated BEFORE TRUNCATE ON public.payment_return FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table payment_terms (
  tenant_id uuid not null,
  id uuid not null,
  code text not null,
  name text not null,
  created_at timestamp with time zone not null default now(),
  version integer not null default 1,
  constraint payment_terms_version_check CHECK ((version >= 1)),
  constraint payment_terms_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint payment_terms_pkey PRIMARY KEY (tenant_id, id),
  constraint payment_terms_tenant_id_code_key UNIQUE (tenant_id, code)
);
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table payment_terms_version (
  tenant_id uuid not null,
  payment_terms_id uuid not null,
  version integer not null,
  rules jsonb not null,
  recorded_at timestamp with time zone not null,
  constraint payment_terms_version_version_check CHECK ((version >= 1)),
  constraint payment_terms_version_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint payment_terms_version_tenant_id_payment_terms_id_fkey FOREIGN KEY (tenant_id, payment_terms_id) REFERENCES payment_terms(tenant_id, id),
  constraint payment_terms_version_pkey PRIMARY KEY (tenant_id, payment_terms_id, version)
);
CREATE TRIGGER payment_terms_version_kept BEFORE DELETE OR UPDATE ON public.payment_terms_version FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER payment_terms_version_not_truncated BEFORE TRUNCATE ON public.payment_terms_version FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table payout_arrival (
  tenant_id uuid not null,
  explanation_id uuid not null,
  gateway_line_id uuid not null,
  bank_line_id uuid not null,
  rule text not null,
  recorded_by text not null,
  recorded_at timestamp with time zone not null,
  constraint payout_arrival_rule_check CHECK ((rule = ANY (ARRAY['reference'::text, 'name'::text, 'person'::text]))),
  constraint payout_arrival_tenant_id_bank_line_id_fkey FOREIGN KEY (tenant_id, bank_line_id) REFERENCES statement_line(tenant_id, id),
  constraint payout_arrival_tenant_id_explanation_id_fkey FOREIGN KEY (tenant_id, explanation_id) REFERENCES line_explanation(tenant_id, id),
  constraint payout_arrival_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint payout_arrival_tenant_id_gateway_line_id_fkey FOREIGN KEY (tenant_id, gateway_line_id) REFERENCES statement_line(tenant_id, id),
  constraint payout_arrival_pkey PRIMARY KEY (tenant_id, explanation_id)
);
CREATE INDEX payout_arrival_bank ON public.payout_arrival USING btree (tenant_id, bank_line_id);
CREATE INDEX payout_arrival_gateway ON public.payout_arrival USING btree (tenant_id, gateway_line_id);
CREATE TRIGGER payout_arrival_kept BEFORE DELETE OR UPDATE ON public.payout_arrival FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER payout_arrival_not_truncated BEFORE TRUNCATE ON public.payout_arrival FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table payout_columns (
  tenant_id uuid not null,
  id uuid not null,
  gateway text not null,
  headings jsonb not null,
  key text not null,
  columns jsonb not null,
  version integer not null,
  said_by text not null,
  said_at timestamp with time zone not null,
  ended_by text,
  ended_at timestamp with time zone,
  constraint payout_columns_check CHECK (((ended_by IS NULL) = (ended_at IS NULL))),
  constraint payout_columns_columns_check CHECK ((jsonb_typeof(columns) = 'object'::text)),
  constraint payout_columns_gateway_check CHECK (((length(gateway) >= 1) AND (length(gateway) <= 100))),
  constraint payout_columns_headings_check CHECK ((jsonb_typeof(headings) = 'array'::text)),
  constraint payout_columns_key_check CHECK (((length(key) >= 1) AND (length(key) <= 4000))),
  constraint payout_columns_version_check CHECK ((version >= 1)),
  constraint payout_columns_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint payout_columns_pkey PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX payout_columns_once ON public.payout_columns USING btree (tenant_id, md5(key)) WHERE (ended_at IS NULL);
CREATE TRIGGER payout_columns_kept BEFORE UPDATE ON public.payout_columns FOR EACH ROW EXECUTE FUNCTION ended_once('{ended_by,ended_at}');
CREATE TRIGGER payout_columns_not_deleted BEFORE DELETE ON public.payout_columns FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER payout_columns_not_truncated BEFORE TRUNCATE ON public.payout_columns FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table policy (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  set_id uuid not null,
  place smallint not null,
  code text not null,
  constraint policy_place_check CHECK ((place >= 1)),
  constraint policy_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint policy_tenant_id_set_id_fkey FOREIGN KEY (tenant_id, set_id) REFERENCES policy_set(tenant_id, id),
  constraint policy_pkey PRIMARY KEY (tenant_id, id),
  constraint policy_tenant_id_set_id_code_key UNIQUE (tenant_id, set_id, code),
  constraint policy_tenant_id_set_id_place_key UNIQUE (tenant_id, set_id, place)
);
CREATE TRIGGER policy_kept BEFORE DELETE OR UPDATE ON public.policy FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER policy_not_truncated BEFORE TRUNCATE ON public.policy FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table policy_set (
  tenant_id uuid not null,
  id uuid not null,
  number integer not null,
  name text not null,
  stage text not null,
  file jsonb not null,
  note text not null,
  made_by text not null,
  made_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  live_by text,
  live_at timestamp with time zone,
  retired_at timestamp with time zone,
  revision integer not null,
  constraint policy_set_file_check CHECK ((jsonb_typeof(file) = 'object'::text)),
  constraint policy_set_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
  constraint policy_set_note_check CHECK ((length(note) <= 500)),
  constraint policy_set_number_check CHECK ((number >= 1)),
  constraint policy_set_revision_check CHECK ((revision >= 1)),
  constraint policy_set_stage_check CHECK ((stage = ANY (ARRAY['draft'::text, 'shadow'::text, 'live'::text, 'retired'::text]))),
  constraint policy_set_staged CHECK ((((stage = ANY (ARRAY['draft'::text, 'shadow'::text])) = (live_at IS NULL)) AND ((stage = 'retired'::text) = (retired_at IS NOT NULL)) AND ((live_at IS NULL) = (live_by IS NULL)))),
  constraint policy_set_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint policy_set_pkey PRIMARY KEY (tenant_id, id),
  constraint policy_set_tenant_id_number_key UNIQUE (tenant_id, number)
);
CREATE UNIQUE INDEX policy_set_live ON public.policy_set USING btree (tenant_id) WHERE (stage = 'live'::text);
CREATE UNIQUE INDEX policy_set_shadow ON public.policy_set USING btree (tenant_id) WHERE (stage = 'shadow'::text);
CREATE TRIGGER policy_set_kept BEFORE DELETE OR UPDATE ON public.policy_set FOR EACH ROW EXECUTE FUNCTION policy_set_kept();
CREATE TRIGGER policy_set_not_truncated BEFORE TRUNCATE ON public.policy_set FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table policy_step (
  tenant_id uuid not null,
  policy_id uuid not null,
  step smallint not null,
  offset_days integer not null,
  phase text not null,
  template text not null,
  constraint policy_step_phase_check CHECK ((phase = ANY (ARRAY['upcoming'::text, 'due'::text, 'reminder'::text, 'demand'::text, 'final_notice'::text]))),
  constraint policy_step_step_check CHECK ((step >= 1)),
  constraint policy_step_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint policy_step_tenant_id_policy_id_fkey FOREIGN KEY (tenant_id, policy_id) REFERENCES policy(tenant_id, id),
  constraint policy_step_pkey PRIMARY KEY (tenant_id, policy_id, step),
  constraint policy_step_tenant_id_policy_id_offset_days_key UNIQUE (tenant_id, policy_id, offset_days)
);
CREATE TRIGGER policy_step_kept BEFORE DELETE OR UPDATE ON public.policy_step FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER policy_step_not_truncated BEFORE TRUNCATE ON public.policy_step FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table portal_setting (
  tenant_id uuid not null,
  id uuid not null,
  customer_id uuid not null,
  in_use boolean not null,
  portal text not null,
  address text,
  supplier_number text,
  user_id text,
  within_days smallint not null,
  uploads text[] not null,
  from_on date not null,
  instead boolean not null,
  chases_unposted boolean not null,
  stated_by text not null,
  recorded_at timestamp with time zone not null,
  company_id uuid,
  follows boolean not null,
  constraint portal_setting_address_check CHECK (((address ~~ 'https://%'::text) AND (length(address) <= 500))),
  constraint portal_setting_follows CHECK (((NOT follows) OR ((company_id IS NOT NULL) AND (NOT in_use)))),
  constraint portal_setting_portal_check CHECK (((length(portal) >= 1) AND (length(portal) <= 80))),
  constraint portal_setting_supplier_number_check CHECK (((length(supplier_number) >= 1) AND (length(supplier_number) <= 80))),
  constraint portal_setting_uploads_check CHECK (((uploads <@ ARRAY['pdf'::text, 'ubl'::text, 'cii'::text, 'attachments'::text]) AND (cardinality(uploads) >= 1))),
  constraint portal_setting_within_days_check CHECK (((within_days >= 0) AND (within_days <= 30))),
  constraint portal_setting_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint portal_setting_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint portal_setting_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint portal_setting_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX portal_setting_customer ON public.portal_setting USING btree (tenant_id, customer_id, company_id, recorded_at DESC, id DESC);
CREATE TRIGGER portal_setting_kept BEFORE DELETE OR UPDATE ON public.portal_setting FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER portal_setting_not_truncated BEFORE TRUNCATE ON public.portal_setting FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table portal_step (
  tenant_id uuid not null,
  document_id uuid not null,
  step_no smallint not null,
  kind text not null,
  happened_on date not null,
  portal_number text,
  reason text,
  note text,
  message_id uuid,
  due_on date,
  undoes_no smallint,
  taken_by text not null,
  recorded_at timestamp with time zone not null,
  constraint portal_step_due CHECK (((kind = 'rejected'::text) = (due_on IS NOT NULL))),
  constraint portal_step_kind_check CHECK ((kind = ANY (ARRAY['uploaded'::text, 'accepted'::text, 'rejected'::text, 'not_needed'::text, 'closed'::text, 'undone'::text]))),
  constraint portal_step_note_check CHECK (((length(note) >= 1) AND (length(note) <= 1000))),
  constraint portal_step_portal_number_check CHECK (((length(portal_number) >= 1) AND (length(portal_number) <= 100))),
  constraint portal_step_posted CHECK (((kind = 'uploaded'::text) = (message_id IS NOT NULL))),
  constraint portal_step_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 40))),
  constraint portal_step_step_no_check CHECK ((step_no >= 1)),
  constraint portal_step_undoes CHECK (((kind = 'undone'::text) = (undoes_no IS NOT NULL))),
  constraint portal_step_tenant_id_document_id_fkey FOREIGN KEY (tenant_id, document_id) REFERENCES portal_upload(tenant_id, document_id),
  constraint portal_step_tenant_id_document_id_undoes_no_fkey FOREIGN KEY (tenant_id, document_id, undoes_no) REFERENCES portal_step(tenant_id, document_id, step_no),
  constraint portal_step_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint portal_step_tenant_id_message_id_fkey FOREIGN KEY (tenant_id, message_id) REFERENCES message(tenant_id, id),
  constraint portal_step_pkey PRIMARY KEY (tenant_id, document_id, step_no),
  constraint portal_step_undone_once UNIQUE (tenant_id, document_id, undoes_no)
);
CREATE TRIGGER portal_step_kept BEFORE DELETE OR UPDATE ON public.portal_step FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER portal_step_not_truncated BEFORE TRUNCATE ON public.portal_step FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table portal_upload (
  tenant_id uuid not null,
  document_id uuid not null,
  company_id uuid not null,
  customer_id uuid not null,
  issued_on date not null,
  first_due_on date not null,
  state text not null,
  due_on date not null,
  attempts smallint not null default 0,
  steps smallint not null default 0,
  recorded_at timestamp with time zone not null,
  constraint portal_upload_attempts_check CHECK ((attempts >= 0)),
  constraint portal_upload_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'uploaded'::text, 'accepted'::text, 'rejected'::text, 'not_needed'::text, 'closed'::text]))),
  constraint portal_upload_steps_check CHECK ((steps >= 0)),
  constraint portal_upload_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint portal_upload_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint portal_upload_tenant_id_document_id_fkey FOREIGN KEY (tenant_id, document_id) REFERENCES invoice(tenant_id, id),
  constraint portal_upload_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint portal_upload_pkey PRIMARY KEY (tenant_id, document_id)
);
CREATE INDEX portal_upload_customer ON public.portal_upload USING btree (tenant_id, customer_id, state);
CREATE INDEX portal_upload_state ON public.portal_upload USING btree (tenant_id, state, due_on, document_id);
CREATE TRIGGER portal_upload_before AFTER UPDATE ON public.portal_upload FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION keep_row_before('customer_id', 'document_id');
CREATE TRIGGER portal_upload_not_deleted BEFORE DELETE ON public.portal_upload FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER portal_upload_not_truncated BEFORE TRUNCATE ON public.portal_upload FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table post_batch (
  tenant_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  letters integer not null,
  file bytea,
  sha256 bytea,
  made_by text not null,
  made_at timestamp with time zone not null,
  posted_on date,
  posted_by text,
  form text not null default 'zip'::text,
  pages integer,
  sheets integer,
  contents jsonb not null default '[]'::jsonb,
  is_duplex boolean not null default true,
  separates boolean not null default false,
  printed_by text,
  printed_at timestamp with time zone,
  looked integer not null default 0,
  to_look integer not null default 0,
  set_aside integer not null default 0,
  worked_at timestamp with time zone not null,
  constraint post_batch_check CHECK (((posted_on IS NULL) = (posted_by IS NULL))),
  constraint post_batch_counted CHECK ((((form = 'pdf'::text) AND (file IS NOT NULL)) = ((pages IS NOT NULL) AND (sheets IS NOT NULL)))),
  constraint post_batch_form_check CHECK ((form = ANY (ARRAY['pdf'::text, 'zip'::text]))),
  constraint post_batch_letters_check CHECK ((letters >= 0)),
  constraint post_batch_looked CHECK (((looked >= 0) AND (looked <= to_look))),
  constraint post_batch_made CHECK (((file IS NULL) = (sha256 IS NULL))),
  constraint post_batch_pages_check CHECK ((pages >= 1)),
  constraint post_batch_posted_printed CHECK (((posted_on IS NULL) OR (printed_at IS NOT NULL))),
  constraint post_batch_posted_whole CHECK (((posted_on IS NULL) OR (file IS NOT NULL))),
  constraint post_batch_printed CHECK (((printed_by IS NULL) = (printed_at IS NULL))),
  constraint post_batch_printed_whole CHECK (((printed_at IS NULL) OR (file IS NOT NULL))),
  constraint post_batch_set_aside CHECK ((set_aside >= 0)),
  constraint post_batch_sheets_check CHECK ((sheets >= 1)),
  constraint post_batch_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint post_batch_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint post_batch_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX post_batch_newest ON public.post_batch USING btree (tenant_id, made_at DESC, id DESC);
CREATE TRIGGER post_batch_not_deleted BEFORE DELETE ON public.post_batch FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER post_batch_not_truncated BEFORE TRUNCATE ON public.post_batch FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table posting_export (
  tenant_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  exported_by text not null,
  recorded_at timestamp with time zone not null,
  constraint posting_export_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint posting_export_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint posting_export_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX posting_export_company ON public.posting_export USING btree (tenant_id, company_id, recorded_at DESC, id DESC);
CREATE TRIGGER posting_export_kept BEFORE DELETE OR UPDATE ON public.posting_export FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER posting_export_not_truncated BEFORE TRUNCATE ON public.posting_export FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table posting_setting (
  tenant_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  from_on date,
  stated_by text not null,
  recorded_at timestamp with time zone not null,
  constraint posting_setting_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint posting_setting_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint posting_setting_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX posting_setting_latest ON public.posting_setting USING btree (tenant_id, company_id, recorded_at DESC, id DESC);
CREATE TRIGGER posting_setting_kept BEFORE DELETE OR UPDATE ON public.posting_setting FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER posting_setting_not_truncated BEFORE TRUNCATE ON public.posting_setting FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table posting_step (
  tenant_id uuid not null,
  id uuid not null,
  payment_id uuid not null,
  part text not null,
  state text not null,
  export_id uuid,
  reference text,
  reason text,
  posted_on date,
  recorded_by text not null,
  recorded_at timestamp with time zone not null,
  answered_export_id uuid,
  handover_id uuid,
  constraint posting_step_check CHECK (((export_id IS NOT NULL) = (state = 'sent'::text))),
  constraint posting_step_check1 CHECK ((((reference IS NOT NULL) = (state = 'posted'::text)) AND ((length(reference) >= 1) AND (length(reference) <= 100)))),
  constraint posting_step_check2 CHECK ((((reason IS NOT NULL) = (state = 'refused'::text)) AND ((length(reason) >= 1) AND (length(reason) <= 500)))),
  constraint posting_step_check3 CHECK (((posted_on IS NULL) OR (state = 'posted'::text))),
  constraint posting_step_check4 CHECK (((answered_export_id IS NULL) OR (state <> 'sent'::text))),
  constraint posting_step_of_handover CHECK (((handover_id IS NOT NULL) = (part <> ALL (ARRAY['receipt'::text, 'return'::text])))),
  constraint posting_step_part_check CHECK ((part = ANY (ARRAY['receipt'::text, 'return'::text, 'handover'::text, 'handover_back'::text, 'elsewhere'::text, 'elsewhere_back'::text]))),
  constraint posting_step_state_check CHECK ((state = ANY (ARRAY['sent'::text, 'posted'::text, 'refused'::text]))),
  constraint posting_step_answered_export FOREIGN KEY (tenant_id, answered_export_id) REFERENCES posting_export(tenant_id, id),
  constraint posting_step_handover FOREIGN KEY (tenant_id, handover_id) REFERENCES company_handover(tenant_id, id),
  constraint posting_step_tenant_id_export_id_fkey FOREIGN KEY (tenant_id, export_id) REFERENCES posting_export(tenant_id, id),
  constraint posting_step_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint posting_step_tenant_id_payment_id_fkey FOREIGN KEY (tenant_id, payment_id) REFERENCES payment(tenant_id, id),
  constraint posting_step_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX posting_step_export ON public.posting_step USING btree (tenant_id, export_id) WHERE (export_id IS NOT NULL);
CREATE INDEX posting_step_latest ON public.posting_step USING btree (tenant_id, payment_id, part, recorded_at DESC, id DESC);
CREATE INDEX posting_step_of_handover ON public.posting_step USING btree (tenant_id, handover_id) WHERE (handover_id IS NOT NULL);
CREATE TRIGGER posting_step_kept BEFORE DELETE OR UPDATE ON public.posting_step FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER posting_step_not_truncated BEFORE TRUNCATE ON public.posting_step FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table promise (
  tenant_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  customer_id uuid not null,
  currency character(3) not null,
  promised_on date not null,
  level smallint not null,
  contact_id uuid,
  said_by text,
  way text not null,
  note text,
  taken_by text not null,
  recorded_at timestamp with time zone not null,
  constraint promise_level_check CHECK ((level >= 1)),
  constraint promise_note_check CHECK (((length(note) >= 1) AND (length(note) <= 1000))),
  constraint promise_said_by_check CHECK (((length(said_by) >= 1) AND (length(said_by) <= 200))),
  constraint promise_way_check CHECK ((way = ANY (ARRAY['phone'::text, 'mail'::text, 'letter'::text, 'meeting'::text, 'portal'::text, 'other'::text]))),
  constraint promise_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint promise_tenant_id_contact_id_fkey FOREIGN KEY (tenant_id, contact_id) REFERENCES contact(tenant_id, id),
  constraint promise_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint promise_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint promise_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX promise_customer ON public.promise USING btree (tenant_id, customer_id, recorded_at DESC);
CREATE INDEX promise_newest ON public.promise USING btree (tenant_id, recorded_at DESC, id DESC);
CREATE TRIGGER promise_kept BEFORE DELETE OR UPDATE ON public.promise FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER promise_not_truncated BEFORE TRUNCATE ON public.promise FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table promise_break (
  tenant_id uuid not null,
  promise_id uuid not null,
  short_minor bigint not null,
  recorded_at timestamp with time zone not null,
  constraint promise_break_short_minor_check CHECK ((short_minor > 0)),
  constraint promise_break_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint promise_break_tenant_id_promise_id_fkey FOREIGN KEY (tenant_id, promise_id) REFERENCES promise(tenant_id, id),
  constraint promise_break_pkey PRIMARY KEY (tenant_id, promise_id)
);
CREATE TRIGGER promise_break_kept BEFORE DELETE OR UPDATE ON public.promise_break FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER promise_break_not_truncated BEFORE TRUNCATE ON public.promise_break FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table promise_end (
  tenant_id uuid not null,
  promise_id uuid not null,
  kind text not null,
  replaced_by uuid,
  ended_on date not null,
  note text,
  ended_by text not null,
  recorded_at timestamp with time zone not null,
  constraint promise_end_kind_check CHECK ((kind = ANY (ARRAY['withdrawn'::text, 'replaced'::text]))),
  constraint promise_end_note_check CHECK (((length(note) >= 1) AND (length(note) <= 1000))),
  constraint promise_end_replaced CHECK (((kind = 'replaced'::text) = (replaced_by IS NOT NULL))),
  constraint promise_end_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint promise_end_tenant_id_promise_id_fkey FOREIGN KEY (tenant_id, promise_id) REFERENCES promise(tenant_id, id),
  constraint promise_end_tenant_id_replaced_by_fkey FOREIGN KEY (tenant_id, replaced_by) REFERENCES promise(tenant_id, id),
  constraint promise_end_pkey PRIMARY KEY (tenant_id, promise_id)
);
CREATE TRIGGER promise_end_kept BEFORE DELETE OR UPDATE ON public.promise_end FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER promise_end_not_truncated BEFORE TRUNCATE ON public.promise_end FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table promise_item_end (
  tenant_id uuid not null,
  promise_id uuid not null,
  item_id uuid not null,
  replaced_by uuid not null,
  ended_on date not null,
  recorded_at timestamp with time zone not null,
  constraint promise_item_end_by_another CHECK ((replaced_by <> promise_id)),
  constraint promise_item_end_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint promise_item_end_tenant_id_item_id_fkey FOREIGN KEY (tenant_id, item_id) REFERENCES open_item(tenant_id, id),
  constraint promise_item_end_tenant_id_promise_id_fkey FOREIGN KEY (tenant_id, promise_id) REFERENCES promise(tenant_id, id),
  constraint promise_item_end_tenant_id_replaced_by_fkey FOREIGN KEY (tenant_id, replaced_by) REFERENCES promise(tenant_id, id),
  constraint promise_item_end_pkey PRIMARY KEY (tenant_id, promise_id, item_id)
);
CREATE TRIGGER promise_item_end_kept BEFORE DELETE OR UPDATE ON public.promise_item_end FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER promise_item_end_not_truncated BEFORE TRUNCATE ON public.promise_item_end FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table promise_part (
  tenant_id uuid not null,
  promise_id uuid not null,
  part_no smallint not null,
  item_id uuid not null,
  promised_for date not null,
  amount_minor bigint not null,
  open_minor bigint not null,
  constraint promise_part_amount_minor_check CHECK ((amount_minor > 0)),
  constraint promise_part_open_minor_check CHECK ((open_minor > 0)),
  constraint promise_part_part_no_check CHECK ((part_no >= 1)),
  constraint promise_part_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint promise_part_tenant_id_item_id_fkey FOREIGN KEY (tenant_id, item_id) REFERENCES open_item(tenant_id, id),
  constraint promise_part_tenant_id_promise_id_fkey FOREIGN KEY (tenant_id, promise_id) REFERENCES promise(tenant_id, id),
  constraint promise_part_pkey PRIMARY KEY (tenant_id, promise_id, part_no),
  constraint promise_part_day UNIQUE (tenant_id, promise_id, item_id, promised_for)
);
CREATE INDEX promise_part_item ON public.promise_part USING btree (tenant_id, item_id);
CREATE TRIGGER promise_part_kept BEFORE DELETE OR UPDATE ON public.promise_part FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER promise_part_not_truncated BEFORE TRUNCATE ON public.promise_part FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table promise_setting (
  tenant_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  tolerance_days smallint not null,
  stated_by text not null,
  recorded_at timestamp with time zone not null,
  constraint promise_setting_tolerance_days_check CHECK (((tolerance_days >= 0) AND (tolerance_days <= 30))),
  constraint promise_setting_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint promise_setting_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint promise_setting_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX promise_setting_company ON public.promise_setting USING btree (tenant_id, company_id, recorded_at DESC, id DESC);
CREATE TRIGGER promise_setting_kept BEFORE DELETE OR UPDATE ON public.promise_setting FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER promise_setting_not_truncated BEFORE TRUNCATE ON public.promise_setting FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table receipt_escalation (
  tenant_id uuid not null,
  payment_id uuid not null,
  waited_hours integer not null,
  owner_id text,
  recorded_at timestamp with time zone not null,
  round integer not null default 0,
  team_id uuid,
  constraint receipt_escalation_round_check CHECK ((round >= 0)),
  constraint receipt_escalation_waited_hours_check CHECK ((waited_hours >= 0)),
  constraint receipt_escalation_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint receipt_escalation_tenant_id_payment_id_fkey FOREIGN KEY (tenant_id, payment_id) REFERENCES payment(tenant_id, id),
  constraint receipt_escalation_pkey PRIMARY KEY (tenant_id, payment_id, round)
);
CREATE TRIGGER receipt_escalation_kept BEFORE DELETE OR UPDATE ON public.receipt_escalation FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER receipt_escalation_not_truncated BEFORE TRUNCATE ON public.receipt_escalation FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table receipt_mark (
  tenant_id uuid not null,
  id uuid not null,
  payment_id uuid not null,
  kind text not null,
  user_id text,
  note text not null,
  marked_by text not null,
  marked_at timestamp with time zone not null,
  ended_by text,
  ended_at timestamp with time zone,
  look_again_at timestamp with time zone,
  constraint receipt_mark_check CHECK (((user_id IS NOT NULL) = (kind = 'asked'::text))),
  constraint receipt_mark_check1 CHECK (((ended_by IS NULL) = (ended_at IS NULL))),
  constraint receipt_mark_check2 CHECK (((look_again_at IS NULL) OR ((kind = 'kept'::text) AND (look_again_at > marked_at)))),
  constraint receipt_mark_kind_check CHECK ((kind = ANY (ARRAY['asked'::text, 'kept'::text]))),
  constraint receipt_mark_note_check CHECK ((length(note) <= 1000)),
  constraint receipt_mark_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint receipt_mark_tenant_id_payment_id_fkey FOREIGN KEY (tenant_id, payment_id) REFERENCES payment(tenant_id, id),
  constraint receipt_mark_pkey PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX receipt_mark_once ON public.receipt_mark USING btree (tenant_id, payment_id) WHERE (ended_at IS NULL);
CREATE TRIGGER receipt_mark_kept BEFORE UPDATE ON public.receipt_mark FOR EACH ROW EXECUTE FUNCTION ended_once('{ended_by,ended_at}');
CREATE TRIGGER receipt_mark_not_deleted BEFORE DELETE ON public.receipt_mark FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER receipt_mark_not_truncated BEFORE TRUNCATE ON public.receipt_mark FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table receipt_owner (
  tenant_id uuid not null,
  id uuid not null,
  payment_id uuid not null,
  user_id text,
  assigned_by text not null,
  recorded_at timestamp with time zone not null,
  team_id uuid,
  constraint receipt_owner_one CHECK (((user_id IS NULL) OR (team_id IS NULL))),
  constraint receipt_owner_team FOREIGN KEY (tenant_id, team_id) REFERENCES receipt_team(tenant_id, id),
  constraint receipt_owner_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint receipt_owner_tenant_id_payment_id_fkey FOREIGN KEY (tenant_id, payment_id) REFERENCES payment(tenant_id, id),
  constraint receipt_owner_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX receipt_owner_payment ON public.receipt_owner USING btree (tenant_id, payment_id, recorded_at DESC);
CREATE TRIGGER receipt_owner_kept BEFORE DELETE OR UPDATE ON public.receipt_owner FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER receipt_owner_not_truncated BEFORE TRUNCATE ON public.receipt_owner FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table receipt_team (
  tenant_id uuid not null,
  id uuid not null,
  made_by text not null,
  recorded_at timestamp with time zone not null,
  constraint receipt_team_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint receipt_team_pkey PRIMARY KEY (tenant_id, id)
);
CREATE TRIGGER receipt_team_kept BEFORE DELETE OR UPDATE ON public.receipt_team FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER receipt_team_not_truncated BEFORE TRUNCATE ON public.receipt_team FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table receipt_team_version (
  tenant_id uuid not null,
  team_id uuid not null,
  version integer not null,
  name text not null,
  lead_id text not null,
  member_ids text[] not null,
  is_ended boolean not null,
  stated_by text not null,
  recorded_at timestamp with time zone not null,
  constraint receipt_team_version_check CHECK ((((cardinality(member_ids) >= 1) AND (cardinality(member_ids) <= 200)) AND (lead_id = ANY (member_ids)))),
  constraint receipt_team_version_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
  constraint receipt_team_version_version_check CHECK ((version > 0)),
  constraint receipt_team_version_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint receipt_team_version_tenant_id_team_id_fkey FOREIGN KEY (tenant_id, team_id) REFERENCES receipt_team(tenant_id, id),
  constraint receipt_team_version_once PRIMARY KEY (tenant_id, team_id, version)
);
CREATE TRIGGER receipt_team_version_kept BEFORE DELETE OR UPDATE ON public.receipt_team_version FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER receipt_team_version_not_truncated BEFORE TRUNCATE ON public.receipt_team_version FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table receiving_account (
  tenant_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  currency text not null,
  account text not null,
  bank_name text,
  bic text,
  routing_number text,
  recorded_by text not null,
  recorded_at timestamp with time zone not null,
  constraint receiving_account_account_check CHECK ((account ~ '^[A-Z0-9]{6,34}$'::text)),
  constraint receiving_account_bank_name_check CHECK (((length(bank_name) >= 1) AND (length(bank_name) <= 100))),
  constraint receiving_account_bic_check CHECK ((bic ~ '^[A-Z0-9]{8}([A-Z0-9]{3})?$'::text)),
  constraint receiving_account_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint receiving_account_routing_number_check CHECK (((length(routing_number) >= 1) AND (length(routing_number) <= 40))),
  constraint receiving_account_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint receiving_account_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint receiving_account_pkey PRIMARY KEY (tenant_id, id),
  constraint receiving_account_once UNIQUE (tenant_id, company_id, currency, account)
);
CREATE TRIGGER receiving_account_kept BEFORE DELETE OR UPDATE ON public.receiving_account FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER receiving_account_not_truncated BEFORE TRUNCATE ON public.receiving_account FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table receiving_account_given (
  tenant_id uuid not null,
  account_id uuid not null,
  company_id uuid not null,
  currency text not null,
  customer_id uuid not null,
  given_by text not null,
  given_at timestamp with time zone not null,
  retired_by text,
  retired_at timestamp with time zone,
  constraint receiving_account_retired CHECK ((num_nulls(retired_by, retired_at) = ANY (ARRAY[0, 2]))),
  constraint receiving_account_given_tenant_id_account_id_fkey FOREIGN KEY (tenant_id, account_id) REFERENCES receiving_account(tenant_id, id),
  constraint receiving_account_given_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint receiving_account_given_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint receiving_account_given_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint receiving_account_given_once PRIMARY KEY (tenant_id, account_id)
);
CREATE INDEX receiving_account_of ON public.receiving_account_given USING btree (tenant_id, customer_id);
CREATE UNIQUE INDEX receiving_account_shown ON public.receiving_account_given USING btree (tenant_id, company_id, currency, customer_id) WHERE (retired_at IS NULL);
CREATE TRIGGER receiving_account_given_kept BEFORE UPDATE ON public.receiving_account_given FOR EACH ROW EXECUTE FUNCTION keep_receiving_account();
CREATE TRIGGER receiving_account_given_not_deleted BEFORE DELETE ON public.receiving_account_given FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER receiving_account_given_not_truncated BEFORE TRUNCATE ON public.receiving_account_given FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table recovery (
  tenant_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  customer_id uuid not null,
  write_off_id uuid not null,
  item_id uuid not null,
  recovery_item_id uuid not null,
  payment_id uuid not null,
  currency character(3) not null,
  amount_minor bigint not null,
  functional_minor bigint not null,
  recovered_on date not null,
  recorded_by text not null,
  recorded_at timestamp with time zone not null,
  constraint recovery_amount_minor_check CHECK ((amount_minor > 0)),
  constraint recovery_functional_minor_check CHECK ((functional_minor >= 0)),
  constraint recovery_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint recovery_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint recovery_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint recovery_tenant_id_item_id_fkey FOREIGN KEY (tenant_id, item_id) REFERENCES open_item(tenant_id, id),
  constraint recovery_tenant_id_payment_id_fkey FOREIGN KEY (tenant_id, payment_id) REFERENCES payment(tenant_id, id),
  constraint recovery_tenant_id_recovery_item_id_fkey FOREIGN KEY (tenant_id, recovery_item_id) REFERENCES open_item(tenant_id, id),
  constraint recovery_tenant_id_write_off_id_fkey FOREIGN KEY (tenant_id, write_off_id) REFERENCES write_off(tenant_id, id),
  constraint recovery_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX recovery_day ON public.recovery USING btree (tenant_id, company_id, recovered_on);
CREATE INDEX recovery_payment ON public.recovery USING btree (tenant_id, payment_id);
CREATE INDEX recovery_write_off ON public.recovery USING btree (tenant_id, write_off_id, item_id);
CREATE UNIQUE INDEX recovery_item ON public.recovery USING btree (tenant_id, recovery_item_id);
CREATE TRIGGER recovery_kept BEFORE DELETE OR UPDATE ON public.recovery FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER recovery_not_truncated BEFORE TRUNCATE ON public.recovery FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table recovery_undo (
  tenant_id uuid not null,
  id uuid not null,
  recovery_id uuid not null,
  amount_minor bigint not null,
  functional_minor bigint not null,
  undone_on date not null,
  recorded_at timestamp with time zone not null,
  constraint recovery_undo_amount_minor_check CHECK ((amount_minor > 0)),
  constraint recovery_undo_functional_minor_check CHECK ((functional_minor >= 0)),
  constraint recovery_undo_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint recovery_undo_tenant_id_recovery_id_fkey FOREIGN KEY (tenant_id, recovery_id) REFERENCES recovery(tenant_id, id),
  constraint recovery_undo_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX recovery_undo_recovery ON public.recovery_undo USING btree (tenant_id, recovery_id);
CREATE TRIGGER recovery_undo_kept BEFORE DELETE OR UPDATE ON public.recovery_undo FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER recovery_undo_not_truncated BEFORE TRUNCATE ON public.recovery_undo FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table recurring_invoice (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  company_id uuid not null,
  customer_id uuid not null,
  body jsonb not null,
  unit text not null,
  every smallint not null,
  anchor_day smallint,
  starts_on date not null,
  ends_on date,
  timing text not null,
  prorates boolean not null,
  price_steps jsonb not null,
  yearly_percent numeric,
  mode text not null,
  stops_when_unpaid boolean not null,
  paused_on date,
  version integer not null default 1,
  created_by text not null,
  created_at timestamp with time zone not null,
  constraint recurring_invoice_anchor CHECK (((anchor_day IS NULL) = (unit = 'week'::text))),
  constraint recurring_invoice_anchor_day_check CHECK (((anchor_day >= 1) AND (anchor_day <= 31))),
  constraint recurring_invoice_dates CHECK (((ends_on IS NULL) OR (ends_on >= starts_on))),
  constraint recurring_invoice_every_check CHECK (((every >= 1) AND (every <= 60))),
  constraint recurring_invoice_mode_check CHECK ((mode = ANY (ARRAY['draft'::text, 'issue'::text]))),
  constraint recurring_invoice_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint recurring_invoice_timing_check CHECK ((timing = ANY (ARRAY['advance'::text, 'arrears'::text]))),
  constraint recurring_invoice_unit_check CHECK ((unit = ANY (ARRAY['week'::text, 'month'::text, 'year'::text]))),
  constraint recurring_invoice_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint recurring_invoice_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint recurring_invoice_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint recurring_invoice_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX recurring_invoice_newest ON public.recurring_invoice USING btree (tenant_id, created_at DESC, id DESC);
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table recurring_period (
  tenant_id uuid not null,
  recurring_id uuid not null,
  period_from date not null,
  period_to date not null,
  draft_id uuid not null,
  recorded_at timestamp with time zone not null,
  constraint recurring_period_days CHECK ((period_to >= period_from)),
  constraint recurring_period_tenant_id_draft_id_fkey FOREIGN KEY (tenant_id, draft_id) REFERENCES invoice_draft(tenant_id, id),
  constraint recurring_period_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint recurring_period_tenant_id_recurring_id_fkey FOREIGN KEY (tenant_id, recurring_id) REFERENCES recurring_invoice(tenant_id, id),
  constraint recurring_period_pkey PRIMARY KEY (tenant_id, recurring_id, period_from)
);
CREATE TRIGGER recurring_period_kept BEFORE DELETE OR UPDATE ON public.recurring_period FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER recurring_period_not_truncated BEFORE TRUNCATE ON public.recurring_period FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table reference_rate (
  tenant_id uuid not null,
  id uuid not null,
  code text not null,
  valid_from date not null,
  percent numeric(12,6) not null,
  source text not null,
  recorded_by text not null,
  recorded_at timestamp with time zone not null,
  constraint reference_rate_code_check CHECK ((code ~ '^[a-z][a-z0-9-]{1,29}$'::text)),
  constraint reference_rate_source_check CHECK (((length(source) >= 1) AND (length(source) <= 200))),
  constraint reference_rate_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint reference_rate_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX reference_rate_code ON public.reference_rate USING btree (tenant_id, code, valid_from, recorded_at);
CREATE TRIGGER reference_rate_kept BEFORE DELETE OR UPDATE ON public.reference_rate FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER reference_rate_not_truncated BEFORE TRUNCATE ON public.reference_rate FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table refund (
  tenant_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  customer_id uuid not null,
  currency character(3) not null,
  amount_minor bigint not null,
  bank_account_id uuid not null,
  account text not null,
  reason text not null,
  account_since date not null,
  payable_from date not null,
  granted_by text not null,
  granted_on date not null,
  recorded_at timestamp with time zone not null,
  constraint refund_amount_minor_check CHECK ((amount_minor > 0)),
  constraint refund_check CHECK ((payable_from >= account_since)),
  constraint refund_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 500))),
  constraint refund_tenant_id_bank_account_id_fkey FOREIGN KEY (tenant_id, bank_account_id) REFERENCES customer_bank_account(tenant_id, id),
  constraint refund_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint refund_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint refund_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint refund_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX refund_customer ON public.refund USING btree (tenant_id, customer_id, company_id);
CREATE INDEX refund_newest ON public.refund USING btree (tenant_id, recorded_at DESC, id DESC);
CREATE TRIGGER refund_kept BEFORE DELETE OR UPDATE ON public.refund FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER refund_not_truncated BEFORE TRUNCATE ON public.refund FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table refund_end (
  tenant_id uuid not null,
  refund_id uuid not null,
  file_id uuid,
  payment_id uuid,
  withdrawn_reason text,
  ended_by text not null,
  recorded_at timestamp with time zone not null,
  constraint refund_end_one CHECK (((num_nulls(payment_id, withdrawn_reason) = 1) AND ((file_id IS NULL) OR (payment_id IS NOT NULL)))),
  constraint refund_end_withdrawn_reason_check CHECK (((length(withdrawn_reason) >= 1) AND (length(withdrawn_reason) <= 500))),
  constraint refund_end_tenant_id_file_id_fkey FOREIGN KEY (tenant_id, file_id) REFERENCES refund_file(tenant_id, id),
  constraint refund_end_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint refund_end_tenant_id_payment_id_fkey FOREIGN KEY (tenant_id, payment_id) REFERENCES payment(tenant_id, id),
  constraint refund_end_tenant_id_refund_id_fkey FOREIGN KEY (tenant_id, refund_id) REFERENCES refund(tenant_id, id),
  constraint refund_end_pkey PRIMARY KEY (tenant_id, refund_id)
);
CREATE INDEX refund_end_file ON public.refund_end USING btree (tenant_id, file_id) WHERE (file_id IS NOT NULL);
CREATE UNIQUE INDEX refund_end_payment ON public.refund_end USING btree (tenant_id, payment_id) WHERE (payment_id IS NOT NULL);
CREATE TRIGGER refund_end_kept BEFORE DELETE OR UPDATE ON public.refund_end FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER refund_end_not_truncated BEFORE TRUNCATE ON public.refund_end FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table refund_file (
  tenant_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  bank_account_id uuid not null,
  message_id text not null,
  currency character(3) not null,
  total_minor bigint not null,
  refunds integer not null,
  content text not null,
  sha256 bytea not null,
  ordered_on date not null,
  exported_by text not null,
  recorded_at timestamp with time zone not null,
  constraint refund_file_message_id_check CHECK ((message_id ~ '^[A-Za-z0-9-]{1,35}$'::text)),
  constraint refund_file_refunds_check CHECK ((refunds > 0)),
  constraint refund_file_sha256_check CHECK ((length(sha256) = 32)),
  constraint refund_file_total_minor_check CHECK ((total_minor > 0)),
  constraint refund_file_tenant_id_bank_account_id_fkey FOREIGN KEY (tenant_id, bank_account_id) REFERENCES bank_account(tenant_id, id),
  constraint refund_file_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint refund_file_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint refund_file_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX refund_file_newest ON public.refund_file USING btree (tenant_id, recorded_at DESC);
CREATE TRIGGER refund_file_kept BEFORE DELETE OR UPDATE ON public.refund_file FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER refund_file_not_truncated BEFORE TRUNCATE ON public.refund_file FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table refund_setting (
  tenant_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  waiting_days integer not null,
  recorded_by text not null,
  recorded_at timestamp with time zone not null,
  constraint refund_setting_waiting_days_check CHECK (((waiting_days >= 0) AND (waiting_days <= 90))),
  constraint refund_setting_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint refund_setting_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint refund_setting_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX refund_setting_company ON public.refund_setting USING btree (tenant_id, company_id, recorded_at);
CREATE TRIGGER refund_setting_kept BEFORE DELETE OR UPDATE ON public.refund_setting FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER refund_setting_not_truncated BEFORE TRUNCATE ON public.refund_setting FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table refund_shortening (
  tenant_id uuid not null,
  refund_id uuid not null,
  reason text not null,
  shortened_by text not null,
  recorded_at timestamp with time zone not null,
  constraint refund_shortening_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 500))),
  constraint refund_shortening_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint refund_shortening_tenant_id_refund_id_fkey FOREIGN KEY (tenant_id, refund_id) REFERENCES refund(tenant_id, id),
  constraint refund_shortening_pkey PRIMARY KEY (tenant_id, refund_id)
);
CREATE TRIGGER refund_shortening_kept BEFORE DELETE OR UPDATE ON public.refund_shortening FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER refund_shortening_not_truncated BEFORE TRUNCATE ON public.refund_shortening FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table reminder_item (
  tenant_id uuid not null,
  item_id uuid not null,
  policy_id uuid not null,
  step smallint not null,
  message_id uuid not null,
  customer_id uuid not null,
  run_on date not null,
  recorded_at timestamp with time zone not null,
  offset_days integer not null,
  phase text not null,
  open_minor bigint,
  constraint reminder_item_tenant_id_item_id_fkey FOREIGN KEY (tenant_id, item_id) REFERENCES open_item(tenant_id, id),
  constraint reminder_item_tenant_id_message_id_fkey FOREIGN KEY (tenant_id, message_id) REFERENCES message(tenant_id, id),
  constraint reminder_item_tenant_id_policy_id_step_fkey FOREIGN KEY (tenant_id, policy_id, step) REFERENCES policy_step(tenant_id, policy_id, step),
  constraint reminder_item_pkey PRIMARY KEY (tenant_id, item_id, offset_days)
);
CREATE INDEX reminder_item_message ON public.reminder_item USING btree (tenant_id, message_id);
CREATE INDEX reminder_item_offset ON public.reminder_item USING btree (tenant_id, offset_days, item_id);
CREATE TRIGGER reminder_item_before AFTER DELETE ON public.reminder_item FOR EACH ROW EXECUTE FUNCTION keep_row_before('customer_id', 'item_id', 'offset_days');
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table reminder_left_out (
  tenant_id uuid not null,
  message_id uuid not null,
  item_id uuid not null,
  policy_id uuid not null,
  step smallint not null,
  offset_days integer not null,
  phase text not null,
  open_minor bigint not null,
  reason text not null,
  run_on date not null,
  recorded_at timestamp with time zone not null,
  constraint reminder_left_out_reason_check CHECK ((reason ~ '^[a-z][a-z_]{1,39}$'::text)),
  constraint reminder_left_out_tenant_id_item_id_fkey FOREIGN KEY (tenant_id, item_id) REFERENCES open_item(tenant_id, id),
  constraint reminder_left_out_tenant_id_message_id_fkey FOREIGN KEY (tenant_id, message_id) REFERENCES message(tenant_id, id),
  constraint reminder_left_out_tenant_id_policy_id_step_fkey FOREIGN KEY (tenant_id, policy_id, step) REFERENCES policy_step(tenant_id, policy_id, step),
  constraint reminder_left_out_pkey PRIMARY KEY (tenant_id, message_id, item_id)
);
CREATE INDEX reminder_left_out_item ON public.reminder_left_out USING btree (tenant_id, item_id);
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table reminder_run (
  tenant_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  run_on date not null,
  started_by text not null,
  started_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  messages integer not null default 0,
  items integer not null default 0,
  left_out integer not null default 0,
  without_email integer not null default 0,
  approved boolean not null default false,
  for_person integer not null default 0,
  set_id uuid,
  stopped_for text,
  looked_at boolean not null default false,
  changed integer not null default 0,
  appeared integer not null default 0,
  constraint reminder_run_appeared_check CHECK ((appeared >= 0)),
  constraint reminder_run_changed_check CHECK ((changed >= 0)),
  constraint reminder_run_stopped CHECK (((stopped_for IS NULL) OR (approved AND (finished_at IS NOT NULL)))),
  constraint reminder_run_stopped_for_check CHECK ((stopped_for = 'policies_replaced'::text)),
  constraint reminder_run_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint reminder_run_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint reminder_run_tenant_id_set_id_fkey FOREIGN KEY (tenant_id, set_id) REFERENCES policy_set(tenant_id, id),
  constraint reminder_run_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX reminder_run_newest ON public.reminder_run USING btree (tenant_id, started_at DESC, id DESC);
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table reminder_run_line (
  tenant_id uuid not null,
  run_id uuid not null,
  customer_id uuid not null,
  line text not null,
  constraint reminder_run_line_line_check CHECK (((length(line) >= 2) AND (length(line) <= 1000000))),
  constraint reminder_run_line_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint reminder_run_line_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint reminder_run_line_tenant_id_run_id_fkey FOREIGN KEY (tenant_id, run_id) REFERENCES reminder_run(tenant_id, id),
  constraint reminder_run_line_pkey PRIMARY KEY (tenant_id, run_id, customer_id)
);
CREATE TRIGGER reminder_run_line_kept BEFORE DELETE OR UPDATE ON public.reminder_run_line FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER reminder_run_line_not_truncated BEFORE TRUNCATE ON public.reminder_run_line FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table reminder_skip (
  tenant_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  customer_id uuid not null,
  item_id uuid,
  from_on date not null,
  until_on date not null,
  reason text not null,
  skipped_by text not null,
  recorded_at timestamp with time zone not null,
  constraint reminder_skip_days CHECK (((until_on >= from_on) AND (until_on <= (from_on + 92)))),
  constraint reminder_skip_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 300))),
  constraint reminder_skip_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint reminder_skip_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint reminder_skip_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint reminder_skip_tenant_id_item_id_fkey FOREIGN KEY (tenant_id, item_id) REFERENCES open_item(tenant_id, id),
  constraint reminder_skip_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX reminder_skip_customer ON public.reminder_skip USING btree (tenant_id, customer_id, until_on);
CREATE INDEX reminder_skip_newest ON public.reminder_skip USING btree (tenant_id, recorded_at DESC, id DESC);
CREATE TRIGGER reminder_skip_kept BEFORE DELETE OR UPDATE ON public.reminder_skip FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER reminder_skip_not_truncated BEFORE TRUNCATE ON public.reminder_skip FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table reminder_skip_end (
  tenant_id uuid not null,
  skip_id uuid not null,
  ended_by text not null,
  recorded_at timestamp with time zone not null,
  constraint reminder_skip_end_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint reminder_skip_end_tenant_id_skip_id_fkey FOREIGN KEY (tenant_id, skip_id) REFERENCES reminder_skip(tenant_id, id),
  constraint reminder_skip_end_pkey PRIMARY KEY (tenant_id, skip_id)
);
CREATE TRIGGER reminder_skip_end_kept BEFORE DELETE OR UPDATE ON public.reminder_skip_end FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER reminder_skip_end_not_truncated BEFORE TRUNCATE ON public.reminder_skip_end FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table remittance (
  tenant_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  origin text not null,
  file_name text,
  sha256 text not null,
  source jsonb,
  received_on date not null,
  recorded_by text not null,
  recorded_at timestamp with time zone not null,
  original bytea,
  constraint remittance_file_name_check CHECK (((length(file_name) >= 1) AND (length(file_name) <= 255))),
  constraint remittance_origin_check CHECK ((origin = ANY (ARRAY['upload'::text, 'typed'::text, 'mail'::text, 'bank'::text]))),
  constraint remittance_original_check CHECK (((length(original) >= 1) AND (length(original) <= 5242880))),
  constraint remittance_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text)),
  constraint remittance_source CHECK (((origin = 'typed'::text) = (source IS NULL))),
  constraint remittance_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint remittance_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint remittance_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX remittance_newest ON public.remittance USING btree (tenant_id, received_on DESC, id DESC);
CREATE UNIQUE INDEX remittance_content ON public.remittance USING btree (tenant_id, company_id, sha256);
CREATE TRIGGER remittance_kept BEFORE DELETE OR UPDATE ON public.remittance FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER remittance_not_truncated BEFORE TRUNCATE ON public.remittance FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table remittance_columns (
  tenant_id uuid not null,
  id uuid not null,
  customer_id uuid,
  headings jsonb not null,
  key text not null,
  roles jsonb not null,
  decimal_mark character(1),
  version integer not null,
  chosen_by text not null,
  chosen_at timestamp with time zone not null,
  ended_by text,
  ended_at timestamp with time zone,
  constraint remittance_columns_check CHECK (((ended_by IS NULL) = (ended_at IS NULL))),
  constraint remittance_columns_decimal_mark_check CHECK ((decimal_mark = ANY (ARRAY['.'::bpchar, ','::bpchar]))),
  constraint remittance_columns_headings_check CHECK ((jsonb_typeof(headings) = 'array'::text)),
  constraint remittance_columns_key_check CHECK (((length(key) >= 1) AND (length(key) <= 2000))),
  constraint remittance_columns_roles_check CHECK ((jsonb_typeof(roles) = 'object'::text)),
  constraint remittance_columns_version_check CHECK ((version >= 1)),
  constraint remittance_columns_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint remittance_columns_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint remittance_columns_pkey PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX remittance_columns_once ON public.remittance_columns USING btree (tenant_id, key, customer_id) NULLS NOT DISTINCT WHERE (ended_at IS NULL);
CREATE TRIGGER remittance_columns_kept BEFORE UPDATE ON public.remittance_columns FOR EACH ROW EXECUTE FUNCTION ended_once('{ended_by,ended_at}');
CREATE TRIGGER remittance_columns_not_deleted BEFORE DELETE ON public.remittance_columns FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER remittance_columns_not_truncated BEFORE TRUNCATE ON public.remittance_columns FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table remittance_join (
  tenant_id uuid not null,
  id uuid not null,
  remittance_id uuid not null,
  payment_id uuid not null,
  rule text not null,
  joined_by text not null,
  joined_at timestamp with time zone not null,
  parted_by text,
  parted_at timestamp with time zone,
  constraint remittance_join_parted CHECK ((num_nulls(parted_by, parted_at) = ANY (ARRAY[0, 2]))),
  constraint remittance_join_rule_check CHECK ((rule = ANY (ARRAY['person'::text, 'payment_reference'::text, 'payer_amount_date'::text, 'bank_line'::text]))),
  constraint remittance_join_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint remittance_join_tenant_id_payment_id_fkey FOREIGN KEY (tenant_id, payment_id) REFERENCES payment(tenant_id, id),
  constraint remittance_join_tenant_id_remittance_id_fkey FOREIGN KEY (tenant_id, remittance_id) REFERENCES remittance(tenant_id, id),
  constraint remittance_join_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX remittance_join_known ON public.remittance_join USING btree (tenant_id, remittance_id, payment_id);
CREATE UNIQUE INDEX remittance_join_once ON public.remittance_join USING btree (tenant_id, remittance_id) WHERE (parted_at IS NULL);
CREATE UNIQUE INDEX remittance_join_payment ON public.remittance_join USING btree (tenant_id, payment_id) WHERE (parted_at IS NULL);
CREATE TRIGGER remittance_join_kept BEFORE UPDATE ON public.remittance_join FOR EACH ROW EXECUTE FUNCTION remittance_join_kept();
CREATE TRIGGER remittance_join_not_deleted BEFORE DELETE ON public.remittance_join FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER remittance_join_not_truncated BEFORE TRUNCATE ON public.remittance_join FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table remittance_line (
  tenant_id uuid not null,
  reading_id uuid not null,
  position integer not null,
  document text not null,
  document_key text default match_key(document),
  amount_minor bigint not null,
  discount_minor bigint not null,
  deduction_minor bigint not null,
  reason text,
  claim_number text,
  claim_code text,
  place jsonb,
  constraint remittance_line_claim_code_check CHECK (((length(claim_code) >= 1) AND (length(claim_code) <= 50))),
  constraint remittance_line_claim_number_check CHECK (((length(claim_number) >= 1) AND (length(claim_number) <= 100))),
  constraint remittance_line_deduction_minor_check CHECK ((deduction_minor >= 0)),
  constraint remittance_line_discount_minor_check CHECK ((discount_minor >= 0)),
  constraint remittance_line_document_check CHECK (((length(document) >= 1) AND (length(document) <= 140))),
  constraint remittance_line_position_check CHECK (("position" >= 1)),
  constraint remittance_line_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 500))),
  constraint remittance_line_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint remittance_line_tenant_id_reading_id_fkey FOREIGN KEY (tenant_id, reading_id) REFERENCES remittance_reading(tenant_id, id),
  constraint remittance_line_pkey PRIMARY KEY (tenant_id, reading_id, "position")
);
CREATE TRIGGER remittance_line_kept BEFORE DELETE OR UPDATE ON public.remittance_line FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER remittance_line_not_truncated BEFORE TRUNCATE ON public.remittance_line FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table remittance_mail (
  tenant_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  sha256 text not null,
  identifier text,
  sender text not null,
  subject text not null,
  hint_customer_id uuid,
  raw bytea not null,
  received_on date not null,
  recorded_by text not null,
  recorded_at timestamp with time zone not null,
  constraint remittance_mail_identifier_check CHECK (((length(identifier) >= 1) AND (length(identifier) <= 500))),
  constraint remittance_mail_sender_check CHECK ((length(sender) <= 320)),
  constraint remittance_mail_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text)),
  constraint remittance_mail_subject_check CHECK ((length(subject) <= 500)),
  constraint remittance_mail_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint remittance_mail_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint remittance_mail_tenant_id_hint_customer_id_fkey FOREIGN KEY (tenant_id, hint_customer_id) REFERENCES customer(tenant_id, id),
  constraint remittance_mail_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX remittance_mail_newest ON public.remittance_mail USING btree (tenant_id, received_on DESC, id DESC);
CREATE UNIQUE INDEX remittance_mail_content ON public.remittance_mail USING btree (tenant_id, company_id, sha256);
CREATE UNIQUE INDEX remittance_mail_identifier ON public.remittance_mail USING btree (tenant_id, company_id, identifier) WHERE (identifier IS NOT NULL);
CREATE TRIGGER remittance_mail_kept BEFORE DELETE OR UPDATE ON public.remittance_mail FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER remittance_mail_not_truncated BEFORE TRUNCATE ON public.remittance_mail FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table remittance_mail_part (
  tenant_id uuid not null,
  mail_id uuid not null,
  position integer not null,
  name text not null,
  remittance_id uuid,
  code text,
  constraint remittance_mail_part_code_check CHECK (((length(code) >= 1) AND (length(code) <= 100))),
  constraint remittance_mail_part_name_check CHECK (((length(name) >= 1) AND (length(name) <= 255))),
  constraint remittance_mail_part_outcome CHECK ((num_nonnulls(remittance_id, code) >= 1)),
  constraint remittance_mail_part_position_check CHECK (("position" >= 1)),
  constraint remittance_mail_part_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint remittance_mail_part_tenant_id_mail_id_fkey FOREIGN KEY (tenant_id, mail_id) REFERENCES remittance_mail(tenant_id, id),
  constraint remittance_mail_part_tenant_id_remittance_id_fkey FOREIGN KEY (tenant_id, remittance_id) REFERENCES remittance(tenant_id, id),
  constraint remittance_mail_part_pkey PRIMARY KEY (tenant_id, mail_id, "position")
);
CREATE INDEX remittance_mail_part_remittance ON public.remittance_mail_part USING btree (tenant_id, remittance_id) WHERE (remittance_id IS NOT NULL);
CREATE TRIGGER remittance_mail_part_kept BEFORE DELETE OR UPDATE ON public.remittance_mail_part FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER remittance_mail_part_not_truncated BEFORE TRUNCATE ON public.remittance_mail_part FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table remittance_mailbox (
  tenant_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  address text not null,
  token text not null,
  opened_by text not null,
  opened_at timestamp with time zone not null,
  closed_by text,
  closed_at timestamp with time zone,
  constraint remittance_mailbox_address_check CHECK (((length(address) >= 3) AND (length(address) <= 254))),
  constraint remittance_mailbox_check CHECK (((closed_by IS NULL) = (closed_at IS NULL))),
  constraint remittance_mailbox_token_check CHECK ((length(token) = 26)),
  constraint remittance_mailbox_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint remittance_mailbox_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint remittance_mailbox_pkey PRIMARY KEY (tenant_id, id),
  constraint remittance_mailbox_tenant_id_token_key UNIQUE (tenant_id, token)
);
CREATE UNIQUE INDEX remittance_mailbox_once ON public.remittance_mailbox USING btree (tenant_id, company_id) WHERE (closed_at IS NULL);
CREATE TRIGGER remittance_mailbox_kept BEFORE UPDATE ON public.remittance_mailbox FOR EACH ROW EXECUTE FUNCTION ended_once('{closed_by,closed_at}');
CREATE TRIGGER remittance_mailbox_not_deleted BEFORE DELETE ON public.remittance_mailbox FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER remittance_mailbox_not_truncated BEFORE TRUNCATE ON public.remittance_mailbox FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table remittance_reading (
  tenant_id uuid not null,
  id uuid not null,
  remittance_id uuid not null,
  revision integer not null,
  customer_id uuid,
  payer_name text,
  currency character(3) not null,
  total_minor bigint not null,
  total_stated boolean not null,
  paid_on date,
  payment_reference text,
  payment_reference_key text default match_key(payment_reference),
  recorded_by text not null,
  recorded_at timestamp with time zone not null,
  constraint remittance_reading_payer_name_check CHECK (((length(payer_name) >= 1) AND (length(payer_name) <= 200))),
  constraint remittance_reading_payment_reference_check CHECK (((length(payment_reference) >= 1) AND (length(payment_reference) <= 140))),
  constraint remittance_reading_revision_check CHECK ((revision >= 1)),
  constraint remittance_reading_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint remittance_reading_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint remittance_reading_tenant_id_remittance_id_fkey FOREIGN KEY (tenant_id, remittance_id) REFERENCES remittance(tenant_id, id),
  constraint remittance_reading_pkey PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX remittance_reading_revision ON public.remittance_reading USING btree (tenant_id, remittance_id, revision);
CREATE TRIGGER remittance_reading_kept BEFORE DELETE OR UPDATE ON public.remittance_reading FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER remittance_reading_not_truncated BEFORE TRUNCATE ON public.remittance_reading FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table return_fee_rule (
  tenant_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  currency character(3) not null,
  amount_minor bigint not null,
  valid_from date not null,
  recorded_by text not null,
  recorded_at timestamp with time zone not null,
  constraint return_fee_rule_amount_minor_check CHECK ((amount_minor >= 0)),
  constraint return_fee_rule_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint return_fee_rule_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint return_fee_rule_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX return_fee_rule_latest ON public.return_fee_rule USING btree (tenant_id, company_id, currency, valid_from DESC, recorded_at DESC);
CREATE TRIGGER return_fee_rule_kept BEFORE DELETE OR UPDATE ON public.return_fee_rule FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER return_fee_rule_not_truncated BEFORE TRUNCATE ON public.return_fee_rule FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table return_follow_up (
  tenant_id uuid not null,
  payment_id uuid not null,
  note text not null,
  done_by text not null,
  recorded_at timestamp with time zone not null,
  constraint return_follow_up_note_check CHECK (((length(note) >= 1) AND (length(note) <= 500))),
  constraint return_follow_up_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint return_follow_up_tenant_id_payment_id_fkey FOREIGN KEY (tenant_id, payment_id) REFERENCES payment_return(tenant_id, payment_id),
  constraint return_follow_up_pkey PRIMARY KEY (tenant_id, payment_id)
);
CREATE TRIGGER return_follow_up_kept BEFORE DELETE OR UPDATE ON public.return_follow_up FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER return_follow_up_not_truncated BEFORE TRUNCATE ON public.return_follow_up FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table return_notice (
  tenant_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  origin text not null,
  kind text not null,
  identity bytea not null,
  statement_line_id uuid,
  currency character(3) not null,
  amount_minor bigint not null,
  fee_minor bigint not null,
  returned_on date not null,
  code text,
  end_to_end_id text,
  original_references jsonb not null,
  payer_name text,
  payer_account text,
  said text not null,
  file_name text,
  recorded_by text not null,
  recorded_at timestamp with time zone not null,
  whose text,
  constraint return_notice_amount_minor_check CHECK ((amount_minor > 0)),
  constraint return_notice_code_check CHECK ((code ~ '^[A-Z0-9]{2,8}$'::text)),
  constraint return_notice_end_to_end_id_check CHECK (((length(end_to_end_id) >= 1) AND (length(end_to_end_id) <= 100))),
  constraint return_notice_fee_minor_check CHECK ((fee_minor >= 0)),
  constraint return_notice_identity_check CHECK ((length(identity) = 32)),
  constraint return_notice_kind_check CHECK ((kind = ANY (ARRAY['return'::text, 'dishonoured'::text, 'contested'::text]))),
  constraint return_notice_line CHECK (((origin = 'bank_line'::text) = (statement_line_id IS NOT NULL))),
  constraint return_notice_origin_check CHECK ((origin = ANY (ARRAY['bank_line'::text, 'ach'::text]))),
  constraint return_notice_original_references_check CHECK ((jsonb_typeof(original_references) = 'array'::text)),
  constraint return_notice_payer_account_check CHECK (((length(payer_account) >= 1) AND (length(payer_account) <= 64))),
  constraint return_notice_payer_name_check CHECK (((length(payer_name) >= 1) AND (length(payer_name) <= 200))),
  constraint return_notice_said_check CHECK ((length(said) <= 4000)),
  constraint return_notice_whose CHECK (((origin = 'ach'::text) OR (whose = 'payer'::text))),
  constraint return_notice_whose_check CHECK ((whose = ANY (ARRAY['payer'::text, 'ours'::text]))),
  constraint return_notice_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint return_notice_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint return_notice_tenant_id_statement_line_id_fkey FOREIGN KEY (tenant_id, statement_line_id) REFERENCES statement_line(tenant_id, id),
  constraint return_notice_pkey PRIMARY KEY (tenant_id, id),
  constraint return_notice_once UNIQUE (tenant_id, identity)
);
CREATE INDEX return_notice_line_of ON public.return_notice USING btree (tenant_id, statement_line_id);
CREATE INDEX return_notice_newest ON public.return_notice USING btree (tenant_id, returned_on DESC, id DESC);
CREATE TRIGGER return_notice_kept BEFORE DELETE OR UPDATE ON public.return_notice FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER return_notice_not_truncated BEFORE TRUNCATE ON public.return_notice FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table return_outcome (
  tenant_id uuid not null,
  notice_id uuid not null,
  kind text not null,
  payment_id uuid,
  rule text not null,
  evidence jsonb not null,
  note text,
  decided_by text not null,
  recorded_at timestamp with time zone not null,
  constraint return_outcome_kind_check CHECK ((kind = ANY (ARRAY['booked'::text, 'known'::text, 'set_aside'::text]))),
  constraint return_outcome_note_check CHECK (((length(note) >= 1) AND (length(note) <= 500))),
  constraint return_outcome_payment CHECK (((kind = 'set_aside'::text) = (payment_id IS NULL))),
  constraint return_outcome_rule_check CHECK ((rule = ANY (ARRAY['reference'::text, 'account'::text, 'person'::text]))),
  constraint return_outcome_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint return_outcome_tenant_id_notice_id_fkey FOREIGN KEY (tenant_id, notice_id) REFERENCES return_notice(tenant_id, id),
  constraint return_outcome_tenant_id_payment_id_fkey FOREIGN KEY (tenant_id, payment_id) REFERENCES payment(tenant_id, id),
  constraint return_outcome_pkey PRIMARY KEY (tenant_id, notice_id)
);
CREATE INDEX return_outcome_payment_of ON public.return_outcome USING btree (tenant_id, payment_id);
CREATE UNIQUE INDEX return_outcome_booked_once ON public.return_outcome USING btree (tenant_id, payment_id) WHERE (kind = 'booked'::text);
CREATE TRIGGER return_outcome_kept BEFORE DELETE OR UPDATE ON public.return_outcome FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER return_outcome_not_truncated BEFORE TRUNCATE ON public.return_outcome FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table risk_class (
  tenant_id uuid not null,
  id uuid not null,
  customer_id uuid not null,
  class text,
  note text not null,
  stated_by text not null,
  recorded_at timestamp with time zone not null,
  constraint risk_class_class_check CHECK ((class = ANY (ARRAY['low'::text, 'medium'::text, 'high'::text]))),
  constraint risk_class_note_check CHECK ((length(note) <= 500)),
  constraint risk_class_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint risk_class_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint risk_class_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX risk_class_customer ON public.risk_class USING btree (tenant_id, customer_id, recorded_at DESC, id DESC);
CREATE TRIGGER risk_class_kept BEFORE DELETE OR UPDATE ON public.risk_class FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER risk_class_not_truncated BEFORE TRUNCATE ON public.risk_class FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table row_before (
  tenant_id uuid not null,
  id bigint not null,
  table_name text not null,
  row_key text not null,
  customer_id uuid,
  ended_at timestamp with time zone not null,
  was jsonb,
  constraint row_before_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint row_before_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX row_before_customer ON public.row_before USING btree (tenant_id, table_name, customer_id) WHERE (customer_id IS NOT NULL);
CREATE INDEX row_before_key ON public.row_before USING btree (tenant_id, table_name, row_key, id) INCLUDE (ended_at);
CREATE TRIGGER row_before_kept BEFORE UPDATE ON public.row_before FOR EACH ROW EXECUTE FUNCTION row_before_kept();
CREATE TRIGGER row_before_not_deleted BEFORE DELETE ON public.row_before FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER row_before_not_truncated BEFORE TRUNCATE ON public.row_before FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table row_before_begin (
  tenant_id uuid not null,
  begins_at timestamp with time zone not null,
  constraint row_before_begin_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint row_before_begin_pkey PRIMARY KEY (tenant_id)
);
CREATE TRIGGER row_before_begin_kept BEFORE UPDATE ON public.row_before_begin FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER row_before_begin_not_deleted BEFORE DELETE ON public.row_before_begin FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER row_before_begin_not_truncated BEFORE TRUNCATE ON public.row_before_begin FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table shadow_day (
  tenant_id uuid not null,
  set_id uuid not null,
  company_id uuid not null,
  on_day date not null,
  summary jsonb not null,
  recorded_at timestamp with time zone not null,
  revision integer not null,
  constraint shadow_day_revision_check CHECK ((revision >= 0)),
  constraint shadow_day_summary_check CHECK ((jsonb_typeof(summary) = 'object'::text)),
  constraint shadow_day_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint shadow_day_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint shadow_day_tenant_id_set_id_fkey FOREIGN KEY (tenant_id, set_id) REFERENCES policy_set(tenant_id, id) ON DELETE CASCADE,
  constraint shadow_day_pkey PRIMARY KEY (tenant_id, set_id, company_id, on_day, revision)
);
CREATE TRIGGER shadow_day_kept BEFORE UPDATE ON public.shadow_day FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER shadow_day_not_truncated BEFORE TRUNCATE ON public.shadow_day FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table signing_certificate (
  tenant_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  certificate bytea not null,
  chain bytea not null,
  sealed_key bytea not null,
  subject text not null,
  issuer text not null,
  serial_number text not null,
  valid_from timestamp with time zone not null,
  valid_until timestamp with time zone not null,
  signs_invoices boolean not null,
  kept_by text not null,
  kept_at timestamp with time zone not null,
  removed_by text,
  removed_at timestamp with time zone,
  constraint signing_certificate_certificate_check CHECK (((length(certificate) >= 1) AND (length(certificate) <= 65536))),
  constraint signing_certificate_chain_check CHECK ((length(chain) <= 786432)),
  constraint signing_certificate_check CHECK ((valid_until > valid_from)),
  constraint signing_certificate_check1 CHECK (((removed_by IS NULL) = (removed_at IS NULL))),
  constraint signing_certificate_issuer_check CHECK (((length(issuer) >= 1) AND (length(issuer) <= 2000))),
  constraint signing_certificate_serial_number_check CHECK (((length(serial_number) >= 1) AND (length(serial_number) <= 100))),
  constraint signing_certificate_subject_check CHECK (((length(subject) >= 1) AND (length(subject) <= 2000))),
  constraint signing_certificate_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint signing_certificate_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint signing_certificate_pkey PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX signing_certificate_once ON public.signing_certificate USING btree (tenant_id, company_id) WHERE (removed_at IS NULL);
CREATE TRIGGER signing_certificate_kept BEFORE UPDATE ON public.signing_certificate FOR EACH ROW EXECUTE FUNCTION signing_certificate_kept();
CREATE TRIGGER signing_certificate_not_deleted BEFORE DELETE ON public.signing_certificate FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER signing_certificate_not_truncated BEFORE TRUNCATE ON public.signing_certificate FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table soft_phone (
  tenant_id uuid not null,
  id uuid not null,
  template text not null,
  stated_by text not null,
  recorded_at timestamp with time zone not null,
  constraint soft_phone_template_check CHECK ((((length(template) >= 1) AND (length(template) <= 300)) AND (POSITION(('{number}'::text) IN (template)) > 0))),
  constraint soft_phone_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint soft_phone_pkey PRIMARY KEY (tenant_id, id)
);
CREATE TRIGGER soft_phone_kept BEFORE DELETE OR UPDATE ON public.soft_phone FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER soft_phone_not_truncated BEFORE TRUNCATE ON public.soft_phone FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table statement (
  tenant_id uuid not null,
  id uuid not null,
  run_id uuid,
  company_id uuid not null,
  customer_id uuid not null,
  kind text not null,
  from_on date not null,
  as_of date not null,
  state text not null,
  reason text,
  balances jsonb not null,
  fingerprint text not null,
  message_id uuid,
  made_by text not null,
  made_at timestamp with time zone not null,
  is_group boolean not null default false,
  all_companies boolean not null default false,
  constraint statement_kind_check CHECK ((kind = ANY (ARRAY['open_item'::text, 'balance_forward'::text]))),
  constraint statement_left_out_why CHECK (((state = 'left_out'::text) = (reason IS NOT NULL))),
  constraint statement_queued_as CHECK (((state = 'queued'::text) = (message_id IS NOT NULL))),
  constraint statement_state_check CHECK ((state = ANY (ARRAY['planned'::text, 'left_out'::text, 'queued'::text]))),
  constraint statement_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint statement_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint statement_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint statement_tenant_id_run_id_fkey FOREIGN KEY (tenant_id, run_id) REFERENCES statement_run(tenant_id, id),
  constraint statement_pkey PRIMARY KEY (tenant_id, id),
  constraint statement_message_once UNIQUE (tenant_id, message_id),
  constraint statement_once_in_run UNIQUE (tenant_id, run_id, customer_id)
);
CREATE INDEX statement_customer ON public.statement USING btree (tenant_id, customer_id, made_at DESC);
CREATE INDEX statement_planned ON public.statement USING btree (tenant_id, run_id, customer_id) WHERE (state = 'planned'::text);
CREATE TRIGGER statement_not_deleted BEFORE DELETE ON public.statement FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER statement_not_truncated BEFORE TRUNCATE ON public.statement FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table statement_line (
  tenant_id uuid not null,
  id uuid not null,
  statement_id uuid not null,
  bank_account_id uuid not null,
  line_no integer not null,
  identity bytea not null,
  booked_on date not null,
  value_on date not null,
  currency character(3) not null,
  amount_minor bigint not null,
  payer_name text,
  payer_account text,
  end_to_end_id text,
  bank_reference text,
  structured_reference text,
  remittance text not null default ''::text,
  returned boolean not null default false,
  details jsonb,
  recorded_at timestamp with time zone not null,
  payout_kind text,
  constraint statement_line_line_no_check CHECK ((line_no >= 1)),
  constraint statement_line_payout_kind_check CHECK ((payout_kind = ANY (ARRAY['charge'::text, 'refund'::text, 'dispute'::text, 'reversal'::text, 'fee'::text, 'payout'::text, 'carried'::text, 'other'::text]))),
  constraint statement_line_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint statement_line_tenant_id_statement_id_fkey FOREIGN KEY (tenant_id, statement_id) REFERENCES bank_statement(tenant_id, id),
  constraint statement_line_pkey PRIMARY KEY (tenant_id, id),
  constraint statement_line_tenant_id_bank_account_id_identity_key UNIQUE (tenant_id, bank_account_id, identity)
);
CREATE INDEX statement_line_day ON public.statement_line USING btree (tenant_id, bank_account_id, booked_on);
CREATE INDEX statement_line_end_to_end ON public.statement_line USING btree (tenant_id, end_to_end_id) WHERE (end_to_end_id IS NOT NULL);
CREATE INDEX statement_line_payout ON public.statement_line USING btree (tenant_id, booked_on DESC, id DESC) WHERE (payout_kind IS NOT NULL);
CREATE INDEX statement_line_statement ON public.statement_line USING btree (tenant_id, statement_id, line_no);
CREATE TRIGGER statement_line_day_open AFTER INSERT ON public.statement_line REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION bank_day_open();
CREATE TRIGGER statement_line_kept BEFORE DELETE OR UPDATE ON public.statement_line FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER statement_line_not_truncated BEFORE TRUNCATE ON public.statement_line FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table statement_preference (
  tenant_id uuid not null,
  customer_id uuid not null,
  kind text,
  email_to text,
  copies text[] not null default '{}'::text[],
  changed_by text not null,
  changed_at timestamp with time zone not null,
  channel text,
  constraint statement_preference_channel_check CHECK ((channel = ANY (ARRAY['email'::text, 'post'::text]))),
  constraint statement_preference_kind_check CHECK ((kind = ANY (ARRAY['none'::text, 'open_item'::text, 'balance_forward'::text]))),
  constraint statement_preference_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint statement_preference_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint statement_preference_pkey PRIMARY KEY (tenant_id, customer_id)
);
CREATE TRIGGER statement_preference_not_truncated BEFORE TRUNCATE ON public.statement_preference FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table statement_run (
  tenant_id uuid not null,
  id uuid not null,
  schedule_id uuid not null,
  from_on date not null,
  as_of date not null,
  state text not null,
  planned_through uuid,
  started_by text not null,
  started_at timestamp with time zone not null,
  approved_by text,
  approved_at timestamp with time zone,
  finished_at timestamp with time zone,
  constraint statement_run_check CHECK ((as_of >= from_on)),
  constraint statement_run_state_check CHECK ((state = ANY (ARRAY['planning'::text, 'waiting'::text, 'sending'::text, 'done'::text]))),
  constraint statement_run_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint statement_run_tenant_id_schedule_id_fkey FOREIGN KEY (tenant_id, schedule_id) REFERENCES statement_schedule(tenant_id, id),
  constraint statement_run_pkey PRIMARY KEY (tenant_id, id),
  constraint statement_run_once UNIQUE (tenant_id, schedule_id, as_of)
);
CREATE INDEX statement_run_newest ON public.statement_run USING btree (tenant_id, started_at DESC, id DESC);
CREATE TRIGGER statement_run_not_deleted BEFORE DELETE ON public.statement_run FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER statement_run_not_truncated BEFORE TRUNCATE ON public.statement_run FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table statement_schedule (
  tenant_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  name text not null,
  kind text not null,
  rhythm text not null,
  day smallint,
  audience text not null,
  customer_ids uuid[] not null default '{}'::uuid[],
  minimum_minor bigint not null default 0,
  skips_unchanged boolean not null,
  needs_approval boolean not null,
  starts_on date not null,
  ended_at timestamp with time zone,
  changed_by text not null,
  changed_at timestamp with time zone not null,
  paused_on date,
  groups boolean not null default false,
  all_companies boolean not null default false,
  constraint statement_schedule_audience_check CHECK ((audience = ANY (ARRAY['all'::text, 'with_balance'::text, 'with_overdue'::text, 'chosen'::text]))),
  constraint statement_schedule_day CHECK ((((rhythm = 'weekly'::text) AND ((day >= 1) AND (day <= 7))) OR ((rhythm = 'monthly'::text) AND ((day >= 1) AND (day <= 31))) OR ((rhythm = ANY (ARRAY['month_end'::text, 'quarter_end'::text])) AND (day IS NULL)))),
  constraint statement_schedule_kind_check CHECK ((kind = ANY (ARRAY['open_item'::text, 'balance_forward'::text]))),
  constraint statement_schedule_minimum_minor_check CHECK ((minimum_minor >= 0)),
  constraint statement_schedule_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
  constraint statement_schedule_rhythm_check CHECK ((rhythm = ANY (ARRAY['weekly'::text, 'monthly'::text, 'month_end'::text, 'quarter_end'::text]))),
  constraint statement_schedule_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint statement_schedule_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint statement_schedule_pkey PRIMARY KEY (tenant_id, id)
);
CREATE TRIGGER statement_schedule_not_deleted BEFORE DELETE ON public.statement_schedule FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER statement_schedule_not_truncated BEFORE TRUNCATE ON public.statement_schedule FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table statement_sent (
  tenant_id uuid not null,
  message_id uuid not null,
  statement_id uuid not null,
  figures jsonb not null,
  recorded_at timestamp with time zone not null,
  version smallint not null default 1,
  constraint statement_sent_version_check CHECK ((version >= 1)),
  constraint statement_sent_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint statement_sent_tenant_id_statement_id_fkey FOREIGN KEY (tenant_id, statement_id) REFERENCES statement(tenant_id, id),
  constraint statement_sent_pkey PRIMARY KEY (tenant_id, message_id, version)
);
CREATE TRIGGER statement_sent_kept BEFORE DELETE OR UPDATE ON public.statement_sent FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER statement_sent_not_truncated BEFORE TRUNCATE ON public.statement_sent FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table step_act (
  tenant_id uuid not null,
  id uuid not null,
  item_id uuid not null,
  customer_id uuid not null,
  policy text not null,
  step smallint not null,
  offset_days integer not null,
  phase text not null,
  way text not null,
  done_on date not null,
  done_by text not null,
  recorded_at timestamp with time zone not null,
  taken_back_by text,
  taken_back_at timestamp with time zone,
  act_id uuid,
  constraint step_act_check CHECK ((num_nulls(taken_back_by, taken_back_at) = ANY (ARRAY[0, 2]))),
  constraint step_act_way_check CHECK ((way = ANY (ARRAY['called'::text, 'visited'::text, 'written'::text, 'skipped'::text]))),
  constraint step_act_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint step_act_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint step_act_tenant_id_item_id_fkey FOREIGN KEY (tenant_id, item_id) REFERENCES open_item(tenant_id, id),
  constraint step_act_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX step_act_act ON public.step_act USING btree (tenant_id, act_id) WHERE (act_id IS NOT NULL);
CREATE INDEX step_act_customer ON public.step_act USING btree (tenant_id, customer_id, done_on DESC);
CREATE UNIQUE INDEX step_act_once ON public.step_act USING btree (tenant_id, item_id, offset_days) WHERE (taken_back_at IS NULL);
CREATE TRIGGER step_act_kept BEFORE UPDATE ON public.step_act FOR EACH ROW EXECUTE FUNCTION ended_once('{taken_back_at,taken_back_by}');
CREATE TRIGGER step_act_not_deleted BEFORE DELETE ON public.step_act FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER step_act_not_truncated BEFORE TRUNCATE ON public.step_act FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table stop_link (
  tenant_id uuid not null,
  message_id uuid not null,
  token text not null,
  made_at timestamp with time zone not null,
  constraint stop_link_token_check CHECK ((length(token) = 26)),
  constraint stop_link_tenant_id_message_id_fkey FOREIGN KEY (tenant_id, message_id) REFERENCES message(tenant_id, id),
  constraint stop_link_pkey PRIMARY KEY (tenant_id, message_id),
  constraint stop_link_tenant_id_token_key UNIQUE (tenant_id, token)
);
CREATE TRIGGER stop_link_kept BEFORE DELETE OR UPDATE ON public.stop_link FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER stop_link_not_truncated BEFORE TRUNCATE ON public.stop_link FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table suppression (
  tenant_id uuid not null,
  id uuid not null,
  address text not null,
  purpose text,
  reason text not null,
  detail text not null default ''::text,
  message_id uuid,
  added_by text not null,
  added_at timestamp with time zone not null,
  lifted_at timestamp with time zone,
  lifted_by text,
  lift_reason text,
  constraint suppression_address_check CHECK ((address = lower(address))),
  constraint suppression_check CHECK (((lifted_at IS NULL) = (lifted_by IS NULL))),
  constraint suppression_purpose_check CHECK ((purpose = ANY (ARRAY['reminder'::text, 'invoice'::text, 'statement'::text, 'charge'::text]))),
  constraint suppression_reason_check CHECK ((reason = ANY (ARRAY['hard_bounce'::text, 'complaint'::text, 'opt_out'::text, 'by_hand'::text]))),
  constraint suppression_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint suppression_tenant_id_message_id_fkey FOREIGN KEY (tenant_id, message_id) REFERENCES message(tenant_id, id),
  constraint suppression_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX suppression_newest ON public.suppression USING btree (tenant_id, added_at DESC, id DESC);
CREATE UNIQUE INDEX suppression_in_force ON public.suppression USING btree (tenant_id, address, COALESCE(purpose, ''::text)) WHERE (lifted_at IS NULL);
CREATE TRIGGER suppression_not_deleted BEFORE DELETE ON public.suppression FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER suppression_not_truncated BEFORE TRUNCATE ON public.suppression FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table task (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null,
  cause text not null,
  company_id uuid,
  customer_id uuid,
  subject_id uuid,
  title text,
  note text,
  seen jsonb not null,
  currency character(3),
  amount_minor bigint,
  is_urgent boolean not null,
  minutes smallint not null,
  due_at timestamp with time zone not null,
  escalate_at timestamp with time zone not null,
  made_by text not null,
  recorded_at timestamp with time zone not null,
  state text not null,
  assigned_to text,
  assigned_how text not null,
  snoozed_until date,
  outcome text,
  escalated_at timestamp with time zone,
  closed_at timestamp with time zone,
  change_id uuid,
  revision integer not null default 1,
  constraint task_assigned_how_check CHECK ((assigned_how = ANY (ARRAY['owner'::text, 'substitute'::text, 'skill'::text, 'person'::text, 'nobody'::text]))),
  constraint task_cause_check CHECK (((length(cause) >= 1) AND (length(cause) <= 200))),
  constraint task_check CHECK ((escalate_at >= due_at)),
  constraint task_check1 CHECK (((assigned_to IS NULL) = (assigned_how = 'nobody'::text))),
  constraint task_check2 CHECK (((state = 'open'::text) = (closed_at IS NULL))),
  constraint task_check3 CHECK (((state = 'done'::text) = (outcome IS NOT NULL))),
  constraint task_check4 CHECK (((currency IS NULL) = (amount_minor IS NULL))),
  constraint task_check5 CHECK (((kind = 'manual'::text) = (title IS NOT NULL))),
  constraint task_kind_check CHECK ((kind = ANY (ARRAY['due_today'::text, 'high_due'::text, 'broken_promise'::text, 'bounce'::text, 'step_for_person'::text, 'reply_waits'::text, 'hold_ends'::text, 'dispute_waits'::text, 'manual'::text]))),
  constraint task_minutes_check CHECK (((minutes >= 1) AND (minutes <= 600))),
  constraint task_note_check CHECK (((length(note) >= 1) AND (length(note) <= 2000))),
  constraint task_outcome_check CHECK ((outcome = ANY (ARRAY['done'::text, 'called'::text, 'visited'::text, 'written'::text, 'skipped'::text, 'superseded'::text]))),
  constraint task_revision_check CHECK ((revision >= 1)),
  constraint task_state_check CHECK ((state = ANY (ARRAY['open'::text, 'done'::text, 'gone'::text]))),
  constraint task_title_check CHECK (((length(title) >= 1) AND (length(title) <= 200))),
  constraint task_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint task_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint task_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint task_pkey PRIMARY KEY (tenant_id, id),
  constraint task_once UNIQUE (tenant_id, kind, cause)
);
CREATE INDEX task_closed ON public.task USING btree (tenant_id, closed_at DESC, id DESC) WHERE (state <> 'open'::text);
CREATE INDEX task_customer ON public.task USING btree (tenant_id, customer_id, recorded_at DESC) WHERE (customer_id IS NOT NULL);
CREATE INDEX task_open ON public.task USING btree (tenant_id, is_urgent DESC, due_at, id) WHERE (state = 'open'::text);
CREATE INDEX task_open_of ON public.task USING btree (tenant_id, assigned_to) WHERE (state = 'open'::text);
CREATE INDEX task_open_steps ON public.task USING btree (tenant_id, company_id, customer_id) WHERE ((state = 'open'::text) AND (kind = 'step_for_person'::text));
CREATE TRIGGER task_kept BEFORE UPDATE ON public.task FOR EACH ROW EXECUTE FUNCTION task_kept();
CREATE TRIGGER task_not_deleted BEFORE DELETE ON public.task FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER task_not_truncated BEFORE TRUNCATE ON public.task FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table task_call (
  tenant_id uuid not null,
  act_id uuid not null,
  call_id uuid not null,
  is_own boolean not null,
  constraint task_call_tenant_id_call_id_fkey FOREIGN KEY (tenant_id, call_id) REFERENCES call(tenant_id, id),
  constraint task_call_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint task_call_pkey PRIMARY KEY (tenant_id, act_id, call_id)
);
CREATE TRIGGER task_call_kept BEFORE DELETE OR UPDATE ON public.task_call FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER task_call_not_truncated BEFORE TRUNCATE ON public.task_call FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table task_change (
  tenant_id uuid not null,
  id uuid not null,
  act_id uuid not null,
  task_id uuid not null,
  kind text not null,
  state_before text not null,
  assigned_before text,
  how_before text not null,
  snoozed_before date,
  outcome_before text,
  note text,
  changed_by text not null,
  recorded_at timestamp with time zone not null,
  constraint task_change_kind_check CHECK ((kind = ANY (ARRAY['done'::text, 'snoozed'::text, 'assigned'::text, 'undone'::text, 'gone'::text, 'back'::text, 'escalated'::text, 'items'::text, 'routed'::text]))),
  constraint task_change_note_check CHECK (((length(note) >= 1) AND (length(note) <= 2000))),
  constraint task_change_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint task_change_tenant_id_task_id_fkey FOREIGN KEY (tenant_id, task_id) REFERENCES task(tenant_id, id),
  constraint task_change_pkey PRIMARY KEY (tenant_id, id),
  constraint task_change_one UNIQUE (tenant_id, act_id, task_id)
);
CREATE INDEX task_change_task ON public.task_change USING btree (tenant_id, task_id, recorded_at);
CREATE TRIGGER task_change_kept BEFORE DELETE OR UPDATE ON public.task_change FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER task_change_not_truncated BEFORE TRUNCATE ON public.task_change FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table task_rules (
  tenant_id uuid not null,
  id uuid not null,
  number integer not null,
  rules jsonb not null,
  stated_by text not null,
  recorded_at timestamp with time zone not null,
  constraint task_rules_number_check CHECK ((number >= 1)),
  constraint task_rules_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint task_rules_pkey PRIMARY KEY (tenant_id, id),
  constraint task_rules_number UNIQUE (tenant_id, number)
);
CREATE TRIGGER task_rules_kept BEFORE DELETE OR UPDATE ON public.task_rules FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER task_rules_not_truncated BEFORE TRUNCATE ON public.task_rules FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table task_skill (
  tenant_id uuid not null,
  id uuid not null,
  user_id text not null,
  takes boolean not null,
  languages text[] not null,
  company_ids uuid[] not null,
  policies text[] not null,
  kinds text[] not null,
  amount_from bigint,
  amount_to bigint,
  minutes_a_day integer not null,
  stated_by text not null,
  recorded_at timestamp with time zone not null,
  constraint task_skill_amount_from_check CHECK ((amount_from >= 0)),
  constraint task_skill_check CHECK ((amount_to > amount_from)),
  constraint task_skill_minutes_a_day_check CHECK (((minutes_a_day >= 10) AND (minutes_a_day <= 1440))),
  constraint task_skill_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint task_skill_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX task_skill_user ON public.task_skill USING btree (tenant_id, user_id, recorded_at DESC, id DESC);
CREATE TRIGGER task_skill_kept BEFORE DELETE OR UPDATE ON public.task_skill FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER task_skill_not_truncated BEFORE TRUNCATE ON public.task_skill FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table tax_relief (
  tenant_id uuid not null,
  id uuid not null,
  write_off_id uuid not null,
  item_id uuid not null,
  why text not null,
  currency character(3) not null,
  tax_minor bigint not null,
  functional_minor bigint not null,
  rule jsonb,
  posted_on date not null,
  recorded_by text not null,
  recorded_at timestamp with time zone not null,
  constraint tax_relief_moves CHECK (((tax_minor <> 0) OR (functional_minor <> 0))),
  constraint tax_relief_rule CHECK (((why = 'claimed'::text) = (rule IS NOT NULL))),
  constraint tax_relief_rule_check CHECK ((jsonb_typeof(rule) = 'object'::text)),
  constraint tax_relief_sign CHECK (
CASE
    WHEN (why = ANY (ARRAY['claimed'::text, 'recovery_undone'::text])) THEN ((tax_minor >= 0) AND (functional_minor >= 0))
    ELSE ((tax_minor <= 0) AND (functional_minor <= 0))
END),
  constraint tax_relief_why_check CHECK ((why = ANY (ARRAY['claimed'::text, 'undone'::text, 'recovered'::text, 'recovery_undone'::text]))),
  constraint tax_relief_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint tax_relief_tenant_id_item_id_fkey FOREIGN KEY (tenant_id, item_id) REFERENCES open_item(tenant_id, id),
  constraint tax_relief_tenant_id_write_off_id_fkey FOREIGN KEY (tenant_id, write_off_id) REFERENCES write_off(tenant_id, id),
  constraint tax_relief_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX tax_relief_write_off ON public.tax_relief USING btree (tenant_id, write_off_id, item_id);
CREATE UNIQUE INDEX tax_relief_once ON public.tax_relief USING btree (tenant_id, write_off_id, item_id) WHERE (why = 'claimed'::text);
CREATE TRIGGER tax_relief_kept BEFORE DELETE OR UPDATE ON public.tax_relief FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER tax_relief_not_truncated BEFORE TRUNCATE ON public.tax_relief FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table tenant (
  id uuid not null,
  slug text not null,
  name text not null,
  time_zone text not null default 'UTC'::text,
  created_at timestamp with time zone not null default now(),
  constraint tenant_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint tenant_slug_check CHECK ((slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'::text)),
  constraint tenant_pkey PRIMARY KEY (id),
  constraint tenant_slug_key UNIQUE (slug)
);
-- policy every_tenant for r using ((current_setting('app.every_tenant'::text, true) = 'yes'::text))
-- policy wall using (((id = ( SELECT current_tenant() AS current_tenant)) OR (id IN ( SELECT m.tenant_id
   FROM member m
  WHERE ((m.user_id = ( SELECT current_user_id() AS current_user_id)) AND (m.removed_at IS NULL)))))) with check ((id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table terms_setting (
  tenant_id uuid not null,
  company_id uuid not null,
  payment_terms_id uuid,
  discount_base text not null default 'gross'::text,
  corrects_tax boolean not null default true,
  pro_rata boolean not null default false,
  unearned text not null default 'mark'::text,
  changed_at timestamp with time zone not null,
  constraint terms_setting_discount_base_check CHECK ((discount_base = ANY (ARRAY['gross'::text, 'net'::text]))),
  constraint terms_setting_unearned_check CHECK ((unearned = ANY (ARRAY['mark'::text, 'refuse'::text]))),
  constraint terms_setting_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint terms_setting_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint terms_setting_tenant_id_payment_terms_id_fkey FOREIGN KEY (tenant_id, payment_terms_id) REFERENCES payment_terms(tenant_id, id),
  constraint terms_setting_pkey PRIMARY KEY (tenant_id, company_id)
);
CREATE TRIGGER terms_setting_before AFTER INSERT OR DELETE ON public.terms_setting FOR EACH ROW EXECUTE FUNCTION keep_row_before('', 'company_id');
CREATE TRIGGER terms_setting_before_changed AFTER UPDATE ON public.terms_setting FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION keep_row_before('', 'company_id');
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table test_mail (
  tenant_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  recipient text not null,
  subject text not null,
  plain text not null,
  html text,
  state text not null,
  answer text,
  asked_by text not null,
  asked_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint test_mail_check CHECK (((state = ANY (ARRAY['queued'::text, 'sending'::text])) = (ended_at IS NULL))),
  constraint test_mail_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sending'::text, 'sent'::text, 'refused'::text, 'later'::text, 'unknown'::text]))),
  constraint test_mail_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint test_mail_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint test_mail_pkey PRIMARY KEY (tenant_id, id)
);
CREATE TRIGGER test_mail_not_deleted BEFORE DELETE ON public.test_mail FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER test_mail_not_truncated BEFORE TRUNCATE ON public.test_mail FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table test_mail_file (
  tenant_id uuid not null,
  test_mail_id uuid not null,
  file_no integer not null,
  name text not null,
  media_type text not null,
  content bytea not null,
  constraint test_mail_file_file_no_check CHECK ((file_no >= 1)),
  constraint test_mail_file_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint test_mail_file_tenant_id_test_mail_id_fkey FOREIGN KEY (tenant_id, test_mail_id) REFERENCES test_mail(tenant_id, id),
  constraint test_mail_file_pkey PRIMARY KEY (tenant_id, test_mail_id, file_no)
);
CREATE TRIGGER test_mail_file_not_truncated BEFORE TRUNCATE ON public.test_mail_file FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table thanks (
  tenant_id uuid not null,
  payment_id uuid not null,
  company_id uuid not null,
  customer_id uuid not null,
  message_id uuid,
  left_out text,
  recorded_at timestamp with time zone not null,
  constraint thanks_decided CHECK (((message_id IS NULL) <> (left_out IS NULL))),
  constraint thanks_left_out_check CHECK ((left_out = ANY (ARRAY['not_wanted'::text, 'taken_back'::text, 'in_doubt'::text, 'nothing_settled'::text, 'others_overdue'::text, 'on_hold'::text, 'no_email'::text]))),
  constraint thanks_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint thanks_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint thanks_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint thanks_tenant_id_message_id_fkey FOREIGN KEY (tenant_id, message_id) REFERENCES message(tenant_id, id),
  constraint thanks_tenant_id_payment_id_fkey FOREIGN KEY (tenant_id, payment_id) REFERENCES payment(tenant_id, id),
  constraint thanks_pkey PRIMARY KEY (tenant_id, payment_id)
);
CREATE INDEX thanks_message ON public.thanks USING btree (tenant_id, message_id) WHERE (message_id IS NOT NULL);
CREATE TRIGGER thanks_kept BEFORE DELETE OR UPDATE ON public.thanks FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER thanks_not_truncated BEFORE TRUNCATE ON public.thanks FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table tolerance_rule (
  tenant_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  customer_id uuid,
  currency character(3),
  stance text not null,
  amount_max_minor bigint,
  percent_max numeric(7,4),
  valid_from date not null,
  recorded_by text not null,
  recorded_at timestamp with time zone not null,
  kind text not null default 'small_balance'::text,
  constraint tolerance_rule_amount_max_minor_check CHECK ((amount_max_minor >= 0)),
  constraint tolerance_rule_company CHECK (((customer_id IS NOT NULL) OR ((currency IS NOT NULL) AND (stance <> 'as_company'::text)))),
  constraint tolerance_rule_currency CHECK (((stance <> 'limit'::text) OR (currency IS NOT NULL))),
  constraint tolerance_rule_kind CHECK ((kind = ANY (ARRAY['small_balance'::text, 'bank_charge'::text]))),
  constraint tolerance_rule_limit CHECK (((stance = 'limit'::text) = ((amount_max_minor IS NOT NULL) OR (percent_max IS NOT NULL)))),
  constraint tolerance_rule_percent_max_check CHECK (((percent_max >= (0)::numeric) AND (percent_max <= (100)::numeric))),
  constraint tolerance_rule_stance_check CHECK ((stance = ANY (ARRAY['limit'::text, 'blocked'::text, 'as_company'::text]))),
  constraint tolerance_rule_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint tolerance_rule_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint tolerance_rule_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint tolerance_rule_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX tolerance_rule_company_days ON public.tolerance_rule USING btree (tenant_id, company_id, customer_id, valid_from);
CREATE TRIGGER tolerance_rule_kept BEFORE DELETE OR UPDATE ON public.tolerance_rule FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER tolerance_rule_not_truncated BEFORE TRUNCATE ON public.tolerance_rule FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table view_link (
  tenant_id uuid not null,
  message_id uuid not null,
  token text not null,
  made_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  ended_by text,
  constraint view_link_check CHECK (((ended_at IS NULL) = (ended_by IS NULL))),
  constraint view_link_token_check CHECK ((length(token) = 26)),
  constraint view_link_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint view_link_tenant_id_message_id_fkey FOREIGN KEY (tenant_id, message_id) REFERENCES message(tenant_id, id),
  constraint view_link_pkey PRIMARY KEY (tenant_id, message_id),
  constraint view_link_tenant_id_token_key UNIQUE (tenant_id, token)
);
CREATE TRIGGER view_link_not_deleted BEFORE DELETE ON public.view_link FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER view_link_not_truncated BEFORE TRUNCATE ON public.view_link FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table worklist_claim (
  tenant_id uuid not null,
  company_id uuid not null,
  customer_id uuid not null,
  held_by text not null,
  held_until timestamp with time zone not null,
  constraint worklist_claim_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint worklist_claim_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint worklist_claim_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint worklist_claim_one PRIMARY KEY (tenant_id, company_id, customer_id)
);
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table worklist_day (
  tenant_id uuid not null,
  listed_on date not null,
  rules_id uuid,
  usual jsonb not null,
  made_at timestamp with time zone not null,
  refreshed_at timestamp with time zone not null,
  made_upto uuid,
  constraint worklist_day_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint worklist_day_tenant_id_rules_id_fkey FOREIGN KEY (tenant_id, rules_id) REFERENCES worklist_rules(tenant_id, id),
  constraint worklist_day_pkey PRIMARY KEY (tenant_id)
);
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table worklist_done (
  tenant_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  customer_id uuid not null,
  done_on date not null,
  call_id uuid,
  note text,
  done_by text not null,
  recorded_at timestamp with time zone not null,
  taken_at timestamp with time zone,
  constraint worklist_done_check CHECK ((taken_at <= recorded_at)),
  constraint worklist_done_note_check CHECK (((length(note) >= 1) AND (length(note) <= 1000))),
  constraint worklist_done_tenant_id_call_id_fkey FOREIGN KEY (tenant_id, call_id) REFERENCES call(tenant_id, id),
  constraint worklist_done_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint worklist_done_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint worklist_done_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint worklist_done_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX worklist_done_account ON public.worklist_done USING btree (tenant_id, customer_id, company_id, recorded_at DESC);
CREATE INDEX worklist_done_by ON public.worklist_done USING btree (tenant_id, done_by, done_on);
CREATE INDEX worklist_done_taken ON public.worklist_done USING btree (tenant_id, recorded_at DESC) WHERE (taken_at IS NOT NULL);
CREATE TRIGGER worklist_done_kept BEFORE DELETE OR UPDATE ON public.worklist_done FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER worklist_done_not_truncated BEFORE TRUNCATE ON public.worklist_done FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table worklist_owner (
  tenant_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  customer_id uuid not null,
  user_id text,
  is_protected boolean not null,
  assigned_by text not null,
  recorded_at timestamp with time zone not null,
  constraint worklist_owner_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint worklist_owner_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint worklist_owner_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint worklist_owner_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX worklist_owner_account ON public.worklist_owner USING btree (tenant_id, customer_id, company_id, recorded_at DESC, id DESC);
CREATE TRIGGER worklist_owner_kept BEFORE DELETE OR UPDATE ON public.worklist_owner FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER worklist_owner_not_truncated BEFORE TRUNCATE ON public.worklist_owner FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table worklist_row (
  tenant_id uuid not null,
  company_id uuid not null,
  customer_id uuid not null,
  currency character(3) not null,
  points integer not null,
  expected_minor bigint not null,
  overdue_minor bigint not null,
  facts jsonb not null,
  reasons jsonb not null,
  hidden_until date,
  woke_at timestamp with time zone,
  owner_id text,
  is_protected boolean not null default false,
  constraint worklist_row_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint worklist_row_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint worklist_row_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint worklist_row_pkey PRIMARY KEY (tenant_id, company_id, customer_id)
);
CREATE INDEX worklist_row_customer ON public.worklist_row USING btree (tenant_id, customer_id);
CREATE INDEX worklist_row_expected ON public.worklist_row USING btree (tenant_id, expected_minor DESC, points DESC, customer_id, company_id);
CREATE INDEX worklist_row_owner ON public.worklist_row USING btree (tenant_id, owner_id, points DESC, expected_minor DESC, customer_id, company_id);
CREATE INDEX worklist_row_points ON public.worklist_row USING btree (tenant_id, points DESC, expected_minor DESC, customer_id, company_id);
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table worklist_rules (
  tenant_id uuid not null,
  id uuid not null,
  number integer not null,
  rules jsonb not null,
  note text,
  stated_by text not null,
  recorded_at timestamp with time zone not null,
  constraint worklist_rules_note_check CHECK (((length(note) >= 1) AND (length(note) <= 500))),
  constraint worklist_rules_number_check CHECK ((number >= 1)),
  constraint worklist_rules_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint worklist_rules_pkey PRIMARY KEY (tenant_id, id),
  constraint worklist_rules_number UNIQUE (tenant_id, number)
);
CREATE TRIGGER worklist_rules_kept BEFORE DELETE OR UPDATE ON public.worklist_rules FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER worklist_rules_not_truncated BEFORE TRUNCATE ON public.worklist_rules FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table worklist_snooze (
  tenant_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  customer_id uuid not null,
  until_on date,
  reason text,
  snoozed_by text not null,
  recorded_at timestamp with time zone not null,
  constraint worklist_snooze_reason CHECK (((until_on IS NULL) OR (reason IS NOT NULL))),
  constraint worklist_snooze_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 500))),
  constraint worklist_snooze_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint worklist_snooze_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint worklist_snooze_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint worklist_snooze_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX worklist_snooze_account ON public.worklist_snooze USING btree (tenant_id, customer_id, company_id, recorded_at DESC);
CREATE TRIGGER worklist_snooze_kept BEFORE DELETE OR UPDATE ON public.worklist_snooze FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER worklist_snooze_not_truncated BEFORE TRUNCATE ON public.worklist_snooze FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table write_off (
  tenant_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  customer_id uuid not null,
  kind text not null,
  reason text not null,
  currency character(3) not null,
  amount_minor bigint not null,
  functional_minor bigint not null,
  written_off_on date not null,
  recorded_at timestamp with time zone not null,
  number text not null,
  constraint write_off_amount_minor_check CHECK ((amount_minor > 0)),
  constraint write_off_kind_check CHECK ((kind = ANY (ARRAY['bad_debt'::text, 'small_balance'::text, 'dispute'::text, 'goodwill'::text, 'fx_rounding'::text]))),
  constraint write_off_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 500))),
  constraint write_off_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint write_off_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint write_off_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint write_off_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX write_off_customer ON public.write_off USING btree (tenant_id, customer_id, id);
CREATE INDEX write_off_day ON public.write_off USING btree (tenant_id, company_id, written_off_on);
CREATE UNIQUE INDEX write_off_number ON public.write_off USING btree (tenant_id, company_id, number);
CREATE TRIGGER write_off_kept BEFORE DELETE OR UPDATE ON public.write_off FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER write_off_not_truncated BEFORE TRUNCATE ON public.write_off FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table write_off_limit (
  tenant_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  role text,
  user_id uuid,
  currency character(3) not null,
  kind text,
  stance text not null,
  amount_min_minor bigint,
  amount_max_minor bigint,
  valid_from date not null,
  recorded_by text not null,
  recorded_at timestamp with time zone not null,
  constraint write_off_limit_amount_max_minor_check CHECK ((amount_max_minor >= 0)),
  constraint write_off_limit_amount_min_minor_check CHECK ((amount_min_minor >= 0)),
  constraint write_off_limit_amounts CHECK ((((stance = 'limit'::text) = (amount_max_minor IS NOT NULL)) AND ((amount_min_minor IS NULL) OR ((stance = 'limit'::text) AND (amount_min_minor <= amount_max_minor))))),
  constraint write_off_limit_kind_check CHECK ((kind = ANY (ARRAY['bad_debt'::text, 'small_balance'::text, 'dispute'::text, 'goodwill'::text, 'fx_rounding'::text]))),
  constraint write_off_limit_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'controller'::text, 'collector'::text, 'cash_applier'::text, 'commenter'::text, 'viewer'::text]))),
  constraint write_off_limit_stance_check CHECK ((stance = ANY (ARRAY['limit'::text, 'withdrawn'::text]))),
  constraint write_off_limit_who CHECK ((num_nulls(role, user_id) = 1)),
  constraint write_off_limit_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint write_off_limit_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint write_off_limit_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX write_off_limit_company ON public.write_off_limit USING btree (tenant_id, company_id, valid_from);
CREATE TRIGGER write_off_limit_kept BEFORE DELETE OR UPDATE ON public.write_off_limit FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER write_off_limit_not_truncated BEFORE TRUNCATE ON public.write_off_limit FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table write_off_run (
  tenant_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  kind text not null,
  reason text not null,
  facts jsonb not null,
  state text not null,
  items integer not null,
  started_by text not null,
  started_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  undos integer not null default 0,
  undo_reason text,
  undone_by text,
  undone_at timestamp with time zone,
  constraint write_off_run_finished CHECK (((state = 'running'::text) = (finished_at IS NULL))),
  constraint write_off_run_items_check CHECK ((items >= 1)),
  constraint write_off_run_kind_check CHECK ((kind = ANY (ARRAY['bad_debt'::text, 'small_balance'::text, 'dispute'::text, 'goodwill'::text, 'fx_rounding'::text]))),
  constraint write_off_run_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 500))),
  constraint write_off_run_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'undoing'::text, 'undone'::text]))),
  constraint write_off_run_undo_reason_check CHECK (((length(undo_reason) >= 1) AND (length(undo_reason) <= 500))),
  constraint write_off_run_undoing CHECK ((((undos = 0) = (state = ANY (ARRAY['running'::text, 'done'::text]))) AND ((undos = 0) = (undo_reason IS NULL)) AND ((undos = 0) = (undone_by IS NULL)) AND ((state = 'undone'::text) = (undone_at IS NOT NULL)))),
  constraint write_off_run_undos_check CHECK ((undos >= 0)),
  constraint write_off_run_tenant_id_company_id_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company(tenant_id, id),
  constraint write_off_run_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint write_off_run_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX write_off_run_newest ON public.write_off_run USING btree (tenant_id, started_at DESC, id DESC);
CREATE TRIGGER write_off_run_not_truncated BEFORE TRUNCATE ON public.write_off_run FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table write_off_run_item (
  tenant_id uuid not null,
  run_id uuid not null,
  item_id uuid not null,
  position integer not null,
  currency character(3) not null,
  amount_minor bigint not null,
  outcome text not null,
  obstacle jsonb,
  write_off_id uuid,
  undo_outcome text,
  undo_obstacle jsonb,
  constraint write_off_run_item_amount_minor_check CHECK ((amount_minor > 0)),
  constraint write_off_run_item_ended CHECK ((((outcome = 'left_out'::text) = (obstacle IS NOT NULL)) AND ((outcome = 'written_off'::text) = (write_off_id IS NOT NULL)))),
  constraint write_off_run_item_outcome_check CHECK ((outcome = ANY (ARRAY['waiting'::text, 'written_off'::text, 'left_out'::text]))),
  constraint write_off_run_item_position_check CHECK (("position" >= 1)),
  constraint write_off_run_item_undo_outcome_check CHECK ((undo_outcome = ANY (ARRAY['undone'::text, 'kept'::text]))),
  constraint write_off_run_item_undone CHECK ((((undo_outcome IS NULL) OR (outcome = 'written_off'::text)) AND ((NOT (undo_outcome IS DISTINCT FROM 'kept'::text)) = (undo_obstacle IS NOT NULL)))),
  constraint write_off_run_item_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint write_off_run_item_tenant_id_item_id_fkey FOREIGN KEY (tenant_id, item_id) REFERENCES open_item(tenant_id, id),
  constraint write_off_run_item_tenant_id_run_id_fkey FOREIGN KEY (tenant_id, run_id) REFERENCES write_off_run(tenant_id, id),
  constraint write_off_run_item_tenant_id_write_off_id_fkey FOREIGN KEY (tenant_id, write_off_id) REFERENCES write_off(tenant_id, id),
  constraint write_off_run_item_pkey PRIMARY KEY (tenant_id, run_id, item_id)
);
CREATE INDEX write_off_run_item_next ON public.write_off_run_item USING btree (tenant_id, run_id, "position");
CREATE UNIQUE INDEX write_off_run_item_waiting ON public.write_off_run_item USING btree (tenant_id, item_id) WHERE (outcome = 'waiting'::text);
CREATE UNIQUE INDEX write_off_run_item_write_off ON public.write_off_run_item USING btree (tenant_id, write_off_id) WHERE (write_off_id IS NOT NULL);
CREATE TRIGGER write_off_run_item_not_truncated BEFORE TRUNCATE ON public.write_off_run_item FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table write_off_undo (
  tenant_id uuid not null,
  write_off_id uuid not null,
  undone_on date not null,
  reason text not null,
  recorded_at timestamp with time zone not null,
  constraint write_off_undo_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 500))),
  constraint write_off_undo_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint write_off_undo_tenant_id_write_off_id_fkey FOREIGN KEY (tenant_id, write_off_id) REFERENCES write_off(tenant_id, id),
  constraint write_off_undo_pkey PRIMARY KEY (tenant_id, write_off_id)
);
CREATE TRIGGER write_off_undo_kept BEFORE DELETE OR UPDATE ON public.write_off_undo FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER write_off_undo_not_truncated BEFORE TRUNCATE ON public.write_off_undo FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

create table writing_pattern (
  tenant_id uuid not null,
  id uuid not null,
  customer_id uuid not null,
  kind text not null,
  figures smallint,
  theirs text,
  ours text,
  form text not null,
  right_count integer not null,
  wrong_count integer not null,
  tied_count integer not null,
  payment_id uuid,
  until_on date,
  accepted_by text not null,
  accepted_at timestamp with time zone not null,
  revoked_by text,
  revoked_at timestamp with time zone,
  constraint writing_pattern_check CHECK ((((figures IS NOT NULL) = (kind = 'ending'::text)) AND ((figures >= 3) AND (figures <= 40)))),
  constraint writing_pattern_check1 CHECK ((((theirs IS NOT NULL) = (kind = 'series'::text)) AND (length(theirs) <= 40))),
  constraint writing_pattern_check2 CHECK ((((ours IS NOT NULL) = (kind = 'series'::text)) AND ((length(ours) >= 1) AND (length(ours) <= 64)))),
  constraint writing_pattern_check3 CHECK (((revoked_by IS NULL) = (revoked_at IS NULL))),
  constraint writing_pattern_kind_check CHECK ((kind = ANY (ARRAY['ending'::text, 'series'::text, 'order'::text]))),
  constraint writing_pattern_right_count_check CHECK ((right_count >= 0)),
  constraint writing_pattern_tied_count_check CHECK ((tied_count >= 0)),
  constraint writing_pattern_wrong_count_check CHECK ((wrong_count >= 0)),
  constraint writing_pattern_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id),
  constraint writing_pattern_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint writing_pattern_tenant_id_payment_id_fkey FOREIGN KEY (tenant_id, payment_id) REFERENCES payment(tenant_id, id),
  constraint writing_pattern_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX writing_pattern_latest ON public.writing_pattern USING btree (tenant_id, accepted_at DESC, id DESC);
CREATE UNIQUE INDEX writing_pattern_once ON public.writing_pattern USING btree (tenant_id, customer_id, form) WHERE (revoked_at IS NULL);
CREATE TRIGGER writing_pattern_kept BEFORE UPDATE ON public.writing_pattern FOR EACH ROW EXECUTE FUNCTION ended_once('{revoked_by,revoked_at}');
CREATE TRIGGER writing_pattern_not_deleted BEFORE DELETE ON public.writing_pattern FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER writing_pattern_not_truncated BEFORE TRUNCATE ON public.writing_pattern FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- policy wall using ((tenant_id = ( SELECT current_tenant() AS current_tenant)))
-- row level security forced

