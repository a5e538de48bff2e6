// Reports as the API shows them: amounts as decimal text, days and moments as ISO text, companies and customers by their
// names. Nothing is computed here.

import { daysBetween } from '#kernel/calendar.ts';
import { type Money, money, toDecimal } from '#kernel/money.ts';
import type { AgingFigures } from '#ledger/aging.ts';
import { type ShownMoney, shownMoney } from '#ledger/amount-text.ts';
import type { Company } from '#parties/company.ts';
import type { Figure } from './dso.ts';
import type { Aging, AgingRow, AgingTotal, CustomerRef } from './read-aging.ts';
import type { CountbackDso, Dso, DsoPoint } from './read-dso.ts';
import type { When } from './store-aging.ts';
import type { ItemRow } from './store-items.ts';
import type { Verification } from './verify-books.ts';

/** The day and the moment a report speaks of. */
export function shownWhen(when: When): { asOf: string; knownAt: string | null } {
  return { asOf: when.asOf.toString(), knownAt: when.knownAt?.toString() ?? null };
}

export type ShownCompany = {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly currency: string;
};

/** A company by its code and name. */
export function shownCompany(company: Company): ShownCompany {
  return { id: company.id, code: company.code, name: company.name, currency: company.functionalCurrency };
}

export type ShownFigures = {
  buckets: ShownMoney[];
  gross: ShownMoney;
  overdue: ShownMoney;
  credits: ShownMoney;
  unapplied: ShownMoney;
  net: ShownMoney;
};

/** The columns of an aging. */
export function shownFigures(figures: AgingFigures): ShownFigures {
  return {
    buckets: figures.buckets.map(shownMoney),
    gross: shownMoney(figures.gross),
    overdue: shownMoney(figures.overdue),
    credits: shownMoney(figures.credits),
    unapplied: shownMoney(figures.unapplied),
    net: shownMoney(figures.net),
  };
}

export type ShownTotal = {
  company: ShownCompany;
  currency: string;
  figures: ShownFigures;
  functional: ShownFigures;
  disputed: ShownMoney;
};

/** A total of one company and currency. */
export function shownTotal(total: AgingTotal): ShownTotal {
  return {
    company: shownCompany(total.company),
    currency: total.currency,
    figures: shownFigures(total.figures),
    functional: shownFigures(total.functional),
    disputed: shownMoney(total.disputed),
  };
}

function shownRow(row: AgingRow): ShownTotal & { customer: CustomerRef | null } {
  return { customer: row.customer, ...shownTotal(row) };
}

/** An aging without its place in the list. */
export function shownAging(aging: Aging) {
  return {
    ...shownWhen(aging.scope),
    buckets: [...aging.buckets],
    totals: aging.totals.map(shownTotal),
    companies: aging.companies.map((c) => ({
      company: shownCompany(c.company),
      figures: shownFigures(c.figures),
    })),
    customers: aging.customers,
    rows: aging.rows.map(shownRow),
  };
}

/** An open item as it was on the day of a report. */
export function shownItem(item: ItemRow, when: When) {
  return {
    id: item.id,
    kind: item.kind,
    documentId: item.document_id,
    reference: item.reference,
    instalment: item.instalment,
    customer: customerOf(item),
    companyId: item.company_id,
    postedOn: item.posted_on.toString(),
    dueOn: item.due_on.toString(),
    daysLate: daysBetween(item.due_on, when.asOf),
    amount: shownMoney(money(item.amount_minor, item.currency)),
    open: shownMoney(money(item.open_minor, item.currency)),
    openFunctional: shownMoney(money(item.open_functional_minor, item.functional_currency)),
    openNow: shownMoney(money(item.open_now_minor, item.currency)),
  };
}

function customerOf(item: ItemRow): CustomerRef | null {
  if (item.customer_id === null) return null;
  return { id: item.customer_id, number: item.customer_number ?? '', name: item.customer_name ?? '' };
}

/** A figure in days. */
export function shownDays(figure: Figure): { days: string | null; reason: string | null } {
  return { days: figure.value, reason: figure.reason };
}

