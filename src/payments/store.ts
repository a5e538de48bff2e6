// SQL of payments: what commands lock, write and decide by. Matching, bank and lists have stores beside this.
// Rows in, domain values out.

import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { NewRow } from '#db/insert.ts';
import { q } from '#db/query.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { ApplicationId, CustomerId, ItemId, PaymentId } from '#kernel/id.ts';
import { ALLOCATIONS_MAX } from '#kernel/limits.ts';
import type { ReadyPayment } from './payment.ts';

/** A stored payment. */
export type PaymentRow = Selectable<DB['payment']>;

/** Ids as a parameter. */
export const uuids = (ids: readonly string[]): RawBuilder<string[]> => sql`${arrayLiteral(ids)}::uuid[]`;

// — payments —

/** Adds payments. */
export function insertPayments(act: Act, payments: readonly NewRow<'payment'>[]): void {
  act.insert('payment', payments);
}

/** A payment with the items it stands in, in its own company. */
export type LockedPayment = {
  readonly payment: PaymentRow;
  /** The first one first. */
  readonly itemIds: readonly ItemId[];
  /** What came to other companies for their debts, taken back or not. */
  readonly handedIds: readonly ItemId[];
  /** How many items its moves, and its handing over to other companies, have made. */
  readonly transfers: number;
  readonly handovers: number;
};

/**
 * One payment, locked against being applied, returned or moved by another, with its items. The items are read by a statement of
 * their own, after the lock is there: read with it, those that another move has just made would be missed.
 */
export async function lockPayment(tx: Tx, id: PaymentId): Promise<LockedPayment | undefined> {
  const [payment, items] = await Promise.all([
    tx.find(
      q
        .selectFrom('payment')
        .selectAll()
        .where('tenant_id', '=', tx.tenantId)
        .where('id', '=', id)
        .forUpdate(),
    ),
    tx.run(sql<{ id: ItemId; company_id: string; kind: string; amount_minor: bigint }>`
      select id, company_id, kind, amount_minor from open_item
      where tenant_id = ${tx.tenantId} and document_id = ${id} and kind in ('payment', 'refund', 'transfer', 'handover')
      order by case kind when 'transfer' then 1 when 'handover' then 2 else 0 end, instalment`),
  ]);
  if (!payment) return undefined;
  const sided = items.filter(({ amount_minor: minor }) => minor > 0n === (payment.direction === 'refunded'));
  const [own, handed] = [true, false].map((isOwn) =>
    sided.filter((i) => (i.company_id === payment.company_id) === isOwn).map((i) => i.id),
  );
  return {
    payment,
    itemIds: own ?? [],
    handedIds: handed ?? [],
    transfers: items.filter((i) => i.kind === 'transfer').length,
    handovers: items.filter((i) => i.kind === 'handover').length,
  };
}

/** Payments by external id that still stand, in a company. */
export async function findByExternalIds(
  tx: Tx,
  companyId: string,
  externalIds: readonly string[],
): Promise<readonly PaymentRow[]> {
  return tx.run(
    q
      .selectFrom('payment')
      .selectAll()
      .where('tenant_id', '=', tx.tenantId)
      .where('company_id', '=', companyId)
      .where('external_id', 'in', sql<string>`(select unnest(${arrayLiteral(externalIds)}::text[]))`)
      .where('returned_on', 'is', null),
  );
}

/** Notes on which day payments came back. */
export function updateReturned(act: Act, ids: readonly PaymentId[], on: PlainDate): void {
  act.write(
    sql`update payment set returned_on = ${on} where tenant_id = ${act.tenantId} and id = any(${uuids(ids)}) and returned_on is null`,
    { rows: ids.length, rule: 'every payment to return stands' },
  );
}

/** Keeps why a payment came back. */
export function insertReturn(act: Act, row: NewRow<'payment_return'>): void {
  act.insert('payment_return', [row]);
}

