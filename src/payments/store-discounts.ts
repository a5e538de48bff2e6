// SQL of discounts that customers took too late.

import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { ApplicationId, CustomerId, ItemId, PaymentId } from '#kernel/id.ts';
import type { Money } from '#kernel/money.ts';

/** A payment that was short by a discount whose day was past. */
export type LateDiscount = {
  readonly applicationId: ApplicationId;
  readonly itemId: ItemId;
  readonly paymentId: PaymentId;
  readonly customerId: CustomerId | null;
  readonly discount: Money;
  readonly untilOn: PlainDate;
  readonly paidOn: PlainDate;
};

/** Keeps discounts taken late. */
export function insertLateDiscounts(act: Act, late: readonly LateDiscount[]): void {
  act.insert(
    'late_discount',
    late.map((one) => ({
      application_id: one.applicationId,
      item_id: one.itemId,
      payment_id: one.paymentId,
      customer_id: one.customerId,
      currency: one.discount.currency,
      discount_minor: one.discount.minor,
      until_on: one.untilOn,
      paid_on: one.paidOn,
      recorded_at: act.now,
    })),
  );
}

/** A discount taken late, with what became of the item since. */
export type LateDiscountRow = Selectable<DB['late_discount']> & {
  readonly reference: string;
  readonly document_id: string;
  readonly open_minor: bigint;
  readonly payment_number: string;
  /** Whether the payment that was short is applied no more. */
  readonly taken_back: boolean;
};

const takenBack = sql`exists (select 1 from application r where r.tenant_id = l.tenant_id and r.reverses_id = l.application_id)`;

/** Discounts taken late, the latest payment first; only those still open on their item, or all. */
export async function findLateDiscounts(
  tx: Tx,
  filter: {
    readonly isOpen: boolean;
    readonly customerId?: string | undefined;
    readonly after?: readonly [paidOn: PlainDate, id: string] | undefined;
    readonly limit: number;
  },
): Promise<readonly LateDiscountRow[]> {
  const parts: RawBuilder<unknown>[] = [sql`l.tenant_id = ${tx.tenantId}`];
  if (filter.isOpen) parts.push(sql`i.open_minor > 0 and not ${takenBack}`);
  if (filter.customerId !== undefined) parts.push(sql`l.customer_id = ${filter.customerId}`);
  if (filter.after !== undefined) {
    const [on, id] = filter.after;
    parts.push(sql`(l.paid_on, l.application_id) < (${on}::date, ${id}::uuid)`);
  }
  return tx.run(
    sql<LateDiscountRow>`
      select l.*, i.reference, i.document_id, i.open_minor, p.number as payment_number, ${takenBack} as taken_back
      from late_discount l
      join open_item i on i.tenant_id = l.tenant_id and i.id = l.item_id
      join payment p on p.tenant_id = l.tenant_id and p.id = l.payment_id
      where ${sql.join(parts, sql` and `)} order by l.paid_on desc, l.application_id desc limit ${filter.limit}::int`,
    { plan: 'fresh' },
  );
}
