// Issuing an invoice by the least SQL that leaves the same rows behind: once statement by statement, as a program does that
// waits for each answer, and once as one statement, which is the least that PostgreSQL can be asked for.

import type pg from 'pg';
import { newId } from '#kernel/id.ts';

/** The invoice to issue: one line at 19 percent. */
export type StraightInvoice = {
  readonly tenantId: string;
  readonly companyId: string;
  readonly customerId: string;
  readonly issuedOn: string;
  readonly dueOn: string;
  /** Net price in minor units. */
  readonly net: number;
};

const TAX_PERCENT = 19;

function amountsOf({ net }: StraightInvoice) {
  const tax = Math.round((net * TAX_PERCENT) / 100);
  return { net, tax, total: net + tax };
}

const INVOICE = `invoice (tenant_id, id, kind, company_id, customer_id, number, series, series_number, issued_on, due_on,
  currency, net_minor, tax_minor, total_minor, rate, functional_minor, recorded_at)`;
const LINE = `invoice_line (tenant_id, invoice_id, line_no, description, quantity, unit_price, tax_category, tax_percent, net_minor)`;
const TAX = `invoice_tax (tenant_id, invoice_id, tax_category, tax_percent, net_minor, tax_minor)`;
const ITEM = `open_item (tenant_id, id, company_id, customer_id, kind, document_id, reference, account, currency,
  amount_minor, open_minor, functional_minor, open_functional_minor, posted_on, due_on, recorded_at)`;
const ENTRY = `journal_entry (tenant_id, id, company_id, posted_on, recorded_at, kind, document_id, command_id)`;
const ENTRY_LINE = `journal_line (tenant_id, entry_id, line_no, company_id, account, customer_id, item_id, due_on, currency,
  amount_minor, functional_minor, posted_on, recorded_at)`;
const EVENT = `event (tenant_id, id, type, subject_id, customer_id, actor, command_id, data, recorded_at)`;
const LOG = `command_log (tenant_id, id, name, input_hash, actor, result, recorded_at)`;
const TAKE = `update number_series set next_number = next_number + 1
  where tenant_id = $1 and company_id = $2 and document_kind = 'invoice' and series = 'main'
  returning next_number - 1 as count`;
const HASH = Buffer.alloc(32, 7);

/** Fourteen statements, each waited for, the number taken under its lock, then the commit. */
export async function issueByStatements(client: pg.Client, given: StraightInvoice): Promise<void> {
  const { tenantId, companyId, customerId, issuedOn, dueOn } = given;
  const { net, tax, total } = amountsOf(given);
  const [id, item, entry, command, now] = [newId(), newId(), newId(), newId(), new Date()];
  const run = (name: string, text: string, values: unknown[]) => client.query({ name, text, values });
  await client.query('begin');
  await run('tenant', `select set_config('app.tenant_id', $1, true)`, [tenantId]);
  await run('company', 'select * from company where tenant_id = $1 and id = $2', [tenantId, companyId]);
  await run('customer', 'select * from customer where tenant_id = $1 and id = $2', [tenantId, customerId]);
  const taken = await run('take', TAKE, [tenantId, companyId]);
  const { count } = taken.rows[0] as { count: string };
  const number = `INV-${issuedOn.slice(0, 4)}-${count.padStart(5, '0')}`;
  await run(
    'invoice',
    `insert into ${INVOICE} values ($1, $2, 'invoice', $3, $4, $5, 'main', $6, $7, $8, 'EUR', $9, $10, $11, 1, $11, $12)`,
    [tenantId, id, companyId, customerId, number, count, issuedOn, dueOn, net, tax, total, now],
  );
  await run(
    'line',
    `insert into ${LINE} values ($1, $2, 1, $3, 1, $4::numeric / 100, 'S', ${TAX_PERCENT}, $5)`,
    [tenantId, id, 'Goods', net, net],
  );
  await run('tax', `insert into ${TAX} values ($1, $2, 'S', ${TAX_PERCENT}, $3, $4)`, [
    tenantId,
    id,
    net,
    tax,
  ]);
  await run(
    'item',
    `insert into ${ITEM} values ($1, $2, $3, $4, 'invoice', $5, $6, 'receivables', 'EUR', $7, $7, $7, $7, $8, $9, $10)`,
    [tenantId, item, companyId, customerId, id, number, total, issuedOn, dueOn, now],
  );
  await run('entry', `insert into ${ENTRY} values ($1, $2, $3, $4, $5, 'invoice', $6, $7)`, [
    tenantId,
    entry,
    companyId,
    issuedOn,
    now,
    id,
    command,
  ]);
  await run(
    'lines',
    `insert into ${ENTRY_LINE} values
      ($1, $2, 1, $3, 'receivables', $4, $5, $6, 'EUR', $7, $7, $8, $9),
      ($1, $2, 2, $3, 'revenue', null, null, null, 'EUR', $10, $10, $8, $9),
      ($1, $2, 3, $3, 'tax', null, null, null, 'EUR', $11, $11, $8, $9)`,
    [tenantId, entry, companyId, customerId, item, dueOn, total, issuedOn, now, -net, -tax],
  );
  await run(
    'event',
    `insert into ${EVENT} values ($1, $2, 'invoice.issued', $3, $4, 'system:bench', $5, $6, $7)`,
    [tenantId, newId(), id, customerId, command, JSON.stringify({ number, total, dueOn }), now],
  );
  await run('log', `insert into ${LOG} values ($1, $2, 'issue-invoice', $3, 'system:bench', $4, $5)`, [
    tenantId,
    command,
    HASH,
    JSON.stringify({ invoiceId: id, number, total }),
    now,
  ]);
  await client.query('commit');
}

