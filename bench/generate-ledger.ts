// A ledger of millions of rows, made inside PostgreSQL in a minute: customers, invoices, payments and credit notes over
// some months, the same for the same size. Triggers are off while it is made, so it must be right by construction, which
// the verification of the books proves afterwards.

import type pg from 'pg';

/** How large the ledger is. A third of the invoices older than 30 days has been paid, each by a payment of its own. */
export type LedgerSize = {
  readonly tenantId: string;
  readonly customers: number;
  readonly invoices: number;
  /** Days over which the invoices were issued, up to `today`. */
  readonly issuedDays: number;
  readonly today: Temporal.PlainDate;
};

/** What a size of ledger is called in results. */
export const MILLION_OPEN: Omit<LedgerSize, 'tenantId' | 'today'> = {
  customers: 100_000,
  invoices: 1_360_000,
  issuedDays: 150,
};

const COMPANY = 'c0000000-0000-7000-8000-000000000001';

/**
 * Makes the ledger. The connection must be a superuser's, because triggers and foreign keys are off while it runs.
 * Gives the id of its one company.
 */
export async function generateLedger(superuser: pg.Client, size: LedgerSize): Promise<string> {
  await superuser.query('begin');
  await superuser.query(`set local session_replication_role = replica`);
  await superuser.query(`set local work_mem = '256MB'`);
  for (const text of statements(size)) await superuser.query(text);
  await superuser.query('commit');
  await superuser.query(
    'vacuum (analyze) open_item, journal_line, journal_entry, application, invoice, payment, customer, ledger_day',
  );
  await superuser.query('checkpoint');
  return COMPANY;
}

/** An identifier by kind and count: ordered by count, as identifiers made one after the other are. */
function id(kind: string, count: string): string {
  return `('${kind}0000-0000-7000-8000-' || lpad(to_hex(${count}), 12, '0'))::uuid`;
}

function statements(size: LedgerSize): readonly string[] {
  const tenant = `'${size.tenantId}'::uuid`;
  const today = `'${size.today.toString()}'::date`;
  return [
    ...groundStatements(size, tenant),
    ...planStatements(size, today),
    ...documentStatements(tenant),
    ...settlementStatements(tenant),
    `insert into number_series values
      (${tenant}, '${COMPANY}', 'invoice', 'main', 'INV-{nnnnnnn}', ${size.invoices} + 1),
      (${tenant}, '${COMPANY}', 'payment', 'main', 'PAY-{nnnnnnn}', (select count(*) + 1 from plan where paid_on is not null)),
      (${tenant}, '${COMPANY}', 'credit_note', 'main', 'CN-{nnnnnnn}', (select count(*) + 1 from plan where credited))`,
    // Without this the planner takes the rows just added for few, and joins them by loops within loops.
    'analyze invoice, open_item, journal_line, payment',
    `insert into ledger_day (tenant_id, posted_on, company_id, account, currency, is_credit, due_on, amount_minor,
       functional_minor, is_melted)
     select l.tenant_id, l.posted_on, l.company_id, l.account, l.currency, i.amount_minor < 0, l.due_on, sum(l.amount_minor),
       sum(l.functional_minor), true
     from journal_line l join open_item i on i.tenant_id = l.tenant_id and i.id = l.item_id
     where l.tenant_id = ${tenant} and l.item_id is not null group by 1, 2, 3, 4, 5, 6, 7
     having sum(l.amount_minor) <> 0 or sum(l.functional_minor) <> 0`,
    'drop table plan',
  ];
}

function groundStatements(size: LedgerSize, tenant: string): readonly string[] {
  return [
    `insert into tenant (id, slug, name) values (${tenant}, 'bench-' || left(${tenant}::text, 8), 'Benchmark')`,
    `insert into company (tenant_id, id, code, name, functional_currency, country)
     values (${tenant}, '${COMPANY}', 'BENCH', 'Benchmark Trading', 'EUR', 'DE')`,
    `insert into ledger_account select ${tenant}, '${COMPANY}', a, c, a, k, t from (values
      ('bank', '1000', 'asset', false), ('receivables', '1200', 'asset', true), ('unapplied-cash', '1290', 'liability', true),
      ('tax', '1700', 'liability', false), ('opening', '3900', 'liability', false), ('revenue', '4000', 'income', false),
      ('discounts', '4700', 'income', false), ('small-differences', '6800', 'expense', false),
      ('bad-debt', '6900', 'expense', false), ('fx-differences', '6950', 'expense', false)) as v(a, c, k, t)`,
    `insert into customer (tenant_id, id, number, name, search_text, country)
     select ${tenant}, id, number, name, lower(name || ' ' || number), 'DE' from (select ${id('cc00', 'n')} as id, 'C' || lpad(n::text, 6, '0') as number,
       (array['Amber','Birch','Cedar','Delta','Ember','Fjord','Grove','Harbour','Indigo','Juniper'])[1 + n % 10] || ' '
       || (array['Foods','Steel','Textiles','Logistics','Paper','Optics','Motors'])[1 + (n / 10) % 7] || ' ' || n as name
     from generate_series(1, ${size.customers}) n) as c`,
  ];
}

