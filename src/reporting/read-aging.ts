// The aging report: totals, and customers in order with what each has open. Reads only, in one snapshot.

import type { Tx } from '#db/transaction.ts';
import { present } from '#kernel/assert.ts';
import { type Money, money, zero } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import {
  type AgingFigures,
  addFigures,
  type Bucket,
  bucketsOf,
  type Edges,
  figuresOf,
  isEmpty,
  type OpenSum,
  USUAL_EDGES,
} from '#ledger/aging.ts';
import type { Company } from '#parties/company.ts';
import { listCompanies } from '#parties/take-party.ts';
import { readDisputedSums } from './read-disputed.ts';
import {
  type AgingPlace,
  type AgingSort,
  type CustomerOpenSum,
  NOBODY,
  prepareReport,
  rankCustomers,
  readOpenSums,
  readOpenSumsOf,
  type Scope,
} from './store-aging.ts';

export type CustomerRef = { readonly id: string; readonly number: string; readonly name: string };

/** What one company and currency have open, in that currency and in the company's functional one. */
export type AgingTotal = {
  readonly company: Company;
  readonly currency: string;
  readonly figures: AgingFigures;
  readonly functional: AgingFigures;
  /** What of the invoices is in dispute; it is in the buckets too. */
  readonly disputed: Money;
};

/** The same for one customer; null is money of somebody not identified yet. */
export type AgingRow = AgingTotal & { readonly customer: CustomerRef | null };

export type CompanyAging = { readonly company: Company; readonly figures: AgingFigures };

export type Aging = {
  readonly scope: Scope;
  readonly buckets: readonly Bucket[];
  readonly totals: readonly AgingTotal[];
  readonly companies: readonly CompanyAging[];
  readonly customers: number;
  /** Customers in order, each with a row per company and currency. */
  readonly rows: readonly AgingRow[];
  /** Where the next page begins; undefined on the last. */
  readonly next: AgingPlace | undefined;
};

export type AgingRequest = Scope & {
  readonly edges?: Edges | undefined;
  readonly sort?: AgingSort | undefined;
  /** Customers of a page; 0 gives the totals only. */
  readonly limit: number;
  readonly after?: AgingPlace | undefined;
};

/**
 * Aging as of any day and as known at any moment: what was open then, also of what was settled since. `net` of the
 * totals is what the control accounts stood at. Amounts that sort are in functional currency; where companies keep their
 * books in several, in that of most of them, and customers of the others come last.
 *
 * Refuses: `company_not_found`.
 */
export async function readAging(tx: Tx, request: AgingRequest): Promise<Aging> {
  const companies = await companiesOf(tx, request);
  const how = { asOf: request.asOf, edges: request.edges ?? USUAL_EDGES };
  prepareReport(tx);
  const [sums, disputed, ranking] = await Promise.all([
    readOpenSums(tx, request),
    readDisputedSums(tx, request),
    request.limit === 0
      ? { customers: 0, page: [] }
      : rankCustomers(tx, request, {
          sort: request.sort ?? 'net',
          sortCompanies: companiesThatSort([...companies.values()]),
          after: request.after,
          limit: request.limit,
        }),
  ]);
  const shown = ranking.page.slice(0, request.limit);
  const theirs =
    shown.length === 0
      ? []
      : await readOpenSumsOf(
          tx,
          request,
          shown.map((customer) => customer.customerId),
        );
  const totals = withDisputed(totalsOf(sums, companies, how), (total) =>
    disputed.all(total.company.id, total.currency),
  );
  return {
    scope: request,
    buckets: bucketsOf(how.edges),
    totals,
    companies: byCompany(totals),
    customers: ranking.customers,
    rows: withDisputed(rowsOf(shown, theirs, companies, how), (row) =>
      disputed.of(row.customer?.id ?? null, row.company.id, row.currency),
    ),
    next: ranking.page.length > request.limit ? shown.at(-1) : undefined,
  };
}

/** The same totals or rows with what of each is disputed. */
export function withDisputed<Total extends AgingTotal>(
  totals: readonly Total[],
  disputedOf: (total: Total) => bigint,
): readonly Total[] {
  return totals.map((total) => ({ ...total, disputed: money(disputedOf(total), total.currency) }));
}

/** The companies a report is about, by id. Refuses: `company_not_found`. */
export async function companiesOf(
  tx: Tx,
  scope: Pick<Scope, 'companyId'>,
): Promise<ReadonlyMap<string, Company>> {
  const all = await listCompanies(tx);
  const wanted = all.filter((c) => scope.companyId === undefined || c.id === scope.companyId);
  if (wanted.length === 0 && scope.companyId !== undefined)
    throw new Refusal('company_not_found', { companyId: scope.companyId });
  return new Map(wanted.map((company) => [company.id, company]));
}

/** The functional currency that most companies share; the first in the alphabet of several. */
export function commonCurrency(companies: readonly Company[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { functionalCurrency } of companies)
    counts.set(functionalCurrency, (counts.get(functionalCurrency) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]?.[0];
}

function companiesThatSort(companies: readonly Company[]): readonly string[] | undefined {
  const currency = commonCurrency(companies);
  const sharing = companies.filter((c) => c.functionalCurrency === currency);
  return sharing.length === companies.length ? undefined : sharing.map((c) => c.id);
}

type How = { readonly asOf: Temporal.PlainDate; readonly edges: Edges };

/** One total per company and currency, in order of code and currency; those with nothing open are left out. */
export function totalsOf(
  sums: readonly OpenSum[],
  companies: ReadonlyMap<string, Company>,
  how: How,
): readonly AgingTotal[] {
  const groups = Map.groupBy(sums, (sum) => `${sum.companyId} ${sum.currency}`);
  return [...groups.values()]
    .map((group) => totalOf(group, companies, how))
    .filter((total) => !isEmpty(total.figures) || !isEmpty(total.functional))
    .sort((a, b) => compareTexts(a.company.code, b.company.code) || compareTexts(a.currency, b.currency));
}

function totalOf(group: readonly OpenSum[], companies: ReadonlyMap<string, Company>, how: How): AgingTotal {
  const first = present(group[0], 'a group has a member');
  const company = present(companies.get(first.companyId), 'open items are of the companies asked for');
  return {
    company,
    currency: first.currency,
    disputed: zero(first.currency),
    figures: figuresOf(group, { ...how, currency: first.currency }, (sum) => sum.minor),
    functional: figuresOf(
      group,
      { ...how, currency: company.functionalCurrency },
      (sum) => sum.functionalMinor,
    ),
  };
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What each company has open over all currencies, in its functional one. */
export function byCompany(totals: readonly AgingTotal[]): readonly CompanyAging[] {
  const groups = Map.groupBy(totals, (total) => total.company.id);
  return [...groups.values()].map((group) => ({
    company: present(group[0], 'a group has a member').company,
    figures: group.map((total) => total.functional).reduce(addFigures),
  }));
}

/** Rows of customers in the order given, each by company and currency. */
export function rowsOf(
  customers: readonly {
    readonly customerId: string;
    readonly number: string | null;
    readonly name: string | null;
  }[],
  sums: readonly CustomerOpenSum[],
  companies: ReadonlyMap<string, Company>,
  how: How,
): readonly AgingRow[] {
  const groups = Map.groupBy(sums, (sum) => sum.customerId ?? NOBODY);
  return customers.flatMap(({ customerId, number, name }) => {
    const customer = number === null || name === null ? null : { id: customerId, number, name };
    return totalsOf(groups.get(customerId) ?? [], companies, how).map((total) => ({ ...total, customer }));
  });
}
