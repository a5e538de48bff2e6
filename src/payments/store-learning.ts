// SQL of learning how customers pay: applications that stand, and what else was open when they were paid.

import { sql } from 'kysely';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { LEARN_DOCUMENTS_MAX, LEARN_ROWS } from '#kernel/limits.ts';
import type { OpenDocument } from '#matching/documents.ts';
import type { KeptPool } from '#paying/record-habits.ts';
import { uuids } from './store.ts';
import { dayNumber } from './weighing.ts';

/** One item that a payment was applied to. */
export type LearnableRow = {
  readonly application_id: string;
  readonly payment_id: string;
  readonly recorded_at: Temporal.Instant;
  readonly received_on: PlainDate;
  readonly customer_id: CustomerId;
  readonly currency: string;
  readonly item_id: string;
  readonly amount_minor: bigint;
  readonly difference_minor: bigint;
  readonly item_amount_minor: bigint;
  readonly due_on: PlainDate;
  readonly posted_on: PlainDate;
  /** Whether nothing is open of the item any more. */
  readonly closed: boolean;
};

/** How far was learnt: by the moment of recording, then by the payment. */
type LearntTo = NonNullable<KeptPool['learntTo']>;

/**
 * Applications of receipts to debts that stand, after those given, in the order of the moments they were recorded at. What one
 * payment did at one moment stands together and is never parted, whatever others were recorded at the same moment.
 */
export async function findLearnable(
  tx: Tx,
  page: {
    readonly companyId: CompanyId;
    readonly after: LearntTo | null;
    readonly before: Temporal.Instant;
    readonly limit?: number;
  },
): Promise<{
  readonly rows: readonly LearnableRow[];
  readonly last: LearntTo | null;
  readonly isFull: boolean;
}> {
  const limit = page.limit ?? LEARN_ROWS;
  const { after } = page;
  const beyond =
    after === null
      ? sql``
      : sql`and a.recorded_at >= ${after.at} and (a.recorded_at, p.id) > (${after.at}, ${after.paymentId}::uuid)`;
  const rows = await tx.run(
    sql<LearnableRow & { stands: boolean }>`
    select a.id as application_id, p.id as payment_id, a.recorded_at, p.received_on, d.customer_id, d.currency, d.id as item_id,
      a.amount_minor, a.difference_minor, d.amount_minor as item_amount_minor, d.due_on, d.posted_on, d.open_minor = 0 as closed,
      not exists (select from application r where r.tenant_id = a.tenant_id and r.reverses_id = a.id) as stands
    from application a
    join open_item c on c.tenant_id = a.tenant_id and c.id = a.credit_item_id and c.account = 'unapplied-cash'
    join payment p on p.tenant_id = c.tenant_id and p.id = c.document_id and p.direction = 'received'
    join open_item d on d.tenant_id = a.tenant_id and d.id = a.debit_item_id and d.account = 'receivables'
    where a.tenant_id = ${tx.tenantId} and a.company_id = ${page.companyId} and a.reverses_id is null
      and a.method in ('manual', 'reference', 'amount', 'import') and d.customer_id is not null and a.amount_minor > 0
      and a.recorded_at < ${page.before} ${beyond}
    order by a.recorded_at, p.id, a.id limit ${limit}::int`,
    { plan: 'fresh' },
  );
  const isFull = rows.length === limit;
  const end = rows.at(-1);
  const isOfEnd = (row: LearnableRow): boolean =>
    row.payment_id === end?.payment_id && row.recorded_at.equals(end.recorded_at);
  const whole = isFull ? rows.filter((row) => !isOfEnd(row)) : rows;
  // A payment of more items than a page has would never end: its first page is learnt from as it is.
  const taken = whole.length > 0 ? whole : rows;
  const last = taken.at(-1);
  return {
    rows: taken.filter((row) => row.stands),
    last: last ? { at: last.recorded_at, paymentId: last.payment_id } : null,
    isFull,
  };
}

/**
 * What else the customer of each payment had open on its value date, in its currency: debts booked by then that were not settled
 * before. At most so many for each, the oldest first.
 */
export async function findDocumentsAround(
  tx: Tx,
  companyId: CompanyId,
  payments: readonly (readonly LearnableRow[])[],
): Promise<readonly (readonly OpenDocument[])[]> {
  const asked = payments.flatMap(([first]) => (first ? [first] : []));
  const rows = await tx.run(
    sql<{ place: bigint; id: string; amount_minor: bigint; due_on: PlainDate; posted_on: PlainDate }>`
    select w.place, i.* from unnest(${uuids(asked.map((row) => row.customer_id))},
      ${arrayLiteral(asked.map((row) => row.received_on))}::date[], ${arrayLiteral(asked.map((row) => row.currency))}::text[])
      with ordinality as w(customer_id, day, currency, place)
    cross join lateral (
      select i.id, case when i.open_minor > 0 then i.open_minor else i.amount_minor end as amount_minor, i.due_on, i.posted_on
      from open_item i
      where i.tenant_id = ${tx.tenantId} and i.customer_id = w.customer_id and i.posted_on <= w.day and i.amount_minor > 0
        and i.account = 'receivables' and i.company_id = ${companyId} and i.currency = w.currency
        and (i.open_minor > 0 or exists (select from application a
          where a.tenant_id = i.tenant_id and a.debit_item_id = i.id and a.applied_on >= w.day))
      order by i.posted_on, i.id limit ${LEARN_DOCUMENTS_MAX}::int) i`,
    { plan: 'fresh' },
  );
  const byPlace = Map.groupBy(rows, (row) => Number(row.place) - 1);
  return asked.map((_, place) =>
    (byPlace.get(place) ?? []).map((row) => ({
      id: row.id,
      amount: Number(row.amount_minor),
      due: dayNumber(row.due_on),
      issued: dayNumber(row.posted_on),
    })),
  );
}
