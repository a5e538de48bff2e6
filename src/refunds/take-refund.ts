// Taking refunds in hand, and the credit they are paid from: read under a lock, with where they stand today.

import type { Act } from '#command/command.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { OpenItem } from '#ledger/open-item.ts';
import { takeItems } from '#ledger/settle-items.ts';
import { type RefundStanding, type RefundState, stateOf } from './refund.ts';
import { findCreditItemIds, findRefunds, lockRefunds, type RefundRow } from './store.ts';

/** Where a stored refund stands on a day. */
export function stateOfRow(row: RefundRow, today: Temporal.PlainDate): RefundState {
  return stateOf(
    {
      payableFrom: row.payable_from,
      isShortened: row.shortened_by !== null,
      end: endOf(row),
      isShown: row.is_shown,
      isReturned: row.returned_on !== null,
    },
    today,
  );
}

function endOf(row: RefundRow): RefundStanding['end'] {
  if (row.withdrawn_reason !== null) return 'withdrawn';
  if (row.payment_id === null) return null;
  return row.file_id === null ? 'recorded' : 'ordered';
}

/**
 * Refunds that are neither paid nor withdrawn, locked against whoever would end them.
 *
 * Refuses: `refund_not_found`, `refund_ended`.
 */
export async function takeOpenRefunds(act: Act, ids: readonly string[]): Promise<readonly RefundRow[]> {
  await lockRefunds(act, ids);
  const rows = await findRefunds(act, { ids, limit: ids.length });
  const missing = ids.find((id) => !rows.some((row) => row.id === id));
  if (missing !== undefined) throw new Refusal('refund_not_found', { refundId: missing });
  const ended = rows.find((row) => row.ended_by !== null);
  if (ended) throw new Refusal('refund_ended', { refundId: ended.id, state: stateOfRow(ended, act.today) });
  return ids.flatMap((id) => rows.find((row) => row.id === id) ?? []);
}

/**
 * Credits of a customer, and refunds whose credit was freed again, locked so that the same credit is not promised twice at
 * once. Whoever was waited for may have freed a refund, so they are looked for again until no others are there.
 */
export async function takeCredits(
  act: Act,
  of: Parameters<typeof findCreditItemIds>[1],
): Promise<readonly OpenItem[]> {
  const ids = new Set(await findCreditItemIds(act, of));
  for (;;) {
    const credits = await takeItems(act, [...ids]);
    const others = (await findCreditItemIds(act, of)).filter((id) => !ids.has(id));
    if (others.length === 0) return credits;
    for (const id of others) ids.add(id);
  }
}