/** One row per invoice with all that follows from it. A fifth of the invoices goes to one customer in a hundred. */
function planStatements(size: LedgerSize, today: string): readonly string[] {
  return [
    `create temporary table plan as
    select n, ${id(
      'cc00',
      `(1 + case when n % 5 = 0 then (n::bigint * 7919) % greatest(${size.customers} / 100, 1)
        else (n::bigint * 104729) % ${size.customers} end)`,
    )} as customer_id,
      issued_on, issued_on + terms as due_on, issued_on + time '09:00' + n % 28800 * interval '1 second' as recorded_at,
      currency, net, net / 5 as tax, net + net / 5 as total,
      case currency when 'EUR' then net + net / 5 else (net + net / 5) * 9 / 10 end as functional,
      case when n % 3 = 0 and paid_on <= ${today} then paid_on end as paid_on,
      case when n % 3 = 0 and paid_on <= ${today} then row_number() over (order by (n % 3 = 0 and paid_on <= ${today}) desc, paid_on, n) end as payment_no,
      n % 50 = 1 as credited
    from (select n, ${today} - ${size.issuedDays} + ((n::bigint * ${size.issuedDays}) / ${size.invoices})::integer as issued_on,
        (array[14, 30, 30, 30, 45, 60])[1 + n % 6] as terms,
        case when n % 11 = 0 then 'USD' else 'EUR' end as currency, (1000 + n::bigint * 7919 % 500000)::bigint as net,
        ${today} - ${size.issuedDays} + ((n::bigint * ${size.issuedDays}) / ${size.invoices})::integer + 30 + n % 21 as paid_on
      from generate_series(1, ${size.invoices}) n) as raw`,
    // One payment in forty waits unapplied; the others have settled their invoice.
    'alter table plan add column settled boolean',
    'update plan set settled = coalesce(payment_no % 40 <> 0, false)',
    'analyze plan',
  ];
}

function documentStatements(tenant: string): readonly string[] {
  const lineColumns =
    'tenant_id, entry_id, line_no, company_id, account, customer_id, item_id, due_on, currency, amount_minor, functional_minor, posted_on, recorded_at';
  return [
    `insert into invoice (tenant_id, id, kind, company_id, customer_id, number, series, series_number, issued_on, due_on, currency,
       net_minor, tax_minor, total_minor, rate, functional_minor, recorded_at)
     select ${tenant}, ${id('1a00', 'n')}, 'invoice', '${COMPANY}', customer_id, 'INV-' || lpad(n::text, 7, '0'), 'main', n,
       issued_on, due_on, currency, net, tax, total, case currency when 'EUR' then 1 else 0.9 end, functional, recorded_at
     from plan order by n`,
    `insert into open_item (tenant_id, id, company_id, customer_id, kind, document_id, reference, account, currency, amount_minor,
       open_minor, functional_minor, open_functional_minor, posted_on, due_on, recorded_at)
     select ${tenant}, ${id('1b00', 'n')}, '${COMPANY}', customer_id, 'invoice', ${id('1a00', 'n')}, 'INV-' || lpad(n::text, 7, '0'),
       'receivables', currency, total, case when settled then 0 else total end, functional,
       case when settled then 0 else functional end, issued_on, due_on, recorded_at
     from plan order by n`,
    `insert into journal_entry (tenant_id, id, company_id, posted_on, recorded_at, kind, document_id, command_id)
     select ${tenant}, ${id('1c00', 'n')}, '${COMPANY}', issued_on, recorded_at, 'invoice', ${id('1a00', 'n')}, ${id('1a00', 'n')}
     from plan order by n`,
    `insert into journal_line (${lineColumns})
     select ${tenant}, ${id('1c00', 'n')}, l, '${COMPANY}', account, case when l = 1 then customer_id end,
       case when l = 1 then ${id('1b00', 'n')} end, case when l = 1 then due_on end, currency, amount, worth, issued_on, recorded_at
     from plan, lateral (values (1, 'receivables', total, functional), (2, 'revenue', -net, -(functional - functional / 6)),
       (3, 'tax', -tax, -(functional / 6))) as v(l, account, amount, worth) order by n, l`,
    `insert into invoice (tenant_id, id, kind, company_id, customer_id, number, series, series_number, issued_on, due_on, currency,
       net_minor, tax_minor, total_minor, rate, functional_minor, reason_code, recorded_at)
     select ${tenant}, ${id('2a00', 'c')}, 'credit_note', '${COMPANY}', customer_id, 'CN-' || lpad(c::text, 7, '0'), 'main', c,
       issued_on, issued_on, currency, 500, 0, 500, case currency when 'EUR' then 1 else 0.9 end,
       case currency when 'EUR' then 500 else 450 end, 'quality', recorded_at
     from (select *, row_number() over (order by n) as c from plan where credited) as p order by n`,
    `insert into open_item (tenant_id, id, company_id, customer_id, kind, document_id, reference, account, currency, amount_minor,
       open_minor, functional_minor, open_functional_minor, posted_on, due_on, recorded_at)
     select tenant_id, ${id('2b00', 'series_number')}, company_id, customer_id, 'credit_note', id, number, 'receivables', currency,
       -500, -500, -functional_minor, -functional_minor, issued_on, issued_on, recorded_at
     from invoice where tenant_id = ${tenant} and kind = 'credit_note' order by series_number`,
    `insert into journal_entry (tenant_id, id, company_id, posted_on, recorded_at, kind, document_id, command_id)
     select tenant_id, ${id('2c00', 'series_number')}, company_id, issued_on, recorded_at, 'credit_note', id, id
     from invoice where tenant_id = ${tenant} and kind = 'credit_note' order by series_number`,
    `insert into journal_line (${lineColumns})
     select ${tenant}, ${id('2c00', 'series_number')}, l, '${COMPANY}', case l when 1 then 'receivables' else 'revenue' end,
       case l when 1 then customer_id end, case l when 1 then ${id('2b00', 'series_number')} end, case l when 1 then issued_on end,
       currency, case l when 1 then -500 else 500 end, case l when 1 then -functional_minor else functional_minor end, issued_on, recorded_at
     from invoice, generate_series(1, 2) l where tenant_id = ${tenant} and kind = 'credit_note' order by series_number, l`,
  ];
}

