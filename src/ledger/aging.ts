// Aging: what is open, by how long it has been due. Invoices go into buckets by days past due; open credit notes and cash
// not yet applied stand in columns of their own. The columns sum to the net, which is the control accounts' balance.

import { assert } from '#kernel/assert.ts';
import { addDays, daysBetween, type PlainDate } from '#kernel/calendar.ts';
import { AGING_EDGES_MAX } from '#kernel/limits.ts';
import { type Currency, type Money, money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';

/** Days past due after which a new bucket begins, ascending: `[30, 60, 90]`. */
export type Edges = readonly number[];

/** The buckets that nobody asked to be different: current, 1-30, 31-60, 61-90, over 90. */
export const USUAL_EDGES: Edges = [30, 60, 90];

/** Ten years: older debts are told apart by hand. */
const EDGE_DAYS_MAX = 3_650;

/** One bucket: days past due from and to, both counted; `current` is due today or later. */
export type Bucket = {
  readonly key: string;
  readonly fromDays: number | null;
  readonly toDays: number | null;
};

/** Reads edges written `30,60,90`; nothing written means the usual ones. Refuses: `aging_edges_not_valid`. */
export function readEdges(text: string | undefined): Edges {
  if (text === undefined || text.trim() === '') return USUAL_EDGES;
  const edges = text.split(',').map((part) => (/^\s*\d{1,4}\s*$/.test(part) ? Number(part) : Number.NaN));
  const ascending = edges.every((edge, index) => edge > (edges[index - 1] ?? 0) && edge <= EDGE_DAYS_MAX);
  if (!ascending || edges.length > AGING_EDGES_MAX)
    throw new Refusal('aging_edges_not_valid', { edges: text.slice(0, 80), edgesMax: AGING_EDGES_MAX });
  return edges;
}

/** The buckets that edges make: one more than edges, and `current` before them. */
export function bucketsOf(edges: Edges): readonly Bucket[] {
  const between = edges.map((edge, index) => {
    const from = (edges[index - 1] ?? 0) + 1;
    return { key: `${from}-${edge}`, fromDays: from, toDays: edge };
  });
  const last = edges.at(-1) ?? 0;
  return [
    { key: 'current', fromDays: null, toDays: 0 },
    ...between,
    { key: `over-${last}`, fromDays: last + 1, toDays: null },
  ];
}

/** Which bucket days past due fall into; 0 is `current`. */
export function bucketIndex(edges: Edges, daysLate: number): number {
  if (daysLate <= 0) return 0;
  const index = edges.findIndex((edge) => daysLate <= edge);
  return index === -1 ? edges.length + 1 : index + 1;
}

/** Due dates from and to, both counted. */
export type DueRange = { readonly from: PlainDate | null; readonly to: PlainDate | null };

/** The due dates of a bucket on a day. Refuses: `aging_bucket_unknown`. */
export function dueRangeOf(edges: Edges, key: string, asOf: PlainDate): DueRange {
  const bucket = bucketsOf(edges).find((b) => b.key === key);
  if (!bucket)
    throw new Refusal('aging_bucket_unknown', {
      bucket: key.slice(0, 40),
      buckets: bucketsOf(edges).map((b) => b.key),
    });
  return {
    from: bucket.toDays === null ? null : addDays(asOf, -bucket.toDays),
    to: bucket.fromDays === null ? null : addDays(asOf, -bucket.fromDays),
  };
}

/** What is open of items that belong together: same company, currency, control account and due date, all debits or all credits. */
export type OpenSum = {
  readonly companyId: string;
  readonly currency: Currency;
  readonly account: string;
  readonly dueOn: PlainDate;
  readonly isCredit: boolean;
  readonly minor: bigint;
  readonly functionalMinor: bigint;
};

/** The columns of an aging, in one currency. */
export type AgingFigures = {
  readonly buckets: readonly Money[];
  readonly gross: Money;
  readonly overdue: Money;
  readonly credits: Money;
  readonly unapplied: Money;
  readonly net: Money;
};

/** The columns that open sums make up on a day, in the currency that `amountOf` speaks. */
export function figuresOf(
  sums: Iterable<OpenSum>,
  how: { readonly asOf: PlainDate; readonly edges: Edges; readonly currency: Currency },
  amountOf: (sum: OpenSum) => bigint,
): AgingFigures {
  const buckets = new Array<bigint>(how.edges.length + 2).fill(0n);
  let credits = 0n;
  let unapplied = 0n;
  // Many are due on one day, and a day that was read from the database is one object however often it was read.
  const indexOf = new Map<PlainDate, number>();
  for (const sum of sums) {
    const amount = amountOf(sum);
    if (sum.account === 'unapplied-cash') unapplied += amount;
    else if (sum.isCredit) credits += amount;
    else {
      const index = indexOf.get(sum.dueOn) ?? bucketIndex(how.edges, daysBetween(sum.dueOn, how.asOf));
      indexOf.set(sum.dueOn, index);
      buckets[index] = (buckets[index] ?? 0n) + amount;
    }
  }
  const gross = buckets.reduce((total, minor) => total + minor, 0n);
  const inCurrency = (minor: bigint): Money => money(minor, how.currency);
  return {
    buckets: buckets.map(inCurrency),
    gross: inCurrency(gross),
    overdue: inCurrency(gross - (buckets[0] ?? 0n)),
    credits: inCurrency(credits),
    unapplied: inCurrency(unapplied),
    net: inCurrency(gross + credits + unapplied),
  };
}

/** Whether there is nothing to show: every column is nothing. */
export function isEmpty(figures: AgingFigures): boolean {
  const { buckets, credits, unapplied } = figures;
  return [...buckets, credits, unapplied].every((amount) => amount.minor === 0n);
}

/** The column-wise sum of figures in one currency and with the same buckets. */
export function addFigures(a: AgingFigures, b: AgingFigures): AgingFigures {
  assert(
    a.net.currency === b.net.currency && a.buckets.length === b.buckets.length,
    'agings of a kind are added',
  );
  const plus = (x: Money, y: Money): Money => money(x.minor + y.minor, x.currency);
  return {
    buckets: a.buckets.map((amount, index) => plus(amount, b.buckets[index] ?? money(0n, amount.currency))),
    gross: plus(a.gross, b.gross),
    overdue: plus(a.overdue, b.overdue),
    credits: plus(a.credits, b.credits),
    unapplied: plus(a.unapplied, b.unapplied),
    net: plus(a.net, b.net),
  };
}
