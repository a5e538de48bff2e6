// A refund that we grant: paid once the account it goes to has been known for long enough, by a file for the bank or otherwise;
// withdrawn before that, or come back after it. Its state follows from what happened to it and the day.

import { addDays, isBefore, later, type PlainDate } from '#kernel/calendar.ts';
import { type Money, money, toDecimal } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { OpenItem } from '#ledger/open-item.ts';

/** Days that a new account waits for its first refund, where a company states nothing. */
export const USUAL_WAITING_DAYS = 5;

export const REFUND_STATES = ['waiting', 'payable', 'ordered', 'paid', 'returned', 'withdrawn'] as const;
export type RefundState = (typeof REFUND_STATES)[number];

/** What is known of a refund when its state is asked for. */
export type RefundStanding = {
  readonly payableFrom: PlainDate;
  readonly isShortened: boolean;
  /** Ordered by a file of ours, recorded as paid otherwise, or withdrawn. */
  readonly end: 'ordered' | 'recorded' | 'withdrawn' | null;
  /** A line of the bank shows it. */
  readonly isShown: boolean;
  /** The money came back. */
  readonly isReturned: boolean;
};

/** The first day on which a refund granted on a day may be paid to an account that became known on another. */
export function payableFrom(accountSince: PlainDate, grantedOn: PlainDate, waitingDays: number): PlainDate {
  return later(grantedOn, addDays(accountSince, waitingDays));
}

/** Where a refund stands on a day. */
export function stateOf(refund: RefundStanding, today: PlainDate): RefundState {
  if (refund.end === 'withdrawn') return 'withdrawn';
  if (refund.isReturned) return 'returned';
  if (refund.end !== null) return refund.end === 'recorded' || refund.isShown ? 'paid' : 'ordered';
  return !refund.isShortened && isBefore(today, refund.payableFrom) ? 'waiting' : 'payable';
}

/**
 * What of a customer's credit may still be granted: what nothing was applied of, less refunds granted and not paid yet, less
 * money that went back and whose credit was freed again (its item is owed to us).
 */
export function freeCredit(items: readonly OpenItem[], granted: Money): Money {
  const credit = items.reduce((total, item) => total - item.open.minor, 0n);
  return money(credit - granted.minor, granted.currency);
}

/**
 * Whether credit covers a refund besides those that are granted already and not paid yet.
 *
 * Refuses: `amount_not_positive`, `refund_exceeds_credit`.
 */
export function checkCredit(items: readonly OpenItem[], granted: Money, wanted: Money): void {
  if (wanted.minor <= 0n) throw new Refusal('amount_not_positive', { amount: toDecimal(wanted) });
  const free = freeCredit(items, granted);
  if (wanted.minor > free.minor)
    throw new Refusal('refund_exceeds_credit', {
      credit: toDecimal(free),
      refund: toDecimal(wanted),
      currency: wanted.currency,
    });
}
