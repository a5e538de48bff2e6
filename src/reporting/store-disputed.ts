// SQL of what is disputed, for reports: which items a dispute was about on a day that was not decided then.

import { sql } from 'kysely';
import type { Tx } from '#db/transaction.ts';
import type { ItemId } from '#kernel/id.ts';
import { allOf, type Scope, within } from './store-aging.ts';

/** An item that was in dispute, and whose it is. */
export type DisputedItem = {
  readonly item_id: ItemId;
  readonly company_id: string;
  readonly customer_id: string;
  readonly currency: string;
};

/** Items of a scope that a dispute was about which was raised by the day, and not decided by then, as known at the moment. */
export async function findDisputedItems(tx: Tx, scope: Scope): Promise<readonly DisputedItem[]> {
  const knownAt = scope.knownAt ?? null;
  return tx.run(
    sql<DisputedItem>`
      select distinct i.item_id, d.company_id, d.customer_id, d.currency from dispute d
      join dispute_item i on i.tenant_id = d.tenant_id and i.dispute_id = d.id
      where ${allOf(within(tx, scope, 'd'))} and d.opened_on <= ${scope.asOf}
        and (${knownAt}::timestamptz is null or d.recorded_at <= ${knownAt}::timestamptz)
        and not exists (select from dispute_closing c where c.tenant_id = d.tenant_id and c.dispute_id = d.id
          and c.closed_on <= ${scope.asOf} and (${knownAt}::timestamptz is null or c.recorded_at <= ${knownAt}::timestamptz)
          and (c.reopened_at is null or c.reopened_on > ${scope.asOf} or c.reopened_at > ${knownAt}::timestamptz))`,
    { plan: 'fresh' },
  );
}