function shownCountback(countback: CountbackDso) {
  return {
    total: shownDays(countback.total),
    bestPossible: shownDays(countback.bestPossible),
    delinquent: shownDays(countback.delinquent),
    atLeast: countback.atLeast,
  };
}

/** DSO of a company. */
export function shownDso(dso: Dso) {
  return {
    company: shownCompany(dso.company),
    basis: dso.basis,
    balance: shownMoney(dso.balance),
    notDue: shownMoney(dso.notDue),
    unapplied: shownMoney(dso.unapplied),
    windows: dso.windows.map((w) => ({
      window: w.window,
      fromOn: w.fromOn.toString(),
      days: w.days,
      sales: shownMoney(w.sales),
      opening: shownMoney(w.opening),
      standard: shownDays(w.standard),
      average: shownDays(w.average),
      bestPossible: shownDays(w.bestPossible),
      delinquent: shownDays(w.delinquent),
      effectiveness: { percent: w.effectiveness.value, reason: w.effectiveness.reason },
    })),
    countbackMonthly: shownCountback(dso.countbackMonthly),
    countbackDaily: shownCountback(dso.countbackDaily),
  };
}

/** One point of a trend. */
export function shownPoint(point: DsoPoint) {
  return {
    asOf: point.asOf.toString(),
    balance: shownMoney(point.balance),
    sales: shownMoney(point.sales),
    standard: shownDays(point.standard),
    countback: shownDays(point.countback),
  };
}

/** The proof of the books. */
export function shownVerification(proof: Verification) {
  return {
    ...proof,
    at: proof.at.toString(),
    today: proof.today.toString(),
    checks: proof.checks.map((check) => ({ ...check, examples: [...check.examples] })),
    counts: { ...proof.counts },
    totals: proof.totals.map((total) => ({
      asOf: total.asOf.toString(),
      companyId: total.company.id,
      companyCode: total.company.code,
      currency: total.currency,
      openItems: shownMoney(total.openItems),
      controlAccounts: shownMoney(total.controlAccounts),
      aging: shownMoney(total.aging),
      holds: total.holds,
    })),
  };
}

// — delimited text —

/** The heading of an exported aging. */
export function agingHeading(keys: readonly string[]): readonly string[] {
  const columns = [...keys, 'gross', 'overdue', 'credits', 'unapplied', 'net'];
  return [
    'customer_number',
    'customer_name',
    'company',
    'currency',
    ...columns,
    'functional_currency',
    ...columns.map((column) => `functional_${column}`),
    'disputed',
  ];
}

function cellsOf(figures: AgingFigures): readonly string[] {
  const { buckets, gross, overdue, credits, unapplied, net } = figures;
  return [...buckets, gross, overdue, credits, unapplied, net].map((amount: Money) => toDecimal(amount));
}

/** A row of an exported aging. */
export function agingCells(row: AgingRow): readonly string[] {
  return [
    row.customer?.number ?? '',
    row.customer?.name ?? '',
    row.company.code,
    row.currency,
    ...cellsOf(row.figures),
    row.company.functionalCurrency,
    ...cellsOf(row.functional),
    toDecimal(row.disputed),
  ];
}

/** The heading of exported items. */
export const ITEM_HEADING: readonly string[] = [
  'reference',
  'instalment',
  'kind',
  'customer_number',
  'customer_name',
  'posted_on',
  'due_on',
  'days_late',
  'currency',
  'amount',
  'open',
  'functional_currency',
  'open_functional',
  'open_now',
];

/** A row of exported items. */
export function itemCells(item: ItemRow, when: When): readonly string[] {
  return [
    item.reference,
    String(item.instalment),
    item.kind,
    item.customer_number ?? '',
    item.customer_name ?? '',
    item.posted_on.toString(),
    item.due_on.toString(),
    String(daysBetween(item.due_on, when.asOf)),
    item.currency,
    toDecimal(money(item.amount_minor, item.currency)),
    toDecimal(money(item.open_minor, item.currency)),
    item.functional_currency,
    toDecimal(money(item.open_functional_minor, item.functional_currency)),
    toDecimal(money(item.open_now_minor, item.currency)),
  ];
}