/** Notes whose payments are. */
export function updateCustomers(
  act: Act,
  moved: readonly { readonly id: PaymentId; readonly customerId: CustomerId | null }[],
): void {
  if (moved.length === 0) return;
  act.write(
    sql`update payment set customer_id = n.customer_id
      from unnest(${uuids(moved.map((m) => m.id))}, ${arrayLiteral(moved.map((m) => m.customerId))}::uuid[]) as n(id, customer_id)
      where payment.tenant_id = ${act.tenantId} and payment.id = n.id and payment.returned_on is null`,
    { rows: moved.length, rule: 'every payment to move stands' },
  );
}

/** An application that stands: not a reversal, and not reversed. */
export type StandingApplication = {
  readonly id: ApplicationId;
  readonly debitItemId: ItemId;
  readonly creditItemId: ItemId;
  readonly appliedOn: PlainDate;
};

/** What of items is applied now; what closed them in returns, moves and undoings is left out. */
export async function findStanding(
  tx: Tx,
  itemIds: readonly ItemId[],
): Promise<readonly StandingApplication[]> {
  const rows = await tx.run(sql<{ id: string; debit: string; credit: string; applied_on: PlainDate }>`
    select a.id, a.debit_item_id as debit, a.credit_item_id as credit, a.applied_on from application a
    where a.tenant_id = ${tx.tenantId} and a.reverses_id is null and a.method not in ('return', 'transfer', 'handover', 'void')
      and (a.debit_item_id = any(${uuids(itemIds)}) or a.credit_item_id = any(${uuids(itemIds)}))
      and not exists (select 1 from application r where r.tenant_id = a.tenant_id and r.reverses_id = a.id)
    order by a.id`);
  return rows.map((row) => ({
    id: row.id as ApplicationId,
    debitItemId: row.debit as ItemId,
    creditItemId: row.credit as ItemId,
    appliedOn: row.applied_on,
  }));
}

/** A credit that settled a part of an item together with a payment; of money on account, the payment that it came by. */
export type NettedApplication = {
  readonly applicationId: ApplicationId;
  readonly paymentId: PaymentId | null;
};

/**
 * Credits that settled items together with a payment and go back when these applications of it do: those of the same items, and
 * once nothing of the act stands any more, also those of items that no money of it went to. What was done in one act was
 * recorded at one moment; that the receipt was moved to its customer in it is no application.
 */
export async function findNettedWith(
  tx: Tx,
  of: { readonly paymentId: PaymentId; readonly itemIds: readonly ItemId[] },
  applicationIds: readonly ApplicationId[],
): Promise<readonly NettedApplication[]> {
  if (applicationIds.length === 0) return [];
  const rows = await tx.run(sql<{ id: ApplicationId; payment_id: PaymentId | null }>`
    with own as (
      select o.company_id, o.recorded_at, o.debit_item_id, o.id = any(${uuids(applicationIds)}) as goes,
        exists (select 1 from application r where r.tenant_id = o.tenant_id and r.reverses_id = o.id) as is_back
      from application o
      where o.tenant_id = ${tx.tenantId} and o.credit_item_id = any(${uuids(of.itemIds)}) and o.reverses_id is null
        and o.method not in ('import', 'return', 'transfer', 'handover', 'void'))
    select a.id, case when c.account = 'unapplied-cash' then c.document_id end as payment_id
    from (select distinct company_id, recorded_at from own where goes) m
    join application a on a.tenant_id = ${tx.tenantId} and a.company_id = m.company_id and a.recorded_at = m.recorded_at
      and a.reverses_id is null and a.evidence ->> 'nettedWith' = ${of.paymentId}::text
    join open_item c on c.tenant_id = a.tenant_id and c.id = a.credit_item_id
    where not exists (select 1 from application r where r.tenant_id = a.tenant_id and r.reverses_id = a.id)
      and (exists (select 1 from own o where o.recorded_at = m.recorded_at and o.debit_item_id = a.debit_item_id and o.goes)
        or not exists (select 1 from own o where o.recorded_at = m.recorded_at and not o.goes and not o.is_back))
    order by a.id`);
  return rows.map((row) => ({ applicationId: row.id, paymentId: row.payment_id }));
}

/**
 * Applications of credits that settled items beside a payment, in the acts that applied it, taken back or not: rows of
 * `application`. Imports net nothing, and record very many at one moment.
 */
