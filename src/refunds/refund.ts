// A refund that we order: granted from credit, paid once the account it goes to has been known for long enough, ended by a
// file for the bank or withdrawn. Its state follows from what happened to it and the day.

import { addDays, isBefore, later, type PlainDate } from '#kernel/calendar.ts';
import { type Money, money, toDecimal } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { left, type OpenItem } from '#ledger/open-item.ts';

/** Days that a new account waits for its first refund, where a company states nothing. */
export const USUAL_WAITING_DAYS = 5;

export const REFUND_STATES = ['waiting', 'payable', 'ordered', 'paid', 'withdrawn'] as const;
export type RefundState = (typeof REFUND_STATES)[number];

/** What is known of a refund when its state is asked for. */
export type RefundStanding = {
  readonly payableFrom: PlainDate;
  readonly isShortened: boolean;
  readonly end: 'ordered' | 'withdrawn' | null;
  /** A line of the bank shows it. */
  readonly isShown: boolean;
};

/** The first day on which a refund granted on a day may be paid to an account that became known on another. */
export function payableFrom(accountSince: PlainDate, grantedOn: PlainDate, waitingDays: number): PlainDate {
  return later(grantedOn, addDays(accountSince, waitingDays));
}

/** Where a refund stands on a day. */
export function stateOf(refund: RefundStanding, today: PlainDate): RefundState {
  if (refund.end === 'withdrawn') return 'withdrawn';
  if (refund.end === 'ordered') return refund.isShown ? 'paid' : 'ordered';
  return !refund.isShortened && isBefore(today, refund.payableFrom) ? 'waiting' : 'payable';
}

/**
 * Whether credit covers a refund besides those that are granted already and not ordered yet.
 *
 * Refuses: `amount_not_positive`, `refund_exceeds_credit`.
 */
export function checkCredit(credits: readonly OpenItem[], granted: Money, wanted: Money): void {
  if (wanted.minor <= 0n) throw new Refusal('amount_not_positive', { amount: toDecimal(wanted) });
  const credit = credits.reduce((total, item) => total + left(item), 0n);
  const free = money(credit - granted.minor, wanted.currency);
  if (wanted.minor > free.minor)
    throw new Refusal('refund_exceeds_credit', {
      credit: toDecimal(free),
      refund: toDecimal(wanted),
      currency: wanted.currency,
    });
}
