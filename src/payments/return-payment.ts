// A payment that came back: bounced, charged back, recalled. What it settled is open again, due when it was due; the money
// has left the bank; the payment is closed and stays on record. A refund that came back likewise: the credit it was taken from is
// open again as it was, and the bank has the money.

import type { Act, Command } from '#command/command.ts';
import { reopenRemedied } from '#disputes/close-dispute.ts';
import { undoDeductions } from '#disputes/open-deductions.ts';
import { requireDiscounts } from '#invoicing/require-discounts.ts';
import { isAfter, later, type PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, PaymentId, StatementLineId } from '#kernel/id.ts';
import { type Money, money, toDecimal } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { OpenItem } from '#ledger/open-item.ts';
import { takeItems, unsettleItems } from '#ledger/settle-items.ts';
import { type ShownItem, shownItem } from '#ledger/shown-item.ts';
import { takeRate, toFunctional } from '#ledger/take-rate.ts';
import { takeCompany } from '#parties/take-party.ts';
import { undoRecoveries } from '#writeoffs/post-recoveries.ts';
import { mayReturn, type ReturnFee, returnPosting, type ShownMoney, shown } from './payment.ts';
import { postClosing } from './post-closing.ts';
import { takeHandoversBack } from './post-handovers.ts';
import {
  findIsGranted,
  findNettedWith,
  findStanding,
  insertReturn,
  type PaymentRow,
  type StandingApplication,
  updateReturned,
} from './store.ts';
import { findStatementLine } from './store-bank.ts';
import { returnCredits, takeWithUsed } from './take-credits.ts';
import { dayOf, refuseUnless } from './take-payment.ts';
import { touchedItems } from './unapply-payment.ts';
import { undoRests } from './write-off-rest.ts';

export type ReturnPayment = {
  readonly paymentId: PaymentId;
  /** Business date; left out, the day of the bank line, else today. */
  readonly on?: PlainDate | undefined;
  /** Why, as the bank said. */
  readonly reason: string;
  /** The bank's code for it: of SEPA (`AM04`), of the clearing house (`R01`), or another. */
  readonly code?: string | undefined;
  /** What the bank took on top: it is booked as a bank charge. */
  readonly fee?: Money | undefined;
  /** The bank line that took the money. */
  readonly statementLineId?: StatementLineId | undefined;
  /** The refund that came back, where `refunds` asks: it made sure that the money is not in the books already. */
  readonly refundId?: string | undefined;
};

export type PaymentReturned = {
  readonly paymentId: string;
  readonly returnedOn: string;
  readonly amount: ShownMoney;
  readonly fee: ShownMoney;
  /** How many applications were taken back. */
  readonly takenBack: number;
  /** What is open again. */
  readonly items: readonly ShownItem[];
};

/**
 * Books that a payment or a refund came back: all its applications are taken back, and what it stood as is closed by a
 * counter-item at the exchange rate it came in at. What the bank took on top is booked at the rate of the day.
 *
 * Refuses: `payment_not_found`, `payment_returned`, `refund_was_granted` (`refunds` records that it came back), `returned_in_future`, `reversed_too_early`,
 * `applied_too_early`, `statement_line_not_found`, `statement_line_not_the_return`, `statement_line_used`,
 * `statement_line_explained`, `return_fee_not_valid`, `exchange_rate_missing`, `period_locked`, `discount_taken_back`.
 */
