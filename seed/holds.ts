// What the demo leaves alone for a while: a customer in talks, an invoice we have to put right, a contact that is away, one that ended.

import type { Context, Door } from '#command/command.ts';
import { q } from '#db/query.ts';
import { inTenant } from '#db/transaction.ts';
import { placeHold } from '#holds/place-hold.ts';
import { addDays, type PlainDate } from '#kernel/calendar.ts';
import type { CustomerId, ItemId } from '#kernel/id.ts';
import type { Tell } from './story.ts';

type Told = {
  /** Days from today: when it was placed, and its last day. */
  readonly said: number;
  readonly until: number;
  readonly item: number;
  readonly isOfItem: boolean;
  readonly reason: string;
  readonly note: string;
};

const TOLD: readonly Told[] = [
  { said: -30, until: -3, item: 4, isOfItem: true, reason: 'data', note: 'The address came back' },
  {
    said: -70,
    until: 40,
    item: 6,
    isOfItem: false,
    reason: 'in_talks',
    note: 'Instalments are being agreed',
  },
  {
    said: -6,
    until: 4,
    item: 8,
    isOfItem: true,
    reason: 'our_mistake',
    note: 'The second delivery note is missing',
  },
];
/** Late enough that somebody would chase it. */
const LATE_DAYS = 20;

/** Puts some of what is late on hold. */
export async function holdSome(
  door: Door,
  {
    tell,
    tenantId,
    today,
    ownerId,
  }: {
    readonly tell: Tell;
    readonly tenantId: Context['tenantId'];
    readonly today: PlainDate;
    readonly ownerId: string;
  },
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
  for (const { said, until, item, isOfItem, reason, note } of TOLD) {
    const held = chosen[item];
    if (held === undefined) continue;
    await tell(addDays(today, said), 13, placeHold, {
      customerId: held.customer_id as CustomerId,
      ...(isOfItem ? { itemId: held.id as ItemId } : {}),
      reason,
      note,
      ownerId,
      until: addDays(today, until),
    });
  }
}
