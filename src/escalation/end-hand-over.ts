// Taking a claim back from an agency or lawyers, at any time; and noticing that nothing of an item is open any more.

import { resumeInterest } from '#charges/release-exclusion.ts';
import { type Act, actorText, type Command } from '#command/command.ts';
import { type CustomerId, type ItemId, newId } from '#kernel/id.ts';
import { type Money, money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import { takeItems } from '#ledger/settle-items.ts';
import { tellAgency } from './queue-notices.ts';
import {
  findClosedItems,
  findHandedItems,
  findHandOvers,
  type HandedItemRow,
  type HandOverRow,
  insertNews,
  updateEnded,
} from './store.ts';

export type RecallHandOver = {
  readonly handOverId: string;
  readonly reason: string;
  /** What they ask for having worked on it. */
  readonly fee?: Money | undefined;
};

/**
 * Takes all that still stands of a hand-over back: reminders and interest go on from today, and whoever had it is told by mail.
 *
 * Refuses: `hand_over_not_found`, `hand_over_ended`, `wrong_currency`, `amount_not_positive`.
 */
export const recallHandOver: Command<
  RecallHandOver,
  { readonly handOverId: string; readonly items: number }
> = {
  name: 'recall-hand-over',
  permission: 'claim.hand_over',
  async run(act, { handOverId, reason, fee }) {
    const row = await takeHandOver(act, handOverId);
    checkFee(row, fee);
    const standing = await giveBackStanding(act, row);
    if (standing.length === 0) throw new Refusal('hand_over_ended', { handOverId });
    insertNews(act, {
      id: newId(),
      hand_over_id: handOverId,
      document_id: null,
      status: 'recalled',
      happened_on: act.today,
      reference: null,
      note: reason,
      fee_minor: fee?.minor ?? null,
      told_by: actorText(act.actor),
      recorded_at: act.now,
    });
    await tellAgency(act, row, { kind: 'recalled', reason, itemIds: standing.map((item) => item.item_id) });
    act.record({
      type: 'claim.recalled',
      subjectId: handOverId,
      customerId: row.customer_id as CustomerId,
      data: {
        number: String(row.number),
        reason,
        items: standing.map(({ reference }) => reference),
        ...(fee ? { fee: shownMoney(fee) } : {}),
      },
    });
    return { handOverId, items: standing.length };
  },
};

/**
 * Ends what still stands of a hand-over, or of one invoice in it: it is ours again, reminders and interest go on from
 * today. Gives what that was.
 */
export async function giveBackStanding(
  act: Act,
  row: HandOverRow,
  documentId: string | null = null,
): Promise<readonly HandedItemRow[]> {
  const isAsked = (item: HandedItemRow): boolean => documentId === null || item.document_id === documentId;
  const all = (await findHandedItems(act, [row.id])).filter(isAsked);
  // Locked first, and read again: one that comes at the same time finds them ended.
  await takeItems(
    act,
    all.map((item) => item.item_id as ItemId),
  );
  const standing = (await findHandedItems(act, [row.id])).filter(
    (item) => item.ended_on === null && isAsked(item),
  );
  await endItems(act, row, standing, 'recalled');
  return standing;
}

/** A hand-over. Refuses: `hand_over_not_found`. */
export async function takeHandOver(act: Act, handOverId: string): Promise<HandOverRow> {
  const [row] = await findHandOvers(act, { id: handOverId }, { limit: 1 });
  if (!row) throw new Refusal('hand_over_not_found', { handOverId });
  return row;
}

/** Refuses a fee in another currency than the claim (`wrong_currency`), or of nothing (`amount_not_positive`). */
export function checkFee(row: Pick<HandOverRow, 'currency'>, fee: Money | undefined): void {
  if (!fee) return;
  if (fee.currency !== row.currency)
    throw new Refusal('wrong_currency', { wanted: row.currency, given: fee.currency });
  if (fee.minor <= 0n) throw new Refusal('amount_not_positive', { amount: shownMoney(fee).amount });
}

async function endItems(
  act: Act,
  row: HandOverRow,
  items: readonly HandedItemRow[],
  ended: 'recalled' | 'closed',
): Promise<void> {
  // Of what was paid too: the money may come back, and then the item is chased by us again.
  if (items.length === 0) return;
  for (const { interest_exclusion_id: exclusionId } of items)
    if (exclusionId !== null) await resumeInterest(act, { exclusionId, from: act.today });
  updateEnded(
    act,
    row.id,
    items.map((item) => item.item_id),
    ended,
  );
}

/** Tells which items that were handed over have nothing open any more, each once: they ended there. */
export const closeHandedOver: Command<Record<string, never>, { readonly closed: number }> = {
  name: 'close-handed-over',
  permission: 'claim.hand_over',
  async run(act) {
    const found = await findClosedItems(act);
    await takeItems(
      act,
      found.map((item) => item.item_id as ItemId),
    );
    const closed = (await findClosedItems(act)).filter((item) =>
      found.some((one) => one.item_id === item.item_id),
    );
    for (const [handOverId, items] of Map.groupBy(closed, (item) => item.hand_over_id)) {
      const row = await takeHandOver(act, handOverId);
      await endItems(act, row, items, 'closed');
      const total = items.reduce((sum, item) => sum + item.amount_minor, 0n);
      act.record({
        type: 'claim.closed',
        subjectId: handOverId,
        customerId: row.customer_id as CustomerId,
        data: {
          number: String(row.number),
          items: items.map(({ reference }) => reference),
          amount: shownMoney(money(total, row.currency)),
        },
      });
    }
    return { closed: closed.length };
  },
};
