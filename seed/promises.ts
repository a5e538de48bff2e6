// What customers of the demo promised to pay: one promise was broken and another took its place, two can still be kept.

import type { Context, Door } from '#command/command.ts';
import { q } from '#db/query.ts';
import { inTenant } from '#db/transaction.ts';
import { addDays, type PlainDate } from '#kernel/calendar.ts';
import type { ItemId } from '#kernel/id.ts';
import type { PromiseWay } from '#promises/promise.ts';
import { takePromise } from '#promises/take-promise.ts';
import type { Tell } from './story.ts';

type Told = {
  /** Days from today: when it was said, and for when. */
  readonly said: number;
  readonly for: number;
  readonly item: number;
  readonly way: PromiseWay;
  readonly note: string;
};

const TOLD: readonly Told[] = [
  { said: -16, for: -9, item: 0, way: 'phone', note: 'After the board has met' },
  { said: -4, for: 3, item: 0, way: 'phone', note: 'The transfer is in the system' },
  { said: -2, for: 12, item: 1, way: 'mail', note: 'With the next payment run' },
];
/** Late enough that somebody called. */
const LATE_DAYS = 20;

/** Takes the promises about the invoices that wait longest but for those that others decide about. */
export async function promiseToPay(
  door: Door,
  {
    tell,
    tenantId,
    today,
  }: { readonly tell: Tell; readonly tenantId: Context['tenantId']; readonly today: PlainDate },
): Promise<void> {
  const items = await inTenant(door.pool, tenantId, (tx) =>
    tx.run(
      q
        .selectFrom('open_item')
        .select(['id', 'customer_id'])
        .where('tenant_id', '=', tenantId)
        .where('kind', '=', 'invoice')
        .where('open_minor', '>', 0n)
        .where('due_on', '<', addDays(today, -LATE_DAYS))
        .orderBy('due_on', 'desc')
        .orderBy('id')
        .limit(200),
    ),
  );
  const chosen = [...Map.groupBy(items, (item) => item.customer_id).values()].flatMap(
    ([first]) => first ?? [],
  );
  for (const told of TOLD) {
    const itemId = chosen[told.item]?.id as ItemId | undefined;
    if (itemId === undefined) continue;
    const wish = { itemId, on: addDays(today, told.for) };
    await tell(addDays(today, told.said), 14, takePromise, { items: [wish], way: told.way, note: told.note });
  }
}
