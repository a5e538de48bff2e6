// Reading recurring invoices: what is agreed, what was invoiced, and what comes next.

import type { Tx } from '#db/transaction.ts';
import { present } from '#kernel/assert.ts';
import type { Instant } from '#kernel/calendar.ts';
import type { CustomerId } from '#kernel/id.ts';
import { RECURRING_NEXT_SHOWN, RECURRING_PERIODS_MAX } from '#kernel/limits.ts';
import type { Money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { Customer } from '#parties/customer.ts';
import { readCustomers } from '#parties/take-party.ts';
import { outlineOf } from './draft.ts';
import { type Period, periodsOf, type Recurrence } from './recurrence.ts';
import { type Agreement, bodyOfPeriod, type Recurring, type RecurringId } from './recurring.ts';
import {
  findInvoicedPeriods,
  findRecurring,
  findRecurringPage,
  type InvoicedPeriod,
} from './store-recurring.ts';

/** A period to come, with what its invoice will come to. */
export type NextPeriod = { readonly period: Period; readonly total: Money | null };

/** The next periods that were not invoiced yet, from the oldest on; nothing after the end. */
export function nextPeriods(
  agreement: Pick<Agreement, keyof Recurrence | 'body' | 'priceSteps' | 'yearlyPercent' | 'prorates'>,
  invoiced: readonly Pick<InvoicedPeriod, 'from'>[],
  count: number,
): readonly NextPeriod[] {
  const known = new Set(invoiced.map((period) => period.from.toString()));
  return periodsOf(agreement, Math.min(known.size + count, RECURRING_PERIODS_MAX))
    .filter((period) => !known.has(period.from.toString()))
    .slice(0, count)
    .map((period) => ({ period, total: outlineOf(bodyOfPeriod(agreement, period)).total }));
}

export type ReadRecurring = {
  readonly recurring: Recurring;
  readonly customer: Customer | undefined;
  readonly invoiced: readonly InvoicedPeriod[];
  readonly next: readonly NextPeriod[];
};

/** One recurring invoice. Refuses: `recurring_not_found`. */
export async function readRecurring(tx: Tx, id: RecurringId): Promise<ReadRecurring> {
  const recurring = await findRecurring(tx, id);
  if (!recurring) throw new Refusal('recurring_not_found', { recurringId: id });
  const [one] = await whole(tx, [recurring], RECURRING_NEXT_SHOWN);
  return present(one, 'one asked for, one read');
}

/** Recurring invoices, the newest first, each with its next period. */
export async function listRecurring(
  tx: Tx,
  filter: { readonly customerId?: CustomerId | undefined },
  page: { readonly after: readonly [Instant, string] | undefined; readonly limit: number },
): Promise<readonly (ReadRecurring & { readonly createdAt: Instant })[]> {
  const found = await findRecurringPage(tx, filter, page);
  const read = await whole(
    tx,
    found.map((each) => each.recurring),
    1,
  );
  return read.map((each, index) => ({ ...each, createdAt: found[index]?.createdAt as Instant }));
}

async function whole(
  tx: Tx,
  some: readonly Recurring[],
  nextCount: number,
): Promise<readonly ReadRecurring[]> {
  const [customers, invoiced] = await Promise.all([
    readCustomers(tx, [...new Set(some.map((each) => each.customerId))]),
    findInvoicedPeriods(
      tx,
      some.map((each) => each.id),
    ),
  ]);
  return some.map((recurring) => ({
    recurring,
    customer: customers.get(recurring.customerId),
    invoiced: invoiced.get(recurring.id) ?? [],
    next: nextPeriods(recurring, invoiced.get(recurring.id) ?? [], nextCount),
  }));
}
