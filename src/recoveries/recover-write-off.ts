// Saying that money on account came for what was written off.

import type { Command } from '#command/command.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { PaymentId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { type ShownMoney, shownMoney } from '#ledger/amount-text.ts';
import { usesOf } from '#ledger/granted-credit.ts';
import { requireFreeCredit } from '#ledger/require-free-credit.ts';
import { settleItems } from '#ledger/settle-items.ts';
import { wantedOf } from '#payments/allocation.ts';
import { describeApplied } from '#payments/apply-payment.ts';
import { mayApply } from '#payments/payment.ts';
import { dayOf, refuseUnless, takePayment } from '#payments/take-payment.ts';
import { postRecoveries } from '#writeoffs/post-recoveries.ts';
import type { RecoveryWish } from '#writeoffs/recovery.ts';

export type RecoverWriteOff = {
  readonly paymentId: PaymentId;
  readonly items: readonly RecoveryWish[];
  /** Business date; left out, today, or the day since which the payment is open if that is later. */
  readonly on?: PlainDate | undefined;
};

export type Recovered = {
  readonly paymentId: string;
  readonly unapplied: ShownMoney;
  readonly on: string;
  readonly recoveries: readonly {
    readonly recoveryId: string;
    readonly writeOffId: string;
    readonly number: string;
    readonly reference: string;
    readonly amount: ShownMoney;
  }[];
};

/**
 * Applies what is left of a payment to items that were written off: the write-off stays, what came is income, and
 * tax that was taken back goes back in proportion.
 *
 * Refuses: `payment_not_found`, `payment_returned`, `not_received` (a refund recovers nothing), `dated_in_future`,
 * `period_locked`, `credit_granted_back`, and what `postRecoveries` refuses.
 */
export const recoverWriteOff: Command<RecoverWriteOff, Recovered> = {
  name: 'recover-write-off',
  permission: 'payment.apply',
  async run(act, input) {
    const { payment, own } = await takePayment(act, input.paymentId);
    if (payment.returned_on) refuseUnless(mayApply({ isReturned: true, unapplied: 0n }));
    if (payment.direction !== 'received') throw new Refusal('not_received', { payment: payment.number });
    const on = dayOf(input.on, act.today, own);

    const ready = await postRecoveries(act, { id: input.paymentId, own }, input.items, on);

    const items = ready.map((one) => one.item);
    const wanted = wantedOf(
      own,
      items,
      ready.map((one) => ({ itemId: one.item.id, amount: one.amount })),
      { method: 'manual', evidence: { recovers: ready.map((one) => one.of.number) } },
    );
    await requireFreeCredit(act, usesOf(own, wanted));
    const occasion = { documentId: payment.id, kind: 'application', on } as const;
    const settlement = settleItems(act, [...own, ...items], wanted, occasion);

    const applied = describeApplied(payment.id, own, settlement);
    const recovered: Recovered = {
      paymentId: payment.id,
      unapplied: applied.unapplied,
      on: on.toString(),
      recoveries: ready.map(({ id, of, amount }) => ({
        recoveryId: id,
        writeOffId: of.writeOffId,
        number: of.number,
        reference: of.item.reference,
        amount: shownMoney(amount),
      })),
    };
    act.record({
      type: 'payment.applied',
      subjectId: payment.id,
      customerId: payment.customer_id,
      data: applied,
    });
    for (const one of recovered.recoveries)
      act.record({
        type: 'write_off.recovered',
        subjectId: one.writeOffId,
        customerId: ready[0]?.of.item.customerId,
        data: { ...one, paymentId: payment.id, payment: payment.number, on: on.toString() },
      });
    return recovered;
  },
};
