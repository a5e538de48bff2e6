// SQL of payments and write-offs: what commands lock, write and decide by. Matching, bank and lists have stores beside this.
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
import type { ReadyWriteOff } from './writing-off.ts';

/** A stored payment. */
export type PaymentRow = Selectable<DB['payment']>;
export type WriteOffRow = Selectable<DB['write_off']>;

/** Ids as a parameter. */
export const uuids = (ids: readonly string[]): RawBuilder<string[]> => sql`${arrayLiteral(ids)}::uuid[]`;

// — payments —

/** Adds payments. */
export function insertPayments(act: Act, payments: readonly NewRow<'payment'>[]): void {
  act.insert('payment', payments);
}

/**
 * One payment, locked against being applied, returned or moved by another, with the items it stands in (the first one first)
 * and how many items its moves have made. The items are read by a statement of their own, after the lock is there: read
 * with it, those that another move has just made would be missed.
 */
export async function lockPayment(
  tx: Tx,
  id: PaymentId,
): Promise<
  | { readonly payment: PaymentRow; readonly itemIds: readonly ItemId[]; readonly transfers: number }
  | undefined
> {
  const [payment, items] = await Promise.all([
    tx.find(
      q
        .selectFrom('payment')
        .selectAll()
        .where('tenant_id', '=', tx.tenantId)
        .where('id', '=', id)
        .forUpdate(),
    ),
    tx.run(sql<{ id: ItemId; kind: string; amount_minor: bigint }>`
      select id, kind, amount_minor from open_item
      where tenant_id = ${tx.tenantId} and document_id = ${id} and kind in ('payment', 'refund', 'transfer')
      order by kind = 'transfer', instalment`),
  ]);
  if (!payment) return undefined;
  const isOwn = (minor: bigint): boolean => minor > 0n === (payment.direction === 'refunded');
  return {
    payment,
    itemIds: items.filter((i) => isOwn(i.amount_minor)).map((i) => i.id),
    transfers: items.filter((i) => i.kind === 'transfer').length,
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
    where a.tenant_id = ${tx.tenantId} and a.reverses_id is null and a.method not in ('return', 'transfer', 'void')
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

/** Credits that settled a part of items together with a payment, as applications that stand. */
export async function findNettedWith(
  tx: Tx,
  paymentId: PaymentId,
  debitItemIds: readonly ItemId[],
): Promise<readonly ApplicationId[]> {
  if (debitItemIds.length === 0) return [];
  const rows = await tx.run(sql<{ id: ApplicationId }>`
    select a.id from application a
    where a.tenant_id = ${tx.tenantId} and a.debit_item_id = any(${uuids(debitItemIds)}) and a.reverses_id is null
      and a.method = 'credit' and a.evidence ->> 'nettedWith' = ${paymentId}::text
      and not exists (select 1 from application r where r.tenant_id = a.tenant_id and r.reverses_id = a.id)
    order by a.id`);
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

// — write-offs —

/** Adds write-offs with their numbers. */
export function insertWriteOffs(
  act: Act,
  writeOffs: readonly {
    readonly writeOff: ReadyWriteOff;
    readonly number: string;
    readonly reason: string;
  }[],
): void {
  act.insert(
    'write_off',
    writeOffs.map(({ writeOff, number, reason }) => ({
      id: writeOff.id,
      company_id: writeOff.companyId,
      customer_id: writeOff.customerId,
      number,
      kind: writeOff.kind,
      reason,
      currency: writeOff.amount.currency,
      amount_minor: writeOff.amount.minor,
      functional_minor: writeOff.functional.minor,
      written_off_on: writeOff.on,
      recorded_at: act.now,
    })),
  );
}

/** One write-off, locked, with its credit items and whether it was undone (read after the lock is there). */
export async function lockWriteOff(
  tx: Tx,
  id: string,
): Promise<
  | { readonly writeOff: WriteOffRow; readonly itemIds: readonly ItemId[]; readonly isUndone: boolean }
  | undefined
> {
  const [writeOff, items, undone] = await Promise.all([
    tx.find(
      q
        .selectFrom('write_off')
        .selectAll()
        .where('tenant_id', '=', tx.tenantId)
        .where('id', '=', id)
        .forUpdate(),
    ),
    tx.run(sql<{ id: ItemId }>`
      select id from open_item where tenant_id = ${tx.tenantId} and document_id = ${id} and kind = 'write_off' order by instalment`),
    tx.find(sql`select 1 from write_off_undo where tenant_id = ${tx.tenantId} and write_off_id = ${id}`),
  ]);
  return writeOff && { writeOff, itemIds: items.map((i) => i.id), isUndone: undone !== undefined };
}

/** Keeps that a write-off was taken back. */
export function insertUndo(act: Act, row: NewRow<'write_off_undo'>): void {
  act.insert('write_off_undo', [row]);
}
