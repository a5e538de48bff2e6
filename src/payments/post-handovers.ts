// Booking that money went to another company and settles a debt there, and that it came back, as acts inside commands.

import type { Act } from '#command/command.ts';
import { assert, present } from '#kernel/assert.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CustomerId } from '#kernel/id.ts';
import { left, type OpenItem } from '#ledger/open-item.ts';
import { postEntries } from '#ledger/post-entries.ts';
import { settleItems } from '#ledger/settle-items.ts';
import type { Settlement } from '#ledger/settlement.ts';
import { type HandoverPlan, takeBackPosting } from './handover.ts';
import { shown } from './payment.ts';
import { findStandingHandovers, insertHandovers } from './store-handovers.ts';
import type { PaymentInHand } from './take-payment.ts';

/** What handing over did: in the company that received the money, and in the other, with the items that came there. */
export type HandedSettlement = {
  readonly from: Settlement;
  readonly to: Settlement;
  readonly handed: readonly OpenItem[];
};

/**
 * Saves what is handed over of a payment in hand and applies it in the other company.
 *
 * Refuses what settling refuses; a locked period of either company fails at the database.
 */
export function postHandovers(act: Act, hand: PaymentInHand, plan: HandoverPlan): HandedSettlement {
  const { postings, closing, applying } = plan;
  const first = present(postings[0], 'something is handed over');
  const given = postings.map((one) => one.fromItem);
  const handed = postings.map((one) => one.toItem);
  postEntries(
    act,
    postings.flatMap((one) => one.entries),
    [...given, ...handed],
  );
  const { documentId, postedOn: on } = first.fromItem;
  const from = settleItems(act, [...hand.own, ...given], closing, { documentId, kind: 'handover', on });
  const to = settleItems(act, [...hand.others, ...handed], applying, { documentId, kind: 'application', on });
  const waiting = to.items.filter((item) => left(item) > 0n && handed.some(({ id }) => id === item.id));
  assert(waiting.length === 0, 'all that was handed over is applied', waiting);
  insertHandovers(
    act,
    postings.map((one) => one.handover),
  );
  return {
    from: { ...from, items: from.items.filter((item) => !given.some(({ id }) => id === item.id)) },
    to,
    handed,
  };
}

/**
 * Brings what is free of money that went to other companies, since its applications were taken back, to the company that received
 * it. Gives the payment's own items as they are afterwards, what came back at the end.
 *
 * `items` are the payment's, as they are once the applications are taken back, and may be others too.
 */
export async function takeHandoversBack(
  act: Act,
  hand: PaymentInHand,
  items: readonly OpenItem[],
  on: PlainDate,
): Promise<readonly OpenItem[]> {
  const among = (some: readonly OpenItem[]) => items.filter((item) => some.some(({ id }) => id === item.id));
  const own = among(hand.own);
  const free = among(hand.handed).filter((item) => left(item) > 0n);
  if (free.length === 0) return own;
  const standing = await findStandingHandovers(act, hand.payment.id);
  const customerId = hand.payment.customer_id as CustomerId | null;
  const back = free.map((item, index) => {
    const handover = standing.find((one) => one.toItemId === item.id);
    assert(handover !== undefined && left(item) === handover.amount.minor, 'it comes back whole', item);
    const place = present(own[0], 'a payment has its item');
    const taken = hand.handovers + 2 * index;
    return takeBackPosting(handover, item, place, { on, taken, customerId });
  });
  const postings = back.map((one) => one.posting);
  const counters = postings.map((one) => one.toItem);
  const returned = postings.map((one) => one.fromItem);
  postEntries(
    act,
    postings.flatMap((one) => one.entries),
    [...returned, ...counters],
  );
  const occasion = { documentId: hand.payment.id, kind: 'handover', on } as const;
  settleItems(
    act,
    [...free, ...counters],
    back.map((one) => one.closing),
    occasion,
  );
  insertHandovers(
    act,
    postings.map((one) => one.handover),
  );
  for (const { handover } of postings)
    act.record({
      type: 'payment.handed_back',
      subjectId: hand.payment.id,
      customerId: handover.customerId,
      data: {
        paymentId: hand.payment.id,
        companyId: handover.toCompanyId,
        amount: shown({ ...handover.amount, minor: -handover.amount.minor }),
        on: on.toString(),
      },
    });
  return [...own, ...returned];
}
