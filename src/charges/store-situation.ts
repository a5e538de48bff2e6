// SQL that reads what charging decides by: late items with what took something off them, what was charged before, fees, policies
// and rates. Nothing is written here.

import { sql } from 'kysely';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, ItemId } from '#kernel/id.ts';
import { type Money, money } from '#kernel/money.ts';
import { parseDecimal } from '#kernel/percent.ts';
import type { Exclusion, LateItem, Reduction } from './accrual.ts';
import type { Charged, PendingFee } from './charging.ts';
import type { DebtorKind, PolicyVersion, Terms } from './policy.ts';
import type { ReferenceRate } from './reference-rate.ts';

const uuids = (ids: readonly string[]) => sql`${arrayLiteral(ids)}::uuid[]`;

/** A late item without what happened to it. */
export type FoundItem = Omit<LateItem, 'reductions' | 'exclusions'> & { readonly customerId: CustomerId };

/**
 * An invoice item that interest may concern: overdue before a day and open, or settled after its due date, or charged before
 * (so that what was charged can be corrected).
 */
const concerned = (through: PlainDate) => sql`i.kind = 'invoice' and i.due_on < ${through}
  and (i.open_minor > 0
    or exists (select from application a where a.tenant_id = i.tenant_id and a.debit_item_id = i.id and a.applied_on > i.due_on)
    or exists (select from charge_part p where p.tenant_id = i.tenant_id and p.item_id = i.id))`;

/** Customers of a company with something that interest may concern, or a fee to be charged, by id from after one of them. */
export async function findConcernedCustomers(
  tx: Tx,
  companyId: CompanyId,
  through: PlainDate,
  page: { readonly after: string | undefined; readonly limit: number },
): Promise<readonly CustomerId[]> {
  const after = page.after ?? '00000000-0000-0000-0000-000000000000';
  const rows = await tx.run(
    sql<{ customer_id: CustomerId }>`
      select c.id as customer_id from customer c
      where c.tenant_id = ${tx.tenantId} and c.id > ${after}
        and (exists (select from open_item i where i.tenant_id = c.tenant_id and i.customer_id = c.id
            and i.company_id = ${companyId} and ${concerned(through)})
          or exists (select from charge_fee f where f.tenant_id = c.tenant_id and f.customer_id = c.id
            and f.company_id = ${companyId} and ${pending('f')}))
      order by c.id limit ${page.limit}`,
    { plan: 'fresh' },
  );
  return rows.map((row) => row.customer_id);
}

/** A fee counts once its message is known to be sent, and until it is charged. */
const pending = (fee: string) =>
  sql`${sql.ref(fee)}.amount_minor > 0 and exists (select from message m where m.tenant_id = ${sql.ref(fee)}.tenant_id and m.id = ${sql.ref(fee)}.message_id
      and m.state = 'sent')
    and not exists (select from charge_fee newer where newer.tenant_id = ${sql.ref(fee)}.tenant_id
      and newer.message_id = ${sql.ref(fee)}.message_id and newer.version > ${sql.ref(fee)}.version)
    and not exists (select from charge_part p where p.tenant_id = ${sql.ref(fee)}.tenant_id and p.fee_id = ${sql.ref(fee)}.id
    and p.kind = 'reminder_fee')`;

/** The items of customers that interest may concern, the oldest due first. */
export async function findLateItems(
  tx: Tx,
  companyId: CompanyId,
  customerIds: readonly CustomerId[],
  through: PlainDate,
): Promise<readonly FoundItem[]> {
  return findItems(
    tx,
    sql`i.company_id = ${companyId} and i.customer_id = any(${uuids(customerIds)}) and ${concerned(through)}`,
  );
}

/** The items of an invoice, late or not. */
export async function findInvoiceItems(tx: Tx, documentId: string): Promise<readonly FoundItem[]> {
  return findItems(tx, sql`i.document_id = ${documentId} and i.kind = 'invoice'`);
}

async function findItems(tx: Tx, where: ReturnType<typeof sql>): Promise<readonly FoundItem[]> {
  const rows = await tx.run(
    sql<{
      id: ItemId;
      customer_id: CustomerId;
      document_id: string;
      reference: string;
      posted_on: PlainDate;
      due_on: PlainDate;
      currency: string;
      amount_minor: bigint;
    }>`select i.id, i.customer_id, i.document_id, i.reference, i.posted_on, i.due_on, i.currency, i.amount_minor
      from open_item i where i.tenant_id = ${tx.tenantId} and ${where} order by i.due_on, i.id`,
    { plan: 'fresh' },
  );
  return rows.map((row) => ({
    id: row.id,
    customerId: row.customer_id,
    documentId: row.document_id,
    reference: row.reference,
    issuedOn: row.posted_on,
    dueOn: row.due_on,
    amount: money(row.amount_minor, row.currency),
  }));
}

