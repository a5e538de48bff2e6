// The interest of one invoice as of a day, for who looks at it: what accrued, what was charged, the sheet, and how it grew.

import type { Tx } from '#db/transaction.ts';
import { addDays, daysBetween, type PlainDate } from '#kernel/calendar.ts';
import type { InvoiceId } from '#kernel/id.ts';
import { GROWTH_POINTS } from '#kernel/limits.ts';
import { type Money, money } from '#kernel/money.ts';
import { type Facts, Refusal } from '#kernel/refusal.ts';
import { readItemsOfDocuments } from '#ledger/read-items.ts';
import { exactTotal, roundInterest, type Span, spansThrough } from './accrual.ts';
import { type Debtor, type Market, type Standing, standingOf } from './charging.ts';
import { readTerms, type Terms } from './policy.ts';
import { readMarket, situationsOf } from './read-situation.ts';
import { findAllExclusions, findFixedSum } from './store-lists.ts';
import { findInvoiceItems } from './store-situation.ts';

type Item = Debtor['items'][number];

/** The interest of an invoice. */
export type InvoiceInterest = {
  readonly on: PlainDate;
  readonly terms: Terms | undefined;
  readonly fixedSum: Money;
  readonly items: readonly {
    readonly item: Item;
    readonly instalment: number;
    readonly standing: Standing;
  }[];
  /** Sums of all items on days from the first of interest on. */
  readonly growth: readonly { readonly on: PlainDate; readonly accrued: Money }[];
  readonly exclusions: Awaited<ReturnType<typeof findAllExclusions>>;
  /** Where a rate is missing, what is; then nothing is reckoned. */
  readonly problem: { readonly code: string; readonly facts: Facts } | undefined;
};

/** How the interest of an invoice stands. Refuses: `invoice_not_found`. */
export async function readInvoiceInterest(
  tx: Tx,
  invoiceId: InvoiceId | string,
  on: PlainDate,
  today: PlainDate,
): Promise<InvoiceInterest> {
  const found = await findInvoiceItems(tx, invoiceId);
  const [first] = found;
  if (!first) throw new Refusal('invoice_not_found', { invoiceId });
  const stored = await readItemsOfDocuments(tx, [invoiceId]);
  const companyId = stored[0]?.companyId;
  if (!companyId) throw new Refusal('invoice_not_found', { invoiceId });
  const ids = found.map((item) => item.id);
  const [situations, exclusions, fixed] = await Promise.all([
    situationsOf(tx, { companyId, customerIds: [first.customerId], items: found, all: true }),
    findAllExclusions(tx, ids),
    findFixedSum(tx, invoiceId),
  ]);
  const market = await readMarket(tx, situations, on, today);
  const debtors = situations.flatMap((s) => s.debtors);
  const currency = first.amount.currency;
  const own = debtors.flatMap((debtor) => debtor.items.map((item) => ({ item, kind: debtor.kind })));
  const { standings, problem } = standingsOrProblem(own, market, on);
  const items = own.map(({ item }, index) => ({
    item,
    instalment: stored.find((s) => s.id === item.id)?.instalment ?? 1,
    standing: standings[index] ?? nothing(item, currency),
  }));
  return {
    on,
    terms: own[0]?.item.policy?.terms,
    fixedSum: money(fixed, currency),
    items,
    growth: growthOf(items, on, currency),
    exclusions,
    problem,
  };
}

function nothing(item: Item, currency: string): Standing {
  const none = money(0n, currency);
  return { spans: [], accrued: none, charged: money(item.charged.interestMinor, currency), daily: none };
}

/** A missing rate is shown with the invoice rather than hiding the rest of it. */
function standingsOrProblem(
  own: readonly { readonly item: Item; readonly kind: Debtor['kind'] }[],
  market: Market,
  on: PlainDate,
): { readonly standings: readonly Standing[]; readonly problem: InvoiceInterest['problem'] } {
  try {
    return { standings: own.map(({ item, kind }) => standingOf(item, kind, market, on)), problem: undefined };
  } catch (error) {
    if (error instanceof Refusal) return { standings: [], problem: { code: error.code, facts: error.facts } };
    throw error;
  }
}

/** Sums on some days between the first day of interest and the last, at even distances. */
function growthOf(
  items: readonly { readonly item: Item; readonly standing: { readonly spans: readonly Span[] } }[],
  on: PlainDate,
  currency: string,
): InvoiceInterest['growth'] {
  const [start] = items
    .flatMap(({ standing }) => standing.spans[0]?.from ?? [])
    .sort(Temporal.PlainDate.compare);
  if (!start) return [];
  const days = daysBetween(start, on) + 1;
  const points = Math.min(days, GROWTH_POINTS);
  return Array.from({ length: points + 1 }, (_, index) => {
    const day = addDays(start, Math.round((days * index) / points) - 1);
    const minor = items.reduce((sum, { item, standing }) => {
      if (!item.policy) return sum;
      const rules = readTerms(item.policy.terms);
      return sum + roundInterest(exactTotal(item, rules, spansThrough(standing.spans, day, rules)));
    }, 0n);
    return { on: day, accrued: money(minor, currency) };
  });
}
