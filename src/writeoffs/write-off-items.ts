// Writing items off: document, credit items, entry and applications in one transaction, one document for each customer.

import type { GivenMatter } from '#approvals/matter.ts';
import { requireApproval } from '#approvals/require-approval.ts';
import type { Command } from '#command/command.ts';
import { isAfter, later, type PlainDate } from '#kernel/calendar.ts';
import { Refusal } from '#kernel/refusal.ts';
import { businessDay, takeItems } from '#ledger/settle-items.ts';
import { takeWorth } from '#ledger/take-rate.ts';
import { type PostedWriteOff, postWriteOffs } from './post-write-offs.ts';
import { readMayAlone } from './read-limits.ts';
import type { ReliefFacts } from './relief.ts';
import { decideWriteOffs, type ReadyWriteOff, type WriteOffKind, type WriteOffWish } from './writing-off.ts';

export type WriteOffItems = {
  readonly kind: WriteOffKind;
  readonly reason: string;
  readonly items: readonly WriteOffWish[];
  /** Business date; left out, today, or the day the latest invoice was issued if that is later. */
  readonly on?: PlainDate | undefined;
  /** What is known of a bad debt, by which its tax may be taken back. */
  readonly facts?: ReliefFacts | undefined;
};

export type ItemsWrittenOff = { readonly writeOffs: readonly PostedWriteOff[] };

/**
 * Writes off what is left of items of invoices and charges, or parts of it: one write-off for each company, customer and
 * currency. Of bad debts the tax is taken back where the rule of the company's country is met.
 *
 * Refuses: `item_not_found`, `written_off_in_future`, `applied_too_early`, `series_not_found`, `period_locked`, and what
 * `decideWriteOffs` and `requireApproval` refuse.
 */
export const writeOffItems: Command<WriteOffItems, ItemsWrittenOff> = {
  name: 'write-off-items',
  permission: 'write_off.post',
  async run(act, input) {
    if (input.on !== undefined && isAfter(input.on, act.today))
      throw new Refusal('written_off_in_future', { on: input.on.toString(), today: act.today.toString() });
    const items = await takeItems(
      act,
      input.items.map((wish) => wish.itemId),
    );

    const on = businessDay(input.on, items.map((item) => item.openSince).reduce(later, act.today));
    const ready = decideWriteOffs(items, input.items, input.kind, on);

    const alone = await readMayAlone(act, ready);
    await requireApproval(act, matterOf(input.kind, ready), takeWorth, alone);

    const writeOffs = await postWriteOffs(act, items, ready, input);
    return { writeOffs };
  },
};

/** What others have to approve where the rules say so: each item with what is written off of it. */
export function matterOf(kind: WriteOffKind, ready: readonly ReadyWriteOff[]): GivenMatter {
  const parts = ready.flatMap((writeOff) => writeOff.parts);
  return {
    kind: `write_off.${kind}`,
    customerIds: ready.map((writeOff) => writeOff.customerId),
    parts: parts.map(({ item, amount }) => ({ label: item.reference, amount })),
  };
}