/**
 * What took something off items, as it stands now: what was applied and not taken back. Money counts from the day its payment
 * was received, a credit note from its own day; what was voided, from the start.
 */
export async function findReductions(
  tx: Tx,
  itemIds: readonly ItemId[],
): Promise<ReadonlyMap<ItemId, readonly Reduction[]>> {
  const rows = await tx.run(
    sql<{ item_id: ItemId; on: PlainDate; minor: bigint; cause: Reduction['cause'] }>`
      select a.debit_item_id as item_id, (a.amount_minor + a.discount_minor + a.difference_minor) as minor,
        case when c.kind in ('payment', 'transfer', 'handover')
            then (select min(p.posted_on) from open_item p where p.tenant_id = c.tenant_id and p.document_id = c.document_id)
          when c.kind = 'credit_note' then c.posted_on else a.applied_on end as on,
        case c.kind when 'payment' then 'money' when 'transfer' then 'money' when 'handover' then 'money' when 'credit_note' then 'credit_note'
          when 'void' then 'void' else 'other' end as cause
      from application a join open_item c on c.tenant_id = a.tenant_id and c.id = a.credit_item_id
      where a.tenant_id = ${tx.tenantId} and a.debit_item_id = any(${uuids(itemIds)}) and a.reverses_id is null
        and not exists (select from application r where r.tenant_id = a.tenant_id and r.reverses_id = a.id)`,
    { plan: 'fresh' },
  );
  return grouped(
    rows,
    ({ item_id }) => item_id,
    ({ on, minor, cause }) => ({ on, minor, cause }),
  );
}

/** What of items is left out of interest, and when. */
export async function findExclusions(
  tx: Tx,
  itemIds: readonly ItemId[],
): Promise<ReadonlyMap<ItemId, readonly Exclusion[]>> {
  const rows = await tx.run(
    sql<{ item_id: ItemId; from_on: PlainDate; to_on: PlainDate | null; amount_minor: bigint | null }>`
      select item_id, from_on, to_on, amount_minor from charge_exclusion
      where tenant_id = ${tx.tenantId} and item_id = any(${uuids(itemIds)}) and not annulled`,
  );
  return grouped(
    rows,
    ({ item_id }) => item_id,
    ({ from_on, to_on, amount_minor }) => ({ from: from_on, to: to_on, minor: amount_minor }),
  );
}

/** Money and credit of customers that is not applied yet, with the day it counts from, the oldest first. */
export type OpenCredit = {
  readonly customerId: CustomerId;
  readonly on: PlainDate;
  readonly cause: 'money' | 'credit_note';
  readonly amount: Money;
};

/** What customers have with a company that is not applied; credits of charges are left out, they are for charges. */
export async function findOpenCredits(
  tx: Tx,
  companyId: CompanyId,
  customerIds: readonly CustomerId[],
): Promise<readonly OpenCredit[]> {
  const rows = await tx.run(
    sql<{ customer_id: CustomerId; kind: string; on: PlainDate; currency: string; minor: bigint }>`
      select i.customer_id, i.kind, i.currency, -i.open_minor as minor,
        (select min(p.posted_on) from open_item p where p.tenant_id = i.tenant_id and p.document_id = i.document_id) as on
      from open_item i
      where i.tenant_id = ${tx.tenantId} and i.company_id = ${companyId} and i.customer_id = any(${uuids(customerIds)})
        and i.open_minor < 0 and i.kind in ('payment', 'transfer', 'handover', 'credit_note')
      order by 5, i.id`,
    { plan: 'fresh' },
  );
  return rows.map((row) => ({
    customerId: row.customer_id,
    on: row.on,
    cause: row.kind === 'credit_note' ? 'credit_note' : 'money',
    amount: money(row.minor, row.currency),
  }));
}

/** What was charged before for items and their invoices; waivers do not count against it. */
export async function findCharged(
  tx: Tx,
  items: readonly Pick<FoundItem, 'id' | 'documentId'>[],
): Promise<ReadonlyMap<ItemId, Charged>> {
  const ids = uuids(items.map((item) => item.id));
  const documents = uuids([...new Set(items.map((item) => item.documentId))]);
  const [interest, fixed] = await Promise.all([
    tx.run(sql<{ item_id: ItemId; through: PlainDate | null; minor: bigint }>`
      select item_id, max(to_on) filter (where kind = 'interest') as through, sum(amount_minor)::bigint as minor
      from charge_part where tenant_id = ${tx.tenantId} and item_id = any(${ids}) and kind in ('interest', 'correction')
      group by item_id`),
    tx.run(sql<{ document_id: string; minor: bigint }>`
      select document_id, sum(amount_minor)::bigint as minor from charge_part
      where tenant_id = ${tx.tenantId} and document_id = any(${documents}) and kind in ('fixed_sum', 'fee_correction')
      group by document_id`),
  ]);
  const interestOf = new Map(interest.map((row) => [row.item_id, row]));
  const fixedOf = new Map(fixed.map((row) => [row.document_id, row.minor]));
  return new Map(
    items.map(({ id, documentId }) => [
      id,
      {
        through: interestOf.get(id)?.through ?? null,
        interestMinor: interestOf.get(id)?.minor ?? 0n,
        fixedMinor: fixedOf.get(documentId) ?? null,
      },
    ]),
  );
}