const ONE_STATEMENT = `with taken as (${TAKE}),
  named as (select count, 'INV-' || left($6::text, 4) || '-' || lpad(count::text, 5, '0') as number from taken),
  invoice_row as (insert into ${INVOICE}
    select $1, $3::uuid, 'invoice', $2, $5, number, 'main', count, $6::date, $7::date, 'EUR', $8::bigint, $9::bigint,
      $8::bigint + $9::bigint, 1, $8::bigint + $9::bigint, $10::timestamptz from named),
  line_row as (insert into ${LINE} select $1, $3::uuid, 1, 'Goods', 1, $8::numeric / 100, 'S', ${TAX_PERCENT}, $8::bigint from taken),
  tax_row as (insert into ${TAX} select $1, $3::uuid, 'S', ${TAX_PERCENT}, $8::bigint, $9::bigint from taken),
  item_row as (insert into ${ITEM}
    select $1, $4::uuid, $2, $5, 'invoice', $3::uuid, number, 'receivables', 'EUR', $8::bigint + $9::bigint, $8::bigint + $9::bigint,
      $8::bigint + $9::bigint, $8::bigint + $9::bigint, $6::date, $7::date, $10::timestamptz from named),
  entry_row as (insert into ${ENTRY}
    select $1, $11::uuid, $2, $6::date, $10::timestamptz, 'invoice', $3::uuid, $12::uuid from taken),
  entry_lines as (insert into ${ENTRY_LINE}
    select $1, $11::uuid, n, $2, account, customer, item, due, 'EUR', amount, amount, $6::date, $10::timestamptz
    from taken, (values (1, 'receivables', $5::uuid, $4::uuid, $7::date, $8::bigint + $9::bigint),
      (2, 'revenue', null, null, null, -$8::bigint), (3, 'tax', null, null, null, -$9::bigint))
      as v(n, account, customer, item, due, amount)),
  event_row as (insert into ${EVENT}
    select $1, $13::uuid, 'invoice.issued', $3::uuid, $5, 'system:bench', $12::uuid,
      jsonb_build_object('number', number, 'total', $8::bigint + $9::bigint, 'dueOn', $7::text), $10::timestamptz from named),
  log_row as (insert into ${LOG}
    select $1, $12::uuid, 'issue-invoice', $14::bytea, 'system:bench',
      json_build_object('invoiceId', $3::text, 'number', number, 'total', $8::bigint + $9::bigint), $10::timestamptz from named)
  select number from named`;

/** One statement, which is its own transaction. The tenant has been set for the whole connection. */
export async function issueByOneStatement(client: pg.Client, given: StraightInvoice): Promise<void> {
  const { tenantId, companyId, customerId, issuedOn, dueOn } = given;
  const { net, tax } = amountsOf(given);
  await client.query({
    name: 'issue',
    text: ONE_STATEMENT,
    values: [
      tenantId,
      companyId,
      newId(),
      newId(),
      customerId,
      issuedOn,
      dueOn,
      net,
      tax,
      new Date(),
      newId(),
      newId(),
      newId(),
      HASH,
    ],
  });
}