export const returnPayment: Command<ReturnPayment, PaymentReturned> = {
  name: 'return-payment',
  permission: 'payment.return',
  constraints: {
    payment_return_line: 'statement_line_used',
    line_shows_one_thing: 'statement_line_explained',
    application_tenant_id_reverses_id_key: 'changed_meanwhile',
  },
  async run(act, input) {
    const hand = await takeWithUsed(act, input.paymentId);
    const { payment, own } = hand;
    refuseUnless(mayReturn({ isReturned: payment.returned_on !== null }));
    if (input.refundId === undefined && (await findIsGranted(act, payment)))
      throw new Refusal('refund_was_granted', { payment: payment.number });
    const ownIds = own.map((item) => item.id);
    const placeIds = [...ownIds, ...hand.handed.map((item) => item.id)];
    const feeMinor = feeOf(payment, input.fee);
    const [standing, bookedOn] = await Promise.all([
      findStanding(act, placeIds),
      dayOfLine(act, payment, { lineId: input.statementLineId, feeMinor }),
    ]);
    const on = returnDay(input.on ?? bookedOn, act.today, own, standing);

    const occasion = { documentId: payment.id, kind: 'unapplication', on } as const;
    const ids = standing.map((a) => a.id);
    const netted = await findNettedWith(act, { paymentId: input.paymentId, itemIds: ownIds }, ids);
    const nettedIds = netted.map((one) => one.applicationId);
    const takenBack = await unsettleItems(act, { ids: [...ids, ...nettedIds] }, occasion);
    await act.settle();
    await requireDiscounts(act, takenBack);
    await undoDeductions(act, ids);
    await reopenRemedied(act, [...ids, ...nettedIds], `Payment ${payment.number} came back.`);
    await undoRests(act, ids, `Payment ${payment.number} came back.`);
    const items = await takeItems(act, [...placeIds, ...touchedItems(takenBack, placeIds)]);
    await undoRecoveries(act, items, on);
    await returnCredits(act, netted, on);
    const mine = await takeHandoversBack(act, hand, items, on);
    postClosing(act, mine, returnPosting(mine, on, await worthOfFee(act, payment, feeMinor, on)));
    updateReturned(act, [input.paymentId], on);
    insertReturn(act, {
      payment_id: payment.id,
      returned_on: on,
      reason: input.reason,
      code: input.code ?? null,
      fee_minor: feeMinor,
      statement_line_id: input.statementLineId ?? null,
      recorded_at: act.now,
    });

    const returned: PaymentReturned = {
      paymentId: payment.id,
      returnedOn: on.toString(),
      amount: shown(money(payment.amount_minor, payment.currency)),
      fee: shown(money(feeMinor, payment.currency)),
      takenBack: takenBack.length,
      items: items.filter((item) => !placeIds.includes(item.id)).map(shownItem),
    };
    act.record({
      type: 'payment.returned',
      subjectId: payment.id,
      customerId: payment.customer_id,
      data: { ...returned, reason: input.reason, code: input.code, statementLineId: input.statementLineId },
    });
    return returned;
  },
};

/** What the bank took on top, in minor units of the payment's currency. */
function feeOf(payment: PaymentRow, fee: Money | undefined): bigint {
  if (fee === undefined) return 0n;
  if (fee.minor < 0n || fee.currency !== payment.currency)
    throw new Refusal('return_fee_not_valid', { fee: toDecimal(fee), currency: payment.currency });
  return fee.minor;
}

async function worthOfFee(
  act: Act,
  payment: PaymentRow,
  feeMinor: bigint,
  on: PlainDate,
): Promise<ReturnFee | undefined> {
  if (feeMinor === 0n) return undefined;
  const amount = money(feeMinor, payment.currency);
  const company = await takeCompany(act, payment.company_id as CompanyId);
  const rate = await takeRate(act, payment.currency, company.functionalCurrency, on);
  return { amount, functional: toFunctional(amount, rate) };
}

/** The day a return is booked on: as asked, else today or the latest day of what it takes back. */
function returnDay(
  asked: PlainDate | undefined,
  today: PlainDate,
  own: readonly OpenItem[],
  standing: readonly StandingApplication[],
): PlainDate {
  if (asked !== undefined && isAfter(asked, today))
    throw new Refusal('returned_in_future', { on: asked.toString(), today: today.toString() });
  return asked ?? standing.map((a) => a.appliedOn).reduce(later, dayOf(undefined, today, own));
}

/**
 * The booking day of the bank line that took the money, made sure that it is one that can have. Of a refund that came back the
 * line is money in, which stands as a receipt: `refunds` gives that up and explains the line.
 */
async function dayOfLine(
  act: Act,
  payment: PaymentRow,
  { lineId, feeMinor }: { readonly lineId: StatementLineId | undefined; readonly feeMinor: bigint },
): Promise<PlainDate | undefined> {
  if (lineId === undefined) return undefined;
  const line = await findStatementLine(act, lineId);
  if (!line) throw new Refusal('statement_line_not_found', { statementLineId: lineId });
  const fits =
    line.company_id === payment.company_id &&
    payment.direction === 'received' &&
    line.currency === payment.currency &&
    line.amount_minor === -(payment.amount_minor + feeMinor);
  if (!fits) throw new Refusal('statement_line_not_the_return', { statementLineId: lineId });
  return line.booked_on;
}
