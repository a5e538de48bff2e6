// SQL of recoveries: facts that are added and read, never changed.

import { type Selectable, sql } from 'kysely';
import { type Act, actorText } from '#command/command.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { type ItemId, newId, type PaymentId } from '#kernel/id.ts';
import { RECOVERABLE_MAX } from '#kernel/limits.ts';
import type { Money } from '#kernel/money.ts';
import type { ReadyRecovery } from './recovery.ts';

/** A recovery with what went back of it, and its payment. */
export type RecoveryRow = Selectable<DB['recovery']> & {
  readonly undone_minor: bigint;
  readonly undoings: number;
  readonly payment_number: string;
};

/** Adds recoveries from a payment. */
export function insertRecoveries(act: Act, paymentId: PaymentId, recoveries: readonly ReadyRecovery[]): void {
  act.insert(
    'recovery',
    recoveries.map(({ id, of, amount, item }) => ({
      id,
      company_id: item.companyId,
      customer_id: item.customerId ?? '',
      write_off_id: of.writeOffId,
      item_id: of.item.id,
      recovery_item_id: item.id,
      payment_id: paymentId,
      currency: amount.currency,
      amount_minor: amount.minor,
      functional_minor: item.functional.minor,
      recovered_on: item.postedOn,
      recorded_by: actorText(act.actor),
      recorded_at: act.now,
    })),
  );
}

/** Keeps that a part of a recovery went back. */
export function insertRecoveryUndo(
  act: Act,
  of: {
    readonly recoveryId: string;
    readonly amount: Money;
    readonly functional: Money;
    readonly on: PlainDate;
  },
): void {
  act.insert('recovery_undo', [
    {
      id: newId(),
      recovery_id: of.recoveryId,
      amount_minor: of.amount.minor,
      functional_minor: of.functional.minor,
      undone_on: of.on,
      recorded_at: act.now,
    },
  ]);
}

const recoveries = sql`select r.*, p.number as payment_number, coalesce(u.minor, 0)::bigint as undone_minor,
    coalesce(u.n, 0)::int as undoings
  from recovery r
  join payment p on p.tenant_id = r.tenant_id and p.id = r.payment_id
  left join lateral (select sum(u.amount_minor) as minor, count(*) as n from recovery_undo u
    where u.tenant_id = r.tenant_id and u.recovery_id = r.id) as u on true`;

/** Recoveries of write-offs, in the order they were recorded. */
export async function findRecoveries(
  tx: Tx,
  writeOffIds: readonly string[],
): Promise<readonly RecoveryRow[]> {
  return tx.run(sql<RecoveryRow>`${recoveries}
    where r.tenant_id = ${tx.tenantId} and r.write_off_id = any(${arrayLiteral(writeOffIds)}::uuid[])
    order by r.recorded_at, r.id`);
}

/** The recoveries that these items were made for. */
export async function findRecoveriesOfItems(
  tx: Tx,
  itemIds: readonly ItemId[],
): Promise<readonly RecoveryRow[]> {
  return tx.run(sql<RecoveryRow>`${recoveries}
    where r.tenant_id = ${tx.tenantId} and r.recovery_item_id = any(${arrayLiteral(itemIds)}::uuid[]) order by r.id`);
}

/** Locks write-offs in order of id, so that what is recovered of them is counted one after the other. */
export async function lockWriteOffs(
  tx: Tx,
  ids: readonly string[],
): Promise<readonly { readonly id: string }[]> {
  return tx.run(sql<{ id: string }>`select id from write_off
    where tenant_id = ${tx.tenantId} and id = any(${arrayLiteral(ids)}::uuid[]) order by id for update`);
}

/** An item that was written off, with what is not recovered of it. */
export type RecoverableRow = {
  readonly write_off_id: string;
  readonly number: string;
  readonly kind: string;
  readonly written_off_on: PlainDate;
  readonly item_id: string;
  readonly document_id: string;
  readonly reference: string;
  readonly currency: string;
  readonly written_off_minor: bigint;
  readonly recovered_minor: bigint;
};

/** What was written off of a customer's items in a company and currency and not recovered, the latest first. */
export async function findRecoverable(
  tx: Tx,
  of: { readonly customerId: string; readonly companyId: string; readonly currency: string },
): Promise<readonly RecoverableRow[]> {
  return tx.run(sql<RecoverableRow>`
    select w.id as write_off_id, w.number, w.kind, w.written_off_on, i.id as item_id, i.document_id, i.reference, w.currency,
      a.amount_minor as written_off_minor, coalesce(r.minor, 0)::bigint as recovered_minor
    from write_off w
    join open_item c on c.tenant_id = w.tenant_id and c.document_id = w.id and c.kind = 'write_off'
    join application a on a.tenant_id = w.tenant_id and a.credit_item_id = c.id and a.method = 'write_off' and a.reverses_id is null
    join open_item i on i.tenant_id = a.tenant_id and i.id = a.debit_item_id
    left join lateral (
      select sum(r.amount_minor - coalesce((select sum(u.amount_minor) from recovery_undo u
        where u.tenant_id = r.tenant_id and u.recovery_id = r.id), 0)) as minor
      from recovery r where r.tenant_id = w.tenant_id and r.write_off_id = w.id and r.item_id = i.id) as r on true
    where w.tenant_id = ${tx.tenantId} and w.customer_id = ${of.customerId} and w.company_id = ${of.companyId}
      and w.currency = ${of.currency} and a.amount_minor > coalesce(r.minor, 0)
      and not exists (select from write_off_undo u where u.tenant_id = w.tenant_id and u.write_off_id = w.id)
    order by w.written_off_on desc, w.id, i.id limit ${RECOVERABLE_MAX}::int`);
}