export function besidePayment(tx: Tx, paymentId: string): RawBuilder<unknown> {
  return sql`(select a.* from (
      select distinct o.company_id, o.recorded_at from open_item i
      join application o on o.tenant_id = i.tenant_id and o.credit_item_id = i.id and o.reverses_id is null
        and o.method not in ('import', 'transfer', 'handover', 'return')
      where i.tenant_id = ${tx.tenantId} and i.document_id = ${paymentId}::uuid) m
    join application a on a.tenant_id = ${tx.tenantId} and a.company_id = m.company_id and a.recorded_at = m.recorded_at
      and a.reverses_id is null and a.evidence ->> 'nettedWith' = ${paymentId}::text)`;
}

/** The payments whose money on account settles items beside a payment; what was taken back is left out. */
export async function findPaymentsUsedBeside(tx: Tx, paymentId: PaymentId): Promise<readonly PaymentId[]> {
  const rows = await tx.run(sql<{ id: PaymentId }>`
    select distinct c.document_id as id from ${besidePayment(tx, paymentId)} a
    join open_item c on c.tenant_id = ${tx.tenantId} and c.id = a.credit_item_id and c.account = 'unapplied-cash'
    where not exists (select 1 from application r where r.tenant_id = ${tx.tenantId} and r.reverses_id = a.id)`);
  return rows.map((row) => row.id);
}

/** The payments whose money items are; items of other documents are left out. */
export async function findPaymentsOfItems(tx: Tx, itemIds: readonly ItemId[]): Promise<readonly PaymentId[]> {
  const rows = await tx.run(sql<{ id: PaymentId }>`
    select distinct document_id as id from open_item
    where tenant_id = ${tx.tenantId} and id = any(${uuids(itemIds)}) and account = 'unapplied-cash'`);
  return rows.map((row) => row.id);
}

/** The credits a customer has in a company and currency, oldest first: what a refund can be taken from. */
export async function findCreditIds(
  tx: Tx,
  of: Pick<ReadyPayment, 'companyId' | 'customerId' | 'amount'>,
): Promise<readonly ItemId[]> {
  const rows = await tx.run(sql<{ id: ItemId }>`
    select id from open_item
    where tenant_id = ${tx.tenantId} and customer_id = ${of.customerId} and company_id = ${of.companyId}
      and currency = ${of.amount.currency} and open_minor < 0
    order by posted_on, id limit ${ALLOCATIONS_MAX}::int`);
  return rows.map((row) => row.id);
}

/** Payments with the one item each that has something left, locked by id; those with none or several are left out. */
export async function lockWhole(
  tx: Tx,
  ids: readonly PaymentId[],
): Promise<
  readonly {
    readonly id: PaymentId;
    readonly itemId: ItemId;
    readonly customerId: CustomerId | null;
    readonly transfers: number;
  }[]
> {
  const [, rows] = await Promise.all([
    tx.run(
      sql`select id from payment where tenant_id = ${tx.tenantId} and id = any(${uuids(ids)}) order by id for update`,
    ),
    tx.run(sql<{ id: PaymentId; item_id: ItemId; customer_id: CustomerId | null; transfers: number }>`
      select p.id, i.id as item_id, i.customer_id, (select count(*)::int from open_item t
          where t.tenant_id = p.tenant_id and t.document_id = p.id and t.kind = 'transfer') as transfers
      from payment p join open_item i on i.tenant_id = p.tenant_id and i.document_id = p.id and i.open_minor = -p.amount_minor
      where p.tenant_id = ${tx.tenantId} and p.id = any(${uuids(ids)}) and p.returned_on is null and p.direction = 'received'
      order by p.id`),
  ]);
  return rows.map((row) => ({
    id: row.id,
    itemId: row.item_id,
    customerId: row.customer_id,
    transfers: row.transfers,
  }));
}

/** Whether a payment that went out was granted as a refund; refunds are written by their own module, and only read here. */
export async function findIsGranted(
  tx: Tx,
  payment: { readonly id: string; readonly direction: string },
): Promise<boolean> {
  if (payment.direction !== 'refunded') return false;
  const row = await tx.find(sql<{ refund_id: string }>`
    select refund_id from refund_end where tenant_id = ${tx.tenantId} and payment_id = ${payment.id}`);
  return row !== undefined;
}
