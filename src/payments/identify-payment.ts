// Whose money it is: an unidentified payment, or one recorded for the wrong customer, goes to the customer named, or back to
// nobody where that was a mistake. What was applied already stays applied; only what is left moves, on the day of the move, so that no report of a past day changes.

import type { Command } from '#command/command.ts';
import { assert } from '#kernel/assert.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CustomerId, PaymentId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { CreditUse } from '#ledger/granted-credit.ts';
import { left, type OpenItem } from '#ledger/open-item.ts';
import { requireFreeCredit } from '#ledger/require-free-credit.ts';
import { takeCustomer } from '#parties/take-party.ts';
import { mayIdentify, type ShownMoney, shown } from './payment.ts';
import { moveUnapplied } from './post-closing.ts';
import { updateCustomers } from './store.ts';
import { dayOf, refuseUnless, takePayment } from './take-payment.ts';

export type IdentifyPayment = {
  readonly paymentId: PaymentId;
  /** Null: nobody knows whose it is, after all. */
  readonly customerId: CustomerId | null;
  /** Business date of the move; left out, today, or the day of the payment if that is later. */
  readonly on?: PlainDate | undefined;
};

export type PaymentIdentified = {
  readonly paymentId: string;
  readonly customerId: string | null;
  /** What stands with the customer now that stood elsewhere before. */
  readonly moved: ShownMoney;
  readonly on: string;
};

/**
 * Says whose a received payment is and moves what is unapplied of it to that customer, or says that nobody knows.
 *
 * Refuses: `payment_not_found`, `customer_not_found`, `payment_returned`, `refund_not_movable`,
 * `payment_already_identified`, `credit_granted_back` (of whom it stands with now), `applied_too_early`, `period_locked`.
 */
export const identifyPayment: Command<IdentifyPayment, PaymentIdentified> = {
  name: 'identify-payment',
  permission: 'payment.apply',
  async run(act, input) {
    if (input.customerId !== null) await takeCustomer(act, input.customerId);
    const { payment, own, transfers } = await takePayment(act, input.paymentId);
    const direction = payment.direction === 'refunded' ? 'refunded' : 'received';
    refuseUnless(mayIdentify({ direction, isReturned: payment.returned_on !== null }));
    if (payment.customer_id === input.customerId)
      throw new Refusal('payment_already_identified', { customerId: input.customerId });
    const on = dayOf(input.on, act.today, own);

    const moved = own
      .filter((item) => item.customerId !== input.customerId)
      .reduce((total, item) => total + left(item), 0n);
    await requireFreeCredit(act, movedOf(own, input.customerId));
    const after = moveUnapplied(act, own, input.customerId, { on, taken: transfers });
    assert(
      after.every((item) => left(item) === 0n || item.customerId === input.customerId),
      'all that is left stands with the customer named',
    );
    updateCustomers(act, [{ id: input.paymentId, customerId: input.customerId }]);

    const identified = {
      paymentId: payment.id,
      customerId: input.customerId,
      moved: shown(money(moved, payment.currency)),
      on: on.toString(),
    };
    act.record({
      type: 'payment.identified',
      subjectId: payment.id,
      customerId: input.customerId,
      data: { ...identified, formerCustomerId: payment.customer_id },
    });
    return identified;
  },
};

/** What the move takes from the credit of those with whom the money stands now. */
function movedOf(own: readonly OpenItem[], to: CustomerId | null): readonly CreditUse[] {
  return own.flatMap(({ companyId, customerId, open }): readonly CreditUse[] =>
    customerId === null || customerId === to || open.minor === 0n
      ? []
      : [{ companyId, customerId, currency: open.currency, minor: -open.minor }],
  );
}
