// One receipt for invoices of several companies: what is free of it settles debts to another company. Taking these applications
// back, or the return of the payment, brings the money back to the company that received it.

import type { Act, Command } from '#command/command.ts';
import { openDeductions } from '#disputes/open-deductions.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, PaymentId } from '#kernel/id.ts';
import type { Money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { usesOf } from '#ledger/granted-credit.ts';
import type { OpenItem } from '#ledger/open-item.ts';
import { requireFreeCredit } from '#ledger/require-free-credit.ts';
import type { Wanted } from '#ledger/settlement.ts';
import { takeRate, toFunctional } from '#ledger/take-rate.ts';
import { takeCompany } from '#parties/take-party.ts';
import { type Allocation, givenBy, wantedOf } from './allocation.ts';
import { type Applied, type Deduction, deductionsOf, describeApplied } from './apply-payment.ts';
import { planHandovers } from './handover.ts';
import { leftOf, mayHandOver, type ShownMoney, shown } from './payment.ts';
import { postHandovers } from './post-handovers.ts';
import { findHandoverSettings } from './store-handovers.ts';
import { recordDifferences, takeShort } from './take-differences.ts';
import { recordDiscounts } from './take-discounts.ts';
import { dayOf, type PaymentInHand, refuseUnless, takePayment } from './take-payment.ts';
import { type WriteOffRest, writeOffRest } from './write-off-rest.ts';

export type HandOverPayment = {
  readonly paymentId: PaymentId;
  /** Whose items are settled. */
  readonly companyId: CompanyId;
  readonly allocations: readonly Allocation[];
  /** Grants the discounts that the payment earns, where none are asked for. */
  readonly takeDiscounts?: boolean | undefined;
  /** Drops what the rules of the other company let drop where the receipt is short and no difference is asked for. */
  readonly takeTolerance?: boolean | undefined;
  /** What the payer kept back of the items settled, and why: each becomes a deduction there. */
  readonly deductions?: readonly Deduction[] | undefined;
  /** What is left open of items settled and written off there in the same act. */
  readonly writeOff?: WriteOffRest | undefined;
  /** Business date, in both companies; left out, today, or the latest posting date of what is settled if that is later. */
  readonly on?: PlainDate | undefined;
};

export type HandedOver = Pick<
  Applied,
  'applications' | 'items' | 'discounts' | 'differences' | 'deductions' | 'writeOffs'
> & {
  readonly paymentId: string;
  readonly companyId: string;
  readonly handedOver: ShownMoney;
  /** What is left of the receipt, with the company that received it. */
  readonly unapplied: ShownMoney;
  readonly on: string;
};

/**
 * Hands free money of a receipt over to another company and settles what that company's customers owe it, in one act: each owes
 * the other as much. The other company's discounts, differences and exchange rate of the value date count there.
 *
 * Refuses: `payment_not_found`, `item_not_found`, `company_not_found`, `payment_returned`, `refund_not_movable`,
 * `handover_same_company`, `handover_not_allowed` (unless both companies state that it may be), `wrong_company` (an item of
 * another), `wrong_currency`, `nothing_to_apply`, `credit_granted_back`, `exchange_rate_missing`, `period_locked` (in either
 * company), `deduction_of_other_item`, and what `takeShort`, `writeOffRest`, opening a deduction, allocation and settlement refuse.
 */
export const handOverPayment: Command<HandOverPayment, HandedOver> = {
  name: 'hand-over-payment',
  permission: 'payment.apply',
  async run(act, input) {
    const company = await takeCompany(act, input.companyId);
    const wantedIds = input.allocations.map((one) => one.itemId);
    const hand = await takePayment(act, input.paymentId, wantedIds);
    const { payment, own, others } = hand;
    await requireAllowed(act, hand, input.companyId);
    checkAllocations(hand, input);
    const on = dayOf(input.on, act.today, [...own, ...others]);
    const rate = await takeRate(act, payment.currency, company.functionalCurrency, payment.received_on);
    const short = await takeShort(act, { own, items: others }, input.allocations, {
      companyId: input.companyId,
      paidOn: payment.received_on,
      takeDiscounts: input.takeDiscounts ?? false,
      takeTolerance: input.takeTolerance ?? false,
      isAutomatic: false,
      paymentId: input.paymentId,
      statementLineId: payment.statement_line_id,
      writeOff: input.writeOff,
    });
    const wanted = wantedOf(own, others, short.allocations, { method: 'manual' });
    await requireFreeCredit(act, usesOf(own, wanted));
    const settlement = postHandovers(
      act,
      hand,
      planOf({ hand, wanted, on }, (part) => toFunctional(part, rate)),
    );

    const writeOffs = await writeOffRest(act, { id: input.paymentId, on }, settlement.to, input.writeOff);
    const deductions = await openDeductions(act, input.paymentId, deductionsOf(input));
    const mine = settlement.from.items;
    const described = describeApplied(payment.id, settlement.handed, settlement.to, short);
    const { applications, items, discounts, differences } = described;
    const done: HandedOver = {
      paymentId: payment.id,
      companyId: input.companyId,
      handedOver: shown(givenBy(short.allocations, payment.currency)),
      unapplied: shown(leftOf(mine, payment.currency)),
      on: on.toString(),
      applications,
      items,
      discounts,
      differences,
      deductions,
      writeOffs,
    };
    const customerId = (others[0]?.customerId ?? null) as CustomerId | null;
    act.record({ type: 'payment.handed_over', subjectId: payment.id, customerId, data: done });
    const occasion = { id: input.paymentId, paidOn: payment.received_on, customerId };
    recordDiscounts(act, occasion, short.discounts, settlement.to.applications);
    recordDifferences(act, input.paymentId, short.differences, settlement.to.applications);
    return done;
  },
};

function planOf(
  {
    hand,
    wanted,
    on,
  }: { readonly hand: PaymentInHand; readonly wanted: readonly Wanted[]; readonly on: PlainDate },
  worth: (part: Money) => Money,
) {
  const { own, others: debts, handovers: taken } = hand;
  return planHandovers({ own, debts, wanted, on, taken, toFunctional: worth });
}

/** Makes sure that the payment is one that may go elsewhere, and that both companies allow it. */
async function requireAllowed(act: Act, { payment }: PaymentInHand, companyId: CompanyId): Promise<void> {
  const direction = payment.direction === 'refunded' ? 'refunded' : 'received';
  // Whether enough is left is for the allocation to say, with the amounts.
  refuseUnless(mayHandOver({ direction, isReturned: payment.returned_on !== null, unapplied: 1n }));
  if (payment.company_id === companyId)
    throw new Refusal('handover_same_company', { payment: payment.number });
  const settings = await findHandoverSettings(act, { fromCompanyId: payment.company_id });
  const said = settings.find((one) => one.toCompanyId === companyId);
  if (!said?.from || !said.to)
    throw new Refusal('handover_not_allowed', {
      fromCompanyId: payment.company_id,
      toCompanyId: companyId,
      from: said?.from ?? false,
      to: said?.to ?? false,
    });
}

/** Makes sure that what is named is of the other company, in the money's currency, and of some amount. */
function checkAllocations(
  { payment, own, others }: PaymentInHand,
  { companyId, allocations }: HandOverPayment,
): void {
  refuseStrange(payment.currency, companyId, others);
  const slip = allocations.find((one) => one.amount.minor <= 0n);
  const named = [...own, ...others].find((item) => item.id === slip?.itemId);
  if (slip) throw new Refusal('nothing_to_apply', { item: named?.reference ?? null });
  const other = allocations.find((one) => one.amount.currency !== payment.currency);
  if (other) throw new Refusal('wrong_currency', { wanted: payment.currency, given: other.amount.currency });
}

/** Items of a third company, or in another currency than the money. */
function refuseStrange(currency: string, companyId: CompanyId, debts: readonly OpenItem[]): void {
  const elsewhere = debts.find((item) => item.companyId !== companyId);
  if (elsewhere) throw new Refusal('wrong_company', { item: elsewhere.reference, companyId });
  const other = debts.find((item) => item.amount.currency !== currency);
  if (other)
    throw new Refusal('wrong_currency', {
      item: other.reference,
      wanted: other.amount.currency,
      given: currency,
    });
}
