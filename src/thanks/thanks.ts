// Whether a customer is thanked for a payment. Pure: what is so of it in, a reason against it out.

import type { Money } from '#kernel/money.ts';
import type { Thanks } from '#policies/policy.ts';

/**
 * Why nobody is thanked. `not_wanted`: the policy does not. `taken_back`: the payment was returned. `in_doubt`: it is of a kind that may
 * still come back, or something was told to have come back that may be it. `nothing_settled`: no invoice is paid in full by it. `others_overdue`: something else is. `on_hold`: the customer is not
 * written to for a while. `no_email`: there is nobody to write to.
 */
export const NO_THANKS = [
  'not_wanted',
  'taken_back',
  'in_doubt',
  'nothing_settled',
  'others_overdue',
  'on_hold',
  'no_email',
] as const;
export type NoThanks = (typeof NO_THANKS)[number];

/** An invoice that a payment paid of, and whether it is settled now. */
export type PaidItem = { readonly reference: string; readonly paid: Money; readonly isSettled: boolean };

/** What is so of a payment. */
export type PaymentSeen = {
  readonly thanks: Thanks;
  readonly isReturned: boolean;
  /** A notice that waits tells of money that came back, and it may be this. */
  readonly mayHaveComeBack: boolean;
  /** How it was paid. */
  readonly method: string;
  readonly items: readonly PaidItem[];
  /** Whether anything else of the customer is overdue with the company. */
  readonly hasOverdue: boolean;
  readonly isOnHold: boolean;
  readonly canBeReached: boolean;
};

/** Money that its bank or payer may still take back without our doing. */
const DOUBTFUL_METHODS: ReadonlySet<string> = new Set(['direct_debit', 'cheque']);

/** Why nobody is thanked for a payment; nothing where the customer is. */
export function reasonAgainst(seen: PaymentSeen): NoThanks | undefined {
  if (seen.thanks === 'never') return 'not_wanted';
  if (seen.isReturned) return 'taken_back';
  if (seen.mayHaveComeBack || DOUBTFUL_METHODS.has(seen.method)) return 'in_doubt';
  if (settledOf(seen.items).length === 0) return 'nothing_settled';
  if (seen.thanks === 'nothing_overdue' && seen.hasOverdue) return 'others_overdue';
  if (seen.isOnHold) return 'on_hold';
  return seen.canBeReached ? undefined : 'no_email';
}

/** The invoices that a payment settled, of which the message speaks. */
export function settledOf(items: readonly PaidItem[]): readonly PaidItem[] {
  return items.filter(({ isSettled, paid }) => isSettled && paid.minor > 0n);
}
