// An account is a customer of a company, as far as choosing a policy goes.

import type { DebtorKind } from '#charges/policy.ts';
import { daysBetween, type PlainDate } from '#kernel/calendar.ts';
import { add, type Currency, type Money, zero } from '#kernel/money.ts';
import { type RiskClass, reckonRisk } from '#risks/risk-class.ts';

/** The most items of which the average lateness is taken. */
export const PAID_ITEMS_MAX = 24;

/** How far back promises that were not kept are counted. */
export const BROKEN_PROMISE_DAYS = 365;

export type Account = {
  /** The code of the company. */
  readonly company: string;
  readonly country: string | null;
  readonly language: string;
  readonly debtorKind: DebtorKind;
  /** The mail address of the member whose account it is; null where it is nobody's. */
  readonly owner: string | null;
  /** The tags of the customer, in small letters. */
  readonly tags: readonly string[];
  /** Days from the invoice to its last due date by the customer's own terms; null where there are none, or they go by months. */
  readonly termsDays: number | null;
  readonly customerForDays: number;
  /** What is owed, and what of it was due before the day, one sum for each currency. Credit is not taken off. */
  readonly open: readonly Money[];
  readonly overdue: readonly Money[];
  /** 0 where nothing is overdue. */
  readonly oldestDaysOverdue: number;
  readonly overdueItems: number;
  /** Days from the due date to the day the last of the money came, of the newest invoices that were paid, the newest first. */
  readonly paidDaysLate: readonly number[];
  /** Promises of the last 365 days that were not kept, wholly or in part. */
  readonly brokenPromises: number;
  /** What a person stated; null where it is reckoned. */
  readonly statedRisk: RiskClass | null;
};

/** The figures of an account that follow from what is open. */
export function figuresOf(
  items: readonly { readonly dueOn: PlainDate; readonly open: Money }[],
  on: PlainDate,
): Pick<Account, 'open' | 'overdue' | 'oldestDaysOverdue' | 'overdueItems'> {
  const late = items.filter((item) => daysBetween(item.dueOn, on) > 0);
  return {
    open: sums(items),
    overdue: sums(late),
    oldestDaysOverdue: late.reduce((most, item) => Math.max(most, daysBetween(item.dueOn, on)), 0),
    overdueItems: late.length,
  };
}

function sums(items: readonly { readonly open: Money }[]): readonly Money[] {
  const totals = new Map<Currency, Money>();
  for (const { open } of items)
    totals.set(open.currency, add(totals.get(open.currency) ?? zero(open.currency), open));
  return [...totals.values()];
}

/** Days late on average over the newest invoices that were paid, rounded down to whole days; null where none was paid. */
export function daysLateOf(account: Pick<Account, 'paidDaysLate'>, last: number = 12): number | null {
  const days = account.paidDaysLate.slice(0, last);
  if (days.length === 0) return null;
  return Math.floor(days.reduce((sum, one) => sum + one, 0) / days.length);
}

/** The risk class of an account: what a person stated of the customer, or what follows from how it paid; null where neither is known. */
export function riskOf(
  account: Pick<Account, 'statedRisk' | 'paidDaysLate' | 'brokenPromises'>,
): RiskClass | null {
  return account.statedRisk ?? reckonRisk(account);
}
