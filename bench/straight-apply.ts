// Applying a payment to one invoice by the least SQL that leaves the same rows behind: statement by statement, and as one.

import type pg from 'pg';
import { newId } from '#kernel/id.ts';
import type { Pair } from './business.ts';

/** Where and when. */
export type Place = { readonly tenantId: string; readonly companyId: string; readonly today: string };

const APPLICATION = `application (tenant_id, id, company_id, debit_item_id, credit_item_id, currency, amount_minor,
  debit_functional_minor, credit_functional_minor, method, applied_on, recorded_at, entry_id)`;
const ENTRY = `journal_entry (tenant_id, id, company_id, posted_on, recorded_at, kind, document_id, command_id)`;
const ENTRY_LINE = `journal_line (tenant_id, entry_id, line_no, company_id, account, customer_id, item_id, due_on, currency,
  amount_minor, functional_minor, posted_on, recorded_at)`;
const EVENT = `event (tenant_id, id, type, subject_id, customer_id, actor, command_id, data, recorded_at)`;
const LOG = `command_log (tenant_id, id, name, input_hash, actor, result, recorded_at)`;
const HASH = Buffer.alloc(32, 7);

type ItemRow = {
  readonly id: string;
  readonly customer_id: string;
  readonly due_on: Date;
  readonly open_minor: string;
};

/** Twelve statements, each waited for: payment and items locked, then what follows is written. */
export async function applyByStatements(client: pg.Client, place: Place, pair: Pair): Promise<void> {
  const { tenantId, companyId, today } = place;
  const { paymentId, paymentItemId, invoiceItemId, minor } = pair;
  const [application, entry, command, now] = [newId(), newId(), newId(), new Date()];
  const run = (name: string, text: string, values: unknown[]) => client.query({ name, text, values });
  await client.query('begin');
  await run('tenant', `select set_config('app.tenant_id', $1, true)`, [tenantId]);
  await run('payment', 'select * from payment where tenant_id = $1 and id = $2 for update', [
    tenantId,
    paymentId,
  ]);
  await run('its items', 'select id from open_item where tenant_id = $1 and document_id = $2', [
    tenantId,
    paymentId,
  ]);
  const locked = await run(
    'items',
    `select i.*, c.functional_currency from open_item i join company c on c.tenant_id = i.tenant_id and c.id = i.company_id
     where i.tenant_id = $1 and i.id in ($2, $3) order by i.id for update of i`,
    [tenantId, paymentItemId, invoiceItemId],
  );
  const dueOf = (id: string) => (locked.rows as ItemRow[]).find((row) => row.id === id)?.due_on;
  await run('entry', `insert into ${ENTRY} values ($1, $2, $3, $4, $5, 'application', $6, $7)`, [
    tenantId,
    entry,
    companyId,
    today,
    now,
    paymentId,
    command,
  ]);
  await run(
    'lines',
    `insert into ${ENTRY_LINE} values
      ($1, $2, 1, $3, 'unapplied-cash', $4, $5, $6, 'EUR', $7, $7, $8, $9),
      ($1, $2, 2, $3, 'receivables', $4, $10, $11, 'EUR', -$7::bigint, -$7::bigint, $8, $9)`,
    [
      tenantId,
      entry,
      companyId,
      pair.customerId,
      paymentItemId,
      dueOf(paymentItemId),
      minor,
      today,
      now,
      invoiceItemId,
      dueOf(invoiceItemId),
    ],
  );
  await run(
    'application',
    `insert into ${APPLICATION} values ($1, $2, $3, $4, $5, 'EUR', $6, $6, $6, 'manual', $7, $8, $9)`,
    [tenantId, application, companyId, invoiceItemId, paymentItemId, minor, today, now, entry],
  );
  await run(
    'close',
    `update open_item set open_minor = 0, open_functional_minor = 0 where tenant_id = $1 and id in ($2, $3)`,
    [tenantId, paymentItemId, invoiceItemId],
  );
  await run(
    'event',
    `insert into ${EVENT} values ($1, $2, 'payment.applied', $3, $4, 'system:bench', $5, $6, $7)`,
    [
      tenantId,
      newId(),
      paymentId,
      pair.customerId,
      command,
      JSON.stringify({
        paymentId,
        applications: [{ applicationId: application, itemId: invoiceItemId, amount: minor }],
      }),
      now,
    ],
  );
  await run('log', `insert into ${LOG} values ($1, $2, 'apply-payment', $3, 'system:bench', $4, $5)`, [
    tenantId,
    command,
    HASH,
    JSON.stringify({
      paymentId,
      unapplied: 0,
      applications: [{ applicationId: application, itemId: invoiceItemId }],
    }),
    now,
  ]);
  await client.query('commit');
}

const ONE_STATEMENT = `with payment_row as materialized (select id, customer_id from payment where tenant_id = $1 and id = $3 for update),
  items as materialized (select i.id, i.due_on, p.customer_id from open_item i, payment_row p where i.tenant_id = $1 and i.id in ($4, $5)
    and i.open_minor <> 0 order by i.id for update of i),
  closed as (update open_item o set open_minor = 0, open_functional_minor = 0 from items
    where o.tenant_id = $1 and o.id = items.id),
  entry_row as (insert into ${ENTRY}
    select $1, $6::uuid, $2, $7::date, $8::timestamptz, 'application', id, $9::uuid from payment_row),
  entry_lines as (insert into ${ENTRY_LINE}
    select $1, $6::uuid, case id when $4 then 1 else 2 end, $2, case id when $4 then 'unapplied-cash' else 'receivables' end,
      customer_id, id, due_on, 'EUR', case id when $4 then $10::bigint else -$10::bigint end,
      case id when $4 then $10::bigint else -$10::bigint end, $7::date, $8::timestamptz from items),
  application_row as (insert into ${APPLICATION}
    select $1, $11::uuid, $2, $5, $4, 'EUR', $10::bigint, $10::bigint, $10::bigint, 'manual', $7::date, $8::timestamptz, $6::uuid
    from payment_row),
  event_row as (insert into ${EVENT}
    select $1, $12::uuid, 'payment.applied', id, customer_id, 'system:bench', $9::uuid, $13::jsonb, $8::timestamptz from payment_row),
  log_row as (insert into ${LOG}
    select $1, $9::uuid, 'apply-payment', $14::bytea, 'system:bench', $13::json, $8::timestamptz from payment_row)
  select count(*) from items`;

/** One statement, which is its own transaction. The tenant has been set for the whole connection. */
export async function applyByOneStatement(client: pg.Client, place: Place, pair: Pair): Promise<void> {
  const { tenantId, companyId, today } = place;
  const { paymentId, paymentItemId, invoiceItemId, minor } = pair;
  const [application, command] = [newId(), newId()];
  const said = {
    paymentId,
    applications: [{ applicationId: application, itemId: invoiceItemId, amount: minor }],
  };
  await client.query({
    name: 'apply',
    text: ONE_STATEMENT,
    values: [
      tenantId,
      companyId,
      paymentId,
      paymentItemId,
      invoiceItemId,
      newId(),
      today,
      new Date(),
      command,
      minor,
      application,
      newId(),
      JSON.stringify(said),
      HASH,
    ],
  });
}
