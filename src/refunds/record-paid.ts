// A granted refund that was paid otherwise than by a file of ours, and a refund that came back. Both may name the line of the bank
// that shows it.

import { type Act, actorText, type Command } from '#command/command.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { PaymentId } from '#kernel/id.ts';
import { type Money, money, toDecimal } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { compactAccount } from '#parties/iban.ts';
import { type PaymentMethod, type ShownMoney, shown } from '#payments/payment.ts';
import { returnPayment } from '#payments/return-payment.ts';
import { explainLine, takeLine } from '#reconciliation/explain-line.ts';
import { settleRefund } from './settle-refund.ts';
import { findLinesOf, findRefunds, insertEnds, lockRefunds, type RefundRow } from './store.ts';
import { stateOfRow, takeOpenRefunds } from './take-refund.ts';

export type RecordRefundPaid = {
  readonly refundId: string;
  /** The day the money left; left out, that of the bank line, else today. */
  readonly paidOn?: PlainDate | undefined;
  readonly method: PaymentMethod;
  readonly reference?: string | undefined;
  /** The line of the bank that shows it. */
  readonly statementLineId?: string | undefined;
};

export type RefundPaid = {
  readonly refundId: string;
  readonly paymentId: string;
  readonly payment: string;
  readonly paidOn: string;
  readonly amount: ShownMoney;
};

/**
 * Records that a granted refund was paid at the bank itself, in cash or by cheque. A line of the bank that shows it has its
 * amount, and goes to the account it was granted for; then nothing waits any more, since the money is gone.
 *
 * Refuses: `refund_not_found`, `refund_ended`, `refund_waiting` (without a line), `statement_line_not_found`,
 * `line_not_the_refund`, `refund_to_other_account`, and what `settleRefund` and explaining a line refuse.
 */
export const recordRefundPaid: Command<RecordRefundPaid, RefundPaid> = {
  name: 'record-refund-paid',
  permission: 'refund.pay',
  constraints: {
    refund_end_pkey: 'refund_ended',
    bank_day_open: 'bank_day_signed',
    line_explanation_once: 'line_explained',
  },
  async run(act, input) {
    const [refund] = await takeOpenRefunds(act, [input.refundId]);
    if (!refund) throw new Refusal('refund_not_found', { refundId: input.refundId });
    const line =
      input.statementLineId && (await takeLineOf(act, refund, input.statementLineId, -refund.amount_minor));
    if (!line && stateOfRow(refund, act.today) === 'waiting')
      throw new Refusal('refund_waiting', { payableFrom: refund.payable_from.toString() });
    const on = line ? line.booked_on : (input.paidOn ?? act.today);
    const { method, reference } = input;
    const payment = await settleRefund(act, refund, { on, method, ...(reference ? { reference } : {}) });
    await act.settle();
    if (line) await explainLine.run(act, { lineId: line.id, kind: 'refund', paymentIds: [payment.id] });
    insertEnds(act, [
      {
        refund_id: refund.id,
        file_id: null,
        payment_id: payment.id,
        withdrawn_reason: null,
        ended_by: actorText(act.actor),
        recorded_at: act.now,
      },
    ]);
    const paid: RefundPaid = {
      refundId: refund.id,
      paymentId: payment.id,
      payment: payment.number,
      paidOn: on.toString(),
      amount: shown(money(refund.amount_minor, refund.currency)),
    };
    act.record({
      type: 'refund.paid',
      subjectId: refund.id,
      customerId: refund.customer_id,
      data: { ...paid, statementLineId: input.statementLineId },
    });
    return paid;
  },
};

export type RecordRefundReturned = {
  readonly refundId: string;
  /** Why, as the bank said. */
  readonly reason: string;
  /** The day the money was back; left out, that of the bank line, else today. */
  readonly on?: PlainDate | undefined;
  /** What a bank on the way kept of it: booked as a bank charge, the credit is open again in full. */
  readonly fee?: Money | undefined;
  /** The line of the bank that brought the money. What an import took for a receipt is given up. */
  readonly statementLineId?: string | undefined;
  /** No line of the bank that stands there brought it: it came otherwise, or is not on a statement yet. */
  readonly isOnNoLine?: boolean | undefined;
};

