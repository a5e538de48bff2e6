// What is disputed is written off: given without being owed, or because the customer was right and no credit note is wanted.

import type { Command } from '#command/command.ts';
import { recordRemedy } from '#disputes/change-dispute.ts';
import { takeDispute } from '#disputes/take-dispute.ts';
import { present } from '#kernel/assert.ts';
import { money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { ShownMoney } from '#ledger/amount-text.ts';
import { writeOffItems } from '#writeoffs/write-off-items.ts';
import { type Decision, decideRemedied, requireRemedying } from './decide-dispute.ts';

export type WriteOffDispute = {
  readonly disputeId: string;
  readonly kind: 'goodwill' | 'dispute';
  readonly reason: string;
  /** Left out, the dispute is not decided. */
  readonly decision?: Decision | undefined;
};

export type DisputeWrittenOff = {
  readonly disputeId: string;
  readonly writeOffId: string;
  readonly number: string;
  readonly amount: ShownMoney;
  readonly isDecided: boolean;
};

/**
 * Writes off exactly what is disputed, and decides the dispute where that is asked for: as `goodwill`, or as `valid`.
 *
 * Refuses: `not_permitted`, `dispute_not_found`, `nothing_disputed`, and what `writeOffItems`, `recordRemedy` and
 * `closeDispute` refuse.
 */
export const writeOffDispute: Command<WriteOffDispute, DisputeWrittenOff> = {
  name: 'write-off-dispute',
  permission: 'write_off.post',
  constraints: { ...writeOffItems.constraints, ...recordRemedy.constraints },
  async run(act, { disputeId, kind, reason, decision }) {
    requireRemedying(act, decision);
    const { dispute, items } = await takeDispute(act, disputeId);
    const disputed = items.filter(({ amounts }) => amounts.open > 0n);
    if (disputed.length === 0) throw new Refusal('nothing_disputed', { disputeId });

    const { writeOffs } = await writeOffItems.run(act, {
      kind,
      reason,
      items: disputed.map(({ itemId, amounts }) => ({
        itemId,
        amount: money(amounts.open, dispute.currency),
      })),
    });
    // A dispute is of one company, customer and currency, so that there is one write-off.
    const writeOff = present(writeOffs[0], 'what is disputed is written off by one document');
    const { writeOffId, number, amount } = writeOff;
    const { open } = await recordRemedy.run(act, { disputeId, documentId: writeOffId });
    const outcome = kind === 'goodwill' ? 'goodwill' : 'valid';
    const isDecided = await decideRemedied(act, { disputeId, open }, outcome, decision);
    return { disputeId, writeOffId, number, amount, isDecided };
  },
};
