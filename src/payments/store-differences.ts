// SQL of differences that were dropped.

import { type RawBuilder, type Selectable, sql } from 'kysely';
import { type Act, actorText } from '#command/command.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import { type Json, jsonText } from '#kernel/canonical.ts';
import type { ApplicationId, CustomerId, ItemId, PaymentId } from '#kernel/id.ts';
import type { NotedDifference } from './differing.ts';

/** Keeps what was dropped with applications, and by which right. */
export function insertDroppedDifferences(
  act: Act,
  paymentId: PaymentId,
  dropped: readonly { readonly applicationId: ApplicationId; readonly noted: NotedDifference }[],
): void {
  act.insert(
    'dropped_difference',
    dropped.map(({ applicationId, noted }) => ({
      application_id: applicationId,
      item_id: noted.itemId,
      payment_id: paymentId,
      customer_id: noted.customerId,
      currency: noted.difference.currency,
      difference_minor: noted.difference.minor,
      kind: noted.kind,
      basis: noted.state,
      evidence: jsonText(noted.evidence),
      dropped_by: actorText(act.actor),
      recorded_at: act.now,
    })),
  );
}

/** Keeps that a write-off went with applications of a payment. */
export function insertAppliedWriteOff(
  act: Act,
  { writeOffId, paymentId }: { readonly writeOffId: string; readonly paymentId: PaymentId },
  applicationIds: readonly ApplicationId[],
): void {
  act.insert('applied_write_off', [
    { write_off_id: writeOffId, payment_id: paymentId, recorded_at: act.now },
  ]);
  act.insert(
    'applied_write_off_item',
    applicationIds.map((applicationId) => ({ write_off_id: writeOffId, application_id: applicationId })),
  );
}

/** Write-offs that went with applications and stand, and whether money came for them after all. */
export async function findAppliedWriteOffs(
  tx: Tx,
  applicationIds: readonly ApplicationId[],
): Promise<readonly { readonly writeOffId: string; readonly isRecovered: boolean }[]> {
  return tx.run(sql<{ writeOffId: string; isRecovered: boolean }>`
    select distinct i.write_off_id as "writeOffId", exists (select from recovery r
        where r.tenant_id = i.tenant_id and r.write_off_id = i.write_off_id
          and not exists (select from recovery_undo x where x.tenant_id = r.tenant_id and x.recovery_id = r.id)) as "isRecovered"
    from applied_write_off_item i
    where i.tenant_id = ${tx.tenantId} and i.application_id = any(${arrayLiteral(applicationIds)}::uuid[])
      and not exists (select from write_off_undo u where u.tenant_id = i.tenant_id and u.write_off_id = i.write_off_id)
    order by i.write_off_id`);
}

/** What a bank said besides of a line of its statement. */
export async function findLineDetails(tx: Tx, lineId: string): Promise<Json | undefined> {
  const row = await tx.find(sql<{ details: Json }>`
    select details from statement_line where tenant_id = ${tx.tenantId} and id = ${lineId}`);
  return row?.details;
}

/** Whether a bank charge was dropped with a payment, and stands. */
export async function hasStandingCharge(tx: Tx, paymentId: PaymentId): Promise<boolean> {
  const row = await tx.find(sql`
    select 1 as found from dropped_difference d
    where d.tenant_id = ${tx.tenantId} and d.payment_id = ${paymentId} and d.kind = 'bank_charge'
      and not exists (select from application r where r.tenant_id = d.tenant_id and r.reverses_id = d.application_id)
    limit 1`);
  return row !== undefined;
}

/** What was dropped of items with their applications, and stands. */
export async function findDropped(tx: Tx, itemIds: readonly ItemId[]): Promise<ReadonlyMap<ItemId, bigint>> {
  if (itemIds.length === 0) return new Map();
  const rows = await tx.run(sql<{ item_id: ItemId; minor: bigint }>`
    select a.debit_item_id as item_id, sum(a.difference_minor)::bigint as minor from application a
    where a.tenant_id = ${tx.tenantId} and a.debit_item_id = any(${arrayLiteral(itemIds)}::uuid[])
    group by a.debit_item_id having sum(a.difference_minor) > 0`);
  return new Map(rows.map((row) => [row.item_id, row.minor]));
}

/** A difference that was dropped, with what it was of. */
export type DroppedRow = Selectable<DB['dropped_difference']> & {
  readonly reference: string;
  readonly document_id: string;
  readonly payment_number: string;
  /** Whether its application was taken back. */
  readonly taken_back: boolean;
};

/** Differences dropped, the latest first. */
export async function findDroppedPage(
  tx: Tx,
  filter: {
    readonly customerId?: CustomerId | undefined;
    readonly basis?: string | undefined;
    readonly after?: readonly [recordedAt: string, id: string] | undefined;
    readonly limit: number;
  },
): Promise<readonly DroppedRow[]> {
  const parts: RawBuilder<unknown>[] = [sql`d.tenant_id = ${tx.tenantId}`];
  if (filter.customerId !== undefined) parts.push(sql`d.customer_id = ${filter.customerId}`);
  if (filter.basis !== undefined) parts.push(sql`d.basis = ${filter.basis}`);
  if (filter.after !== undefined) {
    const [at, id] = filter.after;
    parts.push(sql`(d.recorded_at, d.application_id) < (${at}::timestamptz, ${id}::uuid)`);
  }
  return tx.run(
    sql<DroppedRow>`
      select d.*, i.reference, i.document_id, p.number as payment_number,
        exists (select 1 from application r where r.tenant_id = d.tenant_id and r.reverses_id = d.application_id) as taken_back
      from dropped_difference d
      join open_item i on i.tenant_id = d.tenant_id and i.id = d.item_id
      join payment p on p.tenant_id = d.tenant_id and p.id = d.payment_id
      where ${sql.join(parts, sql` and `)}
      order by d.recorded_at desc, d.application_id desc limit ${filter.limit}::int`,
    { plan: 'fresh' },
  );
}