/** Every paid invoice has its payment and, on the same day, its application; one payment in forty waits unapplied instead. */
function settlementStatements(tenant: string): readonly string[] {
  const moment = `(p.paid_on + time '10:00' + payment_no % 28800 * interval '1 second')`;
  const applied = 'settled';
  return [
    `insert into payment (tenant_id, id, company_id, customer_id, direction, number, received_on, currency, amount_minor, rate,
       functional_minor, reference, method, recorded_at)
     select ${tenant}, ${id('3a00', 'payment_no')}, '${COMPANY}', customer_id, 'received', 'PAY-' || lpad(payment_no::text, 7, '0'),
       paid_on, currency, total, case currency when 'EUR' then 1 else 0.9 end, functional, 'INV-' || lpad(n::text, 7, '0'),
       'transfer', ${moment}
     from plan p where paid_on is not null order by payment_no`,
    `insert into open_item (tenant_id, id, company_id, customer_id, kind, document_id, reference, account, currency, amount_minor,
       open_minor, functional_minor, open_functional_minor, posted_on, due_on, recorded_at)
     select ${tenant}, ${id('3b00', 'payment_no')}, '${COMPANY}', customer_id, 'payment', ${id('3a00', 'payment_no')},
       'PAY-' || lpad(payment_no::text, 7, '0'), 'unapplied-cash', currency, -total, case when ${applied} then 0 else -total end,
       -functional, case when ${applied} then 0 else -functional end, paid_on, paid_on, ${moment}
     from plan p where paid_on is not null order by payment_no`,
    `insert into journal_entry (tenant_id, id, company_id, posted_on, recorded_at, kind, document_id, command_id)
     select ${tenant}, case step when 1 then ${id('3c00', 'payment_no')} else ${id('3d00', 'payment_no')} end, '${COMPANY}', paid_on,
       ${moment}, case step when 1 then 'payment' else 'application' end, ${id('3a00', 'payment_no')}, ${id('3a00', 'payment_no')}
     from plan p, generate_series(1, 2) step where paid_on is not null and (step = 1 or ${applied}) order by payment_no, step`,
    `insert into journal_line (tenant_id, entry_id, line_no, company_id, account, customer_id, item_id, due_on, currency, amount_minor,
       functional_minor, posted_on, recorded_at)
     select ${tenant}, case step when 1 then ${id('3c00', 'payment_no')} else ${id('3d00', 'payment_no')} end, l, '${COMPANY}', account,
       case item when '-' then null else customer_id end,
       case item when 'p' then ${id('3b00', 'payment_no')} when 'i' then ${id('1b00', 'n')} end,
       case item when 'p' then paid_on when 'i' then due_on end, currency, sign * total, sign * functional, paid_on, ${moment}
     from plan p, (values (1, 1, 'bank', '-', 1), (1, 2, 'unapplied-cash', 'p', -1), (2, 1, 'unapplied-cash', 'p', 1),
       (2, 2, 'receivables', 'i', -1)) as v(step, l, account, item, sign)
     where paid_on is not null and (step = 1 or ${applied}) order by payment_no, step, l`,
    `insert into application (tenant_id, id, company_id, debit_item_id, credit_item_id, currency, amount_minor, debit_functional_minor,
       credit_functional_minor, method, applied_on, recorded_at, entry_id)
     select ${tenant}, ${id('3e00', 'payment_no')}, '${COMPANY}', ${id('1b00', 'n')}, ${id('3b00', 'payment_no')}, currency, total,
       functional, functional, 'reference', paid_on, ${moment}, ${id('3d00', 'payment_no')}
     from plan p where paid_on is not null and ${applied} order by payment_no`,
  ];
}
