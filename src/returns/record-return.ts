// Booking that a payment came back, with all that follows: what it settled is open again, the bank's fee is booked, the payer is
// asked for one where the rules say so, and what told of it is answered.

import { issueCharges } from '#charges/post-charges.ts';
import type { Act, Command } from '#command/command.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { Json } from '#kernel/canonical.ts';
import { type CompanyId, type CustomerId, newId, type PaymentId } from '#kernel/id.ts';
import { type Money, money, zero } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { ShownMoney } from '#ledger/amount-text.ts';
import { takeCompany } from '#parties/take-party.ts';
import { shown } from '#payments/payment.ts';
import { type PaymentReturned, returnPayment } from '#payments/return-payment.ts';
import { takePayment } from '#payments/take-payment.ts';
import { explainLine } from '#reconciliation/explain-line.ts';
import { reasonOf } from './known-reasons.ts';
import { findFeeRules, insertOutcome, isReturned, lockNotice, type NoticeRow } from './store.ts';

export type RecordReturn = {
  readonly paymentId: PaymentId;
  /** What told of it. Left out where a person knows it otherwise. */
  readonly noticeId?: string | undefined;
  /** Business date; left out, the day of the notice, else today. */
  readonly on?: PlainDate | undefined;
  /** The code; left out, that of the notice. */
  readonly code?: string | undefined;
  /** Words beside the code. */
  readonly reason?: string | undefined;
  /** What the bank took on top; left out, what the notice states. */
  readonly fee?: Money | undefined;
  /** Whether the payer is asked for the fee that the company's rule names, where the reason is the payer's doing. */
  readonly asksFee: boolean;
  /** How the payment was found. */
  readonly rule?: 'reference' | 'account' | undefined;
  readonly evidence?: Json | undefined;
};

export type ReturnRecorded = {
  readonly paymentId: string;
  /** `known`: it was booked before, and this is another word of it. */
  readonly outcome: 'booked' | 'known';
  readonly returnedOn: string | null;
  readonly amount: ShownMoney | null;
  readonly bankFee: ShownMoney | null;
  readonly items: PaymentReturned['items'];
  /** The charge that asks the payer for a fee. */
  readonly charge: { readonly chargeId: string; readonly number: string; readonly total: ShownMoney } | null;
};

/**
 * Books a return by a notice or a person's word.
 *
 * Refuses: `return_notice_not_found`, `return_notice_decided`, `own_credit_came_back`, `return_of_other_company`, and what `returnPayment` and
 * `explainLine` refuse.
 */
export const recordReturn: Command<RecordReturn, ReturnRecorded> = {
  name: 'record-return',
  permission: 'payment.return',
  constraints: {
    ...returnPayment.constraints,
    ...explainLine.constraints,
    return_outcome_pkey: 'return_notice_decided',
    return_outcome_booked_once: 'payment_returned',
    charge_part_return_once: 'payment_returned',
  },
  async run(act, input) {
    const notice = input.noticeId === undefined ? undefined : await takeNotice(act, input.noticeId);
    if (notice && (await isReturned(act, input.paymentId))) return noteKnown(act, input, notice);

    const code = input.code ?? notice?.code ?? null;
    const reason = reasonOf(code);
    const words = input.reason ?? `${reason.meaning}${code === null ? '' : ` (${code})`}`;
    const fee = input.fee ?? (notice && money(notice.fee_minor, notice.currency));
    const returned = await returnPayment.run(act, {
      paymentId: input.paymentId,
      on: input.on ?? (notice && notice.statement_line_id === null ? notice.returned_on : undefined),
      reason: words.slice(0, 500),
      code: code ?? undefined,
      fee,
      statementLineId: notice?.statement_line_id ?? undefined,
    });
    const charge = input.asksFee && reason.isTheirDoing ? await askFee(act, input.paymentId) : null;
    if (notice) answer(act, input, notice, 'booked');
    return {
      paymentId: input.paymentId,
      outcome: 'booked',
      returnedOn: returned.returnedOn,
      amount: returned.amount,
      bankFee: returned.fee,
      items: returned.items,
      charge,
    };
  },
};

async function takeNotice(act: Act, id: string): Promise<NoticeRow> {
  const found = await lockNotice(act, id);
  if (!found) throw new Refusal('return_notice_not_found', { noticeId: id });
  if (!found.isWaiting) throw new Refusal('return_notice_decided', { noticeId: id });
  if (found.notice.whose === 'ours') throw new Refusal('own_credit_came_back', { noticeId: id });
  return found.notice;
}

/** The return is in the books already: a line that takes the money shows it, and a file is answered. */
async function noteKnown(act: Act, input: RecordReturn, notice: NoticeRow): Promise<ReturnRecorded> {
  const { payment } = await takePayment(act, input.paymentId);
  if (payment.company_id !== notice.company_id)
    throw new Refusal('return_of_other_company', { payment: payment.number });
  if (notice.statement_line_id !== null)
    await explainLine.run(act, {
      lineId: notice.statement_line_id,
      kind: 'return',
      paymentIds: [input.paymentId],
    });
  answer(act, input, notice, 'known');
  act.record({
    type: 'return.noticed_again',
    subjectId: input.paymentId,
    customerId: payment.customer_id,
    data: { noticeId: notice.id, origin: notice.origin, code: notice.code },
  });
  return {
    paymentId: input.paymentId,
    outcome: 'known',
    returnedOn: payment.returned_on?.toString() ?? null,
    amount: shown(money(payment.amount_minor, payment.currency)),
    bankFee: null,
    items: [],
    charge: null,
  };
}

function answer(act: Act, input: RecordReturn, notice: NoticeRow, kind: 'booked' | 'known'): void {
  insertOutcome(act, {
    notice_id: notice.id,
    kind,
    payment_id: input.paymentId,
    rule: input.rule ?? 'person',
    evidence: JSON.stringify(input.evidence ?? {}),
    note: input.reason ?? null,
  });
}

/** Asks the payer for the company's fee, by a charge of its own: nothing where nobody is known to ask, or nothing is asked. */
async function askFee(act: Act, paymentId: PaymentId): Promise<ReturnRecorded['charge']> {
  const { payment } = await takePayment(act, paymentId);
  if (payment.customer_id === null) return null;
  const companyId = payment.company_id as CompanyId;
  const rules = await findFeeRules(act, companyId, act.today);
  const rule = rules.find((one) => one.currency === payment.currency && one.amount_minor > 0n);
  if (!rule) return null;
  const company = await takeCompany(act, companyId);
  const amount = money(rule.amount_minor, rule.currency);
  const [charge] = await issueCharges(
    act,
    [
      {
        id: newId(),
        kind: 'charge',
        companyId,
        customerId: payment.customer_id as CustomerId,
        chargedOn: act.today,
        through: act.today,
        dueOn: act.today,
        interest: zero(rule.currency),
        fees: amount,
        total: amount,
        reason: null,
        because: null,
        correctsId: null,
        parts: [
          {
            kind: 'return_fee',
            itemId: null,
            documentId: paymentId,
            feeId: null,
            reference: payment.number,
            from: null,
            to: null,
            amount,
            policyId: null,
            spans: [],
          },
        ],
      },
    ],
    company.functionalCurrency,
  );
  return charge ? { chargeId: charge.chargeId, number: charge.number, total: shown(amount) } : null;
}
