// Credits that settle a part of the same items beside a payment, in the same act: credit notes, and money on account of other
// payments. They are taken back with it.

import type { Act } from '#command/command.ts';
import { present } from '#kernel/assert.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, ItemId, PaymentId } from '#kernel/id.ts';
import { ALLOCATIONS_MAX } from '#kernel/limits.ts';
import type { Money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { usesOf } from '#ledger/granted-credit.ts';
import type { OpenItem } from '#ledger/open-item.ts';
import { requireFreeCredit } from '#ledger/require-free-credit.ts';
import { settleItems } from '#ledger/settle-items.ts';
import type { Settlement, Wanted } from '#ledger/settlement.ts';
import { readHeads } from '#parties/take-party.ts';
import { readMatchingRules } from '#paying/read-matching-rules.ts';
import { type ShownMoney, shown } from './payment.ts';
import { moveUnapplied } from './post-closing.ts';
import { findPaymentsOfItems, findPaymentsUsedBeside, lockPayment } from './store.ts';
import { type PaymentInHand, takePayment } from './take-payment.ts';

/** This much of a credit for that item. */
export type CreditGiven = {
  /** A credit note, or what a payment has on account. */
  readonly creditItemId: ItemId;
  readonly itemId: ItemId;
  readonly amount: Money;
};

/** A credit that settled a part of an item beside a payment, as it is told outside. */
export type ShownCredit = {
  readonly applicationId: string;
  /** Number of the credit note, or of the payment that was on account. */
  readonly credit: string;
  readonly itemId: string;
  readonly reference: string;
  readonly amount: ShownMoney;
};

/**
 * Takes a payment in hand with the items it shall meet and the credits that go to them beside it. Payments whose money on
 * account is used are locked with it, all by id, so that whoever uses one of them meanwhile waits here.
 *
 * Refuses: what `takePayment` refuses, `too_many_allocations`.
 */
export async function takeWithCredits(
  act: Act,
  id: PaymentId,
  itemIds: readonly ItemId[],
  credits: readonly CreditGiven[],
): Promise<PaymentInHand> {
  if (credits.length === 0) return takePayment(act, id, itemIds);
  if (credits.length > ALLOCATIONS_MAX)
    throw new Refusal('too_many_allocations', { allocationsMax: ALLOCATIONS_MAX });
  const creditIds = credits.map((one) => one.creditItemId);
  await lockInOrder(act, [id, ...(await findPaymentsOfItems(act, creditIds))]);
  return takePayment(act, id, [...new Set([...itemIds, ...creditIds, ...credits.map((one) => one.itemId)])]);
}

/**
 * Takes a payment in hand to take its applications back. Payments whose money on account was used beside it, and may be given
 * back with it, are locked with it, all by id and before any item.
 *
 * Refuses: what `takePayment` refuses.
 */
export async function takeWithUsed(act: Act, id: PaymentId): Promise<PaymentInHand> {
  const used = await findPaymentsUsedBeside(act, id);
  if (used.length > 0) await lockInOrder(act, [id, ...used]);
  return takePayment(act, id);
}

async function lockInOrder(act: Act, ids: readonly PaymentId[]): Promise<void> {
  for (const one of [...new Set(ids)].toSorted()) await lockPayment(act, one);
}

type MayCross = (credit: OpenItem, debit: OpenItem) => boolean;

/** Whose credits may be taken off whose debts: of one group, where the company states so. */
async function readMayCross(act: Act, companyId: CompanyId, items: readonly OpenItem[]): Promise<MayCross> {
  const customerIds = [...new Set(items.flatMap((item) => item.customerId ?? []))] as CustomerId[];
  if (customerIds.length < 2) return () => false;
  const [rules, heads] = await Promise.all([
    readMatchingRules(act, [companyId]),
    readHeads(act, customerIds),
  ]);
  const headOf = ({ customerId }: OpenItem): CustomerId | undefined =>
    customerId === null ? undefined : heads.get(customerId as CustomerId);
  const isLet = rules(companyId).groupPayments === 'net';
  return (credit, debit) => isLet && headOf(credit) !== undefined && headOf(credit) === headOf(debit);
}

/** What credits did before the payment was applied: the items as they are then, and what is told of it. */
export type CreditsTaken = {
  readonly items: readonly OpenItem[];
  readonly credits: readonly ShownCredit[];
};

/**
 * Settles parts of items with credits, before the payment pays the rest of them. Money on account is noted as used with the
 * payment that it came by.
 *
 * Refuses: `own_item_named` (the payment itself), `wrong_customer` (the credit is of another than the item, and may not cross),
 * `credit_granted_back`, what settling refuses.
 */
export async function settleCredits(
  act: Act,
  { payment, own, others }: PaymentInHand,
  credits: readonly CreditGiven[],
  on: PlainDate,
): Promise<CreditsTaken> {
  if (credits.length === 0) return { items: others, credits: [] };
  const mayCross = await readMayCross(act, payment.company_id as CompanyId, others);
  const items = new Map(others.map((item) => [item.id, item]));
  const itemOf = (id: ItemId): OpenItem => present(items.get(id), 'the items of credits were read');
  const wanted = credits.map(({ creditItemId, itemId, amount }): Wanted => {
    const [credit, debit] = [itemOf(creditItemId), itemOf(itemId)];
    const named = own.find((item) => item.id === credit.id || item.id === debit.id);
    if (named) throw new Refusal('own_item_named', { item: named.reference });
    if (credit.customerId !== debit.customerId && !mayCross(credit, debit))
      throw new Refusal('wrong_customer', { item: debit.reference, credit: credit.reference });
    const isOnAccount = credit.account === 'unapplied-cash';
    const evidence = { nettedWith: payment.id };
    const method = isOnAccount ? 'manual' : 'credit';
    return { debitItemId: itemId, creditItemId, amount, method, evidence };
  });
  await requireFreeCredit(act, usesOf(others, wanted));
  const settlement = settleItems(act, others, wanted, { documentId: payment.id, kind: 'application', on });
  recordUsed(act, settlement, itemOf);
  return { items: settlement.items, credits: shownCredits(settlement, itemOf) };
}

function shownCredits(
  { applications }: Settlement,
  itemOf: (id: ItemId) => OpenItem,
): readonly ShownCredit[] {
  return applications.map((one) => ({
    applicationId: one.id,
    credit: itemOf(one.creditItemId).reference,
    itemId: one.debitItemId,
    reference: itemOf(one.debitItemId).reference,
    amount: shown(one.amount),
  }));
}

/** Notes with each payment whose money on account was used what became of it. */
function recordUsed(act: Act, { applications }: Settlement, itemOf: (id: ItemId) => OpenItem): void {
  const used = applications.filter((one) => itemOf(one.creditItemId).account === 'unapplied-cash');
  for (const [paymentId, some] of Map.groupBy(used, (one) => itemOf(one.creditItemId).documentId))
    act.record({
      type: 'payment.applied',
      subjectId: paymentId,
      customerId: itemOf(present(some[0], 'a group has one').creditItemId).customerId,
      data: {
        paymentId,
        on: present(some[0], 'a group has one').appliedOn.toString(),
        applications: some.map((one) => ({
          applicationId: one.id,
          itemId: one.debitItemId,
          reference: itemOf(one.debitItemId).reference,
          amount: shown(one.amount),
        })),
      },
    });
}

/**
 * Once credits that went beside a payment were taken back: money on account that is its payment's again stands with whom that
 * payment is of now, and the payment notes it.
 */
export async function returnCredits(
  act: Act,
  back: readonly { readonly applicationId: string; readonly paymentId: PaymentId | null }[],
  on: PlainDate,
): Promise<void> {
  const byPayment = Map.groupBy(
    back.filter((one) => one.paymentId !== null),
    (one) => one.paymentId as PaymentId,
  );
  for (const [paymentId, some] of [...byPayment].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const { payment, own, transfers } = await takePayment(act, paymentId);
    const customerId = payment.customer_id as CustomerId | null;
    moveUnapplied(act, own, customerId, { on, taken: transfers });
    act.record({
      type: 'payment.unapplied',
      subjectId: paymentId,
      customerId,
      data: { paymentId, on: on.toString(), takenBack: some.map(({ applicationId }) => ({ applicationId })) },
    });
  }
}