/**
 * Records that the money of a refund came back: its payment is closed, and the credit it was taken from is open again as it was.
 * The line that brought it is of the amount less the fee. A line that may have brought it stands in the books as a receipt, so
 * that the money would be there twice: it is named, or said to be of other money.
 *
 * Refuses: `refund_not_found`, `refund_not_paid`, `statement_line_not_found`, `line_not_the_refund`, `return_fee_not_valid` (of
 * another currency, below zero, or no less than the refund), `refund_line_fits` (unless it is on no line), `refund_line_named`
 * (the bank says that a line brings this refund), and what returning a payment and explaining a line refuse.
 */
export const recordRefundReturned: Command<
  RecordRefundReturned,
  { readonly refundId: string; readonly returnedOn: string }
> = {
  name: 'record-refund-returned',
  permission: 'payment.return',
  constraints: {
    ...returnPayment.constraints,
    bank_day_open: 'bank_day_signed',
    line_explanation_once: 'line_explained',
  },
  async run(act, input) {
    await lockRefunds(act, [input.refundId]);
    const [refund] = await findRefunds(act, { ids: [input.refundId], limit: 1 });
    if (!refund) throw new Refusal('refund_not_found', { refundId: input.refundId });
    const state = stateOfRow(refund, act.today);
    if (refund.payment_id === null || state === 'returned') throw new Refusal('refund_not_paid', { state });
    const { fee } = input;
    const back = refund.amount_minor - (fee?.minor ?? 0n);
    if (fee && (back <= 0n || fee.minor < 0n || fee.currency !== refund.currency))
      throw new Refusal('return_fee_not_valid', { fee: toDecimal(fee), currency: refund.currency });
    const line = input.statementLineId && (await takeLineOf(act, refund, input.statementLineId, back));
    if (!line) await requireOnNoLine(act, refund, input.isOnNoLine ?? false);
    const on = line ? line.booked_on : input.on;
    const { returnedOn } = await returnPayment.run(act, {
      paymentId: refund.payment_id as PaymentId,
      reason: input.reason,
      on,
      fee,
      refundId: refund.id,
    });
    await act.settle();
    if (line)
      await explainLine.run(act, { lineId: line.id, kind: 'return', paymentIds: [refund.payment_id] });
    act.record({
      type: 'refund.returned',
      subjectId: refund.id,
      customerId: refund.customer_id,
      data: { returnedOn, reason: input.reason, statementLineId: input.statementLineId },
    });
    return { refundId: refund.id, returnedOn };
  },
};

/** The bank line that shows a refund (money out, below zero) or its return: explained by nobody, of company, currency and amount. */
async function takeLineOf(act: Act, refund: RefundRow, lineId: string, minor: bigint) {
  const line = await takeLine(act, lineId);
  // A line shows one refund only; what somebody said of it before is taken back first.
  if (line.explanation_id !== null) throw new Refusal('line_explained', { lineId });
  const isIts =
    line.company_id === refund.company_id && line.currency === refund.currency && line.amount_minor === minor;
  if (!isIts)
    throw new Refusal('line_not_the_refund', {
      line: toDecimal(money(line.amount_minor, line.currency)),
      refund: toDecimal(money(refund.amount_minor, refund.currency)),
    });
  const other = line.payer_account;
  if (minor < 0n && other !== null && compactAccount(other) !== compactAccount(refund.account))
    throw new Refusal('refund_to_other_account', { granted: refund.account, paid: other });
  return line;
}

/** Makes sure that the money of a refund is not in the books already, as the receipt of a line that nobody explained. */
async function requireOnNoLine(act: Act, refund: RefundRow, isOnNoLine: boolean): Promise<void> {
  const lines = await findLinesOf(act, refund, 'in');
  const named = lines.filter((line) => line.is_named);
  const shownOf = (some: typeof lines) => ({ lines: some.map((line) => line.id) });
  if (named.length > 0) throw new Refusal('refund_line_named', shownOf(named));
  if (lines.length > 0 && !isOnNoLine) throw new Refusal('refund_line_fits', shownOf(lines));
}
