// SQL of recurring invoices and of the periods they were invoiced for.

import { type Selectable, sql } from 'kysely';
import { type Act, actorText } from '#command/command.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import { type Instant, type PlainDate, parseDate } from '#kernel/calendar.ts';
import { jsonText } from '#kernel/canonical.ts';
import type { CompanyId, CustomerId, InvoiceId } from '#kernel/id.ts';
import { decimalText, parseDecimal } from '#kernel/percent.ts';
import type { Draft, DraftBody, DraftId, KeptRefusal } from './draft.ts';
import type { Recurrence } from './recurrence.ts';
import type { Agreement, Recurring, RecurringId } from './recurring.ts';

type RecurringRow = Selectable<DB['recurring_invoice']>;
type KeptStep = { readonly from: string; readonly percent: string };

function recurringFrom(row: RecurringRow): Recurring {
  return {
    id: row.id as RecurringId,
    name: row.name,
    companyId: row.company_id as CompanyId,
    customerId: row.customer_id as CustomerId,
    body: row.body as DraftBody,
    unit: row.unit as Recurrence['unit'],
    every: row.every,
    anchorDay: row.anchor_day ?? undefined,
    startsOn: row.starts_on,
    endsOn: row.ends_on ?? undefined,
    timing: row.timing as Recurrence['timing'],
    prorates: row.prorates,
    priceSteps: (row.price_steps as readonly KeptStep[]).map((step) => ({
      from: parseDate(step.from),
      percent: parseDecimal(step.percent),
    })),
    yearlyPercent: row.yearly_percent === null ? undefined : parseDecimal(row.yearly_percent),
    mode: row.mode as Recurring['mode'],
    stopsWhenUnpaid: row.stops_when_unpaid,
    pausedOn: row.paused_on,
    version: row.version,
  };
}

function columnsOf(agreement: Agreement) {
  return {
    name: agreement.name,
    company_id: agreement.companyId,
    customer_id: agreement.customerId,
    body: jsonText(agreement.body),
    unit: agreement.unit,
    every: agreement.every,
    anchor_day: agreement.unit === 'week' ? null : (agreement.anchorDay ?? agreement.startsOn.day),
    starts_on: agreement.startsOn,
    ends_on: agreement.endsOn ?? null,
    timing: agreement.timing,
    prorates: agreement.prorates,
    price_steps: jsonText(
      agreement.priceSteps.map(
        (step): KeptStep => ({ from: step.from.toString(), percent: decimalText(step.percent) }),
      ),
    ),
    yearly_percent: agreement.yearlyPercent ? decimalText(agreement.yearlyPercent) : null,
    mode: agreement.mode,
    stops_when_unpaid: agreement.stopsWhenUnpaid,
  };
}

/** Adds a recurring invoice. */
export function insertRecurring(act: Act, id: RecurringId, agreement: Agreement): void {
  act.insert('recurring_invoice', [
    { id, ...columnsOf(agreement), created_by: actorText(act.actor), created_at: act.now },
  ]);
}

/** Puts another agreement in the place of one that is locked. */
export function updateRecurring(act: Act, id: RecurringId, agreement: Agreement): void {
  const c = columnsOf(agreement);
  act.write(
    sql`update recurring_invoice set name = ${c.name}, company_id = ${c.company_id}::uuid,
        customer_id = ${c.customer_id}::uuid, body = ${c.body}::jsonb, unit = ${c.unit}, every = ${c.every}::smallint,
        anchor_day = ${c.anchor_day}::smallint, starts_on = ${c.starts_on}::date, ends_on = ${c.ends_on}::date,
        timing = ${c.timing}, prorates = ${c.prorates}::boolean, price_steps = ${c.price_steps}::jsonb,
        yearly_percent = ${c.yearly_percent}::numeric, mode = ${c.mode},
        stops_when_unpaid = ${c.stops_when_unpaid}::boolean, version = version + 1
      where tenant_id = ${act.tenantId} and id = ${id}`,
    { rows: 1, rule: 'the recurring invoice to change is there' },
  );
}

/** Pauses one from a day on, or lets it go on. */
export function updatePaused(act: Act, id: RecurringId, pausedOn: PlainDate | null): void {
  act.write(
    sql`update recurring_invoice set paused_on = ${pausedOn}::date, version = version + 1
      where tenant_id = ${act.tenantId} and id = ${id}`,
    { rows: 1, rule: 'the recurring invoice to pause is there' },
  );
}

