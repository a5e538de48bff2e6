// Applying a payment to open items. This file is the example to copy for a command: load, decide, save, in that order, once.

import type { Command } from '#command/command.ts';
import { type DeductionWish, openDeductions } from '#disputes/open-deductions.ts';
import type { DisputeOpened, DisputeSaid } from '#disputes/open-dispute.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, ItemId, PaymentId } from '#kernel/id.ts';
import type { Money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { usesOf } from '#ledger/granted-credit.ts';
import type { OpenItem } from '#ledger/open-item.ts';
import { requireFreeCredit } from '#ledger/require-free-credit.ts';
import { settleItems } from '#ledger/settle-items.ts';
import type { ApplicationMethod, Settlement } from '#ledger/settlement.ts';
import { type ShownItem, shownItem } from '#ledger/shown-item.ts';
import { type Allocation, wantedOf } from './allocation.ts';
import type { NotedDifference } from './differing.ts';
import type { NotedDiscount } from './discounting.ts';
import { leftOf, mayApply, type ShownMoney, shown } from './payment.ts';
import { type CreditGiven, type ShownCredit, settleCredits, takeWithCredits } from './take-credits.ts';
import { recordDifferences, type ShownDifference, shownDifference, takeShort } from './take-differences.ts';
import { recordDiscounts, type ShownDiscount, shownDiscount } from './take-discounts.ts';
import { dayOf, refuseUnless } from './take-payment.ts';
import { type RestWrittenOff, type WriteOffRest, writeOffRest } from './write-off-rest.ts';

/** An amount kept back of an item, with what the payer says about it. */
export type Deduction = DisputeSaid & { readonly itemId: ItemId; readonly amount: Money };

export type ApplyPayment = {
  readonly paymentId: PaymentId;
  readonly allocations: readonly Allocation[];
  /** Grants the discounts that the payment earns, where none are asked for; left out, they are only told. */
  readonly takeDiscounts?: boolean | undefined;
  /** Drops what the company's rules let drop where the payment is short and no difference is asked for; left out, it is only told. */
  readonly takeTolerance?: boolean | undefined;
  /** Business date; left out, today, or the latest posting date of what is settled if that is later. */
  readonly on?: PlainDate | undefined;
  /** What the payer kept back of the items settled, and why: each becomes a deduction, which is neither chased nor bears interest. */
  readonly deductions?: readonly Deduction[] | undefined;
  /** Credits that settle a part of items before the payment does, in the same act; they are taken back with it. */
  readonly credits?: readonly CreditGiven[] | undefined;
  /** What is left open of items settled and written off in the same act. */
  readonly writeOff?: WriteOffRest | undefined;
  readonly method?: ApplicationMethod | undefined;
  readonly evidence?: unknown;
};

/** What a payment did. */
export type Applied = {
  readonly paymentId: string;
  readonly unapplied: ShownMoney;
  readonly on: string;
  readonly applications: readonly {
    readonly applicationId: string;
    readonly itemId: string;
    readonly reference: string;
    readonly amount: ShownMoney;
  }[];
  readonly items: readonly ShownItem[];
  /** Credits that settled a part of these items beside the payment. */
  readonly credits: readonly ShownCredit[];
  /** Discounts that were granted, could be granted, or were missed. */
  readonly discounts: readonly ShownDiscount[];
  /** Differences that were dropped, with the right to it, or could be dropped by rule. */
  readonly differences: readonly ShownDifference[];
  /** Deductions that were opened for what was kept back. */
  readonly deductions: readonly DisputeOpened[];
  /** What was written off of what was left open. */
  readonly writeOffs: readonly RestWrittenOff[];
};

/**
 * Applies a payment to the open items that the caller names. Discounts go by the value date of the payment; what it is short
 * by stays open unless it is dropped by rule, within a limit, or with an approval, or is written off in the same act. Credits
 * named are taken off first: discounts and differences are of what they leave.
 *
 * Refuses: `payment_not_found`, `payment_returned`, `item_not_found`, `credit_granted_back`, `credits_beside_refund`,
 * `deduction_of_other_item`, what `settleCredits` refuses,
 * what `takeShort` refuses of discounts, differences and write-offs, what `writeOffRest` refuses, what `openDispute` refuses of
 * a deduction, and what allocation and settlement refuse.
 */
export const applyPayment: Command<ApplyPayment, Applied> = {
  name: 'apply-payment',
  permission: 'payment.apply',
  async run(act, input) {
    const wantedIds = input.allocations.map((a) => a.itemId);
    const { credits = [] } = input;
    const hand = await takeWithCredits(act, input.paymentId, wantedIds, credits);
    const { payment, own } = hand;

    if (payment.direction === 'refunded' && credits.length > 0)
      throw new Refusal('credits_beside_refund', { payment: payment.number });
    if (payment.returned_on) refuseUnless(mayApply({ isReturned: true, unapplied: 0n }));
    const on = dayOf(input.on, act.today, [...own, ...hand.others]);
    const less = await settleCredits(act, hand, credits, on);
    const others = less.items;
    const method = input.method ?? 'manual';
    const short = await takeShort(act, { own, items: others }, input.allocations, {
      companyId: payment.company_id as CompanyId,
      paidOn: payment.received_on,
      takeDiscounts: input.takeDiscounts ?? false,
      takeTolerance: input.takeTolerance ?? false,
      isAutomatic: method !== 'manual',
      paymentId: input.paymentId,
      statementLineId: payment.statement_line_id,
      writeOff: input.writeOff,
    });
    const wanted = wantedOf(own, others, short.allocations, { method, evidence: input.evidence });
    // A refund that is applied takes from the credit it was granted from.
    if (payment.direction !== 'refunded') await requireFreeCredit(act, usesOf([...own, ...others], wanted));

    const occasion = { documentId: payment.id, kind: 'application', on } as const;
    const settlement = settleItems(act, [...own, ...others], wanted, occasion);

    const writeOffs = await writeOffRest(act, { id: input.paymentId, on }, settlement, input.writeOff);
    const deductions = await openDeductions(act, input.paymentId, deductionsOf(input));
    const described = describeApplied(payment.id, own, settlement, short);
    const isCredit = new Set<string>(credits.map((one) => one.creditItemId));
    const items = described.items.filter((item) => !isCredit.has(item.itemId));
    const applied = { ...described, items, credits: less.credits, deductions, writeOffs };
    const customerId = (payment.customer_id ?? others[0]?.customerId ?? null) as CustomerId | null;
    act.record({
      type: 'payment.applied',
      subjectId: payment.id,
      customerId,
      data: applied,
    });
    recordDiscounts(
      act,
      { id: input.paymentId, paidOn: payment.received_on, customerId },
      short.discounts,
      settlement.applications,
    );
    recordDifferences(act, input.paymentId, short.differences, settlement.applications);
    return applied;
  },
};

/** What is kept back of the items that are settled. Refuses: `deduction_of_other_item`. */
export function deductionsOf({
  allocations,
  deductions = [],
}: Pick<ApplyPayment, 'allocations' | 'deductions'>): readonly DeductionWish[] {
  const settled = new Set(allocations.map((a) => a.itemId));
  const other = deductions.find((deduction) => !settled.has(deduction.itemId));
  if (other) throw new Refusal('deduction_of_other_item', { itemId: other.itemId });
  return deductions.map(({ itemId, amount, ...said }) => ({ ...said, items: [{ itemId, amount }] }));
}

/** What a settlement of a payment's own items did, in words of the outside. */
export function describeApplied(
  paymentId: string,
  own: readonly OpenItem[],
  settlement: Settlement,
  noted: {
    readonly discounts?: readonly NotedDiscount[];
    readonly differences?: readonly NotedDifference[];
  } = {},
): Applied {
  const isOwn = new Set<string>(own.map((item) => item.id));
  const mine = settlement.items.filter((item) => isOwn.has(item.id));
  const others = settlement.items.filter((item) => !isOwn.has(item.id));
  const currency = own[0]?.amount.currency ?? '';
  return {
    paymentId,
    unapplied: shown(leftOf(mine, currency)),
    on: settlement.applications[0]?.appliedOn.toString() ?? '',
    applications: settlement.applications.map((a) => {
      const itemId = isOwn.has(a.debitItemId) ? a.creditItemId : a.debitItemId;
      const reference = others.find((item) => item.id === itemId)?.reference ?? '';
      return { applicationId: a.id, itemId, reference, amount: shown(a.amount) };
    }),
    items: others.map(shownItem),
    credits: [],
    discounts: (noted.discounts ?? []).map(shownDiscount),
    differences: (noted.differences ?? []).map(shownDifference),
    deductions: [],
    writeOffs: [],
  };
}
