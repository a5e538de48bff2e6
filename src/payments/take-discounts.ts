// Discounts of an application, as acts: read what items promise and what their documents tax, decide, and keep what is to be
// remembered of it.

import type { Act } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { readTaxShares } from '#invoicing/read-taxes.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CustomerId, PaymentId } from '#kernel/id.ts';
import { isDebit, type OpenItem } from '#ledger/open-item.ts';
import type { Application } from '#ledger/settlement.ts';
import { takeCustomer } from '#parties/take-party.ts';
import { DISCOUNT_POLICY, type DiscountPolicy } from '#terms/discount-policy.ts';
import { readDiscountPolicy, readItemDiscounts } from '#terms/read-terms.ts';
import type { Allocation } from './allocation.ts';
import type { KnownDiscounts, NotedDiscount } from './discounting.ts';
import { type ShownMoney, shown } from './payment.ts';
import { insertLateDiscounts } from './store-discounts.ts';

/** What items promise, and the taxes of their documents, where any discount is possible or asked for. */
export async function readDiscounts(
  tx: Tx,
  items: readonly OpenItem[],
  allocations: readonly Allocation[] = [],
): Promise<KnownDiscounts> {
  const debits = items.filter(isDebit);
  const rights = await readItemDiscounts(
    tx,
    debits.map((item) => item.id),
  );
  const asked = new Set(allocations.filter((a) => a.discount && a.discount.minor > 0n).map((a) => a.itemId));
  const concerned = debits.filter((item) => rights.has(item.id) || asked.has(item.id));
  const [first] = concerned;
  const [taxes, policy] = await Promise.all([
    readTaxShares(
      tx,
      concerned.map((item) => item.documentId),
    ),
    first && asked.size > 0 ? readPolicyOf(tx, first) : DISCOUNT_POLICY,
  ]);
  return { rights, taxes, policy };
}

async function readPolicyOf(tx: Tx, item: OpenItem): Promise<DiscountPolicy> {
  const customer = item.customerId === null ? undefined : await takeCustomer(tx, item.customerId);
  return readDiscountPolicy(tx, item.companyId, customer?.country ?? null);
}

/** A discount as it is told outside. */
export type ShownDiscount = {
  readonly itemId: string;
  readonly reference: string;
  readonly state: NotedDiscount['state'];
  readonly discount: ShownMoney;
  readonly earned: ShownMoney;
  readonly untilOn: string | null;
  readonly percent: string | null;
};

/** Writes a discount for a reply or an event. */
export function shownDiscount(noted: NotedDiscount): ShownDiscount {
  return {
    itemId: noted.itemId,
    reference: noted.reference,
    state: noted.state,
    discount: shown(noted.discount),
    earned: shown(noted.earned),
    untilOn: noted.untilOn?.toString() ?? null,
    percent: noted.percent,
  };
}

/**
 * Remembers discounts that want looking at: those granted without right, by an event, and those missed, by an event and a
 * fact, so that a list can show what customers took too late.
 */
export function recordDiscounts(
  act: Act,
  payment: { readonly id: PaymentId; readonly paidOn: PlainDate; readonly customerId: CustomerId | null },
  noted: readonly NotedDiscount[],
  applications: readonly Application[],
): void {
  for (const one of noted) {
    if (one.state !== 'unearned' && one.state !== 'late') continue;
    act.record({
      type: one.state === 'late' ? 'discount.taken_late' : 'discount.granted_unearned',
      subjectId: payment.id,
      customerId: payment.customerId,
      data: shownDiscount(one),
    });
  }
  insertLateDiscounts(
    act,
    noted.flatMap((one) => {
      const application = applications.findLast((a) => a.debitItemId === one.itemId);
      if (one.state !== 'late' || !application || !one.lastOn) return [];
      return [
        {
          applicationId: application.id,
          itemId: one.itemId,
          paymentId: payment.id,
          customerId: payment.customerId,
          discount: one.discount,
          untilOn: one.lastOn,
          paidOn: payment.paidOn,
        },
      ];
    }),
  );
}
