// What of a plan the send gate would hold back now, since money that waits could be for it. Planned it stays: the money may turn
// out to be for something else before the message leaves.

import type { Tx } from '#db/transaction.ts';
import type { Cover } from '#gate/cover.ts';
import { readCovers } from '#gate/read-gate.ts';
import type { ItemId } from '#kernel/id.ts';
import { messagesIn, type PlanFor, type PlannedMessage, type PlannedReminder } from './plan-reminders.ts';
import { type Count, countIn } from './reminder-count.ts';

/** A message of a plan, with what waiting money could pay of it. A message of which it could pay all waits. */
export type SeenByGate = { readonly message: PlannedMessage; readonly covers: ReadonlyMap<ItemId, Cover> };

/** The messages of each plan, as the gate would see their items at this moment. In the order of the plans. */
export async function readHeld(
  tx: Tx,
  what: Pick<PlanFor, 'company' | 'now'>,
  planned: readonly PlannedReminder[],
): Promise<readonly (readonly SeenByGate[])[]> {
  const messages = planned.map(messagesIn);
  const asked = planned.flatMap(({ customer }, index) =>
    (messages[index] ?? []).map(({ items }) => ({
      customerId: customer.id,
      items: items.map(({ item }) => item),
    })),
  );
  const covers = (await readCovers(tx, what, asked)).values();
  return messages.map((of) =>
    of.map((message) => ({
      message,
      covers: new Map((covers.next().value ?? []).map((cover) => [cover.itemId, cover])),
    })),
  );
}

/** Whether a message would wait: money that waits could pay all that it asks for. */
export function isHeld({ message, covers }: SeenByGate): boolean {
  return message.items.every(({ item }) => covers.has(item.id));
}

/** Counts of plans what money that waits could be for: items not asked for meanwhile, and messages that wait. */
export async function countHeld(
  tx: Tx,
  what: Pick<PlanFor, 'company' | 'now'>,
  planned: readonly PlannedReminder[],
  held: Count,
): Promise<void> {
  const seen = await readHeld(tx, what, planned);
  for (const [index, { customer }] of planned.entries())
    for (const one of seen[index] ?? []) {
      if (one.covers.size === 0) continue;
      const items = one.message.items.filter(({ item }) => one.covers.has(item.id));
      countIn(held, customer.id, items, isHeld(one) ? 1 : 0);
    }
}
