// The list of customers with what they owe.

import type { Tx } from '#db/transaction.ts';
import { daysBetween, earlier, type Instant, type PlainDate } from '#kernel/calendar.ts';
import { type Money, money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { Company } from '#parties/company.ts';
import { foldText } from '#parties/search-text.ts';
import { commonCurrency, companiesOf } from './read-aging.ts';
import { prepareReport } from './store-aging.ts';
import {
  type CustomerFilter,
  findHeld,
  type ListedCustomer,
  listByAmount,
  listByText,
  listSearchedByAmount,
  listWithoutFigures,
  type Position,
  readPositions,
} from './store-customers.ts';
import { findFiguresState } from './store-figures.ts';

export type CustomerSort = 'number' | 'name' | 'open' | 'overdue';

/** A place in the list: what sorts and the id; `key` is empty among those who have nothing open. */
export type CustomerPlace = { readonly key: string; readonly id: string };

export type CustomersRequest = {
  readonly now: Instant;
  readonly today: PlainDate;
  readonly search?: string | undefined;
  readonly hasOpen?: boolean | undefined;
  readonly hasOverdue?: boolean | undefined;
  readonly hasCredit?: boolean | undefined;
  readonly archived: boolean;
  readonly companyId?: string | undefined;
  readonly sort: CustomerSort;
  readonly currency?: string | undefined;
  readonly limit: number;
  readonly after?: CustomerPlace | undefined;
};

/** What a customer has open in one functional currency; credits are negative. */
export type CustomerPosition = {
  readonly open: Money;
  readonly overdue: Money;
  readonly credit: Money;
  readonly net: Money;
};

export type CustomerLine = ListedCustomer & {
  readonly openItems: number;
  readonly oldestDueOn: PlainDate | null;
  readonly daysLate: number;
  readonly onHold: boolean;
  readonly positions: readonly CustomerPosition[];
};

export type CustomerPage = {
  readonly rows: readonly CustomerLine[];
  readonly next: CustomerPlace | null;
  /** When the order was made; null where it is exact. */
  readonly orderedAt: Instant | null;
};

/**
 * One page of customers. Figures are exact; the order by amount is the cache's, and says when that was made.
 *
 * Refuses: `company_not_found`, `bad_input` for a currency in which no company keeps its books.
 */
export async function listCustomers(tx: Tx, request: CustomersRequest): Promise<CustomerPage> {
  const companies = await companiesOf(tx, request);
  const filter: CustomerFilter = {
    today: request.today,
    search: request.search === undefined ? undefined : searchOf(request.search),
    hasOpen: request.hasOpen,
    hasOverdue: request.hasOverdue,
    hasCredit: request.hasCredit,
    isArchived: request.archived,
    companyId: request.companyId,
  };
  const { found, orderedAt } = await findCustomers(tx, request, filter, companies);
  const shown = found.slice(0, request.limit);
  const last = shown.at(-1);
  return {
    rows: await withFigures(tx, shown, filter, companies),
    next: found.length > request.limit && last ? { key: last.key, id: last.id } : null,
    orderedAt,
  };
}

function searchOf(text: string): { readonly number: string; readonly text: string } {
  return { number: text.trim(), text: foldText(text) };
}

type Found = { readonly found: readonly ListedCustomer[]; readonly orderedAt: Instant | null };

async function findCustomers(
  tx: Tx,
  request: CustomersRequest,
  filter: CustomerFilter,
  companies: ReadonlyMap<string, Company>,
): Promise<Found> {
  const { sort, limit, after } = request;
  if (sort === 'number' || sort === 'name')
    return { found: await listByText(tx, filter, { sort, limit, after }), orderedAt: null };
  const state = await findFiguresState(tx);
  const isCached = state?.as_of.equals(request.today) ?? false;
  if (!isCached) prepareReport(tx);
  const companyIds = companiesThatSort([...companies.values()], request.currency);
  const page = { sort, companyIds, isCached, limit };
  const orderedAt = isCached && state ? state.refreshed_at : request.now;
  if (filter.search) return { found: await listSearchedByAmount(tx, filter, { ...page, after }), orderedAt };
  const isPastAmounts = after !== undefined && after.key === '';
  const owing = isPastAmounts ? [] : await listByAmount(tx, filter, { ...page, after });
  const wantsOpenOnly = request.hasOpen || request.hasOverdue || request.hasCredit;
  if (owing.length > limit || wantsOpenOnly) return { found: owing, orderedAt };
  const rest = await listWithoutFigures(tx, filter, {
    ...page,
    limit: limit - owing.length,
    after: isPastAmounts ? after.id : undefined,
  });
  return { found: [...owing, ...rest], orderedAt };
}

function companiesThatSort(companies: readonly Company[], wanted: string | undefined): readonly string[] {
  const currency = wanted ?? commonCurrency(companies);
  const sharing = companies.filter((company) => company.functionalCurrency === currency);
  if (wanted !== undefined && sharing.length === 0) throw new Refusal('bad_input', { currency: wanted });
  return sharing.map((company) => company.id);
}

async function withFigures(
  tx: Tx,
  customers: readonly ListedCustomer[],
  filter: CustomerFilter,
  companies: ReadonlyMap<string, Company>,
): Promise<readonly CustomerLine[]> {
  const ids = customers.map((customer) => customer.id);
  const [positions, held] = await Promise.all([
    readPositions(tx, ids, filter),
    findHeld(tx, ids, filter.today),
  ]);
  const byCustomer = Map.groupBy(positions, (position) => position.customer_id);
  return customers.map((customer) => {
    const theirs = byCustomer.get(customer.id) ?? [];
    const oldest = theirs.flatMap((p) => p.oldest_due_on ?? []);
    const oldestDueOn = oldest.length === 0 ? null : oldest.reduce(earlier);
    return {
      ...customer,
      openItems: theirs.reduce((total, p) => total + p.items, 0),
      oldestDueOn,
      daysLate: oldestDueOn === null ? 0 : Math.max(0, daysBetween(oldestDueOn, filter.today)),
      onHold: held.has(customer.id),
      positions: positionsOf(theirs, companies),
    };
  });
}

function positionsOf(
  positions: readonly Position[],
  companies: ReadonlyMap<string, Company>,
): readonly CustomerPosition[] {
  const byCurrency = Map.groupBy(
    positions,
    (position) => companies.get(position.company_id)?.functionalCurrency ?? '',
  );
  return [...byCurrency]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, group]) => {
      const total = (amountOf: (p: Position) => bigint): Money =>
        money(
          group.reduce((sum, p) => sum + amountOf(p), 0n),
          currency,
        );
      return {
        open: total((p) => p.open_minor),
        overdue: total((p) => p.overdue_minor),
        credit: total((p) => p.credit_minor),
        net: total((p) => p.open_minor + p.credit_minor),
      };
    });
}