/** One recurring invoice. */
export async function findRecurring(tx: Tx, id: RecurringId): Promise<Recurring | undefined> {
  const row = await tx.find(
    sql<RecurringRow>`select * from recurring_invoice where tenant_id = ${tx.tenantId} and id = ${id}`,
  );
  return row && recurringFrom(row);
}

/** One recurring invoice, locked: one period at a time is invoiced. */
export async function lockRecurring(tx: Tx, id: RecurringId): Promise<Recurring | undefined> {
  const row = await tx.find(
    sql<RecurringRow>`select * from recurring_invoice where tenant_id = ${tx.tenantId} and id = ${id} for update`,
  );
  return row && recurringFrom(row);
}

export type RecurringListed = { readonly recurring: Recurring; readonly createdAt: Instant };

/** Recurring invoices, the newest first. */
export async function findRecurringPage(
  tx: Tx,
  filter: { readonly customerId?: CustomerId | undefined },
  page: { readonly after: readonly [Instant, string] | undefined; readonly limit: number },
): Promise<readonly RecurringListed[]> {
  const [at, id] = page.after ?? [];
  const conditions = [
    sql`tenant_id = ${tx.tenantId}`,
    ...(filter.customerId ? [sql`customer_id = ${filter.customerId}`] : []),
    ...(page.after ? [sql`(created_at, id) < (${at}::timestamptz, ${id}::uuid)`] : []),
  ];
  const rows = await tx.run(
    sql<RecurringRow>`select * from recurring_invoice where ${sql.join(conditions, sql` and `)}
      order by created_at desc, id desc limit ${page.limit}`,
    { plan: 'fresh' },
  );
  return rows.map((row) => ({ recurring: recurringFrom(row), createdAt: row.created_at }));
}

/** Recurring invoices that may be due by a day: begun, not paused; after an id, so that all are gone through in turn. */
export async function findRunning(
  tx: Tx,
  today: PlainDate,
  page: { readonly after: string; readonly limit: number },
): Promise<readonly Recurring[]> {
  const rows = await tx.run(
    sql<RecurringRow>`select * from recurring_invoice where tenant_id = ${tx.tenantId} and id > ${page.after}::uuid
      and starts_on <= ${today} and paused_on is null order by id limit ${page.limit}`,
  );
  return rows.map(recurringFrom);
}

/** A period that was invoiced, with what became of its draft. */
export type InvoicedPeriod = {
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly draftId: DraftId;
  readonly state: Draft['state'];
  readonly invoiceId: InvoiceId | null;
  readonly number: string | null;
  readonly refusal: KeptRefusal | null;
};

/** The periods that recurring invoices were invoiced for, in order. */
export async function findInvoicedPeriods(
  tx: Tx,
  ids: readonly RecurringId[],
): Promise<ReadonlyMap<RecurringId, readonly InvoicedPeriod[]>> {
  const rows = await tx.run(
    sql<InvoicedPeriod & { readonly recurringId: RecurringId }>`
      select p.recurring_id as "recurringId", p.period_from as "from", p.period_to as "to", p.draft_id as "draftId",
        d.state, d.invoice_id as "invoiceId", v.number, d.refusal
      from recurring_period p
      join invoice_draft d on d.tenant_id = ${tx.tenantId} and d.id = p.draft_id
      left join invoice v on v.tenant_id = ${tx.tenantId} and v.id = d.invoice_id
      where p.tenant_id = ${tx.tenantId} and p.recurring_id = any(${arrayLiteral(ids)}::uuid[])
      order by p.recurring_id, p.period_from`,
    { plan: 'fresh' },
  );
  return Map.groupBy(rows, (row) => row.recurringId);
}

/** Notes that a period has its draft; once. */
export function insertPeriod(
  act: Act,
  period: {
    readonly recurringId: RecurringId;
    readonly from: PlainDate;
    readonly to: PlainDate;
    readonly draftId: DraftId;
  },
): void {
  act.insert('recurring_period', [
    {
      recurring_id: period.recurringId,
      period_from: period.from,
      period_to: period.to,
      draft_id: period.draftId,
      recorded_at: act.now,
    },
  ]);
}