/** Reminder fees of customers that are not charged yet. */
export async function findPendingFees(
  tx: Tx,
  companyId: CompanyId,
  customerIds: readonly CustomerId[],
): Promise<readonly (PendingFee & { readonly customerId: CustomerId })[]> {
  const rows = await tx.run(sql<{
    id: string;
    customer_id: CustomerId;
    phase: string;
    currency: string;
    amount_minor: bigint;
    incurred_on: PlainDate;
  }>`
    select f.id, f.customer_id, f.phase, f.currency, f.amount_minor, f.incurred_on from charge_fee f
    where f.tenant_id = ${tx.tenantId} and f.company_id = ${companyId} and f.customer_id = any(${uuids(customerIds)})
      and ${pending('f')} order by f.incurred_on, f.id`);
  return rows.map((row) => ({
    id: row.id,
    customerId: row.customer_id,
    reference: row.phase,
    incurredOn: row.incurred_on,
    amount: money(row.amount_minor, row.currency),
  }));
}

/** The versions of a company's policies for everybody and for customers (or all of them), in the order they were recorded. */
export async function findPolicies(
  tx: Tx,
  companyId: CompanyId,
  customerIds: readonly CustomerId[] | 'all',
): Promise<readonly (PolicyVersion & { readonly recordedBy: string })[]> {
  const whose =
    customerIds === 'all'
      ? sql``
      : sql`and (customer_id is null or customer_id = any(${uuids(customerIds)}))`;
  const rows = await tx.run(sql<{
    id: string;
    customer_id: CustomerId | null;
    valid_from: PlainDate;
    terms: unknown;
    exempt: boolean;
    recorded_by: string;
  }>`
    select id, customer_id, valid_from, terms, exempt, recorded_by from charge_policy
    where tenant_id = ${tx.tenantId} and company_id = ${companyId} ${whose} order by recorded_at, id`);
  return rows.map((row) => ({
    id: row.id,
    customerId: row.customer_id,
    validFrom: row.valid_from,
    terms: row.terms as Terms | null,
    exempt: row.exempt,
    recordedBy: row.recorded_by,
  }));
}

/** The kind of customers where somebody said that they are no ordinary business. */
export async function findDebtorKinds(
  tx: Tx,
  customerIds: readonly CustomerId[],
): Promise<ReadonlyMap<CustomerId, DebtorKind>> {
  const rows = await tx.run(sql<{ customer_id: CustomerId; kind: DebtorKind }>`
    select distinct on (customer_id) customer_id, kind from debtor_kind
    where tenant_id = ${tx.tenantId} and customer_id = any(${uuids(customerIds)})
    order by customer_id, recorded_at desc, id desc`);
  return new Map(rows.map((row) => [row.customer_id, row.kind]));
}

/** The reference rates that the tenant recorded; of several for a code and day the latest. */
export async function findRecordedRates(
  tx: Tx,
): Promise<
  readonly (ReferenceRate & { readonly recordedBy: string; readonly recordedAt: Temporal.Instant })[]
> {
  const rows = await tx.run(sql<{
    code: string;
    valid_from: PlainDate;
    percent: string;
    source: string;
    recorded_by: string;
    recorded_at: Temporal.Instant;
  }>`
    select distinct on (code, valid_from) code, valid_from, percent::text as percent, source, recorded_by, recorded_at
    from reference_rate where tenant_id = ${tx.tenantId} order by code, valid_from, recorded_at desc, id desc`);
  return rows.map((row) => ({
    code: row.code,
    validFrom: row.valid_from,
    percent: parseDecimal(row.percent),
    source: row.source,
    recordedBy: row.recorded_by,
    recordedAt: row.recorded_at,
  }));
}

function grouped<Row, Value>(
  rows: readonly Row[],
  keyOf: (row: Row) => ItemId,
  toValue: (row: Row) => Value,
): ReadonlyMap<ItemId, readonly Value[]> {
  return new Map([...Map.groupBy(rows, keyOf)].map(([id, own]) => [id, own.map(toValue)]));
}
