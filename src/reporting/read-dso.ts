// Days sales outstanding, every variant from the same inputs, per company in its functional currency.

import type { Tx } from '#db/transaction.ts';
import { addDays, earlier, isBefore, later, monthStart, type PlainDate } from '#kernel/calendar.ts';
import { DSO_HISTORY_DAYS_MAX } from '#kernel/limits.ts';
import { type Money, money } from '#kernel/money.ts';
import { type AgingFigures, addFigures, figuresOf, USUAL_EDGES } from '#ledger/aging.ts';
import type { Company } from '#parties/company.ts';
import {
  averageDso,
  type Countback,
  countbackDso,
  dailyPeriods,
  delinquentDays,
  effectiveness,
  type Figure,
  monthlyPeriods,
  salesBetween,
  standardDso,
  trendDays,
  WINDOWS,
  type WindowName,
  windowOf,
} from './dso.ts';
import { companiesOf } from './read-aging.ts';
import { prepareReport, readOpenSums, type When } from './store-aging.ts';
import { type Movement, readFirstSales, readMovements, readSales } from './store-dso.ts';

/** `receivables`: invoices less credit notes. `net`: unapplied cash taken off as well. */
export type Basis = 'receivables' | 'net';

export type DsoRequest = When & {
  readonly companyId?: string | undefined;
  readonly basis?: Basis | undefined;
};

export type DsoWindow = {
  readonly window: WindowName;
  readonly fromOn: PlainDate;
  readonly days: number;
  readonly sales: Money;
  readonly opening: Money;
  readonly standard: Figure;
  readonly average: Figure;
  readonly bestPossible: Figure;
  readonly delinquent: Figure;
  readonly effectiveness: Figure;
};

export type CountbackDso = {
  readonly total: Figure;
  readonly bestPossible: Figure;
  readonly delinquent: Figure;
  readonly atLeast: boolean;
};

export type Dso = {
  readonly company: Company;
  readonly basis: Basis;
  readonly balance: Money;
  readonly notDue: Money;
  readonly unapplied: Money;
  readonly windows: readonly DsoWindow[];
  readonly countbackMonthly: CountbackDso;
  readonly countbackDaily: CountbackDso;
};

/**
 * DSO of each company as of a day and as known at a moment. Sales are invoices less credit notes by date of issue, tax
 * included, as receivables are.
 *
 * Refuses: `company_not_found`.
 */
export async function readDso(tx: Tx, request: DsoRequest): Promise<readonly Dso[]> {
  const starts = WINDOWS.map((name) => addDays(windowOf(name, request.asOf, null).fromOn, -1));
  const books = await readBooks(tx, request, starts);
  return books.map((book) => dsoOf(book, request.asOf));
}

export type DsoPoint = {
  readonly asOf: PlainDate;
  readonly balance: Money;
  readonly sales: Money;
  readonly standard: Figure;
  readonly countback: Figure;
};

export type DsoTrend = { readonly company: Company; readonly points: readonly DsoPoint[] };

/**
 * DSO over three calendar months, and by countback, at the last month ends and on the day itself.
 *
 * Refuses: `company_not_found`.
 */
export async function readDsoTrend(
  tx: Tx,
  request: DsoRequest & { readonly months: number },
): Promise<readonly DsoTrend[]> {
  const days = trendDays(request.asOf, request.months);
  const books = await readBooks(tx, request, days);
  return books.map((book) => ({ company: book.company, points: days.map((day) => pointOf(book, day)) }));
}

/** A trend over the companies that keep their books in one currency. */
export type CurrencyTrend = { readonly currency: string; readonly points: readonly DsoPoint[] };

/** The same, over all companies of a functional currency together. Refuses: `company_not_found`. */
export async function readCurrencyTrends(
  tx: Tx,
  request: DsoRequest & { readonly months: number },
): Promise<readonly CurrencyTrend[]> {
  const days = trendDays(request.asOf, request.months);
  const books = await readBooks(tx, request, days);
  const groups = Map.groupBy(books, (book) => book.company.functionalCurrency);
  return [...groups].map(([currency, group]) => {
    const book = group.reduce(mergeBooks);
    return { currency, points: days.map((day) => pointOf(book, day)) };
  });
}

/** Two books as one: of the same currency and basis; the company's name is the first one's. */
function mergeBooks(a: Book, b: Book): Book {
  const sales = new Map(a.sales);
  for (const [day, minor] of b.sales) sales.set(day, (sales.get(day) ?? 0n) + minor);
  const firsts = [a.firstSaleOn, b.firstSaleOn].filter((day) => day !== null);
  return {
    ...a,
    figures: addFigures(a.figures, b.figures),
    sales,
    firstSaleOn: firsts.length === 0 ? null : firsts.reduce(earlier),
    balanceOn: (day) => a.balanceOn(day) + b.balanceOn(day),
  };
}

/** What DSO is made of, for one company: functional minor units throughout. */
type Book = {
  readonly company: Company;
  readonly basis: Basis;
  readonly figures: AgingFigures;
  readonly sales: ReadonlyMap<string, bigint>;
  readonly firstSaleOn: PlainDate | null;
  /** The balance of the basis at the end of a day among those asked for. */
  balanceOn(day: PlainDate): bigint;
};

