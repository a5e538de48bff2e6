// The dashboard: where receivables stand, and what wants doing today. Amounts come from the days of the ledger, counts from
// one look at the open items.

import type { Tx } from '#db/transaction.ts';
import { addDays, daysBetween, type Instant, isBefore, type PlainDate } from '#kernel/calendar.ts';
import { type Money, money } from '#kernel/money.ts';
import { type AgingFigures, figuresOf, isEmpty, type OpenSum, USUAL_EDGES } from '#ledger/aging.ts';
import { companiesOf } from './read-aging.ts';
import { type CurrencyTrend, readCurrencyTrends } from './read-dso.ts';
import { prepareReport, readOpenSums } from './store-aging.ts';
import {
  countIssuedAhead,
  countMessages,
  countOpenItems,
  findLatestReminders,
  type ItemCounts,
  type MessageWork,
  type ReminderRow,
} from './store-dashboard.ts';

/** Days of a week, today among them. */
const WEEK_DAYS = 7;
/** Payments not applied within 48 hours want looking into: two days after the day of the money. */
const UNAPPLIED_OLD_DAYS = 2;
const REMINDERS_SHOWN = 8;
const TREND_MONTHS = 12;

type CountName = Exclude<keyof ItemCounts, 'company_id'>;

/** So many items with so much open, by functional currency. */
export type CountAndAmount = { readonly count: number; readonly amounts: readonly Money[] };

/** Where the receivables of one functional currency stand. */
export type CurrencyPart = {
  readonly currency: string;
  readonly figures: AgingFigures;
  readonly dueThisWeek: Money;
  readonly openInvoices: number;
  readonly overdueInvoices: number;
};

export type Dashboard = {
  readonly at: Instant;
  readonly today: PlainDate;
  readonly currencies: readonly CurrencyPart[];
  readonly work: {
    readonly dueToday: CountAndAmount;
    readonly newlyOverdue: CountAndAmount;
    readonly unapplied: CountAndAmount;
    readonly unappliedOld: CountAndAmount;
    readonly messages: MessageWork;
  };
  readonly lastReminders: readonly ReminderRow[];
};

export type DashboardRequest = {
  readonly now: Instant;
  readonly today: PlainDate;
  readonly companyId?: string | undefined;
};

/** Where things stand now. Refuses: `company_not_found`. */
export async function readDashboard(tx: Tx, request: DashboardRequest): Promise<Dashboard> {
  const { now, today, companyId } = request;
  const companies = await companiesOf(tx, request);
  prepareReport(tx);
  const [all, counts, ahead, messages, lastReminders] = await Promise.all([
    readOpenSums(tx, { asOf: today, companyId }),
    countOpenItems(tx, today, { companyId, oldDays: UNAPPLIED_OLD_DAYS }),
    countIssuedAhead(tx, today, companyId),
    countMessages(tx, today, companyId),
    findLatestReminders(tx, REMINDERS_SHOWN, companyId),
  ]);
  const currencyOf = (sum: OpenSum): string =>
    companies.get(sum.companyId)?.functionalCurrency ?? sum.currency;
  const groups = [...Map.groupBy(all, currencyOf)].sort(([a], [b]) => (a < b ? -1 : 1));
  const countOf = (what: CountName): number => counts.reduce((total, of) => total + of[what], 0);
  const together = (what: CountName, fits: (sum: OpenSum) => boolean): CountAndAmount => ({
    count: countOf(what),
    amounts: groups.flatMap(([currency, sums]) => {
      const amount = amountOf(sums.filter(fits), currency);
      return amount.minor === 0n ? [] : [amount];
    }),
  });
  return {
    at: now,
    today,
    currencies: groups.flatMap(([currency, sums]) => {
      const theirs = new Set(sums.map((sum) => sum.companyId));
      const issuedAhead = ahead.reduce((n, a) => (theirs.has(a.company_id) ? n + a.items : n), 0);
      const own = counts.filter((of) => theirs.has(of.company_id));
      return partOf(currency, sums, {
        today,
        invoices: own.reduce((n, of) => n + of.invoices, 0) - issuedAhead,
        overdue: own.reduce((n, of) => n + of.overdue, 0),
      });
    }),
    work: {
      dueToday: together('due_today', (sum) => isDebt(sum) && sum.dueOn.equals(today)),
      newlyOverdue: together('newly_overdue', (sum) => isDebt(sum) && sum.dueOn.equals(addDays(today, -1))),
      unapplied: together('unapplied', isUnapplied),
      unappliedOld: together(
        'unapplied_old',
        (sum) => isUnapplied(sum) && daysBetween(sum.dueOn, today) >= UNAPPLIED_OLD_DAYS,
      ),
      messages,
    },
    lastReminders,
  };
}

/** Trends of DSO, with the moment they were made. */
export type Trends = { readonly at: Instant; readonly trends: readonly CurrencyTrend[] };

/** The trend of DSO of each functional currency, with the moment it was made. Refuses: `company_not_found`. */
export async function readTrends(tx: Tx, request: DashboardRequest): Promise<Trends> {
  const { today, companyId } = request;
  return {
    at: request.now,
    trends: await readCurrencyTrends(tx, { asOf: today, companyId, months: TREND_MONTHS }),
  };
}

function isDebt(sum: OpenSum): boolean {
  return sum.account === 'receivables' && !sum.isCredit;
}

function isUnapplied(sum: OpenSum): boolean {
  return sum.account === 'unapplied-cash' && sum.isCredit;
}

function amountOf(sums: readonly OpenSum[], currency: string): Money {
  return money(
    sums.reduce((total, sum) => total + sum.functionalMinor, 0n),
    currency,
  );
}

function partOf(
  currency: string,
  sums: readonly OpenSum[],
  {
    today,
    invoices,
    overdue,
  }: { readonly today: PlainDate; readonly invoices: number; readonly overdue: number },
): readonly CurrencyPart[] {
  const figures = figuresOf(
    sums,
    { asOf: today, edges: USUAL_EDGES, currency },
    (sum) => sum.functionalMinor,
  );
  const debts = sums.filter(isDebt);
  const weekEnd = addDays(today, WEEK_DAYS);
  if (isEmpty(figures)) return [];
  return [
    {
      currency,
      figures,
      dueThisWeek: amountOf(
        debts.filter((sum) => !isBefore(sum.dueOn, today) && isBefore(sum.dueOn, weekEnd)),
        currency,
      ),
      openInvoices: invoices,
      overdueInvoices: overdue,
    },
  ];
}
