// SQL of risk classes.

import { sql } from 'kysely';
import { type Act, actorText } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { Instant } from '#kernel/calendar.ts';
import { type CustomerId, newId } from '#kernel/id.ts';
import type { RiskClass } from './risk-class.ts';

/** Adds what somebody stated of a customer. */
export function insertRiskClass(
  act: Act,
  stated: { readonly customerId: CustomerId; readonly riskClass: RiskClass | null; readonly note: string },
): void {
  act.insert('risk_class', [
    {
      id: newId(),
      customer_id: stated.customerId,
      class: stated.riskClass,
      note: stated.note,
      stated_by: actorText(act.actor),
      recorded_at: act.now,
    },
  ]);
}

/** What is stated of customers; those of whom nothing is are left out. */
export async function findRiskClasses(
  tx: Tx,
  customerIds: readonly CustomerId[],
): Promise<ReadonlyMap<CustomerId, RiskClass>> {
  const rows = await tx.run(sql<{ customer_id: CustomerId; class: RiskClass }>`
    select customer_id, class from (
      select distinct on (customer_id) customer_id, class from risk_class
      where tenant_id = ${tx.tenantId} and customer_id = any(${arrayLiteral(customerIds)}::uuid[])
      order by customer_id, recorded_at desc, id desc) latest
    where class is not null`);
  return new Map(rows.map((row) => [row.customer_id, row.class]));
}

/** What was said of a customer at one time; without a class, that it is reckoned again. */
export type StatedRow = {
  readonly riskClass: RiskClass | null;
  readonly note: string;
  readonly statedBy: string;
  readonly recordedAt: Instant;
};

/** What was stated of a customer, the latest first. */
export function findHistory(tx: Tx, customerId: CustomerId, limit: number): Promise<readonly StatedRow[]> {
  return tx.run(sql<StatedRow>`
    select class as "riskClass", note, stated_by as "statedBy", recorded_at as "recordedAt" from risk_class
    where tenant_id = ${tx.tenantId} and customer_id = ${customerId}
    order by recorded_at desc, id desc limit ${limit}`);
}