async function readBooks(
  tx: Tx,
  request: DsoRequest,
  balanceDays: readonly PlainDate[],
): Promise<readonly Book[]> {
  const companies = await companiesOf(tx, request);
  const days = [...balanceDays].sort(Temporal.PlainDate.compare);
  const historyFrom = addDays(days[0] ?? request.asOf, -DSO_HISTORY_DAYS_MAX);
  prepareReport(tx);
  const [sums, sold, firsts, moved] = await Promise.all([
    readOpenSums(tx, request),
    readSales(tx, request, historyFrom),
    readFirstSales(tx, request),
    readMovements(tx, request, days),
  ]);
  const basis = request.basis ?? 'receivables';
  return [...companies.values()].map((company) => {
    const figures = figuresOf(
      sums.filter((sum) => sum.companyId === company.id),
      { asOf: request.asOf, edges: USUAL_EDGES, currency: company.functionalCurrency },
      (sum) => sum.functionalMinor,
    );
    const balance = balanceOf(figures, basis);
    const movedHere = moved.filter(
      (m) => m.company_id === company.id && (basis === 'net' || m.account === 'receivables'),
    );
    return {
      company,
      basis,
      figures,
      sales: new Map(
        sold.filter((s) => s.company_id === company.id).map((s) => [s.issued_on.toString(), s.minor]),
      ),
      firstSaleOn: firsts.find((f) => f.company_id === company.id)?.first_on ?? null,
      balanceOn: (day) => balance - movedAfter(movedHere, days, day),
    };
  });
}

function balanceOf(figures: AgingFigures, basis: Basis): bigint {
  return basis === 'net' ? figures.net.minor : figures.gross.minor + figures.credits.minor;
}

function movedAfter(moved: readonly Movement[], days: readonly PlainDate[], day: PlainDate): bigint {
  const slot = days.findIndex((d) => d.equals(day));
  return moved.reduce((total, m) => (m.slot >= slot ? total + m.minor : total), 0n);
}

function dsoOf(book: Book, asOf: PlainDate): Dso {
  const balance = balanceOf(book.figures, book.basis);
  const notDue = book.figures.buckets[0]?.minor ?? 0n;
  const inCurrency = (minor: bigint): Money => money(minor, book.company.functionalCurrency);
  const countback = (periods: (balance: bigint) => Countback): CountbackDso => {
    const total = periods(balance);
    const bestPossible = periods(notDue).figure;
    const delinquent = delinquentDays(total.figure, bestPossible);
    return { total: total.figure, bestPossible, delinquent, atLeast: total.atLeast };
  };
  return {
    company: book.company,
    basis: book.basis,
    balance: inCurrency(balance),
    notDue: inCurrency(notDue),
    unapplied: book.figures.unapplied,
    windows: WINDOWS.map((name) => windowFigures(book, name, { asOf, balance, notDue })),
    countbackMonthly: countback((b) =>
      countbackDso(b, monthlyPeriods(book.sales, asOf, firstKnown(book, asOf))),
    ),
    countbackDaily: countback((b) => countbackDso(b, dailyPeriods(book.sales, asOf, firstKnown(book, asOf)))),
  };
}

/** Where countback ends: the first sale, or as far back as sales were read. */
function firstKnown(book: Book, asOf: PlainDate): PlainDate | null {
  if (book.firstSaleOn === null) return null;
  return later(book.firstSaleOn, addDays(asOf, -DSO_HISTORY_DAYS_MAX));
}

function windowFigures(
  book: Book,
  name: WindowName,
  now: { readonly asOf: PlainDate; readonly balance: bigint; readonly notDue: bigint },
): DsoWindow {
  const { fromOn, days } = windowOf(name, now.asOf, book.firstSaleOn);
  const sales = salesBetween(book.sales, fromOn, now.asOf);
  const opening = book.balanceOn(addDays(windowOf(name, now.asOf, null).fromOn, -1));
  const standard = standardDso(now.balance, sales, days);
  const bestPossible = standardDso(now.notDue, sales, days);
  const inCurrency = (minor: bigint): Money => money(minor, book.company.functionalCurrency);
  return {
    window: name,
    fromOn,
    days,
    sales: inCurrency(sales),
    opening: inCurrency(opening),
    standard,
    average: averageDso(opening, now.balance, sales, days),
    bestPossible,
    delinquent: delinquentDays(standard, bestPossible),
    effectiveness: effectiveness({ opening, sales, closing: now.balance, notDue: now.notDue }),
  };
}

function pointOf(book: Book, day: PlainDate): DsoPoint {
  const balance = book.balanceOn(day);
  const window = windowOf('three_months', day, earlierFirst(book, day));
  const sales = salesBetween(book.sales, window.fromOn, day);
  const first = firstKnown(book, day);
  const inCurrency = (minor: bigint): Money => money(minor, book.company.functionalCurrency);
  return {
    asOf: day,
    balance: inCurrency(balance),
    sales: inCurrency(sales),
    standard: standardDso(balance, sales, window.days),
    countback: countbackDso(balance, monthlyPeriods(book.sales, day, first)).figure,
  };
}

/** The first sale, unless it came only after the day. */
function earlierFirst(book: Book, day: PlainDate): PlainDate | null {
  const first = book.firstSaleOn;
  return first !== null && !isBefore(day, first) ? first : monthStart(day);
}
