// Saying something of a receipt that waits: a colleague is asked, or it stays on account.

import type { Command } from '#command/command.ts';
import { readMembers } from '#identity/read-people.ts';
import type { PaymentId } from '#kernel/id.ts';
import { KEPT_DAYS } from '#kernel/limits-collecting.ts';
import { Refusal } from '#kernel/refusal.ts';
import { findIsWaiting, insertMark, lockMark, type MarkKind, updateEnded } from './store.ts';

export type MarkReceipt = {
  readonly paymentId: PaymentId;
  readonly kind: MarkKind;
  readonly userId?: string | undefined;
  readonly note: string;
  /** After how many days what is kept is looked at again; left out, after 30. */
  readonly lookAgainInDays?: number | undefined;
};

/**
 * Asks a colleague about a receipt, or keeps it on account until it is to be looked at again; what was said of it before ends.
 * The books do not change.
 *
 * Refuses: `payment_not_found`, `nothing_left_to_apply`, `colleague_not_named`, `colleague_unknown`, `changed_meanwhile`.
 */
export const markReceipt: Command<MarkReceipt, { readonly markId: string }> = {
  name: 'mark-receipt',
  permission: 'payment.apply',
  constraints: { receipt_mark_once: 'changed_meanwhile' },
  async run(act, { paymentId, kind, userId, note, lookAgainInDays }) {
    if ((kind === 'asked') !== (userId !== undefined)) throw new Refusal('colleague_not_named', { kind });
    const [isWaiting, members, before] = await Promise.all([
      findIsWaiting(act, paymentId),
      userId === undefined ? [] : readMembers(act, [userId]),
      lockMark(act, paymentId),
    ]);
    if (isWaiting === undefined) throw new Refusal('payment_not_found', { paymentId });
    if (!isWaiting) throw new Refusal('nothing_left_to_apply', { paymentId });
    if (userId !== undefined && members.length === 0) throw new Refusal('colleague_unknown', { userId });
    if (before) updateEnded(act, before.id);
    const lookAgainAt = kind === 'kept' ? act.now.add({ hours: 24 * (lookAgainInDays ?? KEPT_DAYS) }) : null;
    const markId = insertMark(act, { paymentId, kind, userId: userId ?? null, note, lookAgainAt });
    act.record({
      type: 'receipt.marked',
      subjectId: paymentId,
      data: { markId, kind, userId: userId ?? null, note, lookAgainAt: lookAgainAt?.toString() ?? null },
    });
    return { markId };
  },
};

/** Ends what was said of a receipt. Refuses: `receipt_not_marked`. */
export const endMark: Command<{ readonly paymentId: PaymentId }, { readonly markId: string }> = {
  name: 'end-receipt-mark',
  permission: 'payment.apply',
  async run(act, { paymentId }) {
    const mark = await lockMark(act, paymentId);
    if (!mark) throw new Refusal('receipt_not_marked', { paymentId });
    updateEnded(act, mark.id);
    act.record({ type: 'receipt.mark_ended', subjectId: paymentId, data: { markId: mark.id } });
    return { markId: mark.id };
  },
};
