// Taking applications of a payment back: both sides are as they were, and the books too. The former applications stay on
// record, each with its reversal.

import type { Command } from '#command/command.ts';
import { reopenRemedied } from '#disputes/close-dispute.ts';
import { undoDeductions } from '#disputes/open-deductions.ts';
import { requireDiscounts } from '#invoicing/require-discounts.ts';
import { later, type PlainDate } from '#kernel/calendar.ts';
import type { ApplicationId, CustomerId, ItemId, PaymentId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { businessDay, takeItems, unsettleItems } from '#ledger/settle-items.ts';
import type { Application } from '#ledger/settlement.ts';
import { type ShownItem, shownItem } from '#ledger/shown-item.ts';
import { undoRecoveries } from '#writeoffs/post-recoveries.ts';
import { leftOf, mayUnapply, type ShownMoney, shown } from './payment.ts';
import { moveUnapplied } from './post-closing.ts';
import { takeHandoversBack } from './post-handovers.ts';
import { findNettedWith, findStanding, type StandingApplication } from './store.ts';
import { returnCredits, takeWithUsed } from './take-credits.ts';
import { refuseUnless } from './take-payment.ts';
import { undoRests } from './write-off-rest.ts';

export type UnapplyPayment = {
  readonly paymentId: PaymentId;
  /** Left out: all applications that stand. */
  readonly applicationIds?: readonly ApplicationId[] | undefined;
  /** Business date; left out, today, or the day of the latest application if that is later. */
  readonly on?: PlainDate | undefined;
};

/** What was taken back, and what is left where. */
export type Unapplied = {
  readonly paymentId: string;
  readonly unapplied: ShownMoney;
  readonly on: string;
  readonly takenBack: readonly {
    readonly applicationId: string;
    readonly itemId: string;
    readonly amount: ShownMoney;
  }[];
  readonly items: readonly ShownItem[];
};

/**
 * Takes some or all applications of a payment back, and with them the credits that settled a part of the same items beside
 * it; what it recovered of a write-off is written off as before. What comes back of a payment that was moved since
 * goes on to the customer it was moved to; what had gone to another company is with the one that received it again.
 *
 * Refuses: `payment_not_found`, `payment_returned`, `nothing_to_unapply`, `application_not_found` (unknown, taken back, or of
 * another payment), `reversed_too_early`, `dated_in_future`, `discount_taken_back` (by a credit note, which is voided first).
 */
export const unapplyPayment: Command<UnapplyPayment, Unapplied> = {
  name: 'unapply-payment',
  permission: 'payment.apply',
  constraints: { application_tenant_id_reverses_id_key: 'changed_meanwhile' },
  async run(act, input) {
    const hand = await takeWithUsed(act, input.paymentId);
    const { payment } = hand;
    const ownIds = hand.own.map((item) => item.id);
    const placeIds = [...ownIds, ...hand.handed.map((item) => item.id)];
    const standing = await findStanding(act, placeIds);

    refuseUnless(mayUnapply({ isReturned: payment.returned_on !== null, applied: standing.length }));
    const chosen = chooseApplications(standing, input.applicationIds);
    const on = businessDay(input.on, chosen.map((a) => a.appliedOn).reduce(later, act.today));

    const chosenIds = chosen.map((a) => a.id);
    const netted = await findNettedWith(act, { paymentId: input.paymentId, itemIds: ownIds }, chosenIds);
    const ids = [...chosenIds, ...netted.map((one) => one.applicationId)];
    const occasion = { documentId: payment.id, kind: 'unapplication', on } as const;
    const takenBack = await unsettleItems(act, { ids }, occasion);
    await act.settle();
    await requireDiscounts(act, takenBack);
    await undoDeductions(act, ids);
    await reopenRemedied(act, ids, `Payment ${payment.number} was taken back.`);
    await undoRests(act, ids, `Payment ${payment.number} was taken back.`);
    const items = await takeItems(act, [...placeIds, ...touchedItems(takenBack, placeIds)]);
    await undoRecoveries(act, items, on);
    await returnCredits(act, netted, on);
    const others = items.filter((item) => !placeIds.includes(item.id));
    const own = await takeHandoversBack(act, hand, items, on);
    const customerId = payment.customer_id as CustomerId | null;
    const mine = moveUnapplied(act, own, customerId, { on, taken: hand.transfers });

    const currency = payment.currency;
    const unapplied: Unapplied = {
      paymentId: payment.id,
      unapplied: shown(leftOf(mine, currency)),
      on: on.toString(),
      takenBack: takenBack.filter(isOf(placeIds)).map((a) => ({
        applicationId: a.id,
        itemId: placeIds.includes(a.debitItemId) ? a.creditItemId : a.debitItemId,
        amount: shown(a.amount),
      })),
      items: others.map(shownItem),
    };
    act.record({
      type: 'payment.unapplied',
      subjectId: payment.id,
      customerId: payment.customer_id ?? others[0]?.customerId,
      data: unapplied,
    });
    return unapplied;
  },
};

function chooseApplications(
  standing: readonly StandingApplication[],
  ids: readonly ApplicationId[] | undefined,
): readonly StandingApplication[] {
  if (ids === undefined) return standing;
  const missing = ids.filter((id) => !standing.some((a) => a.id === id));
  if (missing.length > 0 || ids.length === 0)
    throw new Refusal('application_not_found', { applications: missing });
  return standing.filter((a) => ids.includes(a.id));
}

/** Whether an application is of these items, rather than of a credit beside them. */
function isOf(ownIds: readonly ItemId[]): (application: Application) => boolean {
  return (application) =>
    ownIds.includes(application.debitItemId) || ownIds.includes(application.creditItemId);
}

/** Every item that applications touched, but these. */
export function touchedItems(
  applications: readonly Application[],
  ownIds: readonly ItemId[],
): readonly ItemId[] {
  const touched = applications.flatMap((a) => [a.debitItemId, a.creditItemId]);
  return [...new Set(touched)].filter((id) => !ownIds.includes(id));
}

/** The items that applications settled together with a payment's own. */
export function otherSides(
  applications: readonly Application[],
  ownIds: readonly ItemId[],
): readonly ItemId[] {
  return applications.map((a) => (ownIds.includes(a.debitItemId) ? a.creditItemId : a.debitItemId));
}
