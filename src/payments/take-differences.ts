// Differences of an application, as acts: read the rules, decide with the discounts, ask for an approval where the limit of
// who acts is exceeded, and keep by which right each was dropped.

import type { Act } from '#command/command.ts';
import { dropperOf, readDifferenceRules } from '#differences/read-difference-rules.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, PaymentId } from '#kernel/id.ts';
import { isDebit, type OpenItem } from '#ledger/open-item.ts';
import type { Application } from '#ledger/settlement.ts';
import type { Allocation } from './allocation.ts';
import {
  type DecidedDifferences,
  decideDifferences,
  isUsedUp,
  type KnownDifferences,
  type NotedDifference,
  type Sides,
  toleratedOf,
} from './differing.ts';
import { type DecidedDiscounts, decideDiscounts } from './discounting.ts';
import { type ShownMoney, shown } from './payment.ts';
import { statedCharge } from './stated-charge.ts';
import {
  findDropped,
  findLineDetails,
  hasStandingCharge,
  insertDroppedDifferences,
} from './store-differences.ts';
import { readDiscounts } from './take-discounts.ts';
import { requireLettingGo, type WriteOffRest } from './write-off-rest.ts';

/** How what a payment is short by is treated. */
export type ShortHow = {
  readonly companyId: CompanyId;
  /** Value date of the payment. */
  readonly paidOn: PlainDate;
  readonly takeDiscounts: boolean;
  readonly takeTolerance: boolean;
  readonly isAutomatic: boolean;
  /** The payment, where it was recorded before, and its bank line, which may say what banks kept of it. */
  readonly paymentId?: PaymentId;
  readonly statementLineId?: string | null;
  /** What is written off beside it. */
  readonly writeOff?: WriteOffRest | undefined;
};

/** What discounts and differences do to allocations. */
export type DecidedShort = {
  readonly allocations: readonly Allocation[];
  readonly discounts: DecidedDiscounts['noted'];
  readonly differences: DecidedDifferences['noted'];
};

/**
 * Decides discounts and differences of allocations: discounts first, with their days of grace; then what is still missing.
 *
 * Refuses: `discount_not_earned`, and what `decideDifferences` and `requireLettingGo` refuse.
 */
export async function takeShort(
  act: Act,
  sides: Sides,
  allocations: readonly Allocation[],
  how: ShortHow,
): Promise<DecidedShort> {
  const { own, items } = sides;
  const debits = items.filter(isDebit);
  const [known, rights] = await Promise.all([
    readDifferences(act, debits, how),
    readDiscounts(act, items, allocations),
  ]);
  const tolerated = how.takeTolerance && isUsedUp(own, allocations) ? toleratedOf(debits, known) : undefined;
  const discounts = decideDiscounts(items, allocations, rights, {
    paidOn: how.paidOn,
    take: how.takeDiscounts,
    tolerated,
  });
  const { isAutomatic, takeTolerance: take } = how;
  const decided = decideDifferences(sides, discounts.allocations, known, { take, isAutomatic });
  await requireLettingGo(act, {
    companyId: how.companyId,
    items,
    allocations,
    differences: decided.noted,
    writeOff: how.writeOff,
  });
  return { allocations: decided.allocations, discounts: discounts.noted, differences: decided.noted };
}

async function readDifferences(
  act: Act,
  debits: readonly OpenItem[],
  how: ShortHow,
): Promise<KnownDifferences> {
  const customerIds = [...new Set(debits.flatMap((item) => item.customerId ?? []))] as CustomerId[];
  const [rules, dropped, details, isCharged] = await Promise.all([
    readDifferenceRules(act, how.companyId, customerIds, {
      receivedOn: how.paidOn,
      today: act.today,
      who: dropperOf(act),
    }),
    findDropped(
      act,
      debits.map((item) => item.id),
    ),
    how.statementLineId ? findLineDetails(act, how.statementLineId) : undefined,
    how.paymentId !== undefined && hasStandingCharge(act, how.paymentId),
  ]);
  const stated = debits[0] ? statedCharge(details ?? null, debits[0].amount.currency) : 0n;
  return { ...rules, dropped, stated, isCharged };
}

/** A difference as it is told outside. */
export type ShownDifference = {
  readonly itemId: string;
  readonly reference: string;
  readonly kind: NotedDifference['kind'];
  readonly state: NotedDifference['state'];
  readonly difference: ShownMoney;
  readonly allowed: ShownMoney;
};

/** Writes a difference for a reply or an event. */
export function shownDifference(noted: NotedDifference): ShownDifference {
  return {
    itemId: noted.itemId,
    reference: noted.reference,
    kind: noted.kind,
    state: noted.state,
    difference: shown(noted.difference),
    allowed: shown(noted.allowed),
  };
}

/** Keeps by which right each difference was dropped, as a fact and an event. */
export function recordDifferences(
  act: Act,
  paymentId: PaymentId,
  noted: readonly NotedDifference[],
  applications: readonly Application[],
): void {
  const dropped = noted.flatMap((one) => {
    const application = applications.find((a) => a.debitItemId === one.itemId && a.difference.minor > 0n);
    return application && one.state !== 'available' ? [{ applicationId: application.id, noted: one }] : [];
  });
  insertDroppedDifferences(act, paymentId, dropped);
  for (const { applicationId, noted: one } of dropped)
    act.record({
      type: 'difference.dropped',
      subjectId: paymentId,
      customerId: one.customerId,
      data: { ...shownDifference(one), applicationId, evidence: one.evidence },
    });
}
